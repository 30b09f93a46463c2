"""Filling the rows of a wide file from what the database has of each answer. Pure.

This runs once per answer, a million times for a large file: it makes no objects and asks nothing twice.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from surveys.downloads.wide_columns import NOT_ASKED, Place
from surveys.questionnaire.answer_values import MISSING_CODES, AnswerState
from surveys.questionnaire.definition import Definition
from surveys.questionnaire.routing import find_routed_questions
from surveys.responses.merging import AnswerKey
from surveys.tabular.workbook import Cell, convert_number

# A stored answer: the unit whose row it is, question, municipality it deviates for, id, state, text, number, day, file
# and caveat.
StoredAnswer = tuple[
    object, int, str | None, int, str, str, Decimal | float | None, date | None, int | None, str
]
# A chosen option: unit, question, municipality, id of the answer, the option, its explanation and its rank.
StoredChoice = tuple[object, int, str | None, int, int, str, int]
# The cells of a row and the place in them of an answer that is kept elsewhere.
Unfilled = tuple[list[Cell], Place]

# Of an option that was chosen beside others: its place among them, its code and its explanation.
Choice = tuple[int, str, str]

GIVEN, BLANK = AnswerState.GIVEN.value, AnswerState.BLANK.value
MISSING = {state.value: code for state, code in MISSING_CODES.items()}


@dataclass(slots=True)
class WideRow:
    """The cells of one unit, and the place of each answer by the keys of its question and municipality."""

    cells: list[Cell]
    places: Mapping[tuple[int, str | None], Place]


@dataclass(slots=True)
class Unfinished:
    """Answers that are kept elsewhere: files by their id, and tables by that of the answer.

    One answer of a region stands in the rows of many municipalities.
    """

    files: dict[int, list[Unfilled]] = field(default_factory=dict)
    tables: dict[int, list[Unfilled]] = field(default_factory=dict)


def fill_answers(found: Iterable[StoredAnswer], *, rows: Mapping[object, WideRow]) -> Unfinished:
    """Put everything but chosen options in the rows of their units. What has no place in the file is left out."""
    unfinished = Unfinished()
    for unit, question, municipality, answer, state, text, number, day, file, caveat in found:
        row = rows[unit]
        place = row.places.get((question, municipality))
        if place is None:
            continue
        cells = row.cells
        if caveat and place.caveat is not None:
            cells[place.caveat] = caveat
        if state != GIVEN:
            _fill_missing(cells, place, state)
        elif text:
            cells[place.start] = text
        elif number is not None:
            cells[place.start] = convert_number(number)
        elif file is not None:
            unfinished.files.setdefault(file, []).append((cells, place))
        elif place.parts:
            unfinished.tables.setdefault(answer, []).append((cells, place))
        elif day is not None:
            cells[place.start] = str(day)
    return unfinished


def fill_choices(
    found: Iterable[StoredChoice], *, rows: Mapping[object, WideRow], options: Mapping[int, str]
) -> None:
    """Put what was chosen in the rows; `options` are codes by id. Left out is what the question has no more."""
    several: dict[tuple[object, int], tuple[list[Cell], Place, list[Choice]]] = {}
    for unit, question, municipality, answer, option, words, rank in found:
        row = rows[unit]
        place = row.places.get((question, municipality))
        code = options.get(option, "")
        if place is None or code not in place.order:
            continue
        if place.is_single:
            row.cells[place.start] = code
            if words and place.explanation is not None:
                row.cells[place.explanation] = words
        else:
            choice = (rank or place.order[code], code, words)
            several.setdefault((unit, answer), (row.cells, place, []))[2].append(choice)
    for cells, place, choices in several.values():
        _fill_several(cells, place, sorted(choices))


def _fill_missing(cells: list[Cell], place: Place, state: str) -> None:
    if state != BLANK:
        cells[place.start : place.end] = [MISSING[state]] * (place.end - place.start)


def _fill_several(cells: list[Cell], place: Place, choices: list[Choice]) -> None:
    """The codes with spaces between them, of a ranking in ranked order; or per option whether it was chosen."""
    if place.options:
        cells[place.start : place.end] = [0] * (place.end - place.start)
        for _, code, _ in choices:
            cells[place.options[code]] = 1
    else:
        cells[place.start] = " ".join(code for _, code, _ in choices)
    if place.explanation is not None:
        cells[place.explanation] = "\n".join(words for _, _, words in choices if words)


def fill_files(names: Iterable[tuple[int, str]], *, files: Mapping[int, list[Unfilled]]) -> None:
    for file, name in names:
        for cells, place in files[file]:
            cells[place.start] = name


def fill_tables(
    found: Iterable[tuple[int, str, str, str, Decimal | float | None]],
    *,
    tables: Mapping[int, list[Unfilled]],
) -> None:
    """Put the cells of tables and typologies in the rows: by answer, row, column, the option or the number."""
    for answer, part_row, part_column, option, number in found:
        for cells, place in tables[answer]:
            position = place.parts.get((part_row, part_column))
            if position is not None:
                cells[position] = option if number is None else convert_number(number)


def mark_routing(row: list[Cell], *, definition: Definition, places: Mapping[AnswerKey, Place]) -> None:
    """Say of the questions that were not asked, given what was chosen, that they were not."""
    own = {code: place for (code, municipality), place in places.items() if not municipality}
    asked = find_routed_questions(
        definition, chosen={code: _list_chosen(row, place) for code, place in own.items()}
    )
    for code, place in own.items():
        if code not in asked:
            row[place.start : place.end] = [NOT_ASKED] * (place.end - place.start)


def _list_chosen(row: list[Cell], place: Place) -> list[str]:
    if place.is_single:
        return [str(row[place.start])]
    return [code for code, position in place.options.items() if row[position] == 1]
