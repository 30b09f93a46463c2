"""A wide table: on a narrow screen it scrolls under a caption that stays readable, on paper all of it stands there."""

import pytest
from django.template.loader import render_to_string

QUESTION = "Wordt binnen uw gemeente of regio de verwijzing beperkt tot aanbieders met een contract?"


@pytest.fixture
def table(show):
    columns = ["Groep", *(f"Antwoord {number}" for number in range(7))]
    rows = [["Minder dan 50.000 inwoners", *["afgeschermd"] * 7]]
    return show(
        render_to_string(
            "components/data_table.html", {"id": "t", "columns": columns, "rows": rows, "caption": QUESTION}
        )
    )


def test_the_caption_of_a_wide_table_fits_on_a_narrow_screen(table):
    table.set_viewport_size({"width": 360, "height": 800})

    region, caption = table.locator(".data-table"), table.locator("caption")
    assert region.evaluate("element => element.scrollWidth > element.clientWidth")
    region.evaluate("element => element.scrollTo(150, 0)")
    box = caption.bounding_box()
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= 360


def test_on_paper_no_column_is_left_out(table):
    table.set_viewport_size({"width": 672, "height": 900})
    table.emulate_media(media="print")

    region = table.locator(".data-table")
    assert region.evaluate("element => element.firstElementChild.offsetWidth <= element.clientWidth")
