"""The drawing is the geometry of surveys.results.charts, in a form that every browser and screen reader gets."""

import pytest
from bs4 import BeautifulSoup
from django.template.loader import render_to_string
from django.utils import translation

from surveys.results.charts import BarData, OptionShare, draw_share_bars, draw_stacked_bars

TOTAL = BarData(
    "", 3, [OptionShare("Ja", 2, 2 / 3), OptionShare("Nee", 0, 0.0), OptionShare("Overig", 1, 1 / 3)]
)


def render(chart):
    with translation.override("nl"):
        return BeautifulSoup(render_to_string("components/stacked_bar.html", {"chart": chart}), "html.parser")


@pytest.fixture
def drawing():
    return render(draw_stacked_bars([TOTAL], chart_id="figuur", title="Ondersteuner?"))


def test_positions_have_a_decimal_point_in_dutch(drawing):
    segments = drawing.find("svg", role="img").find_all("rect")
    assert [(tag["x"], tag["width"]) for tag in segments] == [("0.0%", "66.667%"), ("66.667%", "33.333%")]


def test_pattern_of_every_segment_is_in_the_drawing(drawing):
    references = {tag["fill"] for tag in drawing.find_all("rect", fill=True)}
    patterns = {f"url(#{tag['id']})" for tag in drawing.find_all("pattern")}
    assert references == {"url(#figuur-mid)"}
    assert references <= patterns


def test_bar_is_read_out_with_its_shares_and_base(drawing):
    bar = drawing.find("svg", role="img")
    texts = [drawing.find(id=name).get_text() for name in bar["aria-labelledby"].split()]
    assert texts == ["Ondersteuner?", "Ja 67\u00a0%, Nee 0\u00a0%, Overig 33\u00a0%; n\u00a0=\u00a03"]


def test_two_charts_on_a_page_share_no_id():
    html = [
        render(draw_stacked_bars([TOTAL, TOTAL], chart_id=name, title="Ondersteuner?"))
        for name in ("eerste", "tweede")
    ]
    ids = [tag["id"] for drawing in html for tag in drawing.find_all(id=True)]
    assert len(ids) == len(set(ids))


def test_bar_without_answers_has_a_message_and_no_drawing():
    html = render(draw_stacked_bars([BarData("", 0, [OptionShare("Ja", 0, None)])], chart_id="a", title="b"))
    assert html.find("svg", role="img") is None
    assert html.find(class_="stacked-bar__empty").string == "Geen antwoorden"


def test_bars_of_options_show_how_much_is_left():
    html = render(draw_share_bars([OptionShare("Spoor", 1, 0.5)], base=2, chart_id="a", title="b"))
    assert html.find("rect", class_="stacked-bar__track")["width"] == "100%"
    assert html.find("text").string == "50\u00a0%"
