"""After submitting: reopening, withdrawing, questions back, and who may be named."""

import pytest
from django.core import mail

from surveys.accounts.models import Membership, Organisation
from surveys.questionnaire.lifecycle import close_wave
from surveys.responses.follow_up import list_naming_choices, list_submissions, verify_submission
from surveys.responses.lifecycle.clarifications import (
    ask_clarification,
    close_clarification,
    reply_to_clarification,
)
from surveys.responses.lifecycle.naming import decide_naming
from surveys.responses.lifecycle.refusals import ActionRefused, WaveClosed
from surveys.responses.lifecycle.reopening import grant_reopening, refuse_reopening, request_reopening
from surveys.responses.lifecycle.submission import reopen_response, submit_response, withdraw_response
from surveys.responses.models import ResolvedAnswer, Response, Submission
from surveys.responses.snapshots import read_snapshot
from surveys.responses.tasks import mail_clarification, mail_receipt, mail_reopen_decision
from tests.responses.factories import (
    COMPLETE,
    MEMBER,
    OTHER_MEMBER,
    REGION,
    answer,
    choose,
    make_person,
    make_response,
    make_wave,
    write,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def wave():
    return make_wave()


@pytest.fixture
def gerda(wave):
    return make_person("Gerda", organisation=MEMBER)


@pytest.fixture
def submitted(wave, gerda):
    return submit_response(make_response(wave, MEMBER, answers=COMPLETE, by=gerda), by=gerda)


# --- Submissions ---


def test_a_submission_holds_every_answer_with_its_revision(wave, gerda):
    response = make_response(wave, MEMBER, answers=COMPLETE | {"knelpunten": write("Wachttijd")})
    answer(response, {"knelpunten": write("Lange wachttijd")})
    submit_response(response, by=gerda)
    snapshot = read_snapshot(Submission.objects.get().content)
    assert snapshot.answers["knelpunten"].value == write("Lange wachttijd")
    assert snapshot.answers["knelpunten"].revision == 2
    assert snapshot.values["poh"] == choose("nee")
    assert [(each.code, each.may_be_named) for each in snapshot.municipalities] == [(MEMBER, False)]
    assert "Gerda" not in Submission.objects.get().content


def test_submitting_again_adds_a_submission_and_leaves_the_first_as_it_was(submitted, gerda):
    first = Submission.objects.get()
    reopen_response(submitted, by=None, reason="Vergissing")
    answer(submitted, {"poh": choose("ja"), "verzekeraar": choose("nee")})
    submit_response(submitted, by=gerda)
    latest, earlier = list_submissions(submitted)
    assert (latest.number, earlier.number) == (2, 1)
    assert (earlier.content, earlier.checksum, earlier.receipt_code) == (
        first.content,
        first.checksum,
        first.receipt_code,
    )
    assert read_snapshot(latest.content).values["poh"] == choose("ja")
    assert latest.receipt_code != earlier.receipt_code


def test_a_submission_that_was_tampered_with_is_found_out(submitted):
    submission = Submission.objects.get()
    assert verify_submission(submission)
    submission.content = submission.content.replace("nee", "ja")
    assert not verify_submission(submission)


def test_the_receipt_is_mailed_as_pdf_to_the_coordinators_and_who_submitted(submitted, settings):
    make_person("Cora", organisation=MEMBER)
    make_person("Lea", organisation=MEMBER, role=Membership.Role.READER)
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    mail_receipt(Submission.objects.get().pk)
    assert sorted(message.to[0] for message in mail.outbox) == [
        "cora@voorbeeld.example",
        "gerda@voorbeeld.example",
    ]
    message = mail.outbox[0]
    assert submitted.receipt_code in message.subject
    assert f"/invullen/proef/{MEMBER}/ontvangst/" in message.body
    name, content, media_type = message.attachments[0]
    assert (name, media_type) == (f"ontvangstbewijs-{submitted.receipt_code}.pdf", "application/pdf")
    assert content.startswith(b"%PDF")


# --- Reopening and withdrawing ---


def test_a_granted_request_gives_the_response_back(submitted, gerda, settings):
    request = request_reopening(submitted, by=gerda, reason="Verkeerde bedragen")
    grant_reopening(request, by=None, explanation="Graag voor vrijdag")
    submitted.refresh_from_db()
    assert submitted.status == Response.Status.DRAFT
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    mail_reopen_decision(request.pk)
    assert "Graag voor vrijdag" in mail.outbox[0].body
    assert mail.outbox[0].to == [gerda.email]


def test_a_refused_request_leaves_the_response_submitted(submitted, gerda):
    request = request_reopening(submitted, by=gerda, reason="Verkeerde bedragen")
    refuse_reopening(request, by=None, explanation="De cijfers zijn al verwerkt")
    submitted.refresh_from_db()
    assert submitted.status == Response.Status.SUBMITTED
    with pytest.raises(ActionRefused, match="al beslist"):
        grant_reopening(request, by=None)


def test_only_one_request_waits_and_a_draft_needs_none(submitted, wave, gerda):
    request_reopening(submitted, by=gerda, reason="Eén")
    with pytest.raises(ActionRefused, match="al gevraagd"):
        request_reopening(submitted, by=gerda, reason="Twee")
    draft = make_response(wave, OTHER_MEMBER)
    with pytest.raises(ActionRefused, match="niet ingediend"):
        request_reopening(draft, by=None, reason="Zomaar")


def test_nothing_is_asked_or_withdrawn_once_the_wave_is_closed(submitted, wave, gerda):
    close_wave(wave)
    for step in (request_reopening, withdraw_response):
        with pytest.raises(WaveClosed):
            step(submitted, by=gerda, reason="Te laat")


def test_a_withdrawn_regional_response_leaves_own_answers_intact(wave):
    region = make_response(wave, REGION, answers=COMPLETE, covers=[MEMBER, OTHER_MEMBER])
    submit_response(region, by=None)
    submit_response(
        make_response(wave, MEMBER, answers={"beperkt": choose("ja"), "poh": choose("nee")}), by=None
    )
    withdraw_response(region, by=None, reason="Verkeerde regio")
    held = ResolvedAnswer.objects.filter(wave=wave).values_list("municipality", "provenance").distinct()
    assert set(held) == {(MEMBER, "own")}
    region.refresh_from_db()
    assert (region.status, region.withdrawal_reason) == ("withdrawn", "Verkeerde regio")


def test_only_what_was_submitted_can_be_withdrawn(wave):
    with pytest.raises(ActionRefused, match="niet ingediend"):
        withdraw_response(make_response(wave, MEMBER), by=None, reason="Zomaar")


# --- Questions back ---


def test_a_question_back_is_replied_to_once_and_then_closed(submitted, gerda, settings):
    question = ask_clarification(submitted, question="poh", text="Sinds wanneer?", by=None)
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    mail_clarification(question.pk)
    assert "Sinds wanneer" not in mail.outbox[0].body
    assert f"/invullen/proef/{MEMBER}/vragen-terug/" in mail.outbox[0].body
    reply_to_clarification(question, text="Sinds 2021", by=gerda)
    assert (question.reply, question.is_open, question.status_label) == ("Sinds 2021", False, "Beantwoord")
    with pytest.raises(ActionRefused, match="intussen beantwoord"):
        reply_to_clarification(question, text="Sinds 2020", by=gerda)
    close_clarification(question, by=None)
    with pytest.raises(ActionRefused, match="afgesloten"):
        reply_to_clarification(question, text="Nog iets", by=gerda)
    question.refresh_from_db()
    assert (question.reply, question.status_label) == ("Sinds 2021", "Afgesloten")


def test_nobody_is_asked_about_a_question_of_another_questionnaire(submitted):
    with pytest.raises(ActionRefused):
        ask_clarification(submitted, question="bestaat-niet", text="Hoezo?", by=None)


# --- Being named ---


def naming_of(wave, code):
    organisation = Organisation.objects.get(pk=code)
    return {
        each.code: (each.may_be_named, each.may_change)
        for each in list_naming_choices(wave, organisation=organisation)
    }


def test_delivering_is_not_yet_being_named(wave, submitted):
    assert naming_of(wave, MEMBER) == {MEMBER: (False, True)}


def test_what_a_municipality_decides_its_region_cannot_change(wave, gerda):
    rens = make_person("Rens", organisation=REGION)
    make_response(wave, REGION, covers=[MEMBER, OTHER_MEMBER])
    region, member = Organisation.objects.get(pk=REGION), Organisation.objects.get(pk=MEMBER)
    decide_naming(
        wave, organisation=region, named=[MEMBER, OTHER_MEMBER], asked=[MEMBER, OTHER_MEMBER], by=rens
    )
    assert naming_of(wave, REGION) == {MEMBER: (True, True), OTHER_MEMBER: (True, True)}
    decide_naming(wave, organisation=member, named=[], asked=[MEMBER], by=gerda)
    assert naming_of(wave, REGION) == {MEMBER: (False, False), OTHER_MEMBER: (True, True)}
    with pytest.raises(ActionRefused):
        decide_naming(wave, organisation=region, named=[MEMBER], asked=[MEMBER], by=rens)
    assert naming_of(wave, MEMBER) == {MEMBER: (False, True)}


def test_nobody_decides_for_another_municipality(wave, gerda, submitted):
    member = Organisation.objects.get(pk=MEMBER)
    make_response(wave, OTHER_MEMBER)
    with pytest.raises(ActionRefused):
        decide_naming(wave, organisation=member, named=[OTHER_MEMBER], asked=[OTHER_MEMBER], by=gerda)
    assert naming_of(wave, OTHER_MEMBER) == {OTHER_MEMBER: (False, True)}
