"""A verdict is on one submission; what is submitted next needs a new one."""

import pytest
from django.core import mail
from django.db import IntegrityError, transaction
from django.db.models import ProtectedError
from wagtail.log_actions import registry

from surveys.fieldwork.lifecycle import accept_response, mark_flag_seen, send_back_response
from surveys.fieldwork.models import Review, SeenFlag
from surveys.fieldwork.review_queries import list_flags, load_reviewed_response
from surveys.fieldwork.tasks import mail_sent_back
from surveys.questionnaire.lifecycle import close_wave
from surveys.responses.lifecycle.refusals import ActionRefused, WaveClosed
from surveys.responses.lifecycle.submission import (
    exclude_response,
    reopen_response,
    submit_response,
    withdraw_response,
)
from surveys.responses.models import ResolvedAnswer, Response
from tests.fieldwork.reviews import accept, find_checksum, make_reviewer, make_submitted, send_back
from tests.responses.factories import MEMBER, NOW, choose, make_person, make_response, make_wave
from tests.responses.regions import make_region_response

pytestmark = pytest.mark.django_db


@pytest.fixture
def submitted():
    return make_submitted()


def find_state(response):
    response.refresh_from_db()
    return load_reviewed_response(response).state


def test_accepting_says_which_submission_word_for_word(submitted):
    otto = make_reviewer()

    review = accept(submitted, by=otto, note="Gebeld.")

    assert (review.submission, review.checksum) == (submitted.submissions.get(), find_checksum(submitted))
    assert (review.verdict, review.reason, review.reviewed_by) == ("accepted", "Gebeld.", otto)
    assert find_state(submitted) == "accepted"
    line = registry.get_logs_for_instance(submitted).get(action="fieldwork.accept")
    assert line.data == {
        "reason": "Gebeld.",
        "submission": 1,
        "receipt_code": submitted.receipt_code,
        "checksum": find_checksum(submitted),
    }


def test_a_new_submission_needs_a_new_review(submitted):
    accept(submitted)
    reopen_response(submitted, by=None, reason="Aanvullen", at=NOW)
    assert find_state(submitted) == "not_submitted"

    submit_response(submitted, by=None, at=NOW)

    assert find_state(submitted) == "to_review"
    accept(submitted)
    assert find_state(submitted) == "accepted"
    assert Review.objects.count() == 2


def test_sending_back_opens_the_response_and_keeps_what_was_submitted(submitted):
    accept(submitted)

    review = send_back(submitted, reason="Het bedrag klopt niet.")

    assert find_state(submitted) == "sent_back"
    assert submitted.status == Response.Status.DRAFT
    assert review.submission == submitted.submissions.get()
    assert not ResolvedAnswer.objects.filter(municipality=MEMBER).exists()
    submit_response(submitted, by=None, at=NOW)
    assert find_state(submitted) == "to_review"


def test_the_coordinators_hear_why(submitted, monkeypatch, django_capture_on_commit_callbacks):
    gerda = make_person("Gerda", organisation=MEMBER)
    monkeypatch.setattr(mail_sent_back, "delay", mail_sent_back)  # as the worker will, without a worker

    with django_capture_on_commit_callbacks(execute=True):
        send_back(submitted, reason="Het bedrag klopt niet.")

    (message,) = mail.outbox
    assert message.to == [gerda.email]
    assert "Het bedrag klopt niet." in message.body
    assert f"/invullen/proef/{MEMBER}/" in message.body


@pytest.mark.parametrize("step", [accept, send_back])
@pytest.mark.parametrize("before", [reopen_response, withdraw_response, exclude_response])
def test_only_what_is_submitted_is_judged(submitted, step, before):
    before(submitted, by=None, reason="Anders", at=NOW)
    state = find_state(submitted)

    with pytest.raises(ActionRefused, match="nu niet ingediend"):
        step(submitted)
    assert find_state(submitted) == state
    assert not Review.objects.exists()


@pytest.mark.parametrize(
    "step", [accept_response, lambda *args, **rest: send_back_response(*args, reason="Nakijken", **rest)]
)
def test_nobody_judges_a_submission_that_they_did_not_read(submitted, step):
    read = find_checksum(submitted)
    reopen_response(submitted, by=None, reason="Aanvullen", at=NOW)
    submit_response(submitted, by=None, at=NOW)

    with pytest.raises(ActionRefused, match="intussen opnieuw ingediend"):
        step(submitted, checksum=read, by=None)
    assert find_state(submitted) == "to_review"


def test_what_was_tampered_with_is_not_accepted(submitted):
    submitted.submissions.update(content="{}")

    with pytest.raises(ActionRefused, match="controlegetal klopt niet"):
        accept(submitted)


def test_accepting_twice_is_refused(submitted):
    accept(submitted)

    with pytest.raises(ActionRefused, match="al geaccepteerd"):
        accept(submitted)


def test_in_a_closed_wave_a_response_is_accepted_but_not_sent_back(submitted):
    close_wave(submitted.wave)

    with pytest.raises(WaveClosed):
        send_back(submitted)
    assert find_state(submitted) == "to_review"
    assert not Review.objects.exists()
    accept(submitted)
    assert find_state(submitted) == "accepted"


def test_what_is_left_out_needs_no_verdict(submitted):
    exclude_response(submitted, by=None, reason="Proef", at=NOW)
    assert find_state(submitted) == "excluded"


def test_sending_back_without_a_reason_cannot_be_stored(submitted):
    with pytest.raises(IntegrityError), transaction.atomic():
        send_back(submitted, reason="")
    assert find_state(submitted) == "to_review"


def test_a_submission_with_a_verdict_cannot_disappear(submitted):
    accept(submitted)

    with pytest.raises(ProtectedError):
        submitted.submissions.get().delete()


@pytest.fixture
def overlap():
    """A municipality that answers itself while its region answers for it too."""
    wave = make_wave()
    own = make_submitted(wave)
    submit_response(make_region_response(wave), by=None, at=NOW)
    (raised,) = list_flags(own)
    return own, raised.flag


def test_who_looked_at_a_flag_leaves_a_name_and_a_note(overlap):
    own, flag = overlap
    otto = make_reviewer()

    mark_flag_seen(flag, note="Klopt zo.", by=otto, at=NOW)

    (raised,) = list_flags(own)
    assert (raised.flag, raised.seen.note, raised.seen.seen_by) == (flag, "Klopt zo.", otto)
    line = registry.get_logs_for_instance(own).get(action="fieldwork.see_flag")
    assert line.data["kind"] == "overlap"


def test_a_flag_is_seen_once(overlap):
    _, flag = overlap
    mark_flag_seen(flag, note="Klopt zo.", by=None)

    with pytest.raises(ActionRefused, match="al naar gekeken"):
        mark_flag_seen(flag, note="Anders", by=None)
    assert SeenFlag.objects.get().note == "Klopt zo."


def test_what_arises_anew_has_to_be_looked_at_again(overlap):
    own, flag = overlap
    mark_flag_seen(flag, note="", by=None)
    reopen_response(own, by=None, reason="Aanvullen", at=NOW)
    assert list_flags(own) == []
    submit_response(own, by=None, at=NOW.replace(hour=20))

    (raised,) = list_flags(own)
    assert raised.seen is None


def test_a_response_that_nobody_began_has_no_flags():
    response = make_response(make_wave(), MEMBER, answers={"poh": choose("nee")})
    assert list_flags(response) == []
    assert find_state(response) == "not_submitted"
