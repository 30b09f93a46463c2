"""The list as a file: the same words in both formats, read back with programs that did not write them."""

from collections.abc import Iterator
from datetime import date
from io import BytesIO
from xml.etree import ElementTree as ET
from zipfile import ZipFile

import pytest
from django.test import Client
from odf import teletype
from odf.opendocument import load
from odf.table import Table, TableHeaderRows, TableRow
from odf.text import A, H, ListItem, P

from practices.models import PracticeFact, PracticeMeasure, PracticePage, PracticeSource, SourcePage
from practices.shortlist.contents import gather_shortlist
from practices.shortlist.files import FORMATS
from practices.shortlist.lifecycle import save_case, write_note
from surveys.measures.models import Measure
from tests.practices.small_library import add_case, build_library
from tests.responses.factories import NOW, make_person
from tests.typesetting.documents import assert_accessible, list_tags, open_pdf, read_text

pytestmark = pytest.mark.django_db

LIST = "/praktijkvoorbeelden/mijn-lijst/"
TITLE = "Mijn lijst met praktijkvoorbeelden"
ADDRESS = "http://localhost/praktijkvoorbeelden/alles/"
TODAY = date(2026, 3, 2)


@pytest.fixture
def library():
    return build_library()


@pytest.fixture
def person(library):
    """With a case that tells a lot, and one that left the site."""
    person = make_person("Noor")
    full = add_case(
        library,
        "Alles",
        intro="De eerste alinea.\n\nDe tweede.",
        outline=[("item", "Eerst <praten> & dan doen.")],
        status="pilot",
        evidence="measured",
        facts=[
            PracticeFact(
                low=3,
                qualifier="over",
                unit="miljoen euro",
                text="is bespaard",
                kind="expected",
                topic="savings",
                section="Tabel 2",
            )
        ],
        measure_links=[
            PracticeMeasure(
                measure=Measure.objects.get(slug="poh-jeugd"), strength="direct", direction="supports"
            )
        ],
        sources=[PracticeSource(document=SourcePage.objects.get(), section="§ 3")],
        links=[("link", {"title": "De site van het project", "url": "https://www.example.org/"})],
    )
    gone = add_case(library, "Weg", intro="Niemand mag dit lezen.")
    write_note(save_case(full, by=person), "Mijn eigen gedachte.\nEn nog een \N{GRINNING FACE}.")
    write_note(save_case(gone, by=person), "Over wat weg is.")
    gone.unpublish()
    return person


@pytest.fixture
def contents(person):
    return gather_shortlist(person, on=TODAY)


@pytest.fixture
def odt(contents):
    return load(BytesIO(FORMATS["odt"].write(contents, at=NOW)))


@pytest.fixture
def pdf(contents):
    return FORMATS["pdf"].write(contents, at=NOW)


def list_texts(document, kind) -> list[str]:
    return [teletype.extractText(each) for each in document.getElementsByType(kind)]


def test_a_file_says_of_a_public_case_everything_and_of_another_its_title_only(contents):
    full, gone = contents["cases"]

    assert {value["term"]: value["texts"] for value in full["values"]} == {
        "In het kort": ["Alles in één zin."],
        "Plaats": ["Zaanstad"],
        "Jaar": ["2022"],
        "Stand": ["Pilot"],
        "Bewijs voor het effect": ["Gemeten"],
    }
    assert [section["title"] for section in full["sections"]] == [
        "Wat het is",
        "Maatregelen",
        "Hoofdlijnen",
        "Feiten en cijfers",
        "Meer informatie",
        "Bronnen",
    ]
    assert (full["url"], full["remark"]) == (ADDRESS, "")
    assert gone["title"] == "Weg"
    assert gone["remark"] == "Dit voorbeeld staat niet meer op de site."
    assert (gone["url"], gone["values"], gone["sections"]) == ("", [], [])
    assert gone["note"] == ["Over wat weg is."]


def test_a_case_past_its_review_says_so(person):
    PracticePage.objects.filter(slug="alles").update(review_by=date(2026, 3, 1))
    assert "niet op tijd nagekeken" in gather_shortlist(person, on=TODAY)["cases"][0]["remark"]
    assert gather_shortlist(person, on=date(2026, 3, 1))["cases"][0]["remark"] == ""


def test_the_notes_are_those_of_the_owner_only(person):
    other = make_person("Bram")
    write_note(save_case(PracticePage.objects.get(slug="alles"), by=other), "Van Bram.")
    assert "Van Bram." not in str(gather_shortlist(person, on=TODAY))
    assert "Mijn eigen gedachte." not in str(gather_shortlist(other, on=TODAY))


@pytest.mark.parametrize("others", [0, 5])
def test_a_longer_list_takes_no_more_queries(others, person, library, django_assert_num_queries):
    for number in range(others):
        page = add_case(
            library,
            f"Ander {number}",
            facts=[PracticeFact(wording="de helft", text="doet mee", kind="measured", topic="scale")],
            sources=[PracticeSource(document=SourcePage.objects.get())],
        )
        save_case(page, by=person)
    gather_shortlist(person, on=TODAY)
    with django_assert_num_queries(10):
        gather_shortlist(person, on=TODAY)


def test_the_pdf_passes_the_checkers_and_reads_in_order(pdf):
    assert_accessible(pdf, title=TITLE)
    text = read_text(pdf)
    places = [
        text.index(words)
        for words in (
            "Gemaakt op 2 maart 2026",
            "Alles in één zin.",
            "Eigen notitie Mijn eigen gedachte. En nog een",
            "De eerste alinea. De tweede.",
            "Eerst <praten> & dan doen.",
            "ruim 3 miljoen euro is bespaard Verwacht, niet gemeten Tabel 2",
            "Het rapport, § 3 (mei 2022)",
            "Dit voorbeeld staat niet meer op de site.",
            "Over wat weg is.",
        )
    ]
    assert places == sorted(places)
    assert "Niemand mag dit lezen." not in text
    assert list_tags(pdf).count("Table") == 1


def test_the_addresses_in_the_pdf_lead_to_the_site_and_the_sources(pdf):
    links = [each.get_object() for page in open_pdf(pdf).pages for each in page.get("/Annots", [])]
    assert {str(link["/A"]["/URI"]) for link in links if "/A" in link} == {
        ADDRESS,
        "http://localhost/maatregelen/poh-jeugd/",
        "http://localhost/bronnen/rapport/",
        "https://www.example.org/",
    }


def test_the_odt_has_headings_lists_and_a_table_with_headings(odt):
    headings = [
        (teletype.extractText(each), each.getAttribute("outlinelevel")) for each in odt.getElementsByType(H)
    ]
    assert headings == [
        ("Alles", "1"),
        ("Eigen notitie", "2"),
        ("Wat het is", "2"),
        ("Maatregelen", "2"),
        ("Hoofdlijnen", "2"),
        ("Feiten en cijfers", "2"),
        ("Meer informatie", "2"),
        ("Bronnen", "2"),
        ("Weg", "1"),
        ("Eigen notitie", "2"),
    ]
    assert "Eerst <praten> & dan doen." in list_texts(odt, ListItem)
    (table,) = odt.getElementsByType(Table)
    (above,) = table.getElementsByType(TableHeaderRows)
    assert teletype.extractText(above) == "CijferWat het zegtHoe zekerPlaats in de bron"
    assert [teletype.extractText(row) for row in table.getElementsByType(TableRow)][1:] == [
        "ruim 3 miljoen euro" + "is bespaard" + "Verwacht, niet gemeten" + "Tabel 2"
    ]


def test_the_odt_says_its_title_its_language_its_links_and_the_note_as_typed(odt, contents):
    assert [teletype.extractText(each) for each in odt.meta.childNodes if each.tagName == "dc:title"] == [
        TITLE
    ]
    texts = list_texts(odt, P)
    assert texts[0] == TITLE
    assert "Mijn eigen gedachte." in texts
    assert "En nog een \N{GRINNING FACE}." in texts
    assert f"Op de site: {ADDRESS}" in texts
    assert [each.getAttribute("href") for each in odt.getElementsByType(A)] == [
        ADDRESS,
        "http://localhost/maatregelen/poh-jeugd/",
        "https://www.example.org/",
        "http://localhost/bronnen/rapport/",
    ]


def find_languages(element: ET.Element) -> Iterator[tuple[str, str]]:
    fo = "{urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0}"
    for each in element.iter():
        if f"{fo}language" in each.attrib:
            yield each.attrib[f"{fo}language"], each.attrib[f"{fo}country"]


def test_the_odt_is_dutch_and_every_style_it_uses_exists(contents):
    with ZipFile(BytesIO(FORMATS["odt"].write(contents, at=NOW))) as archive:
        assert archive.namelist()[0] == "mimetype"
        assert archive.read("mimetype") == b"application/vnd.oasis.opendocument.text"
        styles, content = (
            ET.fromstring(archive.read(name))  # noqa: S314 - our own file
            for name in ("styles.xml", "content.xml")
        )
    assert set(find_languages(styles)) == {("nl", "NL")}
    style, text = (f"{{urn:oasis:names:tc:opendocument:xmlns:{name}:1.0}}" for name in ("style", "text"))
    known = {each.attrib[f"{style}name"] for each in styles.iter() if f"{style}name" in each.attrib}
    used = {each.attrib[f"{text}style-name"] for each in content.iter() if f"{text}style-name" in each.attrib}
    assert {"Title", "Heading_20_1", "Heading_20_2", "Eigen_20_notitie", "List_20_1"} <= used
    assert used <= known


def test_an_empty_list_is_a_file_that_says_so():
    contents = gather_shortlist(make_person("Bram"), on=TODAY)
    assert "Er staat nog geen voorbeeld op deze lijst." in read_text(FORMATS["pdf"].write(contents, at=NOW))
    assert "Er staat nog geen voorbeeld op deze lijst." in list_texts(
        load(BytesIO(FORMATS["odt"].write(contents, at=NOW))), P
    )


@pytest.mark.parametrize(("file_format", "begin"), [("pdf", b"%PDF-"), ("odt", b"PK\x03\x04")])
def test_the_file_is_a_download_that_no_cache_keeps(file_format, begin, person):
    client = Client()
    client.force_login(person)
    response = client.get(f"{LIST}lijst.{file_format}")
    assert response.status_code == 200
    assert response.content.startswith(begin)
    assert response["Content-Type"] == FORMATS[file_format].content_type
    assert response["Content-Disposition"] == (
        f'attachment; filename="mijn-lijst-praktijkvoorbeelden.{file_format}"'
    )
    assert response["Cache-Control"] == "private, no-store"
    assert Client().get(f"{LIST}lijst.{file_format}")["Location"].startswith("/account/login/")
    assert client.get(f"{LIST}lijst.docx").status_code == 404
