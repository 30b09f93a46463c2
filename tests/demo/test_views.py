import pytest
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.test import Client
from pytest_django import Settings

from surveys.accounts.models import Person
from surveys.demo.models import DemoWorld
from surveys.demo.signins import SIGN_INS

pytestmark = pytest.mark.django_db

LOGIN = "/account/login/"
ONE_CLICK = "/account/demo/gemeente/"


@pytest.fixture
def person() -> Person:
    DemoWorld.objects.create(seed=1)
    return Person.objects.create_user("gemeente@demo.example")


def is_signed_in(client: Client) -> bool:
    return "_auth_user_id" in client.session


def test_one_click_signs_in_as_the_role(client: Client, person: Person) -> None:
    response = client.post(ONE_CLICK)

    assert response["Location"] == "/invullen/"
    assert client.session["_auth_user_id"] == str(person.pk)


def test_the_page_that_was_asked_for_comes_next_but_no_other_site(client: Client, person: Person) -> None:
    assert client.post(ONE_CLICK, {"next": "/account/"})["Location"] == "/account/"
    assert Client().post(ONE_CLICK, {"next": "https://kwaad.example/"})["Location"] == "/invullen/"


def test_the_sign_in_page_has_a_button_per_role_beside_invented_answers_only(
    client: Client, settings: Settings
) -> None:
    assert "@demo.example" not in client.get(LOGIN).content.decode()

    DemoWorld.objects.create(seed=1)

    content = client.get(LOGIN, {"next": "/account/"}).content.decode()
    for signin in SIGN_INS:
        assert f'action="/account/demo/{signin.slug}/"' in content
        assert signin.email in content
    assert content.count('<input type="hidden" name="next" value="/account/">') == len(SIGN_INS) + 2
    assert SIGN_INS[0].password in content
    settings.DEMO = False
    assert "demo" not in client.get(LOGIN).content.decode().partition("<main")[2].partition("</main>")[0]


@pytest.mark.parametrize("path", [ONE_CLICK, "/account/demo/baas/", "/account/demo/regio/"])
def test_without_the_demo_or_the_person_there_is_no_such_page(
    client: Client, settings: Settings, path: str
) -> None:
    assert client.post(path).status_code == 404

    DemoWorld.objects.create(seed=1)
    Person.objects.create_user("gemeente@demo.example")
    Person.objects.create_user("baas@demo.example")
    assert client.post(path).status_code == (302 if path == ONE_CLICK else 404)

    settings.DEMO = False
    assert Client().post(path).status_code == 404


def test_it_takes_a_click_and_the_token_of_the_form(person: Person) -> None:
    client = Client(enforce_csrf_checks=True)

    assert client.get(ONE_CLICK).status_code == 405
    assert client.post(ONE_CLICK).status_code == 403
    assert not is_signed_in(client)


def test_who_is_somebody_else_by_then_becomes_the_role(client: Client, person: Person) -> None:
    client.force_login(Person.objects.create_user("onderzoeker@demo.example"))

    client.post(ONE_CLICK)

    assert client.session["_auth_user_id"] == str(person.pk)


def test_a_second_step_and_an_inactive_account_hold_in_the_demo_too(client: Client, person: Person) -> None:
    TOTP.activate(person, generate_totp_secret())
    assert client.post(ONE_CLICK)["Location"] == "/account/login/tweede-stap/"

    Person.objects.update(is_active=False)
    assert client.post(ONE_CLICK).status_code == 404
    assert not is_signed_in(client)
