"""What a visitor does more than once, with the words that stand on the page."""

from playwright.sync_api import Page, expect

PASSWORD = "welkom-in-de-demo"


def sign_in(page: Page, email: str) -> None:
    page.goto("/account/login/")
    page.get_by_label("E-mailadres", exact=True).fill(email)
    page.get_by_label("Wachtwoord", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Inloggen").click()
    expect(page).not_to_have_url("/account/login/")


def choose(page: Page, question: str, *options: str) -> None:
    """Tick the options of a question, by the codes of both."""
    for option in options:
        page.locator(f'input[name="q-{question}"][value="{option}"]').check()


def save(page: Page) -> None:
    page.get_by_role("button", name="Opslaan", exact=True).click()
    page.wait_for_load_state()
