"""What a visitor does more than once, with the words that stand on the page."""

from playwright.sync_api import Page, expect


def sign_in(page: Page, email: str) -> None:
    """As one of the demo's people, with one click."""
    page.goto("/account/login/")
    page.get_by_role("listitem").filter(has_text=email).get_by_role("button").click()
    expect(page).not_to_have_url("/account/login/")


def choose(page: Page, question: str, *options: str) -> None:
    """Tick the options of a question, by the codes of both."""
    for option in options:
        page.locator(f'input[name="q-{question}"][value="{option}"]').check()


def save(page: Page) -> None:
    with page.expect_navigation():
        page.get_by_role("button", name="Opslaan", exact=True).click()
