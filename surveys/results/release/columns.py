"""Counting the columns of a snapshot: the same cells that the database gives, by numpy. Pure."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from surveys.questionnaire.definition import NUMBER_KINDS, Definition, QuestionDefinition
from surveys.results.aggregation import GIVEN, Cell
from surveys.results.dimensions import Dimension, Unit
from surveys.results.release.snapshot import NONE, Array, Kind, Snapshot

# What a unit said, by its place in the column; whoever said nothing has NONE.
STATES = (GIVEN, "dont_know", "not_applicable", "refused")


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
        """Of a question with more choices."""
        return f"{self.code}.option.{option}"

    @property
    def number(self) -> str:
        return f"{self.code}.number"

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


def kind_of(unit: str) -> Kind:
    return "response" if unit == Unit.RESPONSE else "municipality"


def list_outcome_columns(question: QuestionDefinition, *, themes: Sequence[str]) -> list[str]:
    """The columns that say what a unit answered, besides its state."""
    names = QuestionColumns(question.code)
    columns = []
    if question.kind == "single":
        columns.append(names.option)
    elif question.kind == "multiple":
        columns += [names.chose(option.code) for option in question.options]
    elif question.kind in NUMBER_KINDS:
        columns.append(names.number)
    if themes:
        columns += [names.is_coded, *(names.has_theme(theme) for theme in themes)]
    return columns


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
        self._columns = snapshot.read(self._list_columns(), kind=kind_of(unit))

    def count(self) -> CountedCells:
        counted = CountedCells([], [], [], [])
        for code in self._questions:
            self._count_question(self._definition.questions[code], counted=counted)
        return counted

    def _list_columns(self) -> list[str]:
        columns = ["inhabitants"] if self._unit == Unit.INHABITANTS else []
        columns += [dimension for dimension in self._dimensions if dimension != Dimension.RESPONDENT_TYPE]
        for code in self._questions:
            names = QuestionColumns(code)
            columns.append(names.state)
            if self._unit != Unit.RESPONSE:
                columns.append(names.response)
            if Dimension.RESPONDENT_TYPE in self._dimensions:
                columns.append(names.respondent_type)
            columns += list_outcome_columns(
                self._definition.questions[code], themes=self._themes.get(code, ())
            )
        return columns

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
        elif question.kind == "multiple":
            for option in question.options:
                chosen = self._columns[names.chose(option.code)] & given
                counted.by_option.extend(self._count_true(question.code, chosen, option.code, axes=axes))
        if question.code in self._themes:
            coded = self._columns[names.is_coded]
            counted.by_coded.extend(self._count_true(question.code, coded, GIVEN, axes=axes))
            for theme in self._themes[question.code]:
                has_theme = self._columns[names.has_theme(theme)]
                counted.by_theme.extend(self._count_true(question.code, has_theme, theme, axes=axes))

    def _find_axis(self, dimension: str, *, names: QuestionColumns) -> tuple[Array, list[str]]:
        """The group of every unit, and the codes of the groups."""
        column = names.respondent_type if dimension == Dimension.RESPONDENT_TYPE else dimension
        return self._columns[column], [code for code, _ in self._groups[dimension]]

    def _count_true(self, question: str, mask: Array, outcome: str, *, axes: Any) -> Iterator[Cell]:
        return self._count(question, np.where(mask, 0, NONE), [outcome], axes=axes)

    def _count(
        self, question: str, outcomes: Array, codes: Sequence[str], *, axes: Sequence[tuple[Array, list[str]]]
    ) -> Iterator[Cell]:
        """The units by outcome (a place in `codes`) and group; NONE does not count."""
        rows = np.flatnonzero(outcomes >= 0)
        keys, sizes = outcomes[rows].astype(np.int64), [len(codes)]
        for column, group_codes in axes:
            keys = keys * len(group_codes) + column[rows]
            sizes.append(len(group_codes))
        if self._unit != Unit.RESPONSE:
            responses = self._columns[QuestionColumns(question).response][rows]
            response_count = int(responses.max(initial=0)) + 1
            keys = keys * response_count + responses
            sizes.append(response_count)
        found, places = np.unique(keys, return_inverse=True)
        units = np.bincount(places, minlength=len(found))
        weights = units
        if self._unit == Unit.INHABITANTS:
            weights = np.bincount(places, weights=self._columns["inhabitants"][rows], minlength=len(found))
        indices = np.unravel_index(found, sizes)
        for position, (count, weight) in enumerate(zip(units.tolist(), weights.tolist(), strict=True)):
            place = [int(axis[position]) for axis in indices]
            yield Cell(
                question=question,
                outcome=codes[place[0]],
                groups=tuple(axes[axis][1][group] for axis, group in enumerate(place[1 : 1 + len(axes)])),
                units=count,
                weight=int(weight),
                cluster=str(place[-1]) if self._unit != Unit.RESPONSE else "",
            )
