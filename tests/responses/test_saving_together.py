"""Nothing that was acknowledged gets lost, in whatever order people look, type, lose their connection and choose."""

from typing import ClassVar

import pytest
from django.utils import timezone
from hypothesis import Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, rule, run_state_machine_as_test

from surveys.accounts.models import Person
from surveys.questionnaire.answer_values import BLANK
from surveys.responses import merging
from surveys.responses.models import Response
from tests.responses.clients import QUESTIONS, Page, check_nothing_is_lost
from tests.responses.factories import MEMBER, make_person, make_response, make_wave, write

# Real transactions: every save commits before the next person does anything.
pytestmark = pytest.mark.django_db(transaction=True)

SETTINGS = settings(max_examples=25, stateful_step_count=25)
NAMES = ("Gerda", "Cor", "Fatma")
people = st.integers(0, len(NAMES) - 1)
questions = st.sampled_from(QUESTIONS)


class FillingInTogether(RuleBasedStateMachine):
    """Three people in one response; it starts empty again for every example."""

    response: ClassVar[Response]
    persons: ClassVar[list[Person]]

    def __init__(self):
        super().__init__()
        self.response.answers.all().delete()
        self.pages = [Page(self.response, person) for person in self.persons]
        self.typed = 0

    @rule(who=people)
    def look(self, who):
        self.pages[who].look()

    @rule(
        who=people,
        question=questions,
        kind=st.sampled_from(["own", "own", "own", "common", "none"]),
        is_answer_lost=st.sampled_from([False, False, True]),
    )
    def type_and_save(self, who, question, kind, is_answer_lost):
        """Words that nobody else types, words that anybody may type, or nothing."""
        self.typed += 1
        value = {"own": write(f"Tekst {self.typed}"), "common": write("Hetzelfde"), "none": BLANK}[kind]
        self.pages[who].type_and_save(question, value, is_answer_lost=is_answer_lost)

    @rule(who=people, which=st.integers(0, 99))
    def send_again(self, who, which):
        sent = self.pages[who].sent
        if sent:
            self.pages[who].send([sent[which % len(sent)]])

    @rule(who=people)
    def save_section(self, who):
        self.pages[who].save_section()

    @rule(who=people, which=st.integers(0, 99), take=st.booleans())
    def choose(self, who, which, take):
        waiting = self.pages[who].conflicts
        if waiting:
            self.pages[who].choose(waiting[which % len(waiting)], take=take)

    def teardown(self):
        check_nothing_is_lost(self.response, self.pages)


@pytest.fixture
def machine():
    world = {
        "response": make_response(make_wave(), MEMBER, at=timezone.now()),
        "persons": [make_person(name) for name in NAMES],
    }
    return type("FillingInThisResponse", (FillingInTogether,), world)


def test_in_any_order_nothing_that_was_acknowledged_is_lost(machine):
    run_state_machine_as_test(machine, settings=SETTINGS)


def test_the_check_notices_when_a_save_no_longer_asks_what_its_author_had_seen(machine, monkeypatch):
    monkeypatch.setattr(merging, "has_seen_current", lambda *_, **__: True)
    with pytest.raises(AssertionError, match="unseen"):
        run_state_machine_as_test(machine, settings=settings(SETTINGS, phases=[Phase.generate]))
