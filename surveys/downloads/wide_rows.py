"""Filling the rows of a wide file from what the database has of each unit. Pure.

This runs once per answer, a million times for a large file: it makes no objects and works nothing out twice.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache, partial
from typing import Any, TypeAlias

from surveys.downloads.wide_columns import NOT_ASKED, Place
from surveys.questionnaire.answer_values import MISSING_CODES
from surveys.questionnaire.definition import Definition
from surveys.questionnaire.routing import find_routed_questions
from surveys.responses.merging import AnswerKey
from surveys.tabular.workbook import Cell, convert_number

MISSING = frozenset(MISSING_CODES.values())
# What was chosen in one question, in so many ways, is worked out once.
WAYS_TO_REMEMBER = 10_000

Stored: TypeAlias = str | int | float | None


@dataclass(frozen=True, slots=True)
class StoredUnit:
    """What is stored of a unit; answers are called as `name_answer` says.

    An answer is the code of a kind of nothing, a text, a number, or of what was chosen the key of each option, with
    its rank in a ranking (`12 15` or `15:1 12:2`). An explanation is that of an option: the answer, the option, its
    rank and the words. A part of a table or typology: the answer, row, column, the option or the number.
    """

    answers: Mapping[str, Stored] = field(default_factory=dict)
    explanations: Sequence[tuple[str, int, int, str]] = ()
    parts: Sequence[tuple[str, str, str, str, int | float | None]] = ()
    caveats: Mapping[str, str] = field(default_factory=dict)
    provenances: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class AnswerPlace:
    """A place in the file with how the stored answer is read there; None where it is the cell itself."""

    place: Place
    read: Callable[[Any], Sequence[Cell]] | None


def name_answer(question: int, municipality: str = "") -> str:
    """By the key of the question, and of a deviation the municipality; as `stored_answers` calls it."""
    return f"{question}@{municipality}" if municipality else str(question)


def place_answers(places: Mapping[str, Place], *, options: Mapping[int, str]) -> dict[str, AnswerPlace]:
    """Where answers go, by their names; `options` are codes by key."""
    return {
        name: AnswerPlace(place, _choose_reading(place, options=options)) for name, place in places.items()
    }


def fill_row(
    cells: list[Cell],
    unit: StoredUnit,
    *,
    places: Mapping[str, AnswerPlace],
    options: Mapping[int, str],
) -> None:
    """Put what is stored in the cells. What has no place in the file is left out."""
    for name, stored in unit.answers.items():
        answer = places.get(name)
        if answer is None or stored is None:
            continue
        place = answer.place
        if answer.read is None:
            cells[place.start] = stored
        else:
            cells[place.start : place.end] = answer.read(stored)
    _fill_parts(cells, unit.parts, places=places)
    if unit.explanations:
        _fill_explanations(cells, unit.explanations, places=places, options=options)
    for name, caveat in unit.caveats.items():
        if name in places and (position := places[name].place.caveat) is not None:
            cells[position] = caveat
    for name, provenance in unit.provenances.items():
        if name in places and (position := places[name].place.provenance) is not None:
            cells[position] = provenance


def _choose_reading(place: Place, *, options: Mapping[int, str]) -> Callable[[Any], Sequence[Cell]] | None:
    if place.order:
        return lru_cache(WAYS_TO_REMEMBER)(partial(_read_choices, place=place, options=options))
    return partial(_repeat, place=place) if place.parts else None


def _repeat(stored: str, *, place: Place) -> list[Cell]:
    """A kind of nothing stands in every cell of a table."""
    return [stored] * (place.end - place.start)


def _read_choices(stored: str, *, place: Place, options: Mapping[int, str]) -> list[Cell]:
    """The codes with spaces between them, of a ranking in ranked order; or per option whether it was chosen.

    Left out is what the question has no more.
    """
    if stored in MISSING:
        return _repeat(stored, place=place)
    choices = []
    for each in stored.split():
        key, _, rank = each.partition(":")
        code = options.get(int(key), "")
        if code in place.order:
            choices.append((int(rank or 0) or place.order[code], code))
    codes = [code for _, code in sorted(choices)]
    if place.options and codes:
        return [int(code in codes) for code in place.options]
    return [" ".join(codes) or None] * (place.end - place.start)


def _fill_parts(
    cells: list[Cell],
    parts: Iterable[tuple[str, str, str, str, int | float | None]],
    *,
    places: Mapping[str, AnswerPlace],
) -> None:
    for name, row, column, option, number in parts:
        if name in places and (position := places[name].place.parts.get((row, column))) is not None:
            cells[position] = option if number is None else convert_number(number)


def _fill_explanations(
    cells: list[Cell],
    explanations: Iterable[tuple[str, int, int, str]],
    *,
    places: Mapping[str, AnswerPlace],
    options: Mapping[int, str],
) -> None:
    """What explains the options that were chosen, a line each, in the order of the question."""
    lines = defaultdict[int, list[tuple[int, str]]](list)
    for name, option, rank, words in explanations:
        place = places[name].place if name in places else None
        code = options.get(option, "")
        if place is not None and place.explanation is not None and code in place.order:
            lines[place.explanation].append((rank or place.order[code], words))
    for position, found in lines.items():
        cells[position] = "\n".join(words for _, words in sorted(found))


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
