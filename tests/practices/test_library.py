"""The library index over the shipped cases: filters, counts, chips, and whatever an address may hold."""

import itertools
from urllib.parse import urlencode

import pytest
from django.http import QueryDict
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from practices import library
from practices.facets import match_facets
from practices.library import describe_library, list_facets, load_tags
from practices.models import PracticePage
from surveys.territory.models import Municipality

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demo_database")]


def describe(query: str = ""):
    return describe_library(QueryDict(query), PracticePage.objects.live())


def list_titles(context) -> list[str]:
    return [case["title"] for case in context["practices"]]


def test_every_count_is_the_length_of_the_list_it_announces():
    facets = describe()["panel"]["facets"]
    assert [facet["name"] for facet in facets] == ["maatregel", "grootteklasse", "provincie", "regio"]
    for facet in facets:
        assert facet["options"]
        for option in facet["options"]:
            assert describe(urlencode({facet["name"]: option["value"]}))["total"] == option["count"] > 0


def test_two_facets_narrow_and_the_counts_follow():
    start = describe()["panel"]["facets"]
    for first, second in itertools.permutations(start, 2):
        chosen = urlencode({first["name"]: first["options"][0]["value"]})
        narrowed = next(f for f in describe(chosen)["panel"]["facets"] if f["name"] == second["name"])
        for option in narrowed["options"]:
            both = describe(f"{chosen}&{urlencode({second['name']: option['value']})}")
            assert both["total"] == option["count"]
            assert len(both["chips"]) == 2


def test_a_second_value_in_a_facet_widens():
    assert describe("maatregel=poh-jeugd")["total"] == 1
    context = describe("maatregel=poh-jeugd&maatregel=doorbraakmethode")
    assert list_titles(context) == ["De Ondersteuner Jeugd en Gezin in Groningen", "Het Haagse doorbraaklab"]


def test_counts_go_along_with_the_words():
    context = describe("q=weegtafel")
    options = [option for facet in context["panel"]["facets"] for option in facet["options"]]
    assert {option["count"] for option in options} == {1}


def test_a_regional_case_is_found_under_what_its_members_are():
    """Foodvalley has small, middle-sized and large municipalities in two provinces."""
    food_valley = PracticePage.objects.get(slug="centrale-facturatie-food-valley")
    tags = load_tags(PracticePage.objects.all())[food_valley.pk]
    assert tags["grootteklasse"] == {"tot-50000", "50000-100000", "vanaf-100000"}
    assert tags["provincie"] == {"PV25", "PV26"}
    assert tags["regio"] == {"JZ21"}


def test_a_case_of_an_organisation_is_found_without_a_place():
    page = PracticePage.objects.get(slug="weegtafel-zaanstad")
    page.municipalities.set([])
    page.organisation = "Een aanbieder"
    page.save()
    assert page.title in list_titles(describe("maatregel=reikwijdte"))
    assert page.title not in list_titles(describe("provincie=PV27"))


def test_a_municipality_that_no_longer_exists_has_no_place():
    page = PracticePage.objects.get(slug="weegtafel-zaanstad")
    page.municipalities.set([Municipality.objects.get(name="Weesp")])
    page.save()
    assert page.title not in list_titles(describe("provincie=PV27"))


def test_chips_take_one_filter_away_and_keep_the_rest():
    context = describe("regio=JZ18&maatregel=reikwijdte&q=school&page=2&utm_source=x")
    assert [chip["label"] for chip in context["chips"]] == [
        "‘school’",
        "Maatregel: Reikwijdte",
        "Jeugdregio: Holland Rijnland",
    ]
    assert [chip["remove_url"] for chip in context["chips"]] == [
        "?maatregel=reikwijdte&regio=JZ18",
        "?q=school&regio=JZ18",
        "?q=school&maatregel=reikwijdte",
    ]
    assert describe("maatregel=reikwijdte")["chips"][0]["remove_url"] == "?"
    assert describe()["chips"] == []


def test_a_ticked_option_stays_where_it_can_be_unticked():
    context = describe("maatregel=poh-jeugd&provincie=PV31")
    assert context["total"] == 0
    ticked = [
        (option["value"], option["count"])
        for facet in context["panel"]["facets"]
        for option in facet["options"]
        if option["selected"]
    ]
    assert ticked == [("poh-jeugd", 0), ("PV31", 0)]


def test_the_number_of_results_is_the_heading_and_nothing_is_an_answer_too(client):
    response = client.get("/praktijkvoorbeelden/?maatregel=poh-jeugd&provincie=PV31")
    html = response.content.decode()
    assert "0 praktijkvoorbeelden</h2>" in html
    assert "Geen praktijkvoorbeeld past bij alles wat u koos." in html
    assert "1 praktijkvoorbeeld</h2>" in client.get("/praktijkvoorbeelden/?q=weegtafel").content.decode()
    PracticePage.objects.update(live=False)
    assert "Er staan nog geen praktijkvoorbeelden" in client.get("/praktijkvoorbeelden/").content.decode()


def test_the_newest_come_first_and_then_the_alphabet():
    PracticePage.objects.filter(slug="weegtafel-zaanstad").update(year=2025)
    titles = list_titles(describe())
    assert titles[0] == "Samen aan tafel in Zaanstad"
    assert titles[1:] == sorted(titles[1:])


def test_a_long_list_comes_in_pages(monkeypatch, client):
    monkeypatch.setattr(library, "PAGE_SIZE", 4)
    pages = [list_titles(describe(f"page={number}")) for number in (1, 2, 3)]
    assert [len(page) for page in pages] == [4, 4, 3]
    assert [title for page in pages for title in page] == [
        page.title for page in PracticePage.objects.order_by("-year", "title")
    ]
    html = client.get("/praktijkvoorbeelden/?page=2&maatregel=reikwijdte").content.decode()
    assert "Pagina 2 van 2" in html
    assert "?page=1&amp;maatregel=reikwijdte" in html


@pytest.mark.parametrize(
    ("asked", "shown"), [("abc", 1), ("9999", 3), ("-1", 3), ("0", 3), ("%00", 1), ("", 1)]
)
def test_a_page_that_does_not_exist_is_the_nearest_one(asked, shown, monkeypatch, client):
    monkeypatch.setattr(library, "PAGE_SIZE", 4)
    response = client.get(f"/praktijkvoorbeelden/?page={asked}")
    assert response.status_code == 200
    assert response.context["page_obj"].number == shown


def test_unknown_values_are_left_out_and_said_to_be(client):
    context = describe("maatregel=reikwijdte&maatregel=bestaat-niet&maatregel=reikwijdte&regio=JZ99")
    assert context["total"] == 8
    assert len(context["chips"]) == 1
    assert context["has_unknown_values"]
    response = client.get("/praktijkvoorbeelden/?provincie=Limburg")
    assert "een filter dat wij niet kennen" in response.content.decode()
    assert not describe("maatregel=reikwijdte&thema=x")["has_unknown_values"]


HOSTILE = [
    "maatregel=%00",
    "q=%00",
    "q=%00weegtafel",
    "q=" + "weegtafel%20" * 2000,
    "q=" + "a" * 20000,
    "q=%FF%FE",
    "q=%F0%9F%A7%92",
    "q=" + "%28" * 300,
    "&".join(["regio=JZ18"] * 500),
    "&".join(f"regio={number}" for number in range(500)),
    "maatregel[]=x&maatregel[$ne]=x",
    "q=&maatregel=&provincie=",
    "page=" + "9" * 400,
]


@pytest.mark.parametrize("query", HOSTILE)
def test_no_address_breaks_the_page(query, client):
    assert client.get(f"/praktijkvoorbeelden/?{query}").status_code == 200


def test_too_many_parameters_are_refused(client):
    assert client.get("/praktijkvoorbeelden/?" + "regio=JZ18&" * 2000).status_code == 400


VALUES = st.one_of(
    st.text(max_size=12), st.sampled_from(["reikwijdte", "JZ18", "PV27", "vanaf-100000", "weegtafel"])
)
NAMES = st.sampled_from(["maatregel", "grootteklasse", "provincie", "regio", "q", "page", "x"])


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(NAMES, VALUES), max_size=8))
def test_any_address_gives_the_cases_that_have_what_was_asked(pairs):
    """Against a second way of filtering: per case, with plain sets."""
    context = describe(urlencode([(name, value.encode("utf-8", "surrogatepass")) for name, value in pairs]))
    practices = PracticePage.objects.live()
    options = {facet.name: facet.options for facet in list_facets()}
    selected = {
        facet: [value for name, value in pairs if name == facet and value in known]
        for facet, known in options.items()
    }
    expected = match_facets(load_tags(practices), selected=selected)
    if not context["panel"]["search"]["value"]:
        assert context["total"] == len(expected)
    else:
        assert context["total"] <= len(expected)
