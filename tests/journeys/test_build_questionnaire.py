"""A researcher builds a questionnaire by keyboard, looks at it as a respondent and publishes it."""

import re
from uuid import uuid4

from playwright.sync_api import BrowserContext, Page, expect

from tests.journeys.steps import sign_in

RESEARCHER = "onderzoeker@demo.example"


def press(page: Page, name: str | re.Pattern[str]) -> None:
    """The button or link with this name, by the keyboard."""
    button, link = (page.get_by_role(role, name=name, exact=True) for role in ("button", "link"))
    button.or_(link).filter(visible=True).last.focus()
    page.keyboard.press("Enter")


def fill(page: Page, **values: str) -> None:
    for field, value in values.items():
        page.locator(f"#id_{field.replace('__', '-')}").fill(value)


def add_question(page: Page, kind: str) -> None:
    press(page, re.compile("^Vraag toevoegen"))
    page.get_by_label("Soort vraag").select_option(kind)
    press(page, "Verder")


def list_questions(page: Page) -> list[str]:
    return page.locator(".draft-question__text a").all_inner_texts()


def test_a_researcher_builds_looks_and_publishes_by_keyboard(browser_context: BrowserContext) -> None:
    page = browser_context.new_page()
    sign_in(page, RESEARCHER)
    page.goto("/beheer/vragenlijsten/")
    press(page, "Vragenlijst beginnen")
    survey = f"reis-{uuid4().hex[:8]}"
    fill(page, title="Kleine vragenlijst", survey=survey)
    press(page, "Beginnen")
    expect(page.locator("#te-doen")).to_contain_text("er is geen onderdeel")

    press(page, "Onderdeel toevoegen")
    fill(page, title="Samenwerken", code="samen", intro="Over samenwerken.")
    press(page, "Toevoegen")

    add_question(page, "single")
    fill(page, text="Werkt u samen?", code="samen", options__0__code="ja", options__0__text="Ja")
    fill(page, options__1__code="nee", options__1__text="Nee")
    press(page, re.compile("^Regel toevoegen"))
    # The row that was added has the focus: the next field is its first.
    expect(page.locator("#id_options-2-code")).to_be_visible()
    expect(page.locator("#id_options-1-text")).to_have_value("Nee")
    expect(page.locator("fieldset.draft-row:focus")).to_contain_text("Antwoord 3")
    page.keyboard.press("Tab")
    page.keyboard.type("soms")
    page.keyboard.press("Tab")
    page.keyboard.type("Soms")
    press(page, "Bewaren")

    add_question(page, "text")
    fill(page, text="Hoe gaat dat?", code="hoe")
    page.get_by_label("Hangt af van").select_option("samen")
    press(page, "Voorwaarde toevoegen")
    page.get_by_label("Soms").check()
    press(page, "Bewaren")
    expect(page.locator("#vraag-hoe")).to_contain_text("Alleen na “Soms” bij de vraag “Werkt u samen?”")
    expect(page.locator("#te-doen")).to_contain_text("Er zijn geen problemen")

    # Before the question that it depends on it can never be asked: that is told at once.
    page.locator('button[value="question.hoe.up"]').focus()
    page.keyboard.press("Enter")
    expect(page.locator("#te-doen")).to_contain_text("die vraag komt pas later")
    assert list_questions(page) == ["Hoe gaat dat?", "Werkt u samen?"]
    page.locator('button[value="question.hoe.down"]').focus()
    page.keyboard.press("Enter")
    expect(page.locator("#te-doen")).to_contain_text("Er zijn geen problemen")

    with browser_context.expect_page() as opened:
        press(page, re.compile("^Voorbeeld.*onderdeel Samenwerken"))
    preview = opened.value
    preview.wait_for_load_state()
    follow_up = preview.locator("#q-hoe")
    expect(preview.get_by_text("Werkt u samen?")).to_be_visible()
    # Without a script a respondent sees the follow-up question too, with a word on when to skip it.
    is_live = preview.locator('input[name="routing"]').input_value() == "live"
    expect(follow_up).to_be_visible(visible=not is_live)
    preview.locator('input[name="q-samen"][value="soms"]').check()
    expect(follow_up).to_be_visible()
    press(preview, "Verversen")
    expect(preview.locator('input[name="q-samen"][value="soms"]')).to_be_checked()
    expect(follow_up).not_to_have_attribute("hidden", "")
    preview.close()

    press(page, "Publiceren")
    expect(page.get_by_text("Dit is de eerste versie.")).to_be_visible()
    press(page, "Publiceren als versie 1")
    expect(page).to_have_url(re.compile(rf"/beheer/vragenlijst/{survey}/1/$"))
    expect(page.get_by_role("heading", name="Kleine vragenlijst, versie 1", level=2)).to_be_visible()
