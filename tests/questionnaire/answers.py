"""Questions of every kind to answer, and any answer to any of them."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import strategies as st

from surveys.questionnaire.answer_parsing import RawAnswer, parse_answer
from surveys.questionnaire.answer_values import (
    AnswerState,
    AnswerValue,
    AttachedFile,
    ChosenOption,
    FilledCell,
)
from surveys.questionnaire.definition import (
    KINDS,
    LARGEST_NUMBER,
    MISSING_STATES,
    ColumnDefinition,
    DimensionDefinition,
    LineDefinition,
    OptionDefinition,
    QuestionDefinition,
)
from surveys.questionnaire.typed_text import InvalidAnswer

OPTIONS = (
    OptionDefinition("ja", "Ja"),
    OptionDefinition("nee", "Nee"),
    OptionDefinition("anders", "Anders, namelijk", asks_text=True),
)
GOALS = tuple(OptionDefinition(code, code.capitalize()) for code in ("sneller", "beter", "goedkoper"))
ROWS = (LineDefinition("ambulant", "Ambulant"), LineDefinition("verblijf", "Verblijf"))
COLUMNS = (
    ColumnDefinition("clienten", "Cliënten", "number", unit="jeugdigen"),
    ColumnDefinition("kosten", "Kosten", "euro", decimals=2),
    ColumnDefinition("deel", "Deel", "percentage"),
    ColumnDefinition("wie", "Wie", "single", options=OPTIONS[:2]),
)
DIMENSIONS = (
    DimensionDefinition("schaal", "Schaal", OPTIONS[:2]),
    DimensionDefinition("vorm", "Vorm", GOALS),
)
PARTS = {
    "single": {"options": OPTIONS},
    "multiple": {"options": OPTIONS},
    "ranking": {"options": GOALS},
    "matrix": {"rows": ROWS, "columns": COLUMNS},
    "typology": {"dimensions": DIMENSIONS},
    "file": {"accepts": ("pdf",), "maximum_megabytes": 5},
}
PLAN = AttachedFile(7, "plan.pdf", 1234, "ab" * 32)


def make_question(kind: str, **attributes) -> QuestionDefinition:
    return QuestionDefinition("vraag", kind, "Vraag", "required", **PARTS.get(kind, {}) | attributes)


def find_messages(question: QuestionDefinition, raw: RawAnswer) -> list[str]:
    with pytest.raises(InvalidAnswer) as raised:
        parse_answer(question, raw)
    return raised.value.messages


def numbers(*, decimals: int = 0, lowest: int = 0, highest: int = int(LARGEST_NUMBER)):
    return st.integers(lowest * 10**decimals, highest * 10**decimals).map(
        lambda scaled: Decimal(scaled).scaleb(-decimals)
    )


LINES = st.lists(st.text(st.characters(exclude_categories=["C", "Z"]), min_size=1), min_size=1)
CELLS = {
    "clienten": numbers().map(lambda number: {"number": number}),
    "kosten": numbers(decimals=2).map(lambda number: {"number": number}),
    "deel": numbers(highest=100).map(lambda number: {"number": number}),
    "wie": st.sampled_from(["ja", "nee"]).map(lambda code: {"option": code}),
}


@st.composite
def given_values(draw, kind: str):
    """A question of this kind and any answer to it."""
    question = make_question(kind)
    match kind:
        case "text":
            value = {"text": "\n".join(draw(LINES))}
        case "single" | "multiple":
            size = 1 if kind == "single" else len(OPTIONS)
            codes = draw(st.sets(st.sampled_from([each.code for each in OPTIONS]), min_size=1, max_size=size))
            written = draw(st.sampled_from(["", "weegtafel", "=1+1", "twee woorden"]))
            value = {
                "options": tuple(
                    ChosenOption(each.code, written if each.asks_text else "")
                    for each in OPTIONS
                    if each.code in codes
                )
            }
        case "ranking":
            codes = draw(st.lists(st.sampled_from([each.code for each in GOALS]), min_size=1, unique=True))
            value = {"options": tuple(map(ChosenOption, codes))}
        case "matrix":
            parts = [(row.code, column.code) for row in ROWS for column in COLUMNS]
            filled = draw(st.sets(st.sampled_from(parts), min_size=1))
            value = {
                "cells": tuple(FilledCell(*part, **draw(CELLS[part[1]])) for part in parts if part in filled)
            }
        case "typology":
            filled = draw(st.sets(st.sampled_from(DIMENSIONS), min_size=1))
            value = {
                "cells": tuple(
                    FilledCell(each.code, option=draw(st.sampled_from(each.options)).code)
                    for each in DIMENSIONS
                    if each in filled
                )
            }
        case "date":
            value = {"day": draw(st.dates(min_value=date(1000, 1, 1)))}
        case "file":
            value = {"file": PLAN}
        case "year":
            value = {"number": Decimal(draw(st.integers(1000, 9999)))}
        case _:
            decimals = draw(st.integers(0, 3))
            lowest, highest = (
                (0, 100) if kind == "percentage" else (-int(LARGEST_NUMBER), int(LARGEST_NUMBER))
            )
            unit = "fte" if kind == "number" else ""
            question = make_question(kind, decimals=decimals, minimum=Decimal(lowest), unit=unit)
            value = {"number": draw(numbers(decimals=decimals, lowest=lowest, highest=highest))}
    return question, AnswerValue(AnswerState.GIVEN, **value)


@st.composite
def answered_questions(draw):
    """A question of any kind with any answer to it: given, missing or blank, with or without a caveat."""
    kind = draw(st.sampled_from(KINDS))
    caveat = draw(st.sampled_from(["", "Een schatting.", "Twee regels:\n<b>é</b>"]))
    state = draw(st.sampled_from(["given", "blank", *MISSING_STATES]))
    if state == "given":
        question, value = draw(given_values(kind))
        return question, AnswerValue(
            value.state, value.options, value.text, value.number, value.day, value.cells, value.file, caveat
        )
    missing = () if state == "blank" else (state,)
    return make_question(kind, missing=missing), AnswerValue(AnswerState(state), caveat=caveat)
