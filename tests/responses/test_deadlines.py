"""A soft deadline warns, a hard deadline closes."""

from datetime import timedelta

import pytest
from django.utils import timezone

from tests.responses.factories import COMPLETE, MEMBER, make_response, make_wave, read, sign_in

pytestmark = pytest.mark.django_db

START = f"/invullen/proef/{MEMBER}/"
HOPED = "De onderzoekers hoopten uw antwoorden voor"


def set_preferred_day(wave, *, days_from_now):
    wave.preferably_before = timezone.localdate() + timedelta(days=days_from_now)
    wave.save()


def test_before_the_soft_deadline_the_day_is_named_without_a_warning():
    set_preferred_day(make_wave(), days_from_now=1)
    client = sign_in("Gerda", MEMBER)
    assert "Graag voor" in read(client, START)
    assert "Graag voor" in read(client, "/invullen/")
    assert HOPED not in read(client, START)


def test_from_the_soft_deadline_on_there_is_a_warning_and_filling_in_goes_on():
    wave = make_wave()
    make_response(wave, MEMBER, answers=COMPLETE)
    set_preferred_day(wave, days_from_now=0)
    client = sign_in("Gerda", MEMBER)
    assert HOPED in read(client, START)
    assert client.post(f"{START}controleren/").url == f"{START}ontvangst/"
    assert HOPED not in read(client, START)


def test_the_hard_deadline_closes():
    today = timezone.localdate()
    wave = make_wave()
    make_response(wave, MEMBER, answers=COMPLETE)
    set_preferred_day(wave, days_from_now=-2)
    wave.closes_on = today - timedelta(days=1)
    wave.save()
    client = sign_in("Gerda", MEMBER)
    assert "De meting is gesloten." in read(client, START)
    assert HOPED not in read(client, START)
    assert client.post(f"{START}controleren/").status_code == 409
