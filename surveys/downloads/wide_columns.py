"""Which columns an answer takes in the wide file, and what stands in them. Pure.

Most questions have one column, called after the question. A table has one per cell (`question.row.column`) and a
typology one per dimension (`question.dimension`): a full stop is in no code. `surveys/offline/wide_format.py` is the
way back.
"""

from surveys.offline.wide_format import KINDS_WITH_A_COLUMN_PER_PART
from surveys.questionnaire.answer_values import AnswerState, AnswerValue
from surveys.questionnaire.cell_parsing import list_parts
from surveys.questionnaire.definition import QuestionDefinition
from surveys.results.table import MISSING_OPTIONS
from surveys.tabular.workbook import Cell, Column, ColumnStyle, convert_number


def list_answer_columns(question: QuestionDefinition) -> list[Column]:
    if question.kind not in KINDS_WITH_A_COLUMN_PER_PART:
        return [Column(question.code, 24, choose_style(is_number=question.is_number))]
    numbers = {column.code for column in question.columns if column.is_number}
    return [
        Column(".".join(filter(None, (question.code, *part))), 24, choose_style(is_number=part[1] in numbers))
        for part in list_parts(question)
    ]


def choose_style(*, is_number: bool) -> ColumnStyle:
    return ColumnStyle.NUMBER if is_number else ColumnStyle.TEXT


def list_answer_cells(question: QuestionDefinition, value: AnswerValue) -> list[Cell]:
    """As many as there are columns; a kind of nothing stands in each of them."""
    parts = list(list_parts(question)) if question.kind in KINDS_WITH_A_COLUMN_PER_PART else [("", "")]
    if value.state is AnswerState.BLANK:
        return [None] * len(parts)
    if value.state is not AnswerState.GIVEN:
        return [MISSING_OPTIONS[value.state][0]] * len(parts)
    if question.kind not in KINDS_WITH_A_COLUMN_PER_PART:
        return [convert_value(question, value)]
    filled: dict[tuple[str, str], Cell] = {
        (cell.row, cell.column): cell.option if cell.number is None else convert_number(cell.number)
        for cell in value.cells
    }
    return [filled.get(part) for part in parts]


def convert_value(question: QuestionDefinition, value: AnswerValue) -> Cell:
    """Option codes with spaces between them, of a ranking in ranked order; a day as 2026-11-22; a file's name."""
    if question.kind == "ranking":
        return " ".join(option.code for option in value.options)
    if question.is_choice:
        return " ".join(option.code for option in question.options if option.code in value.option_codes)
    if value.day is not None:
        return value.day.isoformat()
    if value.file is not None:
        return value.file.name
    return value.text if value.number is None else convert_number(value.number)
