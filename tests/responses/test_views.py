import re
from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from surveys.accounts.models import Membership, Organisation, Person
from surveys.questionnaire.lifecycle import close_wave, plan_wave
from surveys.responses.lifecycle.submission import submit_response
from surveys.responses.models import Response
from tests.responses.factories import (
    COMPLETE,
    MEMBER,
    NOW,
    OTHER_MEMBER,
    REGION,
    STRANGER,
    answer,
    choose,
    make_person,
    make_response,
    make_wave,
    read,
    sign_in,
    write,
)

OVERVIEW = "/invullen/"
START = f"/invullen/proef/{MEMBER}/"
CHECK = f"{START}controleren/"
RECEIPT = f"{START}ontvangst/"
REGION_START = f"/invullen/proef/{REGION}/"
MUNICIPALITIES = f"{REGION_START}gemeenten/"
CONTRIBUTOR, READER = Membership.Role.CONTRIBUTOR, Membership.Role.READER
PAGES = [START, f"{START}toegang/", CHECK, RECEIPT]


@pytest.fixture
def wave(db):
    return make_wave()


@pytest.fixture
def gerda(wave):
    return sign_in("Gerda", MEMBER)


@pytest.fixture
def rens(wave):
    return sign_in("Rens", REGION)


def show_coverage():
    return set(Response.objects.get().coverage.values_list("municipality", flat=True))


# --- Who gets in ---


@pytest.mark.parametrize("url", [OVERVIEW, *PAGES, MUNICIPALITIES])
def test_who_is_not_signed_in_signs_in_first(wave, url):
    assert Client().get(url).url == f"{reverse('account_login')}?next={url}"


@pytest.mark.parametrize("url", PAGES)
def test_another_organisation_does_not_exist(wave, url):
    submit_response(make_response(wave, MEMBER, answers=COMPLETE), by=None)
    assert sign_in("Gerda", MEMBER).get(url).status_code == 200
    assert sign_in("Vera", STRANGER).get(url).status_code == 404
    assert sign_in("Rens", REGION).get(url).status_code == 404
    administrator = Client()
    administrator.force_login(Person.objects.create_superuser("beheer@voorbeeld.example"))
    assert administrator.get(url).status_code == 404


@pytest.mark.parametrize(
    "url",
    [
        f"/invullen/anders/{MEMBER}/",
        "/invullen/proef/GM9999/",
        "/invullen/proef/onzin/",
        f"/invullen/proef/{MEMBER}/gemeenten/",
    ],
)
def test_what_does_not_exist(gerda, url):
    assert gerda.get(url).status_code == 404
    assert gerda.post(url).status_code in (404, 405)


def test_a_planned_wave_does_not_exist_for_respondents(wave, gerda):
    plan_wave(
        code="later",
        title="Latere meting",
        version=wave.version,
        reference_date=date(2026, 1, 1),
        opens_on=date(2026, 1, 1),
        closes_on=date(2099, 1, 1),
    )
    assert gerda.get(f"/invullen/later/{MEMBER}/").status_code == 404
    assert "Latere meting" not in read(gerda, OVERVIEW)


def test_a_wave_that_closed_before_the_organisation_began_does_not_exist(wave, gerda):
    close_wave(wave)
    for url in PAGES:
        assert gerda.get(url).status_code == 404
    assert "Er is nu geen vragenlijst open" in read(gerda, OVERVIEW)


def test_a_municipality_that_was_gone_on_the_reference_date_is_not_asked(wave):
    hellevoetsluis = sign_in("Hella", "GM0530")
    assert hellevoetsluis.get("/invullen/proef/GM0530/").status_code == 404
    assert "Proefmeting" not in read(hellevoetsluis, OVERVIEW)


# --- Overview ---


def test_somebody_without_an_organisation_reads_what_to_do(wave):
    page = read(sign_in("Nieuw"), OVERVIEW)
    assert "Uw account hoort nog niet bij een gemeente of jeugdregio." in page


def test_the_overview_shows_each_survey_with_how_far_it_is(wave, gerda):
    page = read(gerda, OVERVIEW)
    assert "Proefmeting Invullen kan tot en met 31 december 2099. Nog niet begonnen" in page
    make_response(
        wave, MEMBER, answers={"beperkt": choose("nee"), "knelpunten": write("Geen")}, by=make_person("Cor")
    )
    page = read(gerda, OVERVIEW)
    assert "1 van 2 onderdelen klaar. Opgeslagen op 2 maart 2026 om 10:42 door Cor. Bezig" in page


def test_the_overview_shows_the_receipt_of_what_was_submitted(wave, gerda):
    response = submit_response(make_response(wave, MEMBER, answers=COMPLETE), by=make_person("Cor"), at=NOW)
    page = read(gerda, OVERVIEW)
    assert f"Ingediend op 2 maart 2026 om 10:42 door Cor. Ontvangstnummer {response.receipt_code}." in page
    close_wave(wave)
    assert "Eerdere metingen" in read(gerda, OVERVIEW)


def test_the_overview_says_that_a_draft_came_too_late(wave, gerda):
    make_response(wave, MEMBER, answers=COMPLETE)
    close_wave(wave)
    assert "Uw antwoorden zijn niet ingediend. Gesloten" in read(gerda, OVERVIEW)


@pytest.mark.parametrize("number", [1, 3])
def test_the_overview_takes_the_same_queries_for_one_and_for_many(wave, number, django_assert_num_queries):
    person = make_person("Gerda")
    for code in [MEMBER, OTHER_MEMBER, STRANGER][:number]:
        Membership.objects.create(person=person, organisation_id=code, role=READER)
        make_response(wave, code, answers=COMPLETE)
    client = Client()
    client.force_login(person)
    client.get(OVERVIEW)
    with django_assert_num_queries(11):
        client.get(OVERVIEW)


# --- Start page ---


def test_the_start_page_tells_everything_needed_before_starting(wave, gerda):
    make_person("Cor", organisation=MEMBER, role=CONTRIBUTOR)
    page = read(gerda, START)
    for text in (
        "Proefvragenlijst",
        "U antwoordt voor Gemeente Leiden",
        "Invullen kan tot en met 31 december 2099",
        "Ongeveer 10 minuten",
        "Wie werkt mee Cor (invuller)",
        "0 van 2 onderdelen klaar",
        "Onderdeel toegang Nog niet begonnen",
    ):
        assert text in page
    assert not Response.objects.exists()


def test_the_start_page_shows_the_status_of_each_section(wave, gerda):
    make_response(
        wave, MEMBER, answers={"beperkt": choose("nee"), "knelpunten": write("Geen"), "poh": choose("ja")}
    )
    page = read(gerda, START)
    assert re.search(r"Onderdeel toegang Opgeslagen op 2 maart 2026 om 10:42 Klaar", page)
    assert re.search(r"Onderdeel huisarts Opgeslagen op 2 maart 2026 om 10:42 Bezig, 1 van 4", page)


def test_a_region_first_says_for_whom_it_answers(wave, rens):
    page = read(rens, REGION_START)
    assert "Voor welke gemeenten antwoordt u? Nog niet gekozen" in page
    make_response(wave, REGION, covers=[MEMBER, OTHER_MEMBER])
    assert "Voor welke gemeenten antwoordt u? 2 gemeenten" in read(rens, REGION_START)


# --- Municipalities of a region ---


def test_a_region_is_offered_its_members_on_the_reference_date(rens):
    page = rens.get(MUNICIPALITIES).content.decode()
    offered = re.findall(r'name="gemeente" value="(\w+)"', page)
    assert len(offered) == 13
    assert {MEMBER, OTHER_MEMBER} <= set(offered)
    assert STRANGER not in offered
    assert not Response.objects.exists()


def test_ticking_is_saved_and_goes_on(rens):
    body = {"gemeente": [MEMBER, OTHER_MEMBER], "seen": "", "action": "next"}
    assert rens.post(MUNICIPALITIES, body).url == f"{REGION_START}toegang/"
    assert show_coverage() == {MEMBER, OTHER_MEMBER}
    page = rens.get(MUNICIPALITIES).content.decode()
    assert re.search(rf'value="{MEMBER}"[^>]*\bchecked', page)
    body = {"gemeente": [MEMBER], "seen": f"{MEMBER} {OTHER_MEMBER}"}
    assert rens.post(MUNICIPALITIES, body).url == MUNICIPALITIES
    assert show_coverage() == {MEMBER}


def test_all_municipalities_at_once_without_javascript(rens):
    response = rens.post(MUNICIPALITIES, {"seen": "", "action": "all"}, follow=True)
    assert response.content.decode().count(" checked") == 13
    assert len(show_coverage()) == 13


def test_a_tick_of_a_colleague_meanwhile_stays(wave, rens):
    make_response(wave, REGION, covers=[OTHER_MEMBER])
    rens.post(MUNICIPALITIES, {"gemeente": [MEMBER], "seen": ""})
    assert show_coverage() == {MEMBER, OTHER_MEMBER}


@pytest.mark.parametrize("code", [STRANGER, "GM9999", "<b>", ""])
def test_a_municipality_elsewhere_is_refused(rens, code):
    response = rens.post(MUNICIPALITIES, {"gemeente": [MEMBER, code], "seen": "x"})
    assert response.status_code == 409
    assert "op de peildatum bij uw regio horen" in response.content.decode()
    assert not Response.objects.get().coverage.exists()


def test_a_reader_sees_the_municipalities_and_cannot_tick(wave):
    make_response(wave, REGION, covers=[MEMBER])
    reader = sign_in("Lea", REGION, role=READER)
    assert "Leiden" in read(reader, MUNICIPALITIES)
    assert "Alphen aan den Rijn" not in read(reader, MUNICIPALITIES)
    assert reader.post(MUNICIPALITIES, {"gemeente": [OTHER_MEMBER]}).status_code == 403
    assert show_coverage() == {MEMBER}


def test_ticks_made_too_late_or_while_signed_out_stay_on_the_page(wave, rens):
    body = {"gemeente": [MEMBER], "seen": ""}
    signed_out = Client().post(MUNICIPALITIES, body)
    assert signed_out.status_code == 403
    assert f'name="gemeente" value="{MEMBER}"' in signed_out.content.decode()
    renewed = Client(enforce_csrf_checks=True)
    renewed.force_login(make_person("Ria", organisation=REGION))
    response = renewed.post(MUNICIPALITIES, body)
    assert response.status_code == 403
    assert re.search(rf'value="{MEMBER}"[^>]*\bchecked', response.content.decode())
    close_wave(wave)
    response = rens.post(MUNICIPALITIES, body)
    assert response.status_code == 409
    assert re.search(rf'value="{MEMBER}"[^>]*\bchecked', response.content.decode())
    assert not Response.objects.exists()


def test_a_person_with_two_organisations_answers_for_each_separately(wave):
    person = make_person("Dora", organisation=MEMBER)
    Membership.objects.create(
        person=person, organisation=Organisation.objects.get(pk=STRANGER), role="reader"
    )
    client = Client()
    client.force_login(person)
    answer(make_response(wave, STRANGER), {"knelpunten": write("Van Zaanstad")})
    assert "Van Zaanstad" in read(client, f"/invullen/proef/{STRANGER}/toegang/")
    assert "Van Zaanstad" not in client.get(f"{START}toegang/").content.decode()
    assert client.post(f"/invullen/proef/{STRANGER}/toegang/", {"r-knelpunten": "1"}).status_code == 403
