"""What every draft still misses, counted for all at once: the same as each page that checks says."""

import pytest

from surveys.responses.completeness import count_missing
from surveys.responses.lifecycle.positions import take_over_section
from surveys.responses.lifecycle.saving import AnswerChange, save_answers
from surveys.responses.lifecycle.submission import submit_response
from surveys.responses.readiness import assess_readiness
from tests.responses.factories import (
    COMPLETE,
    MEMBER,
    NOW,
    OTHER_MEMBER,
    REGION,
    STRANGER,
    choose,
    make_response,
    make_wave,
)
from tests.responses.regions import deviate, make_region_response

pytestmark = pytest.mark.django_db


def check_all(*responses):
    """As many as the page of each response says, and nothing about others."""
    counted = count_missing(responses[0].wave)
    assert counted == {each.pk: len(assess_readiness(each).missing) for each in responses}
    return [counted[each.pk] for each in responses]


def test_a_draft_misses_its_required_questions_and_nothing_else():
    wave = make_wave()
    empty = make_response(wave, STRANGER)
    half = make_response(wave, MEMBER, answers={"beperkt": choose("nee")})
    done = make_response(wave, OTHER_MEMBER, answers=COMPLETE)

    assert check_all(empty, half, done) == [2, 1, 0]


def test_only_drafts_of_this_wave_are_counted():
    wave = make_wave()
    submit_response(make_response(wave, MEMBER, answers=COMPLETE), by=None)
    make_response(make_wave(code="ander"), STRANGER)

    assert count_missing(wave) == {}


def test_a_region_misses_municipalities_and_what_its_deviations_lead_to():
    wave = make_wave()
    region = make_region_response(wave, answers=COMPLETE)
    assert check_all(region) == [0]

    deviate(region, MEMBER, {"poh": choose("overig")})
    assert check_all(region) == [1]

    region.coverage.all().delete()
    assert check_all(region) == [1]


def test_a_municipality_that_a_region_speaks_for_misses_only_what_it_took_over():
    wave = make_wave()
    region = make_region_response(wave, answers=COMPLETE)
    own = make_response(wave, MEMBER)
    assert check_all(region, own) == [0, 0]

    take_over_section(region, municipality=MEMBER, section="huisarts", by=None, at=NOW)
    assert check_all(region, own) == [0, 1]


def test_two_answers_to_choose_from_are_missing_too():
    response = make_response(make_wave(), MEMBER, answers=COMPLETE)
    change = AnswerChange("poh", choose("ja"), base_revision=0)
    assert save_answers(response, changes=[change], by=None, at=NOW).conflicts

    assert check_all(response) == [1]


@pytest.mark.parametrize("organisations", [[REGION], [MEMBER, REGION, STRANGER]])
def test_counting_takes_six_queries(django_assert_num_queries, organisations):
    wave = make_wave()
    for code in organisations:
        make_response(wave, code, covers=[MEMBER] if code == REGION else [])
    count_missing(wave)

    with django_assert_num_queries(6):
        assert len(count_missing(wave)) == len(organisations)
