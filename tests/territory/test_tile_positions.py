import csv
from collections import Counter
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from surveys.territory.loading import DATA_DIR
from surveys.territory.queries import list_municipalities, load_tile_positions
from surveys.territory.tile_positions import (
    place_municipalities,
    read_municipality_tiles,
    read_youth_region_tiles,
)

ZAANSTAD, HELLEVOETSLUIS, VOORNE_AAN_ZEE = "GM0479", "GM0530", "GM1992"
HEERHUGOWAARD, LANGEDIJK, DIJK_EN_WAARD = "GM0398", "GM0416", "GM1980"


def list_populations(year: int) -> dict[str, int]:
    return {row.code: row.population for row in list_municipalities(date(year, 1, 1))}


def test_the_grid_has_a_square_of_its_own_for_everybody():
    for tiles, number in ((read_municipality_tiles(), 345), (read_youth_region_tiles(), 42)):
        assert len(tiles) == len(set(tiles.values())) == number


def test_the_grid_has_the_municipalities_and_regions_of_the_other_files():
    with (DATA_DIR / "municipality_years.csv").open(encoding="utf-8") as file:
        codes = {row["code"] for row in csv.DictReader(file) if row["year"] == "2022"}
    with (DATA_DIR / "youth_regions.csv").open(encoding="utf-8") as file:
        regions = {row["code"] for row in csv.DictReader(file)}

    assert read_municipality_tiles().keys() == codes
    assert read_youth_region_tiles().keys() == regions


def test_the_islands_lie_north_and_limburg_south():
    tiles = read_municipality_tiles()
    texel, maastricht, middelburg = tiles["GM0448"], tiles["GM0935"], tiles["GM0687"]

    assert texel.row < maastricht.row
    assert middelburg.column < maastricht.column


@pytest.mark.django_db
@pytest.mark.usefixtures("territory")
@pytest.mark.parametrize(("year", "without_a_square"), [(2022, 0), (2023, 0), (2026, 0), (2021, 7)])
def test_every_municipality_of_the_years_since_2022_has_a_square(year, without_a_square):
    populations = list_populations(year)

    placed = load_tile_positions(populations)

    assert len(populations) - len(placed) == without_a_square
    assert max(Counter(placed.values()).values()) == 1


@pytest.mark.django_db
@pytest.mark.usefixtures("territory")
def test_a_merged_municipality_stands_where_its_largest_part_stood():
    placed = load_tile_positions(list_populations(2026))

    assert placed[VOORNE_AAN_ZEE] == read_municipality_tiles()[HELLEVOETSLUIS]
    assert placed[ZAANSTAD] == read_municipality_tiles()[ZAANSTAD]


@pytest.mark.django_db
@pytest.mark.usefixtures("territory")
def test_of_those_that_merged_later_the_largest_gets_the_square():
    placed = load_tile_positions(list_populations(2021))

    assert placed[HEERHUGOWAARD] == read_municipality_tiles()[DIJK_EN_WAARD]
    assert LANGEDIJK not in placed


@pytest.mark.django_db
@pytest.mark.usefixtures("territory")
@pytest.mark.parametrize("populations", [{ZAANSTAD: 1}, {ZAANSTAD: 1, VOORNE_AAN_ZEE: 2, HEERHUGOWAARD: 3}])
def test_placing_takes_two_queries(django_assert_num_queries, populations):
    with django_assert_num_queries(2):
        assert load_tile_positions(populations).keys() == populations.keys()


@given(
    st.dictionaries(
        st.sampled_from([*sorted(read_municipality_tiles())[:5], "GM9001", "GM9002", "GM9003"]),
        st.integers(0, 900_000),
    ),
    st.dictionaries(
        st.sampled_from(["GM9001", "GM9002", "GM9003"]),
        st.lists(st.sampled_from([*sorted(read_municipality_tiles())[:7], "GM9004"])),
    ),
)
def test_nobody_stands_on_a_square_of_somebody_else(populations, relatives):
    placed = place_municipalities(populations, relatives=relatives)

    assert placed.keys() <= populations.keys()
    assert len(set(placed.values())) == len(placed)
    for code in populations.keys() & read_municipality_tiles().keys():
        assert placed[code] == read_municipality_tiles()[code]
