"""The task itself, as the worker runs it. The journey with a real worker is in the browser suite."""

import logging
from datetime import timedelta

import pytest
from celery.exceptions import Retry
from django.utils import timezone

from surveys.downloads import building
from surveys.downloads.building import LEASE, MAXIMUM_ATTEMPTS, build_file
from surveys.downloads.models import ExportJob
from surveys.downloads.storage import locate_file, remove_old_exports
from surveys.downloads.tasks import build_export, resume_exports
from surveys.tabular.workbook import TooLargeForFormat
from tests.downloads.factories import make_job, set_age

pytestmark = pytest.mark.django_db

Status = ExportJob.Status


def list_files(export_dir):
    return sorted(path.name for path in export_dir.iterdir())


def claim_as_another_worker(job):
    """What the UPDATE of another worker does."""
    ExportJob.objects.filter(pk=job.pk).update(
        status=Status.RUNNING, attempts=job.attempts + 1, heartbeat_at=timezone.now()
    )


@pytest.mark.parametrize("file_format", ExportJob.Format.values)
@pytest.mark.parametrize("content", ExportJob.Content.values)
def test_the_task_makes_the_file(export_dir, content, file_format):
    job = make_job(content=content, format=file_format, breakdowns=["size_class", "province"])

    build_export(job.pk)

    job.refresh_from_db()
    assert (job.status, job.progress, job.attempts, job.message) == (Status.DONE, 100, 1, "")
    assert job.finished_at is not None
    assert list_files(export_dir) == [job.file_name]
    assert locate_file(job).stat().st_size > 100
    assert job.file_name.endswith(f".{file_format}")


def test_the_name_of_the_file_cannot_be_guessed(export_dir):
    jobs = [make_job(), make_job()]
    for job in jobs:
        build_export(job.pk)
        job.refresh_from_db()

    names = [job.file_name.removesuffix(".csv") for job in jobs]

    assert names[0] != names[1]
    assert min(map(len, names)) >= 40
    assert export_dir.stat().st_mode & 0o077 == 0


@pytest.mark.parametrize("status", [Status.DONE, Status.FAILED])
def test_a_finished_job_is_left_alone(export_dir, status):
    job = make_job(status=status, file_name="eerder.csv", progress=100)

    build_export(job.pk)

    job.refresh_from_db()
    assert (job.status, job.file_name, job.attempts) == (status, "eerder.csv", 0)
    assert not export_dir.exists()


def test_a_job_that_is_gone_is_no_problem():
    build_export(404)

    assert not ExportJob.objects.exists()


def test_a_job_cut_off_half_way_is_done_again(export_dir):
    job = make_job(
        status=Status.RUNNING,
        attempts=1,
        progress=60,
        heartbeat_at=timezone.now() - LEASE - timedelta(seconds=1),
    )

    build_export(job.pk)

    job.refresh_from_db()
    assert (job.status, job.attempts) == (Status.DONE, 2)
    assert list_files(export_dir) == [job.file_name]


def test_a_job_another_worker_is_busy_with_is_tried_again_later(export_dir):
    job = make_job()
    claim_as_another_worker(job)

    with pytest.raises(Retry):
        build_export.apply(args=[job.pk], throw=True, retries=build_export.max_retries - 1)

    job.refresh_from_db()
    assert (job.status, job.attempts) == (Status.RUNNING, 1)


def test_trying_again_later_comes_to_an_end():
    job = make_job()
    claim_as_another_worker(job)

    result = build_export.apply(args=[job.pk], retries=build_export.max_retries)

    assert isinstance(result.result, building.BeingBuilt)


def test_two_workers_cannot_take_the_same_job(monkeypatch):
    job = make_job()
    filter_jobs = ExportJob.objects.filter

    def let_another_worker_go_first(*conditions, **lookups):
        if "attempts" in lookups:
            monkeypatch.setattr(ExportJob.objects, "filter", filter_jobs)
            claim_as_another_worker(job)
        return filter_jobs(*conditions, **lookups)

    monkeypatch.setattr(ExportJob.objects, "filter", let_another_worker_go_first)

    with pytest.raises(building.BeingBuilt):
        build_file(job.pk)

    job.refresh_from_db()
    assert job.attempts == 1


@pytest.mark.parametrize("moment", ["while it reports", "at the end"])
def test_a_worker_that_lost_its_job_writes_nothing_any_more(export_dir, monkeypatch, moment):
    job = make_job()
    write_export = building.write_export
    monkeypatch.setattr(building, "SECONDS_BETWEEN_REPORTS", 0)

    def lose_job(*args, report_progress, **options):
        ExportJob.objects.filter(pk=job.pk).update(attempts=7, progress=33)
        if moment == "while it reports":
            report_progress(0.9)
        return write_export(*args, report_progress=lambda _fraction: None, **options)

    monkeypatch.setattr(building, "write_export", lose_job)

    build_file(job.pk)

    job.refresh_from_db()
    assert (job.status, job.attempts, job.progress, job.file_name) == (Status.RUNNING, 7, 33, "")
    assert list_files(export_dir) == []


def test_progress_and_a_sign_of_life_are_noted(monkeypatch):
    job = make_job()
    seen = []
    monkeypatch.setattr(building, "SECONDS_BETWEEN_REPORTS", 0)

    def report(*_args, report_progress, path, **_options):
        started = ExportJob.objects.get(pk=job.pk)
        for fraction in (0.25, 1.0):
            report_progress(fraction)
            now = ExportJob.objects.get(pk=job.pk)
            seen.append((now.status, now.progress, now.heartbeat_at >= started.heartbeat_at))
        path.write_text("klaar")

    monkeypatch.setattr(building, "write_export", report)

    build_file(job.pk)

    assert seen == [(Status.RUNNING, 25, True), (Status.RUNNING, 99, True)]


def test_progress_is_not_written_for_every_row(monkeypatch, django_assert_max_num_queries):
    job = make_job()
    job.attempts = 1
    ExportJob.objects.filter(pk=job.pk).update(attempts=1)
    report = building._ProgressReport(job)

    with django_assert_max_num_queries(0):
        monkeypatch.setattr(building, "monotonic", lambda: report._reported_at)
        for row in range(10_000):
            report(row / 10_000)


def test_what_goes_wrong_is_told_to_the_owner_and_not_to_the_log(export_dir, monkeypatch, caplog):
    job, answer = make_job(), "wat niemand mag weten"

    def fail(*_args, path, **_options):
        path.write_text("half")
        raise RuntimeError(answer)

    monkeypatch.setattr(building, "write_export", fail)

    with caplog.at_level(logging.DEBUG):
        build_export(job.pk)

    job.refresh_from_db()
    assert (job.status, job.file_name) == (Status.FAILED, "")
    assert "niet gelukt" in job.message
    assert job.finished_at is not None
    assert "RuntimeError" in caplog.text
    assert answer not in caplog.text
    assert list_files(export_dir) == []


def test_a_file_that_does_not_fit_says_what_to_do(monkeypatch):
    job = make_job()

    def refuse(*_args, **_options):
        raise TooLargeForFormat("Kies CSV.")

    monkeypatch.setattr(building, "write_export", refuse)

    build_file(job.pk)

    job.refresh_from_db()
    assert (job.status, job.message) == (Status.FAILED, "Kies CSV.")


def test_a_job_that_takes_every_worker_down_is_given_up(export_dir):
    job = make_job(status=Status.RUNNING, attempts=MAXIMUM_ATTEMPTS)

    build_export(job.pk)

    job.refresh_from_db()
    assert job.status == Status.FAILED
    assert "niet gelukt" in job.message


def test_a_starting_worker_finds_every_unfinished_job(export_dir, monkeypatch):
    jobs = {status: make_job(status=status) for status in Status}
    sent = []
    monkeypatch.setattr(build_export, "delay", sent.append)

    resume_exports(sender=None)

    assert sorted(sent) == sorted([jobs[Status.QUEUED].pk, jobs[Status.RUNNING].pk])


def test_old_files_are_removed_with_their_jobs(export_dir):
    old, recent = make_job(), make_job()
    for job in (old, recent):
        build_export(job.pk)
        job.refresh_from_db()
    set_age(old, days=8)
    set_age(recent, days=6)
    orphan = export_dir / "achtergebleven.part"
    orphan.write_text("half")
    set_age(orphan, days=8)

    remove_old_exports()

    assert list(ExportJob.objects.all()) == [recent]
    assert list_files(export_dir) == [recent.file_name]
