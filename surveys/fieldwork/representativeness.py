"""Whether those who answered look like the country: shares in the response beside shares in the frame. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass

from surveys.fieldwork.overview import Coverage

MINUS = "\N{MINUS SIGN}"


@dataclass(frozen=True, slots=True)
class SharePair:
    """The fraction (0-1) that a group makes up of what was answered for and of the whole frame.

    None where there is nothing to divide by: nobody answered, or the frame is empty.
    """

    answered: float | None
    frame: float | None

    @property
    def points(self) -> float | None:
        """By how many percentage points the group is over-represented (positive) or under-represented."""
        if self.answered is None or self.frame is None:
            return None
        return 100 * (self.answered - self.frame)

    @property
    def points_text(self) -> str:
        """The difference in Dutch notation, with its sign: "+3,1", "−0,4", "0,0", or a dash."""
        if self.points is None:
            return "–"
        rounded = f"{abs(self.points):.1f}".replace(".", ",")
        if rounded == "0,0":
            return rounded
        return f"{'+' if self.points > 0 else MINUS}{rounded}"

    @property
    def answered_percentage(self) -> float | None:
        return None if self.answered is None else 100 * self.answered

    @property
    def frame_percentage(self) -> float | None:
        return None if self.frame is None else 100 * self.frame


@dataclass(frozen=True, slots=True)
class GroupComparison:
    """A group beside the country, counted in municipalities and in their inhabitants."""

    code: str
    label: str
    municipalities: SharePair
    inhabitants: SharePair

    @property
    def pairs(self) -> tuple[SharePair, SharePair]:
        return self.municipalities, self.inhabitants


@dataclass(frozen=True, slots=True)
class Comparison:
    """All groups of one breakdown. `group_name` is what such a group is called: "grootteklasse"."""

    group_name: str
    groups: tuple[GroupComparison, ...]

    @property
    def municipality_dissimilarity(self) -> float | None:
        return measure_dissimilarity([group.municipalities for group in self.groups])

    @property
    def inhabitant_dissimilarity(self) -> float | None:
        return measure_dissimilarity([group.inhabitants for group in self.groups])

    @property
    def sentences(self) -> tuple[str, ...]:
        """What the figures mean, in Dutch; true by construction."""
        if self.municipality_dissimilarity is None:
            return ("Er is nog niets ingediend, dus er valt nog niets te vergelijken.",)
        share = _format_percentage(self.municipality_dissimilarity)
        meaning = (
            f"Om precies op Nederland te lijken, zou {share} van de gemeenten met een antwoord bij een andere "
            f"{self.group_name} moeten horen. Hoe lager dit getal, hoe beter de verdeling klopt."
        )
        extremes = self._name_extremes()
        return (meaning, extremes) if extremes else (meaning,)

    def _name_extremes(self) -> str:
        ordered = sorted(self.groups, key=lambda group: group.municipalities.points or 0.0)
        under, over = ordered[0], ordered[-1]
        if under.municipalities.points_text == over.municipalities.points_text:
            return ""
        return (
            f"Het sterkst ondervertegenwoordigd: {under.label} "
            f"({under.municipalities.points_text} procentpunt). "
            f"Het sterkst oververtegenwoordigd: {over.label} "
            f"({over.municipalities.points_text} procentpunt)."
        )


def compare_with_country(coverages: Sequence[Coverage], *, group_name: str) -> Comparison:
    """The groups of a breakdown, which together are the whole frame."""
    answered = sum(row.municipalities for row in coverages)
    total = sum(row.municipalities_total for row in coverages)
    inhabitants_answered = sum(row.inhabitants for row in coverages)
    inhabitants_total = sum(row.inhabitants_total for row in coverages)
    return Comparison(
        group_name,
        tuple(
            GroupComparison(
                row.code,
                row.label,
                SharePair(_divide(row.municipalities, answered), _divide(row.municipalities_total, total)),
                SharePair(
                    _divide(row.inhabitants, inhabitants_answered),
                    _divide(row.inhabitants_total, inhabitants_total),
                ),
            )
            for row in coverages
        ),
    )


def measure_dissimilarity(pairs: Sequence[SharePair]) -> float | None:
    """The index of dissimilarity, from 0 (the same distribution) to 1 (nothing in common); None without shares.

    D = ½ · Σ |a_g − f_g| over the groups g, with a_g the share of a group in what was answered and f_g its share
    in the frame: the smallest part of what was answered that would have to be in another group to get the
    distribution of the frame. O.D. Duncan and B. Duncan, "A Methodological Analysis of Segregation Indexes",
    American Sociological Review 20 (1955), 210-217.

    It says how well the groups are balanced, not whether answers are biased: within a group those who answered may
    differ from those who did not. An R-indicator, which sums up the variation of response probabilities, is left out
    on purpose: with twelve provinces of six to sixty municipalities its sampling correction would weigh as heavily
    as the figure itself.
    """
    points = [pair.points for pair in pairs]
    known = [abs(each) for each in points if each is not None]
    if not known or len(known) < len(points):
        return None
    return sum(known) / 200


def _divide(part: int, whole: int) -> float | None:
    return part / whole if whole else None


def _format_percentage(share: float) -> str:
    return f"{100 * share:.1f}".replace(".", ",") + "\N{NO-BREAK SPACE}%"
