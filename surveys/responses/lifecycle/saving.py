"""Saving answers: per question, each value as a new revision, never over what the author had not seen."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from surveys.accounts.models import Person
from surveys.questionnaire.answer_values import BLANK, AnswerValue
from surveys.questionnaire.queries import load_definition
from surveys.responses.lifecycle.locking import lock_draft, log_action, mark_saved
from surveys.responses.models import Response
from surveys.responses.queries import StoredAnswer, load_answers, load_revisions
from surveys.responses.writing import write_answers


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
def save_answers(
    response: Response, *, changes: Sequence[AnswerChange], by: Person | None, at: datetime | None = None
) -> SaveOutcome:
    """Write every change that is not in conflict, each as a new revision.

    A change to the value that is already there writes nothing, so sending the same form twice is harmless.
    Nor does a value that its author left as it was, while a colleague changed it. Which questions are asked
    is judged anew for the whole response. Raises WaveClosed and ResponseLocked.
    """
    at = at or timezone.now()
    response = lock_draft(response, at=at)
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
        mark_saved(response, at=at)
        definition = load_definition(response.version)
        sections = [
            section.code
            for section in definition.sections
            if any(question.code in accepted for question in section.questions)
        ]
        log_action(response, "response.save", by=by, at=at, sections=sections, questions=list(accepted))
    return SaveOutcome(list(accepted), conflicts)


def _is_same(one: AnswerValue, other: AnswerValue | None) -> bool:
    """Equal but for the order in which options were ticked."""
    return other is not None and (one.state, set(one.options), one.text, one.number) == (
        other.state,
        set(other.options),
        other.text,
        other.number,
    )
