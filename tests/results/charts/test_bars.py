"""A bar is exactly as long as its shares, and what it cannot show it says in words."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from surveys.results.charts.bars import (
    MAXIMUM_STACKED_OPTIONS,
    NARROWEST_LABELLED,
    BarData,
    OptionShare,
    draw_share_bars,
    draw_stacked_bars,
)
from tests.results.drawings import list_elements, list_segments, read_lines

counts_per_option = st.lists(st.integers(min_value=0, max_value=10_000), min_size=1, max_size=5).filter(any)
TITLE = {"chart_id": "figuur", "title": "Beperkt u de reikwijdte?", "description": "Ja komt vaker voor."}


def build_bar(*counts, label=""):
    base = sum(counts)
    shares = [OptionShare(f"Optie {place}", n, n / base if base else None) for place, n in enumerate(counts)]
    return BarData(label, base, shares)


def draw(*bars):
    return draw_stacked_bars(bars, **TITLE)


@given(counts_per_option)
def test_segments_cover_the_bar_in_order_without_gaps(counts):
    segments = list_segments(draw(build_bar(*counts)))
    assert segments[0][0] == 0
    for (x, width), (following, _) in pairwise(segments):
        assert following == pytest.approx(x + width, abs=0.002)
    assert sum(segments[-1]) == pytest.approx(100, abs=0.002)
    assert [width for _, width in segments] == pytest.approx(
        [100 * n / sum(counts) for n in counts if n], abs=0.002
    )


@given(counts_per_option)
def test_a_share_stands_inside_exactly_when_it_fits(counts):
    chart = draw(build_bar(*counts))
    inside = [line for line in read_lines(chart) if not line.startswith("Optie")]
    assert len(inside) == sum(width >= NARROWEST_LABELLED for _, width in list_segments(chart))


def test_an_option_without_answers_has_no_segment_but_stays_in_the_legend():
    chart = draw(build_bar(33, 0, 18))
    assert len(list_segments(chart)) == 2
    assert read_lines(chart)[2:] == ["Optie 0: 65 %", "Optie 1: 0 %", "Optie 2: 35 %"]


def test_a_fill_belongs_to_the_option_also_when_another_is_empty():
    chart = draw(build_bar(3, 0, 3))
    patterned = list_elements(chart, "patterned")
    assert {element.get("fill") for element in patterned} == {"url(#figuur-mid)"}
    assert len(patterned) == 2  # the third option: in the bar and in the legend
    assert len(list_elements(chart, "light")) == 1  # the second one: in the legend only


@pytest.mark.parametrize(
    ("bar", "message"),
    [
        (build_bar(0, 0), ["Geen antwoorden"]),
        (
            BarData("Klein", None, [OptionShare("Optie 0", None, None), OptionShare("Optie 1", None, None)]),
            ["Klein  n afgeschermd", "Afgeschermd: dit cijfer tonen we", "niet"],
        ),
        (
            BarData("Klein", 4, [OptionShare("Optie 0", None, None), OptionShare("Optie 1", 3, 0.75)]),
            ["Klein  n = 4", "Afgeschermd: dit cijfer tonen we", "niet"],
        ),
    ],
)
def test_what_cannot_be_shown_is_said_without_any_share(bar, message):
    chart = draw(bar)
    assert list_segments(chart) == []
    assert read_lines(chart) == [*message, "Optie 0", "Optie 1"]


def test_a_share_that_does_not_fit_stands_under_its_bar():
    lines = read_lines(draw(build_bar(34, 2, 15, label="Klein"), build_bar(5, 5, 5, label="Groot")))
    assert lines[:4] == ["Klein  n = 51", "67 %", "29 %", "Optie 1 4 %"]
    assert lines[-3:] == ["Optie 0", "Optie 1", "Optie 2"]


def test_bars_with_different_options_are_refused():
    with pytest.raises(ValueError, match="same options"):
        draw(build_bar(1, 1, label="a"), BarData("b", 1, [OptionShare("Ja", 1, 1.0)]))


def test_more_options_than_fills_are_refused():
    with pytest.raises(ValueError, match="at most"):
        draw(build_bar(*[1] * (MAXIMUM_STACKED_OPTIONS + 1)))


def test_share_bars_stand_each_on_their_own():
    shares = [OptionShare("Een", 40, 0.8), OptionShare("Geen", 0, 0.0), OptionShare("Alle", 49, 0.98)]
    chart = draw_share_bars(shares, base=50, **TITLE)
    assert list_segments(chart) == [(0, 80), (0, 98)] or list_segments(chart)[0][1] == 80
    assert read_lines(chart) == ["Een", "80 %", "Geen", "0 %", "Alle", "98 %"]
    assert [text.get("text-anchor") for text in list_elements(chart, "value")] == ["start", "start"]


def test_a_share_bar_of_a_suppressed_option_says_so():
    chart = draw_share_bars([OptionShare("Spoor 1", None, None)], base=50, **TITLE)
    assert read_lines(chart)[1] == "Afgeschermd: dit cijfer tonen we"


def test_long_words_stay_within_a_narrow_screen():
    long = "Ja, wij doen dat samen met alle huisartsen in de regio en met de zorgverzekeraars"
    lines = read_lines(draw_share_bars([OptionShare(long, 1, 0.5)], base=2, **TITLE))
    assert max(map(len, lines)) <= 38
    assert " ".join(lines[:-1]) == long
