"""The preview: what a respondent sees, with the route that the tried answers lead to, and nothing kept."""

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from surveys.drafts.draft_outline import outline_draft
from surveys.drafts.lifecycle import start_draft
from surveys.drafts.models import Draft
from surveys.drafts.preview import find_owner, make_preview_fields
from surveys.drafts.problems import list_problems
from surveys.questionnaire.lifecycle import publish_definition
from surveys.responses.models import Response
from tests.drafts.screens import link, sign_in
from tests.questionnaire.definition_strategies import definitions
from tests.questionnaire.definitions import read_every_kind
from tests.responses.factories import NOW


@pytest.fixture
def client() -> Client:
    return sign_in("run_waves")


@pytest.fixture
def draft() -> Draft:
    version = publish_definition(read_every_kind())
    return start_draft(survey="proef", title="Proef", based_on=version, by=None, at=NOW)


def list_hidden(client: Client, draft: Draft, section: str, data: dict[str, object]) -> dict[str, bool]:
    """Per question of the page: whether it waits for another answer."""
    response = client.post(link(draft, f"voorbeeld/{section}/"), data)
    assert response.status_code == 200
    return {field.code: field.is_hidden for field in response.context["fields"]}


@pytest.mark.django_db
def test_the_preview_shows_a_section_as_a_respondent_sees_it(client, draft):
    page = client.get(link(draft, "voorbeeld/werk/")).content.decode()
    for words in (
        "Dit is een voorbeeld.",
        "Over het werk.",
        "Doet u mee?",
        "Weet ik niet",
        'name="q-doet_mee"',
    ):
        assert words in page
    assert 'data-ask-if="[{&quot;question&quot;: &quot;doet_mee&quot;' in page
    assert "data-autosave" not in page


@pytest.mark.django_db
def test_a_tried_answer_opens_the_follow_up_without_a_script(client, draft):
    seen = {"r-doet_mee": "0", "r-manieren": "0"}
    assert list_hidden(client, draft, "werk", seen)["manieren"]
    assert not list_hidden(client, draft, "werk", seen | {"q-doet_mee": "ja"})["manieren"]


@pytest.mark.django_db
def test_tried_answers_travel_to_the_other_sections_and_back(client, draft):
    tried = {"r-doet_mee": "0", "q-doet_mee": "ja", "r-manieren": "0", "q-manieren": ["alleen", "samen"]}
    assert not list_hidden(client, draft, "cijfers", tried)["fte"]
    page = client.post(link(draft, "voorbeeld/cijfers/"), tried).content.decode()
    for name, value in (("q-doet_mee", "ja"), ("q-manieren", "alleen"), ("q-manieren", "samen")):
        assert f'<input type="hidden" name="{name}" value="{value}">' in page
    assert list_hidden(client, draft, "cijfers", tried | {"q-doet_mee": "nee"})["fte"]


@pytest.mark.django_db
def test_a_mistake_is_shown_as_to_a_respondent_and_nothing_is_kept(client, draft):
    data = {"r-kosten": "0", "q-kosten": "heel veel", "q-onzin": "onzin", "r-onzin": "9"}
    page = client.post(link(draft, "voorbeeld/cijfers/"), data).content.decode()
    assert "kunnen wij niet als getal lezen" in page
    assert "heel veel" in page
    assert not Response.objects.exists()
    assert Draft.objects.get().revision == 1


def test_a_field_belongs_to_the_longest_code_that_fits():
    codes = ["a", "a-b", "a-b-c"]
    assert [
        find_owner(name, codes=codes) for name in ("q-a", "r-a-b", "q-a-b-c-other-x", "q-a-x", "q-z")
    ] == [
        "a",
        "a-b",
        "a-b-c",
        "a",
        None,
    ]


@given(st.data())
def test_every_definition_can_be_looked_at(data):
    """Outline and preview show whatever can be made."""
    definition = data.draw(definitions())
    problems = list_problems(definition, former=None, core=())
    outlined = outline_draft(definition, problems=problems, core=(), measures={})
    assert [part.section for part in outlined] == list(definition.sections)
    for section in definition.sections:
        fields = make_preview_fields(section, definition=definition, tried={}, at=NOW)
        assert [field.code for field in fields] == [question.code for question in section.questions]
        for field in fields:
            assert field.table is not None if field.kind == "matrix" else field.choices is not None
