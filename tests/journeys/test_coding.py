"""A researcher makes a codebook and codes three answers without touching the mouse."""

import re
from collections.abc import Callable

from playwright.sync_api import BrowserContext, Page, expect

from tests.journeys.steps import sign_in

THEMES = ("Wachttijden", "Geld", "Overig")


def test_three_answers_are_coded_with_the_keyboard_only(new_context: Callable[..., BrowserContext]) -> None:
    page = new_context().new_page()
    sign_in(page, "onderzoeker@demo.example")
    prepare_round(page, question="poh_wat")
    page.get_by_role("link", name="Teksten coderen").press("Enter")
    expect_ready(page, done=0)
    first = page.url

    press(page, "1", "Enter")
    expect_ready(page, done=1)
    press(page, "2", "3", "2", "Enter")
    expect_ready(page, done=2)
    page.keyboard.press("m")
    expect(page.get_by_label(re.compile("Memo"))).to_be_focused()
    page.keyboard.type("Twijfel: 1 of s?")
    page.keyboard.press("Escape")
    press(page, "1", "2", "Enter")
    expect_ready(page, done=3)

    # Back with the keyboard: what was chosen stands there.
    go_back(page)
    expect(page.get_by_label(re.compile("Memo"))).to_have_value("Twijfel: 1 of s?")
    expect_chosen(page, "Wachttijden", "Geld")
    go_back(page)
    expect_chosen(page, "Overig")
    go_back(page)
    expect(page).to_have_url(first)
    expect_chosen(page, "Wachttijden")

    # Nothing is saved without a theme.
    press(page, "1", "Enter")
    expect(page.get_by_text("Kies ten minste één thema")).to_be_visible()


def test_boxes_and_buttons_do_the_same_on_a_narrow_screen_without_scripts(
    new_context: Callable[..., BrowserContext],
) -> None:
    page = new_context(java_script_enabled=False, viewport={"width": 360, "height": 800}).new_page()
    sign_in(page, "onderzoeker@demo.example")
    prepare_round(page, question="regio_wat")
    page.get_by_role("link", name="Teksten coderen").click()
    first = page.url
    page.get_by_role("checkbox", name="Geld").check()
    page.get_by_role("button", name="Opslaan en volgende").click()
    expect(page.locator("main")).to_contain_text("1 van ")
    second = page.url
    assert second != first
    page.get_by_role("button", name="Overslaan").click()
    expect(page.locator("main")).to_contain_text("1 overgeslagen")
    page.get_by_role("link", name="Vorige").click()
    expect(page).to_have_url(second)
    page.get_by_role("link", name="Vorige").click()
    expect_chosen(page, "Geld")
    for each in page.locator("main h2, main .coding-text, main button[type=submit]").all():
        box = each.bounding_box()
        assert box is None or box["x"] + box["width"] <= 360


def prepare_round(page: Page, *, question: str) -> None:
    """A codebook, a round and this researcher as its coder, by the screens."""
    address = f"/beheer/coderen/meting/2022/{question}/"
    page.goto(address)
    take_step(page, "Codeboek beginnen")
    for name in THEMES:
        page.get_by_role("link", name="Thema toevoegen").click()
        page.get_by_label("Sleutel").fill(name.lower())
        page.get_by_label("Naam").fill(name)
        page.get_by_label("Definitie").fill(f"De tekst gaat over {name.lower()}.")
        page.locator("main form").get_by_role("button", name="Thema toevoegen").click()
    take_step(page, "Vaststellen")
    page.goto(address)
    page.get_by_role("link", name="Ronde met versie 1 beginnen").click()
    page.locator("main form").get_by_role("button", name="Ronde beginnen").click()
    page.get_by_role("link", name="Codeur toewijzen").click()
    page.get_by_label("Wie").select_option(label="Otto Onderzoeker")
    page.locator("main form").get_by_role("button", name="Codeur toewijzen").click()


def take_step(page: Page, name: str) -> None:
    """The link, and the button that confirms it."""
    page.get_by_role("link", name=name).click()
    page.locator("main form").get_by_role("button", name=name).click()


def press(page: Page, *keys: str) -> None:
    for key in keys:
        page.keyboard.press(key)


def go_back(page: Page) -> None:
    before = page.url
    page.keyboard.press("p")
    expect(page).not_to_have_url(before)
    expect_ready(page, done=3)


def expect_ready(page: Page, *, done: int) -> None:
    """So many texts are coded, and the keys work on the next one: the script has put the focus on its text."""
    expect(page.locator("main")).to_contain_text(f"{done} van ")
    expect(page.locator("[data-coding-text]")).to_be_focused()


def expect_chosen(page: Page, *names: str) -> None:
    for name in THEMES:
        expect(page.get_by_role("checkbox", name=name)).to_be_checked(checked=name in names)
