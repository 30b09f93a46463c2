"""Who stands behind the figures, as protection sees them, adds up to the figures: in random small worlds."""

from collections import Counter

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from surveys.questionnaire.queries import load_definition
from surveys.results.counting import count_answers
from surveys.results.release.counting import FrozenWave
from surveys.results.release.freezing import freeze_wave
from surveys.results.release.microdata import list_microdata
from surveys.results.release.snapshot import Snapshot
from tests.responses.factories import make_wave
from tests.results.test_recount import BREAKDOWNS, DATE, build, worlds

pytestmark = pytest.mark.django_db


@pytest.fixture
def wave():
    return make_wave(reference_date=DATE)


def add_up(replies, *, unit, dimensions):
    """Units per question, option or base (None), and groups of the breakdown."""
    units = Counter()
    for reply in replies:
        if reply.unit == unit:
            groups = tuple(reply.groups[dimension] for dimension in dimensions)
            for outcome in reply.outcomes:
                units[reply.question, outcome, groups] += 1
            if reply.is_answered:
                units[reply.question, None, groups] += 1
    return units


@settings(
    max_examples=15,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(
    world=worlds(),
    unit=st.sampled_from(["response", "municipality"]),
    dimensions=st.sampled_from(BREAKDOWNS),
)
def test_replies_add_up_to_the_figures(wave, world, unit, dimensions):
    questions = list(load_definition(wave.version).questions)
    with transaction.atomic():
        build(wave, world)
        table = count_answers(wave, unit=unit, dimensions=dimensions)
        frozen = FrozenWave(Snapshot(freeze_wave(wave, questions=questions, units=[unit])))
        transaction.set_rollback(True)

    microdata = list_microdata(frozen, questions=questions, dimensions=dimensions)

    units = add_up(microdata.replies, unit=unit, dimensions=dimensions)
    rows = [row for row in table.rows if len(row.dimensions) == len(dimensions)]
    for row in rows:
        groups = tuple(group for group in (row.group_1, row.group_2) if group)[: len(dimensions)]
        if row.is_choice and not row.is_theme:
            assert (row.n or 0, row.base or 0) == (
                units[row.question, row.option, groups],
                units[row.question, None, groups],
            )
        elif row.is_missing_kind:
            assert (row.n or 0) == units[row.question, row.option, groups]
