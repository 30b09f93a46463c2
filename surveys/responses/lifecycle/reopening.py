"""Asking an administrator to open a submitted response again, and what the administrator decides."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from surveys.accounts.models import Person
from surveys.responses.lifecycle.locking import lock_response, refuse_closed_wave
from surveys.responses.lifecycle.refusals import ActionRefused
from surveys.responses.lifecycle.submission import reopen_response
from surveys.responses.models import ReopenRequest, Response
from surveys.responses.tasks import mail_reopen_decision
from surveys.trail.recording import record

ALREADY_DECIDED = "Over dit verzoek is al beslist."


@transaction.atomic
def request_reopening(
    response: Response, *, by: Person | None, reason: str, at: datetime | None = None
) -> ReopenRequest:
    """Ask for a submitted response back, with the reason.

    Raises WaveClosed, and ActionRefused when it is not submitted or when an earlier request still waits.
    """
    at = at or timezone.now()
    response = lock_response(response)
    refuse_closed_wave(response.wave, at=at)
    if response.status not in {Response.Status.SUBMITTED, Response.Status.WITHDRAWN}:
        raise ActionRefused("Deze vragenlijst is niet ingediend. U kunt hem gewoon wijzigen.")
    if response.reopen_requests.filter(decision=ReopenRequest.Decision.OPEN).exists():
        raise ActionRefused("Uw organisatie heeft dit al gevraagd. De onderzoekers moeten nog beslissen.")
    request = ReopenRequest.objects.create(response=response, reason=reason, requested_at=at, requested_by=by)
    record(response, "response.request_reopening", by=by, at=at, reason=reason)
    return request


@transaction.atomic
def grant_reopening(
    request: ReopenRequest, *, by: Person | None, explanation: str = "", at: datetime | None = None
) -> Response:
    """Open the response again; raises ActionRefused when it was decided already, and as `reopen_response`."""
    at = at or timezone.now()
    request = _decide(request, ReopenRequest.Decision.GRANTED, by=by, explanation=explanation, at=at)
    return reopen_response(request.response, by=by, reason=request.reason, at=at)


@transaction.atomic
def refuse_reopening(
    request: ReopenRequest, *, by: Person | None, explanation: str, at: datetime | None = None
) -> None:
    """The response stays submitted; raises ActionRefused when it was decided already."""
    at = at or timezone.now()
    request = _decide(request, ReopenRequest.Decision.REFUSED, by=by, explanation=explanation, at=at)
    record(request.response, "response.refuse_reopening", by=by, at=at, reason=explanation)


def _decide(
    request: ReopenRequest,
    decision: ReopenRequest.Decision,
    *,
    by: Person | None,
    explanation: str,
    at: datetime,
) -> ReopenRequest:
    lock_response(request.response)
    request = ReopenRequest.objects.select_related("response").get(pk=request.pk)
    if request.decision != ReopenRequest.Decision.OPEN:
        raise ActionRefused(ALREADY_DECIDED)
    request.decision, request.explanation = decision, explanation
    request.decided_at, request.decided_by = at, by
    request.save()
    transaction.on_commit(lambda: mail_reopen_decision.delay(request.pk), robust=True)
    return request
