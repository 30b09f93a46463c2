"""XLSForms as people write them, typed as tables: a sheet is lines of cells between bars."""

import io

import openpyxl

from surveys.drafts.xlsform.reading import ReadForm, read_sheets
from surveys.drafts.xlsform.sheets import PlacedRemark, RawRow, RawSheet
from surveys.questionnaire.definition import Definition

YES_NO = """
| list_name | name | label |
| janee     | ja   | Ja    |
| janee     | nee  | Nee   |
"""


def split_table(table: str) -> list[list[str]]:
    """Rows of cells; a line without bars is an empty row."""
    return [
        [cell.strip() for cell in line.strip().strip("|").split("|")] for line in table.strip().splitlines()
    ]


def make_sheet(name: str, table: str) -> RawSheet:
    rows = (
        RawRow(number, {column: cell for column, cell in enumerate(cells, start=1) if cell})
        for number, cells in enumerate(split_table(table), start=1)
    )
    return RawSheet(name, tuple(row for row in rows if row.cells))


def read_form(survey: str, choices: str = YES_NO, settings: str = "") -> ReadForm:
    tables = {"survey": survey, "choices": choices, "settings": settings}
    sheets = [make_sheet(name, table) for name, table in tables.items() if table]
    return read_sheets(sheets, fallback_title="Mijn formulier")


def read_definition(survey: str, choices: str = YES_NO, settings: str = "") -> Definition:
    """A form that comes in; what is left out of it does not matter here."""
    form = read_form(survey, choices, settings)
    assert form.problems == ()
    assert form.definition is not None
    return form.definition


def find_problems(
    survey: str, choices: str = YES_NO, settings: str = ""
) -> list[tuple[str, int | None, str]]:
    """Of a form that does not come in: sheet, row and reason."""
    form = read_form(survey, choices, settings)
    assert form.definition is None
    return list_remarks(form.problems)


def list_remarks(remarks: tuple[PlacedRemark, ...]) -> list[tuple[str, int | None, str]]:
    return [(remark.sheet, remark.row, remark.reason) for remark in remarks]


def make_excel(sheets: dict[str, list[list[object]]], *, merged: dict[str, str] | None = None) -> bytes:
    """An Excel file as people make it: values of any kind, cells that were merged."""
    workbook = openpyxl.Workbook()
    workbook.remove(workbook.active)
    for name, rows in sheets.items():
        sheet = workbook.create_sheet(name)
        for row in rows:
            sheet.append(row)
        if merged and name in merged:
            sheet.merge_cells(merged[name])
    content = io.BytesIO()
    workbook.save(content)
    return content.getvalue()
