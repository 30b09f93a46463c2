"""What differs between two questions with the same code, in Dutch sentences that a respondent understands. Pure."""

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from enum import StrEnum
from itertools import chain

from surveys.questionnaire.definition import (
    ColumnDefinition,
    DimensionDefinition,
    LineDefinition,
    OptionDefinition,
    QuestionDefinition,
)


class ChangeKind(StrEnum):
    """From weak to strong; with a changed meaning the trend breaks."""

    UNCHANGED = "unchanged"
    COSMETIC = "cosmetic"
    CLARIFYING = "clarifying"
    MEANING = "meaning"
    NEW = "new"
    REMOVED = "removed"


CHANGE_LABELS = {
    ChangeKind.UNCHANGED: "ongewijzigd",
    ChangeKind.COSMETIC: "alleen de vorm",
    ChangeKind.CLARIFYING: "verduidelijkt",
    ChangeKind.MEANING: "andere betekenis",
    ChangeKind.NEW: "nieuw",
    ChangeKind.REMOVED: "vervallen",
}

# The least that something can be called, and why.
Difference = tuple[ChangeKind, str]
Part = LineDefinition | ColumnDefinition | DimensionDefinition

ASPECTS: tuple[tuple[ChangeKind, Callable[[QuestionDefinition], object], str], ...] = (
    (
        ChangeKind.MEANING,
        lambda question: question.kind,
        "U antwoordt op een andere manier: de soort vraag is anders.",
    ),
    (
        ChangeKind.MEANING,
        lambda question: {(each.question, frozenset(each.any_of)) for each in question.conditions},
        "De vraag wordt na andere antwoorden gesteld, dus aan anderen.",
    ),
    (
        ChangeKind.CLARIFYING,
        lambda question: (
            (question.bounds, question.decimals),
            (question.maximum_ranked, question.earliest, question.latest),
        ),
        "De grenzen van het antwoord zijn anders.",
    ),
    (
        ChangeKind.CLARIFYING,
        lambda question: (set(question.accepts), question.maximum_megabytes),
        "De eisen aan het bestand zijn anders.",
    ),
    (
        ChangeKind.CLARIFYING,
        lambda question: set(question.missing),
        "De redenen om niet te antwoorden zijn anders.",
    ),
    (
        ChangeKind.CLARIFYING,
        lambda question: question.requirement,
        "Of de vraag verplicht is, is veranderd.",
    ),
    (
        ChangeKind.CLARIFYING,
        lambda question: question.rules,
        "De controles op het antwoord zijn anders.",
    ),
    (
        ChangeKind.CLARIFYING,
        lambda question: question.definition,
        "De definitie bij de vraag is anders.",
    ),
    (ChangeKind.COSMETIC, lambda question: question.help, "De uitleg bij de vraag is anders."),
)


def list_differences(old: QuestionDefinition, new: QuestionDefinition) -> Iterator[Difference]:
    """What rules can judge by themselves."""
    for kind, aspect, reason in ASPECTS:
        if aspect(old) != aspect(new):
            yield kind, reason
    if old.unit != new.unit:
        yield ChangeKind.MEANING, f"De eenheid is anders: {_name(new.unit)} in plaats van {_name(old.unit)}."
    yield from _compare_options(old.options, new.options)
    yield from _compare_parts(old.rows, new.rows)
    yield from _compare_parts(old.columns, new.columns)
    yield from _compare_parts(old.dimensions, new.dimensions)
    columns = {column.code: column for column in old.columns}
    for column in new.columns:
        if column.code in columns:
            yield from _compare_column(columns[column.code], column)
    dimensions = {dimension.code: dimension for dimension in old.dimensions}
    for dimension in new.dimensions:
        if dimension.code in dimensions:
            yield from _compare_options(dimensions[dimension.code].options, dimension.options)


def list_wordings(old: QuestionDefinition, new: QuestionDefinition) -> Iterator[Difference]:
    """Words of which only the author can tell whether they still mean the same."""
    if old.text != new.text:
        yield ChangeKind.COSMETIC, f"De vraag is anders gesteld. Eerst stond er: “{old.text}”"
    before, after = _list_texts(old), _list_texts(new)
    for place, text in after.items():
        if place in before and before[place] != text:
            yield ChangeKind.COSMETIC, f"“{before[place]}” heet nu “{text}”."


def _list_texts(question: QuestionDefinition) -> dict[tuple[str, ...], str]:
    """The words of options, rows, columns and dimensions, each by its place."""
    texts: dict[tuple[str, ...], str] = {("option", option.code): option.text for option in question.options}
    texts |= {("row", row.code): row.text for row in question.rows}
    parts: tuple[ColumnDefinition | DimensionDefinition, ...] = (*question.columns, *question.dimensions)
    for part in parts:
        texts["part", part.code] = part.text
        texts |= {("part", part.code, option.code): option.text for option in part.options}
    return texts


def _compare_options(
    old: Sequence[OptionDefinition], new: Sequence[OptionDefinition]
) -> Iterator[Difference]:
    before, after = {each.code: each for each in old}, {each.code: each for each in new}
    for code, option in before.items():
        if code not in after:
            yield ChangeKind.MEANING, f"Het antwoord “{option.text}” is weg."
        elif option.asks_text != after[code].asks_text:
            yield ChangeKind.CLARIFYING, f"Bij het antwoord “{option.text}” is de toelichting veranderd."
    for code, option in after.items():
        if code not in before:
            yield ChangeKind.CLARIFYING, f"Het antwoord “{option.text}” is erbij gekomen."
    if _keep(before, known=after) != _keep(after, known=before):
        yield ChangeKind.COSMETIC, "De antwoorden staan in een andere volgorde."


def _compare_parts(old: Sequence[Part], new: Sequence[Part]) -> Iterator[Difference]:
    """Rows and columns of a table, dimensions of a typology."""
    before, after = {each.code: each.text for each in old}, {each.code: each.text for each in new}
    for code, text in chain(before.items(), after.items()):
        if code not in after:
            yield ChangeKind.MEANING, f"“{text}” is weg."
        elif code not in before:
            yield ChangeKind.CLARIFYING, f"“{text}” is erbij gekomen."
    if _keep(before, known=after) != _keep(after, known=before):
        yield ChangeKind.COSMETIC, "De regels of kolommen staan in een andere volgorde."


def _compare_column(old: ColumnDefinition, new: ColumnDefinition) -> Iterator[Difference]:
    if (old.kind, old.unit) != (new.kind, new.unit):
        yield ChangeKind.MEANING, f"In de kolom “{new.text}” vult u iets anders in."
    if (old.bounds, old.decimals) != (new.bounds, new.decimals):
        yield ChangeKind.CLARIFYING, f"De grenzen in de kolom “{new.text}” zijn anders."
    yield from _compare_options(old.options, new.options)


def _keep(codes: Iterable[str], *, known: Collection[str]) -> list[str]:
    return [code for code in codes if code in known]


def _name(unit: str) -> str:
    return f"“{unit}”" if unit else "geen eenheid"
