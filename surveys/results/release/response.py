"""How far the response reaches, as a release shows it: the facts at the top of the results. Pure."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict, dataclass, fields
from typing import Any

from surveys.fieldwork.overview import Coverage, ResponseOverview
from surveys.results.dimensions import Dimension
from surveys.results.protection.microdata import Place, Reply, Rule
from surveys.results.protection.participation import tells_who_took_part

# How the response overview calls the groups of a dimension; those that are withheld first stand last.
GROUPINGS = {
    "size_classes": Dimension.SIZE_CLASS,
    "provinces": Dimension.PROVINCE,
    "youth_regions": Dimension.YOUTH_REGION,
}


@dataclass(frozen=True, slots=True)
class ReleasedCoverage:
    """For how many municipalities there are reactions. `inhabitants` is None when their sum is withheld."""

    municipalities: int
    municipalities_total: int
    inhabitants: int | None
    inhabitants_total: int

    @property
    def municipality_share(self) -> float | None:
        """Fraction; None without municipalities."""
        return self.municipalities / self.municipalities_total if self.municipalities_total else None

    @property
    def inhabitant_share(self) -> float | None:
        if self.inhabitants is None or not self.inhabitants_total:
            return None
        return self.inhabitants / self.inhabitants_total


@dataclass(frozen=True, slots=True)
class ReleasedResponse:
    """Who took part, as in `ResponseOverview`. A grouping in which a group may not be shown is empty."""

    started: int
    submitted: int
    submitted_municipalities: int
    submitted_regions: int
    coverage: ReleasedCoverage
    size_classes: tuple[Coverage, ...] = ()
    provinces: tuple[Coverage, ...] = ()
    youth_regions: tuple[Coverage, ...] = ()


def write_response(overview: ResponseOverview) -> dict[str, Any]:
    """For the snapshot: everything, unprotected."""
    return {
        "started": overview.started,
        "submitted": overview.submitted,
        "submitted_municipalities": overview.submitted_municipalities,
        "submitted_regions": overview.submitted_regions,
        "coverage": asdict(overview.coverage),
        **{name: [asdict(each) for each in getattr(overview, name)] for name in GROUPINGS},
    }


def read_response(written: Mapping[str, Any]) -> ReleasedResponse:
    coverage = ReleasedCoverage(
        **{each.name: written["coverage"][each.name] for each in fields(ReleasedCoverage)}
    )
    groupings = {name: tuple(Coverage(**each) for each in written[name]) for name in GROUPINGS}
    return ReleasedResponse(**{**written, "coverage": coverage, **groupings})


def withhold_groupings(
    written: Mapping[str, Any], *, unnamed: Mapping[str, Collection[str]], rule: Rule
) -> dict[str, Any]:
    """Empty every grouping with a group that would tell who took part, and the sum of inhabitants that would.

    `unnamed` has, per grouping, the codes of the groups with a municipality that took part and does not want to be
    named. Of such a group everybody taking part would tell it, and so would the exact number of inhabitants of a
    few municipalities.
    """
    shown = dict(written)
    if any(unnamed.values()) and written["coverage"]["municipalities"] < rule.minimum_for_exact_sums:
        shown["coverage"] = {**written["coverage"], "inhabitants": None}
    for name in GROUPINGS:
        for group in written[name]:
            took_part, everybody = group["municipalities"], group["municipalities_total"]
            is_sensitive = group["code"] in unnamed[name]
            if 0 < took_part < rule.minimum or (
                is_sensitive and (took_part == everybody or took_part < rule.minimum_for_exact_sums)
            ):
                shown[name] = []
    return shown


def withhold_linked_groupings(
    written: Mapping[str, Any], *, took_part: Sequence[Reply], places: Sequence[Place]
) -> dict[str, Any]:
    """Empty groupings, the finest first, until those that are left do not say side by side who took part."""
    shown = dict(written)
    for name in reversed(GROUPINGS):
        left = [frozenset((GROUPINGS[each].value,)) for each in GROUPINGS if shown[each]]
        if not tells_who_took_part(took_part, breakdowns=left, places=places):
            break
        shown[name] = []
    return shown
