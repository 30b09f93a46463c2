"""The survey of 2022 as it is shipped: the eight printed questions, word for word, and who is asked them."""

from pathlib import Path

import pytest

import surveys.questionnaire
from surveys.questionnaire.definition import ConditionDefinition, Definition
from surveys.questionnaire.definition_file import read_definition
from surveys.questionnaire.routing import find_routed_questions

FILE = Path(surveys.questionnaire.__file__).parent / "definitions" / "maatregelen-2022.toml"
MEASURES = [
    "reikwijdte",
    "standaardisatie",
    "tariefdifferentiatie",
    "gecontracteerd-aanbod",
    "doorbraakmethode",
    "poh-jeugd",
    "regionalisering",
]
CLOSED_QUESTIONS = {
    "reikwijdte_beperken": (
        "De gemeente/regio heeft maatregelen genomen om de reikwijdte te beperken",
        {"ja": "Ja", "nee": "Nee"},
    ),
    "normale_leven": (
        "De gemeente/regio heeft maatregelen genomen om het normale leven te versterken",
        {"ja": "Ja", "nee": "Nee"},
    ),
    "administratieve_lasten": (
        (
            "Heeft uw gemeente/regio maatregelen genomen die aantoonbaar hebben geleid tot vermindering van "
            "administratieve lasten bij gemeente of aanbieders?"
        ),
        {"ja": "Ja", "nee": "Nee"},
    ),
    "tarieven_kostenstructuur": (
        (
            "Wordt binnen uw gemeente/regio onderscheid gemaakt in tarieven op basis van verschillen in de "
            "kostenstructuur van de aanbieder?"
        ),
        {"ja": "Ja", "nee": "Nee"},
    ),
    "verwijzing_gecontracteerd": (
        "Is in uw gemeente/regio verwijzing beperkt tot door de (regio)gemeenten gecontracteerde aanbieders?",
        {"ja": "Ja", "nee": "Nee"},
    ),
    "doorbraakmethode": (
        (
            "Wordt binnen uw gemeente/regio de doorbraakmethode van het Instituut Publieke Waarden (IPW) "
            "gehanteerd?"
        ),
        {
            "ja": "Ja",
            "ander_maatwerkbudget": "Nee, we kennen een andere vorm van maatwerkbudget",
            "geen_maatwerkbudget": "Nee, we hanteren geen maatwerkbudget",
            "anders": "Anders",
        },
    ),
    "ondersteuner_huisarts": (
        "Bekostigt uw gemeente/regio een ondersteuner huisarts?",
        {"ja": "Ja", "nee": "Nee", "overig": "Overig"},
    ),
    "samen_zorgverzekeraar": (
        "Indien ja, doet u dit samen met de zorgverzekeraar?",
        {"ja": "Ja", "nee": "Nee"},
    ),
}


@pytest.fixture(scope="module")
def definition() -> Definition:
    return read_definition(FILE)


def test_what_was_published_in_2022_is_still_what_was_published(definition):
    """New keys of the format must not make a version that was asked look edited."""
    assert definition.checksum == "e6620efa989829b3b540dc63a31e2aa4a4f364039233565180f36824b65f5cd7"


def test_there_is_a_section_for_every_measure_and_one_to_finish(definition):
    assert [section.measure for section in definition.sections] == [*MEASURES, ""]


def test_exactly_the_eight_printed_questions_are_required(definition):
    required = [question for question in definition.questions.values() if question.requirement == "required"]
    assert {
        question.code: (question.text, {option.code: option.text for option in question.options})
        for question in required
    } == CLOSED_QUESTIONS
    assert {question.kind for question in required} == {"single"}
    assert {question.missing for question in required} == {("dont_know",)}


def test_the_options_that_ask_for_words(definition):
    assert {
        (question.code, option.code)
        for question in definition.questions.values()
        for option in question.options
        if option.asks_text and question.requirement == "required"
    } == {("doorbraakmethode", "anders"), ("ondersteuner_huisarts", "overig")}


def test_the_insurer_is_asked_about_only_after_ja_or_overig(definition):
    asked_after = {
        option.code
        for option in definition.questions["ondersteuner_huisarts"].options
        if "samen_zorgverzekeraar"
        in find_routed_questions(definition, chosen={"ondersteuner_huisarts": [option.code]})
    }
    assert asked_after == {"ja", "overig"}
    assert "samen_zorgverzekeraar" not in find_routed_questions(definition, chosen={})


def test_the_other_printed_questions_are_asked_of_everybody(definition):
    assert set(CLOSED_QUESTIONS) - {"samen_zorgverzekeraar"} <= find_routed_questions(definition, chosen={})


def test_a_plan_is_asked_for_only_where_nothing_was_done_yet(definition):
    assert definition.questions["reikwijdte_gepland"].conditions == (
        ConditionDefinition("reikwijdte_beperken", ("nee",)),
    )


def test_every_kind_with_one_field_is_used(definition):
    assert {question.kind for question in definition.questions.values()} == {
        "single", "multiple", "number", "year", "euro", "percentage", "text"
    }  # fmt: skip
