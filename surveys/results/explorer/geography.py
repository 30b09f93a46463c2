"""The places that a map of results shows: those of the wave's frame, each in its group."""

from surveys.questionnaire.models import FrameMunicipality, Wave
from surveys.results.dimensions import Dimension
from surveys.results.figures.drawing import Geography, Place
from surveys.territory.queries import load_tile_positions
from surveys.territory.tile_positions import read_youth_region_tiles

GROUP_COLUMNS = {
    Dimension.SIZE_CLASS.value: "size_class__name",
    Dimension.PROVINCE.value: "province__name",
}


def load_geography(wave: Wave, *, dimension: str) -> Geography | None:
    """For youth regions a square each; for size classes and provinces one per municipality, in its group.

    None for a dimension that is nowhere on a map. In at most three queries.
    """
    frame = FrameMunicipality.objects.filter(wave=wave)
    if dimension == Dimension.YOUTH_REGION:
        regions = frame.exclude(youth_region=None).values_list("youth_region", "youth_region__name")
        named = regions.distinct().order_by("youth_region__name")
        return Geography(tuple(Place(code, name, name) for code, name in named), read_youth_region_tiles())
    if dimension not in GROUP_COLUMNS:
        return None
    rows = list(
        frame.order_by("name").values_list("municipality", "name", "population", GROUP_COLUMNS[dimension])
    )
    return Geography(
        tuple(Place(code, name, group) for code, name, _, group in rows),
        load_tile_positions({code: population for code, _, population, _ in rows}),
    )
