"""The checkers find what is wrong: each test breaks a document that passes in one way."""

import io
from datetime import UTC, datetime
from pathlib import Path

import pytest
from pypdf import PdfReader, PdfWriter
from pypdf.generic import ArrayObject, BooleanObject, NameObject

from surveys.typesetting.pdf import typeset
from tests.typesetting.matterhorn import check_pdf, list_elements

HOUSE = Path(__file__).parents[2] / "templates/typeset/house.typ"
BODY = """
#import "house.typ": data, house
#show: house
#outline(title: [Inhoud])
= Kop
== Deel *een*
- punt
#image(bytes("<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'><rect width='5' height='5'/></svg>"),
  alt: "Een vakje")
#link("https://www.example.org/")[Een link]
#table(columns: 2, table.header([Naam], [Waarde]), [Een], [1], [Twee], [2])
"""


@pytest.fixture(scope="module")
def content(tmp_path_factory) -> bytes:
    folder = tmp_path_factory.mktemp("typeset")
    (folder / "house.typ").write_text(HOUSE.read_text(encoding="utf-8"), encoding="utf-8")
    template = folder / "proef.typ"
    template.write_text(BODY, encoding="utf-8")
    return typeset(template, data={"title": "Proef"}, made_at=datetime(2026, 11, 22, tzinfo=UTC))


@pytest.fixture
def writer(content) -> PdfWriter:
    return PdfWriter(clone_from=PdfReader(io.BytesIO(content)))


def check(writer: PdfWriter) -> list[str]:
    written = io.BytesIO()
    writer.write(written)
    return check_pdf(written.getvalue())


def find(writer: PdfWriter, kind: str):
    """The first structure element of a kind, to break."""

    class Document:
        trailer = {"/Root": writer.root_object}

    return next(element for found, element, _ in list_elements(Document) if found == kind)


def test_a_document_of_ours_passes_also_when_it_is_written_again(content, writer):
    assert check_pdf(content) == []
    assert check(writer) == []


@pytest.mark.parametrize(
    ("kind", "becomes", "problem"),
    [
        ("H2", "H4", "14 heading levels: H4 after level 1"),
        ("L", "Verzameling", "02 role mapping: Verzameling is mapped to no standard type"),
        ("LBody", "P", "09 appropriate tags: P in LI"),
        ("TR", "P", "09 appropriate tags: P in THead"),
    ],
)
def test_a_wrong_tag_is_found(writer, kind, becomes, problem):
    find(writer, kind)[NameObject("/S")] = NameObject(f"/{becomes}")

    assert problem in check(writer)


def test_a_picture_without_words_is_found(writer):
    del find(writer, "Figure")["/Alt"]

    assert any("UA-13-004" in problem for problem in check(writer))


def test_an_empty_heading_is_found(writer):
    find(writer, "H2")[NameObject("/K")] = ArrayObject()

    assert "14 empty headings: an empty H2" in check(writer)


def test_a_row_that_lacks_a_cell_is_found(writer):
    find(writer, "TBody")["/K"][0].get_object()["/K"].pop()

    assert "15 tables: table 1 has rows of [2, 1, 2] cells" in check(writer)


def test_a_link_outside_the_structure_and_a_page_without_order_are_found(writer):
    find(writer, "Link")[NameObject("/K")] = ArrayObject()
    del writer.pages[0]["/Tabs"]

    assert "28 annotations: page 1 has a link outside the structure" in check(writer)
    assert "28 annotations: page 1 is not tabbed through in the order of its structure" in check(writer)


def test_a_font_that_is_not_in_the_file_is_found(writer):
    for each in writer._objects:
        if isinstance(each, dict) and each.get("/Type") == "/FontDescriptor":
            del each["/FontFile3"]
        if isinstance(each, dict) and each.get("/Subtype") == "/Type0":
            del each["/ToUnicode"]

    problems = [problem for problem in check(writer) if problem.startswith("31 fonts")]
    assert any("is not in the file" in problem for problem in problems)
    assert any("does not say which letters it draws" in problem for problem in problems)


def test_a_file_that_is_not_tagged_or_shows_no_title_is_found(writer):
    writer.root_object["/ViewerPreferences"][NameObject("/DisplayDocTitle")] = BooleanObject(False)
    assert any("UA-07-002" in problem for problem in check(writer))

    del writer.root_object["/Lang"]
    assert any("UA-06-001" in problem for problem in check(writer))


def test_an_encrypted_file_is_found(writer):
    writer.encrypt("", "geheim", algorithm="RC4-128")

    assert any(problem.startswith("26 security") for problem in check(writer))
