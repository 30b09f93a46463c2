"""(d) A researcher publishes a correction: the worker counts, somebody looks, and then everybody sees it."""

import re
from collections.abc import Callable
from uuid import uuid4

from playwright.sync_api import BrowserContext, Page, expect

from tests.journeys.steps import sign_in

WORKER_MILLISECONDS = 120_000


def wait_for_worker(page: Page, name: str) -> None:
    """With JavaScript the page asks how far the worker is and says when to go on; without, it refreshes itself."""
    ready, onward = page.get_by_role("link", name=name), page.get_by_role("link", name="Verder", exact=True)
    expect(ready.or_(onward)).to_be_visible(timeout=WORKER_MILLISECONDS)
    if onward.is_visible():
        onward.click()
    expect(ready).to_be_visible()


def test_a_correction_is_prepared_previewed_and_published(
    browser_context: BrowserContext, new_context: Callable[..., BrowserContext]
) -> None:
    page, visitor = browser_context.new_page(), new_context().new_page()
    # Other journeys read the same wave: what it shows stays as it was.
    note = f"Niets anders dan dit nummer: {uuid4()}."
    sign_in(page, "onderzoeker@demo.example")
    page.goto("/beheer/publicaties/")
    page.get_by_role("link", name=re.compile("Meting 2022")).filter(has_text="klaarzetten").click()
    page.get_by_label("Wat is er anders, en waarom?").fill(note)
    page.get_by_role("button", name="Tellen en klaarzetten").click()

    wait_for_worker(page, "Voorbeeld bekijken")
    page.get_by_role("link", name="Voorbeeld bekijken").click()
    expect(page.get_by_role("main")).to_contain_text("n = 51 reacties")
    visitor.goto("/resultaten/2022/uitgaven/")
    expect(visitor.get_by_role("main")).not_to_contain_text(note)

    page.go_back()
    page.get_by_role("link", name="Openbaar maken").click()
    page.get_by_role("button", name="Openbaar maken").click()
    wait_for_worker(page, "Alle uitgaven van deze meting")
    visitor.reload()
    expect(visitor.get_by_role("main")).to_contain_text(note)
    newest = str(visitor.get_by_role("heading", level=2).first.text_content())
    code = newest[newest.index("(") + 1 : newest.index(")")]
    visitor.goto("/resultaten/2022/?vraag=doorbraakmethode&uitsplitsing=size_class&eenheid=municipality")
    expect(visitor.get_by_role("main")).to_contain_text(f"Uitgave {code} van")
