"""The rows of a sheet as Arrow batches: what Parquet and SPSS files are written from, some rows at a time."""

import itertools
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

import pyarrow as pa

from surveys.tabular.workbook import Cell, Row

ROWS_AT_A_TIME = 10_000


@dataclass(frozen=True, slots=True)
class BatchColumn:
    """A column of the file, made of the cells at `position` of every row; `convert` gives what the type can hold."""

    field: pa.Field
    position: int
    convert: Callable[[Sequence[Cell]], Sequence[Cell]]


def stream_batches(
    rows: Iterable[Row], *, columns: Sequence[BatchColumn], schema: pa.Schema
) -> Iterator[pa.RecordBatch]:
    """At most ROWS_AT_A_TIME rows are in memory; without rows there is no batch."""
    waiting = iter(rows)
    while chunk := list(itertools.islice(waiting, ROWS_AT_A_TIME)):
        cells = list(zip(*chunk, strict=True))
        yield pa.record_batch(
            [
                pa.array(column.convert(cells[column.position]), type=column.field.type, from_pandas=False)
                for column in columns
            ],
            schema=schema,
        )
