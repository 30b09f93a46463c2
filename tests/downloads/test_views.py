from urllib.parse import unquote

import pytest
from django.contrib.auth.models import Permission
from django.urls import reverse
from wagtail.log_actions import registry

from surveys.accounts.models import Person
from surveys.downloads.lifecycle import request_export
from surveys.downloads.models import ExportJob
from surveys.downloads.tasks import build_export
from surveys.questionnaire.models import Wave
from tests.downloads.factories import make_job, make_owner, make_submitted_wave, set_age

CHOICES = {
    "wave": "proef",
    "content": "results",
    "breakdowns": ["size_class", "youth_region"],
    "unit": "municipality",
    "file_format": "xlsx",
}


@pytest.fixture
def wave(db):
    return make_submitted_wave()


@pytest.fixture
def sent(monkeypatch):
    """The jobs that are sent to a worker, instead of sending them."""
    jobs = []
    monkeypatch.setattr(build_export, "delay", jobs.append)
    return jobs


@pytest.fixture
def otto(client, wave):
    person = make_owner()
    person.user_permissions.set(Permission.objects.filter(codename__in=["access_admin", "download_results"]))
    client.force_login(person)
    return person


def test_asking_for_a_file_sets_a_worker_to_it(client, otto, wave, sent, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        answer = client.post(reverse("downloads:request"), CHOICES)

    job = ExportJob.objects.get()
    assert answer.url == reverse("downloads:job", args=[job.pk])
    assert (job.owner, job.wave, job.content, job.status) == (otto, wave, "results", "queued")
    assert (job.breakdowns, job.unit, job.format) == (["size_class", "youth_region"], "municipality", "xlsx")
    assert sent == [job.pk]
    line = registry.get_logs_for_instance(job).get(action="downloads.request")
    assert line.user == otto
    assert line.data["breakdowns"] == ["size_class", "youth_region"]


def test_the_job_is_sent_only_when_it_is_in_the_database(
    otto, wave, sent, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=False) as callbacks:
        request_export(wave, content="results", breakdowns=[], unit="response", file_format="csv", by=otto)
        assert sent == []

    for callback in callbacks:
        callback()
    assert len(sent) == 1


@pytest.mark.django_db(transaction=True)
def test_without_a_broker_the_job_waits_for_the_next_worker(client, otto, wave, monkeypatch, caplog):
    def fail(_job_id):
        raise ConnectionError("geen broker")

    monkeypatch.setattr(build_export, "delay", fail)

    answer = client.post(reverse("downloads:request"), CHOICES, follow=True)

    assert answer.status_code == 200
    assert ExportJob.objects.get().status == ExportJob.Status.QUEUED
    assert "geen broker" in caplog.text


def test_responses_have_no_unit_and_no_breakdown(client, otto, sent):
    client.post(reverse("downloads:request"), {**CHOICES, "content": "responses"})

    job = ExportJob.objects.get()
    assert (job.content, job.breakdowns, job.unit) == ("responses", [], "")


def test_responses_cannot_be_weighted_and_the_form_says_why(client, otto, sent):
    page = client.post(reverse("downloads:request"), {**CHOICES, "unit": "response", "is_weighted": "on"})

    assert "Reacties kunnen we niet wegen." in page.content.decode()
    assert not ExportJob.objects.exists()


@pytest.mark.parametrize(("content", "expected"), [("results", True), ("responses", False)])
def test_only_counted_results_are_weighted(client, otto, sent, content, expected):
    client.post(reverse("downloads:request"), {**CHOICES, "content": content, "is_weighted": "on"})

    assert ExportJob.objects.get().is_weighted is expected


@pytest.mark.parametrize(
    "changes",
    [
        {"wave": "weg"},
        {"wave": ""},
        {"wave": "x\x00"},
        {"content": "alles"},
        {"breakdowns": ["size_class", "youth_region", "province"]},
        {"breakdowns": ["gemeente"]},
        {"unit": "mensen"},
        {"unit": ""},
        {"file_format": "exe"},
    ],
)
def test_a_wrong_choice_comes_back_with_a_message(client, otto, sent, changes):
    answer = client.post(reverse("downloads:request"), {**CHOICES, **changes})

    assert answer.status_code == 200
    assert "error-message" in answer.content.decode()
    assert not ExportJob.objects.exists()


def test_a_planned_wave_cannot_be_chosen(client, otto, wave, sent):
    Wave.objects.update(status=Wave.Status.PLANNED)

    assert client.post(reverse("downloads:request"), CHOICES).status_code == 200
    assert not ExportJob.objects.exists()


def test_the_page_follows_the_job_with_and_without_javascript(client, otto):
    job = make_job()
    url, status_url = reverse("downloads:job", args=[job.pk]), reverse("downloads:status", args=[job.pk])

    page = client.get(url).content.decode()
    assert f'data-progress-url="{status_url}"' in page
    assert '<noscript><meta http-equiv="refresh"' in page
    assert client.get(status_url).json() == {
        "status": "queued",
        "progress": 0,
        "message": "Uw bestand staat in de wachtrij.",
        "file_url": None,
    }

    ExportJob.objects.update(status="running", progress=40)
    assert client.get(status_url).json()["message"] == "Uw bestand wordt gemaakt: 40 % is klaar."

    ExportJob.objects.update(status="failed", message="Het is niet gelukt.")
    page = client.get(url).content.decode()
    assert "Het is niet gelukt." in page
    assert "http-equiv" not in page
    assert "data-progress-url" not in page


@pytest.mark.parametrize(
    ("file_format", "content_type"),
    [
        ("csv", "text/csv; charset=utf-8"),
        ("xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
        ("ods", "application/vnd.oasis.opendocument.spreadsheet"),
        ("json", "application/json"),
    ],
)
def test_the_owner_fetches_the_file(client, otto, file_format, content_type):
    job = make_job(format=file_format, breakdowns=["size_class"])
    build_export(job.pk)
    page = client.get(reverse("downloads:job", args=[job.pk])).content.decode()
    url = reverse("downloads:file", args=[job.pk])
    assert f'href="{url}"' in page

    answer = client.get(url)

    assert answer.status_code == 200
    assert len(answer.getvalue()) > 100
    assert answer["Content-Type"] == content_type
    name = f"maatregelenmonitor_proef_resultaten_grootteklasse_gemeenten.{file_format}"
    assert unquote(answer["Content-Disposition"]) == f'attachment; filename="{name}"'
    assert "no-store" in answer["Cache-Control"]
    line = registry.get_logs_for_instance(job).get(action="downloads.fetch")
    assert (line.user, line.data["content"]) == (otto, "results")


@pytest.mark.parametrize("name", ["job", "status", "file"])
def test_somebody_elses_file_does_not_exist(client, otto, name):
    stranger = Person.objects.create_user("ander@voorbeeld.example")
    job = make_job(owner=stranger)
    build_export(job.pk)

    assert client.get(reverse(f"downloads:{name}", args=[job.pk])).status_code == 404
    assert not registry.get_logs_for_instance(job).exists()


@pytest.mark.parametrize("name", ["job", "status", "file"])
def test_a_file_past_its_age_does_not_exist(client, otto, name):
    job = make_job()
    build_export(job.pk)
    job.refresh_from_db()
    url = reverse(f"downloads:{name}", args=[job.pk])
    set_age(job, days=6)
    young = client.get(url)
    assert young.getvalue()
    assert young.status_code == 200

    set_age(job, days=8)

    assert client.get(url).status_code == 404


@pytest.mark.parametrize("status", ["queued", "running", "failed"])
def test_there_is_no_file_before_it_is_done(client, otto, status):
    job = make_job(status=status, message="Mislukt.")

    assert client.get(reverse("downloads:file", args=[job.pk])).status_code == 404


def test_a_file_that_was_lost_is_a_404(client, otto, export_dir):
    job = make_job()
    build_export(job.pk)
    for path in export_dir.iterdir():
        path.unlink()

    assert client.get(reverse("downloads:file", args=[job.pk])).status_code == 404


def test_without_the_permission_nothing_opens(client, otto, sent):
    job = make_job()
    build_export(job.pk)
    otto.user_permissions.remove(Permission.objects.get(codename="download_results"))
    urls = [reverse("downloads:request")]
    urls += [reverse(f"downloads:{name}", args=[job.pk]) for name in ("job", "status", "file")]

    assert [client.get(url).status_code for url in urls] == [302] * 4
    assert client.post(urls[0], CHOICES).url == "/beheer/"
    assert ExportJob.objects.count() == 1


@pytest.mark.parametrize("number", [1, 3])
def test_the_screen_lists_the_persons_own_files(client, otto, django_assert_num_queries, number):
    make_job(owner=Person.objects.create_user("ander@voorbeeld.example"), format="ods")
    for _ in range(number):
        make_job(breakdowns=["province"])
    url = reverse("downloads:request")
    client.get(url)

    with django_assert_num_queries(12):
        page = client.get(url).content.decode()

    assert page.count("Proefmeting: resultaten in gemeenten naar provincie") == number
    assert page.count("<td>OpenDocument (ODS)</td>") == 0
