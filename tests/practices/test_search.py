"""Searching in words, alike on SQLite and PostgreSQL."""

from urllib.parse import urlencode

import pytest
from django.db import connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from practices.loading import LISTS
from practices.models import PracticeFact, PracticeMeasure, PracticePage, SynonymGroup, Theme
from practices.search_words import split_query, split_words
from tests.practices.content import AUDIENCES, CASES, MEASURES, THEMES, list_titles, write_fact
from tests.practices.library import describe, search_for

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demo_database")]

ZAANSTAD = "Samen aan tafel in Zaanstad"
UTRECHT = "De wijkteams van Utrecht"
NIJMEGEN = "De InVerbindingteams van Rijk van Nijmegen"
JIM = "JIM: een mentor die de jongere zelf kiest"
TILBURG = "Normaliseren van zorg- en hulpvragen in Tilburg"


@pytest.fixture(autouse=True)
def _no_synonyms() -> None:
    """Here every word stands for itself; test_synonym_search.py is about the others."""
    SynonymGroup.objects.all().delete()


def search(words: str) -> list[str]:
    """The cases that hold every word as typed; test_partial_search.py is about all others."""
    found = describe(urlencode({"q": words}))["page_obj"].paginator.object_list
    titles = dict(PracticePage.objects.values_list("pk", "title"))
    if not split_query(words):
        return [titles[key] for key in found]
    what = search_for(words)
    return [] if what.corrected else [titles[key] for key in found[: what.complete]]


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("jim", [JIM, NIJMEGEN]),
        ("JIM", [JIM, NIJMEGEN]),
        ("jim Nijmegen", [NIJMEGEN]),
        ("weegtafel", [ZAANSTAD]),
        ("Weegtafel Zaanstad", [ZAANSTAD]),
        ("weegtafel Utrecht", []),
        ("facturatie", ["Centrale facturatie in de regio Foodvalley"]),
        ("standaardisatie facturatie", ["Centrale facturatie in de regio Foodvalley"]),
        ("Geïndiceerde", ["De Ondersteuner Jeugd en Gezin in Groningen"]),
        ("geindiceerde", ["De Ondersteuner Jeugd en Gezin in Groningen"]),
        (
            "koppeling",
            ["Afbouw van Jeugdzorg Plus in Amsterdam", "Kleine voorziening in plaats van jeugdgevangenis"],
        ),
        ("reablem", [TILBURG]),
        ("xyzzy", []),
    ],
)
def test_words_find_the_cases_that_hold_them_all(words, found):
    assert search(words) == found


# Letters that a word and its shorter form share at least.
STEM = 4
TEXTS = ("title", "summary", "intro", "reason", "audience", "effect_note")


def list_words(case) -> set[str]:
    """What a search should find a case by: what its file says and the names of what it points to."""
    place, facts = case["place"], case.get("facts", [])
    links = [MEASURES[link["measure"]] for link in case.get("measures", [])]
    parts = [*(case[name] for name in TEXTS), place["label"], place["organisation"], *links]
    parts += [text for name in LISTS for text in case[name]]
    parts += [text for fact in facts for text in (write_fact(fact), fact["text"])]
    parts += [THEMES[code] for code in case["themes"]] + [AUDIENCES[code] for code in case["audiences"]]
    return set(split_words(" ".join(parts)))


@pytest.mark.parametrize(
    "words",
    [
        "wachttijden",
        "dyslexie",
        "huisarts kosten",
        "inkoop aanbieders tarief",
        "regionalisering",
        "reikwijdte school",
        "professionals",
        "2016",
        "3 miljoen",
        "pleegzorg gezin",
    ],
)
def test_a_search_finds_every_case_that_holds_the_words_or_longer_ones(words):
    """Against the files. Of a word of two letters or a number under a hundred only the whole counts.

    PostgreSQL knows Dutch, so that there a shorter form of a word is found too: professional with professionals.
    """

    def holds(case, *, word, shortest) -> bool:
        own = list_words(case)
        return word in own or (len(word) > 2 and any(each.startswith(word[:shortest]) for each in own))

    def list_cases(shortest) -> set[str]:
        return set(
            list_titles(
                lambda case: all(holds(case, word=word, shortest=shortest) for word in split_words(words))
            )
        )

    found = search(words)
    assert len(set(found)) == len(found)
    if connection.vendor == "postgresql":
        assert list_cases(None) <= set(found) <= list_cases(STEM)
    else:
        assert set(found) == list_cases(None) != set()


def test_a_singular_finds_the_plural_and_the_best_match_stands_first():
    for words in ("wijkteam", "wijkteams"):
        assert words in search(words)[0].lower()
        assert UTRECHT in search(words)
    assert TILBURG in search("wijkteam")
    assert search("wijkteams Utrecht")[0] == UTRECHT
    assert TILBURG in search("normaliseren")[:3]
    assert search("normaliseren hulpvragen")[0] == TILBURG


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
    assert len(search(words)) == len(CASES)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(max_size=40))
def test_no_text_breaks_the_search(text):
    assert len(search(text)) <= len(CASES)


def test_the_index_follows_what_editors_do():
    page = PracticePage.objects.get(title=ZAANSTAD)
    page.intro = "Nu met een kantelraad."
    page.measure_links = [
        PracticeMeasure(measure_id="doorbraakmethode", strength="direct", direction="supports")
    ]
    page.facts.add(PracticeFact(wording="tigtallen", text="kantelingen", kind="measured", topic="scale"))
    page.themes.add(Theme.objects.create(code="kantelen", name="Kantelkunde", position=99))
    revision = page.save_revision()
    words = ["kantelraad", "tigtallen", "kantelingen", "kantelkunde"]
    assert [search(word) for word in words] == [[]] * len(words), "a draft is not public"
    revision.publish()
    assert [search(word) for word in words] == [[ZAANSTAD]] * len(words)
    assert ZAANSTAD not in search("reikwijdte")
    assert search("kantelraad") == [ZAANSTAD]
    assert ZAANSTAD in search("bestaanszekerheid")
    page.refresh_from_db()
    page.unpublish()
    assert search("kantelraad") == []
    page.delete()
    assert search("weegtafel") == []
