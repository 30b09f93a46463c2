"""Reading a workbook that somebody hands in: first whether it is safe and what it is, then its cells."""

import io
import warnings
from dataclasses import dataclass
from datetime import date, time, timedelta
from decimal import Decimal

import openpyxl
from openpyxl.cell.read_only import ReadOnlyCell
from openpyxl.utils.escape import unescape
from openpyxl.worksheet._read_only import ReadOnlyWorksheet

from surveys.questionnaire.day_parsing import format_day
from surveys.responses.archives import (
    DamagedArchive,
    LockedArchive,
    OversizedArchive,
    unpack_beginnings,
)

OLE_MAGIC = bytes.fromhex("d0cf11e0a1b11ae1")
ENCRYPTED_STREAM = "EncryptedPackage".encode("utf-16-le")
OPEN_DOCUMENT = b"application/vnd.oasis.opendocument"

MEGABYTE = 1_000_000
# A workbook of ours unpacks to less than two megabytes, a wide file of every municipality to about twelve.
MAXIMUM_UNPACKED = 40 * MEGABYTE
MAXIMUM_PARTS = 120
MAXIMUM_ROWS = 20_000
MAXIMUM_COLUMNS = 2_000
LAST_ROW = 1_048_576  # no spreadsheet has more

CellValue = str | bool | int | float | date | time | timedelta | None


class UnreadableSpreadsheet(Exception):
    """The file is not read at all; the message is Dutch, for who handed it in."""


@dataclass(frozen=True, slots=True)
class FilledInCell:
    """`reference` is what a spreadsheet calls the cell, such as C14. A formula has no value here: only what
    somebody typed is an answer.
    """

    reference: str
    value: CellValue
    is_formula: bool = False
    is_percentage: bool = False


@dataclass(frozen=True, slots=True)
class SheetRow:
    """`cells` by column number from 1; empty cells are left out."""

    number: int
    cells: dict[int, FilledInCell]


@dataclass(frozen=True, slots=True)
class ReadSheet:
    name: str
    rows: list[SheetRow]


def write_as_typed(cell: FilledInCell) -> str:
    """The value as somebody in the Netherlands would type it: 1234,5 and 22-11-2026 and, of a formula, nothing."""
    value = cell.value
    match value:
        case None:
            return ""
        case bool():
            return "waar" if value else "onwaar"
        case int() | float():
            # Fifteen digits are what a spreadsheet shows; the rest is the noise of its arithmetic.
            number = Decimal(f"{value:.15g}") * (100 if cell.is_percentage else 1)
            return f"{number:f}".replace(".", ",") + ("%" if cell.is_percentage else "")
        case date():
            return format_day(value)
        case _:
            return str(value)


def read_spreadsheet(content: bytes, *, maximum_bytes: int) -> list[ReadSheet]:
    """Every sheet, hidden ones too. Raises UnreadableSpreadsheet.

    A small file that unpacks to an enormous one is refused before anything in it is read.
    """
    refuse_other_files(content, maximum_bytes=maximum_bytes)
    try:
        with warnings.catch_warnings():
            # openpyxl warns for what it does not read, such as lists to choose from.
            warnings.simplefilter("ignore")
            workbook = openpyxl.load_workbook(io.BytesIO(content), read_only=True, keep_links=False)
            return [_read_sheet(sheet) for sheet in workbook.worksheets]
    except UnreadableSpreadsheet:
        raise
    except Exception as error:  # whatever is wrong inside, the reader of the message can do the same about it
        raise UnreadableSpreadsheet(
            "Dit bestand is beschadigd of geen gewone Excel-werkmap. Open het in Excel of LibreOffice, sla het op "
            "als Excel-werkmap (.xlsx) en probeer het opnieuw."
        ) from error


def refuse_other_files(content: bytes, *, maximum_bytes: int) -> None:
    if len(content) > maximum_bytes:
        raise UnreadableSpreadsheet(describe_size_limit(maximum_bytes))
    if not content:
        raise UnreadableSpreadsheet("Dit bestand is leeg.")
    if content.startswith(OLE_MAGIC):
        if ENCRYPTED_STREAM in content:
            raise UnreadableSpreadsheet(
                "Dit bestand is beveiligd met een wachtwoord. Haal het wachtwoord eraf, sla het bestand op en "
                "probeer het opnieuw."
            )
        raise UnreadableSpreadsheet(
            "Dit is een bestand in een oud formaat (.xls). Sla het op als Excel-werkmap (.xlsx) en probeer het opnieuw."
        )
    try:
        parts = unpack_beginnings(
            io.BytesIO(content), maximum_unpacked=MAXIMUM_UNPACKED, maximum_parts=MAXIMUM_PARTS
        )
    except OversizedArchive:
        raise UnreadableSpreadsheet(
            "Dit bestand wordt bij het uitpakken veel te groot. Wij openen het niet. Begin met een nieuwe werkmap en "
            "zet daarin alleen de gegevens."
        ) from None
    except LockedArchive as error:
        raise UnreadableSpreadsheet(
            "Dit bestand is beveiligd met een wachtwoord. Haal het wachtwoord eraf."
        ) from error
    except DamagedArchive as error:
        raise UnreadableSpreadsheet("Dit is geen Excel-werkmap (.xlsx).") from error
    if parts.get("mimetype", b"").startswith(OPEN_DOCUMENT):
        raise UnreadableSpreadsheet(
            "Dit is een bestand van LibreOffice of OpenOffice (.ods). Sla het op als Excel-werkmap (.xlsx) en probeer "
            "het opnieuw."
        )
    if "xl/workbook.xml" not in parts:
        raise UnreadableSpreadsheet("Dit is geen Excel-werkmap (.xlsx).")


def describe_size_limit(maximum_bytes: int) -> str:
    return f"Dit bestand is te groot. Het mag hoogstens {maximum_bytes // MEGABYTE} MB zijn."


def _read_sheet(sheet: ReadOnlyWorksheet) -> ReadSheet:
    # Without the size that the file claims, rows are as long as what is in them.
    sheet.reset_dimensions()
    rows = []
    for number, row in enumerate(sheet.iter_rows(max_row=LAST_ROW), start=1):
        cells = {
            column: _read_cell(cell) for column, cell in enumerate(row, start=1) if cell.value is not None
        }
        if not cells:
            continue
        if number > MAXIMUM_ROWS or len(row) > MAXIMUM_COLUMNS:
            raise UnreadableSpreadsheet(
                f"Het blad “{sheet.title}” heeft te veel rijen of kolommen. Haal weg wat niet bij de gegevens "
                "hoort, of zet ze in een nieuwe werkmap."
            )
        rows.append(SheetRow(number, cells))
    return ReadSheet(sheet.title, rows)


def _read_cell(cell: ReadOnlyCell) -> FilledInCell:
    """What a spreadsheet computed, also when it is an error, is no value."""
    is_formula = cell.data_type in ("f", "e")
    value = unescape(cell.value) if isinstance(cell.value, str) else cell.value
    return FilledInCell(
        reference=cell.coordinate,
        value=None if is_formula else value,
        is_formula=is_formula,
        is_percentage="%" in cell.number_format,
    )
