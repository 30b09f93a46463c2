"""Two researchers at the very same moment, each with a connection of their own."""

from dataclasses import replace
from functools import partial

import pytest

from surveys.drafts.bank import put_in_bank
from surveys.drafts.editing import EditRefused, replace_question
from surveys.drafts.lifecycle import DraftChanged, edit_draft, publish_draft, start_draft
from surveys.drafts.models import BankQuestion, Draft
from surveys.drafts.queries import load_draft_definition
from surveys.questionnaire.lifecycle import publish_definition
from surveys.questionnaire.models import QuestionnaireVersion
from tests.harness.together import run_together
from tests.questionnaire.definitions import read_every_kind

pytestmark = pytest.mark.django_db(transaction=True)


def start() -> Draft:
    version = QuestionnaireVersion.objects.first() or publish_definition(read_every_kind())
    return start_draft(survey="proef", title="Proef", based_on=version, by=None)


def test_of_two_who_saw_the_same_one_is_kept_and_the_other_is_told():
    pk = start().pk

    def edit(text: str) -> object:
        draft = Draft.objects.get(pk=pk)
        question = replace(load_draft_definition(draft).questions["deel"], help=text)
        change = partial(replace_question, code="deel", question=question)
        edit_draft(draft, revision=1, edit=change, action="drafts.change_question", by=None)
        return text

    results = run_together(partial(edit, "Een"), partial(edit, "Twee"), refusals=(DraftChanged, EditRefused))

    assert sum(isinstance(result, DraftChanged) for result in results) == 1
    kept = Draft.objects.get(pk=pk)
    assert kept.revision == 2
    assert load_draft_definition(kept).questions["deel"].help in results


def test_two_drafts_that_are_published_together_become_two_versions():
    drafts = [start().pk, start().pk]

    def publish(pk: int) -> object:
        return publish_draft(Draft.objects.get(pk=pk), revision=1, by=None).number

    assert sorted(run_together(*(partial(publish, pk) for pk in drafts))) == [2, 3]


def test_one_draft_is_published_once():
    pk = start().pk

    def publish() -> object:
        return publish_draft(Draft.objects.get(pk=pk), revision=1, by=None).number

    results = run_together(publish, publish, refusals=(DraftChanged, EditRefused))
    assert sum(isinstance(result, EditRefused) for result in results) == 1
    assert QuestionnaireVersion.objects.count() == 2


def test_a_code_enters_the_bank_once():
    question = read_every_kind().questions["fte"]
    results = run_together(
        *[lambda: put_in_bank(question, by=None)] * 2, refusals=(DraftChanged, EditRefused)
    )
    assert sum(isinstance(result, EditRefused) for result in results) == 1
    assert BankQuestion.objects.count() == 1
