"""CSV after RFC 4180 with `;`, a decimal point and a BOM, so that Excel opens it as UTF-8."""

import csv
from pathlib import Path

from surveys.tabular.workbook import FORMULA_STARTS, Workbook, clean_text


def write_csv(workbook: Workbook, path: Path) -> None:
    """Write the data sheet only: the format has no room for more."""
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file, delimiter=";", lineterminator="\r\n")
        writer.writerow(column.name for column in workbook.data.columns)
        for row in workbook.data.rows:
            # What has letters and digits only, as most codes, needs no looking at.
            writer.writerow(
                [cell if not isinstance(cell, str) or cell.isalnum() else _write_text(cell) for cell in row]
            )


def _write_text(cell: str) -> str:
    text = clean_text(cell)
    return f"'{text}" if cell.startswith(FORMULA_STARTS) or text.startswith(FORMULA_STARTS) else text
