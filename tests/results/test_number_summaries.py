"""Every figure over numbers, next to the same figure in exact fractions."""

from collections import defaultdict
from fractions import Fraction
from math import fsum
from statistics import quantiles

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from surveys.results.aggregation import list_breakdowns
from surveys.results.number_summaries import NumberCell, NumberGroups, NumberSummary, join_cells

LARGEST = 999_999_999_999_999
BREAKDOWNS = list_breakdowns(2)

thousandths = st.one_of(
    st.integers(-LARGEST, LARGEST),
    st.integers(-9, 9).map(lambda number: number * 1000),
    st.integers(0, 10_000),
)
cells = st.builds(
    NumberCell,
    question=st.sampled_from(["fte", "kosten"]),
    place=st.sampled_from(["", "wijk:geld"]),
    groups=st.tuples(st.sampled_from(["PV26", "PV28", ""]), st.sampled_from(["klein", "groot"])),
    numbers=st.lists(thousandths.map(lambda number: number / 1000), min_size=1, max_size=30),
)


def summarise(numbers):
    """Of one group, as a table of totals has it."""
    groups = NumberGroups(join_cells([NumberCell("fte", "", (), numbers)]), breakdowns=[()])
    return groups.summarise("fte", "", breakdown=(), key=())


def summarise_exactly(numbers):
    """The float nearest to every exact figure; a number is the decimal with three places that it was written as."""
    exact = [Fraction(round(number * 1000), 1000) for number in numbers]
    quartiles = quantiles(exact, n=4, method="inclusive") if len(exact) > 1 else exact * 3
    return NumberSummary(
        len(exact), float(sum(exact)), float(sum(exact) / len(exact)), *(float(each) for each in quartiles)
    )


@given(st.lists(cells, max_size=12))
def test_every_group_has_the_figures_that_fractions_give(cells):
    found = defaultdict(list)
    for cell in cells:
        for breakdown in BREAKDOWNS:
            key = tuple(cell.groups[axis] for axis in breakdown)
            found[cell.question, cell.place, breakdown, key] += cell.numbers
    groups = NumberGroups(join_cells(cells), breakdowns=BREAKDOWNS)

    for (question, place, breakdown, key), numbers in found.items():
        assert groups.summarise(question, place, breakdown=breakdown, key=key) == summarise_exactly(numbers)
    assert groups.summarise("fte", "", breakdown=(0,), key=("PV99",)) is None


@given(st.lists(thousandths.map(lambda number: number / 1000), min_size=1), st.randoms(use_true_random=False))
def test_the_order_and_the_cells_that_numbers_come_in_change_nothing(numbers, random):
    shuffled = random.sample(numbers, len(numbers))
    apart = [NumberCell("fte", "", (str(place),), [number]) for place, number in enumerate(shuffled)]
    groups = NumberGroups(join_cells(apart), breakdowns=[()])

    assert groups.summarise("fte", "", breakdown=(), key=()) == summarise(numbers)


@given(st.lists(st.integers(-LARGEST // 1000, LARGEST // 1000), min_size=2))
def test_whole_numbers_have_the_figures_of_the_standard_library(numbers):
    summary = summarise(numbers)

    assert summary.total == fsum(numbers)
    assert summary[3:] == pytest.approx(quantiles(numbers, n=4, method="inclusive"), rel=1e-15)


@pytest.mark.parametrize(
    ("numbers", "figures"),
    [
        ([1.5], (1, 1.5, 1.5, 1.5, 1.5, 1.5)),
        ([0.0, 0.0], (2, 0.0, 0.0, 0.0, 0.0, 0.0)),
        ([7.0, 7.0, 7.0], (3, 21.0, 7.0, 7.0, 7.0, 7.0)),
        ([4.0, 1.0, 3.0, 2.0], (4, 10.0, 2.5, 1.75, 2.5, 3.25)),
        ([-1.0, -4.0, 2.5], (3, -2.5, -2.5 / 3, -2.5, -1.0, 0.75)),
        # Added as floats these are 0.30000000000000004.
        ([0.1, 0.2], (2, 0.3, 0.15, 0.125, 0.15, 0.175)),
    ],
)
def test_figures_worked_out_by_hand(numbers, figures):
    assert summarise(numbers) == figures


def test_a_sum_may_be_larger_than_64_bits():
    summary = summarise([LARGEST / 1000] * 10_000)

    assert summary == (10_000, LARGEST * 10, *[LARGEST / 1000] * 4)
    assert summarise([-LARGEST / 1000] * 10_000).total == -LARGEST * 10


@given(st.integers(-LARGEST, LARGEST))
@example(LARGEST)
def test_a_number_keeps_its_thousandths(number):
    (column,) = join_cells([NumberCell("fte", "", (), [number / 1000])])

    assert column.numbers.tolist() == [number]


def test_a_place_where_nobody_filled_in_a_number_has_no_figures():
    (column,) = join_cells([NumberCell("fte", "", (), [1])])
    empty = column._replace(groups=[], cells=np.array([], dtype=np.int64), numbers=column.numbers[:0])

    assert NumberGroups([empty], breakdowns=[()]).summarise("fte", "", breakdown=(), key=()) is None
