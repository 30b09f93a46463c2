"""The rows of one question, sorted out for a figure. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from surveys.results.charts.bars import MAXIMUM_STACKED_OPTIONS
from surveys.results.dimensions import Unit
from surveys.results.table import ResultRow, ResultTable, Status


@dataclass(frozen=True, slots=True)
class Counted:
    """The options or themes of one question and its kinds of missing, in total and per group.

    `dimension_names` are those of the breakdown, one or two. `groups` are its finest groups; `margins` are, of two
    dimensions, the groups of each by itself.
    """

    question: str
    title: str
    unit: Unit
    dimension_names: tuple[str, ...]
    municipalities: int
    routing: str
    remarks: tuple[str, ...]
    total: tuple[ResultRow, ...]
    groups: tuple[tuple[ResultRow, ...], ...]
    margins: tuple[tuple[ResultRow, ...], ...]

    @property
    def options(self) -> list[ResultRow]:
        return list_options(self.total)

    @property
    def missing_kinds(self) -> list[ResultRow]:
        return [row for row in self.total if row.is_missing_kind]

    @property
    def has_themes(self) -> bool:
        return self.options[0].is_theme

    @property
    def is_multiple(self) -> bool:
        return self.has_themes or self.total[0].kind == "multiple"

    @property
    def withheld_note(self) -> str:
        """Why (a part of) the breakdown is not shown, or "" when all of it is."""
        notes = (row.note for rows in self.groups for row in rows if row.status == Status.SUPPRESSED)
        return next(notes, "")

    @property
    def is_withheld(self) -> bool:
        """No group has a figure, and not because nobody answered."""
        options = [row for rows in self.groups for row in list_options(rows)]
        return bool(self.withheld_note) and all(row.status != Status.OK for row in options)

    @property
    def shown_groups(self) -> tuple[tuple[ResultRow, ...], ...]:
        return () if self.is_withheld else self.groups

    @property
    def can_stack(self) -> bool:
        """Only answers that exclude each other, and not too many of them, fit in one bar."""
        return not self.is_multiple and len(self.options) <= MAXIMUM_STACKED_OPTIONS

    @property
    def has_intervals(self) -> bool:
        return any(row.lower is not None for rows in (self.total, *self.groups) for row in rows)

    def choose_option(self, code: str) -> ResultRow:
        """The option with this code in the total; else the most common one, the first of those."""
        chosen = [row for row in self.options if row.option == code]
        return chosen[0] if chosen else max(self.options, key=lambda row: row.n or 0)


def split_by_question(table: ResultTable) -> list[Counted]:
    """One per closed question, and per open one with themes."""
    counted = []
    for question, question_rows in groupby(table.rows, key=lambda row: row.question):
        groups = [
            tuple(rows)
            for _, rows in groupby(
                question_rows, key=lambda row: (row.dimension_1, row.group_1, row.dimension_2, row.group_2)
            )
        ]
        total, *broken_down = groups
        if not list_options(total):
            continue
        finest = len(table.dimensions)
        counted.append(
            Counted(
                question=question,
                title=total[0].question_text,
                unit=Unit(table.unit),
                dimension_names=tuple(table.dimension_names[code] for code in table.dimensions),
                municipalities=table.municipalities.get(question, 0),
                routing=table.routing.get(question, ""),
                remarks=table.remarks.get(question, ()),
                total=total,
                groups=tuple(rows for rows in broken_down if len(rows[0].dimensions) == finest),
                margins=tuple(rows for rows in broken_down if len(rows[0].dimensions) < finest),
            )
        )
    return counted


def list_options(rows: Sequence[ResultRow]) -> list[ResultRow]:
    """Those of one group that count an option or a theme."""
    return [row for row in rows if row.is_choice]
