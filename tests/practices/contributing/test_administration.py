"""What editors do with it in Wagtail's own screens."""

import pytest
from django.urls import reverse

from practices.contributing.lifecycle.submitting import submit_contribution
from practices.contributing.stages import Stage
from practices.models import PracticePage
from tests.practices.contributing.worlds import (
    CONTRIBUTOR,
    ZAANSTAD,
    begin,
    browse,
    find_stage,
    list_mails,
    make_editor,
    make_library,
    make_person,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def cor(db):
    make_library()
    return make_person("Cor", organisation=ZAANSTAD, role=CONTRIBUTOR)


@pytest.fixture
def editor(cor, settings):
    settings.REQUIRE_SECOND_FACTOR = False
    return browse(make_editor())


@pytest.fixture
def contribution(cor):
    contribution = begin(cor)
    submit_contribution(contribution, by=cor)
    list_mails()
    contribution.refresh_from_db()
    return contribution


def find_page(contribution):
    return PracticePage.objects.get(contribution=contribution)


def press(editor, contribution, action, **data):
    page = find_page(contribution)
    step = page.current_workflow_task_state
    return editor.post(
        reverse("wagtailadmin_pages:workflow_action", args=[page.pk, action, step.pk]),
        data,
        headers={"x-requested-with": "XMLHttpRequest"},
    )


def test_it_waits_on_the_dashboard_and_in_the_reports(editor, contribution):
    for name in ("wagtailadmin_home", "wagtailadmin_reports:workflow", "wagtailadmin_reports:workflow_tasks"):
        assert "Jeugdhulp in de school" in editor.get(reverse(name)).content.decode(), name


def test_the_page_editor_offers_the_three_steps_and_no_way_around(editor, contribution):
    html = editor.get(reverse("wagtailadmin_pages:edit", args=[find_page(contribution).pk])).content.decode()
    for words in ("In behandeling nemen", "Terugsturen met vragen", "Goedkeuren"):
        assert words in html
    assert 'name="action-publish"' not in html


def test_questions_are_asked_for_and_must_be_there(editor, contribution):
    page = find_page(contribution)
    step = page.current_workflow_task_state
    asked = editor.get(reverse("wagtailadmin_pages:workflow_action", args=[page.pk, "reject", step.pk]))
    assert "Uw vragen aan de inzender" in asked.json()["html"]
    press(editor, contribution, "reject", comment="")
    assert find_stage(contribution) == Stage.SUBMITTED
    press(editor, contribution, "reject", comment="Om hoeveel scholen gaat het?")
    assert find_stage(contribution) == Stage.BACK


def test_taking_it_approving_it_and_the_lock_while_the_place_reads(editor, contribution):
    press(editor, contribution, "take")
    assert find_stage(contribution) == Stage.WITH_EDITOR
    press(editor, contribution, "approve")
    assert find_stage(contribution) == Stage.AT_PLACE
    html = editor.get(reverse("wagtailadmin_pages:edit", args=[find_page(contribution).pk])).content.decode()
    assert f"/praktijkvoorbeelden/delen/{contribution.pk}/toestemming/" in html
    assert 'name="action-publish"' not in html


def test_nobody_else_takes_a_step(contribution, settings):
    settings.REQUIRE_SECOND_FACTOR = False
    answer = press(browse(make_person("Gerda", organisation=ZAANSTAD)), contribution, "approve")
    assert answer.status_code in {302, 403}
    assert find_stage(contribution) == Stage.SUBMITTED


def test_the_trail_says_who_did_what(editor, contribution):
    press(editor, contribution, "take")
    html = editor.get(reverse("wagtailadmin_reports:site_history")).content.decode()
    for words in ("Voorbeeld begonnen", "Voorbeeld ingezonden", "Voorbeeld in behandeling genomen"):
        assert words in html
