"""An editor looks after the library: finds the link that broke and the case that became old, and puts both right."""

import re

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.journeys.steps import sign_in

LINKS, AGEING = "/beheer/bijhouden/links/", "/beheer/bijhouden/verouderd/"
# axe would copy our style sheets into the page, which the site's policy rightly refuses.
OPTIONS = {"preload": False}
WORKER_TRIES = 120
TRY_MILLISECONDS = 1000


def test_a_link_to_a_source_that_was_taken_off_the_site(page: Page) -> None:
    sign_in(page, "redactie@demo.example")
    source = find_page(page, kind="practices.sourcepage")
    take_step(page, source, step="unpublish")
    try:
        check_links(page, until="één keer niet")
        expect(page.locator("main table")).to_have_count(0)
        check_links(page, until="2 keer achter elkaar")
        row = page.locator("main tbody tr").first
        expect(row).to_contain_text("staat niet op de site")
        expect(row.get_by_role("link")).to_have_attribute("href", re.compile(r"/beheer/pages/\d+/edit/"))
        check_screen(page)
    finally:
        take_step(page, source, step="publish")
    check_links(page, until="0 stuk")


def test_a_case_that_was_not_looked_at_in_time(page: Page) -> None:
    sign_in(page, "redactie@demo.example")
    case = find_page(page, kind="practices.practicepage")
    page.goto(f"/beheer/pages/{case}/edit/")
    page.locator("input[name=review_by]").fill("2020-01-01")
    page.locator("button[name=action-publish]").evaluate("button => button.form.requestSubmit(button)")
    page.wait_for_url(lambda url: not url.endswith("/edit/"))
    page.goto(AGEING)
    expect(page.locator("main tbody tr").first).to_contain_text("1 januari 2020")
    check_screen(page)
    page.get_by_role("link", name="Het klopt nog").first.click()
    expect(page.get_by_role("heading", name="Voorbeeld nagekeken", level=2)).to_be_visible()
    check_screen(page)
    page.get_by_role("button", name="Het klopt nog").click()
    expect(page).to_have_url(re.compile(f"{AGEING}$"))
    expect(page.get_by_text("Het voorbeeld is nagekeken.")).to_be_visible()
    expect(page.get_by_text("1 januari 2020")).to_have_count(0)


def find_page(page: Page, *, kind: str) -> str:
    """The number of a public page of this type."""
    page.goto(f"/beheer/pages/search/?q=de&content_type={kind}")
    links = page.locator("main table a[href$='/edit/']")
    found = re.search(r"/pages/(\d+)/edit/", str(links.first.get_attribute("href")))
    assert found
    return found[1]


def take_step(page: Page, number: str, *, step: str) -> None:
    page.goto(f"/beheer/bulk/wagtailcore/page/{step}/?id={number}&next=/beheer/")
    page.locator("main form button[type=submit]").click()
    expect(page).to_have_url(re.compile("/beheer/$"))


def check_links(page: Page, *, until: str) -> None:
    """The worker does it; the screen tells how far it is when it is asked for again."""
    page.goto(LINKS)
    page.get_by_role("button", name="Nu controleren").click()
    for _ in range(WORKER_TRIES):
        if page.get_by_text(until).count():
            return
        page.wait_for_timeout(TRY_MILLISECONDS)
        page.reload()
    raise AssertionError(until)


def check_screen(page: Page) -> None:
    for width in (360, 1440):
        page.set_viewport_size({"width": width, "height": 900})
        found = Axe().run(page, context="main", options=OPTIONS)
        assert found.violations_count == 0, f"{page.url} at {width} px\n{found.generate_report()}"
