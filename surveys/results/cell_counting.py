"""Counting in the database: the finest cells, each kind with one GROUP BY."""

import json
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from django.db.models import Aggregate, Count, Sum, TextField

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
from surveys.results.sources import Answers, UnitGroups, find_source
from surveys.results.themes import CodedQuestion, CodedTheme

# One answer has more options, and so more rows when its options are joined.
FANNING_KINDS = ("multiple", "ranking")
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
        self._groups = UnitGroups(self.source, dimensions=dimensions, definition=definition, codes=codes)
        self._answers = self.source.answers
        # A long list of everything makes the planner choose a worse way.
        if len(questions) < len(codes.questions):
            self._answers = self._answers.filter(question__in=questions)

    def count_answers(self) -> tuple[list[Cell], list[Cell]]:
        """The cells by state, with who left the question blank or was not asked, and those by chosen option.

        Most questions have one row per answer when their options are joined, and so one GROUP BY for both.
        """
        path = self.source.path
        states: dict[tuple[str, str, GroupKey, str], list[int]] = defaultdict(lambda: [0, 0])
        options: dict[tuple[str, str, GroupKey, str], list[int]] = defaultdict(lambda: [0, 0])
        answers = self._answers
        if rankings := self._find_questions("ranking"):
            answers = answers.exclude(question__in=rankings)
        rows = self._count(answers, "state", f"{path}chosen__option")
        for question, (state, option), groups, cluster, units, weight in rows:
            code = self._questions[question]
            if option is not None and state == GIVEN:
                _add(options[code, self._codes.options[option], groups, cluster], units, weight)
            if self._kinds[question] not in FANNING_KINDS:
                _add(states[code, state, groups, cluster], units, weight)
        if fanning := self._find_questions(*FANNING_KINDS):
            for question, (state,), groups, cluster, units, weight in self._count(
                self._answers.filter(question__in=fanning), "state"
            ):
                _add(states[self._questions[question], state, groups, cluster], units, weight)
        by_state = [each for each in _list_cells(states) if each.outcome != AnswerState.BLANK]
        by_option = [*_list_cells(options), *self._count_ranked(), *self._count_cell_choices()]
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
        for question, *rest, numbers in listed:
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
        grouped, columns = self._groups.of_answers(answers)
        clusters = [f"{self.source.path}response"] if is_clustered and self.source.path else []
        aggregates: dict[str, Any] = {"units": Count("pk")}
        if self.source.weight:
            aggregates["weight"] = Sum(self.source.weight)
        counts = grouped.values_list("question", *outcome, *columns, *clusters).annotate(**aggregates)
        end_of_outcome = 1 + len(outcome)
        end_of_groups = end_of_outcome + len(columns)
        weight = end_of_groups + len(clusters)
        for row in counts:
            if row[0] not in self._questions:  # of an earlier version, where it meant something else
                continue
            yield (
                row[0],
                row[1:end_of_outcome],
                tuple(code or UNGROUPED for code in row[end_of_outcome:end_of_groups]),
                str(row[end_of_groups]) if clusters else "",
                row[weight],
                row[-1],
            )


def _add(sums: list[int], units: int, weight: int) -> None:
    sums[0] += units
    sums[1] += weight


def _list_cells(counts: Mapping[tuple[str, str, GroupKey, str], list[int]]) -> list[Cell]:
    return [
        Cell(question, outcome, groups, units, weight, cluster)
        for (question, outcome, groups, cluster), (units, weight) in counts.items()
    ]


def _describe_themes(version: CodebookVersion) -> CodedQuestion:
    return CodedQuestion(
        version=version.number,
        themes=tuple(
            CodedTheme(theme.code, theme.name, theme.definition, theme.example)
            for theme in version.themes.all()
        ),
    )
