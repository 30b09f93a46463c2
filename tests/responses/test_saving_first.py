"""The first answers of an organisation: they begin its response."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.contrib.contenttypes.models import ContentType
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from wagtail.log_actions import LogContext, log  # noqa: TID251 - what our own line is compared with
from wagtail.models import ModelLogEntry

from surveys.accounts.models import Organisation
from surveys.questionnaire.lifecycle import close_wave, publish_definition
from surveys.questionnaire.models import Wave
from surveys.questionnaire.queries import load_codes, load_definition, load_families
from surveys.responses.lifecycle.refusals import ActionRefused, WaveClosed
from surveys.responses.lifecycle.saving import AnswerChange, save_first_answers
from surveys.responses.models import AnswerRevision, Response
from surveys.responses.queries import load_answers
from tests.responses.factories import (
    MEMBER,
    NOW,
    OTHER_MEMBER,
    choose,
    make_definition,
    make_person,
    make_question,
    make_response,
    make_wave,
    write,
)

pytestmark = pytest.mark.django_db
CONTROL = ("SAVEPOINT", "RELEASE SAVEPOINT", "ROLLBACK", "BEGIN", "COMMIT")


def save_first(wave, *changes, organisation=MEMBER, by=None):
    return save_first_answers(
        wave, organisation=Organisation.objects.get(pk=organisation), changes=changes, by=by, at=NOW
    )


def test_they_stand_in_a_new_response_with_their_history_and_routes():
    gerda = make_person("Gerda")
    response, outcome = save_first(
        make_wave(),
        AnswerChange("beperkt", choose("nee"), 0),
        AnswerChange("hoe", choose("school", "wijk"), 0),
        by=gerda,
    )
    assert outcome.saved == ["beperkt", "hoe"]
    assert outcome.revisions == {("beperkt", ""): 1, ("hoe", ""): 1}
    stored = load_answers(response)
    assert {code: (each.value, each.is_routed) for code, each in stored.items()} == {
        "beperkt": (choose("nee"), True),
        "hoe": (choose("school", "wijk"), False),
    }
    assert (response.started_by, response.started_at, response.status) == (gerda, NOW, "draft")
    assert [each.municipality_id for each in response.coverage.all()] == [MEMBER]
    assert list(
        AnswerRevision.objects.values_list("answer__question__code", "number", "saved_by").order_by("pk")
    ) == [("beperkt", 1, gerda.pk), ("hoe", 1, gerda.pk)]
    assert [each.action for each in ModelLogEntry.objects.filter(action="response.start")] == [
        "response.start"
    ]


def test_what_is_refused_begins_nothing():
    wave = make_wave()
    with pytest.raises(ActionRefused):
        save_first(wave, AnswerChange("beperkt", choose("nee"), 0), AnswerChange("hoe", choose("zee"), 0))
    assert not Response.objects.exists()
    assert not ModelLogEntry.objects.filter(action="response.start").exists()


def test_a_wave_that_closed_since_it_was_read_is_refused():
    wave = make_wave()
    close_wave(wave)
    wave.status = wave.Status.OPEN
    with pytest.raises(WaveClosed):
        save_first(wave, AnswerChange("beperkt", choose("nee"), 0))
    assert not Response.objects.exists()


def test_it_begins_with_the_version_that_the_wave_asks_by_now():
    wave = make_wave()
    newer = publish_definition(replace(make_definition(("een", (make_question("anders"),))), number=2))
    Wave.objects.update(version=newer)
    response, _ = save_first(wave, AnswerChange("anders", write("Ja."), 0))
    assert (response.version, Response.objects.get().version) == (newer, newer)


def test_who_is_second_finds_what_a_colleague_began():
    wave = make_wave()
    begun = make_response(wave, MEMBER, answers={"beperkt": choose("ja")}, at=NOW - timedelta(days=1))
    response, outcome = save_first(
        wave, AnswerChange("beperkt", choose("nee"), 0), AnswerChange("knelpunten", write("Geen."), 0)
    )
    assert response == begun
    assert outcome.saved == ["knelpunten"]
    assert [each.question for each in outcome.conflicts] == ["beperkt"]
    assert load_answers(begun)["beperkt"].value == choose("ja")


def test_the_line_in_the_log_is_as_wagtail_writes_it():
    """We leave out Wagtail's look-ups, not one of its columns."""
    gerda = make_person("Gerda")
    with LogContext(user=make_person("Cor")):
        response, _ = save_first(make_wave(), AnswerChange("beperkt", choose("nee"), 0), by=gerda)
        log(response, "response.start", user=gerda, timestamp=NOW, data={})
    ours, theirs = ModelLogEntry.objects.filter(action="response.start").values().order_by("pk")
    assert ours | {"id": None} == theirs | {"id": None}
    assert ours["user_id"] == gerda.pk


@pytest.mark.parametrize("number", [10, 150])
def test_they_take_the_same_few_queries_however_many_there_are(number):
    questions = [make_question(f"vraag-{each}", "single", options=("ja", "nee")) for each in range(number)]
    wave = make_wave(make_definition(("een", tuple(questions))))
    for load in (load_definition, load_codes, load_families):
        load(wave.version)  # remembered from now on
    ContentType.objects.get_for_model(Response)
    organisation = Organisation.objects.get(pk=OTHER_MEMBER)
    changes = [AnswerChange(each.code, choose("ja"), 0) for each in questions[:10]]
    gerda = make_person("Gerda")
    with CaptureQueriesContext(connection) as context:
        save_first_answers(wave, organisation=organisation, changes=changes, by=gerda, at=timezone.now())
    queries = [each["sql"] for each in context if not each["sql"].startswith(CONTROL)]
    # Response (with the wave as it is now), municipality and line in the log; three for the answers.
    assert len(queries) == 6, "\n".join(queries)
