"""How a question is to be answered outside the browser, in words that paper and workbook share."""

from datetime import date

from django.utils.formats import date_format

from surveys.questionnaire.answer_parsing import describe_bounds, describe_decimals
from surveys.questionnaire.definition import ColumnDefinition, QuestionDefinition

NUMBER_NOUNS = {"euro": "bedrag", "percentage": "percentage"}
# Where the sign of an amount or a percentage stands: before or after the number.
UNITS = {"euro": ("€", ""), "percentage": ("", "%")}


def describe_number(asked: QuestionDefinition | ColumnDefinition) -> str:
    """What number is asked. A limit that only exists because the database has one is not worth a word."""
    if asked.kind == "year":
        return describe_bounds(asked)
    if asked.kind == "percentage" or asked.maximum is not None:
        return f"{describe_bounds(asked)} {describe_decimals(asked)}"
    return f"Vul een {NUMBER_NOUNS.get(asked.kind, 'getal')} in. {describe_decimals(asked)}"


def describe_days(earliest: date | None, latest: date | None) -> str:
    words = ["Vul een datum in"]
    if earliest:
        words.append(f"vanaf {date_format(earliest, 'j F Y')}")
    if latest:
        words.append(f"tot en met {date_format(latest, 'j F Y')}")
    return f"{' '.join(words)}."


def name_unit(asked: QuestionDefinition | ColumnDefinition) -> tuple[str, str]:
    """What stands before and after the number: ("€", ""), ("", "%"), ("", "fte")."""
    return UNITS.get(asked.kind, ("", asked.unit))
