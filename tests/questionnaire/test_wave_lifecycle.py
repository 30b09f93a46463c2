"""Running a wave: planning, opening, closing and making its results public."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone
from wagtail.models import ModelLogEntry

from surveys.accounts.models import Person
from surveys.questionnaire.lifecycle import (
    WaveTransitionRefused,
    close_wave,
    move_deadline,
    open_wave,
    publish_definition,
    publish_results,
)
from surveys.questionnaire.models import QuestionnaireVersion, Wave
from surveys.territory.queries import UnknownDate, list_municipalities
from tests.questionnaire.definitions import read_every_kind
from tests.questionnaire.waves import list_actions, plan

pytestmark = pytest.mark.django_db


@pytest.fixture
def person() -> Person:
    return Person.objects.create_user("onderzoeker@voorbeeld.nl")


@pytest.fixture
def version() -> QuestionnaireVersion:
    return publish_definition(read_every_kind())


def test_planning_writes_the_municipalities_of_the_reference_date_as_frame(version):
    wave = plan(version)
    assert wave.status == Wave.Status.PLANNED
    expected = {row.code: row for row in list_municipalities(date(2022, 1, 1))}
    frame = {row.municipality_id: row for row in wave.frame.all()}
    assert frame.keys() == expected.keys()
    assert len(frame) == 345
    assert sum(row.population for row in frame.values()) == 17_590_672
    for code, row in frame.items():
        assert (row.name, row.population) == (expected[code].name, expected[code].population)
        assert row.province_id == expected[code].province_code
        assert row.size_class_id == expected[code].size_class_code
        assert row.youth_region_id == expected[code].youth_region_code


def test_a_date_without_figures_is_refused_and_leaves_nothing(version):
    with pytest.raises(UnknownDate):
        plan(version, reference_date=date(1990, 1, 1))
    assert not Wave.objects.exists()


def test_a_wave_cannot_close_before_it_opens(version):
    with pytest.raises(WaveTransitionRefused, match="De laatste dag ligt voor de eerste dag"):
        plan(version, closes_on=date(2022, 1, 31))
    assert plan(version, closes_on=date(2022, 2, 1)).pk


def test_the_database_refuses_a_wave_that_closes_before_it_opens(version):
    wave = plan(version)
    with pytest.raises(IntegrityError), transaction.atomic():
        Wave.objects.filter(pk=wave.pk).update(closes_on=date(2022, 1, 1))


def test_a_code_is_no_address_of_something_else(version):
    with pytest.raises(WaveTransitionRefused, match="al een adres op de site"):
        plan(version, code="uitnodiging")


def test_a_code_is_used_once(version):
    plan(version)
    with pytest.raises(WaveTransitionRefused, match="al een meting met de sleutel 'proef'"):
        plan(version)


def test_a_wave_opens_closes_and_gets_its_results_published(version):
    wave = plan(version)
    open_wave(wave)
    assert wave.status == Wave.Status.OPEN
    close_wave(wave)
    assert wave.status == Wave.Status.CLOSED
    at = datetime(2022, 6, 1, 9, tzinfo=UTC)
    publish_results(wave, at=at)
    wave.refresh_from_db()
    assert (wave.status, wave.results_published_at) == (Wave.Status.CLOSED, at)


def test_results_are_public_from_now_unless_another_moment_is_given(version):
    wave = plan(version)
    open_wave(wave)
    close_wave(wave)
    before = timezone.now()
    publish_results(wave)
    assert before <= wave.results_published_at <= timezone.now()


def test_a_closed_wave_opens_again_until_its_results_are_public(version):
    wave = plan(version)
    open_wave(wave)
    close_wave(wave)
    open_wave(wave)
    assert wave.status == Wave.Status.OPEN
    close_wave(wave)
    publish_results(wave)
    with pytest.raises(WaveTransitionRefused, match="openbaar"):
        open_wave(wave)


def test_the_last_day_moves_until_the_results_are_public(version, person):
    wave = plan(version)
    open_wave(wave)
    move_deadline(wave, closes_on=date(2022, 4, 1), preferably_before=date(2022, 3, 20), by=person)
    moved = Wave.objects.get()
    assert (moved.closes_on, moved.preferably_before) == (date(2022, 4, 1), date(2022, 3, 20))
    assert list_actions() == ["wave.move_deadline"]
    with pytest.raises(WaveTransitionRefused, match="De laatste dag ligt voor de eerste dag"):
        move_deadline(wave, closes_on=date(2022, 1, 31), preferably_before=None)
    close_wave(wave)
    publish_results(wave)
    with pytest.raises(WaveTransitionRefused, match="De laatste dag ligt vast"):
        move_deadline(wave, closes_on=date(2022, 5, 1), preferably_before=None)
    assert Wave.objects.get().closes_on == date(2022, 4, 1)


@pytest.mark.parametrize(
    ("status", "transition", "message"),
    [
        (Wave.Status.OPEN, open_wave, "Deze meting is al open."),
        (Wave.Status.PLANNED, close_wave, "Deze meting is niet open."),
        (Wave.Status.CLOSED, close_wave, "Deze meting is niet open."),
        (Wave.Status.PLANNED, publish_results, "Sluit de meting voordat u de resultaten openbaar maakt."),
        (Wave.Status.OPEN, publish_results, "Sluit de meting voordat u de resultaten openbaar maakt."),
    ],
)
def test_a_step_that_does_not_fit_is_refused_and_changes_nothing(
    version, person, status, transition, message
):
    wave = plan(version)
    Wave.objects.filter(pk=wave.pk).update(status=status)
    with pytest.raises(WaveTransitionRefused) as raised:
        transition(wave, by=person)
    assert str(raised.value) == message
    wave.refresh_from_db()
    assert (wave.status, wave.results_published_at) == (status, None)
    assert list_actions() == []


def test_results_are_published_once(version):
    wave = plan(version)
    open_wave(wave)
    close_wave(wave)
    publish_results(wave)
    with pytest.raises(WaveTransitionRefused, match="al openbaar"):
        publish_results(wave)


def test_a_step_looks_at_the_wave_as_it_is_now_and_not_as_it_was_read(version):
    wave = plan(version)
    read_before = Wave.objects.get(pk=wave.pk)
    open_wave(wave)
    with pytest.raises(WaveTransitionRefused, match="al open"):
        open_wave(read_before)


def test_every_step_leaves_a_line_with_who_did_it(person):
    version = publish_definition(read_every_kind(), by=person)
    wave = plan(version, by=person)
    open_wave(wave, by=person)
    close_wave(wave, by=person)
    publish_results(wave, by=person)
    assert list_actions() == [
        "questionnaire.publish", "wave.plan", "wave.open", "wave.close", "wave.publish_results"
    ]  # fmt: skip
    assert set(ModelLogEntry.objects.values_list("user", flat=True)) == {person.pk}
    assert all(entry.message for entry in ModelLogEntry.objects.all())


def test_without_a_person_no_line_is_left(version):
    open_wave(plan(version))
    assert list_actions() == []


@pytest.mark.parametrize("day", [date(2022, 1, 31), date(2022, 3, 2)])
def test_the_soft_deadline_lies_within_the_wave(version, day):
    with pytest.raises(WaveTransitionRefused, match="“graag voor” ligt niet tussen"):
        plan(version, preferably_before=day)
    wave = plan(version, preferably_before=date(2022, 3, 1))
    with pytest.raises(WaveTransitionRefused, match="“graag voor” ligt niet tussen"):
        move_deadline(wave, closes_on=date(2022, 3, 1), preferably_before=day)
    assert Wave.objects.get().preferably_before == date(2022, 3, 1)


def test_a_wave_can_follow_an_earlier_one_of_the_same_survey(version):
    first = plan(version)
    second = plan(version, code="tweede", reference_date=date(2026, 1, 1), previous=first)
    assert Wave.objects.get(code="tweede").previous == first
    other = publish_definition(replace(read_every_kind(), survey="anders"))
    with pytest.raises(WaveTransitionRefused, match="Proefmeting had een andere vragenlijst"):
        plan(other, code="derde", reference_date=date(2026, 1, 1), previous=first)
    with pytest.raises(WaveTransitionRefused, match="ligt niet voor die van deze meting"):
        plan(version, code="derde", reference_date=date(2022, 1, 1), previous=second)
