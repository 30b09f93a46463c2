"""What one save asks of the database: at most six queries, however much there is besides."""

from collections.abc import Mapping

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from surveys.questionnaire.queries import load_codes, load_definition, load_families
from surveys.responses.lifecycle.saving import AnswerChange, save_answers
from tests.responses.factories import (
    MEMBER,
    NOW,
    OTHER_MEMBER,
    REGION,
    answer,
    choose,
    count,
    make_definition,
    make_person,
    make_question,
    make_response,
    make_wave,
    write,
)

pytestmark = pytest.mark.django_db

MOST_QUERIES = 6
CONTROL = ("SAVEPOINT", "RELEASE SAVEPOINT", "ROLLBACK", "BEGIN", "COMMIT")

# "bron" opens and closes as many questions as there are; each has an answer before the counted save.
SIZES = {"small": 2, "large": 150}


def make_large_definition(number):
    followers = tuple(
        make_question(
            f"vervolg-{position}", "multiple", options=("a", "b", "c"), after={"bron": ("open", "ook")}
        )
        for position in range(number)
    )
    source = make_question("bron", "multiple", options=("open", "ook", "dicht", "weg"))
    others = tuple(make_question(f"los-{position}") for position in range(number))
    return make_definition(("een", (source, *followers, *others, make_question("bedrag", "number"))))


def count_queries(response, *changes, by=None):
    for load in (load_definition, load_codes, load_families):
        load(response.version)  # remembered from now on
    with CaptureQueriesContext(connection) as context:
        outcome = save_answers(response, changes=changes, by=by, at=NOW)
    queries = [each["sql"] for each in context if not each["sql"].startswith(CONTROL)]
    return outcome, queries


@pytest.fixture(params=SIZES)
def response(request):
    """Everything is answered but "bron", "los-0" and the amount; colleagues answered too, and there are deviations."""
    number = SIZES[request.param]
    wave = make_wave(make_large_definition(number))
    for code in (OTHER_MEMBER, MEMBER):
        make_response(wave, code, answers={"bron": choose("open"), "los-0": write("x")})
    response = make_response(wave, REGION, covers=[MEMBER, OTHER_MEMBER])
    answer(response, {f"vervolg-{position}": choose("a", "b") for position in range(number)})
    answer(response, {f"los-{position}": write("Tekst.") for position in range(1, number)})
    deviations = [
        AnswerChange("vervolg-0", choose("c"), 0, municipality=code) for code in (MEMBER, OTHER_MEMBER)
    ]
    save_answers(response, changes=deviations, by=None, at=NOW)
    return response


SAVES: Mapping[str, tuple[AnswerChange, ...]] = {
    "a new text": (AnswerChange("los-0", write("Nieuw"), 0),),
    "another text": (AnswerChange("los-1", write("Anders"), 1),),
    "a number": (AnswerChange("bedrag", count(3), 0),),
    "a choice that opens questions": (AnswerChange("bron", choose("open", "weg"), 0),),
    "a choice that closes them again": (
        AnswerChange("bron", choose("open", "weg"), 0),
        AnswerChange("bron", choose("dicht"), 1),
    ),
    "other boxes": (AnswerChange("vervolg-1", choose("b", "c"), 1),),
    "a deviation that closes questions": (
        AnswerChange("bron", choose("open", "weg"), 0),
        AnswerChange("bron", choose("dicht"), 0, municipality=MEMBER),
    ),
    "the same value": (AnswerChange("los-1", write("Tekst."), 1),),
    "a conflict": (
        AnswerChange("los-1", write("Anders"), 1),
        AnswerChange("los-1", write("Nog anders"), 1),
    ),
    "a conflict after a conflict": (
        AnswerChange("vervolg-1", choose("b", "c"), 1),
        AnswerChange("vervolg-1", choose("c"), 1),
        AnswerChange("vervolg-1", choose("a", "c"), 1, key="k1"),
    ),
}


@pytest.mark.parametrize("name", SAVES)
def test_one_answer_takes_at_most_six_queries_however_much_there_is(response, name):
    *before, change = SAVES[name]
    person = make_person("Gerda")
    for each in before:
        save_answers(response, changes=[each], by=person, at=NOW)
    _, queries = count_queries(response, change, by=person)
    assert len(queries) <= MOST_QUERIES, "\n".join(queries)


def test_sending_the_same_save_again_only_reads(response):
    change = AnswerChange("bron", choose("open"), 0, key="k1")
    save_answers(response, changes=[change], by=None, at=NOW)
    _, queries = count_queries(response, change)
    assert all(query.startswith("SELECT") for query in queries)


def test_a_whole_section_takes_no_more_queries_than_one_question_of_it(response):
    """As many rows as there are questions go into the same few queries, as far as a statement can hold them."""
    changes = [
        AnswerChange("los-0", write("Nieuw"), 0),
        AnswerChange("bedrag", count(3), 0),
        AnswerChange("bron", choose("open"), 0),
        *(AnswerChange(f"vervolg-{position}", choose("c"), 1) for position in range(2)),
    ]
    outcome, queries = count_queries(response, *changes)
    assert len(outcome.saved) == len(changes)
    assert len(queries) <= MOST_QUERIES + 1, "\n".join(queries)
