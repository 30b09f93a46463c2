"""(c) A visitor reads cases that are linked to the measures and to the published results."""

import re

from playwright.sync_api import BrowserContext, Locator, expect

from tests.practices.content import CASES


def test_from_a_measure_with_its_figures_to_a_case(browser_context: BrowserContext) -> None:
    page = browser_context.new_page()
    page.goto("/")
    expect(page.get_by_text("Demonstratie.").first).to_be_visible()
    page.get_by_role("navigation", name="Hoofdmenu").get_by_role("link", name="Maatregelen").click()
    page.get_by_role("link", name=re.compile("POH-jeugd")).first.click()
    figure = page.get_by_role("article").filter(
        has_text="Bekostigt uw gemeente/regio een ondersteuner huisarts?"
    )
    expect(figure.first).to_contain_text("n = 51 reacties")
    expect(figure.get_by_role("img").first).to_be_visible()
    figure.first.get_by_text("Toon de cijfers in een tabel").click()
    expect(figure.first.get_by_role("table")).to_contain_text("34")
    # Counted in the answers, and described in the report.
    expect(page.get_by_text("Geen ruimte in de praktijk")).to_have_count(2)
    page.get_by_role("link", name=re.compile("Ondersteuner Jeugd")).click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Groningen")
    expect(page.get_by_text("64 %").first).to_be_visible()
    # And from the case back to the measure.
    page.get_by_role("main").get_by_role("link", name=re.compile("POH-jeugd")).first.click()
    expect(page).to_have_url(re.compile("/maatregelen/poh-jeugd/$"))


def test_the_library_is_filtered_searched_and_unfiltered(browser_context: BrowserContext) -> None:
    page = browser_context.new_page()
    page.goto("/praktijkvoorbeelden/?maatregel=reikwijdte&provincie=PV26")
    heading = page.get_by_role("heading", level=2).first
    expect(heading).to_have_text("1 praktijkvoorbeeld")
    expect(page.get_by_role("link", name="De wijkteams van Utrecht")).to_be_visible()
    chips = page.get_by_role("list", name="Gekozen filters")
    chips.get_by_role("link", name=re.compile("Utrecht")).click()
    expect(page).not_to_have_url(re.compile("PV26"))
    narrowed = count_found(heading)
    assert narrowed > 1
    chips.get_by_role("link", name="Alle filters wissen").click()
    expect(page).not_to_have_url(re.compile("reikwijdte"))
    # Other journeys add cases to the same library.
    assert count_found(heading) >= len(CASES) > narrowed

    page.goto("/praktijkvoorbeelden/")
    search = page.get_by_role("searchbox")
    search.fill("weegtafel")
    search.press("Enter")
    expect(page).to_have_url(re.compile("q=weegtafel"))
    expect(page.get_by_role("main").get_by_role("article").first).to_contain_text("Zaanstad")
    page.goto("/praktijkvoorbeelden/?q=xyzzy")
    expect(page.get_by_role("main")).to_contain_text("Geen praktijkvoorbeeld")


def count_found(heading: Locator) -> int:
    return int(heading.inner_text().removesuffix(" praktijkvoorbeelden"))


def test_a_term_is_explained_on_the_page_and_leads_back(browser_context: BrowserContext) -> None:
    page = browser_context.new_page()
    page.goto("/praktijkvoorbeelden/ondersteuner-jeugd-en-gezin-groningen/")
    term = page.locator("a.term").first
    term.focus()
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("#begrip-"))
    explained = page.locator(":target")
    expect(explained).to_be_in_viewport()
    explained.get_by_role("link", name=re.compile("Terug naar de tekst")).click()
    expect(page).to_have_url(re.compile("#term-"))
    expect(term).to_be_in_viewport()


def test_results_by_size_class(browser_context: BrowserContext) -> None:
    page = browser_context.new_page()
    page.goto("/resultaten/")
    page.get_by_role("main").get_by_role("link", name=re.compile("[Mm]eting 2022")).first.click()
    page.goto("/resultaten/2022/?vraag=administratieve_lasten&uitsplitsing=size_class&eenheid=municipality")
    main = page.get_by_role("main")
    expect(main).to_contain_text("n = 187 gemeenten")
    response = page.goto("/resultaten/2026/")
    assert response is not None
    assert response.status == 404
