"""The page of a case in the demo world."""

import re
from datetime import date

import pytest

from practices import queries
from practices.loading import LISTS
from practices.models import (
    MeasurePage,
    PracticeMeasure,
    PracticePage,
    PracticeSource,
    SourcePage,
)
from practices.terms import Effect, Evidence, LinkDirection, LinkStrength, Status
from tests.practices.content import CASES, MEASURES, SOURCES, THEMES, normalise, write_fact
from tests.practices.page_text import read

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demo_database")]


def list_shown(case) -> list[str]:
    """Every text of a case that its page has to show."""
    links, facts = case.get("measures", []), case.get("facts", [])
    return [
        *(case[name] for name in ("title", "summary", "audience", "status_when", "effect_note")),
        *(str(case["year"]), case["place"]["label"], case["place"]["organisation"]),
        *(Status(case["status"]).label, Effect(case["effect"]).label, Evidence(case["evidence"]).label),
        *case["intro"].split("\n\n"),
        *case["reason"].split("\n\n"),
        *(text for name in LISTS for text in case[name]),
        *(write_fact(fact) for fact in facts),
        *(fact[name] for fact in facts for name in ("text", "denominator", "period", "section")),
        *(f"Eerder: {Status(each['status']).label}, {each['when']}" for each in case.get("statuses", [])),
        *(f"{MEASURES[link['measure']]} : {describe_link(link)}. {link['note']}" for link in links),
        *(THEMES[code] for code in case["themes"]),
        *(link["title"] for link in case.get("links", [])),
        *(f"{SOURCES[each['source']]['title']}, {each['section']}" for each in case["sources"]),
        *(f"({SOURCES[each['source']]['published']})" for each in case["sources"]),
    ]


def describe_link(link) -> str:
    return f"{LinkStrength(link['strength']).label}, {LinkDirection(link['direction']).label}"


def test_a_case_shows_everything_the_file_says(client):
    missing = {
        slug: [text for text in map(normalise, list_shown(case)) if text.casefold() not in shown]
        for slug, case in CASES.items()
        if (shown := read(client.get(f"/praktijkvoorbeelden/{slug}/")).casefold())
    }
    assert len(missing) == len(CASES)
    assert {slug: texts for slug, texts in missing.items() if texts} == {}


def test_every_case_is_linked_as_its_file_links_it():
    linked = {
        page.slug: [
            {
                "measure": link.measure_id,
                "strength": link.strength,
                "direction": link.direction,
                "note": link.note,
                "editorial": link.is_editorial,
            }
            for link in page.measure_links.all()
        ]
        for page in PracticePage.objects.filter(contribution=None).prefetch_related("measure_links")
    }
    assert linked == {slug: case.get("measures", []) for slug, case in CASES.items()}


def test_there_are_the_eleven_cases_that_the_inventory_itself_links():
    linked = PracticeMeasure.objects.filter(is_editorial=False, page__contribution=None).values_list(
        "page__slug", "measure"
    )
    assert len(linked) == 11
    assert set(linked) > {
        ("centrale-facturatie-food-valley", "standaardisatie"),
        ("haagse-doorbraaklab", "doorbraakmethode"),
        ("ondersteuner-jeugd-en-gezin-groningen", "poh-jeugd"),
    }
    assert sum(measure == "reikwijdte" for _, measure in linked) == 8


def test_a_case_says_how_sure_each_fact_is(client):
    text = read(client.get("/praktijkvoorbeelden/haagse-doorbraaklab/"))
    assert "besparingspotentieel) Verwacht, niet gemeten" in text
    spent = "gemiddeld 3.000 euro is per casus ingezet van de 13 keer dat het budget is ingezet"
    place = next(fact["section"] for fact in CASES["haagse-doorbraaklab"]["facts"] if fact.get("low") == 3000)
    assert f"{spent} · juli 2020 – november 2021 In de bron: {place} 120 euro" in text, (
        "with nothing said: what those concerned say"
    )
    assert "Staat er niets bij? Dan komt het cijfer van de betrokkenen zelf." in text
    measured = next(slug for slug, case in CASES.items() if has_fact(case, kind="measured"))
    assert "Gemeten" in read(client.get(f"/praktijkvoorbeelden/{measured}/"))


def has_fact(case, *, kind) -> bool:
    return any(fact["kind"] == kind for fact in case.get("facts", []))


def test_a_case_says_whose_link_to_a_measure_it_is(client):
    """Foodvalley: the source links it to the first measure, the editors to the second."""
    response = client.get("/praktijkvoorbeelden/centrale-facturatie-food-valley/")
    assert [link["is_editorial"] for link in response.context["measure_links"]] == [False, True]
    assert read(response).count("De redactie legde dit verband, niet de bron.") == 1


def test_a_case_leads_to_its_measure_to_its_sources_and_to_its_relatives(client):
    own = CASES["weegtafel-zaanstad"]
    response = client.get("/praktijkvoorbeelden/weegtafel-zaanstad/")
    assert [link["url"] for link in response.context["measure_links"]] == ["/maatregelen/reikwijdte/"]
    assert b'href="/bronnen/inventarisatie-maatregelen-2022/"' in response.content
    assert b'href="/praktijkvoorbeelden/?thema=toegang"' in response.content

    def list_subjects(case):
        return {link["measure"] for link in case.get("measures", [])} | set(case["themes"])

    shared = {
        case["title"]: len(list_subjects(case) & list_subjects(own)) for case in CASES.values() if case != own
    }
    assert max(shared.values()) > 1
    assert [case["title"] for case in response.context["related"]] == sorted(
        shared, key=lambda title: (-shared[title], title)
    )[:3]


def test_a_case_with_a_subject_of_its_own_has_no_relatives(client):
    page = PracticePage.objects.get(slug="haagse-doorbraaklab")
    page.measure_links.all().delete()
    page.themes.clear()
    page.save()
    response = client.get("/praktijkvoorbeelden/haagse-doorbraaklab/")
    assert response.context["related"] == []
    assert "Hoort bij de maatregel" not in read(response)


def test_a_case_does_not_link_to_a_page_that_is_not_public(client):
    MeasurePage.objects.get(slug="reikwijdte").unpublish()
    SourcePage.objects.get(slug="inventarisatie-maatregelen-2022").unpublish()
    response = client.get("/praktijkvoorbeelden/weegtafel-zaanstad/")
    assert [link["url"] for link in response.context["measure_links"]] == [""]
    assert [source["url"] for source in response.context["sources"]] == [""]
    assert b"/maatregelen/reikwijdte/" not in response.content
    assert b"/bronnen/" not in re.search(rb"<main.*?</main>", response.content, re.DOTALL).group()


def test_a_case_shows_the_words_of_others_and_whom_to_ask(client):
    page = PracticePage.objects.get(slug="weegtafel-zaanstad")
    page.quotes = [("quote", {"text": "Het scheelt veel.", "speaker": "Teamleider"})]
    page.contact = [
        ("contact", {"organisation": "Team Jeugd", "email": "jeugd@voorbeeld.example", "url": ""})
    ]
    page.sources.add(PracticeSource(title="Een brief", published="2023", section="Bladzijde 2"))
    page.save()
    text = read(client.get("/praktijkvoorbeelden/weegtafel-zaanstad/"))
    for part in ("Het scheelt veel.", "Teamleider", "Team Jeugd", "jeugd@voorbeeld.example"):
        assert part in text
    assert "Een brief, Bladzijde 2 (2023)" in text


@pytest.mark.parametrize(("day", "is_past"), [(date(2026, 6, 1), False), (date(2026, 6, 2), True)])
def test_a_case_that_nobody_looked_at_in_time_says_so(day, is_past, client, monkeypatch):
    page = PracticePage.objects.get(slug="weegtafel-zaanstad")
    page.review_by = date(2026, 6, 1)
    page.save()
    monkeypatch.setattr(queries, "localdate", lambda: day)
    response = client.get("/praktijkvoorbeelden/weegtafel-zaanstad/")
    warning = "Dit voorbeeld had voor 1 juni 2026 nagekeken moeten zijn. Het kan verouderd zijn."
    assert (warning in read(response)) == is_past
