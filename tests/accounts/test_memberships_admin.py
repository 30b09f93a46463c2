import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from surveys.accounts.models import Membership, Organisation, Person
from surveys.accounts.roles import ADMINISTRATORS, EDITORS
from tests.accounts.people import make_administrator, make_member, make_person

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("territory")]

REFUSED = "/beheer/"
MEMBERSHIPS = "/beheer/memberships/"
ORGANISATIONS = "/beheer/organisations/"


@pytest.fixture
def researcher(client: Client) -> Person:
    person = make_administrator(ADMINISTRATORS)
    client.force_login(person)
    return person


def count_queries(client: Client, path: str) -> int:
    with CaptureQueriesContext(connection) as queries:
        assert client.get(path).status_code == 200
    return len(queries)


def test_a_researcher_gives_a_person_a_role_in_an_organisation(client: Client, researcher: Person) -> None:
    person, organisation = make_person(), Organisation.objects.get(pk="GM0479")
    page = client.get(f"{MEMBERSHIPS}new/").content.decode()
    assert "Gerda Smit (gerda@zaanstad.example)" in page
    assert "Gemeente Zaanstad" in page

    client.post(
        f"{MEMBERSHIPS}new/", {"person": person.pk, "organisation": organisation.pk, "role": "reader"}
    )

    assert list(Membership.objects.values_list("person", "organisation", "role")) == [
        (person.pk, "GM0479", "reader")
    ]


def test_a_member_may_be_limited_to_sections_and_may_be_allowed_to_submit(
    client: Client, researcher: Person
) -> None:
    membership = make_member().memberships.get()
    path = f"{MEMBERSHIPS}edit/{membership.pk}/"
    page = client.get(path).content.decode()
    for words in (
        "Ziet alleen toegewezen onderdelen",
        "De coördinator wijst onderdelen toe bij “Samenwerken”.",
        "Mag ook indienen",
        "Een coördinator mag dat altijd.",
    ):
        assert words in page

    form = {"person": membership.person_id, "organisation": "GM0479", "role": "contributor"}
    client.post(path, form | {"is_limited": "on", "may_submit": "on"})
    membership.refresh_from_db()
    assert (membership.is_limited, membership.may_submit) == (True, True)

    client.post(path, form)
    membership.refresh_from_db()
    assert (membership.is_limited, membership.may_submit) == (False, False)


def test_a_second_membership_of_the_same_organisation_is_an_error_in_the_form(
    client: Client, researcher: Person
) -> None:
    person = make_member()

    response = client.post(
        f"{MEMBERSHIPS}new/", {"person": person.pk, "organisation": "GM0479", "role": "reader"}
    )

    assert response.status_code == 200
    assert response.context["form"].errors
    assert Membership.objects.get().role == "coordinator"


def test_a_role_is_changed_and_a_membership_removed(client: Client, researcher: Person) -> None:
    membership = make_member().memberships.get()

    client.post(
        f"{MEMBERSHIPS}edit/{membership.pk}/",
        {"person": membership.person_id, "organisation": "GM0479", "role": "contributor"},
    )
    membership.refresh_from_db()
    assert membership.role == "contributor"

    client.post(f"{MEMBERSHIPS}delete/{membership.pk}/")
    assert not Membership.objects.exists()
    assert Person.objects.filter(email="gerda@zaanstad.example").exists()


@pytest.mark.parametrize("search", ["zaan", "GERDA", "smit"])
def test_memberships_are_found_by_person_and_by_organisation(
    client: Client, researcher: Person, search: str
) -> None:
    make_member("gerda@zaanstad.example")
    other = make_member("piet@groningen.example", organisation="GM0014")
    Person.objects.filter(pk=other.pk).update(first_name="Piet", last_name="Haan")

    content = client.get(MEMBERSHIPS, {"q": search}).content.decode()

    assert "Gerda Smit" in content
    assert "Piet Haan" not in content


def test_the_lists_take_as_many_queries_for_three_as_for_one(client: Client, researcher: Person) -> None:
    make_member("een@zaanstad.example")
    client.get(MEMBERSHIPS)
    before = count_queries(client, MEMBERSHIPS), count_queries(client, ORGANISATIONS)
    make_member("twee@zaanstad.example")
    make_member("drie@groningen.example", organisation="GM0014")

    assert (count_queries(client, MEMBERSHIPS), count_queries(client, ORGANISATIONS)) == before


def test_organisations_are_listed_with_the_number_of_people(client: Client, researcher: Person) -> None:
    make_member("een@zaanstad.example")
    make_member("twee@zaanstad.example")

    for sought, expected in (("GM0479", {"GM0479": 2}), ("GM0014", {"GM0014": 0})):
        rows = client.get(ORGANISATIONS, {"q": sought}).context["object_list"]
        assert {row.code: row.member_count for row in rows} == expected
    assert client.get(f"{ORGANISATIONS}inspect/GM0479/").status_code == 200


@pytest.mark.parametrize("is_superuser", [False, True])
def test_nobody_edits_an_organisation_by_hand(client: Client, researcher: Person, is_superuser: bool) -> None:
    Person.objects.filter(pk=researcher.pk).update(is_superuser=is_superuser)
    before = list(Organisation.objects.order_by("code").values())

    for path in ("new/", "edit/GM0479/", "delete/GM0479/"):
        assert client.post(f"{ORGANISATIONS}{path}", {"name": "Anders"})["Location"] == REFUSED

    assert list(Organisation.objects.order_by("code").values()) == before


def test_an_editor_sees_neither(client: Client) -> None:
    client.force_login(make_administrator(EDITORS))

    for path in (MEMBERSHIPS, f"{MEMBERSHIPS}new/", ORGANISATIONS):
        assert client.get(path)["Location"] == REFUSED
