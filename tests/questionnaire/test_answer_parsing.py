import re
from contextlib import suppress
from decimal import Decimal

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from surveys.questionnaire.answer_parsing import (
    MAXIMUM_OTHER_LENGTH,
    MAXIMUM_TEXT_LENGTH,
    InvalidAnswer,
    RawAnswer,
    format_answer,
    format_number,
    needs_text,
    parse_answer,
)
from surveys.questionnaire.answer_values import BLANK, AnswerState, AnswerValue, ChosenOption
from surveys.questionnaire.definition import (
    KINDS,
    LARGEST_NUMBER,
    MISSING_STATES,
    OptionDefinition,
    QuestionDefinition,
)

OPTIONS = (
    OptionDefinition("ja", "Ja"),
    OptionDefinition("nee", "Nee"),
    OptionDefinition("anders", "Anders, namelijk", asks_text=True),
)


def make_question(kind: str, **attributes) -> QuestionDefinition:
    if kind in ("single", "multiple"):
        attributes.setdefault("options", OPTIONS)
    return QuestionDefinition("vraag", kind, "Vraag", "required", **attributes)


def parse_number(typed: str, kind: str = "number", **attributes) -> Decimal:
    value = parse_answer(make_question(kind, **attributes), RawAnswer((typed,)))
    assert value.state is AnswerState.GIVEN
    return value.number


def find_messages(question: QuestionDefinition, raw: RawAnswer) -> list[str]:
    with pytest.raises(InvalidAnswer) as raised:
        parse_answer(question, raw)
    return raised.value.messages


# --- Numbers ---------------------------------------------------------------------------------------------


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


# --- Text ------------------------------------------------------------------------------------------------


def test_text_keeps_everything_inside():
    text = "Eerste regel\n\n  - ingesprongen\tmet tab\n=SOM(A1) 's-Hertogenbosch <b>é</b> 👩‍👧"
    assert parse_answer(make_question("text"), RawAnswer((f"  {text}\n",))).text == text


def test_text_has_one_kind_of_line_end():
    value = parse_answer(make_question("text"), RawAnswer(("a\r\nb\rc\nd\u2028e\x0bf",)))
    assert value.text == "a\nb\nc\nd\ne\nf"


def test_characters_that_no_database_keeps_are_left_out():
    assert parse_answer(make_question("text"), RawAnswer(("a\x00b\x1bc\ud800d",))).text == "abcd"
    assert parse_answer(make_question("text"), RawAnswer(("\x00",))) == BLANK


def test_text_that_is_too_long_gets_a_message_that_says_how_long_it_is():
    question = make_question("text")
    assert parse_answer(question, RawAnswer(("x" * MAXIMUM_TEXT_LENGTH,))).text == "x" * MAXIMUM_TEXT_LENGTH
    (message,) = find_messages(question, RawAnswer(("x" * 10_250,)))
    assert message == (
        "Uw tekst is 10.250 tekens lang. Er passen er 10.000. Maak de tekst 250 tekens korter. "
        "Wat u schreef, staat er nog."
    )


# --- Choices ---------------------------------------------------------------------------------------------


def test_single_choice():
    value = parse_answer(make_question("single"), RawAnswer(("nee",)))
    assert value == AnswerValue(AnswerState.GIVEN, options=(ChosenOption("nee"),))


def test_multiple_choices_come_in_the_order_of_the_question_and_once():
    value = parse_answer(make_question("multiple"), RawAnswer(("anders", "ja", "ja"), other={"anders": "x"}))
    assert value.options == (ChosenOption("ja"), ChosenOption("anders", "x"))


def test_unknown_option_is_refused():
    assert find_messages(make_question("single"), RawAnswer(("misschien",))) == [
        "Het antwoord “misschien” staat niet in de lijst. Kies een antwoord uit de lijst."
    ]


def test_two_options_at_a_single_choice_are_refused():
    assert find_messages(make_question("single"), RawAnswer(("ja", "nee"))) == [
        "Kies één antwoord: bij deze vraag kan er maar één."
    ]
    assert parse_answer(make_question("single"), RawAnswer(("ja", "ja"))).option_codes == {"ja"}


def test_several_problems_are_named_together():
    assert len(find_messages(make_question("single"), RawAnswer(("ja", "zes", "zeven")))) == 3


def test_anders_without_text_is_accepted_and_known_as_incomplete():
    question = make_question("single")
    value = parse_answer(question, RawAnswer(("anders",), other={"anders": "  "}))
    assert value.options == (ChosenOption("anders"),)
    assert needs_text(question, value)
    assert not needs_text(question, parse_answer(question, RawAnswer(("anders",), other={"anders": "x"})))
    assert not needs_text(question, parse_answer(question, RawAnswer(("ja",))))
    assert not needs_text(question, BLANK)


def test_text_behind_anders_is_one_line():
    value = parse_answer(make_question("single"), RawAnswer(("anders",), other={"anders": " a\r\nb "}))
    assert value.options == (ChosenOption("anders", "a b"),)


def test_text_behind_anders_that_is_too_long_gets_a_message():
    question = make_question("single")
    (message,) = find_messages(question, RawAnswer(("anders",), {"anders": "x" * (MAXIMUM_OTHER_LENGTH + 1)}))
    assert message.startswith("Uw tekst bij “Anders, namelijk” is 1.001 tekens lang.")


@pytest.mark.parametrize(("kind", "values"), [("single", ()), ("multiple", ()), ("multiple", ("ja",))])
def test_text_behind_anders_that_was_not_chosen_is_not_lost_silently(kind, values):
    assert find_messages(make_question(kind), RawAnswer(values, other={"anders": "weegtafel"})) == [
        "U schreef iets bij “Anders, namelijk”, maar koos dat antwoord niet. Kies het, of maak het veld leeg."
    ]


def test_another_radio_button_overrules_the_text_left_behind_anders():
    question = make_question("single", missing=("dont_know",))
    assert parse_answer(question, RawAnswer(("ja",), other={"anders": "x"})).options == (ChosenOption("ja"),)
    value = parse_answer(question, RawAnswer(other={"anders": "x"}, missing="dont_know"))
    assert value == AnswerValue(AnswerState.DONT_KNOW)


@pytest.mark.parametrize(("code", "label"), [("ja", "Ja"), ("zes", "zes")])
def test_text_behind_an_option_that_asks_for_none_is_refused(code, label):
    assert find_messages(make_question("multiple"), RawAnswer(("ja",), other={code: "x"})) == [
        f"Bij het antwoord “{label}” kunt u niets opschrijven."
    ]


# --- Nothing, and its kinds --------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("raw", [RawAnswer(), RawAnswer(("",)), RawAnswer((" \n",), {"anders": " "})])
def test_nothing_filled_in_is_blank(kind, raw):
    assert parse_answer(make_question(kind), raw) == BLANK


@pytest.mark.parametrize("kind", KINDS)
def test_an_allowed_kind_of_nothing(kind):
    question = make_question(kind, missing=("not_applicable",))
    value = parse_answer(question, RawAnswer(missing="not_applicable"))
    assert value == AnswerValue(AnswerState.NOT_APPLICABLE)


def test_a_kind_of_nothing_that_the_question_does_not_allow():
    question = make_question("text", missing=("dont_know",))
    assert find_messages(question, RawAnswer(missing="refused")) == [
        "“wil ik niet zeggen” kan bij deze vraag niet."
    ]
    assert find_messages(question, RawAnswer(missing="zes")) == ["De keuze “zes” bestaat niet."]
    for state in ("given", "blank"):
        assert len(find_messages(question, RawAnswer(missing=state))) == 1


@pytest.mark.parametrize(
    ("kind", "raw"),
    [
        ("number", RawAnswer(("5",), missing="dont_know")),
        ("text", RawAnswer(("iets",), missing="dont_know")),
        ("single", RawAnswer(("ja",), missing="dont_know")),
        ("multiple", RawAnswer(other={"anders": "iets"}, missing="dont_know")),
    ],
)
def test_a_value_and_a_kind_of_nothing_together_ask_for_a_choice(kind, raw):
    assert find_messages(make_question(kind, missing=("dont_know",)), raw) == [
        "U gaf een antwoord en u koos ook “weet ik niet”. Kies een van de twee."
    ]


@pytest.mark.parametrize("kind", ["text", "number"])
def test_two_values_for_one_field_are_refused(kind):
    assert find_messages(make_question(kind), RawAnswer(("1", "2"))) == ["Geef één antwoord op deze vraag."]


# --- There and back ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("number", "written"),
    [("1234567.5", "1.234.567,5"), ("1000", "1.000"), ("999", "999"), ("-1234", "-1.234"), ("0.000", "0")],
)
def test_numbers_are_written_in_dutch_notation(number, written):
    assert format_number(Decimal(number)) == written


def test_a_year_is_written_without_separator():
    value = AnswerValue(AnswerState.GIVEN, number=Decimal("2021.000"))
    assert format_answer(make_question("year"), value) == RawAnswer(("2021",))


def numbers(*, decimals: int, lowest: int, highest: int):
    return st.integers(lowest * 10**decimals, highest * 10**decimals).map(
        lambda scaled: Decimal(scaled).scaleb(-decimals)
    )


@st.composite
def answered_questions(draw):
    kind = draw(st.sampled_from(KINDS))
    if draw(st.booleans()):
        missing = draw(st.sampled_from(MISSING_STATES))
        return make_question(kind, missing=(missing,)), AnswerValue(AnswerState(missing))
    if kind == "text":
        lines = draw(st.lists(st.text(st.characters(exclude_categories=["C", "Z"]), min_size=1), min_size=1))
        return make_question(kind), AnswerValue(AnswerState.GIVEN, text="\n".join(lines))
    if kind in ("single", "multiple"):
        size = 1 if kind == "single" else len(OPTIONS)
        codes = draw(st.sets(st.sampled_from([option.code for option in OPTIONS]), min_size=1, max_size=size))
        written = draw(st.sampled_from(["", "weegtafel", "=1+1", "twee woorden"]))
        chosen = [ChosenOption(o.code, written if o.asks_text else "") for o in OPTIONS if o.code in codes]
        return make_question(kind), AnswerValue(AnswerState.GIVEN, options=tuple(chosen))
    if kind == "year":
        return make_question(kind), AnswerValue(
            AnswerState.GIVEN, number=Decimal(draw(st.integers(1000, 9999)))
        )
    decimals = draw(st.integers(0, 3))
    lowest, highest = (0, 100) if kind == "percentage" else (-int(LARGEST_NUMBER), int(LARGEST_NUMBER))
    question = make_question(
        kind, decimals=decimals, minimum=Decimal(lowest), unit="fte" if kind == "number" else ""
    )
    number = draw(numbers(decimals=decimals, lowest=lowest, highest=highest))
    return question, AnswerValue(AnswerState.GIVEN, number=number)


@given(answered_questions())
def test_what_is_written_in_the_form_reads_back_as_the_same_answer(answered):
    question, value = answered
    assert parse_answer(question, format_answer(question, value)) == value


def test_a_blank_answer_fills_nothing():
    assert format_answer(make_question("text"), BLANK) == RawAnswer()


@given(st.text(max_size=40))
def test_reading_a_text_twice_changes_nothing(typed):
    question = make_question("text")
    value = parse_answer(question, RawAnswer((typed,)))
    assert parse_answer(question, format_answer(question, value)) == value
    assert not re.search("[\r\x00]", value.text)
