"""Two people answered the same question without having seen each other: both answers are kept, a person chooses."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from django.db import transaction
from django.db.models import Case, Q, Value, When
from django.utils import timezone

from surveys.accounts.models import Person
from surveys.questionnaire.answer_values import AnswerValue
from surveys.questionnaire.queries import load_codes, load_families
from surveys.responses.lifecycle.locking import lock_draft
from surveys.responses.lifecycle.refusals import ActionRefused
from surveys.responses.merging import AnswerChange, AnswerKey, has_seen_current
from surveys.responses.models import AnswerRevision, ConflictingAnswer
from surveys.responses.queries import AnswerHistory, OpenConflict, load_histories, make_open_conflict
from surveys.responses.writing import write_answers
from surveys.trail.recording import record

SETTLED_ALREADY = "Een collega koos intussen al. Kijk welk antwoord er nu staat."
CHANGED_MEANWHILE = "Het antwoord is intussen veranderd. Kijk nog eens en kies dan."


@transaction.atomic
def settle_conflict(
    conflict: ConflictingAnswer,
    *,
    take: bool,
    seen_revision: int,
    by: Person | None,
    at: datetime | None = None,
) -> None:
    """Choose: `take` puts the value beside in the place of the current answer, otherwise that one stays.

    `seen_revision` is the revision of the current answer that the person who chooses had before them. Raises
    WaveClosed, ResponseLocked, and ActionRefused when somebody chose already or the answer changed meanwhile.
    """
    at = at or timezone.now()
    response = lock_draft(conflict.answer.response, at=at)
    conflict = ConflictingAnswer.objects.select_related("answer__question").get(pk=conflict.pk)
    answer = conflict.answer
    if conflict.outcome != ConflictingAnswer.Outcome.OPEN:
        raise ActionRefused(SETTLED_ALREADY)
    if not has_seen_current(seen_revision, current_revision=answer.revision):
        raise ActionRefused(CHANGED_MEANWHILE)
    conflict.outcome = ConflictingAnswer.Outcome.TAKEN if take else ConflictingAnswer.Outcome.KEPT
    conflict.settled_at, conflict.settled_by = at, by
    conflict.save(update_fields=["outcome", "settled_at", "settled_by"])
    if take:
        change = AnswerChange(
            answer.question.code,
            AnswerValue.from_dict(conflict.value),
            seen_revision,
            municipality=answer.municipality_id or "",
            origin=AnswerRevision.Origin.CONFLICT,
        )
        questions = load_codes(response.version).questions
        family = load_families(response.version)[change.question]
        held = load_histories(
            response, questions={questions[code]: code for code in family}, revisions=(), keys=()
        )
        write_answers(response, {change.answer: change}, held=held, family=family, by=by, at=at)
    record(response, "response.settle_conflict", by=by, at=at, question=answer.question.code)


def store_conflicts(
    changes: Sequence[AnswerChange],
    *,
    held: Mapping[AnswerKey, AnswerHistory],
    by: Person | None,
    at: datetime,
) -> list[OpenConflict]:
    """Keep each value beside the current answer, in place of what its author had kept there before.

    The same value again, or the same save sent again, keeps nothing new; what was settled since stays settled.
    """
    is_known = Q(key__in={change.key for change in changes if change.key})
    if by is not None:
        is_known |= Q(saved_by=by, outcome=ConflictingAnswer.Outcome.OPEN)
    known: dict[int, list[ConflictingAnswer]] = {}
    answer_ids = {held[change.answer].current.id for change in changes}
    for row in ConflictingAnswer.objects.filter(is_known, answer__in=answer_ids).select_related("saved_by"):
        known.setdefault(row.answer_id, []).append(row)
    kept: list[tuple[AnswerChange, ConflictingAnswer]] = []
    replaced: list[ConflictingAnswer] = []
    for change in changes:
        rows = known.get(held[change.answer].current.id, [])
        same = next((row for row in rows if _is_same_save(row, change)), None)
        if same is None:
            replaced += rows
            same = ConflictingAnswer(
                answer_id=held[change.answer].current.id,
                value=change.value.as_dict(),
                base_revision=change.base_revision,
                key=change.key,
                saved_at=at,
                saved_by=by,
            )
        kept.append((change, same))
    ConflictingAnswer.objects.bulk_create(row for _, row in kept if row.pk is None)
    if replaced:
        ConflictingAnswer.objects.filter(pk__in={row.pk for row in replaced}).update(
            outcome=ConflictingAnswer.Outcome.REPLACED, settled_at=at, settled_by=by
        )
    return [
        make_open_conflict(row, answer=change.answer, current=held[change.answer].current)
        for change, row in kept
        if row.outcome == ConflictingAnswer.Outcome.OPEN
    ]


def end_answered_conflicts(
    accepted: Mapping[AnswerKey, AnswerChange],
    *,
    held: Mapping[AnswerKey, AnswerHistory],
    by: Person | None,
    at: datetime,
) -> None:
    """Who answers anew, having seen what stands there, chooses: their own value beside it, or an equal one, ends."""
    waiting = {
        held[key].current.id: change.value.as_dict()
        for key, change in accepted.items()
        if key in held and held[key].has_open_conflict
    }
    if not waiting:
        return
    is_taken = Q(*(Q(answer=answer_id, value=value) for answer_id, value in waiting.items()), _connector=Q.OR)
    is_own = Q() if by is None else Q(answer__in=waiting, saved_by=by)
    ConflictingAnswer.objects.filter(is_taken | is_own, outcome=ConflictingAnswer.Outcome.OPEN).update(
        outcome=Case(
            When(is_taken, then=Value(ConflictingAnswer.Outcome.TAKEN)),
            default=Value(ConflictingAnswer.Outcome.REPLACED),
        ),
        settled_at=at,
        settled_by=by,
    )


def _is_same_save(row: ConflictingAnswer, change: AnswerChange) -> bool:
    """Sent again under the same key, or the same value from the same person."""
    is_open = row.outcome == ConflictingAnswer.Outcome.OPEN
    return (bool(change.key) and row.key == change.key) or (is_open and row.value == change.value.as_dict())
