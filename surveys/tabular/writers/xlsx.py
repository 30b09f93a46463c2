"""Excel by XlsxWriter in constant memory: every row is written to disk as it comes."""

from collections.abc import Sequence
from pathlib import Path

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from surveys.tabular.workbook import (
    SPREADSHEET_ROWS,
    Cell,
    ColumnStyle,
    Sheet,
    TooLargeForFormat,
    Workbook,
    clean_text,
)

MAXIMUM_TEXT_LENGTH = 32_767
OPTIONS = {
    "constant_memory": True,
    "strings_to_formulas": False,
    "strings_to_numbers": False,
    "strings_to_urls": False,
}


def write_xlsx(workbook: Workbook, path: Path) -> None:
    """Write all sheets. Raises TooLargeForFormat when rows or texts exceed what Excel can hold."""
    # The rows wait in temporary files beside the file itself: what a killed worker leaves is cleaned up there.
    with xlsxwriter.Workbook(path, OPTIONS | {"tmpdir": str(path.parent)}) as file:
        file.set_properties({"title": clean_text(workbook.title)})
        bold = file.add_format({"bold": True})
        header = file.add_format({"bold": True, "bottom": 1})
        formats = {
            ColumnStyle.LONG_TEXT: file.add_format({"valign": "top", "text_wrap": True}),
            ColumnStyle.SHARE: file.add_format({"valign": "top", "num_format": "0%"}),
        }
        beside_long_text = file.add_format({"valign": "top"})
        for sheet in workbook.sheets:
            # Only a wrapped text makes a row high; elsewhere a format of its own for every cell says nothing.
            is_high = any(column.style is ColumnStyle.LONG_TEXT for column in sheet.columns)
            plain = beside_long_text if is_high else None
            _write_sheet(
                file.add_worksheet(sheet.name),
                sheet,
                bold=bold,
                header=header,
                styles=[formats.get(column.style, plain) for column in sheet.columns],
            )


def _write_sheet(
    worksheet: Worksheet, sheet: Sheet, *, bold: Format, header: Format, styles: Sequence[Format | None]
) -> None:
    for column_index, column in enumerate(sheet.columns):
        worksheet.set_column(column_index, column_index, column.width)
    row_index = 0
    for line in sheet.heading:
        _write_cell(worksheet, row_index, 0, line, bold)
        row_index += 1
    for column_index, column in enumerate(sheet.columns):
        _write_cell(worksheet, row_index, column_index, column.name, header)
    row_index += 1
    worksheet.freeze_panes(row_index, 0)
    for row in sheet.rows:
        if row_index >= SPREADSHEET_ROWS:
            raise TooLargeForFormat("Dit zijn meer rijen dan in een Excel-bestand passen. Kies CSV.")
        for column_index, (style, cell) in enumerate(zip(styles, row, strict=True)):
            _write_cell(worksheet, row_index, column_index, cell, style)
        row_index += 1


def _write_cell(
    worksheet: Worksheet, row_index: int, column_index: int, cell: Cell, style: Format | None
) -> None:
    """A text is always written as a text, so that a formula in an answer is never calculated."""
    if cell is None or cell == "":
        return
    if isinstance(cell, str):
        text = clean_text(cell)
        if len(text) > MAXIMUM_TEXT_LENGTH:
            raise TooLargeForFormat("Een antwoord is te lang voor een cel in Excel. Kies CSV.")
        worksheet.write_string(row_index, column_index, text, style)
    else:
        worksheet.write_number(row_index, column_index, cell, style)
