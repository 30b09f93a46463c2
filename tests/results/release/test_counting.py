"""What is counted from a snapshot is what the database counted when it was taken: random small worlds, and the demo."""

from dataclasses import fields

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from surveys.questionnaire.models import Wave
from surveys.questionnaire.queries import load_definition
from surveys.results.counting import count_answers
from surveys.results.release.counting import FrozenWave
from surveys.results.release.freezing import freeze_wave
from surveys.results.release.snapshot import Snapshot
from surveys.results.table import ResultTable
from tests.responses.factories import make_wave
from tests.results.test_recount import BREAKDOWNS, DATE, build, worlds

pytestmark = pytest.mark.django_db

UNITS = ("response", "municipality", "inhabitants")


def freeze(wave):
    """The wave with all its questions, as a release would keep it."""
    questions = list(load_definition(wave.version).questions)
    return FrozenWave(Snapshot(freeze_wave(wave, questions=questions, units=UNITS)))


def assert_same(frozen, live):
    for name in (each.name for each in fields(ResultTable)):
        assert getattr(frozen, name) == getattr(live, name), name


@settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(world=worlds(), unit=st.sampled_from(UNITS), dimensions=st.sampled_from(BREAKDOWNS))
def test_a_snapshot_gives_the_table_that_the_database_gave(wave, world, unit, dimensions):
    with transaction.atomic():
        build(wave, world)
        live = count_answers(wave, unit=unit, dimensions=dimensions)
        frozen = freeze(wave)
        transaction.set_rollback(True)

    assert_same(frozen.count(unit=unit, dimensions=dimensions, questions=frozen.definition.questions), live)


@pytest.fixture
def wave():
    return make_wave(reference_date=DATE)


@pytest.mark.usefixtures("demo_database")
def test_a_snapshot_of_the_demo_gives_its_tables():
    for wave in Wave.objects.select_related("version"):
        frozen = freeze(wave)
        for unit in UNITS:
            for dimensions in ([], ["size_class", "respondent_type"], ["youth_region", "province"]):
                live = count_answers(wave, unit=unit, dimensions=dimensions)
                questions = frozen.definition.questions
                assert_same(frozen.count(unit=unit, dimensions=dimensions, questions=questions), live)


@pytest.mark.usefixtures("demo_database")
def test_the_same_wave_gives_the_same_bytes():
    wave = Wave.objects.select_related("version").get(code="2022")
    questions = list(load_definition(wave.version).questions)
    first, second = (freeze_wave(wave, questions=questions, units=UNITS) for _ in range(2))

    assert first == second
    assert Snapshot(first).compute_sha256() == Snapshot(second).compute_sha256()
    assert len(first) < 400_000
