"""The sheet with choices: the options of a question, and the rows, columns and dimensions that have no sheet. Pure.

Besides the list of a question itself there are lists that belong to it by name:

    zorg.rows, zorg.columns, zorg.columns.wie      the rows and columns of a table, the options of its column "wie"
    aanpak.dimensions, aanpak.dimensions.schaal    the dimensions of a typology, the options of one of them
"""

from collections.abc import Iterable, Iterator

from surveys.drafts.xlsform.cells import read_bound, read_text, read_whole_number
from surveys.drafts.xlsform.expressions import keep_apart
from surveys.drafts.xlsform.sheets import FormRow, Report
from surveys.questionnaire.definition import (
    ColumnDefinition,
    DimensionDefinition,
    LineDefinition,
    OptionDefinition,
    QuestionDefinition,
    write_bound,
)

ROWS, COLUMNS, DIMENSIONS = "rows", "columns", "dimensions"
YES = "yes"
OPTION_CELLS = ("list_name", "name", "label", "mm_asks_text")
LINE_CELLS = ("list_name", "name", "label")
COLUMN_CELLS = (*LINE_CELLS, "mm_kind", "mm_unit", "mm_minimum", "mm_maximum", "mm_decimals")


def name_list(*parts: str) -> str:
    """The name of a list that belongs to a question. A code has no full stop: no question's own list is called so."""
    return ".".join(parts)


def write_choices(question: QuestionDefinition) -> Iterator[dict[str, str]]:
    yield from _write_options(question.options, name=question.code)
    for row in question.rows:
        yield _write_line(row, name=name_list(question.code, ROWS))
    for column in question.columns:
        yield _write_line(column, name=name_list(question.code, COLUMNS)) | {
            "mm_kind": column.kind,
            "mm_unit": keep_apart(column.unit),
            "mm_minimum": write_bound(column.minimum) or "",
            "mm_maximum": write_bound(column.maximum) or "",
            "mm_decimals": str(column.decimals or ""),
        }
    for dimension in question.dimensions:
        yield _write_line(dimension, name=name_list(question.code, DIMENSIONS))
    parts: Iterable[tuple[str, ColumnDefinition | DimensionDefinition]] = [
        *((COLUMNS, column) for column in question.columns),
        *((DIMENSIONS, dimension) for dimension in question.dimensions),
    ]
    for kind, part in parts:
        yield from _write_options(part.options, name=name_list(question.code, kind, part.code))


class ChoiceLists:
    """The lists of a form by name. What is asked for is remembered: the rest is left out."""

    def __init__(self, rows: Iterable[FormRow], *, report: Report) -> None:
        self.report = report
        self.lists: dict[str, list[FormRow]] = {}
        self.numbers: dict[tuple[str, str], int] = {}
        self.options: dict[str, tuple[OptionDefinition, ...]] = {}
        self.used = set[str]()
        for row in rows:
            name = row.read("list_name")
            if not name:
                report.refuse(row, "'list_name' ontbreekt.")
            elif not row.read("name"):
                report.refuse(row, "'name' ontbreekt.")
            else:
                self.lists.setdefault(name, []).append(row)
                self.numbers[name, row.read("name")] = row.number

    def has_list(self, name: str) -> bool:
        return name in self.lists

    def find_row(self, name: str, code: str) -> int | None:
        """The number of the last row of a list with this code."""
        return self.numbers.get((name, code))

    def read_options(self, name: str) -> tuple[OptionDefinition, ...]:
        """Many questions may share a list: it is read once."""
        if name not in self.options:
            self.options[name] = self._read_options(name)
        return self.options[name]

    def read_rows(self, question: str) -> tuple[LineDefinition, ...]:
        return tuple(
            LineDefinition(row.read("name"), read_text(row, "label", report=self.report))
            for row in self._take(name_list(question, ROWS), cells=LINE_CELLS)
        )

    def read_columns(self, question: str) -> tuple[ColumnDefinition, ...]:
        return tuple(
            ColumnDefinition(
                code=row.read("name"),
                text=read_text(row, "label", report=self.report),
                kind=row.read("mm_kind"),
                unit=read_text(row, "mm_unit", report=self.report),
                minimum=read_bound(row, "mm_minimum", report=self.report),
                maximum=read_bound(row, "mm_maximum", report=self.report),
                decimals=read_whole_number(row, "mm_decimals", report=self.report),
                options=self.read_options(name_list(question, COLUMNS, row.read("name"))),
            )
            for row in self._take(name_list(question, COLUMNS), cells=COLUMN_CELLS)
        )

    def read_dimensions(self, question: str) -> tuple[DimensionDefinition, ...]:
        return tuple(
            DimensionDefinition(
                code=row.read("name"),
                text=read_text(row, "label", report=self.report),
                options=self.read_options(name_list(question, DIMENSIONS, row.read("name"))),
            )
            for row in self._take(name_list(question, DIMENSIONS), cells=LINE_CELLS)
        )

    def leave_out_unused(self) -> None:
        for name, rows in self.lists.items():
            if name not in self.used:
                self.report.leave_out(rows[0], f"De lijst '{name}': geen vraag gebruikt deze lijst.")

    def _read_options(self, name: str) -> tuple[OptionDefinition, ...]:
        return tuple(
            OptionDefinition(
                code=row.read("name"),
                text=read_text(row, "label", report=self.report),
                asks_text=self._read_yes(row, "mm_asks_text"),
            )
            for row in self._take(name, cells=OPTION_CELLS)
        )

    def _take(self, name: str, *, cells: tuple[str, ...]) -> list[FormRow]:
        self.used.add(name)
        rows = self.lists.get(name, [])
        for row in rows:
            for column in row.cells.keys() - set(cells):
                self.report.refuse(row, f"'{column}' hoort niet in de lijst '{name}'.")
        return rows

    def _read_yes(self, row: FormRow, column: str) -> bool:
        if row.read(column) not in ("", YES):
            self.report.refuse(row, f"'{column}' is leeg of '{YES}'.")
        return row.read(column) == YES


def _write_options(options: Iterable[OptionDefinition], *, name: str) -> Iterator[dict[str, str]]:
    for option in options:
        yield {
            "list_name": name,
            "name": option.code,
            "label": keep_apart(option.text),
            "mm_asks_text": YES if option.asks_text else "",
        }


def _write_line(
    line: LineDefinition | ColumnDefinition | DimensionDefinition, *, name: str
) -> dict[str, str]:
    return {"list_name": name, "name": line.code, "label": keep_apart(line.text)}
