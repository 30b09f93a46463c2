"""Which words are marked, and the piece of text around them; in the page it stays text."""

import pytest
from django.db import connection
from hypothesis import given
from hypothesis import strategies as st

from practices.highlighting import ELLIPSIS, EXCERPT_LENGTH, find_parts, mark_words, take_excerpt
from practices.models import PracticePage
from practices.search_words import split_query

TEAM = [("wijkteam",), ("buurtteam",), ("sociaal", "team")]


def mark(text, *parts) -> str:
    return show(mark_words(text, [part if isinstance(part, list) else [(part,)] for part in parts]))


def show(segments) -> str:
    return "".join(f"[{each.text}]" if each.is_match else each.text for each in segments)


@pytest.mark.parametrize(
    ("text", "parts", "expected"),
    [
        ("School en huis", ["school"], "[School] en huis"),
        ("Naar SCHOOL.", ["school"], "Naar [SCHOOL]."),
        ("school", ["school"], "[school]"),
        ("(Geïndiceerde) hulp", ["geindiceerde"], "([Geïndiceerde]) hulp"),
        ("Gei\u0308ndiceerde hulp", ["geindiceerde"], "[Gei\u0308ndiceerde] hulp"),
        # A word may go on, as in the search; a short one may not, and no word begins half-way.
        ("Schoolmaatschappelijk werk", ["school"], "[Schoolmaatschappelijk] werk"),
        ("De basisschool", ["school"], "De basisschool"),
        ("Van 20 tot 2021", ["20"], "Van [20] tot 2021"),
        # Other forms of the same word.
        ("Het gezin en de gezinnen", ["gezinnen"], "Het [gezin] en de [gezinnen]"),
        ("Een school werkte", ["scholen", "werken"], "Een [school] [werkte]"),
        ("Wat het kost", ["kosten"], "Wat het [kost]"),
        ("De kast", ["kosten"], "De kast"),
        # What means the same; of several words only when they stand together.
        ("Het buurtteam en het wijkteam", [TEAM], "Het [buurtteam] en het [wijkteam]"),
        ("Het sociaal team, sociaal en een team", [TEAM], "Het [sociaal team], sociaal en een team"),
        # What was typed may stand apart.
        ("een team dat sociaal is", [[("sociaal", "team"), ("wijkteam",)]], "een [team] dat [sociaal] is"),
        ("<b>school</b> & <script>", ["school", "script"], "<b>[school]</b> & <[script]>"),
        ("niets", ["school"], "niets"),
        ("", ["school"], ""),
        ("niets", [], "niets"),
    ],
)
def test_what_was_searched_for_is_marked(text, parts, expected):
    assert mark(text, *parts) == expected


@given(st.text(max_size=80), st.lists(st.text("abcdeé", min_size=1, max_size=5), max_size=3))
def test_no_character_is_lost_or_added(text, words):
    parts = [[(word,)] for each in words for word in split_query(each)]
    assert "".join(segment.text for segment in mark_words(text, parts)) == text


@given(st.text("ab é.", max_size=600), st.sampled_from(["a", "ab", "bab"]))
def test_an_excerpt_is_a_short_piece_of_the_text_with_a_match(text, word):
    parts = [[(word,)]]
    excerpt = take_excerpt([text], parts)
    assert bool(excerpt) == bool(find_parts(text, parts))
    if excerpt:
        assert any(segment.is_match for segment in excerpt)
        piece = "".join(segment.text for segment in excerpt).strip(ELLIPSIS)
        assert piece in text
        assert len(piece) <= max(EXCERPT_LENGTH, *map(len, text.split()))


def test_the_excerpt_is_of_the_text_that_answers_most():
    long = "woord " * 60
    texts = ["Een school.", f"{long}De school en de huisarts werken samen. {long}", "Een huisarts."]
    excerpt = show(take_excerpt(texts, [[("school",)], [("huisarts",)]]))
    assert "De [school] en de [huisarts] werken" in excerpt
    assert excerpt.startswith(f"{ELLIPSIS}woord")
    assert excerpt.endswith(f"woord{ELLIPSIS}")
    assert take_excerpt(texts, [[("notaris",)]]) == []


pages = pytest.mark.usefixtures("demo_database", "db")


def read(client, words) -> str:
    return client.get("/praktijkvoorbeelden/", {"q": words}).content.decode()


@pages
def test_a_reader_sees_the_word_in_the_title_and_in_the_text_around_it(client):
    html = read(client, "Utrecht wijkteams stuurmodel")
    assert "De <mark>wijkteams</mark> van <mark>Utrecht</mark>" in html
    page = PracticePage.objects.get(slug="weegtafel-zaanstad")
    page.lessons = [("item", "Plan het overleg op een vaste dag met de kwartiermaker van de regio.")]
    page.save()
    words = ["kwartiermaker", "kwartier"]
    # PostgreSQL knows Dutch.
    words += ["kwartiermakers"] if connection.vendor == "postgresql" else []
    for each in words:
        assert "met de <mark>kwartiermaker</mark> van de regio." in read(client, each)


@pages
def test_a_word_that_only_stands_in_a_figure_or_the_name_of_a_measure_is_shown_too(client):
    page = PracticePage.objects.get(slug="weegtafel-zaanstad")
    fact = page.facts.first()
    fact.text = "kantelgesprekken gevoerd"
    fact.save()
    page.save()
    assert "<mark>kantelgesprekken</mark> gevoerd" in read(client, "kantelgesprekken")


@pages
def test_the_corrected_spelling_and_what_means_the_same_are_marked(client):
    assert "<mark>Normaliseren</mark> van zorg-" in read(client, "normalizeren")
    assert "De <mark>wijkteams</mark> van <mark>Utrecht</mark>" in read(client, "buurtteam Utrecht")


@pages
def test_html_in_a_case_stays_text(client):
    page = PracticePage.objects.get(slug="weegtafel-zaanstad")
    page.title = "Weegtafel <script>alert(1)</script>"
    page.intro = "Aan de <b>weegtafel</b> & verder met kantelraad <img src=x onerror=alert(1)>."
    page.save()
    html = read(client, "weegtafel kantelraad alert")
    assert "<script>alert" not in html
    assert "<img src=x" not in html
    assert "<mark>Weegtafel</mark> &lt;script&gt;<mark>alert</mark>(1)&lt;/script&gt;" in html
    assert "<mark>kantelraad</mark> &lt;img src=x" in html


@pages
def test_without_a_search_nothing_is_marked(client):
    assert "<mark>" not in client.get("/praktijkvoorbeelden/?maatregel=reikwijdte").content.decode()
