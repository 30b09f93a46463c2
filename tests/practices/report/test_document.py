"""The report on paper: for who reads it with their eyes, and for who has it read out."""

import pytest

from surveys.demo.caveats import INVENTED
from tests.practices.report.test_contents import list_figures
from tests.practices.report.worlds import write_report
from tests.typesetting.documents import assert_accessible, list_tags, open_pdf, read_text


@pytest.fixture(scope="module")
def written(django_db_setup, django_db_blocker):
    return write_report(django_db_blocker)


@pytest.fixture
def contents(written):
    return written[0]


@pytest.fixture
def pdf(written):
    return written[1]


def test_it_passes_the_checkers_under_its_title(pdf):
    assert_accessible(pdf, title="Rapport proefmeting")


def test_the_cover_names_the_release_and_the_day_and_every_page_has_a_number(pdf):
    pages = [" ".join(page.extract_text().split()) for page in open_pdf(pdf).pages]

    assert "Uitgave 2026-1 van 2 maart 2026" in pages[0]
    assert "Geteld per reacties" in pages[0]
    assert "Licentie Creative Commons Naamsvermelding 4.0 (CC BY 4.0)" in pages[0]
    assert "Rapport gemaakt op 2 maart 2026" in pages[0]
    assert all(f"Pagina {number} van {len(pages)}" in text for number, text in enumerate(pages, start=1))
    assert not any(INVENTED in text for text in pages)


def test_there_is_a_table_of_contents_whose_lines_lead_somewhere(pdf):
    document = open_pdf(pdf)
    links = [each.get_object() for page in document.pages for each in page.get("/Annots", [])]

    tags = list_tags(pdf)
    # Every chapter has a line, and so have the cases and the parts of the method; the contents are a chapter too.
    assert tags.count("TOCI") >= tags.count("H1") - 1 > 0
    assert tags.count("TOCI") == sum("pagina" in str(link.get("/Contents")) for link in links)
    assert {str(link["/A"]["/URI"]) for link in links if "/A" in link} == {"https://www.example.org/"}
    assert "1 Wie er meededen" in read_text(pdf)


def test_every_chart_has_its_base_and_release_under_it_and_its_table(contents, pdf):
    text = read_text(pdf)
    tags = list_tags(pdf)
    charts = len(list_figures(contents))

    assert tags.count("Figure") == charts
    assert text.count("Uitgave 2026-1 van 2 maart 2026.") == charts
    assert all(f"Figuur {number}: n = " in text for number in range(1, charts + 1))
    # One for each chart, one about who took part and one about the size classes if those may be shown.
    assert tags.count("Table") == charts + 1 + bool(contents["response"]["size_classes"])


def test_it_tells_of_a_measure_all_there_is(pdf):
    text = read_text(pdf)

    for words in (
        "Daarom helpt een ondersteuner mee.",
        "Geen ruimte Er is geen kamer vrij.",
        "Samen in Zaanstad (Zaanstad) In Zaanstad werkt het zo.",
        "De tweede.",
        "7 keer is het gelukt (verwacht, niet gemeten)",
        "Wat is afgeschermd",
        "Bronnen",
    ):
        assert words in text
