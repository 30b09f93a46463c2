"""What is shown when no case, or hardly any, holds all that was typed, and what the page says of it."""

import pytest

from practices.models import PracticePage, SynonymGroup
from practices.search_words import split_query
from practices.searching import FEW, search_cases

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demo_database")]


@pytest.fixture(autouse=True)
def _no_synonyms() -> None:
    SynonymGroup.objects.all().delete()


def search(words):
    return search_cases(PracticePage.objects.live(), split_query(words))


def read(client, words):
    response = client.get("/praktijkvoorbeelden/", {"q": words})
    return response.content.decode(), [case["title"] for case in response.context["practices"]]


def test_without_a_case_with_all_words_those_with_some_come_and_the_page_says_so(client):
    found = search("weegtafel paardrijden")
    assert (found.complete, found.corrected) == (0, "")
    html, titles = read(client, "weegtafel paardrijden")
    assert titles[0] == "Samen aan tafel in Zaanstad"
    assert "Geen praktijkvoorbeeld heeft al deze woorden." in html


def test_with_few_that_have_all_words_they_stand_first(client):
    found = search("weegtafel jeugdhulp")
    assert 0 < found.complete < FEW
    assert len(found.keys) == len(set(found.keys)) > found.complete
    html, titles = read(client, "weegtafel jeugdhulp")
    assert titles[0] == "Samen aan tafel in Zaanstad"
    assert "Eerst staan de voorbeelden met al uw woorden" in html


def test_with_enough_that_have_all_words_no_others_follow(client):
    found = search("huisarts")
    assert found.complete == len(found.keys) >= FEW
    assert "al uw woorden" not in read(client, "huisarts")[0]


def test_a_word_with_a_mistake_finds_what_it_is_most_like_and_the_page_says_so(client):
    found = search("normalizeren")
    assert found.corrected == "normaliseren"
    assert found.keys == search("normaliseren").keys
    html, _ = read(client, "normalizeren")
    assert "Met ‘normalizeren’ is niets gevonden. U ziet wat er is met ‘normaliseren’." in html


def test_a_word_that_is_like_nothing_finds_nothing(client):
    assert search("xyzzyplugh").keys == ()
    html, titles = read(client, "xyzzyplugh")
    assert titles == []
    assert "U ziet wat er is met" not in html


def test_small_words_ask_nothing_but_by_themselves_they_do():
    assert search("de weegtafel van en voor Zaanstad").keys == search("weegtafel Zaanstad").keys
    assert search("van de").keys


def test_what_stands_in_the_title_goes_first():
    page = PracticePage.objects.get(slug="weegtafel-zaanstad")
    page.title = "Verslavingszorg bij de notaris"
    page.save()
    assert search("notaris").keys[0] == page.pk


@pytest.mark.parametrize("words", ["huisarts", "weegtafel paardrijden", "normalizeren"])
def test_the_number_of_queries_does_not_follow_the_number_of_cases(words, django_assert_max_num_queries):
    with django_assert_max_num_queries(12):
        search(words)
