import re
from datetime import timedelta

import pytest
from django.utils import timezone

from surveys.questionnaire.lifecycle import close_wave, open_wave
from surveys.questionnaire.models import Wave
from surveys.responses.lifecycle.submission import exclude_response
from surveys.responses.models import Answer, Response
from surveys.results.models import ReleasedTable
from surveys.results.publication import public_table
from surveys.results.release.finishing import finish_release, publish_release
from surveys.results.release.lifecycle import (
    change_release,
    prepare_release,
    request_publication,
    schedule_release,
    start_due_releases,
)
from surveys.results.release.locking import ReleaseRefused
from tests.responses.factories import NOW, make_person, make_wave
from tests.results.release.factories import make_plan, prepare_wave, publish_wave
from tests.results.worlds import publish_small_wave

pytestmark = pytest.mark.django_db


@pytest.fixture
def wave():
    wave = make_wave()
    close_wave(wave)
    return wave


def read_public(wave):
    return [
        public_table(wave, unit=unit, dimensions=dimensions)
        for unit in ("response", "municipality", "inhabitants")
        for dimensions in ([], ["size_class"], ["province"], ["size_class", "respondent_type"])
    ]


def read_page(client):
    """Without what is new every time."""
    return re.sub(r'nonce="[^"]+"', "", client.get("/resultaten/2026/").text)


def test_what_changes_after_publishing_changes_nothing_in_public(client):
    wave = publish_small_wave()
    before, page = read_public(wave), read_page(client)

    Answer.objects.update(state="dont_know")
    exclude_response(
        Response.objects.filter(status="submitted").first(), by=None, reason="Test", at=timezone.now()
    )
    Wave.objects.update(minimum_public_base=1)

    assert read_public(wave) == before
    assert read_page(client) == page


def test_nothing_is_public_before_it_is_published(client, wave):
    release = prepare_wave(wave)

    assert client.get(f"/resultaten/{wave.code}/").status_code == 404
    publish_release(release, by=None, at=NOW)
    assert client.get(f"/resultaten/{wave.code}/").status_code == 200


def test_a_published_release_refuses_every_verb(wave):
    release = publish_wave(wave)

    for verb in (
        lambda: change_release(release, plan=make_plan(wave), by=None, at=NOW),
        lambda: schedule_release(release, publish_at=timezone.now(), by=None, at=NOW),
        lambda: request_publication(release, by=make_person("Els"), at=NOW),
        lambda: publish_release(release, by=None, at=NOW),
    ):
        with pytest.raises(ReleaseRefused, match="verandert niet meer"):
            verb()


def test_a_correction_is_a_new_release_that_says_why(wave):
    first = publish_wave(wave)

    with pytest.raises(ReleaseRefused, match="wat er anders is"):
        prepare_release(wave, plan=make_plan(wave, note=" "), by=None, at=NOW)
    second = publish_wave(wave, note="Eén antwoord was verkeerd ingelezen.")

    assert (second.number, second.corrects, second.code) == (2, first, f"{wave.code}-2")
    assert public_table(wave, unit="response").release == second.code


def test_one_release_is_in_the_making_at_a_time(wave):
    prepare_release(wave, plan=make_plan(wave), by=None, at=NOW)

    with pytest.raises(ReleaseRefused, match="staat al een publicatie klaar"):
        prepare_release(wave, plan=make_plan(wave), by=None, at=NOW)


def test_an_open_wave_has_no_release():
    wave = make_wave()

    with pytest.raises(ReleaseRefused, match="Sluit de meting eerst"):
        prepare_release(wave, plan=make_plan(wave), by=None, at=NOW)


def test_what_is_not_counted_is_not_planned_and_not_published(wave):
    release = prepare_release(wave, plan=make_plan(wave), by=None, at=NOW)

    for verb in (
        lambda: schedule_release(release, publish_at=NOW + timedelta(days=1), by=None, at=NOW),
        lambda: request_publication(release, by=make_person("Els"), at=NOW),
        lambda: publish_release(release, by=None, at=NOW),
    ):
        with pytest.raises(ReleaseRefused, match="nog niet geteld"):
            verb()


def test_a_wave_that_was_opened_again_is_not_published(wave):
    release = prepare_wave(wave)
    open_wave(wave)

    with pytest.raises(ReleaseRefused, match="Sluit de meting eerst"):
        publish_release(release, by=None, at=NOW)


def test_figures_without_their_checksum_are_not_published(wave):
    release = prepare_wave(wave)
    ReleasedTable.objects.filter(release=release).first().delete()

    with pytest.raises(ReleaseRefused, match="niet meer gelijk"):
        publish_release(release, by=None, at=NOW)


def test_a_planned_release_is_published_when_it_is_due(wave):
    release = prepare_wave(wave)
    moment = NOW + timedelta(hours=1)
    schedule_release(release, publish_at=moment, by=None, at=NOW)

    assert start_due_releases(at=NOW) == []
    assert start_due_releases(at=moment) == [release]
    assert start_due_releases(at=moment) == []
    finish_release(release.pk)

    assert public_table(wave, unit="response").release == release.code


def test_a_planned_moment_lies_ahead_and_is_dropped_by_a_change(wave):
    release = prepare_wave(wave)
    with pytest.raises(ReleaseRefused, match="toekomst"):
        schedule_release(release, publish_at=NOW, by=None, at=NOW)
    schedule_release(release, publish_at=NOW + timedelta(days=1), by=None, at=NOW)

    changed = change_release(release, plan=make_plan(wave, title="Anders"), by=None, at=NOW)

    assert (changed.status, changed.publish_at, changed.title) == ("counting", None, "Anders")
    assert start_due_releases(at=NOW + timedelta(days=2)) == []


@pytest.mark.parametrize(
    "wrong",
    [
        {"questions": []},
        {"questions": ["bestaat_niet"]},
        {"units": []},
        {"units": ["huishouden"]},
        {"breakdowns": [["kleur"]]},
        {"breakdowns": [["province", "province"]]},
        {"questions": ["poh"], "breakdowns": [["question:beperkt"]]},
        {"breakdowns": [["question:kosten"]]},
        {"breakdowns": [["question:hoe"]]},
        {"breakdowns": [["question:hoe:bestaat_niet"]]},
    ],
)
def test_what_a_wave_does_not_have_is_refused(wave, wrong):
    with pytest.raises(ReleaseRefused):
        prepare_release(wave, plan=make_plan(wave, **wrong), by=None, at=NOW)
