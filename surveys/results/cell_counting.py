"""Counting in the database: the finest cells, each kind with one GROUP BY per part of the units."""

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from django.db.models import Aggregate, Count, QuerySet, Sum, TextField

from surveys.coding.adjudicated import is_adjudicated
from surveys.coding.models import CodebookVersion, CodingRound
from surveys.questionnaire.answer_values import AnswerState
from surveys.questionnaire.definition import NUMBER_KINDS, Definition
from surveys.questionnaire.models import Wave
from surveys.questionnaire.queries import ComparableCodes
from surveys.results.aggregation import GIVEN, Cell, GroupKey, ThemeCells
from surveys.results.delivery import count_unanswered
from surveys.results.dimensions import Unit
from surveys.results.grouping import UNGROUPED
from surveys.results.number_summaries import NumberCell, NumberColumn, join_cells
from surveys.results.outcomes import name_cell, name_cell_choice, name_ranked
from surveys.results.sources import Answers, UnitGroups, find_source, list_parts
from surveys.results.themes import CodedQuestion, CodedTheme

CHOICE_KINDS = ("single", "multiple")
LAYOUT_KINDS = ("matrix", "typology")


class ListNumbers(Aggregate):
    """All numbers of a group as one JSON array."""

    function = "JSON_AGG"
    template = "CAST(%(function)s(%(expressions)s) AS text)"
    output_field = TextField()

    def as_sqlite(self, compiler: Any, connection: Any, **context: Any) -> Any:
        return super().as_sql(compiler, connection, function="JSON_GROUP_ARRAY", **context)


class CellCounter:
    """Counts the answers to `questions` (codes by primary key) in the groups of `dimensions`.

    Raises ValueError for the dimension of a question that the wave does not ask, or that cannot be one.
    """

    def __init__(
        self,
        wave: Wave,
        *,
        unit: Unit,
        dimensions: tuple[str, ...],
        definition: Definition,
        codes: ComparableCodes,
        questions: Mapping[int, str],
    ) -> None:
        self._wave, self._unit = wave, unit
        self._definition, self._codes, self._questions = definition, codes, questions
        self._kinds = {pk: definition.questions[code].kind for pk, code in questions.items()}
        self.source = find_source(wave, unit=unit)
        self._parts = list_parts(self.source)
        self._groups = UnitGroups(self.source, dimensions=dimensions, definition=definition, codes=codes)
        self._answers = self.source.answers
        # A long list of everything makes the planner choose a worse way.
        if len(questions) < len(codes.questions):
            self._answers = self._answers.filter(question__in=questions)

    def count_answers(self) -> tuple[list[Cell], list[Cell]]:
        """The cells by state, with who left the question blank or was not asked, and those by chosen option."""
        by_state = [
            Cell(self._questions[question], state, groups, units, weight, cluster)
            for question, (state,), groups, cluster, units, weight in self._count(self._answers, "state")
            if state != AnswerState.BLANK
        ]
        by_option = [*self._count_chosen(), *self._count_ranked(), *self._count_cell_choices()]
        return by_state + self._count_unanswered(by_state), by_option

    def count_numbers(self) -> list[NumberColumn]:
        """The numbers that units gave for themselves alone; none for inhabitants, who fill in nothing."""
        if self._unit == Unit.INHABITANTS:
            return []
        path, own = self.source.path, self.source.own_answers.filter(state=GIVEN)
        cells: list[NumberCell] = []
        if numbers := self._find_questions(*NUMBER_KINDS):
            cells += self._list_numbers(
                own.filter(**{"question__in": numbers, f"{path}number__isnull": False}),
                number=f"{path}number",
                places=(),
            )
        if tables := self._find_questions("matrix"):
            cells += self._list_numbers(
                own.filter(**{"question__in": tables, f"{path}cells__number__isnull": False}),
                number=f"{path}cells__number",
                places=(f"{path}cells__row", f"{path}cells__column"),
            )
        return join_cells(cells)

    def count_themes(self, rounds: Sequence[CodingRound]) -> ThemeCells:
        """Two times GROUP BY, however many questions have themes; no query when none has."""
        coded = self._answers.filter(is_adjudicated(rounds, path=self.source.path))

        def count(outcome: str) -> list[Cell]:
            return [
                Cell(self._questions[question], theme, groups, units, weight, cluster)
                for question, (theme,), groups, cluster, units, weight in self._count(coded, outcome)
            ]

        return ThemeCells(
            questions={each.version.codebook.question: _describe_themes(each.version) for each in rounds},
            by_coded=count("state"),
            by_theme=count(f"{self.source.path}settlements__themes__code"),
        )

    def _count_chosen(self) -> list[Cell]:
        """By option alone: with its question beside it PostgreSQL expects so many groups that it sorts on disk."""
        if not self._find_questions(*CHOICE_KINDS):
            return []
        option = f"{self.source.path}chosen__option"
        chosen = self._answers.filter(**{"state": GIVEN, f"{option}__isnull": False})
        if rankings := self._find_questions("ranking"):
            chosen = chosen.exclude(question__in=rankings)
        return [
            Cell(
                self._codes.option_questions[option],
                self._codes.options[option],
                groups,
                units,
                weight,
                cluster,
            )
            for (option,), groups, cluster, units, weight in self._group_by(chosen, option)
            if option in self._codes.options  # else of an earlier version, where it meant something else
        ]

    def _count_ranked(self) -> list[Cell]:
        rankings = self._find_questions("ranking")
        if not rankings:
            return []
        chosen = f"{self.source.path}chosen"
        ranked = self._answers.filter(
            **{"question__in": rankings, "state": GIVEN, f"{chosen}__isnull": False}
        )
        return [
            Cell(
                self._questions[question],
                name_ranked(self._codes.options[option], place=rank),
                groups,
                units,
                weight,
                cluster,
            )
            for question, (option, rank), groups, cluster, units, weight in self._count(
                ranked, f"{chosen}__option", f"{chosen}__rank"
            )
        ]

    def _count_cell_choices(self) -> list[Cell]:
        """What was chosen in the cells of tables and the dimensions of typologies."""
        layouts = self._find_questions(*LAYOUT_KINDS)
        if not layouts:
            return []
        cells = f"{self.source.path}cells"
        filled = self._answers.filter(**{"question__in": layouts, "state": GIVEN, f"{cells}__option__gt": ""})
        return [
            Cell(
                self._questions[question],
                name_cell_choice(row, column, option=option),
                groups,
                units,
                weight,
                cluster,
            )
            for question, (row, column, option), groups, cluster, units, weight in self._count(
                filled, f"{cells}__row", f"{cells}__column", f"{cells}__option"
            )
        ]

    def _count_unanswered(self, answered: list[Cell]) -> list[Cell]:
        disputed = [
            Cell(self._questions[question], state, groups, units, weight)
            for question, (state,), groups, _, units, weight in self._count(
                self.source.disputed.filter(question__in=self._questions), "state", is_clustered=False
            )
        ]
        return count_unanswered(
            self._wave,
            source=self.source,
            groups=self._groups,
            definition=self._definition,
            codes=self._codes,
            questions=sorted(set(self._questions.values())),
            answered=[*answered, *disputed],
        )

    def _list_numbers(
        self, answers: Answers, *, number: str, places: tuple[str, ...]
    ) -> Iterator[NumberCell]:
        """One GROUP BY; a whole group of numbers comes as one value, because a row for each is what costs time."""
        grouped, columns = self._groups.of_answers(answers)
        listed = grouped.values_list("question", *places, *columns).annotate(numbers=ListNumbers(number))
        for question, *rest, numbers in self._read_parts(listed):
            place, groups = rest[: len(places)], rest[len(places) :]
            yield NumberCell(
                self._questions[question],
                name_cell(*place) if place else "",
                tuple(code or UNGROUPED for code in groups),
                json.loads(numbers),
            )

    def _find_questions(self, *kinds: str) -> list[int]:
        return [pk for pk, kind in self._kinds.items() if kind in kinds]

    def _count(
        self, answers: Answers, *outcome: str, is_clustered: bool = True
    ) -> Iterator[tuple[int, tuple[Any, ...], GroupKey, str, int, int]]:
        """One GROUP BY: (question, outcome, groups, cluster, units, weight), with the keys of the database."""
        rows = self._group_by(answers, "question", *outcome, is_clustered=is_clustered)
        for (question, *found), groups, cluster, units, weight in rows:
            if question in self._questions:  # else of an earlier version, where it meant something else
                yield question, tuple(found), groups, cluster, units, weight

    def _group_by(
        self, answers: Answers, *keys: str, is_clustered: bool = True
    ) -> Iterator[tuple[tuple[Any, ...], GroupKey, str, int, int]]:
        """(values of `keys`, groups, cluster, units, weight)."""
        grouped, columns = self._groups.of_answers(answers)
        clusters = [f"{self.source.path}response"] if is_clustered and self.source.path else []
        aggregates: dict[str, Any] = {"units": Count("*")}
        if self.source.weight:
            aggregates["weight"] = Sum(self.source.weight)
        counts = grouped.values_list(*keys, *columns, *clusters).annotate(**aggregates)
        end_of_groups = len(keys) + len(columns)
        weight = end_of_groups + len(clusters)
        for row in self._read_parts(counts):
            yield (
                row[: len(keys)],
                tuple(code or UNGROUPED for code in row[len(keys) : end_of_groups]),
                str(row[end_of_groups]) if clusters else "",
                row[weight],
                row[-1],
            )

    def _read_parts(self, rows: QuerySet[Any, tuple[Any, ...]]) -> Iterator[tuple[Any, ...]]:
        """Part after part: a group that is in more of them comes more often."""
        for part in self._parts:
            yield from rows.filter(part)


def _describe_themes(version: CodebookVersion) -> CodedQuestion:
    return CodedQuestion(
        version=version.number,
        themes=tuple(
            CodedTheme(theme.code, theme.name, theme.definition, theme.example)
            for theme in version.themes.all()
        ),
    )
