"""What holds for every chart: it says what it is, hurts nobody who writes <, and looks the same as a file."""

import re
from pathlib import Path

import pytest
from django.template import Context, Template

from surveys.results.charts.bars import BarData, OptionShare, draw_stacked_bars
from surveys.results.charts.elements import LOOKS
from surveys.results.charts.sheet import WIDTH, draw_bare, draw_sheet
from surveys.typesetting.images import draw_png
from tests.results.drawings import SVG, parse

STYLESHEET = Path(__file__).parents[3] / "static/css/components/chart.css"
EVIL = "<script>alert('x')</script> & \"co\""


@pytest.fixture
def chart():
    bar = BarData(
        "", 3, [OptionShare(EVIL, 2, 2 / 3), OptionShare("Nee", 1, 1 / 3), OptionShare("Rest", 0, 0.0)]
    )
    return draw_stacked_bars([bar], chart_id="figuur", title=EVIL, description="Ja komt vaker voor. n = 3.")


def test_a_chart_has_a_title_and_a_description(chart):
    root = parse(chart.svg)
    named = {element.get("id"): element.text for element in root}
    assert root.get("role") == "img"
    assert named[root.get("aria-labelledby")] == EVIL
    assert named[root.get("aria-describedby")] == "Ja komt vaker voor. n = 3."


def test_a_template_shows_a_chart_as_it_is_and_its_words_escaped(chart):
    page = Template("{{ chart.svg }}").render(Context({"chart": chart}))
    assert page.startswith("<svg")
    assert "<script" not in page
    assert "style=" not in page


def test_two_charts_on_a_page_share_no_id(chart):
    other = draw_stacked_bars([BarData("", 0, [])], chart_id="ander", title="a", description="b")
    ids = [
        element.get("id")
        for svg in (chart.svg, other.svg)
        for element in parse(svg).iter()
        if element.get("id")
    ]
    assert len(ids) == len(set(ids))


def test_no_text_is_smaller_than_a_reader_can_read():
    sizes = {name: float(look["font-size"]) for name, look in LOOKS.items() if "font-size" in look}
    # A mark stands in a square of 18 that is at least 32 pixels wide on a phone.
    assert {name for name, size in sizes.items() if size < 14} == {"mark", "mark-on-light", "mark-on-dark"}


@pytest.mark.parametrize("name", LOOKS)
def test_every_colour_of_a_drawing_follows_the_page(name):
    rules = re.findall(r"([^{}]+)\{([^}]*)\}", STYLESHEET.read_text())
    declared = " ".join(body for selectors, body in rules if re.search(rf"\.chart__{name}\b(?!-)", selectors))
    for attribute in ("fill", "stroke"):
        if LOOKS[name].get(attribute, "none") != "none":
            assert re.search(rf"\b{attribute}:", declared), f"{name} has no {attribute} in chart.css"


def test_a_file_is_complete_by_itself(chart):
    svg = draw_sheet(chart, notes=("n = 3 reacties.", "Bron: Meting 2022."))
    root = parse(svg)
    words = " ".join(text for element in root.iter(f"{SVG}text") for text in element.itertext())
    assert root.get("viewBox") == f"0 0 {WIDTH} {root.get('height')}"
    assert "n = 3 reacties." in words
    assert "Bron: Meting 2022." in words
    assert root.find(f"{SVG}desc").text == chart.description
    assert not re.search(r"https?://(?!www\.w3\.org)|var\(", svg)


def test_a_bare_drawing_is_complete_and_says_only_what_is_in_the_chart(chart):
    svg = draw_bare(chart)
    root = parse(svg)
    inner = root.find(f"{SVG}svg")
    assert root.get("viewBox") == f"0 0 {root.get('width')} {root.get('height')}"
    assert inner.get("height") == str(chart.height)
    assert not [element.text for element in root.iter() if element.text == chart.title]
    assert draw_png(svg, width=WIDTH)[:4] == b"\x89PNG"


def test_a_picture_has_the_drawing_twice_as_large(chart):
    png = draw_png(draw_sheet(chart, notes=()), width=WIDTH)
    assert png[:8] == b"\x89PNG\r\n\x1a\n"
    assert int.from_bytes(png[16:20], "big") == 2 * WIDTH
