"""SPSS: numbers with labels in the place of codes, and kinds of nothing as missing values of the user.

The library wants a whole frame. So the rows are first written to an Arrow file beside the file itself, and the frame
is what is in that file: the system reads it in as it is needed.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import polars
import pyarrow as pa
import pyreadstat

from surveys.tabular.batches import BatchColumn, stream_batches
from surveys.tabular.variables import (
    LONGEST_LABEL,
    LONGEST_VALUE_LABEL,
    choose_missing_numbers,
    cut_label,
    name_variables,
    wrap_note,
)
from surveys.tabular.workbook import Cell, Column, Sheet, TooLargeForFormat, Workbook, clean_text

LONGEST_TEXT = 32_767  # bytes
# A text has room for so many codes that stand for nothing; a number has a range of them.
MOST_MISSING_TEXTS = 3


@dataclass(frozen=True, slots=True)
class _Variable:
    """A column as SPSS has it: `numbers` in the place of codes, `labels` of these numbers or texts."""

    name: str
    label: str
    type: pa.DataType
    format: str
    measure: str
    labels: dict[Any, str]
    missing: list[Any]
    convert: Callable[[Sequence[Cell]], Sequence[Cell]]


def write_sav(workbook: Workbook, path: Path) -> None:
    """Write the data, with the explanation as notes. Raises TooLargeForFormat for a text of more than 32,767 bytes."""
    names = name_variables(column.name for column in workbook.data.columns)
    variables = [
        _make_variable(column, name=name) for column, name in zip(workbook.data.columns, names, strict=True)
    ]
    waiting = path.with_name(f"{path.name}.arrow")
    try:
        _write_waiting(workbook.data, waiting, variables=variables)
        with pa.memory_map(str(waiting)) as source:
            frame = polars.from_arrow(pa.ipc.open_file(source).read_all(), rechunk=False)
            pyreadstat.write_sav(
                frame,
                path,
                file_label=cut_label(clean_text(workbook.title), longest=64),
                note=_list_notes(workbook),
                row_compress=True,
                column_labels={each.name: each.label for each in variables},
                variable_value_labels={each.name: each.labels for each in variables if each.labels},
                missing_ranges={each.name: each.missing for each in variables if each.missing},
                variable_measure={each.name: each.measure for each in variables},
                variable_format={each.name: each.format for each in variables if each.format},
            )
    finally:
        waiting.unlink(missing_ok=True)


def _write_waiting(sheet: Sheet, path: Path, *, variables: Sequence[_Variable]) -> None:
    columns = [
        BatchColumn(pa.field(each.name, each.type), position, each.convert)
        for position, each in enumerate(variables)
    ]
    schema = pa.schema([column.field for column in columns])
    with pa.OSFile(str(path), "wb") as file, pa.ipc.new_file(file, schema) as writer:
        for batch in stream_batches(sheet.rows, columns=columns, schema=schema):
            writer.write_batch(batch)


def _make_variable(column: Column, *, name: str) -> _Variable:
    meaning = column.meaning
    label = f"{column.name}: {meaning.label}" if meaning.label else column.name
    if not column.is_number and not meaning.values:
        return _make_text(column, name=name, label=label)
    numbers = choose_missing_numbers(lowest=meaning.lowest)
    missing = {numbers[code]: text for code, text in meaning.missing.items()}
    codes = {code: number for number, code in enumerate(meaning.values, start=1) if isinstance(code, str)}
    values = {codes[code] if isinstance(code, str) else code: text for code, text in meaning.values.items()}
    is_code = bool(meaning.values)
    labels = values | missing
    return _Variable(
        name=name,
        label=cut_label(clean_text(label), longest=LONGEST_LABEL),
        type=pa.int32() if is_code else pa.float64(),
        format="F4.0" if is_code else f"F18.{meaning.decimals}",
        measure="nominal" if is_code else "scale",
        labels={
            (number if is_code else float(number)): cut_label(clean_text(text), longest=LONGEST_VALUE_LABEL)
            for number, text in labels.items()
        },
        missing=[{"lo": min(numbers.values()), "hi": max(numbers.values())}] if missing else [],
        convert=partial(_replace_codes, numbers=codes | numbers | {"": None}),
    )


def _make_text(column: Column, *, name: str, label: str) -> _Variable:
    """Texts for kinds of nothing have to be short here; what there is no room for is left empty."""
    numbers = choose_missing_numbers(lowest=column.meaning.lowest)
    missing = {code: str(numbers[code]) for code in list(column.meaning.missing)[:MOST_MISSING_TEXTS]}
    return _Variable(
        name=name,
        label=cut_label(clean_text(label), longest=LONGEST_LABEL),
        type=pa.string_view(),
        format="",
        measure="nominal",
        labels={missing[code]: column.meaning.missing[code] for code in missing},
        missing=list(missing.values()),
        convert=partial(_write_texts, texts=dict.fromkeys(column.meaning.missing) | missing),
    )


def _replace_codes(cells: Sequence[Cell], *, numbers: dict[str, int | None]) -> list[Cell]:
    """Raises KeyError for a text that has no number."""
    return [numbers[cell] if isinstance(cell, str) else cell for cell in cells]


def _write_texts(cells: Sequence[Cell], *, texts: dict[str, str | None]) -> list[str | None]:
    written = [
        texts[cell]
        if isinstance(cell, str) and cell in texts
        else clean_text(str(cell))
        if cell is not None
        else None
        for cell in cells
    ]
    if any(text and len(text) > LONGEST_TEXT // 4 and len(text.encode()) > LONGEST_TEXT for text in written):
        raise TooLargeForFormat("Een antwoord is te lang voor SPSS. Kies CSV.")
    return written


def _list_notes(workbook: Workbook) -> list[str]:
    """The explanation, and per variable which number stands for which code, each on as many lines as it takes."""
    notes = [f"{topic}: {text}" for topic, text in workbook.explanation.rows]
    for column in workbook.data.columns:
        codes = [code for code in column.meaning.values if isinstance(code, str)]
        numbered = ", ".join(f"{number} = {code}" for number, code in enumerate(codes, start=1))
        notes += [f"Codes van {column.name}: {numbered}"] if numbered else []
    return [line for note in notes for line in wrap_note(clean_text(note))]
