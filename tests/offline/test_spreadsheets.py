"""Files that somebody hands in by mistake or by malice: each is refused in words, before it can do harm."""

import io
import re
import zipfile

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from surveys.offline.spreadsheets import (
    MAXIMUM_ROWS,
    FilledInCell,
    UnreadableSpreadsheet,
    read_spreadsheet,
    write_as_typed,
)
from surveys.responses.models import Response
from tests.offline.workbooks import save_workbook
from tests.responses.factories import MEMBER, make_wave, sign_in

LIMIT = 5_000_000
OLE = bytes.fromhex("d0cf11e0a1b11ae1")


def make_zip(parts, *, compression=zipfile.ZIP_DEFLATED):
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", compression) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def make_xlsx(sheet_xml, **parts):
    """A workbook with one sheet, written by hand: what no spreadsheet program would write."""
    workbook = openpyxl.Workbook()
    with zipfile.ZipFile(io.BytesIO(save_workbook(workbook))) as archive:
        ours = {name: archive.read(name) for name in archive.namelist()}
    return make_zip({**ours, "xl/worksheets/sheet1.xml": sheet_xml, **parts})


def make_sheet(rows):
    namespace = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    return f'<worksheet xmlns="{namespace}"><sheetData>{rows}</sheetData></worksheet>'


def make_many_rows(number):
    workbook = openpyxl.Workbook(write_only=True)
    sheet = workbook.create_sheet("Veel")
    for row in range(number):
        sheet.append([row, row, row])
    return save_workbook(workbook)


def make_encrypted_zip():
    content = bytearray(make_zip({"xl/workbook.xml": "<workbook/>"}))
    for signature, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        content[content.index(signature) + offset] |= 1
    return bytes(content)


BOMB = make_zip(
    {"[Content_Types].xml": "", "xl/workbook.xml": "", "xl/worksheets/sheet1.xml": b"0" * 70_000_000}
)
DENSE = make_zip({"xl/workbook.xml": b"0" * 50_000_000})
LAUGHS = '<!DOCTYPE w [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;">]>' + make_sheet(
    '<row r="1"><c r="A1" t="str"><v>&c;</v></c></row>'
)
OUTSIDE = '<!DOCTYPE w [<!ENTITY a SYSTEM "file:///etc/passwd">]>' + make_sheet(
    '<row r="1"><c r="A1" t="str"><v>&a;</v></c></row>'
)
REFUSED = {
    "empty": (b"", "leeg"),
    "text": (b"vraag;antwoord\n1;2\n", "geen Excel-werkmap"),
    "pdf": (b"%PDF-1.7 ...", "geen Excel-werkmap"),
    "half a zip": (BOMB[:1000], "geen Excel-werkmap"),
    "another zip": (make_zip({"brief.docx": "x"}), "geen Excel-werkmap"),
    "ods": (
        make_zip({"mimetype": "application/vnd.oasis.opendocument.spreadsheet", "content.xml": "<x/>"}),
        "LibreOffice",
    ),
    "xls": (OLE + b"\0" * 600 + "Workbook".encode("utf-16-le"), "oud formaat"),
    "password": (OLE + b"\0" * 600 + "EncryptedPackage".encode("utf-16-le"), "wachtwoord"),
    "encrypted zip": (make_encrypted_zip(), "wachtwoord"),
    "bomb": (BOMB, "uitpakken veel te groot"),
    "dense": (DENSE, "uitpakken veel te groot"),
    "many parts": (make_zip({f"xl/{number}.xml": "" for number in range(200)}), "uitpakken veel te groot"),
    "many rows": (make_many_rows(MAXIMUM_ROWS + 1), "te veel rijen"),
    "many columns": (make_xlsx(make_sheet('<row r="1"><c r="ZZZ1"><v>1</v></c></row>')), "te veel rijen"),
    "broken": (make_zip({"[Content_Types].xml": "<", "xl/workbook.xml": "<"}), "beschadigd"),
    "laughs": (make_xlsx(LAUGHS), "beschadigd"),
    "outside": (make_xlsx(OUTSIDE), "beschadigd"),
    "no number": (make_xlsx(make_sheet('<row r="1"><c r="A1" t="s"><v>99</v></c></row>')), "beschadigd"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_file_is_refused_in_words(name):
    content, message = REFUSED[name]
    with pytest.raises(UnreadableSpreadsheet, match=message) as refused:
        read_spreadsheet(content, maximum_bytes=LIMIT)
    # Also a list of contacts and an XLSForm are read here: there is nothing of ours to go back to.
    assert not re.search("ophaal|gekregen", str(refused.value))


@pytest.mark.django_db
@pytest.mark.parametrize("name", [name for name in REFUSED if name != "empty"])
def test_page_says_why_and_takes_nothing(name):
    make_wave()
    content, message = REFUSED[name]
    response = sign_in("Anna", MEMBER).post(
        reverse("offline:upload", kwargs={"wave": "proef", "organisation": MEMBER}),
        {"workbook": SimpleUploadedFile("werkmap.xlsx", content)},
    )
    assert response.status_code == 422
    assert message in response.context["refusal"]
    assert "Er is niets opgenomen." in response.content.decode()
    assert not Response.objects.exists()


@pytest.mark.django_db
def test_large_file_and_strange_workbook_are_refused_on_the_page():
    make_wave()
    client = sign_in("Anna", MEMBER)
    url = reverse("offline:upload", kwargs={"wave": "proef", "organisation": MEMBER})
    large = client.post(url, {"workbook": SimpleUploadedFile("werkmap.xlsx", b"x" * (LIMIT + 1))})
    assert large.status_code == 422
    assert "Het mag hoogstens 5 MB zijn." in large.context["refusal"]
    workbook = openpyxl.Workbook()
    strange = client.post(url, {"workbook": SimpleUploadedFile("begroting.xlsx", save_workbook(workbook))})
    assert strange.status_code == 422
    assert "Dit is niet de werkmap van deze vragenlijst." in strange.context["refusal"]
    workbook.active.title = "gegevens"
    strange = client.post(url, {"workbook": SimpleUploadedFile("begroting.xlsx", save_workbook(workbook))})
    assert "Dit is niet de werkmap van deze vragenlijst." in strange.context["refusal"]


def test_limit_is_on_what_is_sent():
    content = make_many_rows(3)
    assert len(read_spreadsheet(content, maximum_bytes=len(content))[0].rows) == 3
    with pytest.raises(UnreadableSpreadsheet, match="te groot"):
        read_spreadsheet(content, maximum_bytes=len(content) - 1)


def test_stray_empty_last_row_is_no_problem():
    """LibreOffice writes one at the end of a sheet."""
    sheet = make_sheet('<row r="2"><c r="B2"><v>7</v></c></row><row r="1048576"/>')
    (read,) = read_spreadsheet(make_xlsx(sheet), maximum_bytes=LIMIT)
    assert [(row.number, row.cells[2].reference, row.cells[2].value) for row in read.rows] == [(2, "B2", 7)]


def test_size_that_a_sheet_claims_is_not_believed():
    sheet = make_sheet('<row r="2"><c r="B2"><v>7</v></c></row>').replace(
        "<sheetData>", '<dimension ref="A1:XFD1048576"/><sheetData>'
    )
    (read,) = read_spreadsheet(make_xlsx(sheet), maximum_bytes=LIMIT)
    assert len(read.rows) == 1


def test_formulas_and_errors_are_no_values():
    sheet = make_sheet(
        '<row r="1"><c r="A1"><f>1+1</f><v>2</v></c><c r="B1" t="e"><v>#REF!</v></c><c r="C1"><v>3</v></c></row>'
    )
    (read,) = read_spreadsheet(make_xlsx(sheet), maximum_bytes=LIMIT)
    cells = read.rows[0].cells
    assert [(cells[column].value, cells[column].is_formula) for column in (1, 2, 3)] == [
        (None, True),
        (None, True),
        (3, False),
    ]


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (3, "3"),
        (12.5, "12,5"),
        (0.1 + 0.2, "0,3"),
        (1234567.89, "1234567,89"),
        (-4, "-4"),
        (1e20, "100000000000000000000"),
        (True, "waar"),
        ("  tekst ", "  tekst "),
        (None, ""),
    ],
)
def test_values_are_written_as_people_type_them(value, text):
    assert write_as_typed(FilledInCell("A1", value)) == text
