from datetime import date

from surveys.fieldwork.drawings import STANDING_KEYS, draw_growth, draw_municipality_map, draw_region_map
from surveys.fieldwork.overview import Coverage
from surveys.fieldwork.standings import Standing, find_standings
from surveys.fieldwork.timeline import DayCount
from surveys.territory.tile_positions import TilePosition
from tests.fieldwork.rows import FRAME, make_row

POSITIONS = {row.code: TilePosition(number, 0) for number, row in enumerate(FRAME)}


def test_every_standing_has_a_key_with_a_pattern_of_its_own():
    assert {key.code for key in STANDING_KEYS} == set(Standing)
    assert len({key.pattern for key in STANDING_KEYS}) == len(Standing)
    assert len({key.mark for key in STANDING_KEYS}) == len(Standing)


def test_a_square_tells_how_far_the_municipality_is_and_leads_to_it():
    standings = find_standings(FRAME, responses=[make_row("GM1", "GM1"), make_row("JZ1", "GM2")])

    drawn = draw_municipality_map(FRAME, standings=standings, positions=POSITIONS, locate="/{}/".format)

    assert [(tile.name, tile.text, tile.mark, tile.url) for tile in drawn.tiles] == [
        ("Een", "zelf ingediend", "Z", "/GM1/"),
        ("Twee", "ingediend via de jeugdregio", "R", "/GM2/"),
        ("Drie", "nog niet begonnen", "", "/GM3/"),
        ("Vier", "nog niet begonnen", "", "/GM4/"),
    ]


def test_a_square_of_a_region_shows_its_percentage_and_leads_to_what_it_began():
    regions = [
        Coverage("JZ1", "A", 1, 3, 10, 60),
        Coverage("JZ2", "B", 4, 4, 10, 10),
        Coverage("", "Geen jeugdregio bekend", 0, 1, 0, 5),
    ]

    drawn = draw_region_map(
        regions,
        positions={"JZ1": TilePosition(1, 1), "JZ2": TilePosition(2, 1)},
        urls={"JZ2": "/JZ2/"},
    )

    assert [(tile.name, tile.text, tile.mark, tile.pattern, tile.url) for tile in drawn.tiles] == [
        ("A", "1 van 3 gemeenten", "33", "step-2", ""),
        ("B", "4 van 4 gemeenten", "100", "step-5", "/JZ2/"),
    ]
    assert [place.name for place in drawn.unplaced] == ["Geen jeugdregio bekend"]


def test_the_line_shows_municipalities_and_responses():
    days = [DayCount(date(2026, 3, 1), 0, 0), DayCount(date(2026, 3, 2), 2, 5)]

    drawn = draw_growth(days, moments=["1 maart", "2 maart"])

    assert [(line.label, line.last) for line in drawn.lines] == [
        ("Gemeenten met een antwoord", 5),
        ("Ingediende reacties", 2),
    ]
