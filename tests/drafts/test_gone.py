"""A form that is sent after what it is about was thrown away: nothing typed is lost without a word."""

from functools import partial

import pytest
from bs4 import BeautifulSoup

from surveys.drafts.editing import remove_question
from surveys.drafts.lifecycle import discard_draft, edit_draft, start_draft
from surveys.drafts.models import Draft
from surveys.questionnaire.lifecycle import publish_definition
from tests.drafts.screens import LIST, link, sign_in
from tests.questionnaire.definitions import read_every_kind
from tests.responses.factories import NOW

pytestmark = pytest.mark.django_db

LONG = "Hoeveel mensen werken er?\nTel ook wie <minder> werkt."


@pytest.fixture
def draft() -> Draft:
    version = publish_definition(read_every_kind())
    return start_draft(survey="proef", title="Proef", based_on=version, by=None, at=NOW)


@pytest.fixture
def client():
    return sign_in("run_waves")


def discard(draft):
    """Somebody else does; the draft of the test keeps its number."""
    discard_draft(Draft.objects.get(pk=draft.pk), revision=1, by=None)


def send(client, url, **data):
    answer = client.post(url, {"revision": 1, "kind": "text", "options-TOTAL_FORMS": "0", "help": "", **data})
    return answer, BeautifulSoup(answer.content, "html.parser").main


@pytest.mark.parametrize(
    "path", ["vraag/deel/", "onderdeel/werk/vraag-toevoegen/", "titel/", "onderdeel/werk/"]
)
def test_after_the_draft_was_discarded_everything_typed_comes_back(client, draft, path):
    discard(draft)
    answer, page = send(client, link(draft, path), text=LONG, **{"options-0-code": "eerste"})
    assert answer.status_code == 404
    assert "Dit concept bestaat niet meer. Iemand heeft het weggegooid." in page.get_text()
    assert [each.get_text() for each in page.find_all("dt")] == ["Tekst", "Sleutel"]
    assert [each.get_text("\n") for each in page.find_all("dd")] == [LONG, "eerste"]
    assert page.find("a", string="Naar de vragenlijsten")["href"] == LIST


def test_after_the_question_was_removed_the_page_says_that(client, draft):
    remove = partial(remove_question, code="deel")
    edit_draft(draft, revision=1, edit=remove, action="drafts.remove_question", by=None)
    answer, page = send(client, link(draft, "vraag/deel/naar-bank/"), note="Voor later")
    assert answer.status_code == 404
    assert "Deze vraag staat niet meer in het concept." in page.get_text()
    assert "Voor later" in page.get_text()


def test_where_nothing_was_typed_there_is_nothing_to_give_back(client, draft):
    discard(draft)
    for answer in (client.get(link(draft)), client.post(link(draft, "weggooien/"), {"revision": 1})):
        assert answer.status_code == 404
        assert "Uw wijziging is niet bewaard" not in answer.text


def test_without_the_permission_the_page_tells_nothing(draft):
    discard(draft)
    answer = sign_in("watch_responses").post(link(draft, "titel/"), {"title": "Nieuw"})
    assert answer.status_code == 302
