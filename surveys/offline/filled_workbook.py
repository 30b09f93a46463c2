"""A workbook that came back: which questions stand in it, where, and what was filled in."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from openpyxl.utils import get_column_letter

from surveys.offline.identity import NOT_OURS, ForeignWorkbook, WorkbookIdentity
from surveys.offline.layout import Line, find_strange_ticks, list_lines, read_lines
from surveys.offline.spreadsheets import (
    FilledInCell,
    ReadSheet,
    SheetRow,
    read_spreadsheet,
    write_as_typed,
)
from surveys.offline.workbook import CODE, FIRST_ENTRY, IDENTITY_SHEET, LISTS_SHEET, PART, REVISION
from surveys.questionnaire.answer_parsing import RawAnswer, parse_answer
from surveys.questionnaire.answer_values import AnswerValue
from surveys.questionnaire.definition import QuestionDefinition
from surveys.questionnaire.typed_text import InvalidAnswer

MAXIMUM_BYTES = 5_000_000


@dataclass(frozen=True)
class CellProblem:
    """What is wrong in one cell, such as C14, in a full Dutch sentence."""

    reference: str
    message: str


class InvalidCells(ValueError):
    def __init__(self, problems: list[CellProblem]) -> None:
        super().__init__(" ".join(problem.message for problem in problems))
        self.problems = problems


@dataclass
class FilledQuestion:
    """The rows of one question. `revision` is that of the answer with which the workbook was made."""

    code: str
    sheet: str
    revision: int
    rows: dict[str, SheetRow] = field(default_factory=dict)
    twice: list[SheetRow] = field(default_factory=list)

    @property
    def first_row(self) -> int:
        return next(iter(self.rows.values())).number


@dataclass(frozen=True)
class FilledWorkbook:
    identity: WorkbookIdentity
    questions: list[FilledQuestion]


def read_workbook(content: bytes) -> FilledWorkbook:
    """Raises UnreadableSpreadsheet, and ForeignWorkbook for a workbook that was not made here."""
    sheets = {sheet.name: sheet for sheet in read_spreadsheet(content, maximum_bytes=MAXIMUM_BYTES)}
    if IDENTITY_SHEET not in sheets:
        raise ForeignWorkbook(NOT_OURS)
    identity = WorkbookIdentity.from_dict(
        {_read(row, 0): _read(row, 1) for row in sheets[IDENTITY_SHEET].rows}
    )
    questions: dict[str, FilledQuestion] = {}
    for sheet in sheets.values():
        if sheet.name not in (IDENTITY_SHEET, LISTS_SHEET):
            _collect_questions(sheet, questions)
    return FilledWorkbook(identity, list(questions.values()))


def _collect_questions(sheet: ReadSheet, questions: dict[str, FilledQuestion]) -> None:
    for row in sheet.rows:
        code, part, revision = (_read(row, column) for column in (CODE, PART, REVISION))
        if not (code and part and revision.isascii() and revision.isdigit()):
            continue  # a heading, or something that somebody wrote under the questions
        question = questions.setdefault(code, FilledQuestion(code, sheet.name, revision=int(revision[:9])))
        if part in question.rows:
            question.twice.append(row)
        else:
            question.rows[part] = row


def _read(row: SheetRow, column: int) -> str:
    """The text in a column, counted from 0 as in `workbook`."""
    cell = row.cells.get(column + 1)
    return write_as_typed(cell) if cell else ""


def read_answer(question: QuestionDefinition, filled: FilledQuestion) -> AnswerValue:
    """Raises InvalidCells with everything that is wrong, each at its cell."""
    lines = [line for line in list_lines(question) if line.entries]
    refuse_broken_rows(lines, filled)
    places = {line.part: list(_list_places(line, filled.rows[line.part])) for line in lines}
    formulas = [
        CellProblem(reference, "Hier staat een formule. Typ het antwoord zelf in de cel.")
        for cells in places.values()
        for reference, cell in cells
        if cell and cell.is_formula
    ]
    entries = {
        part: [write_as_typed(cell) if cell else "" for _, cell in cells] for part, cells in places.items()
    }
    references = {part: [reference for reference, _ in cells] for part, cells in places.items()}
    ticks = [
        CellProblem(references[part][0], "Zet een x als dit klopt, of maak de cel leeg.")
        for part in find_strange_ticks(question, entries)
    ]
    if formulas or ticks:
        raise InvalidCells([*formulas, *ticks])
    raw = read_lines(question, entries)
    try:
        return parse_answer(question, raw)
    except InvalidAnswer as error:
        raise InvalidCells(locate_problems(question, raw, error.messages, references=references)) from None


def refuse_broken_rows(lines: Iterable[Line], filled: FilledQuestion) -> None:
    """Raises InvalidCells when rows of the question are gone or doubled: then nobody knows what was meant."""
    problems = [
        CellProblem(f"rij {row.number}", "Deze rij staat twee keer in de werkmap. Haal er een weg.")
        for row in filled.twice
    ]
    if any(line.part not in filled.rows for line in lines):
        problems.append(
            CellProblem(
                f"rij {filled.first_row}",
                "Bij deze vraag ontbreken rijen. Haal een nieuwe werkmap op en vul de vraag daarin in.",
            )
        )
    if problems:
        raise InvalidCells(problems)


def _list_places(line: Line, row: SheetRow) -> Iterable[tuple[str, FilledInCell | None]]:
    """The name of each cell of the line, and what is in it."""
    for column in range(FIRST_ENTRY + 1, FIRST_ENTRY + 1 + len(line.entries)):
        yield f"{get_column_letter(column)}{row.number}", row.cells.get(column)


def locate_problems(
    question: QuestionDefinition,
    raw: RawAnswer,
    messages: list[str],
    *,
    references: dict[str, list[str]],
) -> list[CellProblem]:
    """Each message at the cell that is wrong by itself; what only goes wrong together stands at the first cell."""
    problems = []
    for reference, alone in _list_single_cells(question, raw, references=references):
        try:
            parse_answer(question, alone)
        except InvalidAnswer as error:
            problems += [CellProblem(reference, message) for message in error.messages]
    located = {problem.message for problem in problems}
    first = next(iter(references.values()))[0]
    return [*problems, *(CellProblem(first, message) for message in messages if message not in located)]


def _list_single_cells(
    question: QuestionDefinition, raw: RawAnswer, *, references: dict[str, list[str]]
) -> Iterable[tuple[str, RawAnswer]]:
    columns = [column.code for column in question.columns]
    prefix = {"matrix": "row", "typology": "dimension", "ranking": "option"}.get(question.kind)
    for (row, column), text in raw.cells.items():
        place = references[f"{prefix}.{row}"]
        yield place[columns.index(column) if column else 0], RawAnswer(cells={(row, column): text})
    for code, text in raw.other.items():
        yield references[f"other.{code}"][0], RawAnswer(values=(code,), other={code: text})
    yield references["caveat"][0], RawAnswer(caveat=raw.caveat)
