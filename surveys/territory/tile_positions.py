"""Which square of the tile map a municipality or youth region gets. Pure; the grids are `data/*_tiles.csv`."""

import csv
from collections.abc import Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

DATA_DIR = Path(__file__).parent / "data"


class TilePosition(NamedTuple):
    """Columns count from the west and rows from the north."""

    column: int
    row: int


@lru_cache
def read_municipality_tiles() -> Mapping[str, TilePosition]:
    """The squares of the municipalities of 1 January 2022, by CBS code."""
    return _read_tiles("municipality_tiles.csv")


@lru_cache
def read_youth_region_tiles() -> Mapping[str, TilePosition]:
    """The squares of the youth regions, by CBS code."""
    return _read_tiles("youth_region_tiles.csv")


def place_municipalities(
    populations: Mapping[str, int], *, relatives: Mapping[str, Sequence[str]]
) -> dict[str, TilePosition]:
    """A square for every municipality that finds one; never two on the same square.

    `populations` holds the inhabitants by CBS code of the municipalities to place. Who is not in the grid takes the
    first free square of its `relatives`: the codes it came from or went up in, the largest first. The larger
    municipality chooses first. Who finds none is left out.
    """
    grid = read_municipality_tiles()
    placed = {code: grid[code] for code in populations if code in grid}
    taken = set(placed.values())
    for code in sorted(populations.keys() - placed.keys(), key=lambda code: (-populations[code], code)):
        squares = (grid[relative] for relative in relatives.get(code, ()) if relative in grid)
        square = next((square for square in squares if square not in taken), None)
        if square is not None:
            placed[code] = square
            taken.add(square)
    return placed


def _read_tiles(name: str) -> dict[str, TilePosition]:
    with (DATA_DIR / name).open(encoding="utf-8", newline="") as file:
        return {
            row["code"]: TilePosition(int(row["column"]), int(row["row"])) for row in csv.DictReader(file)
        }
