from datetime import date
from decimal import Decimal

import pytest

from surveys.downloads.codebook import build_codebook
from surveys.downloads.wide_columns import list_answer_cells, list_answer_columns
from surveys.questionnaire.answer_values import BLANK, AnswerState, AnswerValue, ChosenOption, FilledCell
from surveys.questionnaire.definition import KINDS
from surveys.tabular.workbook import ColumnStyle
from tests.questionnaire.answers import PLAN, make_question
from tests.responses.factories import make_definition

TABLE_COLUMNS = [
    f"vraag.{row}.{column}"
    for row in ("ambulant", "verblijf")
    for column in ("clienten", "kosten", "deel", "wie")
]


def given(**parts) -> AnswerValue:
    return AnswerValue(AnswerState.GIVEN, **parts)


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
    question = make_question(kind)
    names = [column.name for column in list_answer_columns(question)]
    assert dict(zip(names, list_answer_cells(question, value), strict=True)) == cells


def test_only_columns_with_numbers_look_like_numbers():
    styles = {each.name: each.style for each in list_answer_columns(make_question("matrix"))}
    assert styles["vraag.ambulant.kosten"] is ColumnStyle.NUMBER
    assert styles["vraag.ambulant.wie"] is ColumnStyle.TEXT


@pytest.mark.parametrize("kind", KINDS)
def test_a_kind_of_nothing_stands_in_every_column_and_blank_in_none(kind):
    question = make_question(kind)
    width = len(list_answer_columns(question))
    assert list_answer_cells(question, AnswerValue(AnswerState.DONT_KNOW)) == ["#weet_niet"] * width
    assert list_answer_cells(question, BLANK) == [None] * width


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
