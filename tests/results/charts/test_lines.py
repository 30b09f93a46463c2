import pytest

from surveys.results.charts.lines import LineData, draw_lines
from tests.results.drawings import list_elements, read_lines

TITLE = {"chart_id": "figuur", "title": "POH?", "description": "Ja ging omhoog."}
LEGEND = 1  # every line has one more line and marker in the legend


def draw(*lines, breaks=(), moments=("2022", "2024", "2026")):
    return draw_lines(lines, moments=moments, breaks=breaks, **TITLE)


def test_a_line_joins_the_waves():
    chart = draw(LineData("Ja", [0.2, 0.5, 0.6]))

    assert len(list_elements(chart, "line")) == 2 + LEGEND
    assert len(list_elements(chart, "marker")) == 3 + LEGEND
    assert "Ja: 20 % → 50 % → 60 %" in read_lines(chart)
    assert {"2022", "2024", "2026"} <= set(read_lines(chart))


def test_higher_shares_stand_higher():
    first, second = list_elements(draw(LineData("Ja", [0.2, 0.5, 0.6])), "line")[:2]

    assert float(first.get("y1")) > float(first.get("y2")) > float(second.get("y2"))
    assert first.get("x2") == second.get("x1") == "50%"


def test_no_line_crosses_a_break_and_the_break_is_named():
    chart = draw(LineData("Ja", [0.2, 0.5, 0.6]), breaks={2})

    assert [(line.get("x1"), line.get("x2")) for line in list_elements(chart, "line")][:-LEGEND] == [
        ("6%", "50%")
    ]
    assert [line.get("x1") for line in list_elements(chart, "break")] == ["72%"]
    assert "vraag veranderd" in read_lines(chart)


@pytest.mark.parametrize(
    ("shares", "breaks", "words"),
    [
        ([0.2, 0.5, 0.6], {2}, "Ja: 20 % → 50 % | 60 %"),
        ([0.2, None, 0.6], {1}, "Ja: 20 % | 60 %"),
        ([None, 0.5, 0.6], {1}, "Ja: 50 % → 60 %"),
    ],
)
def test_no_arrow_in_the_legend_crosses_a_break(shares, breaks, words):
    assert words in read_lines(draw(LineData("Ja", shares), breaks=breaks))


def test_a_wave_without_a_figure_leaves_a_gap():
    chart = draw(LineData("Ja", [0.2, None, 0.6]))

    assert len(list_elements(chart, "line")) == LEGEND
    assert len(list_elements(chart, "marker")) == 2 + LEGEND


def test_lines_are_told_apart_without_colour():
    chart = draw(LineData("Ja", [0.2, 0.5, 0.6]), LineData("Nee", [0.8, 0.5, 0.4]))

    assert len({line.get("stroke-dasharray") for line in list_elements(chart, "line")}) == 2
    assert len({marker.get("d") for marker in list_elements(chart, "marker")}) == 2


def test_one_wave_stands_in_the_middle():
    marker, _ = list_elements(draw(LineData("Ja", [0.5]), moments=["2022"]), "marker")

    assert marker.get("d")
    assert "Ja: 50 %" in read_lines(draw(LineData("Ja", [0.5]), moments=["2022"]))


def test_too_many_lines_and_uneven_ones_are_refused():
    with pytest.raises(ValueError, match="At most"):
        draw(*[LineData("Ja", [0.1, 0.2, 0.3])] * 6)
    with pytest.raises(ValueError, match="every moment"):
        draw(LineData("Ja", [0.1]))
