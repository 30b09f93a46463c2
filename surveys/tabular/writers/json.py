"""JSON: one object with the explanation, the rows by column name, and the codebook if there is one."""

import json
from collections.abc import Iterable
from pathlib import Path
from typing import TextIO

from surveys.tabular.workbook import Row, Sheet, Workbook, clean_text


def write_json(workbook: Workbook, path: Path) -> None:
    """Write row by row; leaves the sheets per question out, which repeat the same rows."""
    with path.open("w", encoding="utf-8", newline="\n") as file:
        file.write(f'{{"title": {_dump(clean_text(workbook.title))}')
        for key, sheet in (
            ("explanation", workbook.explanation),
            ("rows", workbook.data),
            ("codebook", workbook.codebook),
        ):
            if sheet is not None:
                file.write(f',\n"{key}": ')
                _write_rows(file, sheet)
        file.write("}\n")


def _write_rows(file: TextIO, sheet: Sheet) -> None:
    names = [column.name for column in sheet.columns]
    separator = "[\n"
    for row in sheet.rows:
        file.write(separator + _dump(dict(zip(names, _clean(row), strict=True))))
        separator = ",\n"
    file.write("[]" if separator == "[\n" else "\n]")


def _clean(row: Row) -> Iterable[object]:
    return (clean_text(cell) if isinstance(cell, str) else cell for cell in row)


def _dump(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, allow_nan=False)
