import re
import time

import pytest
from django.core import mail
from django.http import HttpResponse
from django.test import Client

from surveys.accounts.roles import ADMINISTRATORS
from tests.accounts.people import PASSWORD, make_administrator, make_member, make_person

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("territory")]

LOGIN = "/account/login/"
REQUEST = "/account/login/code/"
ENTER = "/account/login/code/invullen/"
GERDA = "gerda@zaanstad.example"
WRONG = "Deze code klopt niet. Typ de acht cijfers uit de laatste e-mail."
TEN_MINUTES = 10 * 60


def ask_for_code(
    client: Client, email: str, *, next_url: str = "", address: str = "198.51.100.7"
) -> HttpResponse:
    data = {"email": email} | ({"next": next_url} if next_url else {})
    return client.post(REQUEST, data, REMOTE_ADDR=address)


def read_code() -> str:
    return re.findall(r"^\d{4}-\d{4}$", str(mail.outbox[-1].body), re.MULTILINE)[0]


def make_wrong(code: str) -> str:
    return f"{(int(code[0]) + 1) % 10}{code[1:]}"


def enter(client: Client, code: str) -> HttpResponse:
    return client.post(ENTER, {"code": code})


def is_signed_in(client: Client) -> bool:
    return "_auth_user_id" in client.session


def list_errors(response: HttpResponse) -> list[str]:
    return [problem["message"] for problem in response.context["form"].problems]


def test_the_door_asks_for_an_address_only_and_keeps_the_password_for_who_wants_it(client: Client) -> None:
    content = client.get(LOGIN).content.decode()

    assert content.index("Stuur mij een code") < content.index("Inloggen met een wachtwoord")
    assert '<form class="stack" method="post" action="/account/login/code/"' in content
    assert '<label class="field__label" for="id_email">E-mailadres</label>' in content


def test_a_code_by_mail_signs_in(client: Client) -> None:
    make_member(GERDA)

    response = ask_for_code(client, "Gerda@Zaanstad.example")
    assert response["Location"] == ENTER
    assert "Hoort er een account bij gerda@zaanstad.example?" in client.get(ENTER).content.decode()
    assert not is_signed_in(client)
    response = enter(client, read_code())

    assert response["Location"] == "/invullen/"
    assert is_signed_in(client)


def test_spaces_for_the_hyphen_are_fine_and_the_page_that_was_asked_for_comes_next(client: Client) -> None:
    make_member(GERDA)

    response = ask_for_code(client, GERDA, next_url="/account/tweede-stap/")
    response = client.post(response["Location"], {"code": read_code().replace("-", " ")})

    assert response["Location"] == "/account/tweede-stap/"


def test_nobody_is_sent_to_another_site(client: Client) -> None:
    make_member(GERDA)

    ask_for_code(client, GERDA, next_url="https://kwaad.example/")
    response = client.post(ENTER, {"code": read_code(), "next": "https://kwaad.example/"})

    assert response["Location"] == "/invullen/"


def test_whoever_administers_starts_in_the_administration(client: Client) -> None:
    make_administrator(ADMINISTRATORS, email="otto@vereniging.example")

    ask_for_code(client, "otto@vereniging.example")

    assert enter(client, read_code())["Location"] == "/beheer/"


def test_the_mail_is_dutch_in_text_and_html_and_says_how_long_the_code_works(client: Client) -> None:
    make_person(GERDA)

    ask_for_code(client, GERDA)

    (message,) = mail.outbox
    assert message.to == [GERDA]
    assert message.subject == "Uw code voor de Maatregelenmonitor jeugdhulp"
    assert str(message.body).startswith("Beste Gerda Smit,\n\nMet deze code logt u in:")
    assert "De code werkt één keer en 10 minuten lang." in str(message.body)
    ((html, media_type),) = message.alternatives
    assert media_type == "text/html"
    assert f'<p class="code">{read_code()}</p>' in str(html)


def test_a_known_and_an_unknown_address_see_the_same(client: Client) -> None:
    make_person("een@zaanstad.example")
    make_person("weg@zaanstad.example", is_active=False)
    pages = []
    for email in ("een@zaanstad.example", "weg@zaanstad.example", "nie@zaanstad.example"):
        visitor = Client()
        response = ask_for_code(visitor, email)
        page, tries = visitor.get(ENTER), [enter(visitor, "0000-0000") for _ in range(3)]
        pages.append(
            (
                (response.status_code, response["Location"], page.status_code),
                re.sub(r'value="\w+"|nonce="[^"]+"', "", page.content.decode()).replace(email, "…"),
                [(each.status_code, each.headers.get("Location")) for each in tries],
                [list_errors(each) for each in tries[:2]],
            )
        )

    assert pages[0] == pages[1] == pages[2]
    assert pages[0][2] == [(200, None), (200, None), (302, REQUEST)]


def test_an_unknown_address_gets_a_mail_without_a_code(client: Client) -> None:
    make_person("weg@zaanstad.example", is_active=False)

    for email in ("niemand@zaanstad.example", "weg@zaanstad.example"):
        ask_for_code(Client(), email)

    assert [message.to for message in mail.outbox] == [["niemand@zaanstad.example"], ["weg@zaanstad.example"]]
    for message in mail.outbox:
        assert "Bij dit adres hoort geen account." in str(message.body)
        assert "/account/geen-account/" in str(message.body)
        assert not re.search(r"\d{4}-\d{4}", str(message.body))


def test_a_code_works_once(client: Client) -> None:
    make_person(GERDA)
    ask_for_code(client, GERDA)
    code = read_code()
    enter(client, code)
    client.post("/account/logout/")

    assert enter(client, code)["Location"] == REQUEST
    assert not is_signed_in(client)


def test_a_code_belongs_to_the_browser_that_asked_for_it(client: Client) -> None:
    make_person(GERDA)
    ask_for_code(client, GERDA)
    elsewhere = Client()
    ask_for_code(elsewhere, GERDA)
    newest = read_code()

    assert list_errors(enter(client, newest)) == [WRONG]
    assert enter(elsewhere, newest).status_code == 302


def test_after_three_wrong_codes_the_right_one_is_worth_nothing(client: Client) -> None:
    make_person(GERDA)
    ask_for_code(client, GERDA)
    code = read_code()
    for _ in range(2):
        assert list_errors(enter(client, make_wrong(code))) == [WRONG]
    response = client.post(ENTER, {"code": make_wrong(code)}, follow=True)
    assert "U heeft te veel pogingen gedaan om in te loggen." in response.content.decode()

    assert enter(client, code)["Location"] == REQUEST
    assert not is_signed_in(client)


def test_after_ten_minutes_a_code_is_worth_nothing(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    make_person(GERDA)
    ask_for_code(client, GERDA)
    code = read_code()
    real_time = time.time
    monkeypatch.setattr(time, "time", lambda: real_time() + TEN_MINUTES + 1)

    assert enter(client, code)["Location"] == REQUEST
    assert not is_signed_in(client)


def test_nobody_can_flood_a_mailbox(client: Client) -> None:
    make_person(GERDA)
    for number in range(5):
        # Another computer does not help: it is the mailbox that is guarded.
        assert ask_for_code(Client(), GERDA, address=f"198.51.100.{number}").status_code == 302

    response = ask_for_code(client, GERDA, address="198.51.100.9")

    assert list_errors(response)[0].startswith("U heeft te veel pogingen gedaan om in te loggen.")
    assert len(mail.outbox) == 5


@pytest.mark.parametrize("email", ["", "geen adres", "a" * 5000, "gerda@zaanstad.example\x00"])
def test_nonsense_is_an_error_at_the_field_and_no_mail(client: Client, email: str) -> None:
    response = ask_for_code(client, email)

    assert response.status_code == 200
    assert list_errors(response)
    assert mail.outbox == []


@pytest.mark.parametrize("code", ["", "klinkklaar", "é", "1" * 5000, "\x00"])
def test_a_nonsense_code_is_an_error_at_the_field(client: Client, code: str) -> None:
    make_person(GERDA)
    ask_for_code(client, GERDA)

    response = enter(client, code)

    assert response.status_code == 200
    assert list_errors(response)


def test_starting_again_leads_back_to_the_door(client: Client) -> None:
    make_person(GERDA)
    ask_for_code(client, "verkeerd@zaanstad.example")
    # Meanwhile the door leads to the page that waits for the code.
    assert client.get(LOGIN)["Location"] == ENTER

    assert client.post("/account/logout/", {"next": LOGIN})["Location"] == LOGIN
    assert client.post(LOGIN, {"login": GERDA, "password": PASSWORD}).status_code == 302
    assert is_signed_in(client)


def test_asking_for_a_code_needs_the_token_of_the_form() -> None:
    make_person(GERDA)

    assert ask_for_code(Client(enforce_csrf_checks=True), GERDA).status_code == 403
    assert mail.outbox == []
