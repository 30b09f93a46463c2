import re

import pytest

from surveys.accounts.models import Membership
from surveys.questionnaire.lifecycle import close_wave
from surveys.responses.lifecycle.clarifications import ask_clarification
from surveys.responses.lifecycle.submission import exclude_response
from surveys.responses.models import Response
from surveys.teamwork.models import SectionAssignment
from tests.responses.factories import (
    COMPLETE,
    MEMBER,
    NOW,
    OTHER_MEMBER,
    REGION,
    choose,
    make_person,
    make_response,
    make_wave,
    read,
    sign_in,
    write,
)

START = f"/invullen/proef/{MEMBER}/"
CHECK = f"{START}controleren/"
RECEIPT = f"{START}ontvangst/"
REGION_START = f"/invullen/proef/{REGION}/"
MUNICIPALITIES = f"{REGION_START}gemeenten/"
CONTRIBUTOR, READER = Membership.Role.CONTRIBUTOR, Membership.Role.READER


@pytest.fixture
def wave(db):
    return make_wave()


@pytest.fixture
def gerda(wave):
    return sign_in("Gerda", MEMBER)


@pytest.fixture
def rens(wave):
    return sign_in("Rens", REGION)


def test_every_gap_is_named_with_a_link_to_its_field(wave, gerda):
    make_response(wave, MEMBER, answers={"beperkt": choose("ja"), "hoe": choose("anders")})
    response = gerda.get(CHECK)
    links = re.findall(r'<a href="([^"]+#[^"]+)">([^<]+)</a>', response.content.decode())
    gaps = [
        (f"{START}toegang/#id_q-hoe", "Licht uw keuze toe: Vraag hoe?"),
        (f"{START}huisarts/#id_q-poh", "Vraag poh?"),
    ]
    recommended = [
        (f"{START}toegang/#id_q-uitleg", "Vraag uitleg?"),
        (f"{START}toegang/#id_q-knelpunten", "Vraag knelpunten?"),
        (f"{START}huisarts/#id_q-fte", "Vraag fte?"),
        (f"{START}huisarts/#id_q-kosten", "Vraag kosten?"),
    ]
    assert links == gaps + recommended
    assert "Er ontbreken nog 2 antwoorden" in read(gerda, CHECK)
    assert "Antwoorden indienen" not in read(gerda, CHECK)
    for url, _ in links:
        page, anchor = url.split("#")
        assert f'id="{anchor}"' in gerda.get(page).content.decode()


def test_a_survey_not_begun_lacks_every_required_answer_but_no_municipality(gerda):
    page = read(gerda, CHECK)
    assert "Er ontbreken nog 2 antwoorden" in page
    assert "Kies voor welke gemeenten" not in page
    assert gerda.post(CHECK).status_code == 422
    assert not Response.objects.exists()


def test_a_region_without_municipalities_cannot_submit(wave, rens):
    make_response(wave, REGION, answers=COMPLETE)
    assert (
        f'<a href="{MUNICIPALITIES}">Kies voor welke gemeenten u antwoordt.</a>'
        in rens.get(f"{REGION_START}controleren/").content.decode()
    )
    assert rens.post(f"{REGION_START}controleren/").status_code == 422
    assert Response.objects.get().status == "draft"


def test_recommended_questions_do_not_stand_in_the_way(wave, gerda):
    make_response(wave, MEMBER, answers=COMPLETE)
    page = read(gerda, CHECK)
    assert "Alle verplichte vragen zijn beantwoord." in page
    assert "2 vragen die niet verplicht zijn, staan nog open" in page
    assert gerda.post(CHECK).url == RECEIPT


def test_submitting_gives_a_receipt_to_keep(wave, gerda):
    make_response(wave, MEMBER, answers=COMPLETE | {"knelpunten": write("Regel een\nRegel twee")})
    response = gerda.post(CHECK, follow=True)
    assert response.redirect_chain == [(RECEIPT, 302)]
    submitted = Response.objects.get()
    page = read(gerda, RECEIPT)
    assert submitted.receipt_code in page
    assert re.search(r"Ingediend op \d+ \w+ \d{4} om \d\d:\d\d uur Ingediend door Gerda", page)
    assert "Vraag beperkt? Nee" in page
    assert "Vraag knelpunten? Regel een Regel twee" in page
    assert "Wijzig" not in page


def test_submitting_twice_leads_to_the_same_receipt(wave, gerda):
    make_response(wave, MEMBER, answers=COMPLETE)
    codes = set()
    for _ in range(2):
        assert gerda.post(CHECK).url == RECEIPT
        codes.add(Response.objects.get().receipt_code)
    assert len(codes) == 1


def test_a_receipt_of_a_region_names_the_municipalities(wave, rens):
    make_response(wave, REGION, answers=COMPLETE, covers=[MEMBER, OTHER_MEMBER])
    rens.post(f"{REGION_START}controleren/")
    assert "2 gemeenten: Hillegom, Leiden" in read(rens, f"{REGION_START}ontvangst/")


def test_there_is_no_receipt_before_submitting(wave, gerda):
    make_response(wave, MEMBER, answers=COMPLETE)
    assert gerda.get(RECEIPT).status_code == 404


@pytest.mark.parametrize("role", [CONTRIBUTOR, READER])
def test_only_the_coordinator_submits_and_others_see_who_that_is(wave, role):
    make_person("Gerda", organisation=MEMBER)
    make_response(wave, MEMBER, answers=COMPLETE)
    colleague = sign_in("Cor", MEMBER, role=role)
    page = read(colleague, CHECK)
    assert "Alleen de coördinator van uw organisatie kan indienen: Gerda." in page
    assert "Antwoorden indienen" not in page
    assert colleague.post(CHECK).status_code == 403
    assert Response.objects.get().status == "draft"


def test_submitting_after_the_wave_closed_is_refused_with_the_answers_kept(wave, gerda):
    make_response(wave, MEMBER, answers=COMPLETE)
    close_wave(wave)
    response = gerda.post(CHECK)
    assert response.status_code == 409
    assert "Proefmeting is gesloten" in response.content.decode()
    assert "Vraag beperkt? Nee" in read(gerda, CHECK)


def test_an_excluded_response_can_be_read(wave, gerda):
    exclude_response(make_response(wave, MEMBER, answers=COMPLETE), by=None, reason="Dubbel ingevuld")
    page = read(gerda, START)
    assert "De onderzoekers tellen deze reactie niet mee." in page
    assert "Dubbel ingevuld" not in page
    assert gerda.post(CHECK).status_code == 409


def test_open_sections_are_listed_first_with_who_has_them(wave, gerda):
    for name in ("Cor", "Bert"):
        person = make_person(name, organisation=MEMBER, role=CONTRIBUTOR)
        SectionAssignment.objects.create(
            wave=wave, membership=person.memberships.get(), section="huisarts", assigned_at=NOW
        )
    make_response(wave, MEMBER, answers={"beperkt": choose("nee"), "knelpunten": write("Geen")})
    page = read(gerda, CHECK)
    assert "Eén onderdeel is nog open Onderdeel huisarts (Nog niet begonnen, ligt bij Bert, Cor)" in page
    assert "Onderdeel huisarts Bert, Cor" in read(gerda, f"{START}samenwerken/")
    assert page.index("Eén onderdeel is nog open") < page.index("Er ontbreekt nog één antwoord")


def test_municipalities_that_did_not_look_yet_are_listed_before_submitting(wave, rens):
    make_response(wave, REGION, answers=COMPLETE, covers=[MEMBER, OTHER_MEMBER])
    page = read(rens, f"{REGION_START}controleren/")
    assert "2 gemeenten hebben nog niet alles bekeken" in page
    assert "Leiden (nog 2 antwoorden)" in page
    assert "Antwoorden indienen" in page


def test_a_question_back_shows_in_the_list_of_sections(wave, gerda):
    response = make_response(wave, MEMBER, answers=COMPLETE)
    ask_clarification(response, question="poh", text="Sinds wanneer?", by=None)
    assert "Onderdeel huisarts" in read(gerda, START)
    assert "Vraag terug" in read(gerda, START)
