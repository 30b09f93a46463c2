"""Once a year: does it still hold?"""

from datetime import date, timedelta

import pytest
from django.utils.timezone import localdate

from practices.contributing.lifecycle.refusals import NotDue, NotYours
from practices.contributing.lifecycle.reviewing import NOTICE, ask_due_reviews, confirm_review
from practices.contributing.lifecycle.submitting import begin_change, submit_contribution
from practices.contributing.page_writing import one_year_after
from practices.contributing.stages import Stage
from practices.contributing.tasks import ask_reviews_of_today
from practices.models import PracticePage
from tests.practices.contributing.worlds import (
    CONTRIBUTOR,
    LEIDEN,
    SHARING,
    ZAANSTAD,
    begin,
    browse,
    find_stage,
    list_mails,
    make_editor,
    make_library,
    make_person,
)
from tests.responses.factories import read

pytestmark = pytest.mark.django_db
ASKED = "Klopt uw voorbeeld nog? Jeugdhulp in de school"


@pytest.fixture
def gerda(db):
    make_library()
    return make_person("Gerda", organisation=ZAANSTAD)


@pytest.fixture
def contribution(gerda):
    """Public since today."""
    contribution = begin(gerda)
    page = submit_contribution(contribution, by=gerda)
    step = page.current_workflow_task_state
    step.task.specific.on_action(step, make_editor(), "approve")
    contribution.refresh_from_db()
    list_mails()
    return contribution


def read_page(contribution):
    return PracticePage.objects.get(contribution=contribution)


def test_a_leap_day_has_a_next_year():
    assert one_year_after(date(2024, 2, 29)) == date(2025, 2, 28)
    assert one_year_after(date(2023, 12, 31)) == date(2024, 12, 31)


def test_the_owner_is_asked_once_within_the_month_before(contribution):
    due = read_page(contribution).review_by
    assert due == one_year_after(localdate())
    assert ask_due_reviews(today=due - NOTICE - timedelta(days=1)) == 0
    assert ask_due_reviews(today=due - NOTICE) == 1
    assert list_mails() == [("gerda", ASKED)]
    for day in (due - NOTICE, due, due + timedelta(days=400)):
        assert ask_due_reviews(today=day) == 0
    assert list_mails() == []


def test_author_and_coordinators_hear_it_once_each_and_who_left_does_not(contribution, gerda):
    make_person("Hanna", organisation=ZAANSTAD)
    make_person("Cor", organisation=ZAANSTAD, role=CONTRIBUTOR)
    gone = make_person("Weg", organisation=ZAANSTAD)
    type(gone).objects.filter(pk=gone.pk).update(is_active=False)
    ask_due_reviews(today=read_page(contribution).review_by)
    assert list_mails() == [("gerda", ASKED), ("hanna", ASKED)]


def test_the_task_of_the_day_asks_for_what_is_due(contribution):
    ask_reviews_of_today()
    assert list_mails() == []
    PracticePage.objects.update(review_by=localdate())
    ask_reviews_of_today()
    ask_reviews_of_today()
    assert list_mails() == [("gerda", ASKED)]


def test_it_still_holds_for_another_year_and_is_asked_again_then(contribution, gerda):
    PracticePage.objects.update(review_by=date(2020, 1, 1))
    ask_due_reviews(today=localdate())
    list_mails()
    day = confirm_review(contribution, by=gerda)
    page = read_page(contribution)
    assert day == page.review_by == one_year_after(localdate())
    assert page.get_latest_revision_as_object().review_by == day
    assert (page.live, page.has_unpublished_changes) == (True, False)
    assert ask_due_reviews(today=day) == 1


def test_an_editors_draft_stays_a_draft(contribution, gerda):
    draft = read_page(contribution).get_latest_revision_as_object()
    draft.summary = "Nog niet klaar."
    draft.save_revision()
    PracticePage.objects.update(review_by=date(2020, 1, 1))
    day = confirm_review(contribution, by=gerda)
    page = read_page(contribution)
    assert (page.review_by, page.summary != "Nog niet klaar.") == (day, True)
    newest = page.get_latest_revision_as_object()
    assert (newest.review_by, newest.summary) == (day, "Nog niet klaar.")


def test_what_is_being_changed_or_not_public_is_not_asked_about(contribution, gerda):
    begin_change(contribution, by=gerda)
    assert ask_due_reviews(today=date(2099, 1, 1)) == 0
    with pytest.raises(NotDue):
        confirm_review(contribution, by=gerda)
    contribution.refresh_from_db()
    submit_contribution(contribution, by=gerda)
    assert ask_due_reviews(today=date(2099, 1, 1)) == 0
    PracticePage.objects.update(live=False)
    with pytest.raises(NotDue):
        confirm_review(contribution, by=gerda)


def test_only_who_writes_for_the_organisation_says_so(contribution):
    with pytest.raises(NotYours):
        confirm_review(contribution, by=make_person("Lotte", organisation=LEIDEN))


def test_the_page_offers_three_answers(contribution, gerda):
    client, link = browse(gerda), f"{SHARING}{contribution.pk}/nakijken/"
    assert "Het klopt nog" in read(client, link)
    for action in ("", "anders", "\x00"):
        assert client.post(link, {"action": action}).status_code == 422
    assert client.post(link, {"action": "klopt"}).status_code == 302
    assert client.post(link, {"action": "gestopt"}).url == f"{SHARING}{contribution.pk}/schrijven/"
    contribution.refresh_from_db()
    assert (contribution.status, find_stage(contribution)) == ("stopped", Stage.CHANGING)
    assert client.post(link, {"action": "klopt"}).status_code == 409
