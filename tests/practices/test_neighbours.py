"""Cases of municipalities that are alike: on the page of a case, and for the municipality of a visitor."""

from datetime import date

import pytest

from practices.models import PracticePage
from surveys.accounts.models import Person
from surveys.territory.models import Municipality, MunicipalityYear
from surveys.territory.queries import load_profiles
from surveys.territory.similarity import rank_similar
from tests.practices.content import CASES

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demo_database")]

PATH = "/praktijkvoorbeelden/gemeenten-zoals-de-uwe/"
ZAANSTAD = "GM0479"
CASE = "weegtafel-zaanstad"


def rank_places(code, *, limit):
    """Names of the municipalities with cases in the files, the most alike first."""
    year = 2026
    rows = MunicipalityYear.objects.filter(year=year)
    names = {row.municipality_id: row.name for row in rows}
    profiles = load_profiles({row.municipality_id: row.population for row in rows}, on=date(year, 1, 1))
    with_cases = {each for case in CASES.values() for each in case["place"]["municipalities"]}
    ranked = [each.profile.code for each in rank_similar(code, profiles=profiles, limit=len(profiles))]
    return [names[each] for each in ranked if each in with_cases][:limit]


def list_titles_in(code, *, limit=None):
    found = [
        (-case["year"], case["title"]) for case in CASES.values() if code in case["place"]["municipalities"]
    ]
    return [title for _, title in sorted(found)][:limit]


def test_the_newest_year_of_the_test_is_that_of_the_site():
    assert MunicipalityYear.objects.latest("year").year == 2026


def test_a_case_leads_to_places_like_its_own(client):
    response = client.get(f"/praktijkvoorbeelden/{CASE}/")
    neighbours = response.context["neighbours"]
    assert neighbours["names"] == ["Zaanstad"]
    assert [place["name"] for place in neighbours["places"]] == rank_places(ZAANSTAD, limit=5)
    distances = [place["distance"] for place in neighbours["places"]]
    assert distances == sorted(distances)
    assert all("," in distance for distance in distances)
    codes = dict(Municipality.objects.values_list("name", "code"))
    for place in neighbours["places"]:
        assert [case["title"] for case in place["cases"]] == list_titles_in(codes[place["name"]], limit=3)
    for place in neighbours["places"]:
        for case in place["cases"]:
            assert f'href="{case["url"]}"' in response.text
    assert f'href="{PATH}?gemeente={ZAANSTAD}"' in response.text


def test_a_case_without_a_municipality_leads_to_the_choice_only(client):
    slug = next(slug for slug, case in CASES.items() if not case["place"]["municipalities"])
    response = client.get(f"/praktijkvoorbeelden/{slug}/")
    assert response.context["neighbours"] == {}
    assert f'href="{PATH}"' in response.text


def test_a_case_of_two_places_counts_from_the_nearest(client):
    page = PracticePage.objects.get(slug=CASE)
    page.municipalities.add(Municipality.objects.get(pk="GM0344"))
    page.save()
    neighbours = client.get(f"/praktijkvoorbeelden/{CASE}/").context["neighbours"]
    assert set(neighbours["names"]) == {"Zaanstad", "Utrecht"}
    shown = [place["name"] for place in neighbours["places"]]
    assert not {"Zaanstad", "Utrecht"} & set(shown)
    assert {rank_places(ZAANSTAD, limit=1)[0], rank_places("GM0344", limit=1)[0]} - {
        "Zaanstad",
        "Utrecht",
    } <= set(shown)


def test_a_case_that_is_alone_has_no_neighbours(client):
    PracticePage.objects.exclude(slug=CASE).update(live=False)
    assert client.get(f"/praktijkvoorbeelden/{CASE}/").context["neighbours"] == {}


def test_a_municipality_of_the_past_is_no_neighbour(client):
    page = PracticePage.objects.get(slug=CASE)
    page.municipalities.set(
        [Municipality.objects.get(pk="GM0530")]
    )  # Hellevoetsluis, part of Voorne aan Zee since 2023
    page.save()
    assert client.get(f"/praktijkvoorbeelden/{CASE}/").context["neighbours"] == {}
    other = client.get(PATH, {"gemeente": ZAANSTAD})
    assert "Hellevoetsluis" not in [place["name"] for place in other.context["places"]]


def test_a_visitor_chooses_a_municipality(client):
    response = client.get(PATH)
    assert "places" not in response.context
    assert "Kies uw gemeente" in response.text
    response = client.get(PATH, {"gemeente": ZAANSTAD})
    assert [case["title"] for case in response.context["own_cases"]] == list_titles_in(ZAANSTAD)
    names = rank_places(ZAANSTAD, limit=10)
    assert [place["name"] for place in response.context["places"]] == names
    assert [row[0] for row in response.context["factors"].rows] == ["Zaanstad", *names]
    assert [row[1] for row in response.context["factors"].rows[1:]] == [
        place["distance"] for place in response.context["places"]
    ]


def test_a_municipality_that_does_not_exist_is_said_at_the_field(client):
    response = client.get(PATH, {"gemeente": "GM9999"})
    assert response.status_code == 200
    assert "Deze gemeente staat niet in de lijst. Kies een gemeente." in response.text
    assert "places" not in response.context


def test_who_signed_in_begins_at_the_own_municipality(client):
    client.force_login(Person.objects.get(email="gemeente@demo.example"))
    response = client.get(PATH)
    assert response.context["name"] == "Zaanstad"
    assert "no-store" in response["Cache-Control"]
    assert client.get(PATH, {"gemeente": "GM0344"}).context["name"] == "Utrecht"
    client.force_login(Person.objects.get(email="regio@demo.example"))
    assert "name" not in client.get(PATH).context


def test_an_unpublished_case_is_no_reason_to_name_a_place(client):
    before = [place["name"] for place in client.get(PATH, {"gemeente": ZAANSTAD}).context["places"]]
    PracticePage.objects.filter(municipalities="GM0637").update(live=False)
    after = [place["name"] for place in client.get(PATH, {"gemeente": ZAANSTAD}).context["places"]]
    assert "Zoetermeer" in before
    assert "Zoetermeer" not in after


@pytest.mark.parametrize("number", [1, 20])
def test_more_cases_take_no_more_queries(number, client, django_assert_num_queries):
    keys = PracticePage.objects.filter(municipalities__isnull=False).values_list("pk", flat=True)
    PracticePage.objects.exclude(pk__in=sorted(keys)[:number]).update(live=False)
    client.get(PATH, {"gemeente": "GM0344"})
    with django_assert_num_queries(2):
        client.get(PATH, {"gemeente": "GM0344"})
