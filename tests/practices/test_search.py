"""Searching in words, alike on SQLite and PostgreSQL."""

import pytest
from django.http import QueryDict
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from practices.library import describe_library
from practices.models import PracticePage

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demo_database")]

ZAANSTAD = "Samen aan tafel in Zaanstad"
UTRECHT = "De wijkteams van Utrecht"
TILBURG = "Normaliseren van zorg- en hulpvragen in Tilburg"


def search(words: str) -> list[str]:
    parameters = QueryDict(mutable=True)
    parameters["q"] = words
    context = describe_library(parameters, PracticePage.objects.live())
    return [case["title"] for case in context["practices"]]


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("jim", ["De InVerbindingteams van Rijk van Nijmegen"]),
        ("JIM", ["De InVerbindingteams van Rijk van Nijmegen"]),
        ("weegtafel", [ZAANSTAD]),
        ("Weegtafel Zaanstad", [ZAANSTAD]),
        ("weegtafel Utrecht", []),
        ("facturatie", ["Centrale facturatie in de regio Foodvalley"]),
        ("standaardisatie", ["Centrale facturatie in de regio Foodvalley"]),
        ("Geïndiceerde", ["De Ondersteuner Jeugd en Gezin in Groningen"]),
        ("geindiceerde", ["De Ondersteuner Jeugd en Gezin in Groningen"]),
        ("koppeling", ["Afbouw van Jeugdzorg Plus in Amsterdam"]),
        ("reablem", [TILBURG]),
        ("xyzzy", []),
    ],
)
def test_words_find_the_cases_that_hold_them_all(words, found):
    assert search(words) == found


def test_a_singular_finds_the_plural_and_the_best_match_stands_first():
    assert search("wijkteam")[0] == UTRECHT
    assert search("wijkteams")[0] == UTRECHT
    assert TILBURG in search("wijkteam")
    assert search("normaliseren")[0] == TILBURG


def test_a_number_is_not_the_beginning_of_another_number():
    assert UTRECHT in search("19.000")
    found = search("20 %")
    assert ZAANSTAD in found
    assert "Het Deltaplan van Eindhoven" not in found, "it holds 2021 and 2022, and no 20"


@pytest.mark.parametrize(
    "words",
    [
        '"weegtafel',
        'weegtafel"',
        '"weegtafel"',
        "weegtafel'",
        "weegtafel*",
        "^weegtafel",
        "weegtafel:",
        "weegtafel)",
        "(weegtafel",
        "-weegtafel",
        "weegtafel & !",
        "weegtafel | ''",
        "weegtafel\\",
        "weegtafel <->",
        "{weegtafel} +",
        "%weegtafel%",
    ],
)
def test_punctuation_means_nothing(words):
    assert search(words) == [ZAANSTAD]


@pytest.mark.parametrize("words", ["weegtafel NOT xyzzy", "NEAR(weegtafel, 2)", "title : weegtafel"])
def test_operators_are_words(words):
    assert ZAANSTAD not in search(words)


@pytest.mark.parametrize("words", ["", "   ", "!?", '""', "€ %"])
def test_without_a_word_everything_is_shown(words):
    assert len(search(words)) == 11


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(max_size=40))
def test_no_text_breaks_the_search(text):
    assert len(search(text)) <= 11


def test_the_index_follows_what_editors_do():
    page = PracticePage.objects.get(title=ZAANSTAD)
    page.intro = "Nu met een kantelraad."
    page.measures.set(PracticePage.objects.get(slug="haagse-doorbraaklab").measures.all())
    revision = page.save_revision()
    assert search("kantelraad") == [], "a draft is not public"
    revision.publish()
    assert search("kantelraad") == [ZAANSTAD]
    assert ZAANSTAD in search("bestaanszekerheid")
    page.refresh_from_db()
    page.unpublish()
    assert search("kantelraad") == []
    page.delete()
    assert search("weegtafel") == []
