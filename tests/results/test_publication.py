from datetime import date

import pytest
from django.utils.timezone import localdate

from surveys.questionnaire.lifecycle import close_wave
from surveys.questionnaire.models import Wave
from surveys.responses.models import ResponseMunicipality
from surveys.results.publication import (
    MeasureResults,
    NotInRelease,
    ResultsNotPublished,
    describe_measure_results,
    latest_public_wave,
    public_table,
)
from tests.responses.factories import NOW, make_wave
from tests.results.release.factories import publish_wave
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
    shown = {(row.status, row.n) for row in table.rows if row.dimensions}
    assert shown == {("suppressed", None), ("no_data", None)}
    assert table.release == "2026-1"
    assert table.released_on == localdate(NOW)


def test_the_smallest_public_group_is_that_of_the_wave_when_the_release_was_made(public_wave):
    ResponseMunicipality.objects.update(may_be_named=True)
    Wave.objects.update(minimum_public_base=1)
    public_wave.refresh_from_db()

    for is_remade in (False, True):
        if is_remade:
            publish_wave(public_wave)
        table = public_table(public_wave, unit="municipality", dimensions=["province"], questions=["beperkt"])
        alone = {row.status for row in table.rows if row.group_1 == "Noord-Holland" and row.is_choice}
        assert alone == {"ok" if is_remade else "suppressed"}


def test_the_latest_wave_is_that_of_the_newest_reference_date(public_wave):
    older = make_wave(code="2022", reference_date=date(2022, 1, 1))
    close_wave(older)
    publish_wave(older)

    assert latest_public_wave() == public_wave


def test_what_the_release_does_not_show_is_refused_by_name(public_wave):
    for choice in (
        {"unit": "response", "dimensions": ["province", "youth_region"]},
        {"unit": "response", "dimensions": ["question:beperkt"]},
    ):
        with pytest.raises(NotInRelease, match="uitsplitsing"):
            public_table(public_wave, **choice)
    publish_wave(public_wave, questions=["poh"], units=["response"], breakdowns=[])
    with pytest.raises(NotInRelease, match="vraag"):
        public_table(public_wave, unit="response", questions=["beperkt"])
    with pytest.raises(NotInRelease, match="eenheid"):
        public_table(public_wave, unit="municipality", questions=["poh"])
    with pytest.raises(KeyError):
        public_table(public_wave, unit="response", questions=["bestaat_niet"])


@pytest.mark.parametrize("dimensions", [["size_class", "respondent_type"], ["respondent_type", "size_class"]])
def test_two_dimensions_stand_in_the_order_of_the_release(public_wave, dimensions):
    table = public_table(public_wave, unit="response", dimensions=dimensions, questions=["beperkt"])

    assert table.dimensions == ("size_class", "respondent_type")
    assert {row.dimensions for row in table.rows} == {
        (),
        ("size_class",),
        ("respondent_type",),
        ("size_class", "respondent_type"),
    }


def test_a_public_table_takes_two_queries(public_wave, django_assert_num_queries):
    public_table(public_wave, unit="response")  # the definition is read once and remembered
    with django_assert_num_queries(2):
        public_table(public_wave, unit="municipality", dimensions=["size_class", "respondent_type"])


def test_a_measure_has_the_figures_of_its_answered_closed_questions(public_wave):
    figures = describe_measure_results(public_wave, "poh-jeugd").figures

    assert [(figure.question, figure.base_line) for figure in figures] == [
        ("poh", "n = 4 reacties, samen 4 gemeenten")
    ]
    assert describe_measure_results(public_wave, "regionalisering") == MeasureResults([], [], [])
