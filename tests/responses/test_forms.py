import json

import pytest
from django.http import QueryDict

from surveys.questionnaire.answer_parsing import RawAnswer
from surveys.questionnaire.answer_values import BLANK
from surveys.responses.fields import make_fields, number_questions
from surveys.responses.forms import read_section
from surveys.responses.queries import StoredAnswer
from tests.responses.factories import (
    DEFINITION,
    DONT_KNOW,
    NOW,
    choose,
    count,
    make_definition,
    make_question,
    write,
)

TOEGANG, HUISARTS = DEFINITION.sections


def read(body, section=TOEGANG):
    return read_section(section, QueryDict(body))


def store(**values):
    return {
        code: StoredAnswer(number, value, 3, is_routed=True, saved_at=NOW, saved_by="Gerda")
        for number, (code, value) in enumerate(values.items())
    }


def show_fields(section, **arguments):
    return {field.code: field for field in make_fields(section, definition=DEFINITION, **arguments)}


def test_follow_up_questions_get_a_letter():
    assert number_questions(TOEGANG) == {"beperkt": "1", "hoe": "1a", "uitleg": "1b", "knelpunten": "2"}
    assert number_questions(HUISARTS)["fte"] == "1c"


def test_a_section_that_starts_with_a_follow_up_of_another_section_starts_at_one():
    section = make_definition(
        ("deel", (make_question("a", after={"elders": ("ja",)}), make_question("b")))
    ).sections[0]
    assert number_questions(section) == {"a": "1", "b": "2"}


def test_only_questions_that_were_on_the_form_are_read():
    assert set(read("r-beperkt=0&q-knelpunten=iets")) == {"beperkt"}


@pytest.mark.parametrize(
    ("body", "value"),
    [
        ("r-beperkt=0&q-beperkt=ja", choose("ja")),
        ("r-beperkt=0", BLANK),
        ("r-beperkt=0&q-beperkt=missing.dont_know", DONT_KNOW),
        ("r-hoe=0&q-hoe=wijk&q-hoe=school", choose("school", "wijk")),
        ("r-hoe=0&q-hoe=anders&q-hoe-other-anders=Bieb", choose("anders", anders="Bieb")),
        ("r-knelpunten=0&q-knelpunten=een%0D%0Atwee", write("een\ntwee")),
    ],
)
def test_reading_an_answer(body, value):
    (typed,) = read(body).values()
    assert (typed.value, typed.errors) == (value, [])


def test_a_kind_of_nothing_next_to_a_field():
    (typed,) = read("r-sinds=2&q-sinds=&q-sinds-missing=dont_know", HUISARTS).values()
    assert (typed.value, typed.base_revision) == (DONT_KNOW, 2)


@pytest.mark.parametrize(
    "body",
    [
        "r-sinds=0&q-sinds=tweeduizend",
        "r-sinds=0&q-sinds=2020&q-sinds-missing=dont_know",
        "r-sinds=0&q-sinds-missing=dont_know&q-sinds-missing=refused",
        "r-sinds=0&q-sinds-missing=verzonnen",
        "r-poh=0&q-poh=verzonnen",
        "r-poh=0&q-poh=missing.verzonnen",
        "r-kosten=0&q-kosten=1&q-kosten=2",
        "r-fte=0&q-fte=1e5",
    ],
)
def test_bad_input_gets_a_message_and_stays_as_typed(body):
    (typed,) = read(body, HUISARTS).values()
    assert typed.errors
    (field,) = (
        field
        for field in make_fields(
            HUISARTS, definition=DEFINITION, stored={}, typed={typed.question.code: typed}
        )
        if field.errors
    )
    assert field.raw == typed.raw


@pytest.mark.parametrize("revision", ["", "-1", "x", "1.0", "²", "9" * 30, "NaN"])
def test_a_revision_that_is_none_never_overwrites(revision):
    (typed,) = read(f"r-beperkt={revision}").values()
    assert typed.base_revision == 0


def test_a_field_is_filled_with_what_is_stored():
    fields = show_fields(HUISARTS, stored=store(poh=choose("ja"), kosten=count("1234.5"), sinds=DONT_KNOW))
    assert [choice.checked for choice in fields["poh"].choices] == [True, False, False]
    assert fields["kosten"].value == "1.234,5"
    assert fields["kosten"].revision_value == 3
    assert [choice.checked for choice in fields["sinds"].missing_choices] == [True]
    assert fields["verzekeraar"].revision_value == 0


def test_what_was_typed_and_not_saved_goes_before_what_is_stored_and_keeps_its_revision():
    typed = read("r-kosten=1&q-kosten=veel", HUISARTS)
    fields = show_fields(HUISARTS, stored=store(kosten=count(5)), typed=typed)
    assert (fields["kosten"].value, fields["kosten"].revision_value) == ("veel", 1)


def test_a_question_is_hidden_until_its_condition_is_met():
    fields = show_fields(TOEGANG, stored={})
    assert {code for code, field in fields.items() if field.is_hidden} == {"hoe", "uitleg"}
    assert json.loads(fields["hoe"].ask_if_json) == [{"question": "beperkt", "any_of": ["ja"]}]
    fields = show_fields(TOEGANG, stored=store(beperkt=choose("ja")))
    assert {code for code, field in fields.items() if field.is_hidden} == {"uitleg"}


def test_typed_answers_decide_what_is_hidden_too():
    fields = show_fields(TOEGANG, stored=store(beperkt=choose("nee")), typed=read("r-beperkt=3&q-beperkt=ja"))
    assert not fields["hoe"].is_hidden


@pytest.mark.parametrize(("elsewhere", "is_hidden"), [("ja", False), ("nee", True)])
def test_the_browser_does_not_judge_a_condition_of_another_page(elsewhere, is_hidden):
    fields = show_fields(HUISARTS, stored=store(beperkt=choose(elsewhere)))
    assert (fields["fte"].is_hidden, fields["fte"].ask_if_json) == (is_hidden, "")


def test_a_mistake_on_an_abandoned_route_is_shown_so_that_it_can_be_corrected():
    typed = read("r-poh=0&q-poh=nee&r-sinds=0&q-sinds=ooit", HUISARTS)
    fields = show_fields(HUISARTS, stored={}, typed=typed)
    assert not fields["sinds"].is_hidden
    assert fields["sinds"].ask_if_json == ""


def test_an_option_can_never_be_taken_for_a_kind_of_nothing():
    question = make_question("q", "single", options=("dont_know", "ja"), missing=("dont_know",))
    section = make_definition(("deel", (question,))).sections[0]
    assert read("r-q=0&q-q=dont_know", section)["q"].value == choose("dont_know")
    assert read("r-q=0&q-q=missing.dont_know", section)["q"].value == DONT_KNOW


def test_the_text_of_a_field_comes_back_exactly():
    raw = RawAnswer(values=("  <b>'s-Hertogenbosch</b>\n\tEind",))
    fields = show_fields(TOEGANG, stored=store(knelpunten=write(raw.values[0])))
    assert fields["knelpunten"].value == raw.values[0]
