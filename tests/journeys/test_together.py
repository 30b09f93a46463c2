"""Two colleagues in one response, a connection that drops, a page that closes: no word is lost."""

import re
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.journeys.steps import choose, sign_in

SECTION = "/invullen/2026/GM0479/reikwijdte/"
WORDS = 'textarea[name="q-reikwijdte_knelpunten"]'
REVISION = 'input[name="r-reikwijdte_knelpunten"]'
STATUS = "[data-save-status]"
PROBLEM = "[data-save-problem]"


@pytest.fixture
def gerda(new_context: Callable[..., BrowserContext]) -> Page:
    return open_section(new_context(), "gemeente@demo.example")


@pytest.fixture
def cor(new_context: Callable[..., BrowserContext]) -> Page:
    return open_section(new_context(), "collega@demo.example")


@pytest.fixture(autouse=True)
def settle_what_is_left(new_context: Callable[..., BrowserContext]) -> Iterator[None]:
    """The journeys share a response: each leaves it without anything to choose."""
    yield
    page = open_section(new_context(), "gemeente@demo.example")
    while (keep := page.get_by_role("button", name="Houd dit antwoord")).count():
        keep.first.click()
        page.wait_for_load_state()


def open_section(context: BrowserContext, email: str) -> Page:
    page = context.new_page()
    sign_in(page, email)
    page.goto(SECTION)
    return page


def write(page: Page, words: str) -> None:
    """Type and leave the field."""
    page.locator(WORDS).fill(words)
    page.locator(WORDS).blur()


def expect_saved(page: Page) -> None:
    expect(page.locator(STATUS)).to_have_text(re.compile(r"^Opgeslagen om \d\d:\d\d$"))


def test_answers_to_different_questions_both_stand(gerda: Page, cor: Page) -> None:
    write(gerda, "Een knelpunt")
    expect_saved(gerda)
    # Whatever was chosen before, one of these is a change.
    choose(cor, "normale_leven", "nee", "ja")
    expect_saved(cor)
    for page in (gerda, cor):
        page.goto(SECTION)
        expect(page.locator(WORDS)).to_have_value("Een knelpunt")
        expect(page.locator('input[name="q-normale_leven"][value="ja"]')).to_be_checked()
        expect(page.get_by_text("Er zijn twee antwoorden")).to_have_count(0)


@pytest.mark.parametrize(
    ("button", "chosen"), [("Kies dit antwoord", "Van Cor"), ("Houd dit antwoord", "Van Gerda")]
)
def test_two_answers_to_the_same_question_are_shown_to_both_and_one_chooses(
    gerda: Page, cor: Page, button: str, chosen: str
) -> None:
    write(gerda, "Van Gerda, eerst")
    expect_saved(gerda)
    cor.reload()
    write(gerda, "Van Gerda")
    expect(gerda.locator(REVISION)).not_to_have_value(cor.locator(REVISION).input_value())
    write(cor, "Van Cor")
    for page in (cor, gerda):
        if page is gerda:
            page.reload()
        panel = page.locator(".answer-conflict")
        expect(panel).to_contain_text(re.compile(r"Gerda Gemeente, om \d\d:\d\d \(geldt nu\)"))
        expect(panel).to_contain_text(re.compile(r"Cor Collega, om \d\d:\d\d"))
        expect(panel.get_by_text("Van Gerda", exact=True)).to_be_visible()
        expect(panel.get_by_text("Van Cor", exact=True)).to_be_visible()
    # What Cor typed is still there, and the one who chooses can be either of them.
    expect(cor.locator(WORDS)).to_have_value("Van Cor")
    cor.get_by_role("button", name=button).click()
    expect(cor.get_by_text("Uw keuze is opgeslagen.")).to_be_visible()
    for page in (cor, gerda):
        page.goto(SECTION)
        expect(page.locator(WORDS)).to_have_value(chosen)
        expect(page.locator(".answer-conflict")).to_have_count(0)


def test_words_typed_without_a_connection_are_kept_and_sent_later(gerda: Page) -> None:
    gerda.context.set_offline(True)
    write(gerda, "Zonder verbinding")
    expect(gerda.locator(PROBLEM)).to_contain_text("Er is even geen verbinding.")
    expect(gerda.locator("#q-reikwijdte_knelpunten [data-question-line]")).to_have_text(
        "Nog niet opgeslagen."
    )
    # Pressing the button does not take the words away either.
    gerda.get_by_role("button", name="Opslaan", exact=True).click()
    expect(gerda.locator(WORDS)).to_have_value("Zonder verbinding")
    gerda.context.set_offline(False)
    expect_saved(gerda)
    expect(gerda.locator(PROBLEM)).to_be_empty()
    gerda.goto(SECTION)
    expect(gerda.locator(WORDS)).to_have_value("Zonder verbinding")


def test_words_typed_just_before_the_page_closes_are_saved(gerda: Page, cor: Page) -> None:
    gerda.locator(WORDS).fill("Nog gauw even")
    gerda.close(run_before_unload=True)
    # Until then the page of a colleague who looks shows the words that were there.
    expect(cor.locator(WORDS)).not_to_have_value("Nog gauw even")
    wait_for_words(cor, "Nog gauw even")


def wait_for_words(page: Page, words: str) -> None:
    """Load the page until the words are there: who closed theirs can no longer say when they were sent."""
    for _ in range(20):
        page.goto(SECTION)
        if page.locator(WORDS).input_value() == words:
            return
    expect(page.locator(WORDS)).to_have_value(words)


def test_colleagues_in_one_section_see_each_other(gerda: Page, cor: Page) -> None:
    # Others may stand in the line too: the journeys share a site, and who looked a minute ago is still named.
    others = cor.locator("[data-colleagues]")
    expect(others).to_have_text(re.compile(r"^Nu ook in dit onderdeel: .*Gerda Gemeente"))
    expect(others).not_to_contain_text("Cor Collega")
    write(gerda, "Nieuw van Gerda")
    expect_saved(gerda)
    # As when Cor comes back to this tab.
    cor.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    line = cor.locator("#q-reikwijdte_knelpunten [data-question-line]")
    expect(line).to_contain_text("Gerda Gemeente wijzigde dit antwoord om")
