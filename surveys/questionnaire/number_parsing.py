"""Numbers as people in the Netherlands type them, read and written. Pure.

How a number is read, the same for every kind of number:

* A comma is always the decimal sign: `1234,5`.
* Dots or spaces that split the digits into groups of exactly three separate thousands: `1.234` and `1 234`
  are one thousand two hundred and thirty-four, never 1,234.
* One dot before one or two last digits, without a comma, cannot separate thousands and is read as the decimal
  sign: `12.5` is 12,5.
* Everything else with a dot (`1234.567`, `0.125`, `1,234.5`, `1.23.456`) is refused: we do not guess.
* Spaces around it, a minus sign, `€`, `euro`, `EUR`, a closing `,-`, `%`, `procent` and the field's own unit
  may stand where they belong.
"""

import re
from decimal import Decimal

from surveys.questionnaire.definition import NumberLimits
from surveys.questionnaire.typed_text import InvalidAnswer, quote

NUMBER = re.compile(
    r"""-?\s*
    (?:
        (?: [0-9]+ | [1-9][0-9]{0,2}(?:\.[0-9]{3})+ | [1-9][0-9]{0,2}(?:\s[0-9]{3})+ ) (?:,[0-9]+)?
        | (?P<with_decimal_dot> [0-9]+\.[0-9]{1,2} )
    )""",
    re.VERBOSE,
)
NOTATIONS = {
    "euro": (re.compile(r"^(-?)\s*(?:€|eur(?:o|os)?\b)\s*|\s*(?:€|\beur(?:o|os)?)$", re.IGNORECASE), r"\1"),
    "percentage": (re.compile(r"\s*(?:%|procent)$", re.IGNORECASE), ""),
}
ROUND_AMOUNT = re.compile(r",[-–—]{1,2}$")


def parse_number(field: NumberLimits, value: str) -> Decimal:
    """Read a number within the field's bounds, with exactly its number of decimals."""
    number = parse_year(value) if field.kind == "year" else parse_notation(field, value)
    minimum, maximum = field.bounds
    if not minimum <= number <= maximum:
        raise InvalidAnswer([describe_bounds(field)])
    rounded = round(number, field.decimals)
    if rounded != number:
        raise InvalidAnswer([describe_decimals(field)])
    return rounded + 0  # no negative zero


def parse_year(value: str) -> Decimal:
    year = value.strip()
    if not re.fullmatch("[0-9]{4}", year):
        raise InvalidAnswer([f"{quote(year)} is geen jaar. Vul vier cijfers in, bijvoorbeeld 2021."])
    return Decimal(year)


def parse_notation(field: NumberLimits, value: str) -> Decimal:
    """Read Dutch notation, as the top of this module describes it."""
    text = value.strip().replace("−", "-")
    if field.kind in NOTATIONS:
        pattern, kept = NOTATIONS[field.kind]
        text = pattern.sub(kept, text, count=1)
    if field.kind == "euro":
        text = ROUND_AMOUNT.sub("", text)
    if field.unit:
        text = re.sub(rf"\s*{re.escape(field.unit)}$", "", text, flags=re.IGNORECASE)
    match = NUMBER.fullmatch(text)
    if match is None:
        example = "1234,5 of 1.234,5" if field.decimals else "1234 of 1.234"
        raise InvalidAnswer(
            [f"{quote(value)} kunnen wij niet als getal lezen. Schrijf bijvoorbeeld {example}."]
        )
    separators = r"\s" if match["with_decimal_dot"] else r"[.\s]"
    return Decimal(re.sub(separators, "", text).replace(",", "."))


def describe_bounds(field: NumberLimits) -> str:
    minimum, maximum = field.bounds
    if field.kind == "year":
        return f"Vul een jaar in van {minimum:.0f} tot en met {maximum:.0f}."
    noun = {"euro": "bedrag", "percentage": "percentage"}.get(field.kind, "getal")
    return f"Vul een {noun} in van {format_number(minimum)} tot en met {format_number(maximum)}."


def describe_decimals(field: NumberLimits) -> str:
    if not field.decimals:
        return "Vul een heel getal in, zonder cijfers achter de komma."
    noun = "cijfer" if field.decimals == 1 else "cijfers"
    return f"Gebruik hoogstens {field.decimals} {noun} achter de komma."


def format_number(number: Decimal) -> str:
    """Dutch notation with thousands separators and no more decimals than the number has: 1.234,5."""
    return f"{number.normalize():,f}".translate(str.maketrans(",.", ".,"))


def describe_number(field: NumberLimits, number: Decimal) -> str:
    """To read, with its unit: € 1.234,5, 64 %, 12 fte; a year has no thousands separator."""
    match field.kind:
        case "year":
            return f"{number:.0f}"
        case "euro":
            return f"€ {format_number(number)}"
        case "percentage":
            return f"{format_number(number)} %"
        case _:
            return f"{format_number(number)} {field.unit}".strip()
