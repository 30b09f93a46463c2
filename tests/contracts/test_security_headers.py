"""What every answer tells the browser: run only our own scripts, and ask nobody else for anything."""

import re
from html.parser import HTMLParser
from pathlib import Path

import pytest

from practices.models import PracticePage
from surveys.accounts.models import Person
from surveys.demo.signins import PASSWORD

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demo_database")]

STATIC = Path(__file__).parents[2] / "static"
PUBLIC_PATHS = [
    "/",
    "/maatregelen/",
    "/maatregelen/reikwijdte/",
    "/praktijkvoorbeelden/",
    "/verantwoording/",
    "/privacy/",
    "/resultaten/",
    "/resultaten/2022/",
    "/resultaten/2022/?vraag=administratieve_lasten&uitsplitsing=size_class&beeld=kaart",
    "/account/login/",
    "/account/login/code/",
    "/account/login/mislukt/",
    "/account/geen-account/",
    "/account/wachtwoord/vergeten/",
    "/bestaat-niet/",
]
SURVEY_PATHS = [
    ("gemeente@demo.example", "/account/"),
    ("gemeente@demo.example", "/account/bevestigen/"),
    ("gemeente@demo.example", "/account/tweede-stap/"),
    ("gemeente@demo.example", "/invullen/"),
    ("gemeente@demo.example", "/invullen/2026/GM0479/"),
    ("gemeente@demo.example", "/invullen/2026/GM0479/reikwijdte/"),
    ("gemeente@demo.example", "/invullen/2026/GM0479/controleren/"),
    ("regio@demo.example", "/invullen/2026/JZ18/gemeenten/"),
]
STRICT = {
    "default-src": "'none'",
    "script-src": "'self' 'nonce'",
    "style-src": "'self'",
    "img-src": "'self'",
    "font-src": "'self'",
    "connect-src": "'self'",
    "form-action": "'self'",
    "frame-ancestors": "'self'",
    "base-uri": "'none'",
    "manifest-src": "'self'",
}


def read_policy(response) -> dict[str, str]:
    """The directives, with the nonce that differs per answer written as 'nonce'."""
    header = re.sub(r"'nonce-[^']+'", "'nonce'", response["Content-Security-Policy"])
    return dict(directive.strip().split(" ", 1) for directive in header.split(";"))


# A script element of this type is read by programs; a browser runs nothing of it and asks no policy.
DATA_BLOCK = "application/ld+json"


class PageReader(HTMLParser):
    """Collects what a browser would load or run by itself."""

    SOURCES = {"src", "srcset", "poster", "data", "action", "formaction", "background"}

    def __init__(self, html: str) -> None:
        super().__init__()
        self.loaded: list[str] = []
        self.scripts: list[dict[str, str | None]] = []
        self.inline: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        values = dict(attributes)
        self.loaded += [values[name] or "" for name in self.SOURCES & values.keys()]
        if tag == "link":
            self.loaded.append(values.get("href") or "")
        if tag == "script" and values.get("type") != DATA_BLOCK:
            self.scripts.append(values)
        if tag == "style":
            self.inline.append(tag)
        self.inline += [f"{tag} {name}" for name in values if name == "style" or name.startswith("on")]


def check_page(response) -> None:
    assert read_policy(response) == STRICT
    nonce = re.search(r"'nonce-([^']+)'", response["Content-Security-Policy"])
    page = PageReader(response.text)
    assert page.loaded, "a page without style sheet was not rendered"
    assert [address for address in page.loaded if re.match(r"(?i)[a-z]+:|//", address)] == []
    assert page.inline == []
    assert page.scripts
    assert all(script.get("src") and nonce and script.get("nonce") == nonce[1] for script in page.scripts)


@pytest.mark.parametrize("path", PUBLIC_PATHS)
def test_public_page_has_the_strict_policy_and_keeps_to_it(client, path):
    check_page(client.get(path))


def test_practice_page_has_the_strict_policy_and_keeps_to_it(client):
    check_page(client.get(PracticePage.objects.first().url))


@pytest.mark.parametrize(("email", "path"), SURVEY_PATHS)
def test_survey_page_has_the_strict_policy_and_keeps_to_it(client, email, path):
    client.force_login(Person.objects.get(email=email))
    response = client.get(path)
    assert response.status_code == 200
    check_page(response)


@pytest.mark.parametrize("path", ["app/", "passkey/"])
def test_setting_up_a_second_step_keeps_to_the_strict_policy(client, path):
    client.post("/account/login/", {"login": "gemeente@demo.example", "password": PASSWORD})
    client.post("/account/bevestigen/", {"password": PASSWORD})
    response = client.get(f"/account/tweede-stap/{path}")
    assert response.status_code == 200
    check_page(response)


def test_policy_is_relaxed_for_the_administration_only(client):
    client.force_login(Person.objects.get(email="redactie@demo.example"))
    policy = read_policy(client.get("/beheer/"))
    assert policy["script-src"] == "'self' 'unsafe-inline'"
    assert policy["default-src"] == "'self'"
    assert read_policy(client.get("/")) == STRICT


def test_a_figure_may_be_taken_in_by_others_and_runs_nothing(client):
    response = client.get("/resultaten/2022/insluiten/?vraag=administratieve_lasten")
    assert read_policy(response) == STRICT | {"frame-ancestors": "*", "script-src": "'self'"}
    assert "X-Frame-Options" not in response
    page = PageReader(response.text)
    assert page.scripts == []
    assert page.inline == []


def test_a_nonce_is_used_once(client):
    policies = [client.get("/")["Content-Security-Policy"] for _ in range(2)]
    assert policies[0] != policies[1]


@pytest.mark.parametrize("path", ["/", "/account/login/", "/gezondheid/live", "/bestaat-niet/"])
def test_every_answer_has_the_other_security_headers(client, path):
    response = client.get(path)
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Referrer-Policy"] == "same-origin"
    assert response["Cross-Origin-Opener-Policy"] == "same-origin"
    assert response["X-Frame-Options"] == "SAMEORIGIN"


def test_cookies_are_closed_to_scripts_and_other_sites(client):
    client.get("/account/login/")
    client.post("/account/login/", {"login": "gemeente@demo.example", "password": PASSWORD})
    assert {"csrftoken", "sessionid"} <= client.cookies.keys()
    for cookie in client.cookies.values():
        assert cookie["httponly"]
        assert cookie["samesite"] == "Lax"


def test_style_sheets_and_scripts_ask_no_other_host():
    files = [path for path in STATIC.rglob("*") if path.suffix in {".css", ".js"}]
    assert files
    found = [
        f"{path.name}: {match}"
        for path in files
        for match in re.findall(
            r"(?i)(?:https?:)?//[a-z0-9-]+\.[a-z]{2,}[^\s\"')]*", path.read_text(encoding="utf-8")
        )
        if "www.w3.org" not in match  # the name of the SVG language, never fetched
    ]
    assert found == []
