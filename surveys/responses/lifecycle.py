"""The only writers of responses: one verb, one transaction, one audit line without the answers themselves."""

import secrets
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from wagtail.log_actions import log

from surveys.accounts.models import Organisation, Person
from surveys.questionnaire.answer_values import BLANK, AnswerValue
from surveys.questionnaire.models import FrameMunicipality, Wave
from surveys.questionnaire.queries import is_wave_open, load_definition
from surveys.responses.models import ResolvedAnswer, Response, ResponseMunicipality
from surveys.responses.progress import Gap, find_gaps
from surveys.responses.queries import StoredAnswer, list_members, load_answers, load_revisions
from surveys.responses.writing import rewrite_resolved_answers, write_answers

# Crockford's base 32: no letters that look or sound like a figure.
RECEIPT_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"


class ActionRefused(Exception):
    """The response does not allow this now; the message is Dutch, for the user."""


class WaveClosed(ActionRefused):
    """The wave is not open, so nobody fills in."""


class ResponseLocked(ActionRefused):
    """The response was submitted or excluded."""


class IncompleteResponse(ActionRefused):
    def __init__(self, gaps: list[Gap]) -> None:
        super().__init__("Uw antwoorden zijn nog niet compleet.")
        self.gaps = gaps


@dataclass(frozen=True)
class AnswerChange:
    """A new value for a question; `base_revision` is the revision its author saw, 0 without an answer."""

    question: str
    value: AnswerValue
    base_revision: int


@dataclass(frozen=True)
class AnswerConflict:
    """A change that was not written, because somebody else saved `current` after its author had looked."""

    change: AnswerChange
    current: StoredAnswer


@dataclass(frozen=True)
class SaveOutcome:
    """Codes of the questions that got another value, and the changes that were not written."""

    saved: list[str] = field(default_factory=list)
    conflicts: list[AnswerConflict] = field(default_factory=list)


@transaction.atomic
def start_response(
    wave: Wave, *, organisation: Organisation, by: Person | None, at: datetime | None = None
) -> Response:
    """The organisation's response in the wave, made when there is none yet.

    A municipality answers for itself; a region for nobody until it ticks its members. Raises WaveClosed, and
    ActionRefused for an organisation that the wave does not ask.
    """
    at = at or timezone.now()
    wave = Wave.objects.get(pk=wave.pk)
    _refuse_closed_wave(wave, at=at)
    members = list_members(wave, organisation=organisation)
    if not members.exists():
        raise ActionRefused("Deze organisatie hoort niet bij de meting.")
    response, is_new = Response.objects.get_or_create(
        wave=wave, organisation=organisation, defaults={"started_at": at, "started_by": by}
    )
    if is_new:
        if organisation.kind == Organisation.Kind.MUNICIPALITY:
            ResponseMunicipality.objects.create(response=response, municipality_id=organisation.code)
        _log(response, "response.start", by=by, at=at)
    return response


@transaction.atomic
def save_coverage(
    response: Response,
    *,
    municipality_codes: Collection[str],
    seen_codes: Collection[str] | None = None,
    by: Person | None,
    at: datetime | None = None,
) -> None:
    """Say for which of its members a region answers.

    `seen_codes` are the members that were ticked when the author looked: a tick that a colleague set or
    removed since then stays as the colleague left it. Raises WaveClosed, ResponseLocked, and ActionRefused
    for a municipality that is not a member on the wave's reference date.
    """
    at = at or timezone.now()
    response = _lock_draft(response, at=at)
    members = set(
        list_members(response.wave, organisation=response.organisation).values_list("municipality", flat=True)
    )
    if response.organisation.kind != Organisation.Kind.YOUTH_REGION or not members.issuperset(
        municipality_codes
    ):
        raise ActionRefused("U kunt alleen antwoorden voor gemeenten die op de peildatum bij uw regio horen.")
    current = _list_covered_codes(response)
    seen = current if seen_codes is None else set(seen_codes)
    added = set(municipality_codes) - seen - current
    removed = (seen - set(municipality_codes)) & current
    if added or removed:
        response.coverage.filter(municipality__in=removed).delete()
        ResponseMunicipality.objects.bulk_create(
            ResponseMunicipality(response=response, municipality_id=code) for code in sorted(added)
        )
        _mark_saved(response, at=at)
        _log(response, "response.cover", by=by, at=at, added=sorted(added), removed=sorted(removed))


@transaction.atomic
def save_answers(
    response: Response, *, changes: Sequence[AnswerChange], by: Person | None, at: datetime | None = None
) -> SaveOutcome:
    """Write every change that is not in conflict, each as a new revision.

    A change to the value that is already there writes nothing, so sending the same form twice is harmless.
    Nor does a value that its author left as it was, while a colleague changed it. Which questions are asked
    is judged anew for the whole response. Raises WaveClosed and ResponseLocked.
    """
    at = at or timezone.now()
    response = _lock_draft(response, at=at)
    stored = load_answers(response)
    accepted: dict[str, AnswerValue] = {}
    stale: list[AnswerConflict] = []
    for change in changes:
        current = stored.get(change.question)
        if _is_same(change.value, current.value if current else BLANK):
            continue
        if current is None or change.base_revision == current.revision:
            accepted[change.question] = change.value
        else:
            stale.append(AnswerConflict(change, current))
    seen = load_revisions((each.current.id, each.change.base_revision) for each in stale)
    conflicts = [
        each for each, value in zip(stale, seen, strict=True) if not _is_same(each.change.value, value)
    ]
    if accepted:
        write_answers(response, accepted, stored=stored, by=by, at=at)
        _mark_saved(response, at=at)
        definition = load_definition(response.wave.version)
        sections = [
            section.code
            for section in definition.sections
            if any(question.code in accepted for question in section.questions)
        ]
        _log(response, "response.save", by=by, at=at, sections=sections, questions=list(accepted))
    return SaveOutcome(list(accepted), conflicts)


@transaction.atomic
def submit_response(response: Response, *, by: Person | None, at: datetime | None = None) -> Response:
    """Lock the answers and let them count; returns the response with its receipt code.

    Raises IncompleteResponse, WaveClosed and ResponseLocked.
    """
    at = at or timezone.now()
    response = _lock_draft(response, at=at)
    codes = _list_covered_codes(response)
    values = {code: answer.value for code, answer in load_answers(response).items()}
    gaps = find_gaps(load_definition(response.wave.version), values=values, has_municipalities=bool(codes))
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
    _log(response, "response.submit", by=by, at=at, receipt_code=response.receipt_code)
    return response


@transaction.atomic
def reopen_response(
    response: Response, *, by: Person | None, reason: str, at: datetime | None = None
) -> Response:
    """Give a submitted or excluded response back; it counts again once it is submitted again.

    Raises WaveClosed, because nobody could finish it then, and ActionRefused for a draft.
    """
    at = at or timezone.now()
    response = _lock(response)
    _refuse_closed_wave(response.wave, at=at)
    if response.status == Response.Status.DRAFT:
        raise ActionRefused("Deze reactie is nog niet ingediend. Heropenen is niet nodig.")
    former_code, response.receipt_code = response.receipt_code, ""
    response.status, response.exclusion_reason = Response.Status.DRAFT, ""
    response.submitted_at = response.submitted_by = None
    response.save()
    rewrite_resolved_answers(response.wave, municipality_codes=_list_covered_codes(response))
    _log(response, "response.reopen", by=by, at=at, reason=reason, receipt_code=former_code)
    return response


@transaction.atomic
def exclude_response(
    response: Response, *, by: Person | None, reason: str, at: datetime | None = None
) -> Response:
    """Leave a response out of every count, with the reason; its answers are kept.

    Raises ActionRefused when it is excluded already.
    """
    at = at or timezone.now()
    response = _lock(response)
    if response.status == Response.Status.EXCLUDED:
        raise ActionRefused("Deze reactie blijft al buiten beschouwing.")
    response.status, response.exclusion_reason = Response.Status.EXCLUDED, reason
    response.save()
    rewrite_resolved_answers(response.wave, municipality_codes=_list_covered_codes(response))
    _log(response, "response.exclude", by=by, at=at, reason=reason)
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


def _lock(response: Response) -> Response:
    """The response as it is now; other writers wait until this transaction ends."""
    return (
        Response.objects.select_for_update(of=("self",))
        .select_related("wave__version", "organisation")
        .get(pk=response.pk)
    )


def _lock_draft(response: Response, *, at: datetime) -> Response:
    response = _lock(response)
    if response.status != Response.Status.DRAFT:
        raise ResponseLocked("Deze vragenlijst is al ingediend. De antwoorden liggen vast.")
    _refuse_closed_wave(response.wave, at=at)
    return response


def _refuse_closed_wave(wave: Wave, *, at: datetime) -> None:
    if not is_wave_open(wave, today=timezone.localdate(at)):
        raise WaveClosed(f"{wave.title} is gesloten. U kunt de vragenlijst niet meer invullen.")


def _list_covered_codes(response: Response) -> set[str]:
    return set(response.coverage.values_list("municipality", flat=True))


def _mark_saved(response: Response, *, at: datetime) -> None:
    response.saved_at = at
    response.save(update_fields=["saved_at"])


def _log(response: Response, action: str, *, by: Person | None, at: datetime, **data: Any) -> None:
    log(response, action, user=by, timestamp=at, data=data)


def _is_same(one: AnswerValue, other: AnswerValue | None) -> bool:
    """Equal but for the order in which options were ticked."""
    return other is not None and (one.state, set(one.options), one.text, one.number) == (
        other.state,
        set(other.options),
        other.text,
        other.number,
    )
