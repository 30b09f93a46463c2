import re
import time

import pytest
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.core import mail
from django.http import HttpResponse
from django.test import Client

from surveys.accounts.models import Person
from tests.accounts.people import PASSWORD, make_person

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("territory")]

CHOOSE = "/account/wachtwoord/kiezen/"
APP = "/account/tweede-stap/app/"
BY_CODE = "/account/bevestigen/code/"
BY_PASSWORD = "/account/bevestigen/"
NEW_PASSWORD = "nog een geheim van woorden"
WRONG = "Deze code klopt niet. Typ de acht cijfers uit de laatste e-mail."


@pytest.fixture
def person(client: Client) -> Person:
    """Signed in long ago, without a password."""
    person = Person.objects.create_user("nieuw@zaanstad.example", first_name="Nel")
    client.force_login(person)
    return person


def ask_for_code(client: Client, next_url: str = CHOOSE) -> str:
    response = client.post(BY_CODE, {"send": "1", "next": next_url})
    assert response["Location"] == f"{BY_CODE}?next={next_url.replace('/', '%2F')}"
    return re.findall(r"^\d{4}-\d{4}$", str(mail.outbox[-1].body), re.MULTILINE)[0]


def enter(client: Client, code: str) -> HttpResponse:
    return client.post(BY_CODE, {"code": code, "next": CHOOSE})


def choose_password(client: Client, password: str = NEW_PASSWORD) -> HttpResponse:
    return client.post(CHOOSE, {"password1": password, "password2": password})


def make_app_code(secret: str) -> str:
    """What the app shows now."""
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30))


def make_wrong(code: str) -> str:
    return f"{(int(code[0]) + 1) % 10}{code[1:]}"


@pytest.mark.parametrize("path", [CHOOSE, APP, "/account/tweede-stap/passkey/"])
def test_who_has_only_a_mailbox_confirms_by_a_code_in_it(client: Client, person: Person, path: str) -> None:
    assert client.get(path)["Location"] == f"{BY_CODE}?next={path}"
    assert mail.outbox == []
    assert "Wij sturen een code naar nieuw@zaanstad.example." in client.get(BY_CODE).content.decode()

    code = ask_for_code(client, path)
    assert "Wij stuurden een code naar nieuw@zaanstad.example." in client.get(BY_CODE).content.decode()
    response = client.post(BY_CODE, {"code": code, "next": path})

    assert response["Location"] == path
    assert client.get(path).status_code == 200


def test_a_person_without_a_password_chooses_one(client: Client, person: Person) -> None:
    enter(client, ask_for_code(client))

    response = choose_password(client)

    assert response["Location"] == "/account/"
    assert (
        "Uw wachtwoord is opgeslagen. U kunt er nu mee inloggen." in client.get("/account/").content.decode()
    )
    person.refresh_from_db()
    assert person.check_password(NEW_PASSWORD)
    assert client.get(CHOOSE)["Location"].startswith((BY_PASSWORD, "/account/wachtwoord/"))


def test_without_confirming_nothing_is_changed_and_what_was_typed_is_not_kept(
    client: Client, person: Person
) -> None:
    response = choose_password(client)

    assert response["Location"] == f"{BY_CODE}?next={CHOOSE}"
    assert NEW_PASSWORD not in str(dict(client.session))
    person.refresh_from_db()
    assert not person.has_usable_password()


def test_a_weak_first_password_is_refused_at_the_field(client: Client, person: Person) -> None:
    enter(client, ask_for_code(client))

    problems = choose_password(client, "kort").context["form"].problems

    assert problems == [
        {"id": "id_password1", "message": "Dit wachtwoord is te kort. Gebruik minstens 12 tekens."}
    ]


def test_right_after_signing_in_with_a_code_nobody_is_asked_again(client: Client) -> None:
    Person.objects.create_user("nieuw@zaanstad.example")
    client.post("/account/login/code/", {"email": "nieuw@zaanstad.example"})
    code = re.findall(r"\d{4}-\d{4}", str(mail.outbox[-1].body))[0]
    client.post("/account/login/code/invullen/", {"code": code})

    assert client.get(CHOOSE).status_code == 200
    # Nor after the second step that is set up then: its recovery codes come at once.
    secret = client.get(APP).context["form"].secret
    response = client.post(APP, {"code": make_app_code(secret)}, follow=True)
    assert response.redirect_chain == [("/account/tweede-stap/herstelcodes/", 302)]
    assert response.status_code == 200


def test_five_minutes_later_everybody_is_asked_again(
    client: Client, person: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    enter(client, ask_for_code(client))
    real_time = time.time
    monkeypatch.setattr(time, "time", lambda: real_time() + 5 * 60 + 1)

    assert client.get(CHOOSE)["Location"] == f"{BY_CODE}?next={CHOOSE}"


def test_the_code_works_once_three_times_tried_and_ten_minutes_long(
    client: Client, person: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    code = ask_for_code(client)
    for _ in range(3):
        response = enter(client, make_wrong(code))
        assert response.context["form"].problems == [{"id": "id_code", "message": WRONG}]
    # Now a try is a request for a new code.
    assert enter(client, code)["Location"].startswith(BY_CODE)
    assert len(mail.outbox) == 2

    code = ask_for_code(client)
    real_time = time.time
    with monkeypatch.context() as later:
        later.setattr(time, "time", lambda: real_time() + 10 * 60 + 1)
        assert enter(client, code)["Location"].startswith(BY_CODE)
    assert client.get(CHOOSE)["Location"].startswith(BY_CODE)


def test_a_mailbox_is_not_flooded_this_way_either(client: Client, person: Person) -> None:
    for _ in range(5):
        ask_for_code(client)

    assert client.post(BY_CODE, {"send": "1"}).status_code == 429
    assert len(mail.outbox) == 5


def test_who_has_a_password_confirms_with_that(client: Client) -> None:
    client.force_login(make_person())
    assert client.get(APP)["Location"] == f"{BY_PASSWORD}?next={APP}"
    assert client.get(BY_CODE)["Location"].startswith(BY_PASSWORD)

    response = client.post(BY_PASSWORD, {"password": "verkeerd", "next": APP})
    assert response.context["form"].problems == [
        {"id": "id_password", "message": "Dit wachtwoord klopt niet. Typ het wachtwoord waarmee u inlogt."}
    ]
    assert client.post(BY_PASSWORD, {"password": PASSWORD, "next": APP})["Location"] == APP
    assert client.get(APP).status_code == 200


def test_the_account_page_offers_what_fits(client: Client, person: Person) -> None:
    content = client.get("/account/").content.decode()
    assert f'href="{CHOOSE}"' in content
    assert "Tweede stap instellen" in content

    client.force_login(make_person())
    content = client.get("/account/").content.decode()
    assert 'href="/account/wachtwoord/"' in content
    assert CHOOSE not in content
