"""Which share says yes: only of questions about now that were put to everybody, and only what may be shown."""

from dataclasses import replace

import pytest

from surveys.results.uptake import list_uptake
from tests.results.tables import make_question, make_table, withhold

QUESTION = make_question("Ja", "Nee", "Anders", code="ondersteuner")


def count(counts, question=QUESTION):
    return make_table(question, {"": counts})


def test_a_share_has_its_answer_its_question_and_its_base():
    [uptake] = list_uptake(count({"ja": 33, "nee": 2, "anders": 14, "dont_know": 2}))
    assert (uptake.question, uptake.question_text) == ("ondersteuner", "Is er een POH?")
    assert (uptake.share, uptake.label) == ("67\N{NO-BREAK SPACE}%", "antwoordt „Ja”")
    assert uptake.base == "33 van de 49 reacties"


def test_that_nobody_says_yes_is_a_share_too():
    assert [each.share for each in list_uptake(count({"nee": 9}))] == ["0\N{NO-BREAK SPACE}%"]


def test_a_question_that_nobody_answered_has_no_share():
    assert list_uptake(count({"dont_know": 9})) == []


def test_what_is_withheld_is_left_out():
    assert list_uptake(withhold(count({"ja": 5, "nee": 7}))) == []


def test_a_follow_up_question_is_no_share_of_everybody():
    table = count({"ja": 5, "nee": 7})
    assert list_uptake(replace(table, routing={"ondersteuner": "Alleen gesteld na „Ja”."})) == []


@pytest.mark.parametrize("code", ["regio_gepland", "gepland"])
def test_a_plan_is_not_done_yet(code):
    assert list_uptake(count({"ja": 5, "nee": 7}, make_question("Ja", "Nee", code=code))) == []


def test_groups_and_questions_without_a_yes_have_no_share():
    by_province = make_table(QUESTION, {"Utrecht": {"ja": 5, "nee": 1}, "Zeeland": {"ja": 3, "nee": 3}})
    assert [each.base for each in list_uptake(by_province)] == ["8 van de 12 reacties"]
    assert list_uptake(count({"geld": 5}, make_question("Geld", "Ruimte"))) == []
