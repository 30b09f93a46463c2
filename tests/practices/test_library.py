"""The library index over the shipped cases: filters, counts, chips, and whatever an address may hold."""

import itertools
import math
from collections import Counter
from datetime import date
from urllib.parse import urlencode

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from practices import ordering, queries
from practices.entries import load_entries
from practices.facets import match_facets
from practices.library import PAGE_SIZE, list_facets
from practices.models import PracticePage
from practices.reference import load_reference
from practices.terms import Evidence, Status
from surveys.territory.models import Municipality
from tests.practices.content import AUDIENCES, CASES, MEASURES, THEMES, links_to, list_titles, normalise
from tests.practices.library import describe, load_tags

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demo_database")]


NAMES = [
    "maatregel",
    "thema",
    "doelgroep",
    "stand",
    "bewijs",
    "kosten",
    "jaar",
    "grootteklasse",
    "provincie",
    "regio",
]
WEEGTAFEL = "weegtafel-zaanstad"
LAST_PAGE = math.ceil(len(CASES) / PAGE_SIZE)


def list_found(context) -> list[str]:
    return [case["title"] for case in context["practices"]]


def list_cards_of(query: str = ""):
    """The cards of all pages of the list."""
    last = describe(query)["page_obj"].paginator.num_pages
    return [card for number in range(last) for card in describe(f"{query}&page={number + 1}")["practices"]]


def list_all(query: str = "") -> list[str]:
    return [card["title"] for card in list_cards_of(query)]


def test_every_count_is_the_length_of_the_list_it_announces():
    facets = describe()["panel"]["facets"]
    assert [facet["name"] for facet in facets] == NAMES
    for facet in facets:
        assert facet["options"]
        for option in facet["options"]:
            assert describe(urlencode({facet["name"]: option["value"]}))["total"] == option["count"] > 0


def test_two_facets_narrow_and_the_counts_follow():
    """All counts against plain sets, the last of each facet also against its list."""
    start = describe()["panel"]["facets"]
    tags = load_tags()
    for first, second in itertools.permutations(start, 2):
        value = first["options"][0]["value"]
        chosen = urlencode({first["name"]: value})
        shown = {facet["name"]: facet["options"] for facet in describe(chosen)["panel"]["facets"]}
        narrowed = shown.get(second["name"], [])
        options = {option["value"]: option["count"] for option in narrowed}
        counted = Counter(
            each for tag in tags.values() if value in tag[first["name"]] for each in tag[second["name"]]
        )
        assert options == counted
        for option in narrowed[-1:]:
            both = describe(f"{chosen}&{urlencode({second['name']: option['value']})}")
            assert both["total"] == option["count"]
            assert len(both["chips"]) == 2


def test_a_facet_holds_what_the_files_say():
    """Options in the order of their vocabulary, each with the cases that name it."""

    def count(values) -> dict[str, int]:
        return Counter(value for case in CASES.values() for value in values(case))

    expected = {
        "maatregel": count(lambda case: {link["measure"] for link in case.get("measures", [])}),
        "thema": count(lambda case: case["themes"]),
        "doelgroep": count(lambda case: case["audiences"]),
        "stand": count(lambda case: [case["status"]]),
        "bewijs": count(lambda case: [case["evidence"]]),
        "kosten": count(lambda case: ["bekend"] if has_price(case) else []),
        "jaar": count(lambda case: [str(case["year"])]),
    }
    order = {
        "maatregel": MEASURES,
        "thema": THEMES,
        "doelgroep": AUDIENCES,
        "stand": Status.values,
        "bewijs": Evidence.values,
        "kosten": ["bekend"],
        "jaar": sorted(expected["jaar"], reverse=True),
    }
    for facet in describe()["panel"]["facets"]:
        if facet["name"] in expected:
            options = [(option["value"], option["count"]) for option in facet["options"]]
            counts = expected[facet["name"]]
            assert options == [(code, counts[code]) for code in order[facet["name"]] if counts[code]]


def has_price(case) -> bool:
    return any(fact["topic"] in ("costs", "savings") for fact in case.get("facts", []))


def test_a_second_value_in_a_facet_widens():
    either = ["tariefdifferentiatie", "doorbraakmethode"]
    one, both = (list_titles(lambda case, m=measures: links_to(case, m)) for measures in (either[:1], either))
    assert 0 < len(one) < len(both) <= PAGE_SIZE
    assert list_found(describe("maatregel=tariefdifferentiatie")) == one
    assert list_found(describe("maatregel=tariefdifferentiatie&maatregel=doorbraakmethode")) == both


def test_counts_go_along_with_the_words():
    context = describe("q=weegtafel")
    options = [option for facet in context["panel"]["facets"] for option in facet["options"]]
    assert {option["count"] for option in options} == {1}


def test_a_regional_case_is_found_under_what_its_members_are():
    """Foodvalley has small, middle-sized and large municipalities in two provinces."""
    food_valley = PracticePage.objects.get(slug="centrale-facturatie-food-valley")
    tags = load_tags()[food_valley.pk]
    assert tags["grootteklasse"] == {"tot-50000", "50000-100000", "vanaf-100000"}
    assert tags["provincie"] == {"PV25", "PV26"}
    assert tags["regio"] == {"JZ21"}


def test_a_case_of_an_organisation_is_found_without_a_place():
    page = PracticePage.objects.get(slug=WEEGTAFEL)
    page.municipalities.set([])
    page.organisation = "Een aanbieder"
    page.save()
    assert page.title in list_found(describe("maatregel=reikwijdte&q=weegtafel"))
    assert page.title not in list_found(describe("provincie=PV27&q=weegtafel"))


def test_a_municipality_that_no_longer_exists_has_no_place():
    page = PracticePage.objects.get(slug=WEEGTAFEL)
    page.municipalities.set([Municipality.objects.get(name="Weesp")])
    page.save()
    assert page.title in list_found(describe("q=weegtafel"))
    assert page.title not in list_found(describe("provincie=PV27&q=weegtafel"))


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
    context = describe("maatregel=gecontracteerd-aanbod&provincie=PV31")
    assert context["total"] == 0
    ticked = [
        (option["value"], option["count"])
        for facet in context["panel"]["facets"]
        for option in facet["options"]
        if option["selected"]
    ]
    assert ticked == [("gecontracteerd-aanbod", 0), ("PV31", 0)]


def test_the_number_of_results_is_the_heading_and_nothing_is_an_answer_too(client):
    response = client.get("/praktijkvoorbeelden/?maatregel=gecontracteerd-aanbod&provincie=PV31")
    html = response.content.decode()
    assert "0 praktijkvoorbeelden</h2>" in html
    assert "Geen praktijkvoorbeeld past bij alles wat u koos." in html
    assert "1 praktijkvoorbeeld</h2>" in client.get("/praktijkvoorbeelden/?q=weegtafel").content.decode()
    PracticePage.objects.update(live=False)
    assert "Er staan nog geen praktijkvoorbeelden" in client.get("/praktijkvoorbeelden/").content.decode()


def test_the_newest_come_first_and_then_the_alphabet():
    PracticePage.objects.filter(slug=WEEGTAFEL).update(year=2025)
    titles = list_all()
    assert titles[0] == "Samen aan tafel in Zaanstad"
    assert titles[1:] == list_titles(lambda case: case["slug"] != WEEGTAFEL)


@pytest.mark.parametrize(
    "query", ["", "provincie=PV27", "q=jeugd", "q=weegtafel%20jeugd", "q=jeugd&maatregel=reikwijdte"]
)
def test_a_case_that_nobody_looked_at_in_time_sinks_and_says_so(query, monkeypatch):
    """On the last day it is still in time; also the newest and the best match sink."""
    PracticePage.objects.filter(slug=WEEGTAFEL).update(year=2025, review_by=date(2026, 6, 1))
    title = "Samen aan tafel in Zaanstad"
    stand_on(date(2026, 6, 1), monkeypatch)
    before = list_all(query)
    assert title in before
    stand_on(date(2026, 6, 2), monkeypatch)
    assert list_all(query) == [*(each for each in before if each != title), title]

    PracticePage.objects.exclude(slug=WEEGTAFEL).filter(year=2015).update(review_by=date(2026, 5, 1))
    cards = list_cards_of(query)
    assert [card["is_past_review"] for card in cards] == sorted(card["is_past_review"] for card in cards)
    assert cards[[card["title"] for card in cards].index(title)]["is_past_review"]


def test_a_card_says_where_and_how_far_and_whether_it_may_be_out_of_date(client):
    PracticePage.objects.filter(slug=WEEGTAFEL).update(review_by=date(2020, 1, 1))
    path = "/praktijkvoorbeelden/?q=weegtafel"
    html = normalise(client.get(path).content.decode())
    assert "Zaanstad · 2022 · in uitvoering</p>" in html
    assert "Niet op tijd nagekeken, kan verouderd zijn." in html
    PracticePage.objects.filter(slug=WEEGTAFEL).update(review_by=None, status=Status.UNKNOWN)
    html = normalise(client.get(path).content.decode())
    assert "Zaanstad · 2022</p>" in html
    assert "Niet op tijd nagekeken" not in html


def stand_on(day, monkeypatch):
    for module in (ordering, queries):
        monkeypatch.setattr(module, "localdate", lambda: day)


def test_a_long_list_comes_in_pages(client):
    shown = [list_found(describe(f"page={number + 1}")) for number in range(LAST_PAGE)]
    assert [len(page) for page in shown[:-1]] == [PAGE_SIZE] * (LAST_PAGE - 1)
    assert [title for page in shown for title in page] == list_titles(lambda case: True)
    html = client.get("/praktijkvoorbeelden/?page=2&maatregel=reikwijdte").content.decode()
    found = list_titles(lambda case: links_to(case, ["reikwijdte"]))
    assert f"Pagina 2 van {math.ceil(len(found) / PAGE_SIZE)}" in html
    assert "?page=1&amp;maatregel=reikwijdte" in html


@pytest.mark.parametrize(
    ("asked", "shown"),
    [("abc", 1), ("9999", LAST_PAGE), ("-1", LAST_PAGE), ("0", LAST_PAGE), ("%00", 1), ("", 1)],
)
def test_a_page_that_does_not_exist_is_the_nearest_one(asked, shown, client):
    response = client.get(f"/praktijkvoorbeelden/?page={asked}")
    assert response.status_code == 200
    assert response.context["page_obj"].number == shown


def test_unknown_values_are_left_out_and_said_to_be(client):
    context = describe("maatregel=reikwijdte&maatregel=bestaat-niet&maatregel=reikwijdte&regio=JZ99")
    assert context["total"] == len(list_titles(lambda case: links_to(case, ["reikwijdte"]))) > 0
    assert len(context["chips"]) == 1
    assert context["has_unknown_values"]
    response = client.get("/praktijkvoorbeelden/?provincie=Limburg")
    assert "een filter dat wij niet kennen" in response.content.decode()
    assert not describe("maatregel=reikwijdte&thema=toegang&x=y")["has_unknown_values"]


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
    st.text(max_size=12),
    st.sampled_from(["reikwijdte", "toegang", "alle-jeugd", "running", "measured", "bekend", "2017", "JZ18"]),
    st.sampled_from(["PV27", "vanaf-100000", "weegtafel"]),
)
ASKED = st.sampled_from([*NAMES, "q", "page", "x"])


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(ASKED, VALUES), max_size=8))
def test_any_address_gives_the_cases_that_have_what_was_asked(pairs):
    """Against a second way of filtering: per case, with plain sets."""
    context = describe(urlencode([(name, value.encode("utf-8", "surrogatepass")) for name, value in pairs]))
    tags, reference = load_tags(), load_reference()
    entries = load_entries(PracticePage.objects.live(), country=reference.country)
    options = {facet.name: facet.options for facet in list_facets(reference, entries)}
    selected = {
        facet: [value for name, value in pairs if name == facet and value in known]
        for facet, known in options.items()
    }
    expected = match_facets(tags, selected=selected)
    if not context["panel"]["search"]["value"]:
        assert context["total"] == len(expected)
    else:
        assert context["total"] <= len(expected)
