"""Several people at the same moment, each with a connection of their own."""

from functools import partial

import pytest

from practices.contributing.lifecycle.consenting import give_consent
from practices.contributing.lifecycle.refusals import ContributionRefused
from practices.contributing.lifecycle.submitting import submit_contribution
from practices.contributing.lifecycle.writing import save_words
from practices.contributing.merging import take_print
from practices.contributing.stages import Stage
from practices.models import Contribution, PracticePage
from surveys.accounts.models import Organisation
from tests.harness.together import run_together
from tests.practices.contributing.worlds import (
    CONTRIBUTOR,
    HILLEGOM,
    LEIDEN,
    REGION,
    ZAANSTAD,
    begin,
    find_stage,
    make_editor,
    make_library,
    make_person,
)

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def library():
    make_library()


def test_of_two_titles_one_stands_and_the_other_is_asked_about():
    people = [make_person(name, organisation=ZAANSTAD, role=CONTRIBUTOR) for name in ("Cor", "Fatma", "Noor")]
    contribution = begin(people[0])
    begun = {name: take_print("") for name in ("lessons", "setbacks", "costs")} | {
        "title": take_print("Jeugdhulp in de school")
    }

    def write(number):
        part = ("lessons", "setbacks", "costs")[number]
        typed = {"title": f"Titel {number}", part: f"Punt {number}"}
        return lambda: save_words(contribution, typed=typed, begun=begun, by=people[number])

    outcomes = run_together(*(write(number) for number in range(3)))
    won = [number for number, outcome in enumerate(outcomes) if "title" in outcome.saved]
    assert len(won) == 1
    assert [outcome.conflicts for outcome in outcomes].count({"title"}) == 2
    contribution.refresh_from_db()
    assert contribution.title == f"Titel {won[0]}"
    assert (contribution.lessons, contribution.setbacks, contribution.costs) == ("Punt 0", "Punt 1", "Punt 2")


def test_sent_in_twice_at_once_is_sent_in_once():
    gerda = make_person("Gerda", organisation=ZAANSTAD)
    contribution = begin(gerda)

    submit = partial(submit_contribution, contribution, by=gerda)
    outcomes = run_together(submit, submit, refusals=ContributionRefused)
    assert sum(isinstance(outcome, PracticePage) for outcome in outcomes) == 1
    assert PracticePage.objects.count() == 1
    assert find_stage(contribution) == Stage.SUBMITTED


def test_two_places_that_agree_at_once_make_it_public():
    rens = make_person("Rens", organisation=REGION)
    asked = {
        LEIDEN: make_person("Lotte", organisation=LEIDEN),
        HILLEGOM: make_person("Hil", organisation=HILLEGOM),
    }
    contribution = begin(rens, REGION, municipalities=tuple(asked))
    step = submit_contribution(contribution, by=rens).current_workflow_task_state
    step.task.specific.on_action(step, make_editor(), "approve")
    contribution = Contribution.objects.get(pk=contribution.pk)

    def agree(code):
        place = Organisation.objects.get(pk=code)
        return lambda: give_consent(contribution, place=place, by=asked[code])

    run_together(*(agree(code) for code in asked))
    assert find_stage(contribution) == Stage.PUBLISHED
