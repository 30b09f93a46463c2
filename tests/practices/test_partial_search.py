"""What is shown when no case, or hardly any, holds all that was typed, and what the page says of it."""

import pytest

from practices.models import PracticePage, SynonymGroup
from practices.searching import FEW
from tests.practices.library import search_for as search

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demo_database")]


@pytest.fixture(autouse=True)
def _no_synonyms() -> None:
    SynonymGroup.objects.all().delete()


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
    assert "Met ‘normalizeren’ is niets gevonden. U ziet wat er is met" in html
    assert '<a href="?q=normaliseren">‘normaliseren’</a>.' in html
    assert 'value="normalizeren"' in html, "what was typed stays in the field"


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


def test_when_another_spelling_finds_much_more_the_page_asks_and_leaves_what_was_typed(client):
    page = PracticePage.objects.get(slug="weegtafel-zaanstad")
    page.lessons = [("item", "Een jeughulpverlener schreef dit.")]
    page.save()
    found = search("jeughulp")
    assert (found.complete, found.suggestion) == (1, "jeugdhulp")
    html, titles = read(client, "jeughulp")
    assert titles[0] == page.title
    assert 'Bedoelde u <a href="?q=jeugdhulp">‘jeugdhulp’</a>?' in html
    assert 'value="jeughulp"' in html
    assert len(search("jeugdhulp").keys) > found.complete


@pytest.mark.parametrize("words", ["huisarts", "weegtafel", "weegtafel jeugdhulp"])
def test_nothing_is_asked_when_the_spelling_is_right(words, client):
    assert search(words).suggestion == ""
    assert "Bedoelde u" not in read(client, words)[0]


def test_the_link_to_the_likely_spelling_keeps_the_filters(client):
    html = client.get(
        "/praktijkvoorbeelden/?q=normalizeren&maatregel=reikwijdte&weergave=kaart"
    ).content.decode()
    assert '<a href="?q=normaliseren&amp;maatregel=reikwijdte&amp;weergave=kaart">‘normaliseren’</a>.' in html
