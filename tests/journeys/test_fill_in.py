"""(a) A municipality signs in, fills in the survey and submits it; a region does so for the members it ticks."""

import re
from collections.abc import Callable

from playwright.sync_api import BrowserContext, Page, expect

from tests.journeys.steps import choose, save, sign_in

START = "/invullen/2026/GM0479/"
WORDS = "Wij sturen scherper.\n'=HYPERLINK(1)' blijft gewoon tekst; ook \"dit\" & dát."


def test_a_municipality_fills_in_and_submits(
    browser_context: BrowserContext, new_context: Callable[..., BrowserContext]
) -> None:
    page = browser_context.new_page()
    sign_in(page, "gemeente@demo.example")
    expect(page).to_have_url(re.compile("/invullen/$"))
    page.get_by_role("link", name=re.compile("Zaanstad")).first.click()
    expect(page).to_have_url(re.compile(START))

    # Another organisation's survey does not exist for her.
    for foreign in ("/invullen/2026/GM0518/", "/invullen/2022/GM0014/", "/invullen/2026/JZ18/reikwijdte/"):
        response = page.goto(foreign)
        assert response is not None
        assert response.status == 404

    fill_in_every_section(page)
    check_that_bad_input_is_kept(page)
    check_that_routing_opens_a_question(page)

    page.goto(f"{START}controleren/")
    expect(page.get_by_text("Alle verplichte vragen zijn beantwoord")).to_be_visible()
    page.get_by_role("button", name="Antwoorden indienen").click()
    expect(page).to_have_url(re.compile("/ontvangst/$"))
    receipt = page.get_by_text(re.compile(r"MM-\d{4}-[0-9A-Z]{4}-[0-9A-Z]{4}")).first
    expect(receipt).to_be_visible()
    expect(page.get_by_text("Wij sturen scherper.").first).to_be_visible()

    # What was submitted is locked; only an administrator gives it back.
    page.goto(f"{START}reikwijdte/")
    expect(page.get_by_role("button", name="Opslaan")).to_have_count(0)
    reopen_as_researcher(new_context().new_page())
    page.goto(f"{START}reikwijdte/")
    expect(page.locator('textarea[name="q-reikwijdte_wat"]')).to_have_value(WORDS)


def fill_in_every_section(page: Page) -> None:
    page.goto(f"{START}reikwijdte/")
    choose(page, "reikwijdte_beperken", "ja")
    choose(page, "normale_leven", "ja")
    page.locator('textarea[name="q-reikwijdte_wat"]').fill(WORDS)
    save(page)
    choose(page, "reikwijdte_categorieen", "onderwijs", "grens_jeugdhulp")
    page.locator('input[name="q-reikwijdte_sinds"]').fill("2019")
    save(page)
    expect(page.get_by_text(re.compile(r"[Oo]pgeslagen.* \d{1,2}:\d\d")).first).to_be_visible()
    for section, question, option in (
        ("standaardisatie", "administratieve_lasten", "nee"),
        ("tariefdifferentiatie", "tarieven_kostenstructuur", "nee"),
        ("gecontracteerd-aanbod", "verwijzing_gecontracteerd", "ja"),
        ("doorbraakmethode", "doorbraakmethode", "geen_maatwerkbudget"),
    ):
        page.goto(f"{START}{section}/")
        choose(page, question, option)
        save(page)
        expect(page.locator(f'input[name="q-{question}"][value="{option}"]')).to_be_checked()

    # What is still missing is named, with a link to the field itself.
    page.goto(f"{START}poh-jeugd/")
    already_answered = page.locator('input[name="q-ondersteuner_huisarts"]:checked').count()
    page.goto(f"{START}controleren/")
    if not already_answered:
        expect(page.get_by_role("button", name="Antwoorden indienen")).to_have_count(0)
        page.get_by_role("link", name=re.compile("Bekostigt .* ondersteuner huisarts")).first.click()
        expect(page).to_have_url(re.compile("/poh-jeugd/#id_q-ondersteuner_huisarts"))


def check_that_bad_input_is_kept(page: Page) -> None:
    page.goto(f"{START}poh-jeugd/")
    choose(page, "ondersteuner_huisarts", "ja")
    save(page)
    page.locator('input[name="q-poh_fte"]').fill("drie en een half")
    page.locator('textarea[name="q-poh_wat"]').fill("Een ondersteuner in elke praktijk.")
    save(page)
    expect(page.get_by_role("alert").first).to_be_visible()
    expect(page.locator('input[name="q-poh_fte"]')).to_have_value("drie en een half")
    expect(page.locator('input[name="q-poh_fte"]')).to_have_attribute("aria-invalid", "true")
    # The rest of the section was saved all the same.
    page.goto(f"{START}poh-jeugd/")
    expect(page.locator('textarea[name="q-poh_wat"]')).to_have_value("Een ondersteuner in elke praktijk.")
    page.locator('input[name="q-poh_fte"]').fill("3,5")
    save(page)
    expect(page.locator('input[name="q-poh_fte"]')).to_have_value("3,5")


def check_that_routing_opens_a_question(page: Page) -> None:
    """Without JavaScript the question stands there all the time, and says when it is meant for you."""
    page.goto(f"{START}poh-jeugd/")
    insurer = page.locator("#q-samen_zorgverzekeraar")
    choose(page, "ondersteuner_huisarts", "nee")
    save(page)
    expect(insurer).to_have_attribute("hidden", "")
    choose(page, "ondersteuner_huisarts", "ja")
    choose(page, "samen_zorgverzekeraar", "nee")
    save(page)
    expect(insurer).not_to_have_attribute("hidden", "")
    expect(insurer.get_by_role("radio", name="Nee")).to_be_checked()


def reopen_as_researcher(page: Page) -> None:
    sign_in(page, "onderzoeker@demo.example")
    page.goto("/beheer/respons/2026/beoordeling/")
    page.get_by_label("Organisatie").fill("Zaanstad")
    page.get_by_role("button", name="Zoek", exact=True).click()
    page.get_by_role("link", name="Gemeente Zaanstad").first.click()
    page.get_by_role("link", name="Terugsturen").click()
    page.get_by_label("Wat moet de organisatie nakijken?").fill("Op verzoek van de gemeente")
    page.get_by_role("button", name="Terugsturen").click()
    expect(page.get_by_text("Op verzoek van de gemeente").first).to_be_visible()


def test_a_region_answers_for_the_members_it_ticks(browser_context: BrowserContext) -> None:
    page = browser_context.new_page()
    sign_in(page, "regio@demo.example")
    page.goto("/invullen/2026/JZ18/gemeenten/")
    boxes = page.get_by_role("checkbox", name=re.compile("Leiden|Voorschoten|Alphen aan den Rijn"))
    # On 1 January 2026 Voorschoten belongs to Holland Rijnland; on 1 January 2022 it did not.
    expect(page.get_by_label("Voorschoten")).to_be_visible()
    page.get_by_label("Leiden", exact=True).set_checked(True)
    page.get_by_label("Voorschoten", exact=True).set_checked(True)
    page.get_by_role("button", name=re.compile("Opslaan")).first.click()
    page.goto("/invullen/2026/JZ18/gemeenten/")
    expect(page.get_by_label("Leiden", exact=True)).to_be_checked()
    expect(page.get_by_label("Voorschoten", exact=True)).to_be_checked()
    assert boxes.count() >= 3


def test_a_reader_sees_but_cannot_change(browser_context: BrowserContext) -> None:
    page = browser_context.new_page()
    sign_in(page, "lezer@demo.example")
    page.goto(f"{START}reikwijdte/")
    expect(page.get_by_role("heading", level=1)).to_have_text("Afbakening reikwijdte")
    expect(page.get_by_role("button", name=re.compile("Opslaan"))).to_have_count(0)
