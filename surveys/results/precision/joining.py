"""Intervals beside the shares of a result table: from the counted cells, response by response. Pure."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from surveys.results.aggregation import (
    GIVEN,
    NOT_ASKED_STATE,
    Breakdown,
    Cell,
    Grouping,
    GroupKey,
    ThemeCells,
    list_breakdowns,
)
from surveys.results.dimensions import Dimension
from surveys.results.precision.bounds import find_bounds
from surveys.results.precision.frame import TERRITORIAL, FrameMember
from surveys.results.precision.intervals import (
    Interval,
    Piece,
    Stratum,
    estimate_share,
    find_interval,
)
from surveys.results.precision.post_stratification import PostStratification
from surveys.results.table import ResultRow

# Who says this is known not to belong in the base.
OUTSIDE_BASE = frozenset({"not_applicable", NOT_ASKED_STATE})

ONE_STRATUM = ""


@dataclass(frozen=True, slots=True)
class CountedCells:
    """What a table was counted from.

    `dimensions` are those of the groups of the cells: the table's own and, for weighting, size class and province.
    """

    dimensions: Sequence[str]
    by_state: Sequence[Cell]
    by_option: Sequence[Cell]
    themes: ThemeCells


# (question, outcome, breakdown, group); the outcome of a base is that it was given.
_Place = tuple[str, str, Breakdown, GroupKey]
# What each response adds in each stratum.
_Parts = dict[tuple[str, str], int]
# Municipalities, and what they weigh: their own number or their inhabitants.
_Size = tuple[int, int]
NOBODY: _Size = (0, 0)


def add_intervals(
    rows: Iterable[ResultRow],
    *,
    cells: CountedCells,
    grouping: Grouping,
    frame: Sequence[FrameMember],
    is_inhabitants: bool,
    weights: PostStratification | None = None,
) -> tuple[ResultRow, ...]:
    """The rows of a table, those with a share with the 95 % interval of it and the population it is a share of.

    For the units municipality and inhabitants: responses are drawn from no population. With `weights` the shares are
    weighted too; n and base stay as counted.
    """
    evidence = _Evidence(
        cells, grouping=grouping, frame=frame, is_inhabitants=is_inhabitants, weights=weights
    )
    return tuple(evidence.add_to(rows))


@dataclass(frozen=True, slots=True)
class _Group:
    """What the shares of one question in one group have in common; `population` is None where nobody knows it."""

    place: tuple[Breakdown, GroupKey]
    base: _Parts
    strata: Mapping[str, Stratum]
    population: int | None


class _Evidence:
    """The cells by what a row asks for."""

    def __init__(
        self,
        cells: CountedCells,
        *,
        grouping: Grouping,
        frame: Sequence[FrameMember],
        is_inhabitants: bool,
        weights: PostStratification | None,
    ) -> None:
        self._dimensions = grouping.dimensions
        self._codes = {
            dimension: {name: code for code, name in names.items()}
            for dimension, names in grouping.names.items()
        }
        self._cell_dimensions = list(cells.dimensions)
        self._frame, self._is_inhabitants, self._weights = frame, is_inhabitants, weights
        breakdowns = list_breakdowns(len(grouping.dimensions))
        self._answered = self._collect(cells.by_state, breakdowns=breakdowns, outcomes={GIVEN})
        self._chosen = self._collect(cells.by_option, breakdowns=breakdowns)
        self._coded = self._collect(cells.themes.by_coded, breakdowns=breakdowns)
        self._themes = self._collect(cells.themes.by_theme, breakdowns=breakdowns)
        outside = [cell for cell in cells.by_state if cell.outcome in OUTSIDE_BASE]
        given = [cell for cell in cells.by_state if cell.outcome == GIVEN]
        territorial = [breakdown for breakdown in breakdowns if self._find_territory(breakdown) == breakdown]
        self._known = self._count_known([*given, *outside], breakdowns=territorial)
        self._known_coded = self._count_known([*cells.themes.by_coded, *outside], breakdowns=territorial)
        self._sizes = self._count_frame(breakdowns=territorial)

    def add_to(self, rows: Iterable[ResultRow]) -> Iterator[ResultRow]:
        for _, found in groupby(rows, key=_name_figure):
            figure = list(found)
            group = self._find_group(figure[0]) if any(row.share is not None for row in figure) else None
            for row in figure:
                yield row if group is None or row.share is None else self._add_interval(row, group=group)

    def _add_interval(self, row: ResultRow, *, group: _Group) -> ResultRow:
        chosen = (self._themes if row.is_theme else self._chosen).get(
            (row.question, row.option, *group.place), {}
        )
        pieces = [Piece(*part, chosen.get(part, 0), weight) for part, weight in group.base.items()]
        estimate = estimate_share(pieces, strata=group.strata)
        if estimate is None:
            return row
        interval = find_interval(estimate)
        if self._weights is None and interval and group.population:
            interval = _stay_possible(interval, row=row, population=group.population)
        lower, upper = interval or (None, None)
        share = row.share if self._weights is None else estimate.share
        return row._replace(share=share, lower=lower, upper=upper, population=group.population)

    def _find_group(self, row: ResultRow) -> _Group:
        """Where the cells of a row are: a row names its groups in words."""
        names = {row.dimension_1: row.group_1, row.dimension_2: row.group_2}
        breakdown = tuple(
            axis for axis, dimension in enumerate(self._dimensions) if dimension in row.dimensions
        )
        key = tuple(
            self._codes[dimension][names[dimension]]
            for dimension in (self._dimensions[axis] for axis in breakdown)
        )
        territory = self._find_territory(breakdown)
        place = tuple(key[breakdown.index(axis)] for axis in territory)
        sizes = self._sizes[territory, place]
        known = (self._known_coded if row.is_theme else self._known).get((row.question, territory, place), {})
        base = (self._coded if row.is_theme else self._answered).get(
            (row.question, GIVEN, breakdown, key), {}
        )
        unknown = sum(weight for _, weight in sizes.values()) - sum(weight for _, weight in known.values())
        return _Group(
            place=(breakdown, key),
            base=base,
            strata={
                stratum: Stratum(
                    known=known.get(stratum, NOBODY)[0],
                    population=municipalities,
                    weight=1.0 if self._weights is None else self._weights.weights[stratum],
                )
                for stratum, (municipalities, _) in sizes.items()
            },
            population=sum(base.values()) + unknown if territory == breakdown else None,
        )

    def _find_territory(self, breakdown: Breakdown) -> Breakdown:
        """The part of a breakdown of which everybody knows how many municipalities are in each group."""
        return tuple(axis for axis in breakdown if self._dimensions[axis] in TERRITORIAL)

    def _collect(
        self,
        cells: Iterable[Cell],
        *,
        breakdowns: Sequence[Breakdown],
        outcomes: Iterable[str] | None = None,
    ) -> dict[_Place, _Parts]:
        found: dict[_Place, _Parts] = defaultdict(lambda: defaultdict(int))
        for cell in cells:
            if outcomes is not None and cell.outcome not in outcomes:
                continue
            part = (cell.cluster, self._find_stratum(self._name_groups(cell)))
            for breakdown in breakdowns:
                group = tuple(cell.groups[axis] for axis in breakdown)
                found[cell.question, cell.outcome, breakdown, group][part] += cell.weight
        return found

    def _count_known(
        self, cells: Iterable[Cell], *, breakdowns: Sequence[Breakdown]
    ) -> dict[tuple[str, Breakdown, GroupKey], dict[str, _Size]]:
        known: dict[tuple[str, Breakdown, GroupKey], dict[str, _Size]] = defaultdict(dict)
        for cell in cells:
            stratum = self._find_stratum(self._name_groups(cell))
            for breakdown in breakdowns:
                place = tuple(cell.groups[axis] for axis in breakdown)
                counts = known[cell.question, breakdown, place]
                units, weight = counts.get(stratum, NOBODY)
                counts[stratum] = (units + cell.units, weight + cell.weight)
        return known

    def _name_groups(self, cell: Cell) -> Mapping[str, str]:
        return dict(zip(self._cell_dimensions, cell.groups, strict=True))

    def _count_frame(
        self, *, breakdowns: Sequence[Breakdown]
    ) -> dict[tuple[Breakdown, GroupKey], dict[str, _Size]]:
        sizes: dict[tuple[Breakdown, GroupKey], dict[str, _Size]] = defaultdict(dict)
        for member in self._frame:
            stratum = self._find_stratum(member.groups)
            weight = member.inhabitants if self._is_inhabitants else 1
            for breakdown in breakdowns:
                place = tuple(member.groups[self._dimensions[axis]] for axis in breakdown)
                counts = sizes[breakdown, place]
                units, total = counts.get(stratum, NOBODY)
                counts[stratum] = (units + 1, total + weight)
        return sizes

    def _find_stratum(self, groups: Mapping[str, str]) -> str:
        if self._weights is None:
            return ONE_STRATUM
        return self._weights.strata[groups[Dimension.SIZE_CLASS], groups[Dimension.PROVINCE]]


def _name_figure(row: ResultRow) -> tuple[str, bool, str, str, str, str]:
    """What the rows with the same base have in common."""
    return row.question, row.is_theme, row.dimension_1, row.group_1, row.dimension_2, row.group_2


def _stay_possible(interval: Interval, *, row: ResultRow, population: int) -> Interval:
    """The part of an interval that those without an answer could still bring about."""
    bounds = find_bounds(row.n or 0, row.base or 0, population=population)
    return Interval(max(interval.lower, bounds.lower), min(interval.upper, bounds.upper))
