"""How a question stands in the workbook: its lines, what may be filled in where, and the way back. Pure.

Every line carries the code of its question and the name of its part in hidden cells, so that a line is known again
wherever it ends up. A part is `answer`, or of a more-part question `option.<code>`, `row.<code>` or
`dimension.<code>`; beside these there are `other.<code>` (what follows "Anders, namelijk"), `missing` and `caveat`.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import Enum

from surveys.questionnaire.answer_parsing import RawAnswer
from surveys.questionnaire.answer_values import STATE_LABELS, AnswerState, AnswerValue
from surveys.questionnaire.definition import ColumnDefinition, OptionDefinition, QuestionDefinition

ANSWER, MISSING, CAVEAT, TITLE = "answer", "missing", "caveat", "title"
TICK = "x"
TICKS = frozenset({"x", "ja", "v", "1", "✓", "✔", "waar", "true"})
NO_TICKS = frozenset({"", "nee", "0", "-", "onwaar", "false"})

Filling = str | int | Decimal | date | None


class Shape(Enum):
    TEXT = "text"
    NUMBER = "number"
    DAY = "day"
    CHOICE = "choice"


@dataclass(frozen=True, slots=True)
class Entry:
    """A cell to fill in; `choices` are what its list offers."""

    shape: Shape
    choices: tuple[str, ...] | tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Line:
    """`label` stands before the entries; `headings` stand above those of the lines that follow."""

    part: str
    label: str = ""
    entries: tuple[Entry, ...] = ()
    headings: tuple[str, ...] = ()


def list_lines(question: QuestionDefinition) -> list[Line]:
    """The lines of the question, the first of which also shows its text. A file has nothing to fill in."""
    if question.kind == "file":
        return [Line(TITLE)]
    lines = list(_list_answer_lines(question))
    if question.missing:
        states = tuple(label_state(state) for state in question.missing)
        lines.append(Line(MISSING, "Geen antwoord? Kies waarom", (Entry(Shape.CHOICE, states),)))
    lines.append(Line(CAVEAT, "Kanttekening, komt bij het cijfer te staan", (Entry(Shape.TEXT),)))
    return lines


def _list_answer_lines(question: QuestionDefinition) -> Iterator[Line]:
    match question.kind:
        case "single":
            yield Line(ANSWER, entries=(_make_choice(question.options),))
            yield from (_make_other(option) for option in question.options if option.asks_text)
        case "multiple":
            yield Line(TITLE)
            yield from _list_ticks(question)
        case "ranking":
            yield Line(TITLE)
            places = Entry(Shape.CHOICE, tuple(range(1, question.places + 1)))
            yield from (Line(f"option.{option.code}", option.text, (places,)) for option in question.options)
        case "typology":
            yield Line(TITLE)
            yield from (
                Line(f"dimension.{each.code}", each.text, (_make_choice(each.options),))
                for each in question.dimensions
            )
        case "matrix":
            yield Line(TITLE, headings=tuple(column.text for column in question.columns))
            entries = tuple(_make_cell(column) for column in question.columns)
            yield from (Line(f"row.{row.code}", row.text, entries) for row in question.rows)
        case "date":
            yield Line(ANSWER, entries=(Entry(Shape.DAY),))
        case "text":
            yield Line(ANSWER, entries=(Entry(Shape.TEXT),))
        case _:
            yield Line(ANSWER, entries=(Entry(Shape.NUMBER),))


def _list_ticks(question: QuestionDefinition) -> Iterator[Line]:
    for option in question.options:
        yield Line(f"option.{option.code}", option.text, (Entry(Shape.CHOICE, (TICK,)),))
        if option.asks_text:
            yield _make_other(option)


def _make_choice(options: Iterable[OptionDefinition]) -> Entry:
    return Entry(Shape.CHOICE, tuple(name_options(options)))


def _make_other(option: OptionDefinition) -> Line:
    return Line(f"other.{option.code}", f"Toelichting bij “{option.text}”", (Entry(Shape.TEXT),))


def _make_cell(column: ColumnDefinition) -> Entry:
    if column.is_number:
        return Entry(Shape.NUMBER)
    return _make_choice(column.options)


def name_options(options: Iterable[OptionDefinition]) -> dict[str, str]:
    """The code of every option by its text in a list; a text that two options share gets its code behind it."""
    options = list(options)
    texts = [simplify(option.text) for option in options]
    return {
        option.text
        if texts.count(simplify(option.text)) == 1
        else f"{option.text} ({option.code})": option.code
        for option in options
    }


def _name_option(options: Iterable[OptionDefinition], code: str) -> str:
    return next(text for text, each in name_options(options).items() if each == code)


def label_state(state: str) -> str:
    return STATE_LABELS[AnswerState(state)].capitalize()


def fill_lines(question: QuestionDefinition, value: AnswerValue) -> dict[str, tuple[Filling, ...]]:
    """What stands in the entries of each part for this answer; parts with nothing are left out."""
    filled: dict[str, tuple[Filling, ...]] = {
        f"other.{option.code}": (option.text,) for option in value.options if option.text
    }
    if value.caveat:
        filled[CAVEAT] = (value.caveat,)
    if value.state is AnswerState.GIVEN:
        filled |= _fill_answer(question, value)
    elif value.state is not AnswerState.BLANK:
        filled[MISSING] = (label_state(value.state),)
    return filled


def _fill_answer(question: QuestionDefinition, value: AnswerValue) -> dict[str, tuple[Filling, ...]]:
    match question.kind:
        case "single":
            return {ANSWER: (_name_option(question.options, value.options[0].code),)}
        case "multiple":
            return {f"option.{option.code}": (TICK,) for option in value.options}
        case "ranking":
            return {f"option.{option.code}": (place,) for place, option in enumerate(value.options, start=1)}
        case "typology":
            options = {dimension.code: dimension.options for dimension in question.dimensions}
            return {
                f"dimension.{cell.row}": (_name_option(options[cell.row], cell.option),)
                for cell in value.cells
            }
        case "matrix":
            return _fill_table(question, value)
        case _:
            return {ANSWER: (value.number if value.number is not None else value.day or value.text,)}


def _fill_table(question: QuestionDefinition, value: AnswerValue) -> dict[str, tuple[Filling, ...]]:
    found = {(cell.row, cell.column): cell for cell in value.cells}

    def fill(row: str, column: ColumnDefinition) -> Filling:
        if (cell := found.get((row, column.code))) is None:
            return None
        return _name_option(column.options, cell.option) if cell.number is None else cell.number

    return {
        f"row.{row.code}": tuple(fill(row.code, column) for column in question.columns)
        for row in question.rows
    }


def read_lines(question: QuestionDefinition, entries: Mapping[str, Sequence[str]]) -> RawAnswer:
    """The answer as it was filled in: `entries` holds the texts of each part of the question, none left out."""
    other = {
        option.code: entries[f"other.{option.code}"][0] for option in question.options if option.asks_text
    }
    missing = {label_state(state): state for state in question.missing}
    values: tuple[str, ...] = ()
    cells: dict[tuple[str, str], str] = {}
    match question.kind:
        case "single":
            values = (find_code(entries[ANSWER][0], codes=name_options(question.options)),)
        case "multiple":
            values = tuple(
                option.code
                for option in question.options
                if simplify(entries[f"option.{option.code}"][0]) in TICKS
            )
        case "ranking":
            cells = {(option.code, ""): entries[f"option.{option.code}"][0] for option in question.options}
        case "typology":
            cells = {
                (each.code, ""): find_code(
                    entries[f"dimension.{each.code}"][0], codes=name_options(each.options)
                )
                for each in question.dimensions
            }
        case "matrix":
            cells = {
                (row.code, column.code): find_code(text, codes=name_options(column.options))
                for row in question.rows
                for column, text in zip(question.columns, entries[f"row.{row.code}"], strict=True)
            }
        case _:
            values = (entries[ANSWER][0],)
    return RawAnswer(
        values=values,
        other=other,
        missing=find_code(entries[MISSING][0], codes=missing) if question.missing else "",
        cells=cells,
        caveat=entries[CAVEAT][0],
    )


def find_code(text: str, *, codes: Mapping[str, str]) -> str:
    """The code behind a text from a list, whatever its capitals; a text that is not in it as it is."""
    known = {simplify(each): code for each, code in codes.items()}
    return known.get(simplify(text), text)


def find_strange_ticks(question: QuestionDefinition, entries: Mapping[str, Sequence[str]]) -> list[str]:
    """The parts where something stands that is neither a tick nor nothing."""
    if question.kind != "multiple":
        return []
    return [
        part
        for part, texts in entries.items()
        if part.startswith("option.") and simplify(texts[0]) not in TICKS | NO_TICKS
    ]


def simplify(text: str) -> str:
    return " ".join(text.split()).casefold()
