"""The screens of the bank and of the core questions."""

import pytest
from django.test import Client

from surveys.drafts.bank import put_in_bank
from surveys.drafts.lifecycle import lock_core_question, start_draft
from surveys.drafts.models import BankQuestion, CoreQuestion, Draft
from surveys.questionnaire.lifecycle import publish_definition
from surveys.questionnaire.models import QuestionnaireVersion
from surveys.questionnaire.queries import load_definition
from tests.drafts.screens import LIST, link, list_places, load, sign_in
from tests.questionnaire.definitions import read_every_kind
from tests.responses.factories import NOW, read

pytestmark = pytest.mark.django_db


@pytest.fixture
def client() -> Client:
    return sign_in("run_waves", "unlock_core_question")


@pytest.fixture
def version() -> QuestionnaireVersion:
    return publish_definition(read_every_kind())


@pytest.fixture
def draft(version) -> Draft:
    return start_draft(survey="proef", title="Proef", based_on=version, by=None, at=NOW)


# --- The bank ------------------------------------------------------------------------------------


def test_a_question_goes_into_the_bank_and_comes_out_with_a_free_code(client, draft):
    data = {"code": "fte", "measure": "", "note": "Goede vraag"}
    response = client.post(link(draft, "vraag/fte/naar-bank/"), data | {"revision": 1})
    assert response.url == link(draft, "vraag/fte/")
    banked = BankQuestion.objects.get()
    assert "Goede vraag" in read(client, f"{LIST}vragenbank/?q=goede")
    assert "Geen vraag met “onzin”" in read(client, f"{LIST}vragenbank/?q=onzin")
    taken = client.post(link(draft, "onderdeel/werk/uit-bank/"), {"revision": 1, "banked": banked.pk})
    assert taken.url == link(draft, "#vraag-fte_2")
    assert list_places(draft)["werk"][-1] == "fte_2"


def test_a_question_is_banked_under_a_code_of_its_own(client, draft):
    put_in_bank(load(draft).questions["fte"], by=None)
    data = {"code": "fte", "measure": "", "note": "", "revision": 1}
    response = client.post(link(draft, "vraag/fte/naar-bank/"), data)
    assert response.status_code == 422
    assert "al een vraag met de sleutel" in response.content.decode()
    client.post(link(draft, "vraag/fte/naar-bank/"), data | {"code": "fte_anders"})
    assert [each.code for each in BankQuestion.objects.all()] == ["fte", "fte_anders"]
    assert load(draft).questions["fte"]


@pytest.mark.parametrize("banked", ["", "onzin", "9999", "9" * 30])
def test_what_is_not_in_the_bank_is_not_taken(client, draft, banked):
    response = client.post(link(draft, "onderdeel/werk/uit-bank/"), {"revision": 1, "banked": banked})
    assert response.status_code == 404


def test_a_question_leaves_the_bank(client, draft):
    banked = put_in_bank(load(draft).questions["fte"], by=None)
    client.post(f"{LIST}vragenbank/{banked.pk}/weghalen/")
    assert not BankQuestion.objects.exists()


@pytest.mark.parametrize("number", [1, 3])
def test_the_bank_asks_as_many_queries_however_much_is_in_it(client, number, django_assert_num_queries):
    questions = list(read_every_kind().questions.values())
    for question in questions[:number]:
        put_in_bank(question, by=None)
    client.get(f"{LIST}vragenbank/")
    with django_assert_num_queries(11):
        client.get(f"{LIST}vragenbank/")


@pytest.mark.parametrize("number", [1, 3])
def test_choosing_from_the_bank_asks_as_many_queries_however_much_is_in_it(
    client, draft, number, django_assert_num_queries
):
    for question in list(read_every_kind().questions.values())[:number]:
        put_in_bank(question, by=None)
    choose = link(draft, f"onderdeel/{load(draft).sections[0].code}/uit-bank/")
    client.get(choose)
    with django_assert_num_queries(12):
        client.get(choose)


# --- Core questions ------------------------------------------------------------------------------


def test_a_question_is_locked_and_unlocked(client, draft):
    client.post(f"{LIST}kernvragen/vastzetten/", {"question": "proef.fte", "reason": "Lange reeks"})
    core = CoreQuestion.objects.get()
    assert "Lange reeks" in read(client, f"{LIST}kernvragen/")
    response = client.post(link(draft, "vraag/fte/weghalen/"), {"revision": 1})
    assert response.status_code == 422
    assert "vastgezet als kernvraag" in response.content.decode()
    client.post(f"{LIST}kernvragen/{core.pk}/losmaken/")
    assert client.post(link(draft, "vraag/deel/weghalen/"), {"revision": 1}).status_code == 302
    assert "deel" not in load(draft).questions


@pytest.mark.parametrize("number", [1, 3])
def test_core_questions_take_as_many_queries_however_many_there_are(
    client, version, number, django_assert_num_queries
):
    for question in list(load_definition(version).questions)[:number]:
        lock_core_question(version.survey, question=question, reason="Reeks", by=None)
    client.get(f"{LIST}kernvragen/")
    with django_assert_num_queries(11):
        client.get(f"{LIST}kernvragen/")


@pytest.mark.parametrize("question", ["", "onzin", "proef.onzin", "ander.fte"])
def test_only_what_is_asked_can_be_locked(client, version, question):
    data = {"question": question, "reason": "Reeks"}
    assert client.post(f"{LIST}kernvragen/vastzetten/", data).status_code == 422
