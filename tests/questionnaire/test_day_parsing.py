from contextlib import suppress
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from surveys.questionnaire.answer_parsing import RawAnswer, parse_answer
from surveys.questionnaire.day_parsing import MONTHS, format_day, write_day
from surveys.questionnaire.typed_text import InvalidAnswer
from tests.questionnaire.answers import find_messages, make_question

DAY = date(2026, 11, 2)


def parse(typed: str, **attributes) -> date:
    return parse_answer(make_question("date", **attributes), RawAnswer((typed,))).day


@pytest.mark.parametrize(
    "typed",
    [
        "02-11-2026", "2-11-2026", "2/11/2026", "2.11.2026", "2 11 2026", "2026-11-02",
        "2 november 2026", "2 November 2026", "2 nov 2026", "2 nov. 2026", "  02 november 2026 ",
    ],
)  # fmt: skip
def test_reads_a_day_as_people_write_it(typed):
    assert parse(typed) == DAY


def test_reads_every_month_in_full_and_short():
    for number, month in enumerate(MONTHS, start=1):
        assert parse(f"1 {month} 2026") == parse(f"1 {month[:3]} 2026") == date(2026, number, 1)
    assert parse("1 mrt 2026") == date(2026, 3, 1)
    assert parse("1 sept. 2026") == date(2026, 9, 1)


@pytest.mark.parametrize(
    "typed",
    [
        "2-11-26", "11-2026", "november 2026", "2026", "2-11/2026", "2026/11/02", "2026-11-2", "22-13-2026",
        "11/22/2026", "morgen", "٢-11-2026", "2 movember 2026", "2-11-2026 10:00", "20261102",
    ],
)  # fmt: skip
def test_refuses_what_it_would_have_to_guess(typed):
    assert find_messages(make_question("date"), RawAnswer((typed,))) == [
        f"“{typed}” kunnen wij niet als datum lezen. Schrijf bijvoorbeeld 22-11-2026."
    ]


@pytest.mark.parametrize("typed", ["31-02-2026", "29-2-2025", "0-1-2026", "31 april 2026", "1-1-0000"])
def test_a_day_must_be_on_the_calendar(typed):
    assert find_messages(make_question("date"), RawAnswer((typed,))) == [
        f"“{typed}” is geen dag op de kalender."
    ]


@pytest.mark.parametrize(
    ("bounds", "outside", "message"),
    [
        ({"earliest": DAY}, "1-11-2026", "Vul een dag in vanaf 2 november 2026."),
        ({"latest": DAY}, "3-11-2026", "Vul een dag in tot en met 2 november 2026."),
        (
            {"earliest": date(2015, 1, 1), "latest": DAY},
            "31-12-2014",
            "Vul een dag in van 1 januari 2015 tot en met 2 november 2026.",
        ),
    ],
)
def test_names_the_bounds_and_accepts_the_bounds_themselves(bounds, outside, message):
    assert find_messages(make_question("date", **bounds), RawAnswer((outside,))) == [message]
    for bound in bounds.values():
        assert parse(format_day(bound), **bounds) == bound


@given(st.dates())
def test_every_way_of_writing_reads_back(day):
    assert parse(format_day(day)) == day
    assert parse(day.isoformat()) == day
    if day.year >= 1000:
        assert parse(write_day(day)) == day


@given(st.text(max_size=30))
def test_any_text_is_a_day_or_a_message(typed):
    question = make_question("date")
    with suppress(InvalidAnswer):
        parse_answer(question, RawAnswer((typed,)))
