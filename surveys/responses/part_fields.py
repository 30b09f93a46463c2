"""The parts of a question as form fields: cells of a table, choices of a typology, places of a ranking, a file."""

from collections.abc import Iterable
from dataclasses import dataclass

from surveys.questionnaire.answer_parsing import RawAnswer
from surveys.questionnaire.cell_parsing import list_parts
from surveys.questionnaire.definition import ColumnDefinition, OptionDefinition, QuestionDefinition
from surveys.responses.forms import name_field, name_file, name_part, name_removal
from surveys.responses.wording import describe_file


@dataclass(frozen=True)
class PartOption:
    value: str
    label: str
    is_chosen: bool


@dataclass(frozen=True)
class PartField:
    """One input; without `options` something is typed. `line` is the row it stands in, read out before `label`."""

    name: str
    id: str
    label: str
    value: str
    options: list[PartOption]
    line: str = ""


@dataclass(frozen=True)
class TableLine:
    label: str
    cells: list[PartField]


@dataclass(frozen=True)
class TableField:
    """For components/question_matrix.html."""

    headings: list[str]
    lines: list[TableLine]


@dataclass(frozen=True)
class FileField:
    """For components/question_file.html. `kept` is the file that is there already, in words, with its number."""

    kept: str
    kept_id: int | None
    kept_name: str
    kept_url: str
    removal_name: str
    accept: str
    limits: str


def make_table(question: QuestionDefinition, *, raw: RawAnswer) -> TableField:
    return TableField(
        headings=[name_column(column) for column in question.columns],
        lines=[
            TableLine(
                row.text,
                [
                    make_part(
                        question,
                        (row.code, column.code),
                        raw=raw,
                        label=name_column(column),
                        line=row.text,
                        options=list_options(column.options),
                    )
                    for column in question.columns
                ],
            )
            for row in question.rows
        ],
    )


def make_dimensions(question: QuestionDefinition, *, raw: RawAnswer) -> list[PartField]:
    return [
        make_part(question, (each.code, ""), raw=raw, label=each.text, options=list_options(each.options))
        for each in question.dimensions
    ]


def make_places(question: QuestionDefinition, *, raw: RawAnswer) -> list[PartField]:
    places = [(str(place), str(place)) for place in range(1, question.places + 1)]
    return [
        make_part(question, (option.code, ""), raw=raw, label=option.text, options=places)
        for option in question.options
    ]


def make_file(question: QuestionDefinition, *, raw: RawAnswer, url: str) -> FileField:
    kept = raw.file
    words = [extension.upper() for extension in question.accepts]
    return FileField(
        kept=describe_file(kept) if kept else "",
        kept_id=kept.id if kept else None,
        kept_name=name_file(question),
        kept_url=url,
        removal_name=name_removal(question),
        accept=",".join(f".{extension}" for extension in question.accepts),
        limits=f"{', '.join(words)}; hoogstens {question.maximum_megabytes} MB.",
    )


def make_part(
    question: QuestionDefinition,
    part: tuple[str, str],
    *,
    raw: RawAnswer,
    label: str,
    options: Iterable[tuple[str, str]],
    line: str = "",
) -> PartField:
    """The first part has the id that the error summary and the list of gaps lead to."""
    name, value = name_part(question, part), raw.cells.get(part, "")
    is_first = part == next(list_parts(question), None)
    return PartField(
        name=name,
        id=f"id_{name_field(question) if is_first else name}",
        label=label,
        value=value,
        options=[PartOption(code, text, code == value.strip()) for code, text in options],
        line=line,
    )


def list_options(options: Iterable[OptionDefinition]) -> list[tuple[str, str]]:
    return [(option.code, option.text) for option in options]


def name_column(column: ColumnDefinition) -> str:
    """With its unit: "Kosten (€)"."""
    unit = {"euro": "€", "percentage": "%"}.get(column.kind, column.unit)
    return f"{column.text} ({unit})" if unit else column.text
