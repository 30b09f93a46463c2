"""A result table from a snapshot instead of the database, with the same rows."""

from collections.abc import Collection, Iterable
from dataclasses import replace
from datetime import date
from functools import cached_property
from itertools import product
from typing import Any, TypeVar

from surveys.questionnaire.definition import Definition, SectionDefinition
from surveys.questionnaire.definition_document import read_document
from surveys.results.aggregation import Grouping, ThemeCells, add_remarks, assemble_rows
from surveys.results.dimensions import (
    Dimension,
    Unit,
    name_dimension,
    parse_answer_dimension,
    parse_dimensions,
)
from surveys.results.grouping import name_answers
from surveys.results.precision.frame import TERRITORIAL, FrameMember
from surveys.results.precision.joining import CountedCells, add_intervals
from surveys.results.release.columns import ColumnCounter, kind_of
from surveys.results.release.response import GROUPINGS
from surveys.results.release.snapshot import Array, Kind, Snapshot
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
        grouping = self._find_grouping(unit, dimensions=dimensions)
        themes = ThemeCells(coded, cells.by_coded, cells.by_theme)
        rows = assemble_rows(
            self._select_sections(questions),
            wave=self.document["wave"],
            version=self.document["version"],
            unit=unit,
            grouping=grouping,
            by_state=cells.by_state,
            by_option=cells.by_option,
            themes=themes,
            numbers=cells.numbers,
        )
        if unit != Unit.RESPONSE:
            rows = add_intervals(
                rows,
                cells=CountedCells(dimensions, cells.by_state, cells.by_option, themes),
                grouping=grouping,
                frame=self._members,
                is_inhabitants=unit == Unit.INHABITANTS,
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

    def read(self, names: Collection[str], *, kind: Kind) -> dict[str, Array]:
        return self.snapshot.read(list(names), kind=kind)

    def find_themes(self, question: str) -> list[str]:
        """The codes of its themes, in the order of the codebook; none for a question without."""
        header = next(iter(self.document["headers"].values()))
        coded = header["coded"].get(question)
        return [theme.code for theme in read_coded(coded).themes] if coded else []

    def name_groups(self, dimension: str, *, kind: Kind) -> dict[str, str]:
        """The groups of a dimension by code, in the order in which they are read."""
        if asked := parse_answer_dimension(dimension):
            return name_answers(self.definition.questions[asked.question], option=asked.option)
        return dict(self.document["groups"][kind]["names"][dimension])

    def list_unnamed(self) -> dict[str, set[str]]:
        """Per grouping of the response: the groups with a municipality that took part and is not to be named."""
        took_part = {code for codes in self.document["coverage"] for code in codes}
        names = self.document["groups"]["municipality"]["names"]
        columns = self.read(["unit", "may_be_named", *GROUPINGS.values()], kind="municipality")
        rows = [
            row
            for row, (code, is_willing) in enumerate(
                zip(columns["unit"], columns["may_be_named"], strict=True)
            )
            if code in took_part and not is_willing
        ]
        return {
            grouping: {names[dimension][columns[dimension][row]][0] for row in rows}
            for grouping, dimension in GROUPINGS.items()
        }

    @cached_property
    def _members(self) -> list[FrameMember]:
        """The municipalities of the frame, for the intervals."""
        names = self.document["groups"]["municipality"]["names"]
        columns = self.read(["unit", "inhabitants", *TERRITORIAL], kind="municipality")
        return [
            FrameMember(
                code=code,
                groups={
                    dimension.value: names[dimension][columns[dimension][row]][0] for dimension in TERRITORIAL
                },
                inhabitants=int(columns["inhabitants"][row]),
            )
            for row, code in enumerate(columns["unit"])
        ]

    def _select_sections(self, questions: Collection[str]) -> list[SectionDefinition]:
        return [
            replace(section, questions=tuple(each for each in section.questions if each.code in questions))
            for section in self.definition.sections
        ]

    def _find_grouping(self, unit: str, *, dimensions: tuple[str, ...]) -> Grouping:
        if not dimensions:
            return Grouping(dimensions=(), names={}, places=frozenset())
        kind, fixed = kind_of(unit), [each.value for each in Dimension]
        places = {
            combination
            for place in self.document["groups"][kind]["places"]
            for combination in product(
                *(
                    [place[fixed.index(dimension)]]
                    if dimension in fixed
                    else self.name_groups(dimension, kind=kind)
                    for dimension in dimensions
                )
            )
        }
        return Grouping(
            dimensions=dimensions,
            names={dimension: self.name_groups(dimension, kind=kind) for dimension in dimensions},
            places=frozenset(places),
        )


def select_questions(by_question: dict[str, T], *, questions: Collection[str]) -> dict[str, T]:
    return {code: each for code, each in by_question.items() if code in questions}


def read_remarks(remarks: dict[str, list[str]]) -> dict[str, tuple[str, ...]]:
    return {question: tuple(sentences) for question, sentences in remarks.items()}


def read_coded(coded: dict[str, Any]) -> CodedQuestion:
    """As `freezing` wrote it."""
    return CodedQuestion(coded["version"], tuple(CodedTheme(*theme) for theme in coded["themes"]))
