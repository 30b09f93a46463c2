from dataclasses import replace

import pytest

from surveys.accounts.models import Organisation
from surveys.questionnaire.queries import load_codes
from surveys.responses.lifecycle.naming import decide_naming
from surveys.responses.lifecycle.submission import submit_response, withdraw_response
from surveys.results.counting import count_answers
from surveys.results.figures import build_figures
from surveys.results.respondent_caveats import list_respondent_caveats
from tests.responses.factories import (
    COMPLETE,
    MEMBER,
    OTHER_MEMBER,
    REGION,
    choose,
    make_person,
    make_response,
    make_wave,
)

pytestmark = pytest.mark.django_db

WITH_CAVEAT = COMPLETE | {"poh": replace(choose("nee"), caveat="Vanaf juli wel.")}


@pytest.fixture
def wave():
    return make_wave()


@pytest.fixture
def submitted(wave):
    return submit_response(make_response(wave, MEMBER, answers=WITH_CAVEAT), by=None)


def list_caveats(wave):
    return list_respondent_caveats(wave, questions=[load_codes(wave.version).questions["poh"]])


def test_a_caveat_travels_into_table_file_and_figure_without_a_name(wave, submitted):
    sentence = "Kanttekening van een gemeente: Vanaf juli wel."
    for unit in ("response", "municipality", "inhabitants"):
        table = count_answers(wave, unit=unit)
        assert sentence in table.remarks["poh"]
        notes = {row.note for row in table.rows if row.question == "poh" and row.is_choice}
        assert all(sentence in note for note in notes)
        figure = next(each for each in build_figures(table) if each.question == "poh")
        assert sentence in figure.caveats
        assert "Leiden" not in str(table.remarks)


def test_the_name_is_there_only_while_the_municipality_agrees(wave, submitted):
    member, gerda = Organisation.objects.get(pk=MEMBER), make_person("Gerda", organisation=MEMBER)
    decide_naming(wave, organisation=member, named=[MEMBER], asked=[MEMBER], by=gerda)
    assert list_caveats(wave) == {"poh": (f"Kanttekening van gemeente {member.name}: Vanaf juli wel.",)}
    decide_naming(wave, organisation=member, named=[], asked=[MEMBER], by=gerda)
    assert list_caveats(wave) == {"poh": ("Kanttekening van een gemeente: Vanaf juli wel.",)}


def test_a_region_is_named_only_when_all_its_municipalities_agree(wave):
    rens = make_person("Rens", organisation=REGION)
    region = Organisation.objects.get(pk=REGION)
    submit_response(make_response(wave, REGION, answers=WITH_CAVEAT, covers=[MEMBER, OTHER_MEMBER]), by=rens)
    both = [MEMBER, OTHER_MEMBER]
    decide_naming(wave, organisation=region, named=[MEMBER], asked=both, by=rens)
    assert "een jeugdregio" in list_caveats(wave)["poh"][0]
    decide_naming(wave, organisation=region, named=both, asked=both, by=rens)
    assert f"jeugdregio {region.name}" in list_caveats(wave)["poh"][0]


def test_a_caveat_counts_as_long_as_its_answer_does(wave, submitted):
    withdraw_response(submitted, by=None, reason="Vergissing")
    assert list_caveats(wave) == {}
    draft = make_response(wave, OTHER_MEMBER, answers=WITH_CAVEAT)
    assert draft.status == "draft"
    assert list_caveats(wave) == {}
