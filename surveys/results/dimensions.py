"""What is counted, and in which groups: codes for files and links, Dutch names for readers. Pure."""

from collections.abc import Iterable
from enum import StrEnum


class Unit(StrEnum):
    """The unit of analysis. There is no default: ten municipalities with one shared answer are ten or one, never both."""

    RESPONSE = "response"
    MUNICIPALITY = "municipality"
    INHABITANTS = "inhabitants"


class Dimension(StrEnum):
    SIZE_CLASS = "size_class"
    YOUTH_REGION = "youth_region"
    PROVINCE = "province"
    RESPONDENT_TYPE = "respondent_type"


UNIT_NAMES = {
    Unit.RESPONSE: "reacties",
    Unit.MUNICIPALITY: "gemeenten",
    Unit.INHABITANTS: "inwoners",
}

DIMENSION_NAMES = {
    Dimension.SIZE_CLASS: "grootteklasse",
    Dimension.YOUTH_REGION: "jeugdregio",
    Dimension.PROVINCE: "provincie",
    Dimension.RESPONDENT_TYPE: "soort respondent",
}

MAXIMUM_DIMENSIONS = 2


def parse_dimensions(codes: Iterable[str]) -> tuple[Dimension, ...]:
    """Raises ValueError for an unknown dimension, for the same one twice and for more than two."""
    dimensions = tuple(Dimension(code) for code in codes)
    if len(set(dimensions)) != len(dimensions):
        raise ValueError("A dimension is named twice.")
    if len(dimensions) > MAXIMUM_DIMENSIONS:
        raise ValueError(f"At most {MAXIMUM_DIMENSIONS} dimensions can be crossed.")
    return dimensions
