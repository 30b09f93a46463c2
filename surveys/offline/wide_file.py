"""Opening a wide response file, CSV or XLSX: the cells as text, whatever wrote them."""

import csv
import io
from dataclasses import replace
from pathlib import Path

from surveys.offline.spreadsheets import ReadSheet, UnreadableSpreadsheet, read_spreadsheet, write_as_typed
from surveys.offline.wide_format import RESPONDENT, Problem, WideTable
from surveys.tabular.workbook import FORMULA_STARTS

MAXIMUM_BYTES = 50_000_000


def read_wide_file(path: Path) -> WideTable:
    """Raises UnreadableSpreadsheet and OSError."""
    if path.stat().st_size > MAXIMUM_BYTES:
        raise UnreadableSpreadsheet(f"{path.name} is te groot: hoogstens {MAXIMUM_BYTES // 1_000_000} MB.")
    content = path.read_bytes()
    if path.suffix.lower() == ".csv":
        return make_table(read_csv(content))
    return _read_xlsx(content)


def read_csv(content: bytes) -> list[list[str]]:
    """UTF-8 with or without a BOM; separated by whichever of `;` and `,` the first line holds most."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise UnreadableSpreadsheet("Dit bestand is geen UTF-8. Sla het op als CSV UTF-8.") from error
    first = text.partition("\n")[0]
    delimiter = ";" if first.count(";") >= first.count(",") else ","
    try:
        rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True))
    except csv.Error as error:
        raise UnreadableSpreadsheet(
            "Dit CSV-bestand klopt niet: er staat ergens een aanhalingsteken dat niet wordt gesloten, of een cel is "
            "te lang."
        ) from error
    return [[_drop_guard(cell) for cell in row] for row in rows]


def _drop_guard(cell: str) -> str:
    """Without the apostrophe that keeps a spreadsheet from calculating a text."""
    return cell[1:] if cell.startswith("'") and cell[1:].startswith(FORMULA_STARTS) else cell


def make_table(rows: list[list[str]]) -> WideTable:
    """Rows by their number from 1, without the empty ones, all of one length."""
    width = max((len(row) for row in rows), default=0)
    padded = [row + [""] * (width - len(row)) for row in rows]
    header = [name.strip() for name in padded[0]] if padded else []
    while header and not header[-1] and not any(row[len(header) - 1].strip() for row in padded[1:]):
        header.pop()
    return WideTable(
        header,
        [
            (number, row[: len(header)])
            for number, row in enumerate(padded[1:], start=2)
            if any(cell.strip() for cell in row)
        ],
    )


def _read_xlsx(content: bytes) -> WideTable:
    """The sheet whose first row names the respondents."""
    sheets = read_spreadsheet(content, maximum_bytes=MAXIMUM_BYTES)
    for sheet in sheets:
        first = sheet.rows[0] if sheet.rows else None
        if first and first.number == 1 and RESPONDENT in map(write_as_typed, first.cells.values()):
            table = make_table(list_texts(sheet))
            formulas = tuple(
                Problem(row.number, name_column(table.header, column), "Hier staat een formule.")
                for row in sheet.rows
                for column, cell in row.cells.items()
                if cell.is_formula
            )
            return replace(table, problems=formulas)
    raise UnreadableSpreadsheet(f"Er is geen blad met op de eerste rij een kolom {RESPONDENT}.")


def list_texts(sheet: ReadSheet) -> list[list[str]]:
    """Every row of the sheet up to the last one that holds something, as somebody would type it."""
    if not sheet.rows:
        return []
    width = max(max(row.cells) for row in sheet.rows)
    rows = [[""] * width for _ in range(sheet.rows[-1].number)]
    for row in sheet.rows:
        for column, cell in row.cells.items():
            rows[row.number - 1][column - 1] = write_as_typed(cell)
    return rows


def name_column(header: list[str], column: int) -> str:
    """The name above the column, counted from 1, or its number when it has none."""
    return (header[column - 1] if column <= len(header) else "") or str(column)
