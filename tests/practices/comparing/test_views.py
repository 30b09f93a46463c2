"""Cases side by side, as a visitor with the address sees them."""

import re
from datetime import date
from html import unescape

import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.html import strip_tags

from practices.models import (
    PracticeFact,
    PracticeMeasure,
    PracticePage,
    PracticeSource,
    PracticeStatus,
    SourcePage,
)
from practices.terms import Effect, Evidence, Status
from surveys.measures.models import Measure
from tests.practices.content import normalise
from tests.practices.small_library import add_case, build_library

pytestmark = pytest.mark.django_db

PATH = "/praktijkvoorbeelden/vergelijken/"
LINKED = (
    "Dit is de maatregel in de praktijk, laat zien dat het niet werkt of waar het ophoudt. "
    "De redactie legde dit verband, niet de bron."
)
SILENT = "Niet vermeld in de bron"


@pytest.fixture
def library():
    index = build_library()
    full = add_case(
        index,
        "Alles",
        organisation="Stichting Samen",
        reason="Er was een wachtlijst.\n\nDie groeide.",
        outline=[("item", "Eerst praten."), ("item", "Dan doen.")],
        status=Status.EMBEDDED,
        status_when="eind 2023",
        effect=Effect.MIXED,
        effect_note="Minder verwijzingen, meer werk.",
        evidence=Evidence.MEASURED,
        audience="Ouders",
        setbacks=[("item", "Het <b>register</b> lukte niet.")],
        facts=[
            PracticeFact(
                low=3, qualifier="over", unit="keer", text="is het gelukt", kind="measured", topic="effect"
            )
        ],
        earlier_statuses=[PracticeStatus(status="pilot", when="2020")],
        measure_links=[
            PracticeMeasure(
                measure=Measure.objects.get(slug="poh-jeugd"), strength="direct", direction="counter_example"
            )
        ],
        sources=[PracticeSource(document=SourcePage.objects.get(), section="§ 3")],
    )
    add_case(index, "Bijna niets", place_label="Leiden")
    add_case(index, "Nog een", place_label="Urk")
    add_case(index, "Vierde")
    full.refresh_from_db()
    return index


def show(client, *slugs, **others):
    response = client.get(PATH, {"voorbeeld": slugs, **others})
    assert response.status_code == 200
    return response


def read(response) -> str:
    main = re.search(r"<main.*?</main>", response.content.decode(), re.DOTALL).group()
    return normalise(unescape(strip_tags(main.replace("<", " <"))))


def list_rows(response) -> dict[str, list[list[str]]]:
    """By part, per case the words of its lines."""
    return {
        row["title"]: [
            [normalise(" ".join((line.figure, line.text, line.remark))) for line in cell["lines"]]
            for cell in row["cells"]
        ]
        for row in response.context["rows"]
    }


def test_two_cases_stand_side_by_side_with_what_each_tells(client, library):
    response = show(client, "alles", "bijna-niets")

    assert list_rows(response) == {
        "In het kort": [["Alles in één zin."], ["Bijna niets in één zin."]],
        "Plaats": [["Zaanstad · Stichting Samen"], ["Leiden"]],
        "Jaar": [["2022"], ["2022"]],
        "Stand": [["Geborgd, eind 2023", "Eerder: pilot, 2020"], []],
        "Effect": [["Wisselend Minder verwijzingen, meer werk."], []],
        "Bewijs voor het effect": [["Gemeten"], []],
        "Doelgroep": [["Ouders"], []],
        "Maatregelen": [
            [f"{Measure.objects.get(slug='poh-jeugd').name} {LINKED}"],
            [],
        ],
        "Aanleiding": [["Er was een wachtlijst.", "Die groeide."], []],
        "Hoofdlijnen": [["Eerst praten.", "Dan doen."], []],
        "Feiten en cijfers": [["ruim 3 keer is het gelukt Gemeten"], []],
        "Wat niet werkte": [["Het <b>register</b> lukte niet."], []],
        "Bronnen": [["Het rapport, § 3 mei 2022"], []],
    }


def test_it_is_a_table_with_headings_for_every_row_and_column_and_no_empty_cell(client, library):
    text = show(client, "alles", "bijna-niets", "nog-een").content.decode()
    table = re.search(r"<table.*?</table>", text, re.DOTALL).group()

    assert table.count('scope="col"') == 3
    assert table.count('scope="row"') == table.count('role="rowheader"') == 13
    cells = re.findall(r'<td class="compare-table__cell".*?</td>', table, re.DOTALL)
    assert len(cells) == 39
    named = [
        re.sub(r"<span class=.compare-table__whose.*?</span>", "", cell, flags=re.DOTALL) for cell in cells
    ]
    assert all(strip_tags(cell).strip() for cell in named)
    assert table.count(SILENT) == 20
    assert "&lt;b&gt;register&lt;/b&gt;" in table
    assert 'href="/maatregelen/poh-jeugd/"' in table
    assert 'href="/bronnen/rapport/"' in table


def test_the_order_is_that_of_the_address(client, library):
    response = show(client, "nog-een", "alles")
    assert [case["title"] for case in response.context["cases"]] == ["Nog een", "Alles"]
    assert list_rows(response)["Plaats"] == [["Urk"], ["Zaanstad · Stichting Samen"]]
    assert response.context["cases"][0]["remove_url"] == f"{PATH}?voorbeeld=alles"


@pytest.mark.parametrize(
    ("slugs", "shown", "notice"),
    [
        (["alles", "bestaat-niet", "nog-een"], ["Alles", "Nog een"], "staat niet (meer) op deze site"),
        (["alles", "nog-een", "alles"], ["Alles", "Nog een"], "stond meer dan één keer"),
        (["alles", "nog-een", "bijna-niets", "vierde"], ["Alles", "Nog een", "Bijna niets"], "meer dan 3"),
        (["alles", "nog-een", "\0'\"<"], ["Alles", "Nog een"], "staat niet (meer) op deze site"),
    ],
)
def test_what_cannot_be_shown_is_left_out_and_said(slugs, shown, notice, client, library):
    response = show(client, *slugs)
    assert [case["title"] for case in response.context["cases"]] == shown
    assert notice in read(response)


def test_a_case_that_left_the_site_is_not_shown(client, library):
    PracticePage.objects.get(slug="alles").unpublish()
    response = show(client, "alles", "nog-een", "bijna-niets")
    assert "wachtlijst" not in read(response)
    assert [case["title"] for case in response.context["cases"]] == ["Nog een", "Bijna niets"]


def test_a_measure_and_a_source_without_a_public_page_are_words(client, library):
    SourcePage.objects.get().unpublish()
    Measure.objects.get(slug="poh-jeugd").page.unpublish()
    response = show(client, "alles", "nog-een")
    assert "Het rapport, § 3" in read(response)
    assert b"/bronnen/rapport/" not in response.content
    assert b"/maatregelen/poh-jeugd/" not in response.content


def test_a_case_past_its_review_says_so(client, library):
    PracticePage.objects.filter(slug="nog-een").update(review_by=date(2020, 1, 1))
    assert "Nog een Niet op tijd nagekeken, kan verouderd zijn." in read(show(client, "alles", "nog-een"))


def test_without_a_choice_the_page_says_how_to_choose(client, library):
    text = read(show(client))
    assert "Zo kiest u" in text
    assert "Kies er twee of drie." in text


def test_with_one_case_those_that_are_like_it_are_offered(client, library):
    page = PracticePage.objects.get(slug="nog-een")
    page.measure_links.add(
        PracticeMeasure(measure=Measure.objects.get(slug="poh-jeugd"), strength="partial", direction="mixed")
    )
    page.save()
    response = show(client, "alles")
    assert [option["value"] for option in response.context["offered"]] == ["nog-een"]
    assert "U koos Alles . Kies er nog één of twee." in read(response)
    assert b"<table" not in response.content


def test_cases_in_the_library_have_a_box_and_one_button_sends_them(client, library):
    text = client.get("/praktijkvoorbeelden/").content.decode()
    boxes = re.findall(r'name="voorbeeld" value="([\w-]+)"[^>]*form="vergelijken"', text)
    assert sorted(boxes) == ["alles", "bijna-niets", "nog-een", "vierde"]
    assert text.count('<form class="button-row screen-only" id="vergelijken"') == 1
    assert "vergelijken" not in read(client.get("/praktijkvoorbeelden/?q=xyzzy"))


def test_searching_offers_others_and_keeps_what_was_chosen(client, library):
    response = show(client, "alles", q="vierde")
    assert [option["value"] for option in response.context["offered"]] == ["vierde"]
    assert response.content.decode().count('name="voorbeeld" value="alles"') == 2
    assert show(client, "alles", q="alles").context["offered"] == []
    mended = show(client, "alles", q="vierdee")
    assert [option["value"] for option in mended.context["offered"]] == ["vierde"]
    assert "U ziet wat er is met ‘vierde’" in read(mended)
    assert "Er is niets gevonden" in read(show(client, "alles", q="xyzzy"))


@pytest.mark.parametrize("words", ["\0", "'\"<>&%_", "a" * 5000, "   "])
def test_nothing_that_is_typed_breaks_the_search(words, client, library):
    show(client, "alles", q=words)


@pytest.mark.parametrize("others", [0, 5])
@pytest.mark.parametrize(
    ("slugs", "queries"),
    [(["alles", "bijna-niets"], 11), (["alles", "bijna-niets", "nog-een"], 11), (["alles"], 11), ([], 1)],
)
def test_the_number_of_queries_is_fixed_even_cold(slugs, queries, others, client, library):
    for number in range(others):
        add_case(library, f"Ander {number}", outline=[("item", "Een punt")])
    cache.clear()
    with CaptureQueriesContext(connection) as asked:
        show(client, *slugs)
    assert len(asked) == queries
