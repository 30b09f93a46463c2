"""(d) Getting in: by a code that the worker mailed, and with a second step that somebody set up."""

import re
import time
from collections.abc import Callable
from email import message_from_bytes
from email.policy import default
from pathlib import Path
from uuid import uuid4

import pytest
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from playwright.sync_api import BrowserContext, Page, expect

from tests.harness.demo_site import DemoSite
from tests.journeys.steps import sign_in

MAIL_TRIES = 480
TRY_MILLISECONDS = 250


def read_codes(folder: Path, address: str) -> list[str]:
    """Every code that was mailed to the address, the oldest first."""
    codes: list[str] = []
    for path in sorted(folder.glob("*.eml")):
        message = message_from_bytes(path.read_bytes(), policy=default)
        text = message.get_body(("plain",))
        if message["To"] == address and text:
            codes += re.findall(r"^\d{4}-\d{4}$", text.get_content(), re.MULTILINE)
    return codes


def sign_in_by_code(page: Page, site: DemoSite, address: str) -> None:
    """Ask for a code, wait for the mail that the worker writes, and type it."""
    before = len(read_codes(site.mail_folder, address))
    page.goto("/account/login/")
    page.get_by_label("E-mailadres", exact=True).first.fill(address)
    page.get_by_role("button", name="Stuur mij een code").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Vul de code in")
    for _ in range(MAIL_TRIES):
        codes = read_codes(site.mail_folder, address)
        if len(codes) > before:
            break
        page.wait_for_timeout(TRY_MILLISECONDS)
    else:
        pytest.fail("The worker sent no mail.")
    page.get_by_label("Code uit de e-mail").fill(codes[-1])
    page.get_by_role("button", name="Inloggen").click()


def sign_out(page: Page) -> None:
    page.goto("/account/logout/")
    page.get_by_role("main").get_by_role("button", name="Uitloggen").click()
    expect(page.get_by_text("U bent uitgelogd.")).to_be_visible()


@pytest.fixture
def newcomer(new_context: Callable[..., BrowserContext]) -> str:
    """The address of somebody the researcher lets in, so that no other journey meets their second step."""
    address = f"nieuw-{uuid4().hex[:8]}@demo.example"
    page = new_context().new_page()
    sign_in(page, "onderzoeker@demo.example")
    page.goto("/beheer/users/new/")
    page.locator("#id_email").fill(address)
    page.locator("#id_first_name").fill("Nina")
    page.locator("#id_last_name").fill("Nieuw")
    page.locator("main form button[type=submit]").first.click()
    expect(page.get_by_text("Deze persoon logt in met een code per e-mail")).to_be_visible()
    return address


def test_a_code_from_the_mail_signs_in(browser_context: BrowserContext, demo_site: DemoSite) -> None:
    page = browser_context.new_page()

    sign_in_by_code(page, demo_site, "lezer@demo.example")

    expect(page).to_have_url(re.compile("/invullen/$"))
    page.goto("/account/")
    expect(page.get_by_role("main")).to_contain_text("lezer@demo.example")


def test_an_app_becomes_the_second_step(
    browser_context: BrowserContext, demo_site: DemoSite, newcomer: str
) -> None:
    page = browser_context.new_page()
    sign_in_by_code(page, demo_site, newcomer)
    expect(page).to_have_url(re.compile("/invullen/$"))

    page.goto("/account/")
    page.get_by_role("link", name="Tweede stap instellen").click()
    page.get_by_role("link", name="App instellen").click()
    expect(page.get_by_role("img", name="QR-code met de sleutel hierboven")).to_be_visible()
    secret = page.locator("code.secret").inner_text()
    page.get_by_label("Code uit de app").fill(make_app_code(secret))
    page.get_by_role("button", name="App instellen").click()

    expect(page.get_by_role("heading", level=1)).to_have_text("Herstelcodes")
    codes = page.locator(".recovery-codes li")
    expect(codes).to_have_count(10)
    recovery_code = codes.first.inner_text()
    page.get_by_role("link", name="Ik heb de codes bewaard").click()
    expect(page.get_by_role("main")).to_contain_text("U heeft er nog 10.")

    sign_out(page)
    sign_in_by_code(page, demo_site, newcomer)
    expect(page.get_by_role("heading", level=1)).to_have_text("Tweede stap")
    page.get_by_label("Code", exact=True).fill(recovery_code)
    page.get_by_role("button", name="Inloggen").click()
    expect(page).to_have_url(re.compile("/invullen/$"))


def make_app_code(secret: str) -> str:
    """What the app shows at this moment."""
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30))


def test_a_passkey_becomes_the_second_step(
    new_context: Callable[..., BrowserContext], demo_site: DemoSite, newcomer: str
) -> None:
    context = new_context()
    page = context.new_page()
    give_passkeys(context, page)
    sign_in_by_code(page, demo_site, newcomer)
    expect(page).to_have_url(re.compile("/invullen/$"))

    page.goto("/account/tweede-stap/")
    page.get_by_role("link", name="Passkey instellen").click()
    page.get_by_label("Naam van deze passkey").fill("Mijn telefoon")
    page.get_by_role("button", name="Passkey instellen").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Herstelcodes")
    page.goto("/account/tweede-stap/")
    expect(page.get_by_role("main")).to_contain_text("Mijn telefoon")

    sign_out(page)
    sign_in_by_code(page, demo_site, newcomer)
    page.get_by_role("button", name="Passkey gebruiken").click()
    expect(page).to_have_url(re.compile("/invullen/$"))

    # The passkey also confirms who it is, before it goes.
    page.goto("/account/tweede-stap/")
    page.get_by_role("link", name=re.compile("Verwijderen.*Mijn telefoon")).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Bevestig dat u het bent")
    page.get_by_role("link", name="Bevestigen met een passkey").click()
    page.get_by_role("button", name="Passkey gebruiken").click()
    page.get_by_role("button", name="Passkey verwijderen").click()
    expect(page.get_by_role("main")).not_to_contain_text("Mijn telefoon")


def give_passkeys(context: BrowserContext, page: Page) -> None:
    """A device inside the browser that agrees to everything."""
    devtools = context.new_cdp_session(page)
    devtools.send("WebAuthn.enable")
    devtools.send(
        "WebAuthn.addVirtualAuthenticator",
        {
            "options": {
                "protocol": "ctap2",
                "transport": "internal",
                "hasResidentKey": True,
                "hasUserVerification": True,
                "isUserVerified": True,
                "automaticPresenceSimulation": True,
            }
        },
    )
