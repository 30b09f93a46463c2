"""autosave.js in a real browser, with a server that the test plays. Journeys prove it against the real one."""

import json
import re

import pytest
from playwright.sync_api import expect

FORM = """
<p class="meta meta--live" data-save-status aria-live="polite"></p><p data-colleagues></p><div data-save-problem></div>
<template data-connection-lost><p>Er is geen verbinding.</p></template>
<template data-other-person><p>Er is iemand anders ingelogd.</p></template>
<form action="/verder/" method="post" data-autosave="/bewaren/" data-person="7">
  <input type="hidden" name="csrfmiddlewaretoken" value="eerste">
  <div data-question="budget" id="q-budget">
    <input type="hidden" name="r-budget" value="3" data-revision>
    <label><input type="radio" name="q-budget" value="ja"> Ja</label>
    <label><input type="radio" name="q-budget" value="nee" checked> Nee</label>
    <div data-question-messages></div><p data-question-line></p>
  </div>
  <div data-question="waarom" id="q-waarom">
    <input type="hidden" name="r-waarom" value="0" data-revision>
    <label>Waarom <textarea name="q-waarom"></textarea></label>
    <div data-question-messages></div><p data-question-line></p>
  </div>
  <button name="action" value="next">Opslaan en verder</button>
</form>"""
REFUSED = {"refusal": "<p>U bent uitgelogd.</p>", "may_resume": True}


class Server:
    """Answers saves as the test says, and remembers what was sent."""

    def __init__(self, page):
        self.page = page
        self.saves = []
        self.tokens = []
        self.forms = []
        self.answers = []
        self.around = {"person": 7, "token": "tweede", "colleagues": "", "changes": {}}
        page.route("**/bewaren/", self.answer)
        page.route("**/verder/", self.receive_form)

    def answer(self, route):
        if route.request.method == "GET":
            return route.fulfill(json=self.around)
        parts = re.findall(r'name="([^"]+)"\r\n\r\n(.*?)\r\n--', route.request.post_data, re.DOTALL)
        sent = dict(parts)
        self.saves.append(sent)
        self.tokens.append(route.request.headers["x-csrftoken"])
        answer = self.answers.pop(0) if self.answers else self.accept
        if answer == "no answer":
            return route.abort()
        return route.fulfill(json=answer(sent) if callable(answer) else answer)

    def receive_form(self, route):
        self.forms.append(route.request.post_data)
        route.fulfill(body="<p>Volgende</p>", content_type="text/html")

    @staticmethod
    def accept(sent):
        return tell(sent, status="saved", revision=int(next(v for k, v in sent.items() if k[:2] == "r-")) + 1)


def tell(sent, *, status, revision, html=""):
    code = next(name[2:] for name in sent if name.startswith("r-"))
    result = {"status": status, "revision": revision, "html": html}
    return {"saved_at": "10:42", "questions": {code: result}}


@pytest.fixture
def server(show, page):
    # The page first: Playwright asks the newest route first.
    show(FORM)
    return Server(page)


def without_key(sent):
    return {name: value for name, value in sent.items() if name != "key"}


def test_a_choice_is_saved_at_once_with_the_revision_it_started_from(page, server):
    page.get_by_label("Ja").check()
    expect(page.locator("[data-save-status]")).to_have_text("Opgeslagen om 10:42")
    assert [without_key(each) for each in server.saves] == [{"r-budget": "3", "q-budget": "ja"}]
    assert server.tokens == ["eerste"]
    expect(page.locator("[name=r-budget]")).to_have_value("4")


def test_it_says_saved_only_when_the_newest_words_are(page, server):
    held = []

    def hold(route):
        held.append(route)

    page.route("**/bewaren/", hold)
    status = page.locator("[data-save-status]")
    with page.expect_request("**/bewaren/"):
        page.get_by_label("Ja").check()
    page.get_by_label("Nee").check()
    expect(status).to_have_text("Bezig met opslaan…")
    with page.expect_request("**/bewaren/"):
        server.answer(held.pop())
    expect(page.locator("[name=r-budget]")).to_have_value("4")
    expect(status).to_have_text("Bezig met opslaan…")
    server.answer(held.pop())
    expect(status).to_have_text("Opgeslagen om 10:42")


def test_typing_is_saved_after_a_pause_without_leaving_the_field(page, server):
    page.get_by_label("Waarom").press_sequentially("omdat")
    expect(page.locator("[name=r-waarom]")).to_have_value("1")
    assert server.saves[-1]["q-waarom"] == "omdat"
    expect(page.get_by_label("Waarom")).to_be_focused()


def test_every_save_has_a_key_of_its_own_and_nothing_unchanged_is_sent(page, server):
    page.get_by_label("Ja").check()
    expect(page.locator("[name=r-budget]")).to_have_value("4")
    page.get_by_label("Waarom").click()
    page.get_by_label("Nee").check()
    expect(page.locator("[name=r-budget]")).to_have_value("5")
    assert [each["q-budget"] for each in server.saves] == ["ja", "nee"]
    assert len({each["key"] for each in server.saves}) == 2


def test_what_got_no_answer_is_sent_again_under_the_same_key_before_what_is_newer(page, server):
    server.answers = ["no answer"]
    page.get_by_label("Waarom").fill("eerst")
    page.get_by_label("Nee").focus()
    expect(page.locator("[data-save-problem]")).to_have_text("Er is geen verbinding.")
    expect(page.locator("#q-waarom [data-question-line]")).to_have_text("Nog niet opgeslagen.")
    page.get_by_label("Waarom").fill("daarna")
    page.evaluate("window.dispatchEvent(new Event('online'))")
    expect(page.locator("[name=r-waarom]")).to_have_value("2")
    assert [(each["r-waarom"], each["q-waarom"]) for each in server.saves] == [
        ("0", "eerst"),
        ("0", "eerst"),
        ("1", "daarna"),
    ]
    assert server.saves[0]["key"] == server.saves[1]["key"] != server.saves[2]["key"]
    expect(page.locator("[data-save-problem]")).to_be_empty()
    expect(page.locator("#q-waarom [data-question-line]")).to_be_empty()


def test_it_tries_again_by_itself(page, server):
    server.answers = ["no answer"]
    page.get_by_label("Ja").check()
    expect(page.locator("[name=r-budget]")).to_have_value("4")
    assert len(server.saves) == 2


def test_a_mistake_shows_at_the_field_and_is_not_sent_again_until_it_changes(page, server):
    server.answers = [lambda sent: tell(sent, status="invalid", revision=0, html="<p>Te lang.</p>")]
    page.get_by_label("Waarom").fill("x")
    page.get_by_label("Nee").focus()
    expect(page.locator("#q-waarom [data-question-messages]")).to_have_text("Te lang.")
    expect(page.get_by_label("Waarom")).to_have_attribute("aria-invalid", "true")
    expect(page.get_by_label("Waarom")).to_have_value("x")
    page.get_by_label("Waarom").focus()
    page.get_by_label("Nee").focus()
    page.get_by_label("Waarom").fill("y")
    page.get_by_label("Nee").focus()
    expect(page.locator("[name=r-waarom]")).to_have_value("1")
    expect(page.get_by_label("Waarom")).not_to_have_attribute("aria-invalid", "true")
    assert [each["q-waarom"] for each in server.saves] == ["x", "y"]


def test_after_a_conflict_the_next_words_still_start_from_what_was_seen(page, server):
    panel = '<section tabindex="-1" data-answer-conflict>Er zijn twee antwoorden.</section>'
    server.answers = [lambda sent: tell(sent, status="conflict", revision=3, html=panel)]
    page.get_by_label("Ja").check()
    expect(page.get_by_text("Er zijn twee antwoorden.")).to_be_visible()
    expect(page.get_by_label("Ja")).to_be_checked()
    page.get_by_label("Nee").check()
    expect(page.locator("[name=r-budget]")).to_have_value("4")
    assert server.saves[1]["r-budget"] == "3"


def test_who_is_signed_out_keeps_the_words_and_goes_on_after_signing_in_again(page, server):
    server.answers = [REFUSED]
    page.get_by_label("Waarom").fill("omdat")
    page.get_by_label("Nee").focus()
    expect(page.locator("[data-save-problem]")).to_have_text("U bent uitgelogd.")
    expect(page.locator("#q-waarom [data-question-line]")).to_have_text("Nog niet opgeslagen.")
    come_back(page)
    expect(page.locator("[name=r-waarom]")).to_have_value("1")
    expect(page.locator("[data-save-problem]")).to_be_empty()
    assert server.tokens == ["eerste", "tweede"]
    assert server.saves[0] == server.saves[1]


def test_nothing_is_saved_in_the_name_of_somebody_else_who_signed_in(page, server):
    server.answers = [REFUSED]
    server.around |= {"person": 8}
    page.get_by_label("Ja").check()
    expect(page.locator("[data-save-problem]")).to_have_text("U bent uitgelogd.")
    come_back(page)
    expect(page.locator("[data-save-problem]")).to_have_text("Er is iemand anders ingelogd.")
    expect(page.get_by_label("Ja")).to_be_checked()
    assert len(server.saves) == 1


def test_colleagues_and_what_they_changed_are_shown_quietly(page, server):
    server.around |= {
        "colleagues": "Cor kijkt mee.",
        "changes": {
            "budget": {"revision": 4, "line": "Cor wijzigde dit antwoord."},
            "waarom": {"revision": 0, "line": "Niet nieuw."},
        },
    }
    come_back(page)
    expect(page.locator("[data-colleagues]")).to_have_text("Cor kijkt mee.")
    expect(page.locator("#q-budget [data-question-line]")).to_have_text("Cor wijzigde dit antwoord.")
    expect(page.locator("#q-waarom [data-question-line]")).to_be_empty()


def come_back(page):
    page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")


def test_the_form_sends_only_what_could_not_be_saved(page, server):
    server.answers = [
        server.accept,
        lambda sent: tell(sent, status="invalid", revision=0, html="<p>Te lang.</p>"),
    ]
    page.get_by_label("Ja").check()
    expect(page.locator("[name=r-budget]")).to_have_value("4")
    page.get_by_label("Waarom").fill("x")
    page.get_by_role("button").click()
    page.wait_for_url("**/verder/")
    assert server.forms == ["csrfmiddlewaretoken=eerste&r-waarom=0&q-waarom=x&action=next"]


def test_the_form_waits_for_what_is_being_saved(page, server):
    page.get_by_label("Waarom").fill("omdat")
    page.get_by_role("button").click()
    page.wait_for_url("**/verder/")
    assert [each["q-waarom"] for each in server.saves] == ["omdat"]
    assert server.forms == ["csrfmiddlewaretoken=eerste&action=next"]


def test_without_a_connection_the_form_stays_where_it_is(page, server):
    server.answers = ["no answer"] * 3
    page.get_by_label("Waarom").fill("omdat")
    page.get_by_role("button").click()
    expect(page.locator("[data-save-problem]")).to_have_text("Er is geen verbinding.")
    assert server.forms == []
    expect(page.get_by_label("Waarom")).to_have_value("omdat")


def test_a_conflict_on_the_way_to_the_next_page_is_shown_first(page, server):
    panel = '<section tabindex="-1" data-answer-conflict>Er zijn twee antwoorden.</section>'
    server.answers = [lambda sent: tell(sent, status="conflict", revision=0, html=panel)]
    page.get_by_label("Waarom").fill("omdat")
    page.get_by_role("button").click()
    expect(page.locator("[data-answer-conflict]")).to_be_focused()
    assert server.forms == []
    page.get_by_role("button").click()
    page.wait_for_url("**/verder/")


@pytest.mark.parametrize(
    ("answers", "dialogs"), [([], []), (["no answer"] * 9, ["beforeunload"]), ([REFUSED], ["beforeunload"])]
)
def test_leaving_warns_only_while_something_cannot_be_sent(page, server, answers, dialogs):
    server.answers = answers
    seen = []
    page.on("dialog", lambda dialog: (seen.append(dialog.type), dialog.accept()))
    page.get_by_label("Ja").check()
    expect(page.locator("[data-save-status]")).to_have_text(re.compile("^(Opgeslagen om|Nog niet alles)"))
    page.goto("http://localhost:1/elders")
    assert seen == dialogs


def test_what_the_server_does_not_accept_stays_and_is_not_sent_over_and_over(page, server):
    page.route("**/bewaren/", lambda route: route.fulfill(status=400, body="<h1>Te groot</h1>"))
    page.get_by_label("Waarom").fill("x")
    page.get_by_label("Nee").focus()
    expect(page.locator("#q-waarom [data-question-line]")).to_contain_text("niet opgeslagen")
    expect(page.get_by_label("Waarom")).to_have_value("x")


def test_words_that_came_back_unsaved_wait_for_their_author(page, show):
    show(FORM.replace('data-question="waarom"', 'data-question="waarom" data-unsaved'))
    server = Server(page)
    page.get_by_label("Waarom").focus()
    page.get_by_label("Ja").check()
    expect(page.locator("[name=r-budget]")).to_have_value("4")
    page.get_by_role("button").click()
    page.wait_for_url("**/verder/")
    assert [without_key(each) for each in server.saves] == [{"r-budget": "3", "q-budget": "ja"}]
    assert "r-waarom=0" in server.forms[0]


def test_a_file_goes_with_the_form(page, show):
    show(FORM.replace('<textarea name="q-waarom"></textarea>', '<input type="file" name="q-waarom">'))
    server = Server(page)
    page.get_by_label("Waarom").set_input_files(
        {"name": "plan.txt", "mimeType": "text/plain", "buffer": b"Ons plan"}
    )
    expect(page.locator("#q-waarom [data-question-line]")).to_have_text(
        "Nog niet opgeslagen. Kies onderaan “Opslaan”."
    )
    page.get_by_role("button", name="Opslaan").click()
    page.wait_for_url("**/verder/")
    assert server.saves == []
    assert "r-waarom=0" in server.forms[0]


def test_nothing_is_kept_in_the_browser(page, server):
    page.get_by_label("Waarom").fill("geheim")
    page.get_by_label("Nee").focus()
    expect(page.locator("[name=r-waarom]")).to_have_value("1")
    kept = page.evaluate("JSON.stringify([Object.entries(localStorage), Object.entries(sessionStorage)])")
    assert json.loads(kept) == [[], []]
