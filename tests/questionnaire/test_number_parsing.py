from contextlib import suppress
from decimal import Decimal

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from surveys.questionnaire.answer_parsing import RawAnswer, parse_answer
from surveys.questionnaire.answer_values import BLANK, AnswerState
from surveys.questionnaire.number_parsing import format_number
from surveys.questionnaire.typed_text import InvalidAnswer
from tests.questionnaire.answers import find_messages, make_question


def parse_number(typed: str, kind: str = "number", **attributes) -> Decimal:
    value = parse_answer(make_question(kind, **attributes), RawAnswer((typed,)))
    assert value.state is AnswerState.GIVEN
    return value.number


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("1234,5", "1234.5"),
        ("1.234,5", "1234.5"),
        ("1.234", "1234"),
        ("1 234", "1234"),
        ("1\u00a0234\u202f567", "1234567"),
        ("12.345.678", "12345678"),
        ("12.5", "12.5"),
        ("1234.50", "1234.5"),
        ("1,250", "1.25"),
        ("0,125", "0.125"),
        ("007", "7"),
        ("  8  ", "8"),
        ("0", "0"),
        ("-0", "0"),
    ],
)
def test_reads_dutch_notation(typed, number):
    assert parse_number(typed, decimals=3) == Decimal(number)


@pytest.mark.parametrize(
    "typed",
    [
        "1234.567", "0.125", "1,234.5", "1.23.456", "1.2345", "1.234.5", "12 34", "1 234.567", "1.234 567",
        "1,2,3", ",5", "5,", "€ 5", "1e5", "1_000", "٣", "²", "--5", "5-", "-",
        "NaN", "Infinity", "0x10", "tien",
    ],
)  # fmt: skip
def test_refuses_what_it_would_have_to_guess(typed):
    assert find_messages(make_question("number", decimals=3), RawAnswer((typed,))) == [
        f"“{typed}” kunnen wij niet als getal lezen. Schrijf bijvoorbeeld 1234,5 of 1.234,5."
    ]


@pytest.mark.parametrize(
    "typed",
    [
        "1250,50",
        "€ 1.250,50",
        "€1250,50",
        "1.250,50 euro",
        "EUR 1250,50",
        "1 250,50 €",
        "1250.50",
        "Euro 1250,5",
    ],
)
def test_reads_an_amount_with_its_sign(typed):
    assert parse_number(typed, kind="euro", decimals=2) == Decimal("1250.50")


@pytest.mark.parametrize("typed", ["€ 1.250,-", "1250,--", "1.250,–", "1250,00", "1.250"])
def test_reads_a_round_amount(typed):
    assert parse_number(typed, kind="euro") == 1250


@pytest.mark.parametrize("typed", ["64", "64%", "64 %", "64 procent", " 64,0 % "])
def test_reads_a_percentage_with_its_sign(typed):
    assert parse_number(typed, kind="percentage") == 64


@pytest.mark.parametrize("typed", ["2,5", "2,5 fte", "2.5 FTE", "2,5fte"])
def test_reads_a_number_with_the_unit_of_the_question(typed):
    assert parse_number(typed, unit="fte", decimals=1) == Decimal("2.5")


@pytest.mark.parametrize("typed", ["-5", "- 5", "−5"])
def test_accepts_a_negative_number_only_where_the_minimum_does(typed):
    assert parse_number(typed, minimum=Decimal(-10)) == -5
    assert find_messages(make_question("number"), RawAnswer((typed,))) == [
        "Vul een getal in van 0 tot en met 999.999.999.999."
    ]


def test_reads_a_negative_amount_with_the_sign_on_either_side():
    for typed in ("-€ 5", "- € 5", "€ -5", "-5 euro"):
        assert parse_number(typed, kind="euro", minimum=Decimal(-10)) == -5


@pytest.mark.parametrize(
    ("attributes", "outside", "message"),
    [
        ({"kind": "number", "maximum": Decimal(1500)}, "1501", "Vul een getal in van 0 tot en met 1.500."),
        (
            {"kind": "euro", "minimum": Decimal(10)},
            "9",
            "Vul een bedrag in van 10 tot en met 999.999.999.999.",
        ),
        ({"kind": "percentage"}, "101", "Vul een percentage in van 0 tot en met 100."),
        ({"kind": "percentage"}, "-1", "Vul een percentage in van 0 tot en met 100."),
        (
            {"kind": "year", "minimum": Decimal(2000), "maximum": Decimal(2030)},
            "1999",
            "Vul een jaar in van 2000 tot en met 2030.",
        ),
        (
            {"kind": "number", "minimum": Decimal("0.5"), "decimals": 1},
            "0,4",
            "Vul een getal in van 0,5 tot en met 999.999.999.999.",
        ),
    ],
)
def test_names_the_bounds(attributes, outside, message):
    assert find_messages(make_question(**attributes), RawAnswer((outside,))) == [message]


def test_bounds_are_written_without_the_zeros_of_a_database_column():
    question = make_question("year", minimum=Decimal("2000.000"), maximum=Decimal("2030.000"))
    assert find_messages(question, RawAnswer(("1999",))) == ["Vul een jaar in van 2000 tot en met 2030."]


def test_accepts_the_bounds_themselves():
    bounds = {"minimum": Decimal(3), "maximum": Decimal(5)}
    assert [parse_number(typed, **bounds) for typed in ("3", "5")] == [3, 5]


def test_names_the_decimals():
    assert find_messages(make_question("number"), RawAnswer(("1,5",))) == [
        "Vul een heel getal in, zonder cijfers achter de komma."
    ]
    assert find_messages(make_question("number", decimals=1), RawAnswer(("1,55",))) == [
        "Gebruik hoogstens 1 cijfer achter de komma."
    ]
    assert find_messages(make_question("euro", decimals=2), RawAnswer(("1,234",))) == [
        "Gebruik hoogstens 2 cijfers achter de komma."
    ]


def test_an_absurdly_long_number_gets_a_message():
    assert find_messages(make_question("number"), RawAnswer(("9" * 5_000,))) == [
        "Vul een getal in van 0 tot en met 999.999.999.999."
    ]
    assert find_messages(make_question("number"), RawAnswer(("0," + "0" * 5_000 + "1",))) == [
        "Vul een heel getal in, zonder cijfers achter de komma."
    ]


@pytest.mark.parametrize("typed", ["21", "20211", "2021,0", "2.021", "in 2021", "²⁰²¹", "-2021"])
def test_a_year_has_four_digits(typed):
    (message,) = find_messages(make_question("year"), RawAnswer((typed,)))
    assert "is geen jaar. Vul vier cijfers in, bijvoorbeeld 2021." in message


def test_a_message_repeats_only_the_start_of_what_was_typed():
    (message,) = find_messages(make_question("number"), RawAnswer(("x" * 500,)))
    assert f"“{'x' * 39}…”" in message


@given(st.text(max_size=30))
@example("1.\u2028234")
def test_any_text_is_a_number_or_a_message(typed):
    for kind in ("number", "euro", "percentage", "year"):
        question = make_question(kind, decimals=0 if kind == "year" else 2)
        with suppress(InvalidAnswer):
            value = parse_answer(question, RawAnswer((typed,)))
            assert value == BLANK or value.number >= 0


@pytest.mark.parametrize(
    ("number", "written"),
    [("1234567.5", "1.234.567,5"), ("1000", "1.000"), ("999", "999"), ("-1234", "-1.234"), ("0.000", "0")],
)
def test_numbers_are_written_in_dutch_notation(number, written):
    assert format_number(Decimal(number)) == written
