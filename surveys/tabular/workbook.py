"""What every file format writes: a data sheet, an explanation and more sheets around it. Pure.

A format with room for one table (CSV) writes the data sheet only. Rows are iterators, so that a file of any
length is written with the same memory.
"""

import itertools
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from decimal import Decimal
from enum import Enum

Cell = str | int | float | None
Row = tuple[Cell, ...]

# What XML 1.0 cannot hold: control characters but tab and line ends, half surrogate pairs, non-characters.
UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
LINE_END = re.compile("\r\n?")

# A spreadsheet reads a text with one of these in front as a formula; in CSV an apostrophe stands before it.
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")

SPREADSHEET_ROWS = 1_048_576
SHEET_NAME_LENGTH = 31
SHEET_NAME_FORBIDDEN = re.compile(r"[\[\]:*?/\\\x00-\x1f]")


class TooLargeForFormat(Exception):
    """The rows do not fit in this file format; the message is for the person who asked for the file."""


class ColumnStyle(Enum):
    TEXT = "text"
    LONG_TEXT = "long text"
    NUMBER = "number"
    SHARE = "share"


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a column says, for files that know variables.

    `label` is what it is about, `values` what each code or number in it stands for, in order, and `missing` what the
    codes for kinds of nothing stand for. Numbers in it are not below `lowest`.
    """

    label: str = ""
    values: Mapping[str | int, str] = field(default_factory=dict)
    missing: Mapping[str, str] = field(default_factory=dict)
    lowest: Decimal = Decimal(0)
    decimals: int = 0


@dataclass(frozen=True, slots=True)
class Column:
    """`width` is in characters; the style says how a number looks, never what it is."""

    name: str
    width: int = 14
    style: ColumnStyle = ColumnStyle.TEXT
    meaning: Meaning = field(default_factory=Meaning)

    @property
    def is_number(self) -> bool:
        return self.style in (ColumnStyle.NUMBER, ColumnStyle.SHARE)


EXPLANATION_COLUMNS = (Column("Onderwerp", 36), Column("Toelichting", 100, ColumnStyle.LONG_TEXT))


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table of `row_count` rows; `heading` are the lines of text above it."""

    name: str
    columns: tuple[Column, ...]
    rows: Iterable[Row]
    row_count: int
    heading: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Workbook:
    """`questions` repeat the rows of `data`, a sheet per question; answers come with a `codebook`."""

    title: str
    explanation: Sheet
    data: Sheet
    questions: tuple[Sheet, ...] = ()
    codebook: Sheet | None = None

    @property
    def sheets(self) -> tuple[Sheet, ...]:
        sheets = (self.explanation, self.data, *self.questions)
        return sheets if self.codebook is None else (*sheets, self.codebook)

    def follow(self, report: Callable[[float], None]) -> "Workbook":
        """The same workbook, which reports the fraction of its rows that is written, from 0 up to 1."""
        total = self.data.row_count + sum(sheet.row_count for sheet in self.questions)
        numbers = itertools.count(1)

        def follow_rows(rows: Iterable[Row]) -> Iterator[Row]:
            for row in rows:
                yield row
                report(min(next(numbers) / total, 1.0))

        return replace(
            self,
            data=replace(self.data, rows=follow_rows(self.data.rows)),
            questions=tuple(replace(sheet, rows=follow_rows(sheet.rows)) for sheet in self.questions),
        )


def convert_number(number: Decimal | float | None) -> int | float | None:
    """A number as every format can write it: a whole one without decimals."""
    if number is None:
        return None
    whole = int(number)
    return whole if whole == number else float(number)


def write_moment(moment: datetime | None) -> str | None:
    """As spreadsheets sort and read it: 2026-11-22 10:42. The moment is in local time."""
    return moment.strftime("%Y-%m-%d %H:%M") if moment else None


def clean_text(text: str) -> str:
    """Drop the characters that no file format can hold, and write every line end as a newline."""
    if text.isprintable():
        return text
    return UNWRITABLE.sub("", LINE_END.sub("\n", text))


def choose_sheet_names(wishes: Iterable[str], *, taken: Iterable[str]) -> list[str]:
    """Names every spreadsheet accepts: at most 31 characters, unique whatever the case, nothing forbidden."""
    used = {name.casefold() for name in taken}
    names = []
    for wish in wishes:
        base = SHEET_NAME_FORBIDDEN.sub("_", wish).strip("' ") or "blad"
        name, number = base[:SHEET_NAME_LENGTH], 2
        while name.casefold() in used:
            suffix = f"~{number}"
            name, number = base[: SHEET_NAME_LENGTH - len(suffix)] + suffix, number + 1
        used.add(name.casefold())
        names.append(name)
    return names
