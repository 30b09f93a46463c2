from datetime import date
from decimal import Decimal

import pytest

from surveys.downloads.codebook import build_codebook
from surveys.downloads.wide_columns import NOT_ASKED, build_layout, list_answer_columns
from surveys.downloads.wide_rows import StoredUnit, fill_row, mark_routing, name_answer, place_answers
from surveys.questionnaire.answer_values import (
    BLANK,
    MISSING_CODES,
    AnswerState,
    AnswerValue,
    ChosenOption,
    FilledCell,
)
from surveys.questionnaire.definition import KINDS, QuestionDefinition
from surveys.tabular.workbook import Cell, ColumnStyle
from tests.questionnaire.answers import PLAN, make_question
from tests.responses.factories import choose, make_definition
from tests.responses.factories import make_question as make_plain_question

TABLE_COLUMNS = [
    f"vraag.{row}.{column}"
    for row in ("ambulant", "verblijf")
    for column in ("clienten", "kosten", "deel", "wie")
]


def given(**parts) -> AnswerValue:
    return AnswerValue(AnswerState.GIVEN, **parts)


QUESTION = name_answer(1)


def store(question: QuestionDefinition, value: AnswerValue) -> StoredUnit:
    """As the database would give it, which gives options in no order."""
    keys = {option.code: key for key, option in enumerate(question.options)}
    chosen = [
        (keys[option.code], place if question.kind == "ranking" else 0, option.text)
        for place, option in reversed(list(enumerate(value.options, start=1)))
    ]
    answer = (
        MISSING_CODES.get(value.state)
        or value.text
        or (None if value.number is None else float(value.number))
        or (value.day and value.day.isoformat())
        or (value.file and value.file.name)
        or " ".join(f"{key}:{rank}" if rank else str(key) for key, rank, _ in chosen)
        or None
    )
    return StoredUnit(
        answers={QUESTION: answer},
        explanations=[(QUESTION, key, rank, words) for key, rank, words in chosen if words],
        parts=[
            (
                QUESTION,
                each.row,
                each.column,
                each.option,
                None if each.number is None else float(each.number),
            )
            for each in value.cells
        ],
        caveats={QUESTION: value.caveat} if value.caveat else {},
    )


def fill_question(question: QuestionDefinition, unit: StoredUnit, *, spread: bool = False) -> dict[str, Cell]:
    layout = build_layout(make_definition(("deel", (question,))), lead=(), spread=spread)
    options = {key: option.code for key, option in enumerate(question.options)}
    places = place_answers({QUESTION: layout.places[question.code, ""]}, options=options)
    cells: list[Cell] = [None] * len(layout.columns)
    fill_row(cells, unit, places=places, options=options)
    return {column.name: cell for column, cell in zip(layout.columns, cells, strict=True)}


def fill(question: QuestionDefinition, value: AnswerValue, *, spread: bool = False) -> dict[str, Cell]:
    """The columns of the question, filled from what the database has of the answer."""
    return fill_question(question, store(question, value), spread=spread)


@pytest.mark.parametrize(
    ("kind", "value", "cells"),
    [
        ("single", given(options=(ChosenOption("ja"),)), {"vraag": "ja"}),
        ("multiple", given(options=(ChosenOption("ja"), ChosenOption("nee"))), {"vraag": "ja nee"}),
        ("ranking", given(options=(ChosenOption("beter"), ChosenOption("sneller"))), {"vraag": "beter sneller"}),
        ("date", given(day=date(2026, 11, 2)), {"vraag": "2026-11-02"}),
        ("file", given(file=PLAN), {"vraag": "plan.pdf"}),
        ("text", given(text="Ja, maar"), {"vraag": "Ja, maar"}),
        ("euro", given(number=Decimal("12.50")), {"vraag": 12.5}),
        ("typology", given(cells=(FilledCell("vorm", option="beter"),)), {"vraag.schaal": None, "vraag.vorm": "beter"}),
        (
            "matrix",
            given(
                cells=(
                    FilledCell("ambulant", "clienten", number=Decimal(0)),
                    FilledCell("verblijf", "wie", option="nee"),
                )
            ),
            dict.fromkeys(TABLE_COLUMNS) | {"vraag.ambulant.clienten": 0, "vraag.verblijf.wie": "nee"},
        ),
    ],
)  # fmt: skip
def test_every_kind_of_answer_has_its_columns(kind, value, cells):
    filled = fill(make_question(kind), value)
    assert {name: cell for name, cell in filled.items() if not name.endswith("__toelichting")} == cells


def test_only_columns_with_numbers_look_like_numbers():
    styles = {each.name: each.style for each in list_answer_columns(make_question("matrix"))}
    assert styles["vraag.ambulant.kosten"] is ColumnStyle.NUMBER
    assert styles["vraag.ambulant.wie"] is ColumnStyle.TEXT


@pytest.mark.parametrize("kind", KINDS)
def test_a_kind_of_nothing_stands_in_every_column_and_blank_in_none(kind):
    question = make_question(kind)
    names = [column.name for column in list_answer_columns(question)]
    nothing, blank = fill(question, AnswerValue(AnswerState.DONT_KNOW)), fill(question, BLANK)
    assert {nothing[name] for name in names} == {"#weet_niet"}
    assert set(blank.values()) == {None}


def test_words_beside_an_answer_say_in_files_that_know_variables_what_they_are():
    question = make_plain_question("hoe", "multiple", options=("wijk", "anders"))
    key = ("hoe", "GM0546")
    layout = build_layout(
        make_definition(("deel", (question,))), lead=(), deviations=[key], caveated=[key], corrected=[key]
    )

    labels = {column.name: column.meaning.label for column in layout.columns}
    assert labels["hoe__toelichting"] == f"Toelichting bij het gekozen antwoord: {question.text}"
    assert labels["hoe__kanttekening@GM0546"] == f"Kanttekening van de respondent: {question.text}"
    assert labels["hoe__correctie@GM0546"] == f"Wat onderzoekers na het indienen wijzigden: {question.text}"
    assert all(labels.values())


def test_explanations_stand_in_the_order_of_the_options():
    question = make_plain_question("hoe", "multiple", options=("wijk", "anders"))
    filled = fill(question, choose("anders", "wijk", anders="Thuis"))
    assert filled == {"hoe": "wijk anders", "hoe__toelichting": "Thuis"}


@pytest.mark.parametrize("spread", [False, True])
def test_an_option_that_the_question_has_no_more_is_left_out(spread):
    question = make_plain_question("hoe", "multiple", options=("school", "wijk"))
    stored = StoredUnit(answers={QUESTION: "7"}, explanations=[(QUESTION, 7, 0, "Weg")])
    assert set(fill_question(question, stored, spread=spread).values()) == {None}


def test_an_answer_to_a_question_without_a_place_is_left_out():
    stored = StoredUnit(
        answers={"2": "Ja"}, parts=[("2", "a", "b", "", 1)], caveats={"2": "Let op"}, provenances={"2": "own"}
    )
    assert set(fill_question(make_question("text"), stored).values()) == {None}


def test_spread_columns_say_per_option_whether_it_was_chosen():
    question = make_plain_question("hoe", "multiple", options=("school", "wijk"), missing=("dont_know",))
    assert fill(question, choose("wijk"), spread=True) == {"hoe.school": 0, "hoe.wijk": 1}
    assert fill(question, BLANK, spread=True) == {"hoe.school": None, "hoe.wijk": None}
    nothing = fill(question, AnswerValue(AnswerState.DONT_KNOW), spread=True)
    assert nothing == {"hoe.school": "#weet_niet", "hoe.wijk": "#weet_niet"}


def test_what_was_not_asked_is_marked_and_what_was_left_open_is_not():
    definition = make_definition(
        (
            "deel",
            (
                make_plain_question("hoe", "multiple", options=("school", "wijk")),
                make_plain_question("wie", "single", options=("ja", "nee"), after={"hoe": ("wijk",)}),
                make_plain_question("uitleg", after={"wie": ("ja",)}),
                make_plain_question("rest"),
            ),
        )
    )
    layout = build_layout(definition, lead=(), spread=True)

    def mark(*cells):
        row = list(cells)
        mark_routing(row, definition=definition, places=layout.places)
        return row

    assert mark(0, 0, None, None, None) == [0, 0, NOT_ASKED, NOT_ASKED, None]
    assert mark(0, 1, None, None, None) == [0, 1, None, NOT_ASKED, None]
    assert mark(0, 1, "ja", None, "tekst") == [0, 1, "ja", None, "tekst"]


def test_the_codebook_knows_every_kind_and_its_parts():
    questions = tuple(make_question(kind) for kind in KINDS)
    sheet = build_codebook(make_definition(("deel", questions)))
    rows = dict(zip(KINDS, sheet.rows, strict=True))
    parts = [column.name for column in sheet.columns].index("antwoorden")
    assert rows["ranking"][parts].splitlines() == [
        "sneller = Sneller", "beter = Beter", "goedkoper = Goedkoper", "hoogstens 3 op volgorde"
    ]  # fmt: skip
    assert rows["matrix"][parts].splitlines() == [
        "rij ambulant = Ambulant",
        "rij verblijf = Verblijf",
        "kolom clienten = Cliënten (jeugdigen)",
        "kolom kosten = Kosten (bedrag in euro's)",
        "kolom deel = Deel (percentage)",
        "kolom wie = Wie (één keuze): ja = Ja, nee = Nee",
    ]
    assert rows["typology"][parts].splitlines()[0] == "schaal = Schaal: ja = Ja, nee = Nee"
    assert rows["file"][parts] == "pdf, hoogstens 5 MB"
