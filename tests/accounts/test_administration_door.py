import pytest
from django.test import Client

from surveys.accounts.roles import ADMINISTRATORS
from tests.accounts.people import make_administrator, make_member

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("territory")]


def test_a_stranger_is_sent_to_the_one_sign_in_page(client: Client) -> None:
    response = client.get("/beheer/", follow=True)

    assert response.redirect_chain == [
        ("/beheer/login/?next=/beheer/", 302),
        ("/account/login/?next=/beheer/", 302),
    ]
    assert response.status_code == 200


def test_there_is_no_second_place_to_try_passwords(client: Client) -> None:
    make_administrator(ADMINISTRATORS)

    assert client.post("/beheer/login/", {"username": "otto@vereniging.example"}).status_code == 405
    assert client.get("/beheer/password_reset/").status_code == 404


def test_a_respondent_is_refused_in_plain_words_and_not_sent_round_in_circles(client: Client) -> None:
    client.force_login(make_member())

    response = client.get("/beheer/", follow=True)

    assert response.status_code == 403
    content = response.content.decode()
    assert "U heeft geen toegang tot deze pagina" in content
    # Wagtail's own message is not shown beside it, and not on the next page either.
    assert "administrator" not in content
    assert "administrator" not in client.get("/account/").content.decode()


def test_an_administrator_goes_through(client: Client) -> None:
    client.force_login(make_administrator(ADMINISTRATORS))

    assert client.get("/beheer/login/")["Location"] == "/beheer/"
    assert client.get("/beheer/").status_code == 200


def test_the_door_forgets_an_address_on_another_site(client: Client) -> None:
    person = make_administrator(ADMINISTRATORS)
    response = client.get("/beheer/login/", {"next": "https://kwaad.example/"})
    client.force_login(person)

    assert client.get(response["Location"])["Location"] == "/beheer/"
