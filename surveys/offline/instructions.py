"""How a question is to be answered outside the browser, in words that paper and workbook share."""

from collections.abc import Collection

from surveys.questionnaire.definition import (
    ConditionDefinition,
    Definition,
    NumberLimits,
    QuestionDefinition,
)
from surveys.questionnaire.number_parsing import describe_bounds, describe_decimals
from surveys.questionnaire.routing import name_choices
from surveys.responses.fields import number_questions

# The position of its section and the number within it, by question code.
QuestionNumbers = dict[str, tuple[int, str]]

NUMBER_NOUNS = {"euro": "bedrag", "percentage": "percentage"}
# Where the sign of an amount or a percentage stands: before or after the number.
UNITS = {"euro": ("€", ""), "percentage": ("", "%")}


def number_everything(definition: Definition, *, sections: Collection[str]) -> QuestionNumbers:
    """Numbers as on the site, for the questions of the named sections."""
    return {
        code: (position, number)
        for position, section in enumerate(definition.sections, start=1)
        if section.code in sections
        for code, number in number_questions(section).items()
    }


def describe_routes(
    definition: Definition, *, question: QuestionDefinition, numbers: QuestionNumbers
) -> list[str]:
    """When a question is asked, a sentence per condition; none when everybody is asked."""
    here, _ = numbers[question.code]
    return [_describe_route(definition, each, here=here, numbers=numbers) for each in question.conditions]


def _describe_route(
    definition: Definition, condition: ConditionDefinition, *, here: int, numbers: QuestionNumbers
) -> str:
    """Of a section that the reader does not see, nothing is told."""
    if condition.question not in numbers:
        return "Alleen na een bepaald antwoord in een onderdeel dat een collega invult."
    position, number = numbers[condition.question]
    source = definition.questions[condition.question]
    place = f"vraag {number}" if position == here else f"vraag {number} van onderdeel {position}"
    return f"Alleen na {name_choices(source, condition)} bij {place}."


def describe_number(asked: NumberLimits) -> str:
    """What number is asked. A limit that only exists because the database has one is not worth a word."""
    if asked.kind == "year":
        return describe_bounds(asked)
    if asked.kind == "percentage" or asked.maximum is not None:
        return f"{describe_bounds(asked)} {describe_decimals(asked)}"
    return f"Vul een {NUMBER_NOUNS.get(asked.kind, 'getal')} in. {describe_decimals(asked)}"


def name_unit(asked: NumberLimits) -> tuple[str, str]:
    """What stands before and after the number: ("€", ""), ("", "%"), ("", "fte")."""
    return UNITS.get(asked.kind, ("", asked.unit))
