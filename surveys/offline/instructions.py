"""How a question is to be answered outside the browser, in words that paper and workbook share."""

from surveys.questionnaire.definition import NumberLimits
from surveys.questionnaire.number_parsing import describe_bounds, describe_decimals

NUMBER_NOUNS = {"euro": "bedrag", "percentage": "percentage"}
# Where the sign of an amount or a percentage stands: before or after the number.
UNITS = {"euro": ("€", ""), "percentage": ("", "%")}


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
