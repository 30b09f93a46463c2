"""What is counted, and in which groups: codes for files and links, Dutch names for readers. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from surveys.questionnaire.definition import QuestionDefinition
from surveys.responses.units import Unit

__all__ = [
    "BASE_RULES",
    "BASE_RULE_THEMES",
    "DIMENSION_NAMES",
    "MAXIMUM_DIMENSIONS",
    "SINGULAR_UNIT_NAMES",
    "UNIT_NAMES",
    "AnswerDimension",
    "Dimension",
    "Unit",
    "name_dimension",
    "parse_answer_dimension",
    "parse_dimensions",
]


class Dimension(StrEnum):
    """What every wave can be broken down by. A dimension may also be a closed question: `AnswerDimension`."""

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


ANSWER_PREFIX = "question"


@dataclass(frozen=True, slots=True)
class AnswerDimension:
    """The units by what they answer to a closed question; where more may be chosen, by whether they chose `option`.

    Written as `question:<code>` or `question:<code>:<option>`.
    """

    question: str
    option: str = ""


def parse_dimensions(codes: Iterable[str]) -> tuple[str, ...]:
    """Raises ValueError for what is no dimension, for the same one twice and for more than two.

    Whether a wave has the question of an `AnswerDimension` is not known here.
    """
    dimensions = tuple(code if parse_answer_dimension(code) else Dimension(code).value for code in codes)
    if len(set(dimensions)) != len(dimensions):
        raise ValueError("A dimension is named twice.")
    if len(dimensions) > MAXIMUM_DIMENSIONS:
        raise ValueError(f"At most {MAXIMUM_DIMENSIONS} dimensions can be crossed.")
    return dimensions


def parse_answer_dimension(code: str) -> AnswerDimension | None:
    """None for another dimension; raises ValueError for one that names no question or too much."""
    prefix, *parts = code.split(":")
    if prefix != ANSWER_PREFIX:
        return None
    if not all(parts) or len(parts) not in (1, 2):
        raise ValueError(f"{code} names no question.")
    return AnswerDimension(*parts)


def name_dimension(code: str, *, questions: Mapping[str, QuestionDefinition] | None = None) -> str:
    """The Dutch name, to be read after "per". `questions` have the texts; without them their codes are named."""
    dimension = parse_answer_dimension(code)
    if dimension is None:
        return DIMENSION_NAMES[Dimension(code)]
    question = (questions or {}).get(dimension.question)
    asked = question.text if question else dimension.question
    if not dimension.option:
        return f"antwoord op „{asked}”"
    texts = {option.code: option.text for option in question.options} if question else {}
    return f"keuze voor „{texts.get(dimension.option, dimension.option)}” bij „{asked}”"
