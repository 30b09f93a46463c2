"""A report is made once for what it says, and replaced when it says something else."""

from datetime import timedelta

import pytest
from wagtail.models import ModelLogEntry

from practices.models import PracticePage, WaveReport
from practices.report.lifecycle import make_report
from practices.tasks import make_wave_report
from tests.practices.report.worlds import publish_reported_wave
from tests.responses.factories import NOW
from tests.typesetting.documents import read_text

pytestmark = pytest.mark.django_db


@pytest.fixture
def wave():
    return publish_reported_wave()


def test_it_is_kept_as_long_as_it_says_the_same(wave):
    made = make_report(wave, at=NOW)
    again = make_report(wave, at=NOW + timedelta(days=1))

    assert (again.pk, again.made_at) == (made.pk, NOW)
    assert ModelLogEntry.objects.filter(action="report.make").count() == 1


def test_a_new_text_takes_the_place_of_the_old_report(wave):
    old = make_report(wave, at=NOW)
    PracticePage.objects.filter(slug="utrecht").update(intro="Een heel andere alinea.")
    new = make_report(wave, at=NOW + timedelta(days=1))

    assert WaveReport.objects.get() == new
    assert new.made_at == NOW + timedelta(days=1)
    assert "Een heel andere alinea." in read_text(bytes(new.pdf))
    assert "Een heel andere alinea." not in read_text(bytes(old.pdf))


def test_the_worker_makes_it_by_the_code_of_the_wave(wave):
    make_wave_report(wave.code)

    assert WaveReport.objects.get().wave == wave
