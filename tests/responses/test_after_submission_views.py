from dataclasses import replace

import pytest
from django.test import Client

from surveys.accounts.models import Membership
from surveys.questionnaire.lifecycle import close_wave
from surveys.responses.follow_up import find_open_request, list_submissions
from surveys.responses.lifecycle.clarifications import ask_clarification, close_clarification
from surveys.responses.lifecycle.reopening import grant_reopening, refuse_reopening, request_reopening
from surveys.responses.lifecycle.submission import reopen_response, submit_response
from surveys.responses.models import Clarification, Response, ResponseMunicipality
from tests.responses.factories import (
    COMPLETE,
    MEMBER,
    OTHER_MEMBER,
    REGION,
    STRANGER,
    answer,
    make_person,
    make_response,
    make_wave,
    read,
    sign_in,
    write,
)

pytestmark = pytest.mark.django_db

START = f"/invullen/proef/{MEMBER}/"
RECEIPT, REOPENING, WITHDRAWAL, NAMING, CLARIFICATIONS = (
    f"{START}{path}/" for path in ("ontvangst", "heropenen", "intrekken", "openbaarheid", "vragen-terug")
)
READER, CONTRIBUTOR = Membership.Role.READER, Membership.Role.CONTRIBUTOR


@pytest.fixture
def wave():
    return make_wave()


@pytest.fixture
def gerda(wave):
    return sign_in("Gerda", MEMBER)


@pytest.fixture
def submitted(wave):
    response = make_response(wave, MEMBER, answers=COMPLETE | {"knelpunten": write("Wachttijd")})
    return submit_response(response, by=None)


# --- The receipt ---


def test_the_receipt_shows_what_was_submitted_then(submitted, gerda):
    reopen_response(submitted, by=None, reason="Vergissing")
    answer(submitted, {"knelpunten": write("Geld")})
    page = read(gerda, RECEIPT)
    assert "Wachttijd" in page
    assert "Geld" not in page
    assert "De vragenlijst is daarna heropend." in page


def test_every_submission_can_be_downloaded_as_pdf(submitted, gerda):
    reopen_response(submitted, by=None, reason="Vergissing")
    submit_response(submitted, by=None)
    for submission in list_submissions(submitted):
        url = f"{RECEIPT}{submission.receipt_code}.pdf"
        assert url in gerda.get(RECEIPT).content.decode()
        pdf = gerda.get(url)
        assert pdf.content.startswith(b"%PDF")
        assert (
            pdf["Content-Disposition"]
            == f'attachment; filename="ontvangstbewijs-{submission.receipt_code}.pdf"'
        )
    stranger = sign_in("Zora", STRANGER)
    assert stranger.get(url).status_code == 404
    assert gerda.get(f"{RECEIPT}MM-2026-0000-0000.pdf").status_code == 404


def test_a_caveat_stands_with_its_answer(wave, gerda):
    spoken = replace(write("Wachttijd"), caveat="Alleen in mei")
    submit_response(make_response(wave, MEMBER, answers=COMPLETE | {"knelpunten": spoken}), by=None)
    assert "Wachttijd Kanttekening: Alleen in mei" in read(gerda, RECEIPT)


# --- Reopening and withdrawing ---


def test_asking_to_reopen_needs_a_reason_and_reaches_the_researchers(submitted, gerda):
    page = gerda.post(REOPENING, {"reason": "  "})
    assert page.status_code == 422
    assert "Vul een reden in." in page.content.decode()
    assert gerda.post(REOPENING, {"reason": "Verkeerde bedragen"}).url == START
    request = find_open_request(submitted)
    assert (request.reason, request.requested_by.first_name) == ("Verkeerde bedragen", "Gerda")
    assert "Uw organisatie vroeg om te heropenen." in read(gerda, RECEIPT)
    again = gerda.post(REOPENING, {"reason": "Nog eens"})
    assert again.status_code == 409
    assert "Nog eens" in again.content.decode()


def test_why_it_is_open_again_stands_on_the_first_page_until_it_is_submitted_again(submitted, gerda):
    assert "Reden:" not in read(gerda, START)
    reopen_response(submitted, by=None, reason="De bedragen missen een nul.")
    page = read(gerda, START)
    assert "De onderzoekers vragen u om uw antwoorden aan te vullen of te verbeteren." in page
    assert "Reden: De bedragen missen een nul." in page
    submit_response(submitted, by=None)
    assert "De bedragen missen een nul." not in read(gerda, START)


def test_a_granted_request_stands_on_the_first_page_until_it_is_submitted_again(submitted, gerda):
    request = request_reopening(submitted, by=None, reason="Verkeerde bedragen")
    grant_reopening(request, by=None, explanation="Graag voor vrijdag")
    page = read(gerda, START)
    assert "De vragenlijst is weer open, zoals u vroeg. Uw verzoek: Verkeerde bedragen" in page
    assert "Toelichting van de onderzoekers: Graag voor vrijdag" in page
    submit_response(submitted, by=None)
    assert "Graag voor vrijdag" not in read(gerda, START)
    reopen_response(submitted, by=None, reason="Nog iets anders.")
    page = read(gerda, START)
    assert "Nog iets anders." in page
    assert "Verkeerde bedragen" not in page


def test_a_refused_request_stands_on_the_first_page_until_it_is_submitted_again(submitted, gerda):
    request = request_reopening(submitted, by=None, reason="Verkeerde bedragen")
    refuse_reopening(request, by=None, explanation="De cijfers zijn al verwerkt")
    page = read(gerda, START)
    assert "U vroeg om te heropenen. De onderzoekers doen dat niet." in page
    assert "Toelichting van de onderzoekers: De cijfers zijn al verwerkt" in page
    reopen_response(submitted, by=None, reason="Toch wel.")
    assert "De cijfers zijn al verwerkt" not in read(gerda, START)
    submit_response(submitted, by=None)
    assert "De cijfers zijn al verwerkt" not in read(gerda, START)


@pytest.mark.parametrize("url", [REOPENING, WITHDRAWAL])
def test_a_reason_that_is_too_long_stays_as_typed(submitted, gerda, url):
    text = "woord " * 60
    page = gerda.post(url, {"reason": text})
    assert page.status_code == 422
    assert "Er passen er 300." in page.content.decode()
    assert text.strip() in page.content.decode()
    submitted.refresh_from_db()
    assert submitted.status == Response.Status.SUBMITTED


def test_withdrawing_stops_counting_and_says_so(submitted, gerda):
    assert gerda.post(WITHDRAWAL, {"reason": "Verkeerde gemeente"}).url == START
    submitted.refresh_from_db()
    assert submitted.status == Response.Status.WITHDRAWN
    assert "Uw organisatie heeft de inzending ingetrokken." in read(gerda, START)
    assert "De inzending is daarna ingetrokken." in read(gerda, RECEIPT)


@pytest.mark.parametrize("url", [REOPENING, WITHDRAWAL])
def test_after_the_wave_closed_the_reason_stays_on_the_page(submitted, wave, gerda, url):
    close_wave(wave)
    page = gerda.post(url, {"reason": "Te laat bedacht"})
    assert page.status_code == 409
    assert "Te laat bedacht" in page.content.decode()
    assert "Proefmeting is gesloten" in page.content.decode()


@pytest.mark.parametrize("url", [REOPENING, WITHDRAWAL])
def test_only_who_may_submit_can_ask(submitted, url):
    for name, role in (("Cor", CONTRIBUTOR), ("Lea", READER)):
        assert sign_in(name, MEMBER, role=role).post(url, {"reason": "Zomaar"}).status_code == 403
    assert sign_in("Zora", STRANGER).get(url).status_code == 404
    trusted = make_person("Trui", organisation=MEMBER, role=CONTRIBUTOR)
    trusted.memberships.update(may_submit=True)
    client = Client()
    client.force_login(trusted)
    assert client.post(url, {"reason": "Mag ik"}).status_code == 302


@pytest.mark.parametrize("url", [REOPENING, WITHDRAWAL, RECEIPT, CLARIFICATIONS])
def test_before_anything_was_saved_or_submitted_there_is_nothing_to_ask(gerda, url):
    assert gerda.get(url).status_code == 404


# --- Questions back ---


def test_a_question_back_is_read_and_answered_also_after_submitting(submitted, gerda):
    question = ask_clarification(submitted, question="poh", text="Sinds wanneer?", by=None)
    assert "Sinds wanneer?" in read(gerda, CLARIFICATIONS)
    empty = gerda.post(CLARIFICATIONS, {"clarification": question.pk, f"{question.pk}-reply": " "})
    assert empty.status_code == 422
    sent = gerda.post(CLARIFICATIONS, {"clarification": question.pk, f"{question.pk}-reply": "Sinds 2021"})
    assert sent.url == CLARIFICATIONS
    question.refresh_from_db()
    assert (question.reply, question.replied_by.first_name) == ("Sinds 2021", "Gerda")
    assert "Sinds 2021" in read(gerda, CLARIFICATIONS)


def test_a_reply_that_comes_too_late_stays_on_the_page(submitted, gerda):
    question = ask_clarification(submitted, question="poh", text="Sinds wanneer?", by=None)
    close_clarification(question, by=None)
    page = gerda.post(CLARIFICATIONS, {"clarification": question.pk, f"{question.pk}-reply": "Sinds 2021"})
    assert page.status_code == 409
    assert "Sinds 2021" in page.content.decode()


def test_a_question_of_another_organisation_does_not_exist(submitted, wave, gerda):
    other = ask_clarification(make_response(wave, STRANGER), question="poh", text="Hoezo?", by=None)
    assert "Hoezo?" not in read(gerda, CLARIFICATIONS)
    assert (
        gerda.post(CLARIFICATIONS, {"clarification": other.pk, f"{other.pk}-reply": "x"}).status_code == 404
    )
    assert gerda.post(CLARIFICATIONS, {"clarification": "x"}).status_code == 404


def test_a_reader_sees_questions_back_and_cannot_reply(submitted):
    question = ask_clarification(submitted, question="poh", text="Sinds wanneer?", by=None)
    reader = sign_in("Lea", MEMBER, role=READER)
    assert "Antwoord versturen" not in read(reader, CLARIFICATIONS)
    assert reader.post(CLARIFICATIONS, {"clarification": question.pk}).status_code == 403
    assert Clarification.objects.get().reply == ""


# --- Being named ---


def test_naming_is_a_choice_of_its_own_that_can_be_taken_back(submitted, gerda):
    assert "Met naam openbaar" in gerda.get(NAMING).content.decode()
    gerda.post(NAMING, {"gevraagd": [MEMBER], "met-naam": [MEMBER]})
    assert ResponseMunicipality.objects.get().may_be_named
    gerda.post(NAMING, {"gevraagd": [MEMBER]})
    assert not ResponseMunicipality.objects.get().may_be_named


def test_a_region_chooses_per_municipality_but_not_for_a_stranger(wave):
    make_response(wave, REGION, covers=[MEMBER, OTHER_MEMBER])
    rens = sign_in("Rens", REGION)
    url = f"/invullen/proef/{REGION}/openbaarheid/"
    rens.post(url, {"gevraagd": [MEMBER, OTHER_MEMBER], "met-naam": [OTHER_MEMBER]})
    named = ResponseMunicipality.objects.filter(may_be_named=True).values_list("municipality", flat=True)
    assert list(named) == [OTHER_MEMBER]
    assert rens.post(url, {"gevraagd": [STRANGER], "met-naam": [STRANGER]}).status_code == 409
    assert list(named.all()) == [OTHER_MEMBER]


def test_who_may_not_submit_reads_the_choice(submitted):
    reader = sign_in("Lea", MEMBER, role=READER)
    assert "nee, zonder naam" in read(reader, NAMING)
    assert reader.post(NAMING, {"gevraagd": [MEMBER], "met-naam": [MEMBER]}).status_code == 403


def test_signed_out_or_with_an_old_form_the_reason_stays(submitted):
    signed_out = Client().post(REOPENING, {"reason": "Mijn lange uitleg"})
    assert signed_out.status_code == 403
    assert "Mijn lange uitleg" in signed_out.content.decode()
    renewed = Client(enforce_csrf_checks=True)
    renewed.force_login(make_person("Gea", organisation=MEMBER))
    page = renewed.post(REOPENING, {"reason": "Mijn lange uitleg"})
    assert page.status_code == 403
    assert "Mijn lange uitleg" in page.content.decode()
    assert find_open_request(submitted) is None


def test_a_request_counts_once(submitted, gerda):
    request_reopening(submitted, by=None, reason="Eerste")
    assert gerda.post(REOPENING, {"reason": "Tweede"}).status_code == 409
    assert submitted.reopen_requests.count() == 1
