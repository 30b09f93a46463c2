"""What keeps a draft from being published, and where; unreachable questions against trying every answer."""

from dataclasses import replace
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from surveys.drafts import editing
from surveys.drafts.core_questions import find_touched_core
from surveys.drafts.problems import Problem, find_unreachable, list_problems
from surveys.questionnaire.definition import ConditionDefinition, Definition
from surveys.questionnaire.definition_file import read_definition
from surveys.questionnaire.routing import find_routed_questions
from tests.questionnaire.definition_strategies import definitions
from tests.questionnaire.definitions import read_composed_kinds, read_every_kind


def change(definition: Definition, code: str, **changes: object) -> Definition:
    return editing.replace_question(definition, code, replace(definition.questions[code], **changes))


def find(definition: Definition, former: Definition | None = None, *core: str) -> list[Problem]:
    return list_problems(definition, former=former, core=core)


@pytest.mark.parametrize("read", [read_every_kind, read_composed_kinds])
def test_what_can_be_published_has_no_problems(read):
    assert find(read()) == []


@pytest.mark.parametrize("year", ["2022", "2026"])
def test_the_shipped_questionnaires_block_nothing(year):
    definition = read_definition(f"surveys/questionnaire/definitions/maatregelen-{year}.toml")
    found = find(editing.clear_changes(definition))
    assert [problem for problem in found if problem.is_blocking] == []


def test_an_empty_draft_says_what_it_needs():
    assert find(Definition("proef", "Proef", 1, ())) == [Problem("Vragenlijst: er is geen onderdeel.")]


def test_a_problem_stands_at_its_question_in_the_words_of_the_screen():
    definition = change(read_every_kind(), "fte", decimals=9)
    assert find(definition) == [
        Problem("“Cijfers achter de komma” moet van 0 tot en met 3 zijn.", "cijfers", "fte")
    ]


def test_a_question_before_the_one_it_depends_on_is_a_problem():
    definition = editing.move_question(read_every_kind(), "manieren", section="werk", position=0)
    (problem,) = find(definition)
    assert (problem.section, problem.question) == ("werk", "manieren")
    assert "die vraag komt pas later" in problem.message


def test_questions_that_wait_for_each_other_are_named():
    definition = change(
        read_every_kind(), "doet_mee", conditions=(ConditionDefinition("manieren", ("samen",)),)
    )
    messages = [problem.message for problem in find(definition)]
    assert "De vragen 'doet_mee' en 'manieren' wachten op elkaar. Niemand krijgt ze ooit te zien." in messages


def test_conditions_that_contradict_each_other_are_a_problem():
    definition = change(
        read_every_kind(),
        "manieren",
        conditions=(ConditionDefinition("doet_mee", ("nee",)),),
    )
    assert find(definition) == [
        Problem(
            "Niemand krijgt deze vraag: de voorwaarden vragen om verschillende antwoorden op 'doet_mee'.",
            "cijfers",
            "fte",
        )
    ]


def can_be_asked(definition: Definition, code: str) -> bool:
    """By trying every combination of answers to the choice questions."""
    choices = [question for question in definition.questions.values() if question.is_choice]
    ways = [
        [(option.code,) for option in question.options]
        if question.kind == "single"
        else [tuple(option.code for option in question.options)]
        for question in choices
    ]
    return any(
        code
        in find_routed_questions(
            definition, chosen={each.code: chosen for each, chosen in zip(choices, way, strict=True)}
        )
        for way in product(*ways)
    )


@given(definitions(kinds=("single", "multiple", "single"), most_questions=2))
def test_unreachable_is_what_no_combination_of_answers_leads_to(definition):
    unreachable = {code for code, _ in find_unreachable(definition)}
    assert unreachable == {code for code in definition.questions if not can_be_asked(definition, code)}


def test_two_questions_with_the_same_words_are_pointed_out():
    definition = change(read_every_kind(), "kosten", text="Hoeveel FTE?")
    assert find(definition) == [
        Problem("Deze vraag heeft dezelfde tekst als 'fte'.", "cijfers", "kosten", is_blocking=False)
    ]


def test_blocking_problems_come_first():
    definition = change(change(read_every_kind(), "kosten", text="Hoeveel fte?"), "toelichting", text="")
    assert [problem.is_blocking for problem in find(definition)] == [True, False]


# --- Compared with the former version ------------------------------------------------------------


def test_other_words_ask_what_they_mean():
    definition = change(read_every_kind(), "fte", text="Hoeveel voltijdsbanen?")
    (problem,) = find(definition, read_every_kind())
    assert problem.question == "fte"
    assert "Zeg met “Verschil met de vorige versie”" in problem.message
    definition = change(definition, "fte", change="clarifying")
    assert find(definition, read_every_kind()) == []


def test_a_change_cannot_be_called_less_than_it_is():
    definition = change(read_every_kind(), "fte", unit="uren", change="cosmetic")
    (problem,) = find(definition, read_every_kind())
    assert "het is minstens “andere betekenis”" in problem.message


def test_without_a_former_version_nothing_can_be_said_about_it():
    (problem,) = find(change(read_every_kind(), "fte", change="meaning"))
    assert "er is geen eerdere versie" in problem.message


def test_a_core_question_that_differs_is_a_problem():
    definition = change(read_every_kind(), "fte", help="Tel iedereen.")
    assert find(definition, read_every_kind()) == []
    (problem,) = find(definition, read_every_kind(), "fte")
    assert (problem.message, problem.question) == (
        "Dit is een kernvraag. Die moet gelijk zijn aan de vorige versie.",
        "fte",
    )


def test_a_core_question_that_is_gone_is_a_problem():
    definition = editing.remove_question(read_every_kind(), "deel")
    assert find(definition, read_every_kind(), "deel") == [
        Problem("De kernvraag 'deel' ontbreekt. Die moet in elke versie staan.", None, "deel")
    ]


def test_a_core_question_may_stand_elsewhere():
    definition = editing.move_question(read_every_kind(), "deel", section="werk", position=0)
    assert find(definition, read_every_kind(), "deel") == []


def test_a_core_question_depends_on_the_question_before_it():
    definition = change(read_every_kind(), "doet_mee", kind="multiple")
    (problem,) = find(definition, read_every_kind(), "manieren")
    assert problem.question == "manieren"
    assert "niet meer te vergelijken" in problem.message


@given(st.data())
def test_every_change_of_a_core_question_is_noticed(data):
    former = data.draw(definitions())
    code = data.draw(st.sampled_from(list(former.questions)))
    other = data.draw(st.sampled_from(list(former.questions)))
    after = change(former, other, help=former.questions[other].help + "!")
    touched = find_touched_core(former, after, former=former, core=[code])
    assert touched == ([code] if code == other else [])
    assert find_touched_core(after, former, former=former, core=[code]) == []
