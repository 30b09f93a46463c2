"""What numbers and amounts come to: sum, mean, median and quartiles. Pure.

Quartiles are those of type 7 of Hyndman and Fan ("Sample quantiles in statistical packages", The American
Statistician 50(4), 1996, 361-365): the ones that R, NumPy and spreadsheets give unless told otherwise.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from math import fsum
from statistics import quantiles
from typing import NamedTuple


class NumberCell(NamedTuple):
    """What the units in one group filled in, one number per unit.

    `place` is "" for a question and `<row>:<column>` for a cell of a table; `groups` are those of `aggregation.Cell`.
    """

    question: str
    place: str
    groups: tuple[str, ...]
    numbers: Sequence[float]


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

    def __init__(self, cells: Iterable[NumberCell], *, breakdowns: Sequence[tuple[int, ...]]) -> None:
        found: dict[tuple[str, str, tuple[int, ...], tuple[str, ...]], list[float]] = defaultdict(list)
        for question, place, groups, numbers in cells:
            for breakdown in breakdowns:
                found[question, place, breakdown, tuple(groups[axis] for axis in breakdown)] += numbers
        self._numbers: Mapping[tuple[str, str, tuple[int, ...], tuple[str, ...]], list[float]] = found

    def summarise(
        self, question: str, place: str, *, breakdown: tuple[int, ...], key: tuple[str, ...]
    ) -> NumberSummary | None:
        """None where nobody filled a number in: no numbers have no sum."""
        numbers = self._numbers.get((question, place, breakdown, key))
        return summarise_numbers(numbers) if numbers else None


def summarise_numbers(numbers: Sequence[float]) -> NumberSummary:
    """Raises ValueError without numbers."""
    if not numbers:
        raise ValueError("There is nothing to summarise.")
    total = fsum(numbers)
    if len(numbers) == 1:
        return NumberSummary(1, total, total, total, total, total)
    first, middle, third = quantiles(numbers, n=4, method="inclusive")
    return NumberSummary(len(numbers), total, total / len(numbers), first, middle, third)
