"""Golden files: what is written today is what was written before, byte for byte and cell by cell.

A change on purpose: delete the file in tests/downloads/golden, run the test (it fails and writes a new one)
and look at the difference before you commit it.
"""

import csv
import json
import tracemalloc
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree as ET
from zipfile import ZIP_STORED, ZipFile

import openpyxl
import pytest
from odf.namespaces import OFFICENS, TABLENS, TEXTNS
from odf.opendocument import load as load_ods
from openpyxl.utils.escape import unescape

from surveys.downloads.models import ExportJob
from surveys.results.table import RESULT_COLUMNS
from surveys.tabular import batches
from surveys.tabular import workbook as workbook_module
from surveys.tabular.workbook import Cell, Column, Sheet, TooLargeForFormat, Workbook, clean_text
from surveys.tabular.writers import FORMATS, write_workbook
from tests.downloads.samples import DEFINITION, NASTY_TEXTS, build_table, build_workbook, list_cells

GOLDEN = Path(__file__).parent / "golden"


@pytest.fixture
def written(tmp_path):
    def write(code: str, workbook: Workbook | None = None) -> Path:
        path = tmp_path / f"results.{code}"
        FORMATS[code].write(workbook or build_workbook(), path)
        return path

    return write


def make_sheet(*cells: Cell, name: str = "blad") -> Sheet:
    """One column named x."""
    return Sheet(name, (Column("x"),), [(cell,) for cell in cells], row_count=len(cells))


def assert_golden(path: Path) -> None:
    golden = GOLDEN / path.name
    if not golden.exists():
        golden.write_bytes(path.read_bytes())
        pytest.fail(f"{golden.name} was not there and is written now: read it and commit it.")
    assert path.read_bytes() == golden.read_bytes()


def read_xlsx(path: Path) -> dict[str, list[list[object]]]:
    book = openpyxl.load_workbook(path)
    return {
        # openpyxl leaves the escape of Excel itself (_x005F_) as it is.
        sheet.title: [
            [unescape(cell.value) if isinstance(cell.value, str) else cell.value for cell in row]
            for row in sheet.iter_rows()
        ]
        for sheet in book
    }


def read_ods(path: Path) -> dict[str, list[list[object]]]:
    """Read with plain XML, as an office program does: paragraphs are lines, text:s is spaces."""
    with ZipFile(path) as archive:
        content = ET.fromstring(archive.read("content.xml"))  # noqa: S314 - our own file
    return {
        table.get(f"{{{TABLENS}}}name"): [
            [read_ods_cell(cell) for cell in row] for row in table.iter(f"{{{TABLENS}}}table-row")
        ]
        for table in content.iter(f"{{{TABLENS}}}table")
    }


def read_ods_cell(cell: ET.Element) -> object:
    kind = cell.get(f"{{{OFFICENS}}}value-type")
    if kind == "float":
        value = cell.get(f"{{{OFFICENS}}}value")
        return float(value) if "." in value else int(value)
    if kind is None:
        return None
    assert kind == "string"
    return "\n".join("".join(read_ods_text(paragraph)) for paragraph in cell.iter(f"{{{TEXTNS}}}p"))


def read_ods_text(element: ET.Element) -> Iterator[str]:
    # An office program joins spaces in a row; what must stay is an element.
    yield " ".join((element.text or "").split(" "))
    for child in element:
        yield {"s": " " * int(child.get(f"{{{TEXTNS}}}c", "1")), "tab": "\t"}[child.tag.split("}")[1]]
        yield child.tail or ""


def expected_cells(workbook: Workbook) -> dict[str, list[list[object]]]:
    """As a spreadsheet gives them back: an empty text is an empty cell, a row is as long as the columns."""
    cells = list_cells(workbook)
    for rows in cells.values():
        for row in rows:
            row[:] = [clean_text(cell) or None if isinstance(cell, str) else cell for cell in row]
    return cells


def cut_empty_end(cells: dict[str, list[list[object]]]) -> dict[str, list[list[object]]]:
    for rows in cells.values():
        for row in rows:
            while row and row[-1] is None:
                row.pop()
    return cells


def test_every_format_that_can_be_chosen_has_a_writer():
    assert set(FORMATS) == set(ExportJob.Format.values)


def test_csv_is_what_it_was(written):
    assert_golden(written("csv"))


def test_csv_is_utf8_with_bom_semicolons_and_crlf(written):
    raw = written("csv").read_bytes()

    assert raw.startswith(b"\xef\xbb\xbf" + ";".join(RESULT_COLUMNS).encode() + b"\r\n")
    assert raw.endswith(b"\r\n")


def test_csv_gives_back_every_text_and_number(written):
    with written("csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file, delimiter=";", strict=True))

    assert len(rows) == len(build_table().rows)
    first, zero, missing = rows[:3]
    assert (first["n"], first["base"], first["share"]) == ("1", "3", repr(1 / 3))
    assert (zero["n"], zero["share"]) == ("0", "0.0")
    assert (missing["n"], missing["base"], missing["share"]) == ("12", "", "")
    notes = [row["note"] for row in rows[-len(NASTY_TEXTS) :]]
    assert notes[0] == "'s-Hertogenbosch"
    for note, text in zip(notes, NASTY_TEXTS, strict=True):
        is_formula = text.startswith(("=", "+", "-", "@", "\t", "\r"))
        assert note == ("'" if is_formula else "") + clean_text(text)


def test_a_negative_number_in_csv_is_a_number(tmp_path, written):
    book = replace(build_workbook(), data=make_sheet(-47, -0.5, "-47"))

    assert written("csv", book).read_bytes() == b"\xef\xbb\xbfx\r\n-47\r\n-0.5\r\n'-47\r\n"


def test_json_is_what_it_was(written):
    assert_golden(written("json"))


def test_json_gives_back_every_row(written):
    content = json.loads(written("json").read_text(encoding="utf-8"))

    assert list(content) == ["title", "explanation", "rows", "codebook"]
    assert list(content["rows"][0]) == list(RESULT_COLUMNS)
    assert content["rows"][0]["share"] == 1 / 3
    assert content["rows"][2]["base"] is None
    assert [row["note"] for row in content["rows"][-len(NASTY_TEXTS) :]] == [
        clean_text(t) for t in NASTY_TEXTS
    ]
    assert [row["vraag"] for row in content["codebook"]] == list(DEFINITION.questions)


def test_json_without_rows_is_still_json(written):
    book = replace(build_workbook(), data=make_sheet())

    assert json.loads(written("json", book).read_text(encoding="utf-8"))["rows"] == []


def test_xlsx_holds_every_cell(written):
    assert cut_empty_end(read_xlsx(written("xlsx"))) == cut_empty_end(expected_cells(build_workbook()))


def test_xlsx_has_no_formulas_and_its_numbers_are_numbers(written):
    for sheet in openpyxl.load_workbook(written("xlsx")):
        for cell in (cell for row in sheet.iter_rows() for cell in row if cell.value is not None):
            assert cell.data_type == ("s" if isinstance(cell.value, str) else "n"), cell.coordinate
            assert cell.hyperlink is None


def test_ods_holds_every_cell(written):
    assert cut_empty_end(read_ods(written("ods"))) == cut_empty_end(expected_cells(build_workbook()))


def test_ods_is_a_valid_package(written):
    with ZipFile(written("ods")) as archive:
        first = archive.infolist()[0]
        parts = {
            name: ET.fromstring(archive.read(name))  # noqa: S314 - our own file
            for name in archive.namelist()
            if name.endswith(".xml")
        }
        assert archive.testzip() is None
        assert (first.filename, first.compress_type, first.extra) == ("mimetype", ZIP_STORED, b"")
        assert archive.read("mimetype") == b"application/vnd.oasis.opendocument.spreadsheet"
    manifest = parts.pop("META-INF/manifest.xml")
    listed = {
        value for entry in manifest for name, value in entry.attrib.items() if name.endswith("full-path")
    }
    assert listed == {"/", *parts}
    for name, root in parts.items():
        assert root.get(f"{{{OFFICENS}}}version") == "1.3", name


def test_ods_is_read_by_an_independent_library(written):
    document = load_ods(str(written("ods")))

    names = [table.getAttribute("name") for table in document.spreadsheet.childNodes]
    assert names == [sheet.name for sheet in build_workbook().sheets]
    first_row = document.spreadsheet.childNodes[1].childNodes[-len(NASTY_TEXTS)]
    first_note = first_row.childNodes[RESULT_COLUMNS.index("note")]
    assert (first_note.getAttribute("valuetype"), str(first_note)) == ("string", "'s-Hertogenbosch")


@pytest.mark.parametrize("code", ["xlsx", "ods"])
def test_spreadsheets_have_explanation_data_questions_and_codebook(written, code):
    read = {"xlsx": read_xlsx, "ods": read_ods}[code]
    sheets = read(written(code))

    assert list(sheets) == [
        "Toelichting",
        "Resultaten",
        "ondersteuner_huisarts",
        "ondersteuner_huisarts_met_zorgv",
        "Codeboek",
    ]
    explanation = dict(row[:2] for row in sheets["Toelichting"])
    assert explanation["Geteld per"] == "gemeenten"
    assert explanation["Uitsplitsing"] == "provincie × jeugdregio"
    assert explanation["Peildatum"] == "1 januari 2022"
    assert explanation["Let op"] == "De antwoorden zijn verzonnen."
    assert explanation["Geteld op"] == "22 november 2026, 10:30"


@pytest.mark.parametrize("code", list(FORMATS))
def test_progress_is_told_from_the_first_row_to_the_last(tmp_path, code):
    seen = []

    write_workbook(build_workbook(), tmp_path / "uit", file_format=code, report_progress=seen.append)

    rows = len(build_table().rows)
    assert len(seen) == (2 * rows if FORMATS[code].has_sheets else rows)
    assert seen == sorted(seen)
    assert (seen[0], seen[-1]) == (1 / len(seen), 1)


@pytest.mark.parametrize("code", ["xlsx", "ods"])
def test_more_rows_than_a_spreadsheet_holds_are_refused(written, code, monkeypatch):
    for module in (workbook_module, *(__import__(f"surveys.tabular.writers.{code}", fromlist=["x"]),)):
        monkeypatch.setattr(module, "SPREADSHEET_ROWS", 4)
    book = replace(
        build_workbook(),
        explanation=make_sheet(name="Toelichting"),
        questions=(),
        codebook=make_sheet(name="Codeboek"),
        data=make_sheet("a", "b", "c"),
    )
    written(code, book)

    with pytest.raises(TooLargeForFormat, match="Kies CSV"):
        written(code, replace(book, data=make_sheet("a", "b", "c", "d")))


def test_rows_of_an_excel_file_wait_beside_it_and_nowhere_else(written, tmp_path):
    seen = []

    def list_rows():
        yield ("x",)
        seen.extend(path.name for path in tmp_path.iterdir())

    written("xlsx", replace(build_workbook(), data=Sheet("rijen", (Column("x"),), list_rows(), row_count=1)))

    assert seen
    assert [path.name for path in tmp_path.iterdir()] == ["results.xlsx"]


def test_a_text_too_long_for_an_excel_cell_is_refused_rather_than_lost(written):
    book = replace(build_workbook(), data=make_sheet("x" * 32_768))

    with pytest.raises(TooLargeForFormat, match="te lang"):
        written("xlsx", book)


@pytest.mark.parametrize("code", list(FORMATS))
def test_memory_does_not_grow_with_the_number_of_rows(written, code, monkeypatch):
    monkeypatch.setattr(batches, "ROWS_AT_A_TIME", 500)

    def measure_peak(row_count):
        rows = ((f"rij {number}", number, number / 7) for number in range(row_count))
        columns = (Column("tekst"), Column("getal"), Column("deel"))
        data = Sheet("lang", columns, rows, row_count=row_count)
        tracemalloc.start()
        written(code, replace(build_workbook(), data=data, questions=()))
        peak = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return peak

    measure_peak(10)

    # All rows at once take 4 MB more; one column of texts, as SPSS files are written, 1 MB.
    assert measure_peak(20_000) < measure_peak(1_000) + 2_000_000
