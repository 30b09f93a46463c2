"""A result table from a snapshot instead of the database, with the same rows. Pure."""

from collections.abc import Collection, Iterable
from dataclasses import replace
from datetime import date
from typing import Any, TypeVar

from surveys.questionnaire.definition import Definition, SectionDefinition
from surveys.questionnaire.definition_document import read_document
from surveys.results.aggregation import Grouping, ThemeCells, add_remarks, assemble_rows
from surveys.results.dimensions import Dimension, name_dimension, parse_dimensions
from surveys.results.release.columns import ColumnCounter, kind_of
from surveys.results.release.snapshot import Snapshot
from surveys.results.table import ResultTable
from surveys.results.themes import CodedQuestion, CodedTheme

T = TypeVar("T")


class FrozenWave:
    """A snapshot with its definition read: tables are counted from it as often as needed."""

    def __init__(self, snapshot: Snapshot) -> None:
        self.snapshot = snapshot
        self.document = snapshot.document
        self.definition: Definition = read_document(self.document["definition"])

    def count(self, *, unit: str, dimensions: Iterable[str] = (), questions: Collection[str]) -> ResultTable:
        """What `counting.count_answers` gave when the wave was frozen. `unit` is one that was frozen."""
        dimensions = parse_dimensions(dimensions)
        header = self.document["headers"][unit]
        coded = {code: read_coded(each) for code, each in header["coded"].items() if code in questions}
        cells = ColumnCounter(
            self.snapshot,
            definition=self.definition,
            unit=unit,
            dimensions=dimensions,
            questions=[code for code in self.definition.questions if code in questions],
            themes={code: [theme.code for theme in each.themes] for code, each in coded.items()},
        ).count()
        remarks = select_questions(read_remarks(header["remarks"]), questions=questions)
        rows = assemble_rows(
            self._select_sections(questions),
            wave=self.document["wave"],
            version=self.document["version"],
            unit=unit,
            grouping=self._find_grouping(unit, dimensions=dimensions),
            by_state=cells.by_state,
            by_option=cells.by_option,
            themes=ThemeCells(coded, cells.by_coded, cells.by_theme),
        )
        return ResultTable(
            wave=self.document["wave"],
            wave_title=self.document["wave_title"],
            version=self.document["version"],
            unit=unit,
            dimensions=dimensions,
            reference_date=date.fromisoformat(self.document["reference_date"]),
            base_rule=header["base_rule"],
            caveats=tuple(header["caveats"]),
            rows=add_remarks(rows, remarks=remarks),
            municipalities=select_questions(header["municipalities"], questions=questions),
            routing=select_questions(header["routing"], questions=questions),
            remarks=remarks,
            coded=coded,
            dimension_names={
                code: name_dimension(code, questions=self.definition.questions) for code in dimensions
            },
        )

    def _select_sections(self, questions: Collection[str]) -> list[SectionDefinition]:
        return [
            replace(section, questions=tuple(each for each in section.questions if each.code in questions))
            for section in self.definition.sections
        ]

    def _find_grouping(self, unit: str, *, dimensions: tuple[str, ...]) -> Grouping:
        if not dimensions:
            return Grouping(dimensions=(), names={}, places=frozenset())
        groups = self.document["groups"][kind_of(unit)]
        axes = [list(Dimension).index(Dimension(dimension)) for dimension in dimensions]
        return Grouping(
            dimensions=dimensions,
            names={dimension: dict(names) for dimension, names in groups["names"].items()},
            places=frozenset(tuple(place[axis] for axis in axes) for place in groups["places"]),
        )


def select_questions(by_question: dict[str, T], *, questions: Collection[str]) -> dict[str, T]:
    return {code: each for code, each in by_question.items() if code in questions}


def read_remarks(remarks: dict[str, list[str]]) -> dict[str, tuple[str, ...]]:
    return {question: tuple(sentences) for question, sentences in remarks.items()}


def read_coded(coded: dict[str, Any]) -> CodedQuestion:
    """As `freezing` wrote it."""
    return CodedQuestion(coded["version"], tuple(CodedTheme(*theme) for theme in coded["themes"]))
