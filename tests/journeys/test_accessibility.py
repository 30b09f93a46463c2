"""axe finds nothing on any page type, at a phone's and a desk's width, and nothing sticks out at 320 px."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from tests.journeys.steps import sign_in

pytestmark = pytest.mark.any_database

# axe would copy our style sheets into the page, which the site's policy rightly refuses.
OPTIONS = {"preload": False}
COMPARED = "?voorbeeld=haagse-doorbraaklab&voorbeeld=weegtafel-zaanstad&voorbeeld=bestaat-niet"
PUBLIC = [
    "/",
    "/maatregelen/",
    "/maatregelen/reikwijdte/",
    "/maatregelen/regionalisering/",
    "/praktijkvoorbeelden/",
    "/praktijkvoorbeelden/?maatregel=reikwijdte&q=school",
    "/praktijkvoorbeelden/?q=xyzzy",
    "/praktijkvoorbeelden/?q=normalizeren&sorteer=nabij&gemeente=GM0479",
    "/praktijkvoorbeelden/?weergave=kaart&maatregel=reikwijdte",
    "/praktijkvoorbeelden/?maatregel=gecontracteerd-aanbod&provincie=PV31",
    "/praktijkvoorbeelden/haagse-doorbraaklab/",
    "/praktijkvoorbeelden/gemeenten-zoals-de-uwe/?gemeente=GM0479",
    "/begrippen/",
    "/praktijkvoorbeelden/vergelijken/",
    "/praktijkvoorbeelden/vergelijken/?voorbeeld=haagse-doorbraaklab&q=zaanstad",
    f"/praktijkvoorbeelden/vergelijken/{COMPARED}",
    "/praktijkvoorbeelden/haagse-doorbraaklab/reacties/",
    "/bronnen/",
    "/bronnen/taskforce-zoetermeer-2018/",
    "/resultaten/",
    "/resultaten/2022/",
    "/resultaten/2022/?uitsplitsing=size_class&eenheid=municipality",
    "/resultaten/2022/?uitsplitsing=youth_region",
    "/resultaten/2022/?vraag=administratieve_lasten&uitsplitsing=size_class&beeld=kaart&eenheid=municipality",
    "/resultaten/2022/?vraag=administratieve_lasten&uitsplitsing=size_class&beeld=stippen&eenheid=municipality",
    "/resultaten/2022/vergelijken/?gemeente=GM0363",
    "/resultaten/2022/insluiten/?vraag=administratieve_lasten&uitsplitsing=size_class",
    "/verantwoording/",
    "/toegankelijkheid/",
    "/account/login/",
    "/account/login/code/",
    "/account/geen-account/",
    "/account/wachtwoord/vergeten/",
    "/bestaat-niet/",
]
RESPONDENT = [
    "/invullen/",
    "/invullen/2026/JZ18/",
    "/invullen/2026/JZ18/gemeenten/",
    "/invullen/2026/JZ18/reikwijdte/",
    "/invullen/2026/JZ18/doorbraakmethode/",
    "/invullen/2026/JZ18/controleren/",
    "/account/",
    "/account/tweede-stap/",
    "/account/bevestigen/",
]
REACTING = [
    "/praktijkvoorbeelden/haagse-doorbraaklab/reageren/",
    "/praktijkvoorbeelden/haagse-doorbraaklab/reageren/GM0546/",
    "/praktijkvoorbeelden/haagse-doorbraaklab/reageren/GM0546/intrekken/",
]
ADMINISTRATOR = [
    "/beheer/respons/2022/",
    "/beheer/respons/2026/te-doen/",
    "/beheer/respons/2026/beoordeling/",
    "/beheer/downloads/",
    "/beheer/metingen/",
    "/beheer/coderen/meting/2022/",
    "/beheer/coderen/meting/2022/reikwijdte_knelpunten/",
    "/beheer/respons/2026/correcties/",
    "/beheer/uitnodigen/2026/",
    "/beheer/uitnodigen/2026/verzendingen/",
    "/beheer/uitnodigen/2026/herinneren/",
    "/beheer/uitnodigen/2026/herinneren/vooruitblik/",
    "/beheer/vragenlijsten/",
    "/beheer/vragenlijsten/vragenbank/",
    "/beheer/vragenlijsten/kernvragen/",
]


@pytest.fixture(scope="module")
def axe() -> Axe:
    return Axe()


@pytest.mark.parametrize("path", PUBLIC)
def test_public_pages(path: str, page: Page, axe: Axe) -> None:
    check_page(page, path, axe=axe)


def test_pages_of_the_survey(page: Page, axe: Axe) -> None:
    sign_in(page, "regio@demo.example")
    for path in RESPONDENT:
        check_page(page, path, axe=axe)


def test_somebodys_own_list(page: Page, axe: Axe) -> None:
    sign_in(page, "lezer@demo.example")
    for slug in ("haagse-doorbraaklab", "weegtafel-zaanstad"):
        page.goto(f"/praktijkvoorbeelden/{slug}/")
        page.get_by_role("button", name="Bewaar op mijn lijst").click()
    check_page(page, f"/praktijkvoorbeelden/{slug}/", axe=axe)
    page.goto("/praktijkvoorbeelden/mijn-lijst/")
    page.get_by_role("button", name="Haal van mijn lijst").last.click()
    check_page(page, "/praktijkvoorbeelden/mijn-lijst/", axe=axe)


def test_pages_to_react_to_a_case(page: Page, axe: Axe) -> None:
    sign_in(page, "lid@demo.example")
    for path in REACTING:
        check_page(page, path, axe=axe)


def test_screens_of_editors(page: Page, axe: Axe) -> None:
    sign_in(page, "redactie@demo.example")
    page.goto("/beheer/reacties/")
    first = page.locator("main table").get_by_role("link").first.get_attribute("href")
    for path in ("/beheer/reacties/", str(first)):
        page.goto(path)
        found = axe.run(page, context="main", options=OPTIONS)
        assert found.violations_count == 0, f"{path}\n{found.generate_report()}"


def test_our_own_part_of_the_administration(page: Page, axe: Axe) -> None:
    sign_in(page, "onderzoeker@demo.example")
    for path in ADMINISTRATOR:
        page.goto(path)
        found = axe.run(page, context="main", options=OPTIONS)
        assert found.violations_count == 0, f"{path}\n{found.generate_report()}"


@pytest.mark.parametrize("scheme", ["dark", "light"])
def test_colours_have_contrast_in_both_schemes(scheme: str, page: Page, axe: Axe) -> None:
    page.emulate_media(color_scheme=scheme)
    for path in ("/", "/maatregelen/poh-jeugd/", "/praktijkvoorbeelden/?maatregel=reikwijdte"):
        page.goto(path)
        found = axe.run(page, options=OPTIONS)
        assert found.violations_count == 0, f"{path}\n{found.generate_report()}"


def check_page(page: Page, path: str, *, axe: Axe) -> None:
    for width in (320, 1280):
        page.set_viewport_size({"width": width, "height": 800})
        page.goto(path)
        found = axe.run(page, options=OPTIONS)
        assert found.violations_count == 0, f"{path} at {width} px\n{found.generate_report()}"
        sticking_out = page.evaluate(
            "document.documentElement.scrollWidth - document.documentElement.clientWidth"
        )
        assert sticking_out <= 0, f"{path} is {sticking_out} px too wide at {width} px"


def test_every_page_can_be_used_with_the_keyboard_alone(page: Page) -> None:
    """Tab reaches the skip link first, and the skip link leads to the content."""
    page.goto("/praktijkvoorbeelden/")
    page.keyboard.press("Tab")
    focused = page.evaluate("document.activeElement.textContent.trim()")
    assert "inhoud" in focused.lower()
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "inhoud"
