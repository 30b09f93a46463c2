"""A question back: an administrator asks about one answer, the organisation replies, the administrator closes it."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from surveys.accounts.models import Person
from surveys.questionnaire.queries import load_codes
from surveys.responses.lifecycle.locking import lock_response
from surveys.responses.lifecycle.refusals import ActionRefused
from surveys.responses.models import Clarification, Response
from surveys.responses.tasks import mail_clarification
from surveys.trail.recording import record


@transaction.atomic
def ask_clarification(
    response: Response, *, question: str, text: str, by: Person | None, at: datetime | None = None
) -> Clarification:
    """Ask the organisation about its answer to `question` (a code) and mail that it was asked.

    The answer itself stays as it is. Raises ActionRefused for a question that the response is not asked.
    """
    at = at or timezone.now()
    response = lock_response(response)
    question_ids = load_codes(response.version).questions
    if question not in question_ids:
        raise ActionRefused("Deze vraag staat niet in de vragenlijst van deze organisatie.")
    clarification = Clarification.objects.create(
        response=response, question_id=question_ids[question], text=text, asked_at=at, asked_by=by
    )
    record(response, "response.ask_clarification", by=by, at=at, question=question)
    transaction.on_commit(lambda: mail_clarification.delay(clarification.pk), robust=True)
    return clarification


@transaction.atomic
def reply_to_clarification(
    clarification: Clarification, *, text: str, by: Person | None, at: datetime | None = None
) -> None:
    """Answer the question back, also after submitting. Raises ActionRefused when it was closed or answered."""
    at = at or timezone.now()
    response = lock_response(clarification.response)
    clarification.refresh_from_db()
    if clarification.closed_at is not None:
        raise ActionRefused("Deze vraag is afgesloten. U hoeft niets meer te doen.")
    if clarification.replied_at is not None:
        raise ActionRefused("Een collega heeft deze vraag intussen beantwoord.")
    clarification.reply, clarification.replied_at, clarification.replied_by = text, at, by
    clarification.save(update_fields=["reply", "replied_at", "replied_by"])
    record(response, "response.reply_to_clarification", by=by, at=at)


@transaction.atomic
def close_clarification(
    clarification: Clarification, *, by: Person | None, at: datetime | None = None
) -> None:
    """The administrator knows enough, with or without a reply. Closing twice changes nothing."""
    at = at or timezone.now()
    response = lock_response(clarification.response)
    clarification.refresh_from_db()
    if clarification.closed_at is None:
        clarification.closed_at, clarification.closed_by = at, by
        clarification.save(update_fields=["closed_at", "closed_by"])
        record(response, "response.close_clarification", by=by, at=at)
