"""What a case needs, and how two colleagues' words are put together."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from practices.contributing.completeness import NEEDED, WELCOME, measure_completeness
from practices.contributing.merging import merge, take_print
from practices.contributing.parts import (
    CHOICES,
    PARTS,
    UNCHOSEN,
    find_bad_figures,
    read_lines,
    split_figure,
    write_lines,
)

EMPTY = {name: () if name in CHOICES else UNCHOSEN.get(name, "") for name in PARTS}
ENOUGH = EMPTY | {
    "title": "Titel",
    "summary": "Zin",
    "intro": "Wat",
    "themes": ("crisis",),
    "municipalities": ("GM0479",),
    "year": "2025",
    "source": "Plan",
}


def test_nothing_is_there_at_first():
    found = measure_completeness(EMPTY, has_own_place=False)
    assert (found.missing, found.welcome) == (NEEDED, WELCOME)
    assert (found.done, found.total, found.is_enough) == (0, len(NEEDED) + len(WELCOME), False)


def test_the_needed_parts_are_enough_and_every_other_makes_it_better():
    found = measure_completeness(ENOUGH, has_own_place=False)
    assert found.is_enough
    assert found.done == len(NEEDED)
    fuller = measure_completeness({**ENOUGH, "lessons": "Begin klein"}, has_own_place=False)
    assert fuller.done == found.done + 1
    assert "lessons" not in fuller.welcome


@pytest.mark.parametrize("group", NEEDED)
def test_each_of_them_is_needed(group):
    values = ENOUGH | {name: EMPTY[name] for name in group}
    assert measure_completeness(values, has_own_place=False).missing == (group,)


def test_a_region_is_a_place_by_itself():
    values = ENOUGH | {"municipalities": ()}
    assert measure_completeness(values, has_own_place=True).is_enough


def test_what_nobody_chose_is_not_filled_in():
    found = measure_completeness({**ENOUGH, "status": "unknown", "effect": "mixed"}, has_own_place=False)
    assert "status" in found.welcome
    assert "effect" not in found.welcome


VALUES = st.text(max_size=4) | st.tuples(st.sampled_from("ab"))


@given(stored=VALUES, began=VALUES, typed=VALUES)
def test_a_part_is_kept_taken_or_asked_about_and_never_lost(stored, began, typed):
    merged = merge(stored={"x": stored}, typed={"x": typed}, begun={"x": take_print(began)})
    if typed in (stored, began):
        assert (merged.changed, merged.conflicts) == ({}, frozenset())
    elif stored == began:
        assert (merged.changed, merged.conflicts) == ({"x": typed}, frozenset())
    else:
        assert (merged.changed, merged.conflicts) == ({}, {"x"})


def test_who_does_not_say_where_it_began_only_fills_what_is_empty():
    merged = merge(
        stored={"title": "Er staat al wat", "intro": ""},
        typed={"title": "Anders", "intro": "Nieuw"},
        begun={},
    )
    assert (merged.changed, merged.conflicts) == ({"intro": "Nieuw"}, {"title"})


def test_lines_are_points():
    assert read_lines("  een \n\n twee\n") == ["een", "twee"]
    assert write_lines(["een\nen nog", "twee"]) == "een en nog\ntwee"


@pytest.mark.parametrize(
    ("line", "parts"),
    [
        ("ruim 30 %: minder: echt", ("ruim 30 %", "minder: echt")),
        ("zonder punten", ("", "zonder punten")),
        (": niets ervoor", ("", "niets ervoor")),
    ],
)
def test_a_figure_is_what_stands_before_the_colon(line, parts):
    assert split_figure(line) == parts


def test_figures_that_say_nothing_are_named():
    text = f"3: scholen\nveel\n{'x' * 61}: te lang\n4:\n5: {'x' * 301}"
    assert find_bad_figures(text) == text.splitlines()[1:]
