"""The library as a map: how many of the cases that were found are about each municipality."""

import re

import pytest

from practices.models import PracticePage
from tests.practices.library import describe, load_tags

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demo_database")]

ADDRESS = "/praktijkvoorbeelden/"


def list_places(query: str):
    return describe(query)["map"].places


def count(text: str) -> int:
    return int(text.split(maxsplit=1)[0])


@pytest.mark.parametrize("query", ["", "maatregel=reikwijdte", "q=huisarts&stand=running"])
def test_every_number_on_the_map_is_the_length_of_the_list_it_leads_to(query):
    places = list_places(f"{query}&weergave=kaart")
    assert len({place.code for place in places}) == len(places) > 300
    shown = [place for place in places if place.url]
    assert shown
    assert {count(place.text) for place in places if not place.url} == {0}
    for place in [*shown[:3], *shown[-3:]]:
        context = describe(place.url.removeprefix("?"))
        assert context["total"] == count(place.text)
        assert "practices" in context
        assert f"Gemeente: {place.name}" in [chip["label"] for chip in context["chips"]]


def test_a_regional_case_counts_for_every_member_and_the_page_says_so(client):
    food_valley = PracticePage.objects.get(slug="centrale-facturatie-food-valley")
    members = load_tags()[food_valley.pk]["plaats"]
    assert len(members) == 7
    places = {
        place.code: count(place.text) for place in list_places("q=facturatie+foodvalley&weergave=kaart")
    }
    assert all(places[code] >= 1 for code in members)
    assert food_valley.title in [card["title"] for card in describe(f"plaats={min(members)}")["practices"]]
    html = client.get(f"{ADDRESS}?weergave=kaart").content.decode()
    assert "Een voorbeeld van een regio of provincie telt mee bij elke gemeente daarin." in html


def test_the_map_has_a_legend_with_patterns_and_a_table(client):
    html = client.get(f"{ADDRESS}?weergave=kaart").content.decode()
    for label in ("8 of meer", "4 tot en met 7", "2 of 3", "1 voorbeeld", "geen voorbeeld"):
        assert label in html
    for pattern in ("step-2", "step-3", "step-4"):
        assert f'id="kaart-voorbeelden-{pattern}"' in html
    assert '<th scope="col">Voorbeelden</th>' in html
    assert re.search(
        r'<th scope="row"><a href="\?plaats=GM0479">Zaanstad</a></th><td>\d+ praktijkvoorbeeld', html
    )
    assert 'class="case-card"' not in html


def test_what_has_no_place_is_counted_beside_the_map():
    tags = load_tags()
    assert (
        describe("weergave=kaart")["without_place"] == sum(not each["plaats"] for each in tags.values()) > 0
    )


def test_the_map_goes_along_with_filters_and_the_list_is_one_link_away(client):
    context = describe("maatregel=reikwijdte&weergave=kaart")
    assert [(view["label"], view["url"], view["is_current"]) for view in context["views"]] == [
        ("Lijst", "?maatregel=reikwijdte", False),
        ("Kaart", "?maatregel=reikwijdte&weergave=kaart", True),
    ]
    assert context["chips"][0]["remove_url"] == "?weergave=kaart"
    assert {"name": "weergave", "value": "kaart"} in context["panel"]["hidden"]
    assert context["order"] is None, "squares stand where they stand"
    assert "static/js/tile-map" in client.get(f"{ADDRESS}?weergave=kaart").content.decode()


def test_one_municipality_is_a_filter_among_the_others():
    """The panel does not list all 342: only what was chosen, so that it can be unticked."""
    assert "plaats" not in [facet["name"] for facet in describe()["panel"]["facets"]]
    context = describe("plaats=GM0479&plaats=GM0363&maatregel=reikwijdte")
    facet = next(each for each in context["panel"]["facets"] if each["name"] == "plaats")
    assert {option["value"] for option in facet["options"]} == {"GM0479", "GM0363"}
    assert all(option["selected"] for option in facet["options"])
    expected = sum(
        bool(tags["plaats"] & {"GM0479", "GM0363"}) and "reikwijdte" in tags["maatregel"]
        for tags in load_tags().values()
    )
    assert context["total"] == expected > 0


def test_nothing_found_shows_no_empty_map(client):
    html = client.get(f"{ADDRESS}?q=xyzzyplugh&weergave=kaart").content.decode()
    assert "tile-map__drawing" not in html
    assert "Geen praktijkvoorbeeld past bij alles wat u koos." in html
