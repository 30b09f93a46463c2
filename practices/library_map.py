"""The tile map of the library: how many of the cases that were found are about each municipality."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import replace

from practices.facets import Tags
from practices.filters import Choice, View
from practices.reference import Reference
from surveys.territory.queries import load_tile_positions
from surveys.territory.tile_map import TileKey, TileMap, TilePlace, draw_tile_map

# From how many cases on a square has which pattern.
STEPS = (
    (8, TileKey("8", "8 of meer", "step-5")),
    (4, TileKey("4", "4 tot en met 7", "step-4")),
    (2, TileKey("2", "2 of 3", "step-3")),
    (1, TileKey("1", "1 voorbeeld", "step-2")),
    (0, TileKey("0", "geen voorbeeld", "step-1")),
)


def draw_library_map(found: Iterable[Tags], *, choice: Choice, reference: Reference) -> TileMap:
    """A municipality with cases leads to their list: the same choice, for this municipality only."""
    counts = Counter(code for tags in found for code in tags["plaats"])
    places = [
        TilePlace(
            code=each.code,
            name=each.name,
            key=_find_step(counts[each.code]).code,
            text="1 praktijkvoorbeeld"
            if counts[each.code] == 1
            else f"{counts[each.code]} praktijkvoorbeelden",
            mark=str(counts[each.code] or ""),
            url=_link_municipality(each.code, choice) if counts[each.code] else "",
        )
        for each in reference.country
    ]
    return draw_tile_map(
        places,
        positions=load_tile_positions({each.code: each.population for each in reference.country}),
        keys=[key for _, key in STEPS],
        map_id="kaart-voorbeelden",
        title="Praktijkvoorbeelden per gemeente",
    )


def _find_step(count: int) -> TileKey:
    return next(key for least, key in STEPS if count >= least)


def _link_municipality(code: str, choice: Choice) -> str:
    return replace(choice, selected={**choice.selected, "plaats": [code]}, view=View.LIST).url
