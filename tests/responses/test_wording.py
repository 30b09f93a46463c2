from datetime import date
from decimal import Decimal

import pytest

from surveys.questionnaire.answer_values import (
    BLANK,
    AnswerState,
    AnswerValue,
    AttachedFile,
    ChosenOption,
    FilledCell,
)
from surveys.responses.progress import SectionProgress, find_gaps
from surveys.responses.wording import (
    describe_answer,
    describe_gap,
    describe_minutes,
    describe_progress,
    describe_size,
)
from tests.questionnaire.answers import make_question as make_any_question
from tests.responses.factories import DEFINITION, DONT_KNOW, choose, count, make_question, write


@pytest.mark.parametrize(
    ("question", "value", "text"),
    [
        ("knelpunten", None, "Niet ingevuld"),
        ("knelpunten", BLANK, "Niet ingevuld"),
        ("knelpunten", write("Regel een\nRegel twee"), "Regel een\nRegel twee"),
        ("beperkt", DONT_KNOW, "Weet ik niet"),
        ("beperkt", choose("ja"), "Ja"),
        ("hoe", choose("school", "anders", anders="De bibliotheek"), "School\nAnders: De bibliotheek"),
        ("sinds", count(2019), "2019"),
        ("fte", count("1234.5"), "1.234,5 fte"),
        ("kosten", count("1500000"), "€ 1.500.000"),
        ("kosten", count(0), "€ 0"),
    ],
)
def test_an_answer_to_read(question, value, text):
    assert describe_answer(DEFINITION.questions[question], value) == text


def test_a_percentage_and_a_bare_number():
    assert describe_answer(make_question("p", "percentage"), count("12.5")) == "12,5 %"
    assert describe_answer(make_question("n", "number"), count(12)) == "12"


@pytest.mark.parametrize(
    ("asked", "answered", "text"), [(7, 0, "Nog niet begonnen"), (7, 3, "Bezig, 3 van 7"), (7, 7, "Klaar")]
)
def test_progress(asked, answered, text):
    assert describe_progress(SectionProgress(DEFINITION.sections[0], asked, answered)) == text


def test_gaps():
    gaps = find_gaps(
        DEFINITION,
        values={"beperkt": choose("ja"), "hoe": choose("anders")},
        has_municipalities=False,
    )
    assert [describe_gap(gap) for gap in gaps] == [
        "Kies voor welke gemeenten u antwoordt.",
        "Licht uw keuze toe: Vraag hoe?",
        "Vraag poh?",
    ]


@pytest.mark.parametrize(
    ("minutes", "text"), [(45, "45 minuten"), (60, "1 uur"), (75, "1 uur en 15 minuten"), (120, "2 uur")]
)
def test_a_duration(minutes, text):
    assert describe_minutes(minutes) == text


@pytest.mark.parametrize(
    ("kind", "value", "lines"),
    [
        ("date", {"day": date(2026, 11, 2)}, ["2 november 2026"]),
        (
            "ranking",
            {"options": (ChosenOption("beter"), ChosenOption("sneller"))},
            ["1. Beter", "2. Sneller"],
        ),
        (
            "matrix",
            {
                "cells": (
                    FilledCell("ambulant", "clienten", number=Decimal(1234)),
                    FilledCell("ambulant", "kosten", number=Decimal("0.5")),
                    FilledCell("verblijf", "wie", option="nee"),
                )
            },
            ["Ambulant, Cliënten: 1.234 jeugdigen", "Ambulant, Kosten: € 0,5", "Verblijf, Wie: Nee"],
        ),
        ("typology", {"cells": (FilledCell("vorm", option="beter"),)}, ["Vorm: Beter"]),
        ("file", {"file": AttachedFile(7, "plan.pdf", 1_240_000, "ab")}, ["plan.pdf (1,2 MB)"]),
    ],
)
def test_an_answer_of_parts_is_read_line_by_line(kind, value, lines):
    described = describe_answer(make_any_question(kind), AnswerValue(AnswerState.GIVEN, **value))
    assert described.splitlines() == lines


def test_a_caveat_is_read_with_its_answer():
    question = make_any_question("number")
    value = AnswerValue(AnswerState.GIVEN, number=Decimal(3), caveat="Een schatting.")
    assert describe_answer(question, value) == "3\nKanttekening: Een schatting."
    blank = AnswerValue(AnswerState.BLANK, caveat="Nog niet bekend.")
    assert describe_answer(question, blank) == "Niet ingevuld\nKanttekening: Nog niet bekend."


@pytest.mark.parametrize(
    ("size", "words"), [(999, "999 bytes"), (12_400, "12 kB"), (999_999, "1.000 kB"), (25_000_000, "25 MB")]
)
def test_a_size_in_words(size, words):
    assert describe_size(size) == words
