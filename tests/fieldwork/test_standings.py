import pytest

from surveys.fieldwork.standings import STANDING_NAMES, Standing, find_standings
from tests.fieldwork.rows import FRAME, make_row


def find(*responses):
    return [find_standings(FRAME, responses=responses)[row.code].value for row in FRAME]


def test_nobody_began():
    assert find() == ["silent"] * 4


@pytest.mark.parametrize(
    ("status", "missing", "standing"),
    [
        ("draft", 3, "begun"),
        ("draft", None, "begun"),
        ("draft", 0, "complete"),
        ("excluded", None, "dropped"),
        ("withdrawn", None, "dropped"),
        ("submitted", None, "own"),
    ],
)
def test_the_standing_of_a_municipality_that_answers_itself(status, missing, standing):
    assert find(make_row("GM1", "GM1", status=status, missing=missing))[0] == standing


def test_a_region_speaks_for_those_it_ticked():
    assert find(make_row("JZ1", "GM1", "GM2")) == ["inherited", "inherited", "silent", "silent"]
    assert find(make_row("JZ1", "GM2", status="draft")) == ["silent", "begun", "silent", "silent"]


def test_the_furthest_of_what_is_said_holds_whatever_comes_first():
    own, region = make_row("GM1", "GM1", status="draft"), make_row("JZ1", "GM1", "GM2")

    assert find(own, region) == find(region, own) == ["inherited", "inherited", "silent", "silent"]
    assert find(region, make_row("GM1", "GM1"))[0] == "own"


def test_a_municipality_outside_the_frame_is_nobody():
    assert find(make_row("GM9", "GM9")) == ["silent"] * 4


def test_every_standing_has_a_name():
    assert STANDING_NAMES.keys() == set(Standing)
