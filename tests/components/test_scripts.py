"""The behaviours of static/js in a real browser. Journeys prove that everything also works without them."""

import json

import pytest
from playwright.sync_api import expect

CONDITION = json.dumps([{"question": "budget", "any_of": ["ja", "deels"]}])
CHAINED = json.dumps([{"question": "sinds", "any_of": ["2021"]}])
ELSEWHERE = json.dumps([{"question": "ander_onderdeel", "any_of": ["ja"]}])
SURVEY = f"""<form data-warn-unsaved method="post">
  <label><input type="radio" name="q-budget" value="ja"> Ja</label>
  <label><input type="radio" name="q-budget" value="deels"> Deels</label>
  <label><input type="radio" name="q-budget" value="nee" checked> Nee</label>
  <div data-ask-if='{CONDITION}' hidden><label>Sinds <input name="q-sinds" value="2021"></label></div>
  <div data-ask-if='{CHAINED}' hidden><label>Waarom toen <input name="q-waarom"></label></div>
  <div data-ask-if='{ELSEWHERE}' hidden><label>Elders <input name="q-elders"></label></div>
  <button>Opslaan</button>
</form>"""


@pytest.mark.parametrize("answer", ["Ja", "Deels"])
def test_follow_up_appears_with_a_fitting_answer_and_goes_with_another(show, answer):
    page = show(SURVEY)
    page.get_by_label(answer).check()
    expect(page.get_by_label("Sinds")).to_be_visible()
    page.get_by_label("Nee").check()
    expect(page.get_by_label("Sinds")).to_be_hidden()


def test_hidden_question_keeps_its_answer_but_opens_nothing(show):
    page = show(SURVEY)
    expect(page.get_by_label("Waarom toen")).to_be_hidden()
    page.get_by_label("Ja").check()
    expect(page.get_by_label("Sinds")).to_have_value("2021")
    expect(page.get_by_label("Waarom toen")).to_be_visible()


def test_condition_on_another_page_is_left_to_the_server(show):
    page = show(SURVEY)
    page.get_by_label("Ja").check()
    expect(page.get_by_label("Sinds")).to_be_visible()
    expect(page.get_by_label("Elders")).to_be_hidden()


@pytest.mark.parametrize(("change", "dialogs"), [(True, ["beforeunload"]), (False, [])])
def test_leaving_warns_only_after_a_change(show, change, dialogs):
    page = show(SURVEY)
    seen = []
    page.on("dialog", lambda dialog: (seen.append(dialog.type), dialog.accept()))
    if change:
        page.get_by_label("Ja").check()
    page.goto("http://localhost:1/elsewhere")
    assert seen == dialogs


def test_saving_does_not_warn(show):
    page = show(SURVEY)
    seen = []
    page.on("dialog", lambda dialog: (seen.append(dialog.type), dialog.accept()))
    page.get_by_label("Ja").check()
    with page.expect_navigation():
        page.get_by_role("button").click()
    assert seen == []


def test_error_summary_gets_focus(show):
    page = show('<a href="/">Eerst</a><div tabindex="-1" data-error-summary>Kijk dit na</div>')
    expect(page.locator("[data-error-summary]")).to_be_focused()


FILTER = """<form data-autosubmit><p data-autosubmit-hint hidden>Past zich aan</p>
<label><input type="checkbox" name="maatregel" value="a" id="filter-a"> Maatregel</label>
<label>Zoek <input type="search" name="q" id="zoek"></label><button>Toon</button></form>"""


def test_filter_works_at_once_on_a_wide_screen_and_keeps_focus(show):
    page = show(FILTER)
    expect(page.get_by_text("Past zich aan")).to_be_visible()
    page.get_by_label("Maatregel").check()
    page.wait_for_url("**/?maatregel=a&q=")
    expect(page.get_by_label("Maatregel")).to_be_focused()


def test_filter_waits_for_its_button_on_a_phone(show, page):
    page.set_viewport_size({"width": 360, "height": 800})
    show(FILTER)
    page.get_by_label("Maatregel").check()
    expect(page.get_by_text("Past zich aan")).to_be_hidden()
    assert "maatregel" not in page.url
    page.get_by_role("button").click()
    page.wait_for_url("**/?maatregel=a&q=")


PROGRESS = """<div data-progress-url="/status/"><progress max="100" value="0" aria-label="Voortgang"></progress>
<p role="status" data-progress-status>Wacht</p><a data-progress-link hidden>Bestand ophalen</a></div>"""


def answer_progress(page, *answers):
    remaining = list(answers)

    def answer(route):
        status, body = remaining.pop(0)
        route.fulfill(status=status, body=json.dumps(body), content_type="application/json")

    page.route("**/status/", answer)
    return remaining


def build_job(status, *, progress=0, message="", file_url=None):
    return 200, {"status": status, "progress": progress, "message": message, "file_url": file_url}


def test_progress_is_followed_until_the_file_is_there(show, page):
    # The route of the status has to come after the one of the page: Playwright asks the newest first.
    page = show("")
    remaining = answer_progress(
        page,
        build_job("running", progress=40, message="Vraag 4 van 10"),
        build_job("done", progress=100, message="Klaar", file_url="/bestand/"),
    )
    attach(page, PROGRESS)
    expect(page.get_by_role("link", name="Bestand ophalen")).to_have_attribute("href", "/bestand/")
    expect(page.get_by_role("status")).to_have_text("Klaar")
    expect(page.get_by_role("progressbar")).to_have_js_property("value", 100)
    assert remaining == []


def test_progress_recovers_from_a_server_that_was_away(show):
    page = show("")
    answer_progress(page, (503, {}), build_job("done", progress=100, message="Klaar", file_url="/bestand/"))
    attach(page, PROGRESS)
    expect(page.get_by_role("status")).to_have_text("Klaar")


def test_progress_stops_asking_when_it_may_not_know(show):
    page = show("")
    answer_progress(page, (404, {}))
    attach(page, PROGRESS)
    expect(page.get_by_role("status")).to_contain_text("niet op te vragen")
    expect(page.get_by_role("link", name="Bestand ophalen")).to_be_hidden()


def attach(page, html):
    """Put the progress on a page whose routes are ready, and start following it."""
    page.evaluate(
        """async (html) => {
            document.querySelector("main").innerHTML = html;
            const { attachProgress } = await import("/static/js/progress.js");
            attachProgress(document);
        }""",
        html,
    )
