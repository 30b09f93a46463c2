"""A downloaded workbook as somebody works in it: with openpyxl in the place of Excel."""

import io

import openpyxl

ENTRY_COLUMN = 8  # H


def open_workbook(content):
    return openpyxl.load_workbook(io.BytesIO(content))


def save_workbook(workbook):
    buffer = io.BytesIO()
    workbook.save(buffer)
    return buffer.getvalue()


def find_row(workbook, code, part="answer"):
    """The sheet and the number of the row of a part of a question."""
    for sheet in workbook.worksheets:
        for row in sheet.iter_rows(max_col=2):
            if (row[0].value, row[1].value) == (code, part):
                return sheet, row[0].row
    raise LookupError(f"{code} {part}")


def read_entries(workbook, code, part="answer", *, width=1):
    sheet, row = find_row(workbook, code, part)
    return [sheet.cell(row, ENTRY_COLUMN + index).value for index in range(width)]


def fill_workbook(content, entries):
    """Type the values, by (question code, part); a tuple fills the cells of a row from left to right."""
    workbook = open_workbook(content)
    for (code, part), values in entries.items():
        sheet, row = find_row(workbook, code, part)
        for index, value in enumerate(values if isinstance(values, tuple) else (values,)):
            sheet.cell(row, ENTRY_COLUMN + index).value = value
    return save_workbook(workbook)
