"""Taking in a wide response file: all rows or none, by the same steps as somebody who fills in."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils import timezone

from surveys.accounts.models import Organisation
from surveys.offline.wide_format import (
    MUNICIPALITIES,
    RESPONDENT,
    STATUS,
    TEXT_SUFFIX,
    Problem,
    WideRow,
    WideTable,
    read_header,
    read_row,
)
from surveys.questionnaire.models import Wave
from surveys.questionnaire.queries import load_definition
from surveys.questionnaire.typed_text import quote
from surveys.responses.lifecycle.refusals import ActionRefused, IncompleteResponse
from surveys.responses.lifecycle.saving import AnswerChange, save_answers
from surveys.responses.lifecycle.starting import save_coverage, start_response
from surveys.responses.lifecycle.submission import submit_response
from surveys.responses.models import Answer, AnswerRevision, Response
from surveys.responses.progress import Gap, GapKind


class ImportRefused(Exception):
    """Nothing was taken; `problems` are all there are, in the order of the file."""

    def __init__(self, problems: list[Problem]) -> None:
        super().__init__(f"{len(problems)} problems")
        self.problems = problems


@dataclass(frozen=True)
class ImportOutcome:
    imported: int
    submitted: int


@dataclass(frozen=True)
class _Surroundings:
    """What rows are judged against: looked up once, whatever the number of rows.

    `members` are the municipalities that an organisation may answer for, `refused` says per organisation why
    its response may not be touched, `rows` are the rows per respondent of the file.
    """

    wave: Wave
    organisations: dict[str, Organisation]
    members: dict[str, set[str]]
    refused: dict[str, str]
    rows: dict[str, int]


@transaction.atomic
def import_responses(
    wave: Wave, table: WideTable, *, is_trial: bool = False, at: datetime | None = None
) -> ImportOutcome:
    """Start, fill and, where the file says so, submit a response per row; a trial keeps nothing of it.

    Raises ImportRefused. A response that has answers is never touched.
    """
    at = at or timezone.now()
    columns, problems = read_header(table.header, definition=load_definition(wave.version))
    if not {RESPONDENT, STATUS} <= set(table.header):
        raise ImportRefused(problems)
    read = [read_row(number, cells, header=table.header, columns=columns) for number, cells in table.rows]
    around = _look_around(wave, rows=[row for row, _ in read])
    # Regions first: what a municipality has to answer itself depends on what its region says.
    for row, unreadable in sorted(read, key=lambda each: each[0].respondent.startswith("GM")):
        formulas = [problem for problem in table.problems if problem.row == row.number]
        wrong = [*formulas, *unreadable, *check_row(row, around)]
        problems += wrong or take_row(row, around, at=at)
    if not read:
        problems.append(Problem(2, RESPONDENT, "Er staan geen reacties in dit bestand."))
    if problems:
        raise ImportRefused(sorted(problems, key=lambda problem: problem.row))
    if is_trial:
        transaction.set_rollback(True)
    return ImportOutcome(len(read), sum(row.status == "submitted" for row, _ in read))


def _look_around(wave: Wave, *, rows: list[WideRow]) -> _Surroundings:
    members: dict[str, set[str]] = {}
    for municipality, region in wave.frame.values_list("municipality", "youth_region"):
        members[municipality] = {municipality}
        if region:
            members.setdefault(region, set()).add(municipality)
    first_rows: dict[str, int] = {}
    for row in rows:
        first_rows.setdefault(row.respondent, row.number)
    has_answers = Exists(Answer.objects.filter(response=OuterRef("pk")))
    return _Surroundings(
        wave=wave,
        organisations=Organisation.objects.in_bulk(first_rows),
        members=members,
        refused={
            response.organisation_id: reason
            for response in Response.objects.filter(wave=wave).annotate(has_answers=has_answers)
            if (reason := describe_refusal(response, has_answers=response.has_answers, wave=wave))
        },
        rows=first_rows,
    )


def describe_refusal(response: Response, *, has_answers: bool, wave: Wave) -> str:
    """Why the response that is there stays as it is; empty when nothing was filled in yet."""
    if has_answers or response.status != Response.Status.DRAFT:
        return "Er is al een reactie met antwoorden. Inlezen overschrijft niets."
    if response.version_id != wave.version_id:
        return "Er is al een reactie, op een andere versie van de vragenlijst."
    return ""


def check_row(row: WideRow, around: _Surroundings) -> list[Problem]:
    """Whether there may be such a response, whatever it answers."""
    if row.respondent not in around.organisations or row.respondent not in around.members:
        return [Problem(row.number, RESPONDENT, f"{quote(row.respondent)} doet niet mee aan deze meting.")]
    problems = []
    if row.number != (first := around.rows[row.respondent]):
        problems.append(Problem(row.number, RESPONDENT, f"Deze organisatie staat ook op rij {first}."))
    if reason := around.refused.get(row.respondent):
        problems.append(Problem(row.number, RESPONDENT, reason))
    if strangers := sorted(set(row.municipalities) - around.members[row.respondent]):
        problems.append(
            Problem(
                row.number,
                MUNICIPALITIES,
                f"Deze organisatie kan op de peildatum niet antwoorden voor {', '.join(strangers)}.",
            )
        )
    covered = list_covered(row, around)
    for question, municipality in row.values:
        column = f"{question}@{municipality}"
        if municipality and not is_region(row, around):
            problems.append(Problem(row.number, column, "Alleen een jeugdregio kan per gemeente afwijken."))
        elif municipality and municipality not in covered:
            problems.append(
                Problem(row.number, column, "Voor deze gemeente antwoordt de regio in deze rij niet.")
            )
    return problems


def list_covered(row: WideRow, around: _Surroundings) -> set[str]:
    return set(row.municipalities) or around.members[row.respondent]


def is_region(row: WideRow, around: _Surroundings) -> bool:
    return around.organisations[row.respondent].kind == Organisation.Kind.YOUTH_REGION


def take_row(row: WideRow, around: _Surroundings, *, at: datetime) -> list[Problem]:
    """Write the response; what the steps refuse comes back as problems, for the whole import to be undone."""
    try:
        response = start_response(
            around.wave, organisation=around.organisations[row.respondent], by=None, at=at
        )
        if is_region(row, around):
            save_coverage(response, municipality_codes=list_covered(row, around), by=None, at=at)
        changes = [
            AnswerChange(
                question,
                value,
                base_revision=0,
                municipality=municipality,
                origin=AnswerRevision.Origin.IMPORT,
            )
            for (question, municipality), value in row.values.items()
        ]
        save_answers(response, changes=changes, by=None, at=at)
        if row.status == "submitted":
            submit_response(response, by=None, at=at, is_mailed=False)
    except IncompleteResponse as refusal:
        return [describe_gap(gap, row=row) for gap in refusal.gaps]
    except ActionRefused as refusal:
        return [Problem(row.number, RESPONDENT, str(refusal))]
    return []


def describe_gap(gap: Gap, *, row: WideRow) -> Problem:
    """Why the row cannot be submitted; as a draft it could be taken."""
    if gap.question is None:
        return Problem(row.number, MUNICIPALITIES, "Een ingediende reactie geldt voor minstens één gemeente.")
    code, of = gap.question.code, f"@{gap.municipality.code}" if gap.municipality else ""
    match gap.kind:
        case GapKind.NEEDS_TEXT:
            return Problem(row.number, f"{code}{TEXT_SUFFIX}{of}", "Bij dit antwoord hoort een toelichting.")
        case GapKind.RULE:
            return Problem(row.number, f"{code}{of}", gap.message)
        case _:
            return Problem(
                row.number,
                f"{code}{of}",
                "Deze vraag is verplicht. Zonder antwoord kan de reactie niet submitted zijn.",
            )
