"""Taking in a filled workbook: by the same rules as the form, with a report per row.

What is wrong in one row never costs another row. Everything valid is saved at once: nothing is ever overwritten that
its author had not seen, so there is nothing to confirm first.
"""

import hashlib
import json
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from django.utils import timezone

from surveys.accounts.models import Person
from surveys.offline.filled_workbook import (
    CellProblem,
    FilledQuestion,
    InvalidCells,
    read_answer,
    read_workbook,
)
from surveys.offline.identity import WorkbookIdentity
from surveys.questionnaire.answer_values import BLANK, AnswerValue
from surveys.questionnaire.definition import Definition, QuestionDefinition
from surveys.responses.access import SurveyAccess
from surveys.responses.lifecycle.saving import AnswerChange, SaveOutcome, save_answers, save_first_answers
from surveys.responses.merging import is_same
from surveys.responses.models import AnswerRevision
from surveys.responses.queries import OpenConflict, StoredAnswer, load_answers

KEY_LENGTH = 36


class RowStatus(StrEnum):
    """`KEPT`: the site has another answer by now, which stands; the workbook says what it said when it was made,
    or somebody already chose.
    """

    WRONG = "wrong"
    CONFLICT = "conflict"
    TAKEN = "taken"
    KEPT = "kept"
    UNCHANGED = "unchanged"


@dataclass(frozen=True)
class ReportedQuestion:
    """What became of one question of the workbook. `question` is None for one that is not this person's."""

    filled: FilledQuestion
    status: RowStatus
    question: QuestionDefinition | None = None
    value: AnswerValue = BLANK
    problems: list[CellProblem] = field(default_factory=list)
    conflict: OpenConflict | None = None


@dataclass(frozen=True)
class _Asked:
    """A question of the workbook with the change that it asks for."""

    filled: FilledQuestion
    question: QuestionDefinition
    value: AnswerValue


def take_workbook(
    access: SurveyAccess, content: bytes, *, by: Person, at: datetime | None = None
) -> list[ReportedQuestion]:
    """Save what is filled in and valid; returns every question of the workbook with what became of it.

    Sending a workbook again changes nothing.
    Raises UnreadableSpreadsheet and ForeignWorkbook, with nothing taken, and WaveClosed and ResponseLocked.
    """
    at = at or timezone.now()
    workbook = read_workbook(content)
    workbook.identity.refuse_elsewhere(identify_workbook(access, workbook_id=workbook.identity.id))
    asked: list[_Asked] = []
    wrong: list[ReportedQuestion] = []
    visible = access.visible_definition.questions
    for filled in workbook.questions:
        question = visible.get(filled.code)
        if question is None:
            problem = CellProblem(f"rij {filled.first_row}", describe_absence(filled.code, access.definition))
            wrong.append(ReportedQuestion(filled, RowStatus.WRONG, problems=[problem]))
        elif question.kind != "file":
            try:
                asked.append(_Asked(filled, question, read_answer(question, filled)))
            except InvalidCells as error:
                wrong.append(ReportedQuestion(filled, RowStatus.WRONG, question, problems=error.problems))
    before = load_answers(access.response) if access.response else {}
    outcome = _save(access, asked, workbook_id=workbook.identity.id, by=by, at=at)
    return [*wrong, *_report_saved(asked, before=before, outcome=outcome)]


def identify_workbook(access: SurveyAccess, *, workbook_id: str) -> WorkbookIdentity:
    """What a workbook for this organisation says of itself."""
    return WorkbookIdentity(
        id=workbook_id,
        wave=access.wave.code,
        wave_title=access.wave.title,
        organisation=access.organisation.code,
        organisation_name=str(access.organisation),
        number=str(access.version.number),
        checksum=access.version.checksum,
    )


def describe_absence(code: str, definition: Definition) -> str:
    if code in definition.questions:
        return (
            "Deze vraag hoort bij een onderdeel dat niet aan u is toegewezen. Deze rijen zijn niet opgenomen."
        )
    return "Deze vraag staat niet in uw vragenlijst. Deze rijen zijn niet opgenomen."


def _save(
    access: SurveyAccess, asked: Collection[_Asked], *, workbook_id: str, by: Person, at: datetime
) -> SaveOutcome:
    """An empty workbook is not yet beginning to answer."""
    if access.response is None and all(each.value == BLANK for each in asked):
        return SaveOutcome()
    changes = [_make_change(each, workbook_id=workbook_id) for each in asked]
    if access.response is None:
        _, outcome = save_first_answers(
            access.wave, organisation=access.organisation, changes=changes, by=by, at=at
        )
        return outcome
    return save_answers(access.response, changes=changes, by=by, at=at)


def _make_change(asked: _Asked, *, workbook_id: str) -> AnswerChange:
    """What was filled in, based on the revision that the workbook was made from; colleagues may share a workbook.

    The key names workbook, question and value: the same again is the same save.
    """
    content = json.dumps([asked.question.code, asked.filled.revision, asked.value.as_dict()])
    return AnswerChange(
        asked.question.code,
        asked.value,
        asked.filled.revision,
        key=f"{workbook_id}-{hashlib.sha256(content.encode()).hexdigest()}"[:KEY_LENGTH],
        origin=AnswerRevision.Origin.UPLOAD,
    )


def _report_saved(
    asked: Iterable[_Asked], *, before: Mapping[str, StoredAnswer], outcome: SaveOutcome
) -> list[ReportedQuestion]:
    """`before` are the answers as they were when the workbook came in."""
    conflicts = {conflict.question: conflict for conflict in outcome.conflicts}
    report = []
    for each in asked:
        code = each.question.code
        current = before[code].value if code in before else BLANK
        if code in conflicts:
            status = RowStatus.CONFLICT
        elif is_same(each.value, current, is_ranking=each.question.kind == "ranking"):
            status = RowStatus.UNCHANGED
        elif code in outcome.saved:
            status = RowStatus.TAKEN
        else:
            status = RowStatus.KEPT
        report.append(
            ReportedQuestion(
                each.filled, status, each.question, value=each.value, conflict=conflicts.get(code)
            )
        )
    return report
