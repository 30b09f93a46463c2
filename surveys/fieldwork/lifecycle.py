"""What reviewers decide. Excluding and reopening by themselves are verbs of the response: responses/lifecycle."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from surveys.accounts.models import Person
from surveys.fieldwork.flags import Flag
from surveys.fieldwork.models import Review, SeenFlag
from surveys.fieldwork.tasks import mail_sent_back
from surveys.responses.follow_up import verify_submission
from surveys.responses.lifecycle.locking import lock_response
from surveys.responses.lifecycle.refusals import ActionRefused
from surveys.responses.lifecycle.submission import reopen_response
from surveys.responses.models import Response, Submission
from surveys.trail.recording import record


@transaction.atomic
def accept_response(
    response: Response, *, checksum: str, by: Person | None, note: str = "", at: datetime | None = None
) -> Review:
    """Accept the submission with this checksum; what is submitted next has to be reviewed again.

    Raises ActionRefused when the response is not submitted, when another submission came meanwhile, when what is
    stored is no longer what was submitted, and when it was accepted already.
    """
    at = at or timezone.now()
    submission = _lock_submission(response, checksum=checksum)
    if submission.reviews.filter(verdict=Review.Verdict.ACCEPTED).exists():
        raise ActionRefused("Een collega heeft deze inzending al geaccepteerd.")
    return _store_review(submission, Review.Verdict.ACCEPTED, action="accept", reason=note, by=by, at=at)


@transaction.atomic
def send_back_response(
    response: Response,
    *,
    checksum: str,
    reason: str,
    by: Person | None,
    at: datetime | None = None,
    is_mailed: bool = True,
) -> Review:
    """Open the response again and mail the coordinators why; it counts once it is submitted again.

    Nothing is mailed about an invented response (`is_mailed` is false).
    Raises WaveClosed, because nobody could improve it then, and ActionRefused as `accept_response`.
    """
    at = at or timezone.now()
    submission = _lock_submission(response, checksum=checksum)
    reopen_response(response, by=by, reason=reason, at=at)
    review = _store_review(
        submission, Review.Verdict.SENT_BACK, action="send_back", reason=reason, by=by, at=at
    )
    if is_mailed:
        transaction.on_commit(lambda: mail_sent_back.delay(review.pk), robust=True)
    return review


@transaction.atomic
def mark_flag_seen(flag: Flag, *, note: str, by: Person | None, at: datetime | None = None) -> SeenFlag:
    """Somebody looked at the flag, and it may leave the work list. Raises ActionRefused when a colleague was first."""
    at = at or timezone.now()
    response = lock_response(Response(pk=flag.response_id))
    seen, is_new = SeenFlag.objects.get_or_create(
        response=response,
        kind=flag.kind,
        question=flag.place.question,
        row=flag.place.row,
        column=flag.place.column,
        municipality=flag.place.municipality,
        arose_at=flag.arose_at,
        defaults={"note": note, "seen_at": at, "seen_by": by},
    )
    if not is_new:
        raise ActionRefused("Een collega heeft hier al naar gekeken.")
    record(
        response,
        "fieldwork.see_flag",
        by=by,
        at=at,
        reason=note,
        kind=flag.kind.value,
        question=flag.place.question,
        municipality=flag.place.municipality,
    )
    return seen


def _lock_submission(response: Response, *, checksum: str) -> Submission:
    """The latest submission of the response as it is now, which must be the one that the reviewer read."""
    response = lock_response(response)
    if response.status != Response.Status.SUBMITTED:
        raise ActionRefused("Deze reactie is nu niet ingediend. Er is niets om te beoordelen.")
    submission = response.submissions.latest("number")
    if submission.checksum != checksum:
        raise ActionRefused("De organisatie heeft intussen opnieuw ingediend. Bekijk eerst die inzending.")
    if not verify_submission(submission):
        raise ActionRefused("Het controlegetal klopt niet: de bewaarde inzending is veranderd.")
    return submission


def _store_review(
    submission: Submission,
    verdict: Review.Verdict,
    *,
    action: str,
    reason: str,
    by: Person | None,
    at: datetime,
) -> Review:
    review = Review.objects.create(
        submission=submission,
        checksum=submission.checksum,
        verdict=verdict,
        reason=reason,
        reviewed_at=at,
        reviewed_by=by,
    )
    record(
        submission.response,
        f"fieldwork.{action}",
        by=by,
        at=at,
        reason=reason,
        submission=submission.number,
        receipt_code=submission.receipt_code,
        checksum=submission.checksum,
    )
    return review
