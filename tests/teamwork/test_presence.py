"""Who is looking: for a minute, in the cache, and by number only."""

import pytest
from django.core.cache import cache

from surveys.teamwork import presence
from surveys.teamwork.presence import list_present, note_presence
from surveys.teamwork.queries import list_colleagues
from tests.responses.factories import MEMBER, OTHER_MEMBER, make_person, make_wave
from tests.teamwork.factories import get_organisation


@pytest.fixture
def wave(db):
    return make_wave()


@pytest.fixture
def gerda(wave):
    return make_person("Gerda", organisation=MEMBER)


def list_names(wave, code=MEMBER):
    colleagues = list_colleagues(get_organisation(code))
    return [(str(each.membership.person), each.section) for each in list_present(colleagues, wave=wave)]


def test_the_last_place_counts(wave, gerda):
    for section in ("toegang", "huisarts"):
        note_presence(wave, organisation=get_organisation(), person=gerda, section=section)
    assert list_names(wave) == [("Gerda", "huisarts")]


def test_presence_is_of_one_organisation_in_one_wave(wave, gerda):
    make_person("Vera", organisation=OTHER_MEMBER)
    note_presence(wave, organisation=get_organisation(), person=gerda)
    assert list_names(wave, OTHER_MEMBER) == []
    assert list_names(make_wave(code="later")) == []
    assert list_names(wave) == [("Gerda", "")]


def test_who_left_the_team_is_not_shown(wave, gerda):
    note_presence(wave, organisation=get_organisation(), person=gerda)
    gerda.memberships.all().delete()
    assert list_names(wave) == []


def test_it_is_gone_by_itself(wave, gerda, monkeypatch):
    monkeypatch.setattr(presence, "SECONDS_PRESENT", 0)
    note_presence(wave, organisation=get_organisation(), person=gerda)
    assert list_names(wave) == []


def test_what_is_kept_lasts_a_minute_and_names_nobody(wave, gerda, monkeypatch):
    kept = []
    monkeypatch.setattr(cache, "set", lambda key, value, timeout: kept.append((key, value, timeout)))
    note_presence(wave, organisation=get_organisation(), person=gerda, section="toegang")
    ((key, value, timeout),) = kept
    assert (value, timeout) == ("toegang", 60)
    assert "gerda" not in key.lower()
    assert "@" not in key


def test_looking_at_who_is_there_asks_the_database_nothing(wave, gerda, django_assert_num_queries):
    colleagues = list_colleagues(get_organisation())
    with django_assert_num_queries(0):
        list_present(colleagues, wave=wave)
