from datetime import date

import pytest

from surveys.questionnaire.lifecycle import close_wave, publish_results
from surveys.results.publication import (
    MeasureResults,
    ResultsNotPublished,
    describe_measure_results,
    latest_public_wave,
    public_table,
)
from tests.responses.factories import make_wave
from tests.results.worlds import publish_small_wave

pytestmark = pytest.mark.django_db


@pytest.fixture
def public_wave():
    return publish_small_wave()


def test_the_public_sees_nothing_before_publication():
    wave = make_wave()
    close_wave(wave)

    with pytest.raises(ResultsNotPublished):
        public_table(wave, unit="response")
    assert latest_public_wave() is None


def test_the_public_table_is_after_disclosure_control(public_wave):
    table = public_table(public_wave, unit="municipality", dimensions=["province"], questions=["beperkt"])

    assert {row.status for row in table.rows if not row.dimensions} == {"ok"}
    assert {(row.status, row.n) for row in table.rows if row.dimensions} == {("suppressed", None)}


def test_the_smallest_public_group_is_a_property_of_the_wave(public_wave):
    public_wave.minimum_public_base = 1

    table = public_table(public_wave, unit="municipality", dimensions=["province"], questions=["beperkt"])

    assert "suppressed" not in {row.status for row in table.rows}


def test_the_latest_wave_is_that_of_the_newest_reference_date(public_wave):
    older = make_wave(code="2022", reference_date=date(2022, 1, 1))
    close_wave(older)
    publish_results(older)

    assert latest_public_wave() == public_wave


def test_a_measure_has_the_figures_of_its_answered_closed_questions(public_wave):
    figures = describe_measure_results(public_wave, "poh-jeugd").figures

    assert [(figure.question, figure.base_line) for figure in figures] == [
        ("poh", "n = 4 reacties, samen 4 gemeenten")
    ]
    assert describe_measure_results(public_wave, "regionalisering") == MeasureResults([], [])
