"""What is near a municipality goes first, in the pure rule and on the page; sorting in general."""

import pytest
from django.urls import reverse

from practices.localities import Municipality, Place
from practices.models import PracticePage
from practices.nearness import ALIKE, LAST, Nearness, Surroundings
from surveys.accounts.models import Membership, Organisation, Person
from surveys.territory.models import YouthRegion
from tests.practices.library import describe

COUNTRY = [
    Municipality(code, name, 10, youth_region=region, province=province, size_class="klein")
    for code, name, region, province in (
        ("GM1", "Een", "JZ1", "PV1"),
        ("GM2", "Twee", "JZ1", "PV2"),
        ("GM3", "Drie", "JZ2", "PV1"),
        ("GM4", "Vier", "JZ3", "PV3"),
        ("GM5", "Vijf", "", "PV4"),
        ("GM6", "Zes", "", "PV5"),
    )
]
SURROUNDINGS = Surroundings("GM1", country=COUNTRY, similar=["GM4", "GM2", "GM3", "GM5"])


@pytest.mark.parametrize(
    ("place", "expected"),
    [
        (Place(municipalities=["GM1", "GM4"]), Nearness(0, reason="uw gemeente")),
        (Place(municipalities=["GM2"]), Nearness(1, 2, "zelfde jeugdregio")),
        (Place(youth_regions=["JZ1"]), Nearness(1, LAST, "zelfde jeugdregio")),
        (Place(municipalities=["GM3"]), Nearness(2, 3, "zelfde provincie")),
        (Place(provinces=["PV1"]), Nearness(2, LAST, "zelfde provincie")),
        (Place(municipalities=["GM5", "GM4"]), Nearness(3, 1, "lijkt op uw gemeente: Vier")),
        # A region elsewhere, a municipality of the past, an organisation.
        (Place(youth_regions=["JZ3"]), Nearness(4)),
        (Place(municipalities=["GM0"]), Nearness(4)),
        (Place(), Nearness(4)),
    ],
)
def test_each_step_is_further_away_and_says_why(place, expected):
    assert SURROUNDINGS.measure(place) == expected


def test_only_the_most_similar_are_said_to_be_alike():
    others = [f"GM{number}" for number in range(10, 10 + ALIKE)]
    surroundings = Surroundings("GM1", country=COUNTRY, similar=[*others, "GM4"])
    assert surroundings.measure(Place(municipalities=["GM4"])) == Nearness(3, ALIKE + 1)


def test_without_a_youth_region_nothing_lies_in_the_same_one():
    surroundings = Surroundings("GM5", country=COUNTRY, similar=[])
    assert surroundings.measure(Place(municipalities=["GM6"])).step == 3
    assert surroundings.measure(Place()).step == 4


pages = pytest.mark.usefixtures("demo_database", "db")
ADDRESS = "/praktijkvoorbeelden/"
ZAANSTAD, WORMERLAND, UTRECHT = "GM0479", "GM0880", "GM0344"


def list_cards(client, **asked):
    return client.get(ADDRESS, asked).context["practices"]


@pages
def test_what_is_about_my_municipality_comes_first_then_its_region_then_its_province(client):
    weegtafel = PracticePage.objects.get(slug="weegtafel-zaanstad")
    reasons = [card["near"] for card in list_cards(client, sorteer="nabij", gemeente=ZAANSTAD)]
    assert reasons[0] == "uw gemeente"
    steps = ["uw gemeente", "zelfde jeugdregio", "zelfde provincie"]
    found = [steps.index(reason) if reason in steps else len(steps) for reason in reasons]
    assert found == sorted(found)
    assert {"zelfde provincie"} < set(reasons)
    cards = list_cards(client, sorteer="nabij", gemeente=WORMERLAND)
    assert (cards[0]["title"], cards[0]["near"]) == (weegtafel.title, "zelfde jeugdregio")
    assert (
        "Zelfde jeugdregio</p>"
        in client.get(f"{ADDRESS}?sorteer=nabij&gemeente={WORMERLAND}").content.decode()
    )


@pages
def test_a_case_past_its_review_sinks_also_when_it_is_near(client):
    PracticePage.objects.filter(slug="weegtafel-zaanstad").update(review_by="2020-01-01")
    cards = list_cards(client, sorteer="nabij", gemeente=ZAANSTAD)
    assert not any(card["is_past_review"] for card in cards)


@pages
def test_every_case_stays_in_every_order():
    titles = {}
    for order in ("", "sorteer=nieuw", "sorteer=nabij", f"sorteer=nabij&gemeente={UTRECHT}"):
        found = describe(f"maatregel=reikwijdte&{order}")["page_obj"].paginator.object_list
        titles[order] = found
    assert len({frozenset(found) for found in titles.values()}) == 1
    assert titles[""] == titles["sorteer=nieuw"] == titles["sorteer=nabij"]
    assert titles[f"sorteer=nabij&gemeente={UTRECHT}"] != titles[""]


@pages
def test_a_search_can_be_read_newest_first_and_by_relevance_only_with_a_search():
    by_relevance, by_year = describe("q=huisarts"), describe("q=huisarts&sorteer=nieuw")
    assert set(by_relevance["page_obj"].paginator.object_list) == set(
        by_year["page_obj"].paginator.object_list
    )
    years = [card["year"] for card in by_year["practices"]]
    assert years == sorted(years, reverse=True)
    assert [option["value"] for option in by_relevance["order"]["options"] if option["selected"]] == [
        "relevantie"
    ]
    assert [chip["label"] for chip in by_year["chips"]] == ["‘huisarts’", "Volgorde: nieuwste eerst"]
    without = describe("sorteer=relevantie")
    assert [option["value"] for option in without["order"]["options"]] == ["nieuw", "nabij"]
    assert without["chips"] == []


@pages
def test_the_order_stays_with_the_filters_and_a_chip_takes_it_away():
    context = describe(f"sorteer=nabij&gemeente={ZAANSTAD}&maatregel=reikwijdte&q=jeugd")
    assert [(chip["label"], chip["remove_url"]) for chip in context["chips"]] == [
        ("‘jeugd’", f"?maatregel=reikwijdte&sorteer=nabij&gemeente={ZAANSTAD}"),
        ("Maatregel: Reikwijdte", f"?q=jeugd&sorteer=nabij&gemeente={ZAANSTAD}"),
        ("Volgorde: dichtst bij Zaanstad", "?q=jeugd&maatregel=reikwijdte"),
    ]
    hidden = {field["name"]: field["value"] for field in context["panel"]["hidden"]}
    assert hidden == {"sorteer": "nabij", "gemeente": ZAANSTAD}
    kept = {field["name"]: field["value"] for field in context["order"]["hidden"]}
    assert kept == {"q": "jeugd", "maatregel": "reikwijdte"}


@pages
def test_without_a_municipality_the_page_asks_for_one(client):
    html = client.get(f"{ADDRESS}?sorteer=nabij").content.decode()
    assert "Kies uw gemeente. Tot dan staan de nieuwste voorbeelden eerst." in html
    assert "Kies uw gemeente." not in client.get(ADDRESS).content.decode()


@pages
@pytest.mark.parametrize("query", ["sorteer=x", "gemeente=GM9999", "weergave=x", "gemeente=%00", "sorteer="])
def test_an_order_that_does_not_exist_is_left_out(query, client):
    response = client.get(f"{ADDRESS}?{query}")
    assert response.status_code == 200
    assert ("een filter dat wij niet kennen" in response.content.decode()) == (query != "sorteer=")
    assert response.context["chips"] == []


@pytest.fixture
def member(db) -> Person:
    person = Person.objects.create_user(email="iemand@zaanstad.example", password="")
    Membership.objects.create(
        person=person, organisation=Organisation.objects.get(pk=ZAANSTAD), role=Membership.Role.READER
    )
    return person


@pages
def test_a_member_finds_the_own_municipality_filled_in_and_no_shared_cache_keeps_it(client, member):
    public = client.get(ADDRESS)
    assert f'value="{ZAANSTAD}" selected' not in public.content.decode()
    client.force_login(member)
    own = client.get(ADDRESS)
    assert f'value="{ZAANSTAD}" selected' in own.content.decode()
    assert "private" in own["Cache-Control"]
    for response in (public, own):
        assert "Cookie" in response["Vary"]
    assert list_cards(client, sorteer="nabij")[0]["near"] == "uw gemeente"
    assert list_cards(client, sorteer="nabij", gemeente=WORMERLAND)[0]["near"] == "zelfde jeugdregio"
    client.post(reverse("account_logout"))
    assert f'value="{ZAANSTAD}" selected' not in client.get(ADDRESS).content.decode()


@pages
def test_a_member_of_a_youth_region_chooses_a_municipality(client, member):
    region = YouthRegion.objects.get(name__startswith="Zaanstreek")
    member.memberships.update(organisation=Organisation.objects.get(pk=region.pk))
    client.force_login(member)
    assert not any(home["selected"] for home in client.get(ADDRESS).context["order"]["homes"])
