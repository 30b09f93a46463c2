"""Everything from which the figures of a release follow, as columns in one Parquet file. Pure.

A row is a unit: first the submitted responses, then the municipalities of the frame. Columns hold the places of codes
in lists that the document has (`-1`: none), so that counting needs no texts. The document is JSON in the schema of
the file: the definition, the groups of the frame, and what stands beside the figures.

The checksum is over the content: the document and every column by name, as canonical JSON. It is not over the bytes of
the file, which another version of the library may frame or compress otherwise.
"""

import hashlib
import json
from collections.abc import Mapping, Sequence
from decimal import Decimal
from functools import cached_property
from io import BytesIO
from typing import Any, Literal

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

DOCUMENT = b"document"
NONE = -1
THOUSANDTHS = pa.decimal64(18, 3)

Kind = Literal["response", "municipality"]
Array = np.ndarray[Any, np.dtype[Any]]


class UnreadableSnapshot(Exception):
    """The bytes are no snapshot, or are damaged."""


def write_snapshot(document: Mapping[str, Any], columns: Mapping[str, pa.Array]) -> bytes:
    """The same content gives the same bytes, with one version of the library."""
    schema = pa.schema(
        [(name, column.type) for name, column in columns.items()], metadata={DOCUMENT: to_canonical(document)}
    )
    sink = BytesIO()
    pq.write_table(
        pa.table(dict(columns), schema=schema),
        sink,
        compression="zstd",
        write_statistics=False,
        write_page_checksum=True,
        # Whole numbers are read much faster than the bytes of a decimal.
        store_decimal_as_integer=True,
    )
    return sink.getvalue()


class Snapshot:
    """A frozen wave to count from: columns are read when they are asked for. Raises UnreadableSnapshot."""

    def __init__(self, content: bytes | memoryview) -> None:
        try:
            self._file = pq.ParquetFile(pa.BufferReader(bytes(content)), page_checksum_verification=True)
            self.document: dict[str, Any] = json.loads(self._file.schema_arrow.metadata[DOCUMENT])
        except (pa.ArrowException, OSError, KeyError, TypeError, ValueError) as error:
            raise UnreadableSnapshot from error

    @cached_property
    def names(self) -> frozenset[str]:
        return frozenset(self._file.schema_arrow.names)

    def read(self, names: Sequence[str], *, kind: Kind) -> dict[str, Array]:
        """The columns `names` of the units of one kind, in one pass. Raises UnreadableSnapshot."""
        return {name: column.to_numpy() for name, column in self._read_kind(names, kind=kind).items()}

    def read_thousandths(self, names: Sequence[str], *, kind: Kind) -> dict[str, Array]:
        """Columns of numbers with three decimals, times 1000; NaN where there is none. Raises UnreadableSnapshot."""
        return {
            # A decimal of 64 bits is the whole number without its decimal point.
            name: column.cast(THOUSANDTHS).combine_chunks().view(pa.int64()).to_numpy(zero_copy_only=False)
            for name, column in self._read_kind(names, kind=kind).items()
        }

    def compute_sha256(self) -> str:
        """Hexadecimal, over the canonical content. Raises UnreadableSnapshot."""
        digest = hashlib.sha256(to_canonical(self.document))
        for name in sorted(self.names):
            column = self._read_table([name]).column(name)
            digest.update(to_canonical([name, str(column.type), column.to_pylist()]))
        return digest.hexdigest()

    def _read_kind(self, names: Sequence[str], *, kind: Kind) -> dict[str, pa.ChunkedArray]:
        table = self._read_table(sorted(set(names)))
        responses = self.document["responses"]
        rows = table.slice(0, responses) if kind == "response" else table.slice(responses)
        return {name: rows.column(name) for name in table.column_names}

    def _read_table(self, names: Sequence[str]) -> pa.Table:
        try:
            return self._file.read(columns=list(names), use_threads=False)
        except (pa.ArrowException, OSError) as error:
            raise UnreadableSnapshot from error


def to_canonical(content: object) -> bytes:
    """Compact JSON with sorted keys in UTF-8; a decimal number is a text."""
    return json.dumps(
        content, sort_keys=True, ensure_ascii=False, separators=(",", ":"), default=_write_decimal
    ).encode()


def _write_decimal(value: object) -> str:
    if isinstance(value, Decimal):
        return str(value)
    raise TypeError(type(value))
