"""What numbers and amounts come to: sum, mean, median and quartiles. Pure.

Numbers are whole thousandths, the decimals that an answer keeps. So every figure is the float nearest to the exact
one, in whatever order the numbers come.

Quartiles are those of type 7 of Hyndman and Fan ("Sample quantiles in statistical packages", The American
Statistician 50(4), 1996, 361-365): the ones that R, NumPy and spreadsheets give unless told otherwise.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

import numpy as np

Thousandths = np.ndarray[Any, np.dtype[np.int64]]
Places = np.ndarray[Any, np.dtype[Any]]

# Halves of a number are added apart: together they may not fit in 64 bits.
HALF = 32


class NumberCell(NamedTuple):
    """What the units in one group filled in, one number per unit and at least one.

    `place` is "" for a question and `<row>:<column>` for a cell of a table; `groups` are those of `aggregation.Cell`.
    """

    question: str
    place: str
    groups: tuple[str, ...]
    numbers: Sequence[float]


class NumberColumn(NamedTuple):
    """What all units filled in at one place: cells with their numbers in one row.

    `groups` has those of every cell; `cells` has, of each number, the place of its cell there.
    """

    question: str
    place: str
    groups: Sequence[tuple[str, ...]]
    cells: Places
    numbers: Thousandths


class NumberSummary(NamedTuple):
    """Over `units` numbers, at least one."""

    units: int
    total: float
    mean: float
    quartile_1: float
    median: float
    quartile_3: float


class NumberGroups:
    """The numbers per question, place and group, in every breakdown (positions of dimensions)."""

    def __init__(self, columns: Iterable[NumberColumn], *, breakdowns: Sequence[tuple[int, ...]]) -> None:
        self._summaries: dict[tuple[str, str, tuple[int, ...]], dict[tuple[str, ...], NumberSummary]] = {}
        for column in columns:
            # Sorted once, for all breakdowns.
            order = np.argsort(column.numbers)
            numbers, cells = column.numbers[order], column.cells[order]
            for breakdown in breakdowns:
                keys = [tuple(codes[axis] for axis in breakdown) for codes in column.groups]
                places = {key: place for place, key in enumerate(dict.fromkeys(keys))}
                of_cell = np.array([places[key] for key in keys], dtype=np.min_scalar_type(len(places)))
                self._summaries[column.question, column.place, breakdown] = dict(
                    zip(places, summarise_groups(numbers, of_cell[cells]), strict=True)
                )

    def summarise(
        self, question: str, place: str, *, breakdown: tuple[int, ...], key: tuple[str, ...]
    ) -> NumberSummary | None:
        """None where nobody filled a number in: no numbers have no sum."""
        return self._summaries.get((question, place, breakdown), {}).get(key)


def join_cells(cells: Iterable[NumberCell]) -> list[NumberColumn]:
    """Numbers below a million million keep their thousandths; nobody can fill in more."""
    by_place: dict[tuple[str, str], list[NumberCell]] = defaultdict(list)
    for cell in cells:
        by_place[cell.question, cell.place].append(cell)
    return [
        NumberColumn(
            question,
            place,
            groups=[cell.groups for cell in found],
            cells=np.repeat(np.arange(len(found)), [len(cell.numbers) for cell in found]),
            numbers=np.rint(np.concatenate([cell.numbers for cell in found]) * 1000).astype(np.int64),
        )
        for (question, place), found in by_place.items()
    ]


def summarise_groups(numbers: Thousandths, groups: Places) -> list[NumberSummary]:
    """One summary per group. `numbers` ascend; `groups` has the group of each, and no group from 0 up is empty."""
    # Ascending within each group: a stable sort of small integers takes one pass.
    numbers = numbers[np.argsort(groups, kind="stable")]
    sizes = np.bincount(groups)
    starts = np.cumsum(sizes) - sizes
    high, low = (
        np.add.reduceat(half, starts).tolist() for half in (numbers >> HALF, numbers & ((1 << HALF) - 1))
    )
    # The place of each quartile lies some quarters past a number, on the way to the next.
    below, quarters = np.divmod(np.outer((1, 2, 3), sizes - 1), 4)
    above = np.minimum(below + 1, sizes - 1)
    quartiles = numbers[starts + below] * (4 - quarters) + numbers[starts + above] * quarters
    return [
        NumberSummary(
            units=units,
            total=total / 1000,
            mean=total / (1000 * units),
            quartile_1=first / 4000,
            median=middle / 4000,
            quartile_3=third / 4000,
        )
        for units, total, first, middle, third in zip(
            sizes.tolist(),
            [(high_half << HALF) + low_half for high_half, low_half in zip(high, low, strict=True)],
            *quartiles.tolist(),
            strict=True,
        )
    ]
