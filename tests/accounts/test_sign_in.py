import time

import pytest
from django.http import HttpResponse
from django.test import Client
from pytest_django import Settings

from surveys.accounts.models import Person
from surveys.accounts.roles import ADMINISTRATORS, EDITORS
from tests.accounts.people import PASSWORD, make_administrator, make_member, make_person

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("territory")]

LOGIN = "/account/login/"
WRONG = "Het e-mailadres of het wachtwoord klopt niet."
TOO_MANY = "U heeft te veel pogingen gedaan om in te loggen."


def sign_in(
    client: Client, email: str, password: str = PASSWORD, *, next_url: str = "", address: str = "198.51.100.7"
) -> HttpResponse:
    data = {"login": email, "password": password} | ({"next": next_url} if next_url else {})
    return client.post(LOGIN, data, REMOTE_ADDR=address)


def is_signed_in(client: Client) -> bool:
    return "_auth_user_id" in client.session


def list_errors(response: HttpResponse) -> list[str]:
    return [problem["message"] for problem in response.context["form"].problems]


def test_the_form_tells_browsers_and_people_what_goes_where(client: Client) -> None:
    content = client.get(LOGIN).content.decode()

    assert '<label class="field__label" for="id_login">E-mailadres</label>' in content
    assert 'autocomplete="username"' in content
    assert 'autocomplete="current-password"' in content
    assert "placeholder" not in content


def test_a_respondent_starts_at_the_own_surveys(client: Client) -> None:
    make_member("gerda@zaanstad.example")

    response = sign_in(client, "Gerda@Zaanstad.example")

    assert (response.status_code, response["Location"]) == (302, "/invullen/")
    assert is_signed_in(client)


def test_a_person_without_an_organisation_starts_there_too(client: Client) -> None:
    make_person("leeg@zaanstad.example")

    assert sign_in(client, "leeg@zaanstad.example")["Location"] == "/invullen/"


@pytest.mark.parametrize("role", [ADMINISTRATORS, EDITORS])
def test_whoever_administers_starts_in_the_administration(client: Client, role: str) -> None:
    make_administrator(role, email="otto@vereniging.example")

    assert sign_in(client, "otto@vereniging.example")["Location"] == "/beheer/"


def test_the_page_that_was_asked_for_comes_next(client: Client) -> None:
    make_member("gerda@zaanstad.example")

    response = sign_in(client, "gerda@zaanstad.example", next_url="/account/wachtwoord/")

    assert response["Location"] == "/account/wachtwoord/"


@pytest.mark.parametrize(
    "elsewhere",
    [
        "https://kwaad.example/",
        "//kwaad.example/",
        "/\\kwaad.example",
        "javascript:alert(1)",
        "http:///kwaad.example",
    ],
)
def test_nobody_is_sent_to_another_site(client: Client, elsewhere: str) -> None:
    make_member("gerda@zaanstad.example")

    assert sign_in(client, "gerda@zaanstad.example", next_url=elsewhere)["Location"] == "/invullen/"


def test_an_unknown_address_and_a_wrong_password_get_the_same_answer(client: Client) -> None:
    make_person("gerda@zaanstad.example")

    wrong = sign_in(client, "gerda@zaanstad.example", "verkeerd wachtwoord")
    unknown = sign_in(client, "niemand@zaanstad.example", "verkeerd wachtwoord")

    assert wrong.status_code == unknown.status_code == 200
    assert list_errors(wrong) == list_errors(unknown)
    assert list_errors(wrong)[0].startswith(WRONG)
    assert not is_signed_in(client)


def test_an_empty_form_names_both_fields_and_links_to_them(client: Client) -> None:
    response = client.post(LOGIN, {"login": "", "password": ""})

    assert response.context["form"].problems == [
        {"id": "id_login", "message": "Vul uw e-mailadres in."},
        {"id": "id_password", "message": "Vul uw wachtwoord in."},
    ]
    assert 'href="#id_login"' in response.content.decode()


@pytest.mark.parametrize("login", ["geen adres", "a" * 5000, "gerda@zaanstad.example\x00"])
def test_nonsense_is_an_error_at_the_field(client: Client, login: str) -> None:
    response = sign_in(client, login)

    assert response.status_code == 200
    assert list_errors(response)


def test_the_sixth_attempt_is_refused_even_with_the_right_password(client: Client) -> None:
    make_person("gerda@zaanstad.example")
    make_person("cor@zaanstad.example")
    for attempt in range(5):
        # Another computer does not help: it is the account that is guarded.
        response = sign_in(client, "gerda@zaanstad.example", "geraden", address=f"198.51.100.{attempt}")
        assert list_errors(response)[0].startswith(WRONG)

    assert list_errors(sign_in(client, "gerda@zaanstad.example", "geraden"))[0].startswith(TOO_MANY)
    assert list_errors(sign_in(client, "GERDA@zaanstad.example"))[0].startswith(TOO_MANY)
    assert not is_signed_in(client)

    assert sign_in(client, "cor@zaanstad.example").status_code == 302


def test_after_five_minutes_the_right_password_is_right_again(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_person("gerda@zaanstad.example")
    for _ in range(6):
        sign_in(client, "gerda@zaanstad.example", "geraden")
    real_time = time.time
    monkeypatch.setattr(time, "time", lambda: real_time() + 5 * 60 + 1)

    assert sign_in(client, "gerda@zaanstad.example").status_code == 302


def test_an_address_without_an_account_is_limited_in_the_same_way(client: Client) -> None:
    for _ in range(5):
        sign_in(client, "niemand@zaanstad.example", "geraden")

    assert list_errors(sign_in(client, "niemand@zaanstad.example", "geraden"))[0].startswith(TOO_MANY)


def test_one_computer_cannot_try_account_after_account(client: Client) -> None:
    make_person("gerda@zaanstad.example")
    for number in range(10):
        sign_in(client, f"gok{number}@zaanstad.example", "geraden")

    assert list_errors(sign_in(client, "gerda@zaanstad.example"))[0].startswith(TOO_MANY)
    assert sign_in(client, "gerda@zaanstad.example", address="203.0.113.9").status_code == 302


def test_behind_a_proxy_the_visitor_counts_and_not_what_the_visitor_claims(
    client: Client, settings: Settings
) -> None:
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    make_person("gerda@zaanstad.example")

    def attempt(email: str, password: str, *, claimed: str, seen_by_proxy: str) -> HttpResponse:
        data = {"login": email, "password": password}
        return client.post(LOGIN, data, headers={"x-forwarded-for": f"{claimed}, {seen_by_proxy}"})

    for number in range(10):
        address = f"203.0.113.{number}"
        attempt(f"gok{number}@zaanstad.example", "geraden", claimed=address, seen_by_proxy="198.51.100.7")
    gerda = "gerda@zaanstad.example"
    limited = attempt(gerda, PASSWORD, claimed="203.0.113.99", seen_by_proxy="198.51.100.7")
    assert list_errors(limited)[0].startswith(TOO_MANY)

    neighbour = attempt(gerda, PASSWORD, claimed="198.51.100.7", seen_by_proxy="198.51.100.8")
    assert neighbour.status_code == 302


def test_a_flood_of_requests_gets_the_page_that_asks_to_wait(client: Client) -> None:
    for _ in range(30):
        assert client.post(LOGIN, {}).status_code == 200

    response = client.post(LOGIN, {})

    assert response.status_code == 429
    assert "te vaak achter elkaar" in response.content.decode()


def test_an_inactive_person_is_told_so_only_after_the_right_password(client: Client) -> None:
    make_person("weg@zaanstad.example", is_active=False)

    assert list_errors(sign_in(client, "weg@zaanstad.example", "verkeerd"))[0].startswith(WRONG)

    response = sign_in(client, "weg@zaanstad.example")
    assert response["Location"] == "/account/inactief/"
    assert "Uw account is niet actief" in client.get(response["Location"]).content.decode()
    assert not is_signed_in(client)


def test_whoever_is_made_inactive_is_out_at_once(client: Client) -> None:
    person = make_member()
    client.force_login(person)
    assert client.get("/account/").status_code == 200
    Person.objects.filter(pk=person.pk).update(is_active=False)

    assert client.get("/account/")["Location"] == "/account/login/?next=/account/"


def test_signing_out_asks_first_and_then_needs_a_post(client: Client) -> None:
    client.force_login(make_member())

    page = client.get("/account/logout/")
    assert "Wilt u uitloggen?" in page.content.decode()
    assert is_signed_in(client)

    assert client.post("/account/logout/")["Location"] == "/"
    assert not is_signed_in(client)


def test_signing_in_needs_the_token_of_the_form() -> None:
    make_person("gerda@zaanstad.example")
    client = Client(enforce_csrf_checks=True)

    assert sign_in(client, "gerda@zaanstad.example").status_code == 403
    assert not is_signed_in(client)


def test_the_session_ends_with_the_browser_and_no_script_can_read_it(client: Client) -> None:
    make_person("gerda@zaanstad.example")

    cookie = sign_in(client, "gerda@zaanstad.example").cookies["sessionid"]

    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"
    assert cookie["max-age"] == ""


@pytest.mark.parametrize("path", ["signup/", "email/", "password/set/", "reauthenticate/", "2fa/"])
def test_pages_of_the_library_that_this_site_does_not_use_do_not_exist(client: Client, path: str) -> None:
    client.force_login(make_member())

    assert client.get(f"/account/{path}").status_code == 404


def test_the_account_page_shows_who_the_person_is_here(client: Client) -> None:
    client.force_login(make_member("gerda@zaanstad.example"))

    content = client.get("/account/").content.decode()

    assert "Gerda Smit" in content
    assert "gerda@zaanstad.example" in content
    assert "Gemeente Zaanstad" in content
    assert "U bent coördinator." in content
