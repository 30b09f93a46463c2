import re

import pytest
from django.conf import settings
from django.core import mail
from django.http import HttpResponse
from django.test import Client

from surveys.accounts.models import Person
from tests.accounts.people import PASSWORD, make_member, make_person

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("territory")]

CHANGE = "/account/wachtwoord/"
FORGOTTEN = "/account/wachtwoord/vergeten/"
NEW_PASSWORD = "nog een geheim van woorden"


def list_errors(response: HttpResponse) -> list[dict[str, str]]:
    return list(response.context["form"].problems)


def change(client: Client, *, old: str = PASSWORD, new: str, again: str | None = None) -> HttpResponse:
    return client.post(CHANGE, {"oldpassword": old, "password1": new, "password2": again or new})


def ask_for_link(client: Client, email: str) -> HttpResponse:
    return client.post(FORGOTTEN, {"email": email})


def find_link() -> str:
    (message,) = mail.outbox
    (link,) = re.findall(r"http://testserver(/account/wachtwoord/nieuw/\S+)", str(message.body))
    return str(link)


def test_a_new_password_replaces_the_old_one_and_the_person_stays_in(client: Client) -> None:
    person = make_member()
    client.force_login(person)

    response = change(client, new=NEW_PASSWORD)

    assert response["Location"] == "/account/"
    assert "Uw nieuwe wachtwoord is opgeslagen." in client.get("/account/").content.decode()
    person.refresh_from_db()
    assert person.check_password(NEW_PASSWORD)


@pytest.mark.parametrize(
    ("fields", "problem"),
    [
        ({"old": "verkeerd", "new": NEW_PASSWORD}, ("id_oldpassword", "Dit is niet uw huidige wachtwoord.")),
        ({"new": "kort"}, ("id_password1", "Dit wachtwoord is te kort. Gebruik minstens 12 tekens.")),
        ({"new": "1qaz2wsx3edc"}, ("id_password1", "Dit wachtwoord is te bekend")),
        (
            {"new": "gerda@zaanstad"},
            ("id_password1", "Dit wachtwoord lijkt te veel op uw naam of e-mailadres."),
        ),
        (
            {"new": NEW_PASSWORD, "again": "iets heel anders"},
            ("id_password2", "Dit is niet hetzelfde als het nieuwe wachtwoord"),
        ),
    ],
)
def test_what_is_wrong_is_said_in_dutch_at_the_field(
    client: Client, fields: dict[str, str], problem: tuple[str, str]
) -> None:
    person = make_member("gerda@zaanstad.example")
    client.force_login(person)

    (found,) = list_errors(change(client, **fields))

    assert found["id"] == problem[0]
    assert found["message"].startswith(problem[1])
    person.refresh_from_db()
    assert person.check_password(PASSWORD)


def test_a_link_by_mail_leads_to_a_new_password_and_signs_in(client: Client) -> None:
    make_member("gerda@zaanstad.example")

    response = ask_for_link(client, "Gerda@zaanstad.example")
    assert response["Location"] == f"{FORGOTTEN}verstuurd/"
    assert "Kijk in uw e-mail" in client.get(response["Location"]).content.decode()

    page = client.get(find_link(), follow=True)
    # The secret is out of the address before anything on the page could pass it on.
    assert page.request["PATH_INFO"].endswith("-set-password/")
    assert "Nieuw wachtwoord kiezen" in page.content.decode()
    response = client.post(page.request["PATH_INFO"], {"password1": NEW_PASSWORD, "password2": NEW_PASSWORD})

    assert response["Location"] == "/invullen/"
    assert "_auth_user_id" in client.session
    assert Person.objects.get().check_password(NEW_PASSWORD)


def test_the_mail_is_dutch_and_says_how_long_the_link_works(client: Client) -> None:
    make_person("gerda@zaanstad.example")

    ask_for_link(client, "gerda@zaanstad.example")

    (message,) = mail.outbox
    assert message.to == ["gerda@zaanstad.example"]
    assert message.subject == "Kies een wachtwoord voor de Maatregelenmonitor jeugdhulp"
    assert str(message.body).startswith("Beste Gerda Smit,")
    assert f"{settings.PASSWORD_RESET_TIMEOUT // 86400} dagen lang" in str(message.body)


def test_a_link_works_once(client: Client) -> None:
    make_person("gerda@zaanstad.example")
    ask_for_link(client, "gerda@zaanstad.example")
    page = client.get(find_link(), follow=True)
    client.post(page.request["PATH_INFO"], {"password1": NEW_PASSWORD, "password2": NEW_PASSWORD})

    again = Client().get(find_link(), follow=True)

    assert "Deze link werkt niet meer" in again.content.decode()


@pytest.mark.parametrize("key", ["1-onzin", "zzzzzzzzzzzzzzzzzzzz-abc", "0-set-password", "1-%00"])
def test_an_invented_link_is_told_not_to_work(client: Client, key: str) -> None:
    response = client.get(f"/account/wachtwoord/nieuw/{key}/")

    assert response.status_code == 200
    assert "Deze link werkt niet meer" in response.content.decode()


def test_a_weak_new_password_is_refused_by_link_too(client: Client) -> None:
    make_person("gerda@zaanstad.example")
    ask_for_link(client, "gerda@zaanstad.example")
    page = client.get(find_link(), follow=True)

    response = client.post(page.request["PATH_INFO"], {"password1": "kort", "password2": "kort"})

    assert list_errors(response)[0]["message"] == "Dit wachtwoord is te kort. Gebruik minstens 12 tekens."
    assert Person.objects.get().check_password(PASSWORD)


def test_an_unknown_address_gets_the_same_page_and_a_mail_without_a_link(client: Client) -> None:
    make_person("weg@zaanstad.example", is_active=False)

    for email in ("niemand@zaanstad.example", "weg@zaanstad.example"):
        assert ask_for_link(client, email)["Location"] == f"{FORGOTTEN}verstuurd/"

    assert len(mail.outbox) == 2
    for message in mail.outbox:
        assert "Bij dit adres hoort geen account." in str(message.body)
        assert "/wachtwoord/nieuw/" not in str(message.body)


def test_a_person_who_never_had_a_password_can_choose_one(client: Client) -> None:
    Person.objects.create_user("nieuw@zaanstad.example")

    ask_for_link(client, "nieuw@zaanstad.example")
    page = client.get(find_link(), follow=True)
    client.post(page.request["PATH_INFO"], {"password1": NEW_PASSWORD, "password2": NEW_PASSWORD})

    assert Person.objects.get().check_password(NEW_PASSWORD)


def test_nobody_can_flood_a_mailbox(client: Client) -> None:
    make_person("gerda@zaanstad.example")
    for _ in range(5):
        assert ask_for_link(client, "gerda@zaanstad.example").status_code == 302

    assert ask_for_link(client, "gerda@zaanstad.example").status_code == 429
    assert len(mail.outbox) == 5
