"""Submitting a response and what may happen to it afterwards."""

import secrets
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from surveys.accounts.models import Person
from surveys.questionnaire.models import FrameMunicipality, Wave
from surveys.responses.lifecycle.locking import (
    list_covered_codes,
    lock_draft,
    lock_response,
    refuse_closed_wave,
)
from surveys.responses.lifecycle.refusals import ActionRefused, IncompleteResponse
from surveys.responses.models import ResolvedAnswer, Response, Submission
from surveys.responses.queries import list_covered, load_answers, load_deviations
from surveys.responses.readiness import assess_readiness
from surveys.responses.resolving import rewrite_resolved_answers
from surveys.responses.snapshots import (
    Snapshot,
    SnapshotAnswer,
    SnapshotMunicipality,
    compute_checksum,
    write_snapshot,
)
from surveys.responses.tasks import mail_receipt
from surveys.trail.recording import record

# Crockford's base 32: no letters that look or sound like a figure.
RECEIPT_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"


@transaction.atomic
def submit_response(
    response: Response, *, by: Person | None, at: datetime | None = None, is_mailed: bool = True
) -> Response:
    """Freeze what was answered, lock it and let it count; returns the response with its receipt code.

    Submitting after a reopening adds a submission beside the earlier ones. The receipt is mailed once this is
    certain, unless nobody waits for it (`is_mailed` is false for responses that are read in or invented).
    Raises IncompleteResponse, WaveClosed and ResponseLocked.
    """
    at = at or timezone.now()
    response = lock_draft(response, at=at)
    readiness = assess_readiness(response)
    if readiness.gaps:
        raise IncompleteResponse(readiness.gaps)
    codes = list_covered_codes(response)
    frame = FrameMunicipality.objects.filter(wave=response.wave, municipality__in=codes)
    groups = list(frame.values_list("size_class", "province", "youth_region"))
    response.size_class_id, response.province_id, response.youth_region_id = (
        column.pop() if len(column := set(values)) == 1 else None for values in zip(*groups, strict=True)
    )
    submission = _write_submission(response, by=by, at=at)
    response.status = Response.Status.SUBMITTED
    response.submitted_at, response.submitted_by = at, by
    response.receipt_code, response.reopening_reason = submission.receipt_code, ""
    response.save()
    rewrite_resolved_answers(response.wave, municipality_codes=codes)
    record(response, "response.submit", by=by, at=at, receipt_code=submission.receipt_code)
    if is_mailed:
        transaction.on_commit(lambda: mail_receipt.delay(submission.pk), robust=True)
    return response


@transaction.atomic
def reopen_response(
    response: Response, *, by: Person | None, reason: str, at: datetime | None = None
) -> Response:
    """Give a response back that was submitted, excluded or withdrawn; it counts once it is submitted again.

    The organisation reads the reason until then. What was submitted before stays as it was. Raises WaveClosed,
    because nobody could finish it then, and ActionRefused for a draft.
    """
    at = at or timezone.now()
    response = lock_response(response)
    refuse_closed_wave(response.wave, at=at)
    if response.status == Response.Status.DRAFT:
        raise ActionRefused("Deze reactie is nog niet ingediend. Heropenen is niet nodig.")
    former_code, response.receipt_code = response.receipt_code, ""
    response.status, response.reopening_reason = Response.Status.DRAFT, reason
    response.exclusion_reason = response.withdrawal_reason = ""
    response.submitted_at = response.submitted_by = None
    response.save()
    rewrite_resolved_answers(response.wave, municipality_codes=list_covered_codes(response))
    record(response, "response.reopen", by=by, at=at, reason=reason, receipt_code=former_code)
    return response


@transaction.atomic
def withdraw_response(
    response: Response, *, by: Person | None, reason: str, at: datetime | None = None
) -> Response:
    """The organisation takes back what it submitted: it no longer counts, here or for its municipalities.

    The municipalities' own answers are untouched. Raises WaveClosed, and ActionRefused when it is not submitted.
    """
    at = at or timezone.now()
    response = lock_response(response)
    refuse_closed_wave(response.wave, at=at)
    if response.status != Response.Status.SUBMITTED:
        raise ActionRefused("Deze vragenlijst is niet ingediend. Er is niets om in te trekken.")
    response.status, response.withdrawal_reason = Response.Status.WITHDRAWN, reason
    response.save()
    rewrite_resolved_answers(response.wave, municipality_codes=list_covered_codes(response))
    record(response, "response.withdraw", by=by, at=at, reason=reason)
    return response


@transaction.atomic
def exclude_response(
    response: Response, *, by: Person | None, reason: str, at: datetime | None = None
) -> Response:
    """Leave a response out of every count, with the reason; its answers are kept.

    Raises ActionRefused when it is excluded already.
    """
    at = at or timezone.now()
    response = lock_response(response)
    if response.status == Response.Status.EXCLUDED:
        raise ActionRefused("Deze reactie blijft al buiten beschouwing.")
    response.status, response.exclusion_reason = Response.Status.EXCLUDED, reason
    response.save()
    rewrite_resolved_answers(response.wave, municipality_codes=list_covered_codes(response))
    record(response, "response.exclude", by=by, at=at, reason=reason)
    return response


@transaction.atomic
def rebuild_resolved_answers(wave: Wave) -> int:
    """Resolve every municipality of the wave anew; returns how many answers were wrong, 0 when all was well."""

    def read_rows() -> set[tuple[str, int, int, str]]:
        rows = ResolvedAnswer.objects.filter(wave=wave)
        return set(rows.values_list("municipality", "question", "answer", "provenance"))

    before = read_rows()
    rewrite_resolved_answers(wave, municipality_codes=set(wave.frame.values_list("municipality", flat=True)))
    return len({(municipality, question) for municipality, question, *_ in before ^ read_rows()})


def _write_submission(response: Response, *, by: Person | None, at: datetime) -> Submission:
    number = response.submissions.count() + 1
    content = write_snapshot(take_snapshot(response, number=number, at=at))
    return Submission.objects.create(
        response=response,
        number=number,
        content=content,
        checksum=compute_checksum(content),
        receipt_code=draw_receipt_code(year=timezone.localtime(at).year),
        submitted_at=at,
        submitted_by=by,
    )


def take_snapshot(response: Response, *, number: int, at: datetime) -> Snapshot:
    """What would be frozen if the response were submitted now, as its submission with this number."""
    named = dict(response.coverage.values_list("municipality", "may_be_named"))
    return Snapshot(
        wave=response.wave.code,
        survey=response.version.survey_id,
        version=response.version.number,
        definition_checksum=response.version.checksum,
        respondent=response.organisation_id,
        number=number,
        submitted_at=at,
        municipalities=tuple(
            SnapshotMunicipality(row.municipality_id, row.name, named[row.municipality_id])
            for row in list_covered(response)
        ),
        answers={
            code: SnapshotAnswer(answer.value, answer.revision, answer.is_routed)
            for code, answer in load_answers(response).items()
        },
        deviations={
            key: SnapshotAnswer(answer.value, answer.revision, answer.is_routed)
            for key, answer in load_deviations(response).items()
        },
    )


def draw_receipt_code(*, year: int) -> str:
    """A number to read out over the telephone that nobody guesses (40 random bits): MM-2026-7F3K-92QD."""
    drawn = "".join(secrets.choice(RECEIPT_ALPHABET) for _ in range(8))
    return f"MM-{year}-{drawn[:4]}-{drawn[4:]}"
