"""Several versions of the questionnaire in one wave: asking a newer one, and moving a response to it."""

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Case, QuerySet, Value, When
from django.utils import timezone

from surveys.accounts.models import Person
from surveys.questionnaire.lifecycle import change_wave_version
from surveys.questionnaire.models import QuestionnaireVersion, Wave
from surveys.questionnaire.queries import load_changes, load_codes, load_definition
from surveys.responses.lifecycle.locking import lock_draft
from surveys.responses.lifecycle.refusals import ActionRefused
from surveys.responses.merging import AnswerChange, AnswerKey
from surveys.responses.models import (
    Answer,
    AnswerOption,
    AnswerRevision,
    Clarification,
    EvidenceFile,
    Position,
    Response,
)
from surveys.responses.moving import plan_move
from surveys.responses.queries import StoredAnswer, load_answers, load_deviations, load_histories
from surveys.responses.resolving import rewrite_resolved_answers
from surveys.responses.writing import write_answers
from surveys.trail.recording import record


@transaction.atomic
def ask_newer_version(wave: Wave, *, version: QuestionnaireVersion, by: Person | None = None) -> None:
    """From now on the wave asks `version`, and what was submitted is resolved anew for its questions.

    Raises WaveTransitionRefused, see `change_wave_version`.
    """
    change_wave_version(wave, version=version, by=by)
    rewrite_resolved_answers(wave, municipality_codes=set(wave.frame.values_list("municipality", flat=True)))


@transaction.atomic
def move_response(
    response: Response, *, to: QuestionnaireVersion, by: Person | None, at: datetime | None = None
) -> Response:
    """Take a draft along to the version that its wave asks now; doing so twice changes nothing.

    An answer goes along when its question still means the same and still accepts it, with its history and its
    open conflicts. What does not go along stays with the question it was given to, and does not count. Raises
    WaveClosed, ResponseLocked, and ActionRefused when the wave asks yet another version.
    """
    at = at or timezone.now()
    response = lock_draft(response, at=at)
    if to.pk != response.wave.version_id:
        raise ActionRefused("De vragenlijst is intussen weer veranderd. Bekijk eerst wat er nu verandert.")
    former = response.version
    if former.pk == to.pk:
        return response
    changes = load_changes(former, to)
    definition = load_definition(to)
    stored = load_every_answer(response)
    plan = plan_move(
        definition, changes=changes, values={key: answer.value for key, answer in stored.items()}
    )
    comparable = {code for code, change in changes.items() if change.is_comparable}
    _point_to_version(response, to, codes=comparable, answer_ids=[stored[key].id for key in plan.carried])
    Answer.objects.filter(pk__in=[stored[key].id for key in plan.left]).update(is_routed=False)
    response.version = to
    response.save(update_fields=["version"])
    write_answers(
        response,
        {
            (question, municipality): AnswerChange(
                question,
                value,
                base_revision=stored[question, municipality].revision,
                municipality=municipality,
                origin=AnswerRevision.Origin.MOVE,
            )
            for (question, municipality), value in plan.carried.items()
            if value != stored[question, municipality].value
        },
        held=load_histories(
            response,
            questions={pk: code for code, pk in load_codes(to).questions.items()},
            revisions=(),
            keys=(),
        ),
        family=definition.questions,
        by=by,
        at=at,
    )
    left = sorted({code for code, _ in plan.left})
    record(response, "response.move", by=by, at=at, former=former.number, newer=to.number, left=left)
    return response


def load_every_answer(response: Response) -> dict[AnswerKey, StoredAnswer]:
    """What a region answers in general and for one municipality, each under its own key."""
    general = {(code, ""): answer for code, answer in load_answers(response).items()}
    return general | load_deviations(response)


def _point_to_version(
    response: Response, version: QuestionnaireVersion, *, codes: Collection[str], answer_ids: Collection[int]
) -> None:
    """Let the answers, and what else is about these questions, refer to the questions of `version`."""
    before, after = load_codes(response.version), load_codes(version)
    questions = {before.questions[code]: after.questions[code] for code in codes}
    options = {
        pk: after.options[key]
        for key, pk in before.options.items()
        if key[0] in codes and key in after.options
    }
    _repoint(Answer.objects.filter(pk__in=answer_ids), "question", questions)
    _repoint(AnswerOption.objects.filter(answer__in=answer_ids), "option", options)
    for model in (EvidenceFile, Position, Clarification):
        _repoint(model.objects.filter(response=response), "question", questions)


def _repoint(rows: QuerySet[Any], field: str, mapping: Mapping[int, int]) -> None:
    cases = [When(**{field: old, "then": Value(new)}) for old, new in mapping.items()]
    rows.filter(**{f"{field}__in": mapping}).update(**{field: Case(*cases)})
