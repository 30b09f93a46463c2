"""Which columns an answer takes in a wide file, and what stands in them. Pure.

Most questions have one column, called after the question. A table has one per cell (`question.row.column`) and a
typology one per dimension (`question.dimension`): a full stop is in no code. `surveys/offline/wide_format.py` is the
way back. Where columns are `spread`, for files that know variables, a question with more answers has a column per
option (`question.option`) too.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal

from surveys.offline.wide_format import (
    CAVEAT_SUFFIX,
    CORRECTION_SUFFIX,
    KINDS_WITH_A_COLUMN_PER_PART,
    TEXT_SUFFIX,
)
from surveys.questionnaire.cell_parsing import list_parts
from surveys.questionnaire.definition import Definition, NumberLimits, OptionDefinition, QuestionDefinition
from surveys.responses.merging import AnswerKey
from surveys.results.table import MISSING_OPTIONS
from surveys.tabular.workbook import Column, ColumnStyle, Meaning

PROVENANCE_SUFFIX = "__herkomst"
PROVENANCES: dict[str | int, str] = {
    "own": "eigen antwoord",
    "inherited": "via de jeugdregio",
    "overridden": "afwijking bij de jeugdregio",
    "disputed": "betwist",
    "none": "geen antwoord",
}
NOT_ASKED = "#niet_gesteld"
NOTES = {
    TEXT_SUFFIX: ("Toelichting bij het gekozen antwoord", ColumnStyle.TEXT),
    CAVEAT_SUFFIX: ("Kanttekening van de respondent", ColumnStyle.LONG_TEXT),
    CORRECTION_SUFFIX: ("Wat onderzoekers na het indienen wijzigden", ColumnStyle.LONG_TEXT),
}
CHOSEN: dict[str | int, str] = {0: "Niet gekozen", 1: "Gekozen"}


@dataclass(frozen=True, slots=True)
class Place:
    """Where the answer to a question stands in a row: the positions from `start` up to `end`.

    `order` are its options in the order of the question, `parts` the positions of the cells of a table or typology,
    `options` those of options with a column of their own, and the rest those of what stands beside the answer; None
    for what has no column.
    """

    start: int
    end: int
    is_single: bool
    order: Mapping[str, int]
    parts: Mapping[tuple[str, str], int] = field(default_factory=dict)
    options: Mapping[str, int] = field(default_factory=dict)
    explanation: int | None = None
    caveat: int | None = None
    correction: int | None = None
    provenance: int | None = None


@dataclass(frozen=True, slots=True)
class WideLayout:
    """The columns of a file, of which the first `lead` are not about answers, and where each answer stands."""

    columns: tuple[Column, ...]
    lead: int
    places: Mapping[AnswerKey, Place]


def build_layout(
    definition: Definition,
    *,
    lead: Iterable[Column],
    deviations: Iterable[AnswerKey] = (),
    caveated: Iterable[AnswerKey] = (),
    corrected: Iterable[AnswerKey] = (),
    has_provenance: bool = False,
    spread: bool = False,
) -> WideLayout:
    """The answers first, then explanations, caveats and corrections.

    A column for each of the `deviations`, the questions that a region answers otherwise for a municipality;
    `caveated` are the answers to which somebody added a caveat, `corrected` those that researchers changed. With
    provenance there is a column behind each answer that says where it comes from.
    """
    columns = list(lead)
    lead_count = len(columns)
    keys = [*((code, "") for code in definition.questions), *deviations]
    places: dict[AnswerKey, Place] = {}
    for code, municipality in keys:
        question = definition.questions[code]
        start = len(columns)
        columns += [
            replace(column, name=_name_column(column.name, municipality))
            for column in list_answer_columns(question, spread=spread)
        ]
        end = len(columns)
        has_parts = question.kind in KINDS_WITH_A_COLUMN_PER_PART
        is_spread = spread and question.kind == "multiple"
        places[code, municipality] = Place(
            start=start,
            end=end,
            is_single=question.kind == "single",
            order={option.code: place for place, option in enumerate(question.options, start=1)},
            parts=dict(zip(list_parts(question), range(start, end), strict=True)) if has_parts else {},
            options={each.code: start + place for place, each in enumerate(question.options)}
            if is_spread
            else {},
            provenance=end if has_provenance else None,
        )
        if has_provenance:
            meaning = Meaning(f"Waar het antwoord op {code} vandaan komt", PROVENANCES)
            columns.append(Column(code + PROVENANCE_SUFFIX, 14, meaning=meaning))
    for code, municipality in (key for key in keys if asks_text(definition.questions[key[0]])):
        places[code, municipality] = replace(places[code, municipality], explanation=len(columns))
        columns.append(_make_note(definition.questions[code], TEXT_SUFFIX, municipality))
    for code, municipality in caveated:
        places[code, municipality] = replace(places[code, municipality], caveat=len(columns))
        columns.append(_make_note(definition.questions[code], CAVEAT_SUFFIX, municipality))
    for code, municipality in corrected:
        places[code, municipality] = replace(places[code, municipality], correction=len(columns))
        columns.append(_make_note(definition.questions[code], CORRECTION_SUFFIX, municipality))
    return WideLayout(columns=tuple(columns), lead=lead_count, places=places)


def asks_text(question: QuestionDefinition) -> bool:
    """Whether there is an option, such as "Anders, namelijk", that has words beside it."""
    return any(option.asks_text for option in question.options)


def _make_note(question: QuestionDefinition, suffix: str, municipality: str = "") -> Column:
    """A column with words beside the answer."""
    label, style = NOTES[suffix]
    name = _name_column(question.code + suffix, municipality)
    return Column(name, 30, style, Meaning(f"{label}: {question.text}"))


def _name_column(name: str, municipality: str) -> str:
    return f"{name}@{municipality}" if municipality else name


def list_variables(question: QuestionDefinition) -> list[Column]:
    """Everything that somebody can answer to the question, as files that know variables have it."""
    explanation = [_make_note(question, TEXT_SUFFIX)] if asks_text(question) else []
    return [*list_answer_columns(question, spread=True), *explanation]


def list_answer_columns(question: QuestionDefinition, *, spread: bool = False) -> list[Column]:
    if question.kind == "multiple" and spread:
        return [
            Column(
                f"{question.code}.{option.code}",
                24,
                ColumnStyle.NUMBER,
                _describe(question, text=option.text, values=CHOSEN),
            )
            for option in question.options
        ]
    if question.kind not in KINDS_WITH_A_COLUMN_PER_PART:
        values = _map_options(question.options) if question.kind == "single" else {}
        meaning = _describe(question, values=values, limits=question)
        return [Column(question.code, 24, choose_style(is_number=question.is_number), meaning)]
    return [_describe_part(question, part) for part in list_parts(question)]


def _describe_part(question: QuestionDefinition, part: tuple[str, str]) -> Column:
    name = ".".join(filter(None, (question.code, *part)))
    if question.kind == "typology":
        (dimension,) = (each for each in question.dimensions if each.code == part[0])
        meaning = _describe(question, text=dimension.text, values=_map_options(dimension.options))
        return Column(name, 24, ColumnStyle.TEXT, meaning)
    (row,) = (each for each in question.rows if each.code == part[0])
    (column,) = (each for each in question.columns if each.code == part[1])
    text = f"{row.text}, {column.text}"
    meaning = _describe(question, text=text, values=_map_options(column.options), limits=column)
    return Column(name, 24, choose_style(is_number=column.is_number), meaning)


def _describe(
    question: QuestionDefinition,
    *,
    text: str = "",
    values: Mapping[str | int, str],
    limits: NumberLimits | None = None,
) -> Meaning:
    number = limits if limits is not None and limits.is_number else None
    return Meaning(
        label=f"{question.text} {text}".rstrip(),
        values=values,
        missing={
            **{MISSING_OPTIONS[state][0]: MISSING_OPTIONS[state][1] for state in question.missing},
            **({NOT_ASKED: "Niet gesteld volgens de route"} if question.conditions else {}),
        },
        lowest=number.bounds[0] if number else Decimal(0),
        decimals=number.decimals if number else 0,
    )


def _map_options(options: Iterable[OptionDefinition]) -> dict[str | int, str]:
    return {option.code: option.text for option in options}


def choose_style(*, is_number: bool) -> ColumnStyle:
    return ColumnStyle.NUMBER if is_number else ColumnStyle.TEXT
