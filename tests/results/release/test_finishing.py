"""What the worker does with a release, as it runs it."""

import logging
from datetime import timedelta

import pytest
from celery.exceptions import Retry
from django.utils import timezone
from wagtail.models import ModelLogEntry

from surveys.questionnaire.lifecycle import close_wave, open_wave
from surveys.results.models import Release, ReleasedTable
from surveys.results.release import finishing, tasks
from surveys.results.release.computing import load_contents
from surveys.results.release.finishing import (
    LEASE,
    MAXIMUM_ATTEMPTS,
    NOT_DONE,
    NOT_THE_SAME,
    BeingFinished,
    TakenOver,
    count_release,
    finish_release,
)
from surveys.results.release.lifecycle import change_release, prepare_release, request_publication
from surveys.results.release.tasks import finish_release_later, resume_releases
from tests.responses.factories import NOW, make_person, make_wave
from tests.results.release.factories import make_plan

pytestmark = pytest.mark.django_db

Status = Release.Status
SECRET = "Antwoord van Leiden"
# Counted in no time.
SMALL = {"questions": ["beperkt"], "breakdowns": [], "units": ["response"]}


@pytest.fixture
def wave():
    wave = make_wave()
    close_wave(wave)
    return wave


@pytest.fixture
def release(wave):
    return prepare_release(wave, plan=make_plan(wave, **SMALL), by=None, at=NOW)


@pytest.fixture
def requested(release):
    """Counted, and somebody asked to publish it."""
    return request_publication(count_release(release), by=make_person("Els"))


def read_now(release):
    return Release.objects.get(pk=release.pk)


def claim_as_another_worker(release, *, ago=timedelta(0)):
    """What the UPDATE of another worker does."""
    Release.objects.filter(pk=release.pk).update(
        attempts=release.attempts + 1, claimed_at=timezone.now() - ago
    )


def fail(*_args, **_options):
    raise RuntimeError(SECRET)


def test_a_release_waits_until_a_worker_counts_it(release):
    assert (release.status, release.facts, release.tables_sha256) == (Status.COUNTING, {}, "")

    finish_release_later(release.pk)

    counted = read_now(release)
    assert (counted.status, counted.attempts, counted.claimed_at) == (Status.PREPARED, 1, None)
    assert counted.tables.count() == 1
    assert load_contents(counted).compute_sha256() == counted.tables_sha256


def test_asking_sends_the_release_to_a_worker(wave, monkeypatch, django_capture_on_commit_callbacks):
    sent = []
    monkeypatch.setattr(finish_release_later, "delay", sent.append)

    with django_capture_on_commit_callbacks(execute=True):
        release = prepare_release(wave, plan=make_plan(wave, **SMALL), by=None, at=NOW)
    counted = count_release(release)
    with django_capture_on_commit_callbacks(execute=True):
        request_publication(counted, by=make_person("Els"))

    assert sent == [release.pk, release.pk]


def test_a_broker_that_cannot_be_reached_keeps_nobody_from_asking(
    wave, monkeypatch, django_capture_on_commit_callbacks
):
    monkeypatch.setattr(finish_release_later, "delay", fail)

    with django_capture_on_commit_callbacks(execute=True):
        release = prepare_release(wave, plan=make_plan(wave, **SMALL), by=None, at=NOW)

    assert read_now(release).status == Status.COUNTING


def test_what_was_asked_for_is_published_once_it_is_counted_again(requested):
    finish_release_later(requested.pk)

    published = read_now(requested)
    assert published.status == Status.PUBLISHED
    assert published.published_by.first_name == "Els"
    assert ModelLogEntry.objects.filter(action="release.publish", user=published.published_by).count() == 1


@pytest.mark.parametrize("status", [Status.FAILED, Status.PREPARED, Status.SCHEDULED])
def test_a_release_that_waits_for_nothing_is_left_alone(release, status):
    Release.objects.filter(pk=release.pk).update(status=status)

    finish_release_later(release.pk)

    assert (read_now(release).status, read_now(release).attempts) == (status, 0)


def test_a_release_that_is_gone_is_no_problem():
    finish_release_later(404)

    assert not Release.objects.exists()


def test_figures_that_do_not_follow_from_the_snapshot_are_not_published(requested, client):
    """Also when the checksum was made to fit."""
    table = requested.tables.get()
    table.content["columns"]["note"] = 0
    table.content["columns"]["base"] = 40
    table.save()
    sha256 = load_contents(requested).compute_sha256()
    Release.objects.filter(pk=requested.pk).update(tables_sha256=sha256)

    finish_release_later(requested.pk)

    refused = read_now(requested)
    assert (refused.status, refused.problem) == (Status.PREPARED, NOT_THE_SAME)
    assert client.get(f"/resultaten/{requested.wave.code}/").status_code == 404


def test_a_wave_that_was_opened_meanwhile_is_not_published(requested):
    open_wave(requested.wave)

    finish_release_later(requested.pk)

    assert read_now(requested).status == Status.PREPARED
    assert read_now(requested).problem.startswith("Sluit de meting eerst")


@pytest.mark.parametrize(
    ("waiting", "broken"), [("release", "compute_contents"), ("requested", "list_differences")]
)
def test_what_goes_wrong_is_said_and_can_be_tried_again(request, monkeypatch, caplog, waiting, broken):
    release = request.getfixturevalue(waiting)
    after = Status.FAILED if waiting == "release" else Status.PREPARED
    with monkeypatch.context() as patch, caplog.at_level(logging.ERROR):
        patch.setattr(finishing, broken, fail)
        finish_release_later(release.pk)

    failed = read_now(release)
    assert (failed.status, failed.problem, failed.claimed_at) == (after, NOT_DONE, None)
    assert "RuntimeError" in caplog.text
    assert SECRET not in caplog.text
    changed = change_release(failed, plan=make_plan(release.wave, **SMALL), by=None)
    assert (changed.status, changed.problem, changed.attempts) == (Status.COUNTING, "", 0)
    finish_release_later(release.pk)
    assert read_now(release).status == Status.PREPARED


def test_a_snapshot_that_cannot_be_read_is_said(release):
    Release.objects.filter(pk=release.pk).update(snapshot=b"PAR1")

    finish_release_later(release.pk)

    assert (read_now(release).status, read_now(release).problem) == (Status.FAILED, NOT_DONE)


def test_a_worker_that_died_half_way_is_relieved(release):
    claim_as_another_worker(release, ago=LEASE + timedelta(seconds=1))

    finish_release_later(release.pk)

    assert (read_now(release).status, read_now(release).attempts) == (Status.PREPARED, 2)


def test_a_release_on_which_every_worker_dies_is_given_up(release):
    Release.objects.filter(pk=release.pk).update(attempts=MAXIMUM_ATTEMPTS)

    finish_release_later(release.pk)

    assert (read_now(release).status, read_now(release).problem) == (Status.FAILED, NOT_DONE)


def test_a_release_that_another_worker_counts_is_looked_at_again_later(release):
    claim_as_another_worker(release)

    with pytest.raises(Retry):
        finish_release_later.apply(
            args=[release.pk], throw=True, retries=finish_release_later.max_retries - 1
        )

    assert (read_now(release).status, read_now(release).attempts) == (Status.COUNTING, 1)


def test_looking_again_later_comes_to_an_end(release):
    claim_as_another_worker(release)

    result = finish_release_later.apply(args=[release.pk], retries=finish_release_later.max_retries)

    assert isinstance(result.result, BeingFinished)


def test_two_workers_cannot_take_the_same_release(release, monkeypatch):
    filter_releases = Release.objects.filter

    def let_another_worker_go_first(*conditions, **lookups):
        if "attempts" in lookups:
            monkeypatch.setattr(Release.objects, "filter", filter_releases)
            claim_as_another_worker(release)
        return filter_releases(*conditions, **lookups)

    monkeypatch.setattr(Release.objects, "filter", let_another_worker_go_first)

    with pytest.raises(BeingFinished):
        finish_release(release.pk)

    assert read_now(release).attempts == 1


@pytest.mark.parametrize("moment", ["taken over", "changed"])
def test_a_worker_that_lost_its_release_writes_nothing_any_more(release, monkeypatch, moment):
    compute = finishing.compute_contents

    def lose_release(release):
        contents = compute(release)
        if moment == "taken over":
            claim_as_another_worker(release)
        else:
            plan = make_plan(release.wave, **{**SMALL, "questions": ["poh"]})
            change_release(release, plan=plan, by=None)
        return contents

    monkeypatch.setattr(finishing, "compute_contents", lose_release)

    finish_release(release.pk)

    assert read_now(release).status == Status.COUNTING
    assert not ReleasedTable.objects.exists()


def test_a_release_that_was_counted_already_is_not_counted_over(release):
    count_release(release)

    with pytest.raises(TakenOver):
        count_release(release)


def test_a_worker_that_starts_finds_what_waits(requested, monkeypatch):
    other = make_wave(code="ander")
    close_wave(other)
    waiting = prepare_release(other, plan=make_plan(other, **SMALL), by=None, at=NOW)
    third = make_wave(code="derde")
    close_wave(third)
    count_release(prepare_release(third, plan=make_plan(third, **SMALL), by=None, at=NOW))
    sent = []
    monkeypatch.setattr(tasks.finish_release_later, "delay", sent.append)

    resume_releases()

    assert sent == [requested.pk, waiting.pk]
