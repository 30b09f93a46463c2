"""An XLSForm as an Excel file: written by the one writer of tables, read by the one reader of workbooks."""

from collections.abc import Collection
from datetime import date, datetime, time, timedelta
from decimal import Decimal

from surveys.drafts.xlsform.reading import ReadForm, read_sheets
from surveys.drafts.xlsform.sheets import CHOICES, SETTINGS, SURVEY, RawRow, RawSheet
from surveys.drafts.xlsform.writing import Grid, write_sheets
from surveys.offline.spreadsheets import CellValue, FilledInCell, ReadSheet, read_spreadsheet
from surveys.questionnaire.definition import Definition
from surveys.tabular.workbook import Column, ColumnStyle, Sheet, Workbook

WIDTHS = {"type": 28, "name": 28, "list_name": 28, "label": 60, "hint": 40, "form_title": 40}
OTHER_WIDTH = 18


def make_workbook(definition: Definition) -> Workbook:
    """The questionnaire as an XLSForm to write to a file. Raises NotWritable."""
    grids = {grid.name: grid for grid in write_sheets(definition)}
    return Workbook(
        title=definition.title,
        explanation=_make_sheet(grids[SURVEY]),
        data=_make_sheet(grids[CHOICES]),
        questions=(_make_sheet(grids[SETTINGS]),),
    )


def read_workbook(
    content: bytes, *, maximum_bytes: int, fallback_title: str, measures: Collection[str] | None = None
) -> ReadForm:
    """What somebody hands in, read to the last cell. Raises UnreadableSpreadsheet for what is no workbook."""
    sheets = read_spreadsheet(content, maximum_bytes=maximum_bytes)
    return read_sheets(
        [_read_sheet(sheet) for sheet in sheets], fallback_title=fallback_title, measures=measures
    )


def _make_sheet(grid: Grid) -> Sheet:
    columns = tuple(
        Column(name, WIDTHS.get(name, OTHER_WIDTH), ColumnStyle.LONG_TEXT) for name in grid.columns
    )
    return Sheet(grid.name, columns, grid.rows, row_count=len(grid.rows))


def _read_sheet(sheet: ReadSheet) -> RawSheet:
    rows = (
        RawRow(row.number, {column: _read_cell(cell) for column, cell in row.cells.items()})
        for row in sheet.rows
    )
    return RawSheet(sheet.name, tuple(rows))


def _read_cell(cell: FilledInCell) -> str | None:
    return None if cell.is_formula else _write_value(cell.value)


def _write_value(value: CellValue) -> str:
    """As XLSForm means it: a code that somebody typed as the number 1 is "1", a box that is ticked is "true"."""
    match value:
        case None:
            return ""
        case bool():
            return "true" if value else "false"
        case int() | float():
            return f"{Decimal(f'{value:.15g}'):f}"
        case datetime() if value.time() == time.min:
            return value.date().isoformat()
        case date() | time():
            return value.isoformat()
        case timedelta() | str():
            return str(value)
