"""Which answer holds for a municipality, from whom, and what is disputed."""

import pytest
from django.urls import reverse
from wagtail.log_actions import registry

from surveys.fieldwork.access import access_watched_municipality
from surveys.fieldwork.provenance import list_disputes, list_provenance, list_speaking_responses
from surveys.fieldwork.provenance_views import DisputesView
from surveys.questionnaire.answer_values import BLANK
from surveys.responses.lifecycle.corrections import correct_answer
from surveys.responses.lifecycle.positions import dispute_answer
from surveys.responses.lifecycle.starting import save_coverage
from surveys.responses.lifecycle.submission import reopen_response, submit_response
from surveys.responses.merging import AnswerChange
from tests.fieldwork.test_views import sign_in
from tests.responses.factories import (
    COMPLETE,
    MEMBER,
    NOW,
    OTHER_MEMBER,
    REGION,
    STRANGER,
    choose,
    count,
    make_person,
    make_response,
    make_wave,
    write,
)
from tests.responses.regions import REGIONAL, deviate, make_region_response, see

pytestmark = pytest.mark.django_db

URL = f"/beheer/respons/proef/gemeente/{MEMBER}/"


@pytest.fixture
def wave():
    return make_wave()


@pytest.fixture
def region(wave):
    return make_region_response(wave)


def dispute(region, question, *, municipality=MEMBER, reason="Dat klopt niet."):
    dispute_answer(
        region,
        municipality=municipality,
        question=question,
        seen=see(region, question, municipality=municipality)[question],
        reason=reason,
        by=None,
        at=NOW,
    )


def read_rows(code=MEMBER):
    municipality = access_watched_municipality(wave_code="proef", municipality_code=code)
    responses = list_speaking_responses(municipality)
    sections = list_provenance(municipality, responses=responses)
    return {
        row.question: (
            row.state.value,
            row.answer,
            row.source.organisation_id if row.source else "",
            row.deviation,
            row.dispute,
        )
        for section in sections
        for row in section.rows
    }


def test_every_question_says_what_holds_and_from_whom(wave, region):
    deviate(region, MEMBER, {"poh": choose("overig"), "verzekeraar": choose("ja")})
    dispute(region, "hoe", reason="Ook op school.")
    submit_response(region, by=None, at=NOW)
    submit_response(make_response(wave, MEMBER, answers={"knelpunten": write("Geld.")}), by=None, at=NOW)
    rows = read_rows()
    assert rows["Vraag beperkt?"] == ("inherited", "Ja", REGION, "", "")
    assert rows["Vraag hoe?"] == ("disputed", "Wijk", REGION, "", "Ook op school.")
    assert rows["Vraag uitleg?"] == ("disputed", "Via het wijkteam.", REGION, "", "")
    assert rows["Vraag knelpunten?"] == ("own", "Geld.", MEMBER, "", "")
    assert rows["Vraag poh?"] == ("overridden", "Overig", REGION, "Overig", "")
    assert rows["Vraag kosten?"] == ("none", "", "", "", "")
    assert read_rows(OTHER_MEMBER)["Vraag poh?"] == ("inherited", "Nee", REGION, "", "")
    assert set(read_rows(STRANGER).values()) == {("none", "", "", "", "")}


def test_before_submitting_nothing_holds_but_the_dispute_shows(region):
    dispute(region, "poh")
    assert read_rows()["Vraag poh?"] == ("none", "", "", "", "Dat klopt niet.")


def test_the_screen_shows_it_and_leaves_a_line_in_the_log(client, wave, region):
    dispute(region, "poh", reason="Wij hebben er drie.")
    submit_response(region, by=None, at=NOW)
    person = sign_in(client, "watch_responses")
    page = client.get(URL).content.decode()
    for text in ("Leiden", "Betwist, telt niet mee", "Wij hebben er drie.", "Jeugdregio Holland Rijnland"):
        assert text in page
    entry = registry.get_logs_for_instance(region).filter(action="fieldwork.read").get()
    assert entry.user == person
    assert URL in client.get(reverse("fieldwork:response", args=["proef", REGION])).content.decode()


def correct(response, question, value, *, by, municipality=""):
    change = AnswerChange(question, value, 1, municipality=municipality)
    correct_answer(response, change=change, reason="Gebeld.", by=by, at=NOW)


def test_a_corrected_answer_shows_what_stood_there_why_and_who_changed_it(client, wave, region):
    deviate(region, OTHER_MEMBER, {"beperkt": choose("ja")})
    submit_response(region, by=None, at=NOW)
    otto = make_person("Otto")
    correct(region, "poh", choose("overig"), by=otto)
    correct(region, "beperkt", choose("nee"), by=otto, municipality=OTHER_MEMBER)
    sign_in(client, "watch_responses")
    page = client.get(URL).text
    assert f"{region.organisation}: Gewijzigd door Otto, namens de onderzoekers" in page
    assert "Er stond: Nee. Reden: Gebeld." in page
    assert "voor Hillegom" not in page
    assert "Gewijzigd voor Hillegom door Otto" in client.get(URL.replace(MEMBER, OTHER_MEMBER)).text


def test_a_correction_that_leaves_no_answer_shows_too(client, wave):
    own = submit_response(
        make_response(wave, MEMBER, answers=COMPLETE | {"kosten": count(5)}), by=None, at=NOW
    )
    correct(own, "kosten", BLANK, by=make_person("Otto"))
    sign_in(client, "watch_responses")
    assert "Er stond: € 5. Reden: Gebeld." in client.get(URL).text


@pytest.mark.parametrize("path", ["gemeente/GM9999/", f"gemeente/{REGION}/", "gemeente/x/"])
def test_a_municipality_that_is_not_asked_does_not_exist(client, wave, path):
    sign_in(client, "watch_responses")
    assert client.get(f"/beheer/respons/proef/{path}").status_code == 404
    assert client.get(f"/beheer/respons/anders/gemeente/{MEMBER}/").status_code == 404
    assert client.get("/beheer/respons/anders/betwist/").status_code == 404


@pytest.mark.parametrize("path", [f"gemeente/{MEMBER}/", "betwist/"])
def test_without_the_permission_nobody_looks(client, wave, path):
    sign_in(client)
    assert client.get(f"/beheer/respons/proef/{path}").status_code == 302


def test_disputes_of_the_wave(client, wave, region):
    dispute(region, "poh", reason="Wij hebben er drie.")
    dispute(region, "beperkt", municipality=OTHER_MEMBER)
    assert {each.holds for each in list_disputes(wave)} == {"Geen antwoord"}
    submit_response(region, by=None, at=NOW)
    assert {each.holds for each in list_disputes(wave)} == {"Betwist, telt niet mee"}
    submit_response(make_response(wave, OTHER_MEMBER, answers=REGIONAL), by=None, at=NOW)
    sign_in(client, "watch_responses")
    page = client.get(reverse("fieldwork:disputes", args=["proef"])).content.decode()
    assert "Wij hebben er drie." in page
    assert "Eigen antwoord" in page
    assert URL in page
    assert "betwist/" in client.get(reverse("fieldwork:overview", args=["proef"])).content.decode()


def test_the_list_of_disputes_has_pages(client, wave, region, monkeypatch):
    monkeypatch.setattr(DisputesView, "rows_per_page", 2)
    for question in ("beperkt", "hoe", "poh"):
        dispute(region, question)
    sign_in(client, "watch_responses")
    first, second = (
        client.get(reverse("fieldwork:disputes", args=["proef"]), {"p": page}).content.decode()
        for page in (1, 2)
    )
    assert (first.count("beheer-row-header"), second.count("beheer-row-header")) == (2, 1)
    assert "?p=2" in first


def test_a_dispute_of_who_is_no_longer_spoken_for_is_none(wave, region):
    dispute(region, "poh")
    submit_response(region, by=None, at=NOW)
    reopen_response(region, by=None, reason="Op verzoek", at=NOW)
    save_coverage(region, municipality_codes=[OTHER_MEMBER], by=None, at=NOW)
    assert list_disputes(wave) == []


@pytest.mark.parametrize("number", [1, 3])
def test_the_list_of_disputes_takes_a_fixed_number_of_queries(
    client, wave, region, django_assert_num_queries, number
):
    for question in ("beperkt", "hoe", "poh")[:number]:
        dispute(region, question)
    with django_assert_num_queries(3):
        list_disputes(wave)
    sign_in(client, "watch_responses")
    client.get(reverse("fieldwork:disputes", args=["proef"]))
    with django_assert_num_queries(14):
        client.get(reverse("fieldwork:disputes", args=["proef"]))
