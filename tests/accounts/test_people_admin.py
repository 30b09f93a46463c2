from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.http import HttpResponse
from django.test import Client

from surveys.accounts.models import Person
from surveys.accounts.roles import ADMINISTRATORS, EDITORS
from tests.accounts.people import PASSWORD, make_administrator, make_person

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("territory")]

REFUSED = "/beheer/"


@pytest.fixture
def researcher(client: Client) -> Person:
    person = make_administrator(ADMINISTRATORS)
    client.force_login(person)
    return person


@pytest.fixture
def superuser() -> Person:
    return Person.objects.create_superuser(
        "root@vereniging.example", PASSWORD, first_name="Ruud", last_name="Root"
    )


def describe(email: str = "nieuw@zaanstad.example", **extra: Any) -> dict[str, Any]:
    return {"email": email, "first_name": "Nina", "last_name": "Nieuw", "is_active": "on"} | extra


def edit(client: Client, person: Person, **fields: Any) -> HttpResponse:
    return client.post(f"/beheer/users/edit/{person.pk}/", describe(**fields))


def test_a_researcher_lets_a_person_in_who_needs_no_password(client: Client, researcher: Person) -> None:
    editors = Group.objects.get(name=EDITORS)
    page = client.get("/beheer/users/new/").content.decode()
    assert 'name="email"' in page
    assert "password1" not in page

    response = client.post(
        "/beheer/users/new/", describe("Nieuw@Zaanstad.example", groups=[editors.pk]), follow=True
    )

    person = Person.objects.get(email="nieuw@zaanstad.example")
    assert not person.has_usable_password()
    assert list(person.groups.all()) == [editors]
    assert "logt in met een code per e-mail" in response.content.decode()


def test_an_address_that_exists_is_an_error_at_the_field(client: Client, researcher: Person) -> None:
    make_person("gerda@zaanstad.example")

    response = client.post("/beheer/users/new/", describe("Gerda@Zaanstad.example"))

    assert response.status_code == 200
    assert response.context["form"].errors["email"]
    assert Person.objects.filter(email="gerda@zaanstad.example").count() == 1


def test_a_researcher_changes_and_deactivates_a_person(client: Client, researcher: Person) -> None:
    person = make_person("gerda@zaanstad.example")
    assert client.get(f"/beheer/users/edit/{person.pk}/").status_code == 200

    edit(client, person, email="Gerda.Smit@zaanstad.example", is_active="")

    person.refresh_from_db()
    assert (person.email, person.first_name, person.is_active) == (
        "gerda.smit@zaanstad.example",
        "Nina",
        False,
    )


def test_a_researcher_cannot_make_a_superuser(client: Client, researcher: Person) -> None:
    person = make_person("gerda@zaanstad.example")

    client.post("/beheer/users/new/", describe(is_superuser="on"))
    edit(client, person, email="gerda@zaanstad.example", is_superuser="on")
    edit(client, researcher, email=researcher.email, is_superuser="on")

    assert Person.objects.filter(email="nieuw@zaanstad.example").exists()
    assert not Person.objects.filter(is_superuser=True).exists()


def test_a_researcher_cannot_take_over_a_superuser(
    client: Client, researcher: Person, superuser: Person
) -> None:
    assert client.get(f"/beheer/users/edit/{superuser.pk}/")["Location"] == REFUSED
    assert edit(client, superuser, email="mijn@adres.example")["Location"] == REFUSED

    superuser.refresh_from_db()
    assert superuser.email == "root@vereniging.example"


@pytest.mark.parametrize("action", ["set_active_state", "assign_role"])
def test_nor_through_the_actions_on_many_people(
    client: Client, researcher: Person, superuser: Person, action: str
) -> None:
    ordinary = make_person("gerda@zaanstad.example")
    url = f"/beheer/bulk/accounts/person/{action}/?id={superuser.pk}&id={ordinary.pk}"
    editors = Group.objects.get(name=EDITORS)

    response = client.post(url, {"mark_as_active": "False", "role": editors.pk})

    assert response["Location"] == REFUSED
    for person in (superuser, ordinary):
        person.refresh_from_db()
        assert person.is_active
        assert not person.groups.exists()


def test_ordinary_people_can_be_deactivated_together(client: Client, researcher: Person) -> None:
    person = make_person("gerda@zaanstad.example")

    client.post(f"/beheer/bulk/accounts/person/set_active_state/?id={person.pk}", {"mark_as_active": "False"})

    person.refresh_from_db()
    assert not person.is_active


def test_a_researcher_deletes_nobody(client: Client, researcher: Person) -> None:
    person = make_person("gerda@zaanstad.example")

    assert client.post(f"/beheer/users/delete/{person.pk}/")["Location"] == REFUSED
    assert Person.objects.filter(pk=person.pk).exists()


def test_a_superuser_makes_superusers(client: Client, superuser: Person) -> None:
    client.force_login(superuser)
    person = make_person("gerda@zaanstad.example")

    edit(client, person, email="gerda@zaanstad.example", is_superuser="on")

    person.refresh_from_db()
    assert person.is_superuser


def test_an_editor_sees_no_people(client: Client) -> None:
    client.force_login(make_administrator(EDITORS))

    for path in ("", "new/", f"edit/{make_person().pk}/"):
        assert client.get(f"/beheer/users/{path}")["Location"] == REFUSED


def test_a_person_cannot_be_copied(client: Client, researcher: Person) -> None:
    assert client.get(f"/beheer/users/copy/{researcher.pk}/").status_code == 404


def test_the_list_of_people_is_in_dutch(client: Client, researcher: Person) -> None:
    content = client.get("/beheer/users/").content.decode()

    assert "Personen" in content
    assert "Persoon toevoegen" in content
    assert "otto@vereniging.example" in content
