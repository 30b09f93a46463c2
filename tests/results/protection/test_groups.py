"""Which breakdowns tell something about one another."""

from surveys.results.protection.groups import split_breakdowns
from surveys.results.protection.microdata import Place

TOTAL = frozenset()
SIZE, TYPE, REGION = frozenset({"size_class"}), frozenset({"respondent_type"}), frozenset({"youth_region"})
ALL = [TOTAL, SIZE, TYPE, REGION]


def make_place(**groups: str) -> Place:
    return Place("municipality", "GM0001", groups)


def test_without_anything_known_each_breakdown_is_by_itself():
    assert split_breakdowns(ALL, places=[]) == [[TOTAL, TYPE], [TOTAL, SIZE], [TOTAL, REGION]]


def test_what_is_known_of_one_place_ties_breakdowns_together():
    places = [make_place(size_class="S"), make_place(size_class="M", youth_region="JZ01")]

    assert split_breakdowns(ALL, places=places) == [[TOTAL, TYPE], [TOTAL, SIZE, REGION]]


def test_a_crossing_ties_what_it_crosses():
    crossing = SIZE | TYPE

    assert split_breakdowns([*ALL, crossing], places=[]) == [[TOTAL, SIZE, TYPE, crossing], [TOTAL, REGION]]


def test_a_chain_is_one_part():
    chain = [SIZE | TYPE, TYPE | REGION]

    assert split_breakdowns([TOTAL, *chain], places=[]) == [[TOTAL, *chain]]


def test_what_nobody_asks_for_ties_nothing():
    assert split_breakdowns([TOTAL, SIZE], places=[make_place(size_class="S", province="PV20")]) == [
        [TOTAL, SIZE]
    ]


def test_without_breakdowns_there_is_the_total():
    assert split_breakdowns([TOTAL], places=[make_place(size_class="S")]) == [[TOTAL]]
