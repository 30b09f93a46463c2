"""The drawing of surveys.territory.tile_map: for the eye, the keyboard and a screen reader."""

import pytest
from bs4 import BeautifulSoup
from django.template.loader import render_to_string
from playwright.sync_api import expect

from surveys.territory.tile_map import PATTERNS, TileKey, TilePlace, draw_tile_map
from surveys.territory.tile_positions import TilePosition

KEYS = [TileKey(pattern, f"soort {pattern}", pattern, "K") for pattern in PATTERNS]
# A row of three with one square below the middle, and a place without a square.
POSITIONS = {
    "A": TilePosition(0, 0),
    "B": TilePosition(1, 0),
    "C": TilePosition(2, 0),
    "D": TilePosition(1, 1),
}


def render(*, map_id="kaart", keys=("step-1", "step-3", "step-5", "none", "outside"), url=""):
    places = [
        TilePlace(code, f"Plaats {code}", key, f"soort {key}", url=url and f"{url}{code}")
        for code, key in zip("ABCDE", keys, strict=True)
    ]
    drawn = draw_tile_map(places, positions=POSITIONS, keys=KEYS, map_id=map_id, title="Wie deed mee?")
    return render_to_string("components/tile_map.html", {"map": drawn, "kind": "Gemeente"})


def parse(**options):
    return BeautifulSoup(render(**options), "html.parser")


def test_the_map_is_read_out_with_its_title_and_its_numbers():
    svg = parse().find("svg", role="group")

    assert svg.find(id=svg["aria-labelledby"]).string == "Wie deed mee?"
    assert "soort step-3: 1" in svg.find(id=svg["aria-describedby"]).string


def test_every_square_says_what_it_is_and_can_be_reached():
    tiles = parse().find_all(class_="tile-map__tile")

    assert [(tile["aria-label"], tile["tabindex"]) for tile in tiles] == [
        ("Plaats A: soort step-1", "0"),
        ("Plaats B: soort step-3", "0"),
        ("Plaats C: soort step-5", "0"),
        ("Plaats D: soort none", "0"),
    ]


def test_a_square_with_an_address_is_a_link():
    assert [tile["href"] for tile in parse(url="/gemeente/").select("svg a")] == [
        f"/gemeente/{code}" for code in "ABCD"
    ]


@pytest.mark.parametrize("pattern", PATTERNS)
def test_every_pattern_is_in_the_drawing(pattern):
    html = parse(keys=(pattern,) * 5)
    patterns = {f"url(#{tag['id']})" for tag in html.find_all("pattern")}

    assert {tag["fill"] for tag in html.find_all("rect", fill=True)} <= patterns
    assert html.find(class_=f"tile-map__square--{pattern}")


def test_the_table_holds_every_place_also_the_one_without_a_square():
    html = parse()

    rows = [[cell.get_text() for cell in row.find_all(["th", "td"])] for row in html.select("tbody tr")]
    assert rows[-1] == ["Plaats E", "soort outside"]
    assert len(rows) == 5
    assert "Zonder vakje op de kaart: Plaats E (soort outside)." in html.get_text()


def test_two_maps_on_a_page_share_no_id():
    ids = [tag["id"] for name in ("een", "twee") for tag in parse(map_id=name).find_all(id=True)]

    assert len(ids) == len(set(ids))


def test_arrow_keys_walk_over_the_map_and_tab_passes_it(show):
    page = show(f"<a href='#'>Ervoor</a>{render()}<a href='#' id='na'>Erna</a>")
    readout = page.locator("[data-tile-map-readout]")
    page.get_by_text("Ervoor").focus()
    page.keyboard.press("Tab")
    expect(page.get_by_text("Sla de vakjes")).to_be_focused()

    page.keyboard.press("Tab")
    expect(readout).to_have_text("Plaats A: soort step-1")
    for key, name in (("ArrowRight", "B"), ("ArrowDown", "D"), ("ArrowDown", "D"), ("ArrowUp", "B")):
        page.keyboard.press(key)
        expect(page.get_by_label(f"Plaats {name}:")).to_be_focused()
        expect(readout).to_contain_text(f"Plaats {name}:")

    page.keyboard.press("Tab")
    expect(page.get_by_text("Bekijk de kaart als tabel")).to_be_focused()


def test_what_a_square_says_is_shown_under_the_pointer(show):
    page = show(render())

    page.get_by_label("Plaats C:").hover()

    expect(page.locator("[data-tile-map-readout]")).to_have_text("Plaats C: soort step-5")


def test_marks_stay_readable_on_a_phone(show):
    """Twenty-one columns, as the Netherlands have, at 360 px: never under 10 px."""
    places = [TilePlace(str(column), f"Plaats {column}", "step-3", "soort") for column in range(21)]
    drawn = draw_tile_map(
        places,
        positions={str(column): TilePosition(column, 0) for column in range(21)},
        keys=KEYS,
        map_id="kaart",
        title="Nederland",
    )
    page = show(render_to_string("components/tile_map.html", {"map": drawn, "kind": "Gemeente"}))
    page.set_viewport_size({"width": 360, "height": 800})

    height = page.locator("svg[role=group] .tile-map__mark").first.evaluate(
        "mark => parseFloat(getComputedStyle(mark).fontSize) * mark.getScreenCTM().a"
    )
    assert height >= 10
