"""What is counted, and in which groups: codes for files and links, Dutch names for readers. Pure."""

from collections.abc import Iterable
from enum import StrEnum

from surveys.responses.units import Unit

__all__ = [
    "BASE_RULES",
    "BASE_RULE_THEMES",
    "DIMENSION_NAMES",
    "MAXIMUM_DIMENSIONS",
    "SINGULAR_UNIT_NAMES",
    "UNIT_NAMES",
    "Dimension",
    "Unit",
    "parse_dimensions",
]


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

SINGULAR_UNIT_NAMES = {
    Unit.RESPONSE: "reactie",
    Unit.MUNICIPALITY: "gemeente",
    Unit.INHABITANTS: "inwoner",
}

DIMENSION_NAMES = {
    Dimension.SIZE_CLASS: "grootteklasse",
    Dimension.YOUTH_REGION: "jeugdregio",
    Dimension.PROVINCE: "provincie",
    Dimension.RESPONDENT_TYPE: "soort respondent",
}

_HOLDS = "het eigen antwoord van de gemeente, en anders dat van haar jeugdregio. Elke gemeente telt één keer."
_LEFT_OUT = "„Weet ik niet” en vragen die niet gesteld zijn, tellen niet mee."
BASE_RULES = {
    Unit.RESPONSE: (
        "De basis is het aantal ingediende reacties met een antwoord op de vraag. "
        f"Een jeugdregio telt als één reactie, ook als zij voor meer gemeenten antwoordt. {_LEFT_OUT}"
    ),
    Unit.MUNICIPALITY: f"De basis is het aantal gemeenten waarvoor een antwoord geldt: {_HOLDS} {_LEFT_OUT}",
    Unit.INHABITANTS: (
        "De basis is het aantal inwoners, op de peildatum, van de gemeenten waarvoor een antwoord geldt: "
        f"{_HOLDS} {_LEFT_OUT}"
    ),
}

BASE_RULE_THEMES = (
    "Bij een open vraag met thema's is de basis het aantal met een tekst die is ingedeeld in thema's. Een thema telt "
    "pas als twee onderzoekers het los van elkaar kozen, of als iemand het koos na vergelijken."
)

MAXIMUM_DIMENSIONS = 2


def parse_dimensions(codes: Iterable[str]) -> tuple[Dimension, ...]:
    """Raises ValueError for an unknown dimension, for the same one twice and for more than two."""
    dimensions = tuple(Dimension(code) for code in codes)
    if len(set(dimensions)) != len(dimensions):
        raise ValueError("A dimension is named twice.")
    if len(dimensions) > MAXIMUM_DIMENSIONS:
        raise ValueError(f"At most {MAXIMUM_DIMENSIONS} dimensions can be crossed.")
    return dimensions
