"""A tile map: one square per municipality or region, before anything is drawn. Pure.

Every place is as large as any other, so that a small municipality is seen as well as a city. How it looks is up to
templates/components/tile_map.html. What a square says is told by its pattern, by the mark in it and in words.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from surveys.territory.tile_positions import TilePosition

# In units of the drawing, which scales with the page: a square and the gap to the next one.
SQUARE_SIZE, GAP = 18, 2
MAXIMUM_COLUMNS_OF_A_SMALL_MAP = 12

PATTERNS = ("step-1", "step-2", "step-3", "step-4", "step-5", "outside", "none", "withheld")


class TileKey(NamedTuple):
    """What a pattern means. `mark` stands in every square of this kind that has no mark of its own."""

    code: str
    label: str
    pattern: str
    mark: str = ""


NO_DATA = TileKey("none", "geen gegevens", "none")
SHARE_STEPS = (
    TileKey("0-20", "minder dan 20 %", "step-1"),
    TileKey("20-40", "20 tot 40 %", "step-2"),
    TileKey("40-60", "40 tot 60 %", "step-3"),
    TileKey("60-80", "60 tot 80 %", "step-4"),
    TileKey("80-100", "80 % of meer", "step-5"),
)


class TilePlace(NamedTuple):
    """What to show of a place: `key` is the code of its key, `text` what it says in words.

    `mark` is at most three characters; a `url` makes the square a link.
    """

    code: str
    name: str
    key: str
    text: str
    mark: str = ""
    url: str = ""


@dataclass(frozen=True, slots=True)
class Tile:
    """A square with its top left corner at `x`, `y`."""

    name: str
    text: str
    pattern: str
    mark: str
    url: str
    column: int
    row: int

    @property
    def x(self) -> int:
        return self.column * (SQUARE_SIZE + GAP)

    @property
    def y(self) -> int:
        return self.row * (SQUARE_SIZE + GAP)


@dataclass(frozen=True, slots=True)
class TileLegendKey:
    """A key with the number of places it holds for, those without a square included."""

    label: str
    pattern: str
    mark: str
    count: int


@dataclass(frozen=True, slots=True)
class TileMap:
    """Everything a template needs: `id` prefixes every id in the drawing, `places` are all places in their order.

    `unplaced` are the places that have no square on the map.
    """

    id: str
    title: str
    description: str
    columns: int
    rows: int
    tiles: tuple[Tile, ...]
    legend: tuple[TileLegendKey, ...]
    places: tuple[TilePlace, ...]
    unplaced: tuple[TilePlace, ...]

    @property
    def width(self) -> int:
        return self.columns * (SQUARE_SIZE + GAP) - GAP

    @property
    def height(self) -> int:
        return self.rows * (SQUARE_SIZE + GAP) - GAP

    @property
    def square_size(self) -> int:
        return SQUARE_SIZE

    @property
    def is_small(self) -> bool:
        """Whether the map has so few columns that it need not take the whole width."""
        return self.columns <= MAXIMUM_COLUMNS_OF_A_SMALL_MAP


def draw_tile_map(
    places: Sequence[TilePlace],
    *,
    positions: Mapping[str, TilePosition],
    keys: Sequence[TileKey],
    map_id: str,
    title: str,
) -> TileMap:
    """The map of `places`; `positions` are their squares by code, `keys` what they can be, in the legend's order.

    Squares stand in reading order, row by row. Raises ValueError for a place whose key is not among the `keys`.
    """
    by_code = {key.code: key for key in keys}
    if unknown := {place.key for place in places} - by_code.keys():
        raise ValueError(f"No key explains {', '.join(sorted(unknown))}.")
    placed = sorted(
        (place for place in places if place.code in positions),
        key=lambda place: (positions[place.code].row, positions[place.code].column),
    )
    squares = [positions[place.code] for place in placed]
    west = min((square.column for square in squares), default=0)
    north = min((square.row for square in squares), default=0)
    tiles = tuple(
        Tile(
            name=place.name,
            text=place.text,
            pattern=by_code[place.key].pattern,
            mark=place.mark or by_code[place.key].mark,
            url=place.url,
            column=square.column - west,
            row=square.row - north,
        )
        for place, square in zip(placed, squares, strict=True)
    )
    counts = Counter(place.key for place in places)
    return TileMap(
        id=map_id,
        title=title,
        description="; ".join(f"{key.label}: {counts[key.code]}" for key in keys),
        columns=1 + max((tile.column for tile in tiles), default=0),
        rows=1 + max((tile.row for tile in tiles), default=0),
        tiles=tiles,
        legend=tuple(TileLegendKey(key.label, key.pattern, key.mark, counts[key.code]) for key in keys),
        places=tuple(places),
        unplaced=tuple(place for place in places if place.code not in positions),
    )


def find_share_step(share: float | None) -> TileKey:
    """The step of SHARE_STEPS that a fraction (0-1) falls in; NO_DATA when there is none."""
    if share is None:
        return NO_DATA
    return SHARE_STEPS[min(int(share * len(SHARE_STEPS)), len(SHARE_STEPS) - 1)]
