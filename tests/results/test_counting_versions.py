"""One wave, two versions: what counts together, what does not, and never twice."""

from dataclasses import replace

import pytest
from django.db import connection

from surveys.questionnaire import caveats
from surveys.questionnaire.definition import Definition, OptionDefinition
from surveys.questionnaire.lifecycle import publish_definition
from surveys.responses.lifecycle.submission import rebuild_resolved_answers, submit_response
from surveys.responses.lifecycle.versions import ask_newer_version, move_response
from surveys.responses.models import ResolvedAnswer
from surveys.results.counting import count_answers
from surveys.results.dimensions import Unit
from tests.responses.factories import (
    DEFINITION,
    MEMBER,
    NOW,
    OTHER_MEMBER,
    REGION,
    STRANGER,
    answer,
    choose,
    make_question,
    make_response,
    make_wave,
)

pytestmark = pytest.mark.django_db

CHANGES = {
    "poh": {"text": "Betaalt u zelf een ondersteuner?", "change": "meaning"},
    "beperkt": {"text": "Is de toegang beperkt?", "change": "clarifying"},
    "hoe": {"options": (*DEFINITION.questions["hoe"].options, OptionDefinition("wijkteam", "Wijkteam"))},
}


def make_next(number: int = 2, **changes: dict[str, object]) -> Definition:
    """The version after DEFINITION: one question less, one more, and `changes` per question code."""
    changes = changes or CHANGES
    sections = tuple(
        replace(
            section,
            questions=tuple(
                replace(question, **changes.get(question.code, {}))
                for question in section.questions
                if question.code != "kosten"
            ),
        )
        for section in DEFINITION.sections
    )
    first = replace(sections[0], questions=(*sections[0].questions, make_question("erbij")))
    return replace(DEFINITION, number=number, sections=(first, *sections[1:]))


@pytest.fixture(autouse=True)
def _no_caveats(monkeypatch):
    monkeypatch.setattr(caveats, "caveat_sources", [])


@pytest.fixture
def wave():
    return make_wave()


def submit(wave, organisation, answers, *, covers=()):
    return submit_response(make_response(wave, organisation, answers=answers, covers=covers), by=None, at=NOW)


def count(wave, question, option, *, unit="response"):
    wave.refresh_from_db()
    table = count_answers(wave, unit=unit, questions=[question])
    (row,) = (row for row in table.rows if (row.question, row.option) == (question, option))
    return row.n, row.base


YES = {"beperkt": choose("ja"), "hoe": choose("wijk"), "poh": choose("ja"), "verzekeraar": choose("nee")}
NO = {"beperkt": choose("nee"), "poh": choose("nee")}


def test_old_and_new_answers_count_together_where_the_question_means_the_same(wave):
    submit(wave, STRANGER, YES)
    submit(wave, REGION, NO, covers=[MEMBER, OTHER_MEMBER])
    ask_newer_version(wave, version=publish_definition(make_next()))
    submit(wave, MEMBER, {**YES, "hoe": choose("wijkteam")})

    assert count(wave, "beperkt", "ja") == (2, 3)
    assert count(wave, "beperkt", "ja", unit="municipality") == (2, 3)
    assert count(wave, "hoe", "wijk") == (1, 2)
    assert count(wave, "hoe", "wijkteam", unit="municipality") == (1, 2)


def test_a_changed_meaning_starts_anew_and_so_does_what_follows_it(wave):
    submit(wave, STRANGER, YES)
    ask_newer_version(wave, version=publish_definition(make_next()))
    for unit in ("response", "municipality"):
        assert count(wave, "poh", "ja", unit=unit) == (None, 0)
        assert count(wave, "verzekeraar", "nee", unit=unit) == (None, 0)
    submit(wave, MEMBER, YES)
    for unit in ("response", "municipality"):
        assert count(wave, "poh", "ja", unit=unit) == (1, 1)
        assert count(wave, "verzekeraar", "nee", unit=unit) == (1, 1)


def test_results_are_those_of_the_version_the_wave_asks(wave):
    submit(wave, STRANGER, YES)
    ask_newer_version(wave, version=publish_definition(make_next()))
    wave.refresh_from_db()
    table = count_answers(wave, unit="response")
    asked = {row.question for row in table.rows}
    assert "erbij" in asked
    assert "kosten" not in asked
    assert {row.question_text for row in table.rows if row.question == "beperkt"} == {
        "Is de toegang beperkt?"
    }
    assert table.version == 2
    assert rebuild_resolved_answers(wave) == 0
    assert set(ResolvedAnswer.objects.values_list("question__version__number", flat=True)) == {2}


def test_a_response_that_moved_counts_once_and_what_it_left_behind_not_at_all(wave):
    response = make_response(wave, STRANGER, answers=YES)
    version = publish_definition(make_next())
    ask_newer_version(wave, version=version)
    response = move_response(response, to=version, by=None, at=NOW)
    answer(response, {"poh": choose("nee")})
    submit_response(response, by=None, at=NOW)
    for unit in ("response", "municipality"):
        assert count(wave, "beperkt", "ja", unit=unit) == (1, 1)
        assert count(wave, "poh", "nee", unit=unit) == (1, 1)
        assert count(wave, "poh", "ja", unit=unit) == (0, 1)
        assert count(wave, "verzekeraar", "nee", unit=unit) == (None, 0)


def test_a_caveat_of_a_question_that_means_something_else_now_is_not_shown(wave):
    stored = {code: replace(value, caveat=f"Let op bij {code}.") for code, value in YES.items()}
    submit(wave, STRANGER, stored)
    ask_newer_version(wave, version=publish_definition(make_next()))
    wave.refresh_from_db()
    notes = {row.question: row.note for row in count_answers(wave, unit="response").rows}
    assert "Let op bij beperkt." in notes["beperkt"]
    assert "Let op" not in notes["poh"]


@pytest.mark.parametrize(
    ("unit", "queries"), [(Unit.RESPONSE, 7), (Unit.MUNICIPALITY, 10), (Unit.INHABITANTS, 9)]
)
def test_another_version_takes_two_queries_more_however_many_answers(
    wave, unit, queries, django_assert_num_queries
):
    """Which questions are comparable, and which of them each version asks."""
    queries += unit == Unit.RESPONSE and connection.vendor == "sqlite"  # the parts
    submit(wave, STRANGER, YES)
    count_answers(wave, unit=unit)
    with django_assert_num_queries(queries):
        count_answers(wave, unit=unit)
    ask_newer_version(wave, version=publish_definition(make_next()))
    submit(wave, MEMBER, YES)
    wave.refresh_from_db()
    count_answers(wave, unit=unit)
    with django_assert_num_queries(queries + 2):
        count_answers(wave, unit=unit)
