"""Days as people in the Netherlands write them, read and written. Pure.

Read are `22-11-2026` (also with slashes, dots or spaces), `22 november 2026`, `22 nov. 2026` and, as browsers and
programs write it, `2026-11-22`. The day always comes before the month; a year has four digits.
"""

import re
from datetime import date

from surveys.questionnaire.definition import QuestionDefinition
from surveys.questionnaire.typed_text import InvalidAnswer, quote

MONTHS = (
    "januari", "februari", "maart", "april", "mei", "juni",
    "juli", "augustus", "september", "oktober", "november", "december",
)  # fmt: skip
MONTH_NUMBERS = {
    name: number
    for number, month in enumerate(MONTHS, start=1)
    for name in (month, month[:3], f"{number}", f"{number:02}", *{3: ["mrt"], 9: ["sept"]}.get(number, ()))
}
NOTATIONS = (
    re.compile(r"(?P<day>[0-9]{1,2})(?P<sign>[-/. ])(?P<month>[0-9]{1,2})(?P=sign)(?P<year>[0-9]{4})"),
    re.compile(r"(?P<year>[0-9]{4})-(?P<month>[0-9]{2})-(?P<day>[0-9]{2})"),
    re.compile(r"(?P<day>[0-9]{1,2})\s+(?P<month>[a-z]+)\.?\s+(?P<year>[0-9]{4})"),
)


def parse_day(question: QuestionDefinition, value: str) -> date:
    """Read a day within the question's bounds. Raises InvalidAnswer."""
    day = parse_notation(value)
    if (question.earliest and day < question.earliest) or (question.latest and day > question.latest):
        raise InvalidAnswer([describe_days(question)])
    return day


def parse_notation(value: str) -> date:
    text = value.strip().lower()
    match = next(filter(None, (notation.fullmatch(text) for notation in NOTATIONS)), None)
    if match is None or match["month"] not in MONTH_NUMBERS:
        raise InvalidAnswer(
            [f"{quote(value)} kunnen wij niet als datum lezen. Schrijf bijvoorbeeld 22-11-2026."]
        )
    try:
        return date(int(match["year"]), MONTH_NUMBERS[match["month"]], int(match["day"]))
    except ValueError:
        raise InvalidAnswer([f"{quote(value)} is geen dag op de kalender."]) from None


def describe_days(question: QuestionDefinition) -> str:
    """The bounds of the question in a sentence; empty when it has none."""
    if question.earliest and question.latest:
        return f"Vul een dag in van {write_day(question.earliest)} tot en met {write_day(question.latest)}."
    if question.earliest:
        return f"Vul een dag in vanaf {write_day(question.earliest)}."
    return f"Vul een dag in tot en met {write_day(question.latest)}." if question.latest else ""


def format_day(day: date) -> str:
    """To fill a field with: 22-11-2026."""
    return f"{day:%d-%m}-{day.year:04}"


def write_day(day: date) -> str:
    """To read: 22 november 2026."""
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"
