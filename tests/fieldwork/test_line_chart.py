import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from surveys.fieldwork.line_chart import MOST_STEPS, STYLES, LineData, choose_marks, draw_line_chart


def draw(*counts, moments=("1 maart", "2 maart", "3 maart", "4 maart", "5 maart")):
    lines = [LineData(f"Lijn {number}", each) for number, each in enumerate(counts, start=1)]
    return draw_line_chart(lines, moments=moments[: len(counts[0])], chart_id="verloop", title="Verloop")


def test_a_count_holds_until_the_next_moment():
    (line,) = draw([0, 2, 2, 4, 1]).lines

    assert line.path == "M0 100H25V50H50V50H75V0H100V75"
    assert (line.style, line.last) == ("solid", 1)


def test_lines_share_one_scale_and_are_drawn_differently():
    drawn = draw([0, 4], [0, 2])

    assert [line.path for line in drawn.lines] == ["M0 100H100V0", "M0 100H100V50"]
    assert len({line.style for line in drawn.lines}) == 2


def test_the_axes_have_a_few_marks_from_zero_up_and_from_first_to_last():
    drawn = draw([0, 3, 7, 7, 9])

    assert [(mark.label, mark.place) for mark in drawn.heights] == [("0", 100), ("5", 50), ("10", 0)]
    assert [(mark.label, mark.place) for mark in drawn.moments] == [
        ("1 maart", 0),
        ("3 maart", 50),
        ("5 maart", 100),
    ]


def test_one_moment_is_a_line_over_the_whole_width():
    drawn = draw([3])

    assert drawn.lines[0].path == "M0 0H100V0"
    assert [mark.label for mark in drawn.moments] == ["1 maart"]


def test_the_drawing_is_said_in_words():
    assert draw([0, 2], [1, 9]).description == (
        "Lijn 1: van 0 op 1 maart naar 2 op 2 maart; Lijn 2: van 1 op 1 maart naar 9 op 2 maart"
    )


@pytest.mark.parametrize("counts", [[[1]] * (len(STYLES) + 1), [[1, 2], [1]], [[]]])
def test_what_cannot_be_drawn_is_refused(counts):
    with pytest.raises(ValueError, match="line"):
        draw(*counts)


@given(st.integers(0, 2_000_000))
def test_marks_are_round_and_reach_the_highest_count(highest):
    marks = choose_marks(highest)

    assert marks[0] == 0
    assert marks[-1] >= highest
    assert 2 <= len(marks) <= MOST_STEPS + 1
    assert re.fullmatch("[125]0*", str(marks[1]))


@given(st.lists(st.integers(0, 500), min_size=1, max_size=60))
def test_every_line_stays_within_the_drawing(counts):
    drawn = draw_line_chart(
        [LineData("x", counts)], moments=[str(n) for n in range(len(counts))], chart_id="a", title="b"
    )

    numbers = [float(each) for each in re.findall(r"[0-9.]+", drawn.lines[0].path)]
    assert all(0 <= number <= 100 for number in numbers)
