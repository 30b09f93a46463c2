"""The screens around a draft: list, start, outline, sections, moving and publishing."""

from dataclasses import replace
from datetime import timedelta
from functools import partial

import pytest
from django.test import Client
from django.urls import reverse

from surveys.accounts.models import Person
from surveys.drafts.draft_views import DraftListView
from surveys.drafts.editing import add_question, replace_question
from surveys.drafts.lifecycle import edit_draft, lock_core_question, start_draft
from surveys.drafts.models import CoreQuestion, Draft
from surveys.questionnaire.definition import QuestionDefinition
from surveys.questionnaire.lifecycle import publish_definition
from surveys.questionnaire.models import QuestionnaireVersion
from tests.drafts.screens import LIST, change_elsewhere, link, list_places, load, sign_in
from tests.questionnaire.definitions import read_composed_kinds, read_every_kind
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


# --- Who may come in -----------------------------------------------------------------------------

PATHS = [
    "", "nieuw/", "vragenbank/", "kernvragen/", "kernvragen/vastzetten/", "1/", "1/titel/", "1/weggooien/",
    "1/publiceren/", "1/voorbeeld/werk/", "1/onderdeel-toevoegen/", "1/onderdeel/werk/",
    "1/onderdeel/werk/weghalen/", "1/onderdeel/werk/soort-vraag/", "1/onderdeel/werk/vraag-toevoegen/?kind=text",
    "1/onderdeel/werk/uit-bank/", "1/vraag/fte/", "1/vraag/fte/weghalen/", "1/vraag/fte/naar-bank/",
]  # fmt: skip


@pytest.mark.parametrize("path", PATHS)
def test_every_screen_opens_for_who_may_and_for_nobody_else(draft, path):
    path = LIST + path.replace("1/", f"{draft.pk}/", 1)
    assert sign_in("run_waves", "unlock_core_question").get(path).status_code == 200
    Person.objects.get(email="noor@voorbeeld.example").delete()
    refused = sign_in("watch_responses").get(path)
    assert (refused.status_code, refused.url) == (302, reverse("wagtailadmin_home"))


@pytest.mark.parametrize(
    "path",
    ["9999/", "1/vraag/onzin/", "1/vraag/onzin/weghalen/", "1/vraag/onzin/naar-bank/", "1/onderdeel/onzin/",
     "1/onderdeel/onzin/weghalen/", "1/onderdeel/onzin/vraag-toevoegen/?kind=text", "1/voorbeeld/onzin/",
     "1/onderdeel/onzin/uit-bank/", "vragenbank/9999/weghalen/", "kernvragen/9999/losmaken/"],
)  # fmt: skip
def test_what_does_not_exist_is_not_found(client, draft, path):
    assert client.get(LIST + path.replace("1/", f"{draft.pk}/", 1)).status_code == 404


def test_locking_asks_for_a_permission_of_its_own(version):
    core = lock_core_question(version.survey, question="fte", reason="Reeks.", by=None)
    client = sign_in("run_waves")
    assert "Losmaken" not in read(client, f"{LIST}kernvragen/")
    for path in ("kernvragen/vastzetten/", f"kernvragen/{core.pk}/losmaken/"):
        assert client.post(LIST + path, {"question": "proef.deel", "reason": "Zomaar"}).status_code == 302
    assert [each.question for each in CoreQuestion.objects.all()] == ["fte"]


# --- The list and the beginning ------------------------------------------------------------------


def test_the_list_shows_drafts_and_versions(client, draft):
    page = read(client, LIST)
    for words in ("Proef, versie 1", "Begin hiermee", "Kernvragen", "Vragenbank"):
        assert words in page


def test_drafts_and_versions_are_paged_each_by_itself(client, version, monkeypatch):
    monkeypatch.setattr(DraftListView, "rows_per_page", 1)
    for day, survey in enumerate(("eerste", "tweede")):
        start_draft(survey=survey, title="Proef", based_on=version, by=None, at=NOW + timedelta(days=day))
    first, second = (client.get(f"{LIST}?concepten={page}").content.decode() for page in (1, 9))
    assert "<code>tweede</code>" in first
    assert '<a href="?concepten=2#concepten-section">' in first
    assert "<code>eerste</code>" in second
    assert "<code>tweede</code>" not in second
    for page in (first, second):
        assert "Proef, versie 1" in page
        assert "Bladeren door de versies" not in page


@pytest.mark.parametrize("number", [1, 3])
def test_the_list_asks_as_many_queries_however_long_it_is(client, version, number, django_assert_num_queries):
    for place in range(number):
        start_draft(survey=f"proef{place}", title="Proef", based_on=version, by=None)
    client.get(LIST)
    with django_assert_num_queries(13):
        client.get(LIST)


def test_a_draft_begins_empty_or_with_a_version(client, version):
    assert (
        f'value="{version.pk}" selected' in client.get(f"{LIST}nieuw/?versie={version.pk}").content.decode()
    )
    data = {"title": "Nieuw", "survey": "proef", "based_on": version.pk}
    response = client.post(f"{LIST}nieuw/", data)
    draft = Draft.objects.get()
    assert (response.url, str(draft.started_by)) == (link(draft), "Noor Bakker")
    assert list_places(draft)["werk"] == ["doet_mee", "manieren"]
    client.post(f"{LIST}nieuw/", {"title": "Leeg", "survey": "leeg", "based_on": ""})
    assert list_places(Draft.objects.get(survey_code="leeg")) == {}


@pytest.mark.parametrize("number", ["onzin", "999999999999999999999", "0", "²"])
def test_an_unknown_version_to_begin_with_is_no_version(client, number):
    assert client.get(f"{LIST}nieuw/?versie={number}").status_code == 200


def test_what_is_wrong_with_a_beginning_stays_to_be_corrected(client):
    response = client.post(f"{LIST}nieuw/", {"title": "Mijn titel", "survey": "Met Spatie"})
    assert response.status_code == 422
    assert "Mijn titel" in response.content.decode()
    assert "Begin met een kleine letter" in response.content.decode()


# --- The outline ---------------------------------------------------------------------------------


def test_the_outline_shows_questions_conditions_and_problems(client, draft, version):
    lock_core_question(version.survey, question="sinds", reason="Reeks.", by=None)
    page = read(client, link(draft))
    for words in (
        "Hoeveel fte?",
        "Alleen na “Ja” bij de vraag “Doet u mee?”",
        "kernvraag",
        "Er zijn geen problemen",
    ):
        assert words in page
    question = replace(load(draft).questions["fte"], text="")
    edit_draft(
        draft,
        revision=1,
        edit=partial(replace_question, code="fte", question=question),
        action="drafts.change_question",
        by=None,
    )
    page = read(client, link(draft))
    assert "Eerst oplossen: vraag fte : “Tekst” ontbreekt." in page
    assert "Vraag gewijzigd" in page


@pytest.mark.parametrize("copies", [1, 3])
def test_the_outline_asks_as_many_queries_however_long_it_is(
    client, draft, copies, django_assert_num_queries
):
    for place in range(copies):
        question = QuestionDefinition(f"extra_{place}", "text", f"Extra {place}?", "recommended")
        edit_draft(
            draft,
            revision=draft.revision,
            edit=partial(add_question, question=question, section="werk"),
            action="drafts.add_question",
            by=None,
        )
    client.get(link(draft))
    with django_assert_num_queries(17):
        client.get(link(draft))


def test_every_kind_of_question_has_its_place_in_outline_and_preview(client):
    definition = replace(read_composed_kinds(), survey="samen")
    draft = start_draft(survey="samen", title="Samen", based_on=publish_definition(definition), by=None)
    assert "Hoeveel kostte welke zorg?" in read(client, link(draft))
    for code in definition.questions:
        assert client.get(link(draft, f"vraag/{code}/")).status_code == 200
    assert "Stuur uw plan mee" in read(client, link(draft, "voorbeeld/jeugdhulp/"))


# --- Sections ------------------------------------------------------------------------------------


def test_a_section_is_added_changed_and_removed(client, draft):
    data = {"revision": 1, "title": "Slot", "code": "slot", "measure": "", "intro": "Tot slot.", "more": ""}
    response = client.post(link(draft, "onderdeel-toevoegen/"), data)
    assert response.url == link(draft, "#onderdeel-slot")
    client.post(link(draft, "onderdeel/slot/"), data | {"revision": 2, "code": "einde", "title": "Einde"})
    assert (load(draft).sections[-1].code, load(draft).sections[-1].title) == ("einde", "Einde")
    client.post(link(draft, "onderdeel/einde/weghalen/"), {"revision": 3})
    assert list(list_places(draft)) == ["werk", "cijfers"]


def test_a_section_that_others_need_is_not_removed(client, draft):
    response = client.post(link(draft, "onderdeel/werk/weghalen/"), {"revision": 1})
    assert response.status_code == 422
    assert "verwijst ernaar" in response.content.decode()


def test_who_is_second_keeps_what_was_typed_and_may_save_it_after_looking(client, draft):
    change_elsewhere(draft)
    data = {"revision": 1, "title": "Mijn titel", "code": "werk", "intro": "Mijn woorden."}
    response = client.post(link(draft, "onderdeel/werk/"), data)
    page = response.content.decode()
    assert response.status_code == 409
    for words in (
        "Otto Berg heeft dit concept intussen gewijzigd",
        "Mijn titel",
        "Mijn woorden.",
        "Over het werk.",
    ):
        assert words in page
    assert load(draft).sections[0].title == "Werk"
    assert 'name="revision" value="2"' in page
    assert client.post(link(draft, "onderdeel/werk/"), data | {"revision": 2}).status_code == 302
    assert load(draft).questions["deel"].help == "Van een ander."


def test_a_field_to_correct_does_not_hide_that_somebody_else_was_first(client, draft):
    change_elsewhere(draft)
    data = {"revision": 1, "title": "", "code": "werk", "intro": "Mijn woorden."}
    response = client.post(link(draft, "onderdeel/werk/"), data)
    assert response.status_code == 422
    assert 'name="revision" value="1"' in response.content.decode()
    assert client.post(link(draft, "onderdeel/werk/"), data | {"title": "Mijn titel"}).status_code == 409


@pytest.mark.parametrize("revision", ["", "onzin", "-1", "9" * 30])
def test_a_form_that_does_not_say_what_it_saw_changes_nothing(client, draft, revision):
    data = {"revision": revision, "title": "Anders", "source": ""}
    assert client.post(link(draft, "titel/"), data).status_code == 409
    assert load(draft).title == "Proef"


def test_title_and_source_are_changed(client, draft):
    client.post(link(draft, "titel/"), {"revision": 1, "title": "Anders", "source": "Bedacht"})
    assert (load(draft).title, load(draft).source, Draft.objects.get().title) == (
        "Anders",
        "Bedacht",
        "Anders",
    )


# --- Moving --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("data", "places"),
    [
        ({"move": "question.manieren.up"}, ["manieren", "doet_mee"]),
        ({"move": "question.manieren.down"}, ["doet_mee"]),
        ({"move": "question.deel.to", "section": "werk", "position": "1"}, ["doet_mee", "deel", "manieren"]),
        ({"move": "question.deel.to", "section": "werk"}, ["doet_mee", "manieren", "deel"]),
    ],
)
def test_a_question_moves_and_the_page_comes_back_at_it(client, draft, data, places):
    response = client.post(link(draft, "volgorde/"), {"revision": 1} | data)
    assert response.url == link(draft, f"#vraag-{data['move'].split('.')[1]}")
    assert list_places(draft)["werk"] == places


def test_a_section_moves(client, draft):
    client.post(link(draft, "volgorde/"), {"revision": 1, "move": "section.cijfers.to", "position": "0"})
    assert list(list_places(draft)) == ["cijfers", "werk"]


@pytest.mark.parametrize(
    "move", ["", "onzin", "question.onzin.up", "question.fte.onzin", "question.fte.to", "a.b.c.d"]
)
def test_a_move_that_means_nothing_changes_nothing(client, draft, move):
    response = client.post(link(draft, "volgorde/"), {"revision": 1, "move": move}, follow=True)
    assert "Dit is niet verplaatst" in response.content.decode()
    assert Draft.objects.get().revision == 1


def test_a_move_after_somebody_else_changed_something_is_told(client, draft):
    change_elsewhere(draft)
    data = {"revision": 1, "move": "question.manieren.up"}
    response = client.post(link(draft, "volgorde/"), data, follow=True)
    assert "Otto Berg heeft dit concept intussen gewijzigd" in response.content.decode()


# --- Publishing and throwing away ----------------------------------------------------------------


def test_publishing_shows_what_changes_and_asks(client, draft):
    definition = load(draft)
    question = replace(definition.questions["fte"], unit="uren", change="meaning")
    edit_draft(
        draft,
        revision=1,
        edit=partial(replace_question, code="fte", question=question),
        action="drafts.change_question",
        by=None,
    )
    page = read(client, link(draft, "publiceren/"))
    assert "publiceren als versie 2" in page
    assert "andere betekenis (trendbreuk" in page
    assert QuestionnaireVersion.objects.count() == 1
    response = client.post(link(draft, "publiceren/"), {"revision": 2})
    assert response.url == "/beheer/vragenlijst/proef/2/"
    assert "verandert niet meer" in read(client, link(draft))


def test_with_problems_there_is_nothing_to_press_and_pressing_is_refused(client, draft):
    question = replace(load(draft).questions["fte"], decimals=9)
    edit_draft(
        draft,
        revision=1,
        edit=partial(replace_question, code="fte", question=question),
        action="drafts.change_question",
        by=None,
    )
    page = read(client, link(draft, "publiceren/"))
    assert "U kunt publiceren als de problemen" in page
    assert "Annuleren" not in page
    response = client.post(link(draft, "publiceren/"), {"revision": 2})
    assert response.status_code == 422
    assert QuestionnaireVersion.objects.count() == 1


def test_who_publishes_what_somebody_else_changed_looks_again(client, draft):
    change_elsewhere(draft)
    response = client.post(link(draft, "publiceren/"), {"revision": 1})
    assert response.status_code == 409
    assert "Er is niets gepubliceerd" in response.content.decode()
    assert QuestionnaireVersion.objects.count() == 1


def test_a_draft_is_thrown_away_after_asking(client, draft):
    assert "voorgoed weg" in read(client, link(draft, "weggooien/"))
    assert client.post(link(draft, "weggooien/"), {"revision": 1}).url == LIST
    assert not Draft.objects.exists()


def test_a_published_draft_cannot_be_changed_from_a_page_that_was_still_open(client, draft):
    client.post(link(draft, "publiceren/"), {"revision": 1})
    response = client.post(link(draft, "titel/"), {"revision": 2, "title": "Toch anders", "source": ""})
    assert response.status_code == 422
    assert "is gepubliceerd en verandert niet meer" in response.content.decode()
    assert "Toch anders" in response.content.decode()
