from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

import pytest
import requests
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from allauth.socialaccount.models import SocialAccount
from django.core.exceptions import ImproperlyConfigured
from django.http import HttpResponse
from django.test import Client
from pytest_django import Settings

from config.identity_providers import read_identity_providers
from surveys.accounts.models import Person
from tests.accounts.fake_provider import CLIENT_ID, SECRET, FakeProvider, run_provider
from tests.accounts.people import PASSWORD, make_member, make_person

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("territory")]

GERDA = "gerda@zaanstad.example"
START = "/account/login/via/zaanstad/"
NO_ACCOUNT = "U heeft hier nog geen account"
FAILED = "Inloggen via uw organisatie lukte niet"
ENTRY = {
    "id": "zaanstad",
    "name": "Gemeente Zaanstad",
    "server_url": "https://login.zaanstad.example",
    "client_id": CLIENT_ID,
    "secret": SECRET,
    "domains": ["Zaanstad.example"],
}


def configure(settings: Settings, *entries: dict[str, Any]) -> None:
    settings.SOCIALACCOUNT_PROVIDERS = read_identity_providers(list(entries), needs_https=False)


@pytest.fixture
def provider(settings: Settings) -> Iterator[FakeProvider]:
    """Says that Gerda of Zaanstad signs in, and may speak for Zaanstad."""
    with run_provider({"sub": "g.smit", "email": GERDA, "email_verified": True}) as provider:
        configure(settings, ENTRY | {"server_url": provider.url})
        yield provider


def go_to_provider(client: Client, start: str = f"{START}?process=login") -> str:
    """What the browser does: follow the site to the provider, and the provider back to this path of the site."""
    response = requests.get(client.get(start)["Location"], allow_redirects=False, timeout=5)
    back = urlsplit(response.headers["Location"])
    return f"{back.path}?{back.query}"


def sign_in(client: Client) -> HttpResponse:
    return client.get(go_to_provider(client))


def is_signed_in(client: Client) -> bool:
    return "_auth_user_id" in client.session


def test_without_the_setting_there_is_no_button(client: Client) -> None:
    content = client.get("/account/login/").content.decode()

    assert "via uw organisatie" not in content
    assert "/account/login/via/" not in content


def test_every_provider_in_the_settings_has_a_button(client: Client, settings: Settings) -> None:
    other = ENTRY | {"id": "groningen", "name": "Gemeente Groningen", "domains": ["groningen.example"]}
    configure(settings, ENTRY, other)

    content = client.get("/account/login/", {"next": "/account/"}).content.decode()

    for name in ("zaanstad", "groningen"):
        assert f'href="/account/login/via/{name}/?process=login&amp;next=%2Faccount%2F"' in content
    assert "Inloggen via Gemeente Groningen" in content


def test_a_person_with_an_account_is_signed_in(client: Client, provider: FakeProvider) -> None:
    person = make_member(GERDA)

    response = sign_in(client)

    assert response["Location"] == "/invullen/"
    assert client.session["_auth_user_id"] == str(person.pk)
    # The password stays, and nothing is left behind that could sign in without the address.
    person.refresh_from_db()
    assert person.check_password(PASSWORD)
    assert not SocialAccount.objects.exists()


def test_capitals_do_not_matter_and_the_page_that_was_asked_for_comes_next(
    client: Client, provider: FakeProvider
) -> None:
    make_member(GERDA)
    provider.claims["email"] = "Gerda@ZAANSTAD.example"

    response = client.get(go_to_provider(client, f"{START}?process=login&next=/account/"))

    assert response["Location"] == "/account/"
    assert is_signed_in(client)


def test_nobody_makes_an_account_this_way(client: Client, provider: FakeProvider) -> None:
    response = sign_in(client)

    assert NO_ACCOUNT in response.content.decode()
    assert not Person.objects.exists()
    assert not is_signed_in(client)


@pytest.mark.parametrize(
    "claims",
    [
        {"email": "piet@groningen.example"},
        {"email": "piet@groningen.example@zaanstad.example"},
        {"email": "piet@sub.zaanstad.example"},
        {"email_verified": False},
        {"email_verified": "false"},
        {"email_verified": "true"},
        {"email_verified": None},
        {"email": ""},
        {"email": None},
        {"email": "geen adres"},
    ],
)
def test_a_provider_speaks_only_for_verified_addresses_of_its_own_domains(
    client: Client, provider: FakeProvider, claims: dict[str, Any]
) -> None:
    for email in (GERDA, "piet@groningen.example", "piet@sub.zaanstad.example"):
        make_person(email)
    provider.claims |= claims

    response = sign_in(client)

    assert NO_ACCOUNT in response.content.decode()
    assert not is_signed_in(client)
    assert Person.objects.count() == 3


@pytest.mark.parametrize(
    ("email", "is_let_in"), [(GERDA, True), ("piet@groningen.example", False)], ids=["own", "foreign"]
)
def test_a_provider_that_is_trusted_with_its_addresses_is_so_for_its_own_domains(
    client: Client, settings: Settings, provider: FakeProvider, email: str, is_let_in: bool
) -> None:
    configure(settings, ENTRY | {"server_url": provider.url, "addresses_verified": True})
    make_person(email)
    del provider.claims["email_verified"]
    provider.claims["email"] = email

    sign_in(client)

    assert is_signed_in(client) == is_let_in


def test_a_person_who_is_not_active_is_told_so(client: Client, provider: FakeProvider) -> None:
    make_person(GERDA, is_active=False)

    assert sign_in(client)["Location"] == "/account/inactief/"
    assert not is_signed_in(client)


def test_a_second_step_is_asked_all_the_same(client: Client, provider: FakeProvider) -> None:
    TOTP.activate(make_member(GERDA), generate_totp_secret())

    assert sign_in(client)["Location"] == "/account/login/tweede-stap/"
    assert not is_signed_in(client)


@pytest.mark.parametrize("process", ["connect", "redirect"])
def test_an_account_elsewhere_is_never_linked(client: Client, provider: FakeProvider, process: str) -> None:
    person = make_person("piet@groningen.example")
    client.force_login(person)

    response = client.get(go_to_provider(client, f"{START}?process={process}&next=/account/"))

    assert response.status_code == 401
    assert FAILED in response.content.decode()
    assert not SocialAccount.objects.exists()


def test_an_answer_that_nobody_here_asked_for_is_refused(client: Client, provider: FakeProvider) -> None:
    make_member(GERDA)
    address = go_to_provider(client)

    for elsewhere, path in ((Client(), address), (client, f"{START}terug/?code=x&state=y")):
        response = elsewhere.get(path)
        assert response.status_code == 401
        assert FAILED in response.content.decode()
        assert not is_signed_in(elsewhere)


def test_who_changes_their_mind_is_told_so(client: Client, provider: FakeProvider) -> None:
    query = urlsplit(go_to_provider(client)).query.partition("state=")[2]

    response = client.get(f"{START}terug/?error=access_denied&state={query}", follow=True)

    assert "U bent niet ingelogd" in response.content.decode()


@pytest.mark.parametrize("broken", ["/token", "/userinfo"])
def test_a_provider_that_breaks_half_way_is_no_error_of_ours(
    client: Client, provider: FakeProvider, broken: str
) -> None:
    make_member(GERDA)
    address = go_to_provider(client)
    provider.broken.add(broken)

    response = client.get(address)

    assert response.status_code == 401
    assert FAILED in response.content.decode()


def test_a_provider_that_is_down_or_answers_nonsense_is_no_error_of_ours(
    client: Client, provider: FakeProvider
) -> None:
    del provider.claims["sub"]
    response = client.get(go_to_provider(client), follow=True)
    assert FAILED in response.content.decode()

    provider.broken.add("/.well-known/openid-configuration")
    response = client.get(f"{START}?process=login", follow=True)
    assert response.status_code == 401
    assert FAILED in response.content.decode()


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        ({"domains": []}, "entry 1: fill in domains."),
        ({"name": "", "secret": ""}, "entry 1: fill in name, secret."),
        ({"colour": "red"}, "entry 1: colour is not known."),
        ({"id": "Zaan stad"}, "entry 1: an id has small letters, digits and hyphens only."),
        ({"server_url": "http://login.zaanstad.example"}, "entry 1: server_url must start with https://."),
        ({"domains": ["@zaanstad.example"]}, 'entry 1: domains is a list such as ["zaanstad.nl"].'),
        ({"domains": "zaanstad.example"}, 'entry 1: domains is a list such as ["zaanstad.nl"].'),
    ],
)
def test_a_mistake_in_the_setting_is_named(change: dict[str, Any], problem: str) -> None:
    with pytest.raises(ImproperlyConfigured) as raised:
        read_identity_providers([ENTRY | change], needs_https=True)

    assert str(raised.value) == f"OIDC_PROVIDERS, {problem}"


@pytest.mark.parametrize("value", [{"id": "zaanstad"}, ["zaanstad"], "zaanstad"])
def test_anything_but_a_list_of_objects_is_refused(value: Any) -> None:
    with pytest.raises(ImproperlyConfigured, match="give a list of objects in JSON"):
        read_identity_providers(value, needs_https=True)


def test_two_providers_cannot_share_an_id() -> None:
    with pytest.raises(ImproperlyConfigured, match="every id must be different"):
        read_identity_providers([ENTRY, ENTRY | {"name": "Anders"}], needs_https=True)
