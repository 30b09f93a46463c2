"""What a reviewer should look at: first deliveries, and numbers far from what is usual. Flagged, never removed. Pure.

A number is compared on a scale where a distance means the same everywhere: amounts and counts by their logarithm, so
that twice as much is as far as half as much, and percentages in points. An amount of zero or less has no place on that
scale: it is not judged and not counted as usual.
"""

import math
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal
from enum import StrEnum
from statistics import fmean, median

from surveys.questionnaire.definition import NumberLimits
from surveys.questionnaire.number_parsing import describe_number, format_number

# Modified z-score: Iglewicz and Hoaglin, How to Detect and Handle Outliers (ASQC Quality Press, 1993), chapter 3.
SCORE_LIMIT = 3.5
NORMAL_BY_MAD = 0.6745  # the median absolute deviation of a standard normal distribution
NORMAL_BY_MEAN = 1.253314  # one over its mean absolute deviation

# With fewer numbers a class says too little about what is usual in it.
SMALLEST_CLASS = 8

# However alike a class is: less than this is not worth a look. A factor, and percentage points.
CLASS_FACTOR, CLASS_POINTS = 2.0, 20.0

# Ratio edit against one's own earlier answers, see De Waal, Pannekoek and Scholtus, Handbook of Statistical Data
# Editing and Imputation (Wiley, 2011). The bounds are our choice: measures start and stop between two waves.
HISTORY_FACTOR, HISTORY_POINTS = 3.0, 30.0

# How long something takes does not grow with a municipality.
TIME_UNITS = frozenset({"minuten", "uren", "uur", "dagen", "weken", "maanden", "jaar", "jaren"})
JUDGED_KINDS = ("number", "euro", "percentage")


class FlagKind(StrEnum):
    FIRST_DELIVERY = "first_delivery"
    HISTORY = "history"
    SIZE_CLASS = "size_class"
    OVERLAP = "overlap"
    DISPUTE = "dispute"


FLAG_LABELS = {
    FlagKind.FIRST_DELIVERY: "Eerste keer",
    FlagKind.HISTORY: "Anders dan eerder",
    FlagKind.SIZE_CLASS: "Anders dan de grootteklasse",
    FlagKind.OVERLAP: "Dubbel antwoord",
    FlagKind.DISPUTE: "Betwist",
}


@dataclass(frozen=True, slots=True)
class Place:
    """Where in a response: codes; `row` and `column` of a table, `municipality` of a deviation."""

    question: str = ""
    row: str = ""
    column: str = ""
    municipality: str = ""


@dataclass(frozen=True, slots=True)
class ReportedNumber:
    """One number somebody submitted.

    `title` names it in Dutch and `limits` says in what it is measured. `size_class` is the name of the group that it
    is compared with, `inhabitants` how many people it is about, and `history` what the same organisation submitted
    here in earlier waves.
    """

    response_id: int
    place: Place
    title: str
    limits: NumberLimits
    number: Decimal
    size_class: str
    inhabitants: int
    given_at: datetime
    history: tuple[Decimal, ...] = ()

    @property
    def is_share(self) -> bool:
        return self.limits.kind == "percentage"

    @property
    def grows_with_inhabitants(self) -> bool:
        return not self.is_share and self.limits.unit not in TIME_UNITS and self.inhabitants > 0


@dataclass(frozen=True, slots=True)
class Flag:
    """`title` says what it is about and `reason` why it is flagged, both in Dutch; `arose_at` since when."""

    response_id: int
    kind: FlagKind
    place: Place
    title: str
    reason: str
    arose_at: datetime

    @property
    def label(self) -> str:
        return FLAG_LABELS[self.kind]

    @property
    def key(self) -> tuple[int, FlagKind, Place, datetime]:
        """What makes it this flag and not another: an answer that changes is flagged anew."""
        return self.response_id, self.kind, self.place, self.arose_at


def flag_numbers(numbers: Collection[ReportedNumber]) -> list[Flag]:
    """The numbers that lie far from the organisation's own history or from its size class."""
    return [*_flag_by_history(numbers), *_flag_by_size_class(numbers)]


def flag_first_deliveries(
    submitted: Mapping[int, tuple[str, datetime]], *, earlier: Collection[str] | None
) -> list[Flag]:
    """Responses, by id as (organisation code, begun at), of organisations that are not among the `earlier` ones.

    `earlier` are the organisations that submitted in a wave before this one, None when there was no such wave:
    then everybody is new, and nobody stands out.
    """
    if earlier is None:
        return []
    return [
        Flag(
            response_id,
            FlagKind.FIRST_DELIVERY,
            Place(),
            "De hele reactie",
            "Deze organisatie diende in een eerdere meting nog niet zelf in.",
            begun_at,
        )
        for response_id, (organisation, begun_at) in submitted.items()
        if organisation not in earlier
    ]


def find_outliers(values: Sequence[float], *, least_distance: float) -> list[bool]:
    """Which of the values lie far from their median.

    The modified z-score of x is 0.6745 (x - median) / MAD, with MAD the median of |x - median|. Where more than
    half of the values are equal MAD is 0, and the score is (x - median) / (1.253314 MeanAD) instead. Far is a score
    above 3.5 in size, and at least `least_distance` away. Nothing is far when all are equal.
    """
    middle = median(values)
    distances = [abs(value - middle) for value in values]
    usual = median(distances) / NORMAL_BY_MAD or fmean(distances) * NORMAL_BY_MEAN
    return [
        usual > 0 and distance / usual > SCORE_LIMIT and distance >= least_distance for distance in distances
    ]


def _flag_by_history(numbers: Iterable[ReportedNumber]) -> Iterable[Flag]:
    for each in numbers:
        earlier = [point for former in each.history if (point := _put_on_scale(each, former)) is not None]
        here = _put_on_scale(each, each.number)
        if here is None or not earlier:
            continue
        middle = median(earlier)
        least = HISTORY_POINTS if each.is_share else math.log(HISTORY_FACTOR)
        if abs(here - middle) >= least:
            usual = _take_off_scale(each, middle)
            of_several = f" (het midden van {len(earlier)} metingen)" if len(earlier) > 1 else ""
            reason = f"Eerder was dit {_describe(replace(each, number=usual))}{of_several}."
            yield _make_flag(each, FlagKind.HISTORY, reason, usual=usual)


def _flag_by_size_class(numbers: Iterable[ReportedNumber]) -> Iterable[Flag]:
    classes: dict[tuple[str, str, str, str], list[ReportedNumber]] = {}
    for each in numbers:
        if _put_on_scale(each, each.number) is not None:
            key = (each.place.question, each.place.row, each.place.column, each.size_class)
            classes.setdefault(key, []).append(each)
    for members in classes.values():
        if len(members) >= SMALLEST_CLASS:
            yield from _flag_within(members)


def _flag_within(members: Sequence[ReportedNumber]) -> Iterable[Flag]:
    """Per inhabitant where the unit allows it and the numbers are more alike then: a budget, not a price."""
    points = [point for each in members if (point := _put_on_scale(each, each.number)) is not None]
    is_scaled = False
    if all(each.grows_with_inhabitants for each in members):
        scaled = [point - math.log(each.inhabitants) for point, each in zip(points, members, strict=True)]
        is_scaled = _measure_spread(scaled) < _measure_spread(points)
        points = scaled if is_scaled else points
    first = members[0]
    least = CLASS_POINTS if first.is_share else math.log(CLASS_FACTOR)
    middle = median(points)
    for each, is_far in zip(members, find_outliers(points, least_distance=least), strict=True):
        if is_far:
            usual = _take_off_scale(each, middle + (math.log(each.inhabitants) if is_scaled else 0))
            how = ", per inwoner vergeleken" if is_scaled else ""
            reason = (
                f"Gebruikelijk is rond {_describe(replace(each, number=usual))}: "
                f"het midden van {len(members)} antwoorden in {each.size_class}{how}."
            )
            yield _make_flag(each, FlagKind.SIZE_CLASS, reason, usual=usual)


def _measure_spread(points: Sequence[float]) -> float:
    middle = median(points)
    return median(abs(point - middle) for point in points)


def _put_on_scale(each: ReportedNumber, number: Decimal) -> float | None:
    """None for what has no place on it."""
    if each.is_share:
        return float(number)
    return math.log(number) if number > 0 else None


def _take_off_scale(each: ReportedNumber, point: float) -> Decimal:
    """In the unit of the number, rounded to two significant figures: it says what is usual, not what is right."""
    plain = point if each.is_share else math.exp(point)
    return Decimal(f"{plain:.2g}")


def _describe(each: ReportedNumber) -> str:
    return describe_number(each.limits, each.number)


def _compare(each: ReportedNumber, usual: Decimal) -> str:
    is_higher = each.number > usual
    if each.is_share:
        points = format_number(round(abs(each.number - usual), 0))
        return f"Dit antwoord is {points} procentpunt {'hoger' if is_higher else 'lager'}."
    times = max(each.number, usual) / min(each.number, usual)
    written = format_number(round(times, 0 if times >= 10 else 1))
    return f"Dit antwoord is {written} keer zo {'hoog' if is_higher else 'laag'}."


def _make_flag(each: ReportedNumber, kind: FlagKind, reason: str, *, usual: Decimal) -> Flag:
    whole = f"Ingevuld is {_describe(each)}. {reason} {_compare(each, usual)}"
    return Flag(each.response_id, kind, each.place, each.title, whole, each.given_at)
