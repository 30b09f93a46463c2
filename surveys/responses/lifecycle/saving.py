"""Saving answers: per question, each value as a new revision, never over what the author had not seen."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from surveys.accounts.models import Organisation, Person
from surveys.questionnaire.answer_values import BLANK
from surveys.questionnaire.models import Wave
from surveys.questionnaire.queries import load_codes, load_definition, load_families
from surveys.responses.lifecycle.conflicts import end_answered_conflicts, store_conflicts
from surveys.responses.lifecycle.locking import lock_draft
from surveys.responses.lifecycle.refusals import ActionRefused, VersionChanged
from surveys.responses.lifecycle.starting import find_or_start_response
from surveys.responses.merging import AnswerChange, AnswerKey, Verdict, judge_change
from surveys.responses.models import Answer, Response
from surveys.responses.queries import AnswerHistory, OpenConflict, load_histories
from surveys.responses.writing import write_answers
from surveys.trail.recording import record

__all__ = ["AnswerChange", "SaveOutcome", "confirm_answer", "save_answers", "save_first_answers"]


@dataclass(frozen=True)
class SaveOutcome:
    """What became of every change; a change that is not in `conflicts` is safe and needs nobody's attention.

    `saved` are the codes of the questions that got another value. `revisions` says per change which revision
    its author has before them from now on: what they start from next time. After a conflict, and when a
    colleague changed what they left alone, that is still the one they saw.
    """

    saved: list[str] = field(default_factory=list)
    revisions: dict[AnswerKey, int] = field(default_factory=dict)
    conflicts: list[OpenConflict] = field(default_factory=list)


@transaction.atomic
def save_answers(
    response: Response, *, changes: Sequence[AnswerChange], by: Person | None, at: datetime | None = None
) -> SaveOutcome:
    """Write every change as a new revision, or beside the current answer when its author had not seen that.

    A change to the value that is already there writes nothing, nor does a value that its author left as it was
    while a colleague changed it, nor a save that is sent again under the same key. Which questions are asked is
    judged anew for all answers that depend on the changed ones. Whether the response speaks for the municipality
    of a deviation is for the caller to know. Raises WaveClosed, ResponseLocked, VersionChanged, and ActionRefused
    for a change that the response's version of the questionnaire has no place for.
    """
    at = at or timezone.now()
    seen_version = response.version_id
    response = lock_draft(response, at=at)
    if response.version_id != seen_version:
        raise VersionChanged
    refuse_misfits(response, changes)
    return _merge_changes(response, changes, held=load_family(response, changes=changes), by=by, at=at)


@transaction.atomic
def save_first_answers(
    wave: Wave,
    *,
    organisation: Organisation,
    changes: Sequence[AnswerChange],
    by: Person | None,
    at: datetime | None = None,
) -> tuple[Response, SaveOutcome]:
    """Start the organisation's response and save its first answers: both or neither.

    What is new has no other writers and no history. When somebody else was first, this is `save_answers`. Raises
    as that does, and ActionRefused for an organisation that the wave does not ask.
    """
    at = at or timezone.now()
    response, is_new = find_or_start_response(wave, organisation=organisation, by=by, at=at)
    if not is_new:
        return response, save_answers(response, changes=changes, by=by, at=at)
    refuse_misfits(response, changes)
    return response, _merge_changes(response, changes, held={}, by=by, at=at)


@transaction.atomic
def confirm_answer(
    response: Response,
    *,
    question: str,
    revision: int,
    by: Person | None,
    municipality: str = "",
    at: datetime | None = None,
) -> None:
    """Somebody looked at the answer again, after a warning, and it stands.

    Raises WaveClosed, ResponseLocked, and ActionRefused when there is another answer by now.
    """
    at = at or timezone.now()
    response = lock_draft(response, at=at)
    confirmed = Answer.objects.filter(
        response=response, question__code=question, municipality=municipality or None, revision=revision
    ).update(confirmed_revision=revision)
    if not confirmed:
        raise ActionRefused("Dit antwoord is intussen veranderd. Kijk nog eens of het klopt.")
    record(response, "response.confirm_answer", by=by, at=at, question=question)


def load_family(response: Response, *, changes: Sequence[AnswerChange]) -> dict[AnswerKey, AnswerHistory]:
    """All answers that the changes may touch, with the earlier values that these refer to; one query."""
    questions = load_codes(response.version).questions
    return load_histories(
        response,
        questions={questions[code]: code for code in _find_family(response, changes)},
        revisions={change.base_revision for change in changes},
        keys={change.key for change in changes if change.key},
    )


def refuse_misfits(response: Response, changes: Sequence[AnswerChange]) -> None:
    """Raises ActionRefused for what the questionnaire does not know, or for two values for one answer."""
    codes = load_codes(response.version)
    for change in changes:
        options = {(change.question, option) for option in change.value.option_codes}
        if change.question not in codes.questions or not options <= codes.options.keys():
            raise ActionRefused(
                "Dit antwoord past niet bij uw vragenlijst. Laad de pagina opnieuw en probeer het nog eens."
            )
    if len({change.answer for change in changes}) < len(changes):
        raise ActionRefused("Er staan twee antwoorden op dezelfde vraag. Stuur er een.")


def _find_family(response: Response, changes: Sequence[AnswerChange]) -> frozenset[str]:
    """The questions whose routes may change with these answers, and all they depend on."""
    families = load_families(response.version)
    return frozenset[str]().union(*(families[change.question] for change in changes))


def _merge_changes(
    response: Response,
    changes: Sequence[AnswerChange],
    *,
    held: Mapping[AnswerKey, AnswerHistory],
    by: Person | None,
    at: datetime,
) -> SaveOutcome:
    """Judge every change by what is `held`, see `load_family`, and write what follows."""
    outcome = SaveOutcome()
    accepted: dict[AnswerKey, AnswerChange] = {}
    disputed: list[AnswerChange] = []
    for change in changes:
        history = held.get(change.answer)
        if history and change.key in history.keys:
            outcome.saved.append(change.question)
            outcome.revisions[change.answer] = history.keys[change.key]
            continue
        current_revision = history.current.revision if history else 0
        match _judge(response, change, history):
            case Verdict.WRITE:
                accepted[change.answer] = change
                outcome.saved.append(change.question)
                outcome.revisions[change.answer] = current_revision + 1
            case Verdict.UNCHANGED:
                outcome.revisions[change.answer] = current_revision
            case Verdict.LEFT_ALONE:
                outcome.revisions[change.answer] = change.base_revision
            case Verdict.CONFLICT:
                outcome.revisions[change.answer] = change.base_revision
                disputed.append(change)
    if accepted:
        write_answers(response, accepted, held=held, family=_find_family(response, changes), by=by, at=at)
        end_answered_conflicts(accepted, held=held, by=by, at=at)
    if disputed:
        outcome.conflicts.extend(store_conflicts(disputed, held=held, by=by, at=at))
    return outcome


def _judge(response: Response, change: AnswerChange, history: AnswerHistory | None) -> Verdict:
    seen = BLANK if change.base_revision == 0 else None
    return judge_change(
        change,
        seen=history.values.get(change.base_revision, seen) if history else seen,
        current=history.current.value if history else None,
        current_revision=history.current.revision if history else 0,
        is_ranking=load_definition(response.version).questions[change.question].kind == "ranking",
    )
