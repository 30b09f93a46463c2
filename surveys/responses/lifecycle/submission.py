"""Submitting a response and what may happen to it afterwards."""

import secrets
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from surveys.accounts.models import Person
from surveys.questionnaire.models import FrameMunicipality, Wave
from surveys.questionnaire.queries import load_definition
from surveys.responses.lifecycle.locking import (
    list_covered_codes,
    lock_draft,
    lock_response,
    log_action,
    refuse_closed_wave,
)
from surveys.responses.lifecycle.refusals import ActionRefused, IncompleteResponse
from surveys.responses.models import ResolvedAnswer, Response
from surveys.responses.progress import find_gaps
from surveys.responses.queries import load_answers
from surveys.responses.resolving import rewrite_resolved_answers

# Crockford's base 32: no letters that look or sound like a figure.
RECEIPT_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"


@transaction.atomic
def submit_response(response: Response, *, by: Person | None, at: datetime | None = None) -> Response:
    """Lock the answers and let them count; returns the response with its receipt code.

    Raises IncompleteResponse, WaveClosed and ResponseLocked.
    """
    at = at or timezone.now()
    response = lock_draft(response, at=at)
    codes = list_covered_codes(response)
    values = {code: answer.value for code, answer in load_answers(response).items()}
    gaps = find_gaps(load_definition(response.version), values=values, has_municipalities=bool(codes))
    if gaps:
        raise IncompleteResponse(gaps)
    frame = FrameMunicipality.objects.filter(wave=response.wave, municipality__in=codes)
    groups = list(frame.values_list("size_class", "province", "youth_region"))
    response.size_class_id, response.province_id, response.youth_region_id = (
        column.pop() if len(column := set(values)) == 1 else None for values in zip(*groups, strict=True)
    )
    response.status = Response.Status.SUBMITTED
    response.submitted_at, response.submitted_by = at, by
    response.receipt_code = draw_receipt_code(year=timezone.localtime(at).year)
    response.save()
    rewrite_resolved_answers(response.wave, municipality_codes=codes)
    log_action(response, "response.submit", by=by, at=at, receipt_code=response.receipt_code)
    return response


@transaction.atomic
def reopen_response(
    response: Response, *, by: Person | None, reason: str, at: datetime | None = None
) -> Response:
    """Give a submitted or excluded response back; it counts again once it is submitted again.

    Raises WaveClosed, because nobody could finish it then, and ActionRefused for a draft.
    """
    at = at or timezone.now()
    response = lock_response(response)
    refuse_closed_wave(response.wave, at=at)
    if response.status == Response.Status.DRAFT:
        raise ActionRefused("Deze reactie is nog niet ingediend. Heropenen is niet nodig.")
    former_code, response.receipt_code = response.receipt_code, ""
    response.status, response.exclusion_reason = Response.Status.DRAFT, ""
    response.submitted_at = response.submitted_by = None
    response.save()
    rewrite_resolved_answers(response.wave, municipality_codes=list_covered_codes(response))
    log_action(response, "response.reopen", by=by, at=at, reason=reason, receipt_code=former_code)
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
    log_action(response, "response.exclude", by=by, at=at, reason=reason)
    return response


@transaction.atomic
def rebuild_resolved_answers(wave: Wave) -> int:
    """Resolve every municipality of the wave anew; returns how many answers were wrong, 0 when all was well."""

    def read_rows() -> set[tuple[str, int, int]]:
        rows = ResolvedAnswer.objects.filter(wave=wave)
        return set(rows.values_list("municipality", "question", "answer"))

    before = read_rows()
    rewrite_resolved_answers(wave, municipality_codes=set(wave.frame.values_list("municipality", flat=True)))
    return len({(municipality, question) for municipality, question, _ in before ^ read_rows()})


def draw_receipt_code(*, year: int) -> str:
    """A number to read out over the telephone that nobody guesses (40 random bits): MM-2026-7F3K-92QD."""
    drawn = "".join(secrets.choice(RECEIPT_ALPHABET) for _ in range(8))
    return f"MM-{year}-{drawn[:4]}-{drawn[4:]}"
