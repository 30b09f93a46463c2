import re
import time
from collections.abc import Callable

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, generate_totp_secret, hotp_value
from django.http import HttpResponse
from django.test import Client
from pytest_django import Settings

from surveys.accounts.models import Person
from surveys.accounts.roles import ADMINISTRATORS, EDITORS
from surveys.accounts.second_factor_forms import NO_PASSKEY
from tests.accounts.people import PASSWORD, make_administrator, make_member, make_person

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("territory")]

INDEX = "/account/tweede-stap/"
APP = f"{INDEX}app/"
CODES = f"{INDEX}herstelcodes/"
SECOND = "/account/login/tweede-stap/"
GERDA = "gerda@zaanstad.example"
WRONG = "Dit klopt niet, of is niet meer geldig. Kijk het na en probeer het nog een keer."


def make_code(secret: str) -> str:
    """What the app shows now."""
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30))


def make_wrong(code: str) -> str:
    return f"{(int(code[0]) + 5) % 10}{code[1:]}"


def set_up_app(person: Person) -> str:
    secret = generate_totp_secret()
    TOTP.activate(person, secret)
    return secret


def confirm(client: Client) -> None:
    assert client.post("/account/bevestigen/", {"password": PASSWORD, "next": INDEX})["Location"] == INDEX


def sign_in(client: Client, email: str) -> HttpResponse:
    return client.post("/account/login/", {"login": email, "password": PASSWORD})


def is_signed_in(client: Client) -> bool:
    return "_auth_user_id" in client.session


def list_errors(response: HttpResponse) -> list[str]:
    return [problem["message"] for problem in response.context["form"].problems]


def read_recovery_codes(client: Client) -> list[str]:
    return re.findall(r"<li><code>(\d{8})</code></li>", client.get(CODES).content.decode())


def make_superuser() -> Person:
    return Person.objects.create_superuser("baas@vereniging.example", PASSWORD)


@pytest.mark.parametrize(
    "make", [lambda: make_administrator(ADMINISTRATORS), lambda: make_administrator(EDITORS), make_superuser]
)
def test_the_administration_stays_closed_until_there_is_a_second_step(
    client: Client, settings: Settings, make: Callable[[], Person]
) -> None:
    settings.REQUIRE_SECOND_FACTOR = True
    person = make()
    client.force_login(person)

    for path in ("/beheer/", "/beheer/reports/", "/beheer/bestaat-niet/"):
        assert client.get(path)["Location"] == INDEX
        assert client.post(path)["Location"] == INDEX
    assert "Stel eerst een tweede stap in" in client.get(INDEX).content.decode()

    set_up_app(person)
    assert client.get("/beheer/").status_code == 200
    content = client.get(INDEX).content.decode()
    assert "Stel eerst een tweede stap in" not in content
    assert "Naar het beheer" in content


def test_recovery_codes_alone_are_no_second_step(client: Client, settings: Settings) -> None:
    settings.REQUIRE_SECOND_FACTOR = True
    person = make_administrator(ADMINISTRATORS)
    secret = set_up_app(person)
    sign_in(client, person.email)
    client.post(SECOND, {"code": make_code(secret)})
    confirm(client)
    assert len(read_recovery_codes(client)) == 0
    client.post(f"{CODES}nieuw/")
    assert len(read_recovery_codes(client)) == 10

    client.post(f"{APP}verwijderen/")

    assert not Authenticator.objects.exists()
    assert client.get("/beheer/")["Location"] == INDEX


def test_respondents_are_not_obliged_and_strangers_are_still_sent_to_the_door(
    client: Client, settings: Settings
) -> None:
    settings.REQUIRE_SECOND_FACTOR = True
    assert client.get("/beheer/")["Location"] == "/beheer/login/?next=/beheer/"

    client.force_login(make_member())
    assert client.get("/invullen/").status_code == 200
    assert client.get("/beheer/")["Location"] == "/beheer/login/?next=/beheer/"
    assert "Stel eerst een tweede stap in" not in client.get(INDEX).content.decode()


def test_the_demo_obliges_nobody(client: Client, settings: Settings) -> None:
    assert settings.DEMO
    client.force_login(make_administrator(ADMINISTRATORS))

    assert client.get("/beheer/").status_code == 200


def test_an_app_is_set_up_with_a_code_and_gives_recovery_codes(client: Client) -> None:
    person = make_member(GERDA)
    client.force_login(person)
    confirm(client)
    page = client.get(APP)
    content, secret = page.content.decode(), page.context["form"].secret
    assert secret in content
    assert "<svg " in content
    assert "<?xml" not in content
    assert "data:image" not in content

    response = client.post(APP, {"code": make_wrong(make_code(secret))})
    assert list_errors(response) == [WRONG]
    # The key on the page is still the one that the app was given.
    assert response.context["form"].secret == secret
    response = client.post(APP, {"code": make_code(secret)})

    assert response["Location"] == CODES
    codes = read_recovery_codes(client)
    assert len(set(codes)) == 10
    assert "Uit. Met een tweede stap" not in client.get("/account/").content.decode()
    assert "U heeft er nog 10." in client.get(INDEX).content.decode()


def test_signing_in_takes_the_code_of_the_app_as_well(client: Client) -> None:
    secret = set_up_app(make_member(GERDA))

    assert sign_in(client, GERDA)["Location"] == SECOND
    assert not is_signed_in(client)
    code = make_code(secret)
    assert list_errors(client.post(SECOND, {"code": make_wrong(code)})) == [WRONG]
    assert not is_signed_in(client)

    assert client.post(SECOND, {"code": code})["Location"] == "/invullen/"
    assert is_signed_in(client)


def test_a_code_of_the_app_works_once(client: Client) -> None:
    secret = set_up_app(make_member(GERDA))
    code = make_code(secret)
    sign_in(client, GERDA)
    client.post(SECOND, {"code": code})
    thief = Client()
    sign_in(thief, GERDA)

    assert list_errors(thief.post(SECOND, {"code": code})) == [WRONG]
    assert not is_signed_in(thief)


def test_codes_cannot_be_guessed_one_after_the_other(client: Client) -> None:
    secret = set_up_app(make_member(GERDA))
    sign_in(client, GERDA)
    for _ in range(5):
        client.post(SECOND, {"code": make_wrong(make_code(secret))})

    response = client.post(SECOND, {"code": make_code(secret)})

    assert list_errors(response)[0].startswith("U heeft te veel pogingen gedaan")
    assert not is_signed_in(client)


def test_a_recovery_code_works_once(client: Client) -> None:
    secret = set_up_app(make_member(GERDA))
    sign_in(client, GERDA)
    client.post(SECOND, {"code": make_code(secret)})
    confirm(client)
    client.post(f"{CODES}nieuw/")
    code = read_recovery_codes(client)[0]

    for visitor, is_let_in in ((Client(), True), (Client(), False)):
        sign_in(visitor, GERDA)
        visitor.post(SECOND, {"code": code})
        assert is_signed_in(visitor) == is_let_in
    assert "U heeft er nog 9." in client.get(INDEX).content.decode()


def test_the_page_of_the_second_step_is_for_who_is_half_way(client: Client) -> None:
    set_up_app(make_member(GERDA))

    assert client.get(SECOND)["Location"] == "/account/login/"
    assert client.post(SECOND, {"code": "123456"})["Location"] == "/account/login/"

    sign_in(client, GERDA)
    content = client.get(SECOND).content.decode()
    assert "Tweede stap" in content
    # Without a passkey there is no button for one.
    assert "data-passkey" not in content


@pytest.mark.parametrize(
    "path",
    [f"{APP}verwijderen/", f"{CODES}nieuw/", CODES, f"{INDEX}passkey/"],
    ids=["remove", "renew", "view", "add"],
)
def test_changing_the_second_step_asks_once_more_who_you_are(client: Client, path: str) -> None:
    person = make_member(GERDA)
    secret = set_up_app(person)
    sign_in(client, GERDA)
    client.post(SECOND, {"code": make_code(secret)})
    confirm(client)
    client.post(f"{CODES}nieuw/")
    later = Client()
    later.force_login(person)
    before = Authenticator.objects.count()

    responses = [later.get(path)] + [later.post(path)] * (path != CODES)
    assert {each["Location"].partition("?")[0] for each in responses} == {"/account/bevestigen/"}
    assert Authenticator.objects.count() == before


def test_the_second_step_itself_may_confirm_too(client: Client) -> None:
    person = make_member(GERDA)
    secret = set_up_app(person)
    client.force_login(person)
    page = client.get("/account/bevestigen/", {"next": INDEX}).content.decode()
    assert 'href="/account/bevestigen/tweede-stap/?next=%2Faccount%2Ftweede-stap%2F"' in page
    assert "Bevestigen met een code uit uw app, of een herstelcode" in page

    response = client.post("/account/bevestigen/tweede-stap/", {"code": make_code(secret), "next": APP})

    assert response["Location"] == APP
    assert client.get(f"{APP}verwijderen/").status_code == 200


@pytest.mark.parametrize("page", ["", "verwijderen/"])
def test_a_passkey_of_somebody_else_does_not_exist(client: Client, page: str) -> None:
    stranger = make_person("piet@groningen.example")
    passkey = Authenticator.objects.create(
        user=stranger, type=Authenticator.Type.WEBAUTHN, data={"name": "Telefoon", "credential": {}}
    )
    client.force_login(make_member(GERDA))
    confirm(client)
    path = f"{INDEX}passkey/{passkey.pk}/{page}"

    assert client.get(path).status_code == 404
    assert client.post(path, {"name": "Van mij"}).status_code == 404
    passkey.refresh_from_db()
    assert passkey.data["name"] == "Telefoon"


GARBAGE = (
    '{"id": "AA", "rawId": "AA", "type": "public-key", "response": {"clientDataJSON": "AA", "%s": "AA"}}'
)


@pytest.mark.parametrize(
    "credential",
    ["", "{}", "[]", "null", "geen json", '"x"', "7", '{"id": "AA", "response": {}}']
    + [GARBAGE % name for name in ("attestationObject", "authenticatorData")],
)
def test_a_nonsense_passkey_is_refused_in_dutch(client: Client, credential: str) -> None:
    client.force_login(make_member(GERDA))
    confirm(client)
    client.get(f"{INDEX}passkey/")

    response = client.post(f"{INDEX}passkey/", {"name": "Telefoon", "credential": credential})

    assert response.status_code == 200
    (problem,) = list_errors(response)
    assert problem in {WRONG, NO_PASSKEY}
    assert f"<p>{problem}</p>" in response.content.decode()
    assert not Authenticator.objects.exists()
