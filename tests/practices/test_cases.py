"""Rules for the shipped files of the library, whatever a later case may be about."""

import re
from datetime import date

import pytest

from practices.loading import DATA
from practices.models import (
    PracticeFact,
    PracticeMeasure,
    PracticePage,
    PracticeSource,
    PracticeStatus,
    SourcePage,
)
from practices.terms import PlaceKind
from tests.practices.content import AUDIENCES, CASES, MEASURES, SOURCES, THEMES

PLACES = ("municipalities", "youth_regions", "provinces")
FIRST_YEAR_OF_THE_MEASURES = 2022


def list_offenders(breaks) -> list[str]:
    return [slug for slug, case in CASES.items() if breaks(case)]


def test_there_are_at_least_fifty_one_cases_from_all_five_sources():
    assert len(CASES) >= 51
    assert len(SOURCES) == 5
    assert {source["source"] for case in CASES.values() for source in case["sources"]} == set(SOURCES)


def test_every_file_is_named_after_its_page_and_no_name_comes_twice():
    assert [case["slug"] for case in CASES.values()] == list(CASES)
    assert [source["code"] for source in SOURCES.values()] == list(SOURCES)
    titles = [case["title"].casefold() for case in CASES.values()]
    assert len(set(titles)) == len(titles)
    files = [path.name.casefold() for path in DATA.rglob("*.toml")]
    assert len(set(files)) == len(files)
    assert all(re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", slug) for slug in (*CASES, *SOURCES))


def test_a_case_without_a_name_cannot_be_traced_to_a_place():
    def is_traceable(case) -> bool:
        place = case["place"]
        return place["kind"] == PlaceKind.ANONYMOUS and bool(
            place["organisation"] or any(place[name] for name in PLACES)
        )

    assert any(case["place"]["kind"] == PlaceKind.ANONYMOUS for case in CASES.values())
    assert list_offenders(is_traceable) == []


def test_a_place_is_of_the_kind_it_says():
    """A region of the past has a name and no code."""

    def is_misplaced(case) -> bool:
        place = case["place"]
        return {
            PlaceKind.MUNICIPALITY: not place["municipalities"],
            PlaceKind.REGION: not place["label"],
            PlaceKind.ORGANISATION: not place["organisation"],
            PlaceKind.NATIONAL: any(place[name] for name in PLACES),
            PlaceKind.ANONYMOUS: False,
        }[PlaceKind(place["kind"])]

    assert list_offenders(is_misplaced) == []


def test_only_a_source_that_knew_the_measures_can_have_linked_a_case_to_one():
    def is_anachronism(case) -> bool:
        newest = max(SOURCES[source["source"]]["year"] for source in case["sources"])
        links = case.get("measures", [])
        return newest < FIRST_YEAR_OF_THE_MEASURES and not all(link["editorial"] for link in links)

    assert list_offenders(is_anachronism) == []
    assert any(not link["editorial"] for case in CASES.values() for link in case.get("measures", []))


def test_every_fact_and_every_source_says_where_it_stands():
    assert list_offenders(lambda case: not all(fact["section"] for fact in case.get("facts", []))) == []
    assert list_offenders(lambda case: not case["sources"]) == []
    assert list_offenders(lambda case: not all(source["section"] for source in case["sources"])) == []


def test_every_case_can_be_found_and_is_reviewed():
    assert list_offenders(lambda case: not (case.get("measures") or case["themes"])) == []
    assert list_offenders(lambda case: not isinstance(case["review_by"], date)) == []
    assert list_offenders(lambda case: not set(case["themes"]) <= set(THEMES)) == []
    assert list_offenders(lambda case: not set(case["audiences"]) <= set(AUDIENCES)) == []
    linked = {link["measure"] for case in CASES.values() for link in case.get("measures", [])}
    assert linked == set(MEASURES)


def test_every_source_says_how_it_was_made_and_what_it_cannot_say():
    for source in SOURCES.values():
        assert len(source["method"]) > 0
        assert len(source["limits"]) > 0
        assert all(source[name].strip() for name in ("publisher", "kind", "published", "what"))


@pytest.mark.django_db
@pytest.mark.usefixtures("demo_database")
def test_every_shipped_row_is_one_that_an_editor_could_have_made():
    """All choices, lengths and rules of the form hold for the files too."""
    shipped = PracticePage.objects.filter(contribution=None)
    for page in (*shipped, *SourcePage.objects.all()):
        page.full_clean()
    rows = {
        PracticeFact: "facts",
        PracticeMeasure: "measures",
        PracticeSource: "sources",
        PracticeStatus: "statuses",
    }
    for model, name in rows.items():
        rows_of_files = model.objects.filter(page__in=shipped)
        assert rows_of_files.count() == sum(len(case.get(name, [])) for case in CASES.values())
        for row in rows_of_files:
            row.full_clean()
