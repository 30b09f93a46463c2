"""Several people at the very same moment, each with a connection of their own."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from threading import Barrier, Event

import pytest
from django.db import connection, connections, transaction
from django.utils import timezone
from wagtail.models import ModelLogEntry

from surveys.accounts.models import Organisation
from surveys.questionnaire.lifecycle import publish_definition
from surveys.responses.lifecycle.refusals import ResponseLocked, VersionChanged
from surveys.responses.lifecycle.saving import AnswerChange, save_answers, save_first_answers
from surveys.responses.lifecycle.submission import reopen_response, submit_response
from surveys.responses.models import AnswerRevision, Response
from surveys.responses.queries import list_open_conflicts, load_answers
from surveys.responses.snapshots import read_snapshot
from tests.harness.together import run_together
from tests.responses.clients import QUESTIONS, Page, check_nothing_is_lost
from tests.responses.factories import (
    COMPLETE,
    DEFINITION,
    MEMBER,
    answer,
    choose,
    count,
    make_person,
    make_response,
    make_wave,
    write,
)

pytestmark = pytest.mark.django_db(transaction=True)

NAMES = ("Gerda", "Cor", "Fatma", "Noor")
ROUNDS = 12
TRIES, TRY_SECONDS = 600, 0.05


def wait_until_somebody_waits() -> None:
    """For a lock in the database. On SQLite a transaction waits before it begins, whenever that is."""
    if connection.vendor != "postgresql":
        return
    for _ in range(TRIES):
        with connections["default"].cursor() as cursor:
            # Otherwise a transaction goes on seeing who was connected when it first looked.
            cursor.execute("SELECT pg_stat_clear_snapshot()")
            cursor.execute("SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock'")
            if cursor.fetchone()[0]:
                return
        Event().wait(TRY_SECONDS)
    pytest.fail("Nobody waits for the lock.")


def test_of_answers_given_at_the_same_moment_none_is_lost():
    response = make_response(make_wave(), MEMBER, at=timezone.now())
    pages = [Page(response, make_person(name)) for name in NAMES]
    start = Barrier(len(pages), timeout=30)

    def fill_in(page):
        for number in range(ROUNDS):
            if number % 3 == 0:
                page.look()
            start.wait()
            page.type_and_save(QUESTIONS[number % 2], write(f"{page.person} {number}"))

    run_together(*(lambda page=page: fill_in(page) for page in pages))
    check_nothing_is_lost(response, pages)
    # In the first two rounds nobody had seen anything: one was first, the others wait for a choice.
    first = AnswerRevision.objects.filter(answer__response=response, number=1)
    assert first.count() == len(QUESTIONS)
    assert {each.question for each in list_open_conflicts(response)} == set(QUESTIONS)


def test_of_two_who_begin_at_the_same_moment_one_begins_and_nothing_is_lost():
    wave = make_wave()
    gerda, cor = make_person("Gerda"), make_person("Cor")
    codes = wave.frame.values_list("municipality", flat=True)[:ROUNDS]
    for organisation in Organisation.objects.filter(pk__in=list(codes)):

        def begin(person, code, value, organisation=organisation):
            changes = [
                AnswerChange(code, value, 0),
                AnswerChange("uitleg", write(f"Van {person}"), 0),
            ]
            return save_first_answers(wave, organisation=organisation, changes=changes, by=person)

        outcomes = run_together(
            lambda: begin(gerda, "knelpunten", write("Geen.")), lambda: begin(cor, "kosten", count(3))
        )
        (response,) = Response.objects.filter(organisation=organisation)
        assert {each.pk for each, _ in outcomes} == {response.pk}
        (second,) = (outcome for _, outcome in outcomes if outcome.conflicts)
        assert [each.question for each in second.conflicts] == ["uitleg"]
        assert load_answers(response).keys() == {"knelpunten", "kosten", "uitleg"}
        assert response.coverage.count() == 1
    assert ModelLogEntry.objects.filter(action="response.start").count() == ROUNDS


def test_a_save_during_submission_is_in_what_was_submitted_or_refused():
    response = make_response(make_wave(), MEMBER, answers=COMPLETE, at=timezone.now())
    revision = 0
    for number in range(1, ROUNDS + 1):

        def save(number=number, base=revision):
            try:
                return save_answers(
                    response, changes=[AnswerChange("kosten", count(number), base)], by=None
                ).saved
            except ResponseLocked:
                return []

        def submit():
            submit_response(response, by=None)

        saved, _ = run_together(save, submit)
        submitted = read_snapshot(response.submissions.latest("number").content).values
        assert (submitted.get("kosten") == count(number)) is bool(saved)
        revision += len(saved)
        reopen_response(response, by=None, reason="Nog een ronde")


def test_routes_are_judged_on_the_answers_of_everybody_at_once():
    """Two people open and close the same question through two others: in the end it is as the answers say."""
    response = make_response(make_wave(), MEMBER, at=timezone.now())
    answer(response, {"beperkt": choose("ja"), "hoe": choose("wijk"), "uitleg": write("Zo.")})
    for number in range(ROUNDS):
        values = {
            "beperkt": choose("nee" if number % 2 else "ja"),
            "hoe": choose("school" if number % 3 else "wijk"),
        }

        def save(code, values=values):
            answer(response, {code: values[code]})

        run_together(lambda: save("beperkt"), lambda: save("hoe"))
        routed = {
            each.question.code for each in response.answers.filter(is_routed=True).select_related("question")
        }
        expected = {"beperkt"}
        if not number % 2:
            expected |= {"hoe"} if number % 3 else {"hoe", "uitleg"}
        assert routed == expected


def test_a_save_that_waited_while_the_response_moved_to_another_version_is_given_back():
    """Its author read the questions of the version before; PostgreSQL finds the moved row only at a second look."""
    response = make_response(make_wave(), MEMBER, at=timezone.now())
    newer = publish_definition(replace(DEFINITION, number=2))
    saving = Event()

    def save():
        saving.set()
        return save_answers(response, changes=[AnswerChange("kosten", count(1), 0)], by=None).saved

    with ThreadPoolExecutor(1) as pool:
        with transaction.atomic():
            Response.objects.filter(pk=response.pk).update(version=newer)
            job = pool.submit(save)
            saving.wait(30)
            wait_until_somebody_waits()
        with pytest.raises(VersionChanged):
            job.result(timeout=60)
        pool.submit(connections.close_all).result()
    assert not response.answers.exists()
