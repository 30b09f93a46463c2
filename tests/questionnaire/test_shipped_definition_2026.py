"""The survey of 2026 as it is shipped: what it keeps of 2022, how the rest changed, and every kind of question."""

from collections import defaultdict
from decimal import Decimal
from pathlib import Path

import pytest

import surveys.questionnaire
from surveys.questionnaire.answer_values import AnswerState, AnswerValue, FilledCell
from surveys.questionnaire.definition import KINDS, Definition
from surveys.questionnaire.definition_file import read_definition
from surveys.questionnaire.question_differences import ChangeKind
from surveys.questionnaire.rules import check_rules
from surveys.questionnaire.version_changes import compare_versions, find_change_problems
from tests.questionnaire.test_shipped_definition import CLOSED_QUESTIONS

DEFINITIONS = Path(surveys.questionnaire.__file__).parent / "definitions"


@pytest.fixture(scope="module")
def definitions() -> tuple[Definition, Definition]:
    return tuple(read_definition(DEFINITIONS / f"maatregelen-{year}.toml") for year in (2022, 2026))


def test_it_is_the_next_version_of_the_same_survey(definitions):
    former, definition = definitions
    assert (definition.survey, definition.number) == (former.survey, former.number + 1)
    assert find_change_problems(compare_versions(former, definition)) == []


def test_every_change_is_classed(definitions):
    found = defaultdict(set)
    for change in compare_versions(*definitions):
        found[change.kind].add(change.code)
    assert found.pop(ChangeKind.UNCHANGED) >= set(CLOSED_QUESTIONS)
    assert found == {
        ChangeKind.COSMETIC: {"reikwijdte_wat", "poh_sinds"},
        ChangeKind.CLARIFYING: {"standaardisatie_manieren", "poh_fte"},
        ChangeKind.MEANING: {"doorbraak_gevallen"},
        ChangeKind.NEW: {
            "reikwijdte_besluit",
            "reikwijdte_stuk",
            "toegang_inrichting",
            "toegang_sinds",
            "toegang_wachttijd",
            "uitgaven_tabel",
            "knelpunten_volgorde",
        },
        ChangeKind.REMOVED: {"afronding_minuten"},
    }


def test_every_kind_of_question_is_used_and_only_the_printed_ones_are_required(definitions):
    questions = definitions[1].questions.values()
    assert {question.kind for question in questions} == set(KINDS)
    assert {each.code for each in questions if each.requirement == "required"} == set(CLOSED_QUESTIONS)


def test_the_costs_must_nearly_add_up_and_nobody_is_stopped_by_it(definitions):
    definition = definitions[1]
    assert {rule.severity for question in definition.questions.values() for rule in question.rules} == {
        "warn"
    }

    def judge(total):
        parts = {"zonder_2025": 600_000, "met_2025": 400_000, "totaal_2025": total}
        cells = tuple(FilledCell(row, "kosten", number=Decimal(number)) for row, number in parts.items())
        return check_rules(definition, values={"uitgaven_tabel": AnswerValue(AnswerState.GIVEN, cells=cells)})

    assert judge(1_009_000) == []
    (finding,) = judge(1_200_000)
    assert "€ 1.000.000" in finding.message
