"""Rules on the pages: what stops submitting, what is asked once, and what is compared with the wave before."""

from datetime import date
from decimal import Decimal

import pytest
from bs4 import BeautifulSoup
from django.core.cache import cache

from surveys.questionnaire.answer_values import AnswerState, AnswerValue, FilledCell
from surveys.questionnaire.definition import ColumnDefinition, LineDefinition, RuleDefinition
from surveys.questionnaire.models import Wave
from surveys.responses.lifecycle.refusals import IncompleteResponse
from surveys.responses.lifecycle.saving import confirm_answer
from surveys.responses.lifecycle.submission import submit_response
from surveys.responses.models import Response
from tests.responses.factories import (
    MEMBER,
    answer,
    count,
    make_definition,
    make_question,
    make_response,
    make_wave,
    read,
    sign_in,
)

DEFINITION = make_definition(
    (
        "cijfers",
        (
            make_question("inwoners", "number"),
            make_question(
                "clienten",
                "number",
                rules=(RuleDefinition("compare", "block", other="inwoners", comparison="at_most"),),
            ),
            make_question(
                "zorg",
                "matrix",
                rows=tuple(
                    LineDefinition(each, each.capitalize()) for each in ("ambulant", "verblijf", "totaal")
                ),
                columns=(ColumnDefinition("kosten", "Kosten", "euro"),),
                rules=(
                    RuleDefinition("sum", "warn", total_row="totaal", tolerance=Decimal(1)),
                    RuleDefinition("range", "inform", minimum=Decimal(5), rows=("totaal",)),
                ),
            ),
        ),
    ),
)
SECTION = f"/invullen/proef/{MEMBER}/cijfers/"
CHECK = f"/invullen/proef/{MEMBER}/controleren/"
SUM = "In de kolom “Kosten” is de som € 7, maar bij “Totaal” staat € 9."


def spend(**rows: int) -> AnswerValue:
    cells = (FilledCell(row, "kosten", number=Decimal(number)) for row, number in rows.items())
    return AnswerValue(AnswerState.GIVEN, cells=tuple(cells))


@pytest.fixture
def wave(db):
    cache.clear()
    return make_wave(DEFINITION)


@pytest.fixture
def gerda(wave):
    return sign_in("Gerda", MEMBER)


def list_links(client, heading):
    """The links under a heading of the check page: text by address."""
    page = BeautifulSoup(client.get(CHECK).content, "html.parser")
    section = page.find("section", attrs={"aria-labelledby": heading})
    return {link["href"]: link.get_text() for link in section.find_all("a")} if section else {}


def test_a_blocking_rule_stops_submitting_until_it_is_kept(gerda, wave):
    response = make_response(wave, MEMBER, answers={"inwoners": count(10), "clienten": count(11)})
    message = "Vraag clienten? U vulde 11 in. Dat is meer dan 10 bij de vraag “Vraag inwoners?”."
    assert list_links(gerda, "kan-niet") == {f"{SECTION}#id_q-clienten": message}
    assert list_links(gerda, "ontbreekt") == {}
    assert gerda.post(CHECK).status_code == 422
    with pytest.raises(IncompleteResponse):
        submit_response(response, by=None)
    answer(response, {"clienten": count(10)})
    assert list_links(gerda, "kan-niet") == {}
    assert submit_response(response, by=None).status == Response.Status.SUBMITTED


def test_a_warning_is_listed_with_a_link_and_stops_nothing(gerda, wave):
    response = make_response(wave, MEMBER, answers={"zorg": spend(ambulant=3, verblijf=4, totaal=9)})
    assert list_links(gerda, "nakijken") == {f"{SECTION}#id_q-zorg": f"Vraag zorg? {SUM}"}
    assert SUM in read(gerda, SECTION)
    submit_response(response, by=None)


def test_a_confirmed_answer_is_asked_about_again_only_after_a_change(gerda, wave):
    response = make_response(wave, MEMBER, answers={"zorg": spend(ambulant=3, verblijf=4, totaal=9)})
    confirm_answer(response, question="zorg", revision=1, by=None)
    assert list_links(gerda, "nakijken") == {}
    answer(response, {"zorg": spend(ambulant=3, verblijf=4, totaal=99)})
    assert list(list_links(gerda, "nakijken")) == [f"{SECTION}#id_q-zorg"]


def test_the_warning_can_be_confirmed_on_the_page(gerda, wave):
    response = make_response(wave, MEMBER, answers={"zorg": spend(ambulant=3, verblijf=4, totaal=9)})
    page = BeautifulSoup(gerda.get(SECTION).content, "html.parser")
    button = page.find("button", attrs={"value": "confirm zorg 1"})
    assert button is not None
    gerda.post(SECTION, {button["name"]: button["value"]})
    assert response.answers.get(question__code="zorg").confirmed_revision == 1
    assert list_links(gerda, "nakijken") == {}


def test_a_sum_within_its_margin_or_with_an_empty_cell_is_not_questioned(gerda, wave):
    response = make_response(wave, MEMBER, answers={"zorg": spend(ambulant=3, verblijf=4, totaal=8)})
    assert list_links(gerda, "nakijken") == {}
    answer(response, {"zorg": spend(ambulant=3, totaal=90)})
    assert list_links(gerda, "nakijken") == {}


def test_what_only_informs_stands_at_the_question_and_nowhere_else(gerda, wave):
    make_response(wave, MEMBER, answers={"zorg": spend(totaal=1)})
    assert "Totaal, Kosten: U vulde € 1 in. Wij verwachten € 5 of meer." in read(gerda, SECTION)
    assert list_links(gerda, "nakijken") == {}


def test_a_number_far_from_that_of_the_wave_before_is_asked_about(gerda, wave):
    former = make_wave(DEFINITION, code="eerder", reference_date=date(2025, 1, 1))
    submit_response(
        make_response(former, MEMBER, answers={"inwoners": count(100), "zorg": spend(totaal=10)}), by=None
    )
    Wave.objects.filter(pk=wave.pk).update(previous=former)
    wave.refresh_from_db()
    make_response(wave, MEMBER, answers={"inwoners": count(1000), "zorg": spend(totaal=14)})
    assert list_links(gerda, "nakijken") == {
        f"{SECTION}#id_q-inwoners": "Vraag inwoners? U vulde 1.000 in. Vorige keer was dat 100."
    }
