"""The answers of a wave, written into the columns of a snapshot one by one."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, NamedTuple

import numpy as np

from surveys.coding.adjudicated import is_adjudicated
from surveys.coding.models import CodingRound
from surveys.questionnaire.answer_values import AnswerState
from surveys.questionnaire.definition import Definition, QuestionDefinition
from surveys.questionnaire.models import Question
from surveys.questionnaire.queries import ComparableCodes
from surveys.results.aggregation import GIVEN, NOT_ASKED_STATE, NOT_FILLED_IN_STATE
from surveys.results.dimensions import Dimension
from surveys.results.outcomes import (
    list_measured,
    list_outcomes,
    name_cell,
    name_cell_choice,
    name_ranked,
)
from surveys.results.release.columns import STATES, QuestionColumns
from surveys.results.release.snapshot import NONE, Array, Kind
from surveys.results.sources import AnswerSource


class Delivered(NamedTuple):
    """A unit that delivered: of a response the kind of organisation and the version, of a municipality neither."""

    kind: str = ""
    version: int | None = None


@dataclass
class FrozenColumns:
    """The columns in the making: `rows` has the row of every response (by key) and municipality (by code)."""

    rows: dict[int | str, int]
    groups: dict[str, dict[str, dict[str, int]]]
    columns: dict[str, Any] = field(default_factory=dict)

    def start(self, name: str, *, kind: str) -> Array:
        """A column without a value anywhere, or without a yes."""
        is_mark = kind == "mark"
        column = np.full(
            len(self.rows), not is_mark and NONE, dtype={"mark": "?", "row": "i4"}.get(kind, "i2")
        )
        self.columns[name] = column
        return column


def start_questions(
    frozen: FrozenColumns, *, definition: Definition, questions: Iterable[str], rounds: Iterable[CodingRound]
) -> None:
    for code in questions:
        question, names = definition.questions[code], QuestionColumns(code)
        frozen.start(names.state, kind="place")
        frozen.start(names.respondent_type, kind="place")
        frozen.start(names.response, kind="row")
        if question.kind == "single":
            frozen.start(names.option, kind="place")
        else:
            for outcome in list_outcomes(question):
                frozen.start(names.chose(outcome.code), kind="mark")
        for measured in list_measured(question):
            frozen.columns[names.number(measured.place)] = [None] * len(frozen.rows)
    for coding_round in rounds:
        names = QuestionColumns(coding_round.version.codebook.question)
        frozen.start(names.is_coded, kind="mark")
        for theme in coding_round.version.themes.all():
            frozen.start(names.has_theme(theme.code), kind="mark")


class AnswerFreezer:
    """Writes what the units of one kind answered into the columns, row by row."""

    def __init__(
        self,
        frozen: FrozenColumns,
        source: AnswerSource,
        *,
        kind: Kind,
        definition: Definition,
        codes: ComparableCodes,
        questions: Collection[str],
    ) -> None:
        self._frozen, self._source, self._columns = frozen, source, frozen.columns
        self._types = frozen.groups[kind][Dimension.RESPONDENT_TYPE]
        self._definition, self._codes = definition, codes
        self._questions = {pk: code for pk, code in codes.questions.items() if code in set(questions)}
        self._answers = source.answers.filter(question__in=self._questions).order_by()

    def freeze_states(self) -> None:
        for unit, question, state, respondent_type, response in self._answers.values_list(
            self._source.key,
            "question",
            "state",
            self._source.columns[Dimension.RESPONDENT_TYPE],
            f"{self._source.path}response",
        ):
            if state == AnswerState.BLANK:
                continue
            row, names = self._frozen.rows[unit], QuestionColumns(self._questions[question])
            self._columns[names.state][row] = STATES.index(state)
            self._columns[names.respondent_type][row] = self._types[respondent_type]
            self._columns[names.response][row] = self._frozen.rows[response]

    def freeze_choices(self) -> None:
        places = {
            code: {option.code: place for place, option in enumerate(question.options)}
            for code, question in self._definition.questions.items()
        }
        path, key = self._source.path, self._source.key
        chosen = self._answers.filter(**{f"{path}chosen__isnull": False})
        for unit, question, option, rank in chosen.values_list(
            key, "question", f"{path}chosen__option", f"{path}chosen__rank"
        ):
            code, option_code = self._questions[question], self._codes.options[option]
            names, row = QuestionColumns(code), self._frozen.rows[unit]
            if names.option in self._columns:
                self._columns[names.option][row] = places[code][option_code]
                continue
            is_ranked = self._definition.questions[code].kind == Question.Kind.RANKING
            self._mark(names.chose(name_ranked(option_code, place=rank) if is_ranked else option_code), row)
        cells = self._answers.filter(**{f"{path}cells__option__gt": ""})
        for unit, question, row_code, column, option_code in cells.values_list(
            key, "question", f"{path}cells__row", f"{path}cells__column", f"{path}cells__option"
        ):
            names = QuestionColumns(self._questions[question])
            self._mark(
                names.chose(name_cell_choice(row_code, column, option=option_code)), self._frozen.rows[unit]
            )

    def freeze_numbers(self) -> None:
        """Those that a unit filled in for itself alone."""
        path, key = self._source.path, self._source.key
        own = self._source.own_answers.filter(question__in=self._questions, state=GIVEN).order_by()
        numbers = own.filter(**{f"{path}number__isnull": False})
        for unit, question, number in numbers.values_list(key, "question", f"{path}number"):
            self._set_number(unit, question, "", number)
        cells = own.filter(**{f"{path}cells__number__isnull": False})
        for unit, question, row, column, number in cells.values_list(
            key, "question", f"{path}cells__row", f"{path}cells__column", f"{path}cells__number"
        ):
            self._set_number(unit, question, name_cell(row, column), number)

    def freeze_themes(self, rounds: Collection[CodingRound]) -> None:
        coded = self._answers.filter(is_adjudicated(rounds, path=self._source.path))
        theme = f"{self._source.path}settlements__themes__code"
        for unit, question, theme_code in coded.values_list(self._source.key, "question", theme):
            names, row = QuestionColumns(self._questions[question]), self._frozen.rows[unit]
            self._columns[names.is_coded][row] = True
            if theme_code is not None:
                self._columns[names.has_theme(theme_code)][row] = True

    def freeze_silence(
        self, delivered: Mapping[int | str, Delivered], *, asked: Collection[tuple[int, str]] | None
    ) -> None:
        """Who delivered without answering: left blank, or not asked.

        `asked` are the versions that ask a question in the same meaning, as (version, question code); None when there
        is only one. What is disputed says nothing, and opens the questions that follow on it all the same.
        """
        questions = [self._definition.questions[code] for code in sorted(set(self._questions.values()))]
        disputed = {
            (unit, self._questions[question])
            for unit, question in self._source.disputed.filter(question__in=self._questions)
            .order_by()
            .values_list(self._source.key, "question")
        }
        chosen = self._load_leading_choices(questions)
        for question in questions:
            states = self._columns[QuestionColumns(question.code).state]
            types = self._columns[QuestionColumns(question.code).respondent_type]
            for unit, each in delivered.items():
                row = self._frozen.rows[unit]
                if states[row] != NONE or (unit, question.code) in disputed:
                    continue
                is_reached = all(
                    chosen[unit, condition.question] & set(condition.any_of)
                    for condition in question.conditions
                )
                is_asked = asked is None or each.version is None or (each.version, question.code) in asked
                states[row] = STATES.index(
                    NOT_FILLED_IN_STATE if is_reached and is_asked else NOT_ASKED_STATE
                )
                types[row] = self._types.get(each.kind, NONE)

    def _load_leading_choices(
        self, questions: Iterable[QuestionDefinition]
    ) -> Mapping[tuple[int | str, str], set[str]]:
        leading = {condition.question for question in questions for condition in question.conditions}
        keys = {pk: code for pk, code in self._codes.questions.items() if code in leading}
        chosen: dict[tuple[int | str, str], set[str]] = defaultdict(set)
        given = self._source.holding.filter(question__in=keys, state=GIVEN).order_by()
        option = f"{self._source.path}chosen__option__code"
        for unit, question, code in given.values_list(self._source.key, "question", option):
            chosen[unit, keys[question]].add(code)
        return chosen

    def _mark(self, name: str, row: int) -> None:
        if name in self._columns:
            self._columns[name][row] = True

    def _set_number(self, unit: int | str, question: int, place: str, number: Decimal) -> None:
        name = QuestionColumns(self._questions[question]).number(place)
        if name in self._columns:
            self._columns[name][self._frozen.rows[unit]] = number
