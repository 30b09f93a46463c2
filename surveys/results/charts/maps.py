"""A tile map of shares as a chart: it tells every place's figure by fill, by mark and in words. Pure."""

from collections.abc import Mapping, Sequence
from xml.etree.ElementTree import Element

from surveys.results.charts.chart import LEGEND_INDENT, SWATCH, Canvas, Chart
from surveys.results.charts.elements import fill_with, list_map_patterns, make
from surveys.results.notation import SPACE, format_share
from surveys.territory.tile_map import (
    NO_DATA,
    SHARE_STEPS,
    Tile,
    TileKey,
    TileMap,
    TilePlace,
    draw_tile_map,
    find_share_step,
)
from surveys.territory.tile_positions import TilePosition

WITHHELD = TileKey("withheld", "afgeschermd", "withheld")
KEYS = (*reversed(SHARE_STEPS), WITHHELD, NO_DATA)

MAP_HEIGHT = 440
NOTE = "Elk vakje is even groot en staat ongeveer op zijn plek in Nederland."

TILE_LOOKS = {"step-1": "tile-light", "step-5": "tile-dark", "none": "tile-none", "withheld": "tile-none"}
MARK_LOOKS = {
    "step-1": "mark-on-light",
    "step-4": "mark-on-dark",
    "step-5": "mark-on-dark",
    "none": "mark-on-light",
    "withheld": "mark-on-light",
}


def describe_place(
    code: str, name: str, *, share: float | None, is_withheld: bool = False, is_marked: bool = False
) -> TilePlace:
    """A place with its share (0-1), None where there is none; `is_marked` writes the per cents in its square."""
    if is_withheld:
        return TilePlace(code, name, WITHHELD.code, WITHHELD.label)
    if share is None:
        return TilePlace(code, name, NO_DATA.code, NO_DATA.label)
    text = format_share(share)
    mark = text.removesuffix(f"{SPACE}%").replace("< ", "<") if is_marked else ""
    return TilePlace(code, name, find_share_step(share).code, text, mark)


def draw_share_map(
    places: Sequence[TilePlace],
    *,
    positions: Mapping[str, TilePosition],
    heading: str,
    chart_id: str,
    title: str,
    description: str,
) -> Chart:
    """The map of the places that `describe_place` made; `positions` are their squares by code.

    `heading` stands above it: what is mapped.
    """
    tile_map = draw_tile_map(places, positions=positions, keys=KEYS, map_id=chart_id, title=title)
    canvas = Canvas(chart_id, patterns=list_map_patterns(chart_id))
    canvas.write_lines(heading, look="heading")
    canvas.skip(8)
    canvas.put(
        make(
            "svg",
            *(element for tile in tile_map.tiles for element in _draw_tile(tile_map, tile)),
            y=canvas.y,
            width="100%",
            height=MAP_HEIGHT,
            viewBox=f"-2 -2 {tile_map.width + 4} {tile_map.height + 4}",
        )
    )
    canvas.skip(MAP_HEIGHT + 12)
    for key in tile_map.legend:
        canvas.put(_draw_square(tile_map, key.pattern, x=0, y=canvas.y, size=SWATCH))
        canvas.write_lines(f"{key.label}: {key.count}", indent=LEGEND_INDENT)
        canvas.skip(6)
    if tile_map.unplaced:
        names = ", ".join(f"{place.name} ({place.text})" for place in tile_map.unplaced)
        canvas.write_lines(f"Zonder vakje op de kaart: {names}.", look="subtle")
    canvas.write_lines(NOTE, look="subtle")
    return canvas.finish(title=title, description=description)


def _draw_tile(tile_map: TileMap, tile: Tile) -> list[Element]:
    square = _draw_square(tile_map, tile.pattern, x=tile.x, y=tile.y, size=tile_map.square_size)
    square.append(make("title", text=f"{tile.name}: {tile.text}"))
    if not tile.mark:
        return [square]
    return [
        square,
        make(
            "text",
            look=MARK_LOOKS.get(tile.pattern, "mark"),
            text=tile.mark,
            x=tile.x + tile_map.square_size / 2,
            y=tile.y + tile_map.square_size / 2 + 3,
            text_anchor="middle",
        ),
    ]


def _draw_square(tile_map: TileMap, pattern: str, *, x: float, y: float, size: float) -> Element:
    look = TILE_LOOKS.get(pattern, "tile")
    fill = {} if pattern in ("step-1", "step-5") else {"fill": fill_with(tile_map.id, pattern)}
    return make("rect", look=look, x=x, y=y, width=size, height=size, **fill)
