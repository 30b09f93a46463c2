"""Several people, or the same button twice, at the very same moment; each has a connection of their own."""

from collections.abc import Callable

import pytest
from django.core import mail
from django.test import Client

from practices.models import Reaction, WaitingMail
from practices.reactions.lifecycle import MOST_WAITING, ReactionRefused, withdraw
from practices.reactions.moderation import mail_waiting, publish, refuse
from tests.accounts.people import make_member
from tests.harness.together import run_together
from tests.practices.reactions.factories import (
    REACT,
    ZAANSTAD,
    let_know,
    make_case,
    make_editor,
    make_gerda,
    write_comment,
)
from tests.practices.reactions.test_screens import MONDAY

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def case(transactional_db):
    return make_case()


@pytest.fixture
def gerda(case):
    return make_gerda()


def react_together(*jobs: Callable[[], object]) -> list[object]:
    """What each job gave, "refused" where it was."""
    outcomes = run_together(*jobs, refusals=ReactionRefused)
    return ["refused" if isinstance(each, ReactionRefused) else each for each in outcomes]


def test_a_form_that_is_sent_twice_at_once_makes_one_row_and_no_error(case, gerda):
    cor = make_member("cor@zaanstad.example")
    said = {"q-kind": "does", "q-since": "2024", "q-text": "Ja", "q-agrees": "on"}

    def post(person):
        browser = Client()
        browser.force_login(person)
        return browser.post(f"{REACT}{ZAANSTAD}/", said).status_code

    assert (
        react_together(*(lambda person=person: post(person) for person in (gerda, gerda, cor, cor)))
        == [302] * 4
    )
    assert Reaction.objects.values_list("organisation", "revision", "text").get() == (ZAANSTAD, 1, "Ja")


def test_two_who_say_something_else_leave_one_row(case, gerda):
    cor = make_member("cor@zaanstad.example")
    react_together(
        lambda: let_know(case, by=gerda, text="Met twee scholen."),
        lambda: let_know(case, by=cor, text="Met drie scholen."),
    )
    stored = Reaction.objects.get()
    assert (stored.revision, stored.text in ("Met twee scholen.", "Met drie scholen.")) == (2, True)


def test_the_same_comment_twice_at_once_is_one(case, gerda):
    react_together(*(lambda: write_comment(case, by=gerda) for _ in range(3)))
    assert Reaction.objects.count() == 1


def test_the_limit_holds_for_who_writes_in_many_windows(case, gerda):
    jobs = [
        lambda number=number: write_comment(case, by=gerda, text=f"Vraag {number}")
        for number in range(MOST_WAITING + 3)
    ]
    assert react_together(*jobs).count("refused") == 3
    assert Reaction.objects.count() == MOST_WAITING


def test_of_two_editors_one_decides(case, gerda):
    written = write_comment(case, by=gerda)
    outcomes = react_together(
        lambda: publish(written, revision=1, by=None).status,
        lambda: refuse(written, revision=1, reason="Nee", by=None).status,
    )
    # What was refused may still be placed; what was placed is not refused any more.
    assert outcomes == ["published", "refused"]
    assert Reaction.objects.get().status == "published"


def test_withdrawing_while_an_editor_decides_leaves_nothing(case, gerda):
    written = write_comment(case, by=gerda)
    react_together(
        lambda: withdraw(written, by=gerda),
        lambda: publish(written, revision=1, by=None),
        lambda: withdraw(written, by=gerda),
    )
    assert not Reaction.objects.exists()


def test_two_workers_mail_the_editors_once(case, gerda):
    make_editor()
    write_comment(case, by=gerda)
    assert sorted(react_together(*(lambda: mail_waiting(on=MONDAY) for _ in range(3)))) == [0, 0, 1]
    assert WaitingMail.objects.count() == 1
    assert len(mail.outbox) == 1
