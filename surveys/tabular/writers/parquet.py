"""Parquet: the rows in groups, with what every column means in the schema.

A number that can be missing for a reason has a column beside it, `<name>__ontbreekt`, with the code of that reason.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import pyarrow as pa
from pyarrow import parquet

from surveys.tabular.batches import BatchColumn, stream_batches
from surveys.tabular.workbook import Cell, Column, Meaning, Sheet, Workbook, clean_text

REASON_SUFFIX = "__ontbreekt"


def write_parquet(workbook: Workbook, path: Path) -> None:
    """Write the data with the explanation and the codebook as JSON in the metadata of the schema."""
    columns = [
        each
        for position, column in enumerate(workbook.data.columns)
        for each in _list_columns(column, position=position)
    ]
    schema = pa.schema([column.field for column in columns], metadata=_describe_workbook(workbook))
    with parquet.ParquetWriter(path, schema, compression="zstd") as writer:
        for batch in stream_batches(workbook.data.rows, columns=columns, schema=schema):
            writer.write_batch(batch)


def _list_columns(column: Column, *, position: int) -> Iterator[BatchColumn]:
    meaning = _describe(column.meaning)
    if not column.is_number:
        yield BatchColumn(pa.field(column.name, pa.string(), metadata=meaning), position, _keep_texts)
        return
    yield BatchColumn(pa.field(column.name, pa.float64(), metadata=meaning), position, _keep_numbers)
    if column.meaning.missing:
        name = column.name + REASON_SUFFIX
        reasons = _describe(
            Meaning(f"Waarom {column.name} leeg is", values=dict(column.meaning.missing.items()))
        )
        yield BatchColumn(pa.field(name, pa.string(), metadata=reasons), position, _keep_reasons)


def _keep_texts(cells: Sequence[Cell]) -> list[Cell]:
    return [None if cell is None or cell == "" else clean_text(str(cell)) for cell in cells]


def _keep_reasons(cells: Sequence[Cell]) -> list[Cell]:
    return [cell if isinstance(cell, str) else None for cell in cells]


def _keep_numbers(cells: Sequence[Cell]) -> list[Cell]:
    return [None if isinstance(cell, str) else cell for cell in cells]


def _describe(meaning: Meaning) -> dict[str, str]:
    codes: dict[str, Mapping[Any, str]] = {"values": meaning.values, "missing": meaning.missing}
    described = {
        name: _dump({str(code): clean_text(text) for code, text in each.items()})
        for name, each in codes.items()
        if each
    }
    return described | ({"label": clean_text(meaning.label)} if meaning.label else {})


def _describe_workbook(workbook: Workbook) -> dict[str, str]:
    sheets = {"explanation": workbook.explanation, "codebook": workbook.codebook}
    described = {name: _dump(_list_rows(sheet)) for name, sheet in sheets.items() if sheet}
    return {"title": clean_text(workbook.title)} | described


def _list_rows(sheet: Sheet) -> list[dict[str, Cell]]:
    names = [column.name for column in sheet.columns]
    return [
        {
            name: clean_text(cell) if isinstance(cell, str) else cell
            for name, cell in zip(names, row, strict=True)
        }
        for row in sheet.rows
    ]


def _dump(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)
