"""Pages that an editor plans appear and disappear by themselves."""

from datetime import timedelta

import pytest
from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from config.celery import app
from practices.models import PracticeIndexPage, PracticePage
from practices.tasks import publish_pages_of_now
from surveys.accounts.models import Person
from tests.practices.page_forms import fill_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demo_database")]

FORMAT = "%Y-%m-%d %H:%M"
EARLIER = timedelta(days=3)


@pytest.fixture
def editor(client):
    client.force_login(Person.objects.get(email="redactie@demo.example"))
    return client


def plan(editor, **moments):
    """A case made in the administration, with `go_live_at` or `expire_at`."""
    library = PracticeIndexPage.objects.get()
    path = reverse("wagtailadmin_pages:add", args=["practices", "practicepage", library.pk])
    planned = {name: timezone.localtime(moment).strftime(FORMAT) for name, moment in moments.items()}
    assert editor.post(path, fill_in(PracticePage, **planned, **{"action-publish": "1"})).status_code == 302
    return PracticePage.objects.get(slug="proef")


def list_found(client):
    return [case["title"] for case in client.get("/praktijkvoorbeelden/?q=proefpagina").context["practices"]]


def test_a_planned_page_appears_at_its_time_and_not_before(editor):
    page = plan(editor, go_live_at=timezone.now() + timedelta(days=1))
    publish_pages_of_now()
    assert editor.get("/praktijkvoorbeelden/proef/").status_code == 404
    assert list_found(editor) == []

    revision = page.latest_revision
    revision.approved_go_live_at = timezone.now() - EARLIER
    revision.content["go_live_at"] = revision.approved_go_live_at.isoformat()
    revision.save()
    publish_pages_of_now()
    assert editor.get("/praktijkvoorbeelden/proef/").status_code == 200
    assert list_found(editor) == ["Een proefpagina"]
    page.refresh_from_db()
    published = page.last_published_at
    publish_pages_of_now()
    page.refresh_from_db()
    assert page.last_published_at == published, "a second run publishes nothing again"


def test_a_page_disappears_when_its_time_is_over(editor):
    page = plan(editor, expire_at=timezone.now() + timedelta(days=1))
    publish_pages_of_now()
    assert editor.get("/praktijkvoorbeelden/proef/").status_code == 200

    PracticePage.objects.filter(pk=page.pk).update(expire_at=timezone.now() - EARLIER)
    publish_pages_of_now()
    assert editor.get("/praktijkvoorbeelden/proef/").status_code == 404
    assert list_found(editor) == []
    assert PracticePage.objects.get(pk=page.pk).expired


def test_the_clock_runs_it_every_five_minutes():
    planned = settings.CELERY_BEAT_SCHEDULE["publish-pages-of-now"]
    app.loader.import_default_modules()
    assert app.tasks[planned["task"]] == publish_pages_of_now
    assert planned["schedule"].minute == set(range(0, 60, 5))
