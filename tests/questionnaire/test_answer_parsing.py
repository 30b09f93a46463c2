import re
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from surveys.questionnaire.answer_parsing import (
    MAXIMUM_CAVEAT_LENGTH,
    MAXIMUM_OTHER_LENGTH,
    MAXIMUM_TEXT_LENGTH,
    RawAnswer,
    format_answer,
    needs_text,
    parse_answer,
)
from surveys.questionnaire.answer_values import BLANK, AnswerState, AnswerValue, ChosenOption
from surveys.questionnaire.definition import KINDS, MISSING_STATES
from tests.questionnaire.answers import (
    PLAN,
    answered_questions,
    find_messages,
    given_values,
    make_question,
)

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
@pytest.mark.parametrize(
    "raw", [RawAnswer(), RawAnswer(("",)), RawAnswer((" \n",), {"anders": " "}, cells={("x", ""): " "})]
)
def test_nothing_filled_in_is_blank(kind, raw):
    assert parse_answer(make_question(kind), raw) == BLANK


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("state", MISSING_STATES)
def test_every_kind_of_question_allows_every_kind_of_nothing_it_names(kind, state):
    value = parse_answer(make_question(kind, missing=(state,)), RawAnswer(missing=state))
    assert value == AnswerValue(AnswerState(state))
    assert find_messages(make_question(kind), RawAnswer(missing=state))


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
        ("date", RawAnswer(("22-11-2026",), missing="dont_know")),
        ("matrix", RawAnswer(cells={("ambulant", "clienten"): "5"}, missing="dont_know")),
        ("ranking", RawAnswer(cells={("beter", ""): "1"}, missing="dont_know")),
        ("typology", RawAnswer(cells={("schaal", ""): "ja"}, missing="dont_know")),
        ("file", RawAnswer(file=PLAN, missing="dont_know")),
    ],
)
def test_a_value_and_a_kind_of_nothing_together_ask_for_a_choice(kind, raw):
    assert find_messages(make_question(kind, missing=("dont_know",)), raw) == [
        "U gaf een antwoord en u koos ook “weet ik niet”. Kies een van de twee."
    ]


@pytest.mark.parametrize("kind", ["text", "number", "date"])
def test_two_values_for_one_field_are_refused(kind):
    assert find_messages(make_question(kind), RawAnswer(("1", "2"))) == ["Geef één antwoord op deze vraag."]


# --- What does not fit the kind of question ----------------------------------------------------------------


@pytest.mark.parametrize("kind", ["matrix", "typology", "ranking"])
def test_an_answer_of_parts_cannot_come_as_one(kind):
    assert find_messages(make_question(kind), RawAnswer(("ja",))) == [
        "Vul bij deze vraag de losse vakjes in."
    ]


@pytest.mark.parametrize("kind", ["text", "date", "euro"])
def test_an_answer_of_one_field_cannot_come_in_parts(kind):
    assert find_messages(make_question(kind), RawAnswer(cells={("ambulant", "clienten"): "5"})) == [
        "Deze vraag heeft maar één vakje."
    ]


def test_a_file_is_its_reference_and_a_name_alone_is_no_file():
    question = make_question("file")
    assert parse_answer(question, RawAnswer(file=PLAN)) == AnswerValue(AnswerState.GIVEN, file=PLAN)
    assert find_messages(question, RawAnswer(("plan.pdf",))) == [
        "Uw bestand kwam niet mee. Kies het opnieuw."
    ]


# --- Caveats -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", KINDS)
def test_a_caveat_goes_with_any_answer_and_with_none(kind):
    assert parse_answer(make_question(kind), RawAnswer(caveat=" Een schatting.\r\n ")) == AnswerValue(
        AnswerState.BLANK, caveat="Een schatting."
    )
    question = make_question(kind, missing=("refused",))
    value = parse_answer(question, RawAnswer(missing="refused", caveat="Een schatting."))
    assert (value.state, value.caveat) == (AnswerState.REFUSED, "Een schatting.")


def test_a_caveat_has_a_limit_and_is_named_together_with_other_problems():
    question = make_question("number")
    assert parse_answer(question, RawAnswer(caveat="x" * MAXIMUM_CAVEAT_LENGTH)).caveat
    messages = find_messages(question, RawAnswer(("veel",), caveat="x" * (MAXIMUM_CAVEAT_LENGTH + 1)))
    assert len(messages) == 2
    assert messages[1].startswith("Uw kanttekening is 501 tekens lang. Er passen er 500.")


# --- There and back ----------------------------------------------------------------------------------------


def test_a_year_is_written_without_separator():
    value = AnswerValue(AnswerState.GIVEN, number=Decimal("2021.000"))
    assert format_answer(make_question("year"), value) == RawAnswer(("2021",))


@given(answered_questions())
def test_what_is_written_in_the_form_reads_back_as_the_same_answer(answered):
    question, value = answered
    raw = format_answer(question, value)
    assert parse_answer(question, raw) == value
    assert format_answer(question, parse_answer(question, raw)) == raw


@pytest.mark.parametrize("kind", KINDS)
@given(data=st.data())
def test_a_given_answer_of_every_kind_comes_back_through_form_and_history(kind, data):
    question, value = data.draw(given_values(kind))
    assert parse_answer(question, format_answer(question, value)) == value
    assert AnswerValue.from_dict(value.as_dict()) == value


def test_a_blank_answer_fills_nothing():
    assert format_answer(make_question("text"), BLANK) == RawAnswer()


@given(st.text(max_size=40))
def test_reading_a_text_twice_changes_nothing(typed):
    question = make_question("text")
    value = parse_answer(question, RawAnswer((typed,)))
    assert parse_answer(question, format_answer(question, value)) == value
    assert not re.search("[\r\x00]", value.text)
