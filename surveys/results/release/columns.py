"""Counting the columns of a snapshot: the same cells that the database gives, by numpy."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import prod

import numpy as np

from surveys.questionnaire.answer_values import MISSING_CODES
from surveys.questionnaire.definition import Definition, QuestionDefinition
from surveys.results.aggregation import GIVEN, NOT_ASKED_STATE, NOT_FILLED_IN_STATE, Cell
from surveys.results.dimensions import Dimension, Unit, parse_answer_dimension
from surveys.results.grouping import CHOSEN, NOT_CHOSEN, UNGROUPED
from surveys.results.number_summaries import NumberColumn
from surveys.results.outcomes import list_measured, list_outcomes
from surveys.results.release.snapshot import NONE, Array, Kind, Snapshot

# What a unit said, by its place in the column. Who did not deliver, or disputes the answer, has NONE.
STATES = (GIVEN, *(state.value for state in MISSING_CODES), NOT_FILLED_IN_STATE, NOT_ASKED_STATE)

# So many different keys cost less to count than to sort the keys of a large wave.
MOST_COUNTED = 100_000


@dataclass(frozen=True, slots=True)
class QuestionColumns:
    """The names of the columns of one question."""

    code: str

    @property
    def state(self) -> str:
        return f"{self.code}.state"

    @property
    def respondent_type(self) -> str:
        return f"{self.code}.type"

    @property
    def response(self) -> str:
        """The row of the response that the answer comes from."""
        return f"{self.code}.response"

    @property
    def option(self) -> str:
        """Of a question with one choice."""
        return f"{self.code}.option"

    def chose(self, option: str) -> str:
        """Of any other question: one of its outcomes (`outcomes.Outcome`)."""
        return f"{self.code}.option.{option}"

    def number(self, place: str) -> str:
        """At a place of the question (`outcomes.Measured`); only of units that filled it in for themselves."""
        return f"{self.code}.number.{place}"

    @property
    def is_coded(self) -> str:
        return f"{self.code}.coded"

    def has_theme(self, theme: str) -> str:
        return f"{self.code}.theme.{theme}"


@dataclass(frozen=True, slots=True)
class CountedCells:
    by_state: list[Cell]
    by_option: list[Cell]
    by_coded: list[Cell]
    by_theme: list[Cell]
    numbers: list[NumberColumn]


@dataclass(frozen=True, slots=True)
class Axis:
    """The group of every unit, as a place in `codes`."""

    column: Array
    codes: Sequence[str]

    def name(self, place: int) -> str:
        return self.codes[place] if place != NONE else UNGROUPED


def kind_of(unit: str) -> Kind:
    return "response" if unit == Unit.RESPONSE else "municipality"


def list_outcome_columns(question: QuestionDefinition, *, themes: Sequence[str]) -> list[str]:
    """The columns that say what a unit answered, besides its state."""
    names = QuestionColumns(question.code)
    if question.kind == "single":
        columns = [names.option]
    else:
        columns = [names.chose(outcome.code) for outcome in list_outcomes(question)]
    columns += list_number_columns(question)
    if themes:
        columns += [names.is_coded, *(names.has_theme(theme) for theme in themes)]
    return columns


def list_number_columns(question: QuestionDefinition) -> list[str]:
    """Of these the numbers are added up."""
    return [QuestionColumns(question.code).number(measured.place) for measured in list_measured(question)]


def list_axis_columns(dimension: str, *, names: QuestionColumns) -> list[str]:
    """The columns that say in which group of the dimension a unit is, for the question with these names."""
    if asked := parse_answer_dimension(dimension):
        of_asked = QuestionColumns(asked.question)
        return [of_asked.state, of_asked.chose(asked.option) if asked.option else of_asked.option]
    return [names.respondent_type if dimension == Dimension.RESPONDENT_TYPE else dimension]


def find_answer_axis(columns: Mapping[str, Array], question: QuestionDefinition, *, option: str) -> Axis:
    """By what units answered to the question: the option, or whether they chose `option`."""
    names = QuestionColumns(question.code)
    given = columns[names.state] == STATES.index(GIVEN)
    if option:
        places = np.where(columns[names.chose(option)], 0, 1)
        return Axis(np.where(given, places, NONE), [CHOSEN, NOT_CHOSEN])
    return Axis(np.where(given, columns[names.option], NONE), [each.code for each in question.options])


class ColumnCounter:
    """Counts questions of one unit in one breakdown; every column is read once."""

    def __init__(
        self,
        snapshot: Snapshot,
        *,
        definition: Definition,
        unit: str,
        dimensions: Sequence[str],
        questions: Sequence[str],
        themes: Mapping[str, Sequence[str]],
    ) -> None:
        self._definition, self._unit, self._dimensions = definition, unit, dimensions
        self._questions, self._themes = questions, themes
        self._groups = snapshot.document["groups"][kind_of(unit)]["names"]
        numbers = [each for code in questions for each in list_number_columns(definition.questions[code])]
        self._numbers = snapshot.read_thousandths(numbers, kind=kind_of(unit))
        self._columns = snapshot.read(self._list_columns(), kind=kind_of(unit))

    def count(self) -> CountedCells:
        counted = CountedCells([], [], [], [], [])
        for code in self._questions:
            self._count_question(self._definition.questions[code], counted=counted)
        return counted

    def _list_columns(self) -> list[str]:
        columns = ["inhabitants"] if self._unit == Unit.INHABITANTS else []
        for code in self._questions:
            names = QuestionColumns(code)
            columns.append(names.state)
            if self._unit != Unit.RESPONSE:
                columns.append(names.response)
            for dimension in self._dimensions:
                columns += list_axis_columns(dimension, names=names)
            columns += list_outcome_columns(
                self._definition.questions[code], themes=self._themes.get(code, ())
            )
        return [column for column in columns if column not in self._numbers]

    def _count_question(self, question: QuestionDefinition, *, counted: CountedCells) -> None:
        names = QuestionColumns(question.code)
        axes = [self._find_axis(dimension, names=names) for dimension in self._dimensions]
        states = self._columns[names.state]
        given = states == STATES.index(GIVEN)
        counted.by_state.extend(self._count(question.code, states, STATES, axes=axes))
        if question.kind == "single":
            options = np.where(given, self._columns[names.option], NONE)
            codes = [option.code for option in question.options]
            counted.by_option.extend(self._count(question.code, options, codes, axes=axes))
        else:
            for outcome in list_outcomes(question):
                chosen = self._columns[names.chose(outcome.code)] & given
                counted.by_option.extend(self._count_true(question.code, chosen, outcome.code, axes=axes))
        if self._unit != Unit.INHABITANTS:
            counted.numbers.extend(self._list_numbers(question, given=given, axes=axes))
        if question.code in self._themes:
            coded = self._columns[names.is_coded]
            counted.by_coded.extend(self._count_true(question.code, coded, GIVEN, axes=axes))
            for theme in self._themes[question.code]:
                has_theme = self._columns[names.has_theme(theme)]
                counted.by_theme.extend(self._count_true(question.code, has_theme, theme, axes=axes))

    def _find_axis(self, dimension: str, *, names: QuestionColumns) -> Axis:
        if asked := parse_answer_dimension(dimension):
            question = self._definition.questions[asked.question]
            return find_answer_axis(self._columns, question, option=asked.option)
        column = names.respondent_type if dimension == Dimension.RESPONDENT_TYPE else dimension
        return Axis(self._columns[column], [code for code, _ in self._groups[dimension]])

    def _list_numbers(
        self, question: QuestionDefinition, *, given: Array, axes: Sequence[Axis]
    ) -> Iterator[NumberColumn]:
        names = QuestionColumns(question.code)
        # One place more: who is in no group comes first. Without axes all are in one cell.
        sizes = [1, *(len(axis.codes) + 1 for axis in axes)]
        for measured in list_measured(question):
            numbers = self._numbers[names.number(measured.place)]
            rows = np.flatnonzero(given & ~np.isnan(numbers))
            columns = [np.zeros_like(rows), *(axis.column[rows] + 1 for axis in axes)]
            found, cells = _tell_apart(np.ravel_multi_index(columns, sizes), size=prod(sizes))
            yield NumberColumn(
                question.code,
                measured.place,
                groups=[
                    tuple(axis.name(place - 1) for axis, place in zip(axes, places, strict=True))
                    for _, *places in np.transpose(np.unravel_index(found, sizes)).tolist()
                ],
                cells=cells,
                numbers=numbers[rows].astype(np.int64),
            )

    def _count_true(
        self, question: str, mask: Array, outcome: str, *, axes: Sequence[Axis]
    ) -> Iterator[Cell]:
        return self._count(question, np.where(mask, 0, NONE), [outcome], axes=axes)

    def _count(
        self, question: str, outcomes: Array, codes: Sequence[str], *, axes: Sequence[Axis]
    ) -> Iterator[Cell]:
        """The units by outcome (a place in `codes`) and group; NONE does not count."""
        rows = np.flatnonzero(outcomes >= 0)
        keys, sizes = outcomes[rows].astype(np.int64), [len(codes)]
        columns = [(axis.column[rows], len(axis.codes)) for axis in axes]
        if self._unit != Unit.RESPONSE:
            responses = self._columns[QuestionColumns(question).response][rows]
            columns.append((responses, int(responses.max(initial=0)) + 1))
        for column, size in columns:
            # One place more: who is in no group comes first.
            keys = keys * (size + 1) + column + 1
            sizes.append(size + 1)
        found, places = _tell_apart(keys, size=prod(sizes))
        units = np.bincount(places, minlength=len(found))
        weights = units
        if self._unit == Unit.INHABITANTS:
            weights = np.bincount(places, weights=self._columns["inhabitants"][rows], minlength=len(found))
        outcome_places, *group_places = (axis.tolist() for axis in np.unravel_index(found, sizes))
        clusters = group_places.pop() if self._unit != Unit.RESPONSE else []
        for position, (count, weight) in enumerate(zip(units.tolist(), weights.tolist(), strict=True)):
            yield Cell(
                question=question,
                outcome=codes[outcome_places[position]],
                groups=tuple(
                    axis.name(group[position] - 1) for axis, group in zip(axes, group_places, strict=True)
                ),
                units=count,
                weight=int(weight),
                cluster=str(clusters[position]) if clusters and clusters[position] else "",
            )


def _tell_apart(keys: Array, *, size: int) -> tuple[Array, Array]:
    """The distinct keys, all below `size`, and the place of each key among them; without sorting if that is quicker."""
    if size > MOST_COUNTED:
        return np.unique(keys, return_inverse=True)
    occurs = np.bincount(keys, minlength=size) > 0
    return np.flatnonzero(occurs), (np.cumsum(occurs) - 1)[keys]
