"""A municipality writes a case, an editor reads it, the municipality agrees, and everybody can read it."""

import re
from collections.abc import Callable

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import BrowserContext, Page, expect

from tests.journeys.steps import sign_in
from tests.journeys.test_accessibility import check_page

SHARING = "/praktijkvoorbeelden/delen/"
STATUS, PROBLEM = "[data-save-status]", "[data-save-problem]"
SAVED = re.compile(r"^Opgeslagen om \d\d:\d\d$")
WORDS = {
    "Samenvatting": "Wijkverpleging en jeugdteam spreken elkaar elke week.",
    "Wat het is": "Elke week overleggen zij over gezinnen met jonge kinderen.",
    "Over welk jaar gaat het?": "2026",
    "Bij welk team kan een collega terecht?": "Jeugdteam Zaanstad",
}


def open_as(context: BrowserContext, email: str) -> Page:
    page = context.new_page()
    sign_in(page, email)
    return page


def begin(page: Page) -> str:
    """The address of the form of a new case."""
    page.goto(SHARING)
    page.get_by_role("link", name="Begin een voorbeeld").click()
    page.get_by_role("button", name="Begin met schrijven").click()
    expect(page.get_by_role("heading", name="Uw praktijkvoorbeeld")).to_be_visible()
    return page.url


@pytest.fixture
def cor(browser_context: BrowserContext) -> Page:
    return open_as(browser_context, "collega@demo.example")


def test_a_case_is_written_sent_in_approved_and_agreed_with(
    cor: Page, request: pytest.FixtureRequest, new_context: Callable[..., BrowserContext]
) -> None:
    title = f"Wekelijks overleg {request.node.callspec.id}"
    begin(cor)
    for label, words in {"Titel": title, **WORDS}.items():
        cor.get_by_label(label, exact=True).fill(words)
    cor.get_by_label("Afbakening reikwijdte").check()
    cor.get_by_role("button", name="Opslaan en bekijken").click()
    expect(cor.get_by_role("heading", name=title)).to_be_visible()
    cor.get_by_role("button", name="Inzenden naar de redactie").click()
    expect(cor.get_by_text("Ingezonden, wacht op de redactie")).to_be_visible()
    own_page = cor.url

    rita = open_as(new_context(), "redactie@demo.example")
    rita.goto("/beheer/")
    rita.get_by_role("link", name=title).first.click()
    rita.get_by_role("button", name="Meer acties").click()
    rita.get_by_role("button", name="Goedkeuren", exact=True).click()
    cor.goto(own_page)
    expect(cor.get_by_text("Wacht op toestemming van de plaats")).to_be_visible()

    gerda = open_as(new_context(), "gemeente@demo.example")
    gerda.goto(f"{own_page}toestemming/")
    expect(gerda.get_by_text(WORDS["Samenvatting"])).to_be_visible()
    gerda.get_by_role("button", name="Akkoord namens Gemeente Zaanstad").click()
    gerda.get_by_role("link", name="Bekijk het voorbeeld op de site").click()
    expect(gerda.get_by_role("heading", name=title)).to_be_visible()

    visitor = new_context().new_page()
    visitor.goto(f"/praktijkvoorbeelden/?q={title.rsplit(maxsplit=1)[-1]}")
    visitor.get_by_role("link", name=title).first.click()
    expect(visitor.get_by_text("Ingezonden door Gemeente Zaanstad")).to_be_visible()
    expect(visitor.get_by_text("De inzender schreef dit zelf.")).to_be_visible()


def test_what_is_typed_saves_itself_with_or_without_a_colleague_and_a_connection(
    new_context: Callable[..., BrowserContext],
) -> None:
    cor = open_as(new_context(), "collega@demo.example")
    form = begin(cor)
    expect(cor.locator("[data-completeness]")).to_contain_text("Nog nodig om in te zenden: titel")
    cor.get_by_label("Titel", exact=True).fill("Van Cor")
    expect(cor.locator(STATUS)).to_have_text(SAVED)
    expect(cor.locator("[data-completeness]")).not_to_contain_text("titel")

    gerda = open_as(new_context(), "gemeente@demo.example")
    gerda.goto(form)
    expect(gerda.get_by_label("Titel", exact=True)).to_have_value("Van Cor")
    # Different parts: both stand.
    cor.get_by_label("Lessen").fill("Begin klein")
    expect(cor.locator(STATUS)).to_have_text(SAVED)
    gerda.get_by_label("Wat niet werkte").fill("Te groot beginnen")
    expect(gerda.locator(STATUS)).to_have_text(SAVED)
    # The same part: nothing is overwritten, and one of them chooses.
    cor.get_by_label("Titel", exact=True).fill("Nieuw van Cor")
    cor.get_by_label("Titel", exact=True).blur()
    expect(cor.locator(STATUS)).to_have_text(SAVED)
    expect(cor.locator('input[name="begun-title"]')).not_to_have_value(
        gerda.locator('input[name="begun-title"]').input_value()
    )
    gerda.get_by_label("Titel", exact=True).fill("Nieuw van Gerda")
    conflict = gerda.locator("#conflict-title")
    expect(conflict).to_contain_text("Nieuw van Cor")
    expect(gerda.locator(STATUS)).to_have_text("Nog niet alles is opgeslagen.")
    gerda.get_by_role("button", name="Houd mijn tekst").click()
    expect(gerda.get_by_text("Uw voorbeeld is opgeslagen.")).to_be_visible()
    for page in (cor, gerda):
        page.goto(form)
        expect(page.get_by_label("Titel", exact=True)).to_have_value("Nieuw van Gerda")
        expect(page.get_by_label("Lessen")).to_have_value("Begin klein")
        expect(page.get_by_label("Wat niet werkte")).to_have_value("Te groot beginnen")

    cor.context.set_offline(True)
    cor.get_by_label("Aanleiding").fill("Zonder verbinding")
    expect(cor.locator(PROBLEM)).to_contain_text("Er is even geen verbinding.")
    cor.get_by_role("button", name="Opslaan", exact=True).click()
    expect(cor.get_by_label("Aanleiding")).to_have_value("Zonder verbinding")
    cor.context.set_offline(False)
    expect(cor.locator(STATUS)).to_have_text(SAVED)
    expect(cor.locator(PROBLEM)).to_be_empty()
    cor.goto(form)
    expect(cor.get_by_label("Aanleiding")).to_have_value("Zonder verbinding")


@pytest.mark.any_database
def test_axe_finds_nothing(page: Page) -> None:
    axe = Axe()
    check_page(page, SHARING, axe=axe)
    sign_in(page, "lid@demo.example")
    for path in (SHARING, f"{SHARING}nieuw/"):
        check_page(page, path, axe=axe)
    page.goto(SHARING)
    page.get_by_role("link", name="Jeugdconsulent denkt mee met de huisarts").click()
    expect(page.get_by_role("heading", name="Vragen over uw voorbeeld")).to_be_visible()
    own_page = re.sub(r"^https?://[^/]+", "", page.url)
    for path in (own_page, f"{own_page}schrijven/", f"{own_page}nakijken/"):
        check_page(page, path, axe=axe)
