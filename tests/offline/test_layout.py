"""Every answer survives the way into the workbook and back."""

from datetime import date
from decimal import Decimal

import pytest

from surveys.offline.layout import (
    ANSWER,
    CAVEAT,
    MISSING,
    TITLE,
    Shape,
    fill_lines,
    find_strange_ticks,
    list_lines,
    name_options,
    read_lines,
)
from surveys.questionnaire.answer_parsing import parse_answer
from surveys.questionnaire.answer_values import (
    BLANK,
    AnswerState,
    AnswerValue,
    ChosenOption,
    FilledCell,
)
from surveys.questionnaire.definition import OptionDefinition
from surveys.questionnaire.number_parsing import format_number
from tests.offline.definitions import EVERY_KIND
from tests.responses.factories import DONT_KNOW, choose, count, make_question, write

QUESTIONS = EVERY_KIND.questions
GIVEN = AnswerState.GIVEN
ANSWERS = [
    ("beperkt", choose("ja")),
    ("beperkt", choose("anders", anders="=1+1; 'punt'")),
    ("beperkt", DONT_KNOW),
    ("hoe", choose("school", "anders", anders="Thuis")),
    ("hoe", choose("wijk")),
    ("uitleg", write("=HYPERLINK(1)\nTweede regel, “citaat”")),
    ("uitleg", AnswerValue(AnswerState.NOT_APPLICABLE, caveat="Alleen in 2025")),
    ("fte", count("12.5")),
    ("fte", count(0)),
    ("sinds", count(2021)),
    ("kosten", count("1234567.89")),
    ("aandeel", count(64)),
    ("start", AnswerValue(GIVEN, day=date(2024, 2, 29))),
    ("prioriteit", AnswerValue(GIVEN, (ChosenOption("tijd"), ChosenOption("rust")))),
    (
        "hulp",
        AnswerValue(
            GIVEN,
            cells=(
                FilledCell("ambulant", "clienten", number=Decimal(0)),
                FilledCell("verblijf", "kosten", number=Decimal("12.50")),
                FilledCell("verblijf", "hoe", option="subsidie"),
            ),
        ),
    ),
    (
        "typering",
        AnswerValue(
            GIVEN, cells=(FilledCell("vorm", option="inkoop"), FilledCell("schaal", option="regionaal"))
        ),
    ),
    *((code, BLANK) for code in QUESTIONS if code != "bewijs"),
    ("hulp", AnswerValue(AnswerState.BLANK, caveat="Volgt nog")),
]


def write_text(filling):
    """A filled cell as somebody in the Netherlands would type it."""
    match filling:
        case None:
            return ""
        case date():
            return f"{filling:%d-%m-%Y}"
        case Decimal():
            return format_number(filling).replace(".", "")
        case _:
            return str(filling)


def hand_in(question, value):
    filled = fill_lines(question, value)
    return {
        line.part: [write_text(each) for each in filled.get(line.part, [None] * len(line.entries))]
        for line in list_lines(question)
    }


@pytest.mark.parametrize(("code", "value"), ANSWERS)
def test_answer_survives_the_workbook(code, value):
    question = QUESTIONS[code]
    read = parse_answer(question, read_lines(question, hand_in(question, value)))
    assert read.as_dict() == value.as_dict()


def test_each_kind_has_the_lines_it_needs():
    parts = {code: [line.part for line in list_lines(question)] for code, question in QUESTIONS.items()}
    assert parts == {
        "beperkt": [ANSWER, "other.anders", MISSING, CAVEAT],
        "hoe": [TITLE, "option.school", "option.wijk", "option.anders", "other.anders", CAVEAT],
        "uitleg": [ANSWER, MISSING, CAVEAT],
        "fte": [ANSWER, MISSING, CAVEAT],
        "sinds": [ANSWER, CAVEAT],
        "kosten": [ANSWER, CAVEAT],
        "aandeel": [ANSWER, CAVEAT],
        "start": [ANSWER, CAVEAT],
        "prioriteit": [TITLE, "option.rust", "option.geld", "option.tijd", CAVEAT],
        "hulp": [TITLE, "row.ambulant", "row.verblijf", CAVEAT],
        "typering": [TITLE, "dimension.vorm", "dimension.schaal", CAVEAT],
        "bewijs": [TITLE],
    }


def test_lists_offer_what_may_be_chosen():
    lines = {line.part: line for line in list_lines(QUESTIONS["beperkt"])}
    assert lines[ANSWER].entries[0].choices == ("Ja", "Nee", "Anders")
    assert lines[MISSING].entries[0].choices == ("Weet ik niet", "Wil ik niet zeggen")
    places = list_lines(QUESTIONS["prioriteit"])[1].entries[0]
    assert places.choices == (1, 2)
    table = list_lines(QUESTIONS["hulp"])
    assert table[0].headings == ("Cliënten", "Kosten", "Hoe geregeld")
    assert [entry.shape for entry in table[1].entries] == [Shape.NUMBER, Shape.NUMBER, Shape.CHOICE]


def test_options_with_the_same_text_stay_apart():
    options = (OptionDefinition("a", "Ja"), OptionDefinition("b", " ja "), OptionDefinition("c", "Nee"))
    assert list(name_options(options).values()) == ["a", "b", "c"]


def test_choices_are_read_whatever_the_capitals_and_spaces():
    question = QUESTIONS["beperkt"]
    entries = {ANSWER: ["  JA "], "other.anders": [""], MISSING: [""], CAVEAT: [""]}
    assert read_lines(question, entries).values == ("ja",)
    assert read_lines(question, entries | {ANSWER: ["misschien"]}).values == ("misschien",)
    assert read_lines(question, entries | {ANSWER: [""], MISSING: ["weet ik NIET"]}).missing == "dont_know"


@pytest.mark.parametrize("tick", ["x", "X", " x ", "ja", "1", "✓", "WAAR"])
def test_people_tick_in_their_own_way(tick):
    question = make_question("hoe", "multiple", options=("school", "wijk"))
    entries = {TITLE: [], "option.school": [tick], "option.wijk": ["nee"], CAVEAT: [""]}
    assert find_strange_ticks(question, entries) == []
    assert read_lines(question, entries).values == ("school",)


def test_what_is_no_tick_is_found():
    question = make_question("hoe", "multiple", options=("school", "wijk"))
    entries = {TITLE: [], "option.school": ["soms"], "option.wijk": ["x"], CAVEAT: ["soms"]}
    assert find_strange_ticks(question, entries) == ["option.school"]
