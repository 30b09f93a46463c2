import pytest

from surveys.territory.tile_map import (
    NO_DATA,
    PATTERNS,
    SHARE_STEPS,
    TileKey,
    TilePlace,
    draw_tile_map,
    find_share_step,
)
from surveys.territory.tile_positions import TilePosition

YES, NO = TileKey("yes", "wel", "step-5", "W"), TileKey("no", "niet", "step-1")
POSITIONS = {"A": TilePosition(3, 7), "B": TilePosition(5, 4), "C": TilePosition(2, 7)}
PLACES = [
    TilePlace("A", "Aa", "yes", "wel gedaan"),
    TilePlace("B", "Bee", "no", "niet gedaan", mark="0", url="/b/"),
    TilePlace("C", "Cee", "yes", "wel gedaan"),
    TilePlace("D", "Dee", "no", "niet gedaan"),
]


def draw(places=PLACES):
    return draw_tile_map(places, positions=POSITIONS, keys=[YES, NO], map_id="kaart", title="Wie?")


def test_squares_stand_in_reading_order_from_the_upper_left_corner():
    drawn = draw()

    assert [(tile.name, tile.x, tile.y) for tile in drawn.tiles] == [
        ("Bee", 60, 0),
        ("Cee", 0, 60),
        ("Aa", 20, 60),
    ]
    assert (drawn.columns, drawn.rows, drawn.width, drawn.height) == (4, 4, 78, 78)


def test_a_square_has_the_pattern_and_mark_of_its_key_or_a_mark_of_its_own():
    assert {tile.name: (tile.pattern, tile.mark, tile.url) for tile in draw().tiles} == {
        "Aa": ("step-5", "W", ""),
        "Bee": ("step-1", "0", "/b/"),
        "Cee": ("step-5", "W", ""),
    }


def test_the_legend_counts_every_place_also_one_without_a_square():
    drawn = draw()

    assert [(key.label, key.count) for key in drawn.legend] == [("wel", 2), ("niet", 2)]
    assert drawn.description == "wel: 2; niet: 2"
    assert [place.name for place in drawn.unplaced] == ["Dee"]
    assert drawn.places == tuple(PLACES)


def test_a_map_of_nothing_can_be_drawn():
    drawn = draw([])

    assert (drawn.tiles, drawn.width, drawn.height) == ((), 18, 18)


def test_a_place_that_the_legend_does_not_explain_is_refused():
    with pytest.raises(ValueError, match="weg"):
        draw([TilePlace("A", "Aa", "weg", "")])


def test_every_pattern_that_a_key_uses_exists():
    assert {key.pattern for key in (*SHARE_STEPS, NO_DATA)} <= set(PATTERNS)


def test_a_share_falls_in_the_step_that_its_label_promises():
    for whole in range(1, 120):
        for part in range(whole + 1):
            step = find_share_step(part / whole)
            assert SHARE_STEPS.index(step) == min(5 * part // whole, 4)


def test_no_share_is_no_step():
    assert find_share_step(None) is NO_DATA
