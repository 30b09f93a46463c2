"""A bar is exactly as long as its shares, and what it cannot show it says in words."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from surveys.results.charts import (
    MAXIMUM_STACKED_OPTIONS,
    NARROWEST_LABELLED,
    NO_ANSWERS,
    SUPPRESSED,
    BarData,
    OptionShare,
    draw_share_bars,
    draw_stacked_bars,
)
from surveys.results.notation import format_count, format_share

counts_per_option = st.lists(st.integers(min_value=0, max_value=10_000), min_size=1, max_size=5).filter(any)


def build_bar(*counts, label=""):
    base = sum(counts)
    shares = [OptionShare(f"Optie {place}", n, n / base if base else None) for place, n in enumerate(counts)]
    return BarData(label, base, shares)


def draw(*bars):
    return draw_stacked_bars(bars, chart_id="figuur", title="Beperkt u de reikwijdte?")


@given(counts_per_option)
def test_segments_cover_the_bar_in_order_without_gaps(counts):
    segments = draw(build_bar(*counts)).bars[0].segments
    assert segments[0].x == 0
    for segment, following in pairwise(segments):
        assert following.x == pytest.approx(segment.x + segment.width, abs=0.002)
    assert segments[-1].x + segments[-1].width == pytest.approx(100, abs=0.002)
    assert all(segment.width > 0 for segment in segments)


@given(counts_per_option)
def test_segment_width_is_the_share(counts):
    segments = {segment.label: segment for segment in draw(build_bar(*counts)).bars[0].segments}
    for place, n in enumerate(counts):
        width = segments[f"Optie {place}"].width if f"Optie {place}" in segments else 0
        assert width == pytest.approx(100 * n / sum(counts), abs=0.002)


@given(counts_per_option)
def test_label_stands_inside_exactly_when_it_fits(counts):
    for segment in draw(build_bar(*counts)).bars[0].segments:
        assert (segment.label_place == "inside") == (segment.width >= NARROWEST_LABELLED)
        assert segment.text_x == pytest.approx(segment.x + segment.width / 2, abs=0.002)


def test_option_without_answers_has_no_segment_but_stays_in_the_legend():
    chart = draw(build_bar(33, 0, 18))
    assert [segment.label for segment in chart.bars[0].segments] == ["Optie 0", "Optie 2"]
    assert [(key.label, key.share_text) for key in chart.legend] == [
        ("Optie 0", "65\u00a0%"),
        ("Optie 1", "0\u00a0%"),
        ("Optie 2", "35\u00a0%"),
    ]


def test_pattern_belongs_to_the_option_also_when_another_is_empty():
    full, partial = draw(build_bar(3, 3, 3, label="a"), build_bar(3, 0, 3, label="b")).bars
    assert [segment.pattern for segment in full.segments] == ["dark", "light", "mid"]
    assert [segment.pattern for segment in partial.segments] == ["dark", "mid"]


def test_bar_without_answers_says_so():
    bar = draw(build_bar(0, 0)).bars[0]
    assert bar.message == NO_ANSWERS
    assert bar.segments == ()
    assert bar.base_text == "n\u00a0=\u00a00"


@pytest.mark.parametrize("base", [None, 4])
def test_suppressed_bar_shows_no_share_at_all(base):
    chart = draw(BarData("Klein", base, [OptionShare("Ja", None, None), OptionShare("Nee", 3, 0.75)]))
    assert chart.bars[0].message == SUPPRESSED
    assert chart.bars[0].segments == ()
    assert chart.bars[0].description == ""
    assert [key.share_text for key in chart.legend] == ["", ""]


def test_bar_is_described_in_words():
    bar = draw(build_bar(34, 2, 15)).bars[0]
    assert bar.description == "Optie 0 67\u00a0%, Optie 1 4\u00a0%, Optie 2 29\u00a0%"
    assert bar.base_text == "n\u00a0=\u00a051"


def test_share_that_does_not_fit_stands_in_the_note_of_its_bar():
    chart = draw(build_bar(34, 2, 15, label="Klein"), build_bar(5, 5, 5, label="Groot"))
    assert [bar.note for bar in chart.bars] == ["Optie 1 4\u00a0%", ""]
    assert [key.share_text for key in chart.legend] == ["", "", ""]


def test_note_is_not_needed_where_the_legend_has_the_shares():
    assert draw(build_bar(34, 2, 15)).bars[0].note == ""


def test_bars_with_different_options_are_refused():
    other = BarData("b", 1, [OptionShare("Ja", 1, 1.0)])
    with pytest.raises(ValueError, match="same options"):
        draw(build_bar(1, 1, label="a"), other)


def test_more_options_than_patterns_are_refused():
    with pytest.raises(ValueError, match="at most"):
        draw(build_bar(*[1] * (MAXIMUM_STACKED_OPTIONS + 1)))


def test_chart_without_bars_is_empty():
    chart = draw()
    assert chart.bars == ()
    assert chart.legend == ()


def test_share_bars_stand_each_on_their_own():
    shares = [
        OptionShare("Spoor 1", 40, 0.8),
        OptionShare("Spoor 2", 5, 0.1),
        OptionShare("Spoor 3", 49, 0.98),
    ]
    chart = draw_share_bars(shares, base=50, chart_id="figuur", title="Welke sporen?")
    assert [bar.label for bar in chart.bars] == ["Spoor 1", "Spoor 2", "Spoor 3"]
    assert [bar.segments[0].width for bar in chart.bars] == [80, 10, 98]
    assert [bar.segments[0].label_place for bar in chart.bars] == ["beside", "beside", "inside"]
    assert [bar.segments[0].text_x for bar in chart.bars] == [80, 10, 49]
    assert chart.legend == ()
    assert chart.is_labelled


def test_share_bar_of_a_suppressed_option_says_so():
    chart = draw_share_bars([OptionShare("Spoor 1", None, None)], base=50, chart_id="figuur", title="Sporen")
    assert chart.bars[0].message == SUPPRESSED


@pytest.mark.parametrize(
    ("share", "text"),
    [(0, "0\u00a0%"), (0.004, "< 1\u00a0%"), (0.125, "13\u00a0%"), (33 / 51, "65\u00a0%"), (1, "100\u00a0%")],
)
def test_share_is_written_in_whole_percentages(share, text):
    assert format_share(share) == text


def test_count_has_dots_between_thousands():
    assert format_count(17590672) == "17.590.672"
