from surveys.results.charts.dots import DotData, draw_dots
from tests.results.drawings import list_elements, read_lines

TITLE = {
    "heading": "Aandeel „Ja”",
    "chart_id": "figuur",
    "title": "POH?",
    "description": "Drenthe is het hoogst.",
}
SCALE = ["Aandeel „Ja”", "0 %", "50 %", "100 %"]


def read(*dots):
    return read_lines(draw_dots(dots, **TITLE))


def test_a_dot_stands_at_its_share_and_its_interval_around_it():
    chart = draw_dots([DotData("Drenthe", 12, 0.64, 0.51, 0.75)], **TITLE)

    assert [dot.get("cx") for dot in list_elements(chart, "marker")] == ["64%"]
    assert [(line.get("x1"), line.get("x2")) for line in list_elements(chart, "interval")] == [("51%", "75%")]
    assert [end.get("x1") for end in list_elements(chart, "interval-end")] == ["51%", "75%"]
    assert read_lines(chart) == [*SCALE, "Drenthe  64 % (51 % tot 75 %), n = 12"]


def test_without_an_interval_there_is_a_dot_only():
    chart = draw_dots([DotData("Drenthe", 12, 0.0)], **TITLE)

    assert list_elements(chart, "interval") == []
    assert [dot.get("cx") for dot in list_elements(chart, "marker")] == ["0%"]
    assert read_lines(chart) == [*SCALE, "Drenthe  0 %, n = 12"]


def test_a_group_without_figure_has_words_and_no_dot():
    chart = draw_dots([DotData("Zeeland", None, None, message="Afgeschermd")], **TITLE)

    assert list_elements(chart, "marker") == []
    assert read_lines(chart) == [*SCALE, "Zeeland", "Afgeschermd"]


def test_groups_of_a_crossing_stand_under_their_heading_once():
    dots = [
        DotData("Klein", 3, 0.5, heading="Drenthe"),
        DotData("Groot", 3, 0.5, heading="Drenthe"),
        DotData("Klein", 3, 0.5, heading="Utrecht"),
    ]

    assert [line for line in read(*dots) if "%" not in line] == ["Aandeel „Ja”", "Drenthe", "Utrecht"]
