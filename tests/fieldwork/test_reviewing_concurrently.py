"""A reviewer and an organisation at the very same moment, each with a connection of their own."""

import pytest
from django.utils import timezone
from wagtail.models import ModelLogEntry

from surveys.fieldwork.lifecycle import accept_response, send_back_response
from surveys.fieldwork.models import Review
from surveys.fieldwork.review_queries import load_reviewed_response
from surveys.responses.lifecycle.corrections import correct_answer
from surveys.responses.lifecycle.refusals import ActionRefused
from surveys.responses.lifecycle.saving import save_answers
from surveys.responses.lifecycle.submission import rebuild_resolved_answers, reopen_response, submit_response
from surveys.responses.merging import AnswerChange
from surveys.responses.models import Correction, Response
from surveys.responses.queries import load_answers
from tests.fieldwork.reviews import find_checksum
from tests.harness.together import run_together
from tests.responses.factories import COMPLETE, MEMBER, count, make_person, make_response, make_wave

pytestmark = pytest.mark.django_db(transaction=True)

ROUNDS = 8


@pytest.fixture
def submitted():
    response = make_response(make_wave(), MEMBER, answers=COMPLETE | {"kosten": count(1)}, at=timezone.now())
    return submit_response(response, by=None)


def race(*jobs):
    """What each job gave; "refused" for one that was too late."""
    outcomes = run_together(*jobs, refusals=ActionRefused)
    return ["refused" if isinstance(each, ActionRefused) else each for each in outcomes]


def test_a_correction_is_there_before_the_organisation_reopens_or_not_at_all(submitted):
    otto = make_person("Otto")
    revision = 1
    for _ in range(ROUNDS):
        change = AnswerChange("kosten", count(revision + 100), revision)
        correction, _ = race(
            lambda change=change: correct_answer(submitted, change=change, reason="Dus.", by=otto),
            lambda: reopen_response(submitted, by=None, reason="Aanvullen"),
        )
        stored = load_answers(submitted)["kosten"]
        if correction != "refused":
            revision += 1
            assert stored.value == change.value
            done = ModelLogEntry.objects.filter(action__in=["response.correct", "response.reopen"])
            assert done.latest("pk").action == "response.reopen"
        assert stored.revision == revision
        assert Correction.objects.count() == revision - 1
        assert Response.objects.get(pk=submitted.pk).status == Response.Status.DRAFT
        submit_response(submitted, by=None)
        assert rebuild_resolved_answers(submitted.wave) == 0


def test_who_types_after_the_correction_sees_a_conflict_and_loses_nothing(submitted):
    """The page of the organisation was loaded before: its words stand beside the correction until somebody chooses."""
    correct_answer(
        submitted, change=AnswerChange("kosten", count(100), 1), reason="Dus.", by=make_person("Otto")
    )
    reopen_response(submitted, by=None, reason="Aanvullen")

    outcome = save_answers(submitted, changes=[AnswerChange("kosten", count(7), 1)], by=make_person("Gerda"))

    (conflict,) = outcome.conflicts
    assert (conflict.value, conflict.current.value) == (count(7), count(100))
    assert Correction.objects.count() == 1


def test_of_two_corrections_of_what_both_saw_one_is_made(submitted):
    people = [make_person("Otto"), make_person("Ria")]
    for revision in range(1, ROUNDS + 1):
        outcomes = race(
            *(
                lambda person=person, number=number, revision=revision: correct_answer(
                    submitted,
                    change=AnswerChange("kosten", count(1000 * revision + number), revision),
                    reason="Dus.",
                    by=person,
                )
                for number, person in enumerate(people)
            )
        )
        assert outcomes.count("refused") == 1
        assert Correction.objects.count() == revision


def test_a_submission_is_accepted_once_and_never_while_it_goes_back(submitted):
    for number in range(1, ROUNDS + 1):
        checksum = find_checksum(submitted)
        outcomes = race(
            lambda checksum=checksum: accept_response(submitted, checksum=checksum, by=None),
            lambda checksum=checksum: accept_response(submitted, checksum=checksum, by=None),
            lambda checksum=checksum: send_back_response(
                submitted, checksum=checksum, reason="Nakijken", by=None
            ),
        )
        assert outcomes[:2].count("refused") >= 1
        assert outcomes[2] != "refused"
        state = load_reviewed_response(Response.objects.get(pk=submitted.pk)).state
        assert state == "sent_back"
        assert Review.objects.filter(submission__number=number, verdict="sent_back").count() == 1
        submit_response(submitted, by=None)
