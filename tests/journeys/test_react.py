"""A member of an organisation lets know that it does this too, an editor places it, and everybody reads it."""

from collections.abc import Callable

from playwright.sync_api import BrowserContext, Page, expect

from tests.journeys.steps import sign_in

CASE = "/praktijkvoorbeelden/weegtafel-zaanstad/"
WORDS = "Wij doen het met <b>twee</b> scholen."


def test_what_a_member_lets_know_is_on_the_page_once_an_editor_placed_it(
    new_context: Callable[..., BrowserContext],
) -> None:
    member, editor, visitor = (
        new_context(java_script_enabled=False, viewport={"width": 360, "height": 800}).new_page()
        for _ in range(3)
    )
    sign_in(member, "regio@demo.example")
    member.goto(CASE)
    member.get_by_role("link", name="Laat weten dat u dit ook doet").click()
    member.get_by_role("link", name="Wij doen dit ook").click()
    member.get_by_role("radio", name="Wij doen dit ook").check()
    member.get_by_label("Sinds welk jaar?").fill("2025")
    member.get_by_label("Toelichting").fill(WORDS)
    # Without consent nothing is stored, and nothing typed is lost.
    member.get_by_role("button", name="Opslaan").click()
    expect(member.get_by_role("alert")).to_contain_text("als de naam van uw organisatie erbij mag")
    expect(member.get_by_label("Toelichting")).to_have_value(WORDS)
    member.get_by_label("De naam Jeugdregio Holland Rijnland mag openbaar").check()
    member.get_by_role("button", name="Opslaan").click()
    expect(member.locator("main")).to_contain_text("Wij doen dit ook: wacht op de redactie.")
    expect_on_case(visitor, False)

    sign_in(editor, "redactie@demo.example")
    editor.goto("/beheer/reacties/?stand=waiting")
    editor.get_by_role("row").filter(has_text="scholen").get_by_role("link").click()
    editor.get_by_role("radio", name="Plaatsen", exact=True).check()
    editor.get_by_role("button", name="Besluit opslaan").click()
    expect(editor.locator("body")).to_contain_text("Uw besluit is opgeslagen.")
    expect_on_case(visitor, True)

    # And it goes again as it came, so that the next journey finds the case as it was.
    member.reload()
    expect(member.locator("main")).to_contain_text("Wij doen dit ook: staat op de site.")
    member.get_by_role("link", name="Intrekken").click()
    member.get_by_role("button", name="Intrekken").click()
    expect(member.get_by_role("status")).to_contain_text("Het is ingetrokken")
    expect_on_case(visitor, False)


def expect_on_case(page: Page, is_there: bool) -> None:
    page.goto(CASE)
    expect(page.get_by_role("heading", name="Wie doet dit ook")).to_be_visible()
    expect(page.get_by_text("Jeugdregio Holland Rijnland, sinds 2025")).to_have_count(int(is_there))
    expect(page.get_by_text(WORDS)).to_have_count(int(is_there))
