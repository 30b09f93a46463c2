"""CSV after RFC 4180 with `;`, a decimal point and a BOM, so that Excel opens it as UTF-8."""

import csv
import re
from pathlib import Path

from surveys.tabular.workbook import FORMULA_STARTS, Cell, Row, Workbook, clean_text

SEPARATOR = ";"
# Where one text follows another: what a spreadsheet may read as a formula. Tabs and line ends are not printable.
MAYBE_FORMULA = re.compile(SEPARATOR + "[" + re.escape("".join(FORMULA_STARTS)) + "]")


def write_csv(workbook: Workbook, path: Path) -> None:
    """Write the data sheet only: the format has no room for more."""
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file, delimiter=SEPARATOR, lineterminator="\r\n")
        writer.writerow(column.name for column in workbook.data.columns)
        writer.writerows(map(_clean_row, workbook.data.rows))


def _clean_row(row: Row) -> Row | list[Cell]:
    """The row as it may be written; looked at as a whole first, because nearly all rows hold nothing to clean."""
    texts = SEPARATOR.join(["", *[cell for cell in row if isinstance(cell, str)]])
    if texts.isprintable() and not MAYBE_FORMULA.search(texts):
        return row
    return [_write_text(cell) if isinstance(cell, str) else cell for cell in row]


def _write_text(cell: str) -> str:
    text = clean_text(cell)
    return f"'{text}" if cell.startswith(FORMULA_STARTS) or text.startswith(FORMULA_STARTS) else text
