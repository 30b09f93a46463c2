"""The maps and the line of the response, before anything is drawn. Pure."""

from collections.abc import Callable, Collection, Mapping, Sequence

from surveys.fieldwork.line_chart import LineChart, LineData, draw_line_chart
from surveys.fieldwork.overview import Coverage, FrameRow
from surveys.fieldwork.standings import STANDING_NAMES, Standing
from surveys.fieldwork.timeline import DayCount
from surveys.territory.tile_map import (
    NO_DATA,
    SHARE_STEPS,
    TileKey,
    TileMap,
    TilePlace,
    draw_tile_map,
    find_share_step,
)
from surveys.territory.tile_positions import TilePosition

# From not begun to submitted: pattern and letter in the square.
STANDING_MARKS = {
    Standing.SILENT: ("step-1", ""),
    Standing.DROPPED: ("outside", "X"),
    Standing.BEGUN: ("step-2", "B"),
    Standing.COMPLETE: ("step-3", "C"),
    Standing.INHERITED: ("step-4", "R"),
    Standing.OWN: ("step-5", "Z"),
}
STANDING_KEYS = tuple(
    TileKey(standing, STANDING_NAMES[standing], *marks)
    for standing, marks in reversed(STANDING_MARKS.items())
)
REGION_KEYS = (*reversed(SHARE_STEPS), NO_DATA)


def draw_municipality_map(
    frame: Collection[FrameRow],
    *,
    standings: Mapping[str, Standing],
    positions: Mapping[str, TilePosition],
    locate: Callable[[str], str],
) -> TileMap:
    """How far each municipality is; `locate` gives the address of its page by its code."""
    places = [
        TilePlace(
            code=row.code,
            name=row.name,
            key=standings[row.code],
            text=STANDING_NAMES[standings[row.code]],
            url=locate(row.code),
        )
        for row in frame
    ]
    return draw_tile_map(
        places,
        positions=positions,
        keys=STANDING_KEYS,
        map_id="kaart-gemeenten",
        title="Hoe ver elke gemeente is",
    )


def draw_region_map(
    regions: Collection[Coverage],
    *,
    positions: Mapping[str, TilePosition],
    urls: Mapping[str, str],
) -> TileMap:
    """Of how many municipalities of each youth region there is an answer.

    `urls` are the pages of the regions that began, by code.
    """
    places = [
        TilePlace(
            code=region.code,
            name=region.label,
            key=find_share_step(region.municipality_share).code,
            text=_describe_region(region),
            mark="" if region.municipality_percentage is None else f"{region.municipality_percentage:.0f}",
            url=urls.get(region.code, ""),
        )
        for region in regions
    ]
    return draw_tile_map(
        places,
        positions=positions,
        keys=REGION_KEYS,
        map_id="kaart-regios",
        title="Welk deel van de gemeenten van elke jeugdregio een antwoord heeft",
    )


def draw_growth(days: Sequence[DayCount], *, moments: Sequence[str]) -> LineChart:
    """What counted at the end of every day; `moments` are the days in words. Raises ValueError without any day."""
    return draw_line_chart(
        [
            LineData("Gemeenten met een antwoord", [day.municipalities for day in days]),
            LineData("Ingediende reacties", [day.responses for day in days]),
        ],
        moments=moments,
        chart_id="verloop",
        title="Ingediende reacties en gemeenten per dag",
    )


def _describe_region(region: Coverage) -> str:
    return f"{region.municipalities} van {region.municipalities_total} gemeenten"
