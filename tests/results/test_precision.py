"""Intervals and weights of a wave as it is counted in the database."""

import logging
import math

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from scipy import stats

from surveys.questionnaire.models import FrameMunicipality
from surveys.responses.lifecycle.submission import submit_response
from surveys.results.counting import count_answers
from surveys.results.figures import build_figures
from surveys.results.population import load_population
from surveys.results.precision.bounds import find_bounds
from surveys.results.precision.post_stratification import Weighting
from surveys.results.precision.wording import INTERVAL_EXPLANATION
from tests.responses.factories import (
    DONT_KNOW,
    MEMBER,
    OTHER_MEMBER,
    REGION,
    STRANGER,
    choose,
    make_response,
    make_wave,
)
from tests.responses.factories import NOW as AT

pytestmark = pytest.mark.django_db

YES = {"beperkt": choose("ja"), "poh": choose("nee")}
NO = {"beperkt": choose("nee"), "poh": choose("nee")}
UNSURE = {"beperkt": DONT_KNOW, "poh": choose("nee")}


@pytest.fixture
def wave():
    return make_wave()


def submit(wave, organisation, answers, *, covers=()):
    return submit_response(make_response(wave, organisation, answers=answers, covers=covers), by=None, at=AT)


def find_row(table, *, question="beperkt", option="ja", group=""):
    return next(
        row for row in table.rows if (row.question, row.option, row.group_1) == (question, option, group)
    )


def invert_logit(value):
    return 1 / (1 + math.exp(-value))


def test_a_region_is_one_cluster_of_the_country(wave):
    """Two municipalities behind one "ja", one for itself "nee": p = 2/3 over two clusters of 342."""
    submit(wave, REGION, YES, covers=(MEMBER, OTHER_MEMBER))
    submit(wave, STRANGER, NO)
    submit(wave, "GM0363", UNSURE)
    row = find_row(count_answers(wave, unit="municipality"))
    population = FrameMunicipality.objects.filter(wave=wave).count()
    error = math.sqrt((1 - 3 / population) * 2 * ((2 - 4 / 3) ** 2 + (2 / 3) ** 2)) / 3
    reach = stats.t.ppf(0.975, 1) * error / (2 / 3 * 1 / 3)
    lower = max(invert_logit(math.log(2) - reach), 2 / population)
    upper = min(invert_logit(math.log(2) + reach), (2 + population - 3) / population)
    assert (row.n, row.base, row.share, row.population) == (2, 3, 2 / 3, population)
    assert (row.lower, row.upper) == pytest.approx((lower, upper), abs=1e-12)
    assert find_bounds(row.n, row.base, population=population) == (
        2 / population,
        (population - 1) / population,
    )


def test_who_is_not_asked_is_known_and_no_part_of_the_population(wave):
    submit(wave, STRANGER, {"beperkt": choose("ja"), "hoe": choose("school"), "poh": choose("nee")})
    submit(wave, MEMBER, NO)
    row = find_row(count_answers(wave, unit="municipality"), question="hoe", option="school")
    assert row.population == FrameMunicipality.objects.filter(wave=wave).count() - 1


def test_a_group_in_which_everybody_answered_is_certain(wave):
    members = list(
        FrameMunicipality.objects.filter(wave=wave, youth_region=REGION).values_list(
            "municipality", flat=True
        )
    )
    for code in members:
        submit(wave, code, NO if code == MEMBER else YES)
    name = FrameMunicipality.objects.filter(wave=wave, youth_region=REGION).first().youth_region.name
    table = count_answers(wave, unit="municipality", dimensions=["youth_region"])
    row, total = find_row(table, group=name), find_row(table)
    assert row.lower == row.upper == row.share == (len(members) - 1) / len(members)
    assert total.lower < total.share < total.upper


def test_a_figure_says_what_its_interval_and_those_without_an_answer_mean(wave):
    submit(wave, STRANGER, NO)
    submit(wave, MEMBER, YES)
    submit(wave, OTHER_MEMBER, YES)
    (figure,) = build_figures(count_answers(wave, unit="municipality"), questions=["beperkt"])
    assert INTERVAL_EXPLANATION in figure.caveats
    assert (
        "Zou geen van de gemeenten zonder antwoord „Ja” kiezen, dan was het 1\N{NO-BREAK SPACE}%. "
        "Zouden zij dat allemaal kiezen, dan was het 100\N{NO-BREAK SPACE}%."
    ) in figure.caveats
    (figure,) = build_figures(count_answers(wave, unit="response"), questions=["beperkt"])
    assert not any("zonder antwoord" in caveat for caveat in figure.caveats)


def test_responses_stand_for_no_population(wave):
    submit(wave, STRANGER, NO)
    submit(wave, MEMBER, YES)
    rows = count_answers(wave, unit="response").rows
    assert {(row.lower, row.upper, row.population) for row in rows} == {(None, None, None)}
    with pytest.raises(ValueError, match="population"):
        count_answers(wave, unit="response", weighting=Weighting.POST_STRATIFIED)
    with pytest.raises(ValueError, match="no_such"):
        count_answers(wave, unit="municipality", weighting="no_such")


def test_an_own_response_goes_before_that_of_the_region(wave):
    region = submit(wave, REGION, YES, covers=(MEMBER, OTHER_MEMBER))
    own = submit(wave, MEMBER, NO)
    make_response(wave, STRANGER, answers=YES)
    population = load_population(wave)
    clusters = {member.code: member.cluster for member in population.members}
    assert (clusters[MEMBER], clusters[OTHER_MEMBER]) == (str(own.pk), str(region.pk))
    assert clusters[STRANGER] == ""
    assert len(clusters) == FrameMunicipality.objects.filter(wave=wave).count()
    names = list(population.size_classes.values())
    assert names[0].lower().startswith(("tot", "minder", "klein"))


def test_weights_count_a_size_class_as_heavily_as_in_the_country(wave, caplog):
    frame = list(
        FrameMunicipality.objects.filter(wave=wave)
        .order_by("municipality")
        .values_list("municipality", "size_class", "size_class__lower_bound")
    )
    lowest = min(bound for *_, bound in frame)
    small = [code for code, _, bound in frame if bound == lowest]
    others = {size_class for _, size_class, bound in frame if bound != lowest}
    larger = {each: [code for code, size_class, _ in frame if size_class == each][:6] for each in others}
    for code in small[:6]:
        submit(wave, code, YES)
    for codes in larger.values():
        for code in codes:
            submit(wave, code, NO)
    plain = count_answers(wave, unit="municipality")
    with caplog.at_level(logging.INFO, logger="surveys.results.counting"):
        weighted = count_answers(wave, unit="municipality", weighting=Weighting.POST_STRATIFIED)
    before, after = find_row(plain), find_row(weighted)
    assert before.share == 6 / (6 + 6 * len(larger))
    assert after.share == pytest.approx(len(small) / len(frame), abs=1e-12)
    assert (after.n, after.base) == (before.n, before.base)
    assert after.lower <= after.share <= after.upper
    assert plain.weighting == ""
    assert weighted.weighting.startswith("De aandelen zijn gewogen naar grootteklasse:")
    assert "De provincie telt niet mee" in weighted.weighting
    assert weighted.weighting in caplog.text


def test_weights_do_not_change_the_groups_of_a_table(wave):
    for code in (STRANGER, MEMBER, OTHER_MEMBER):
        submit(wave, code, YES)
    options = {"unit": "inhabitants", "dimensions": ["respondent_type", "province"]}
    plain = count_answers(wave, **options)
    weighted = count_answers(wave, **options, weighting=Weighting.POST_STRATIFIED)
    assert [(row.group_1, row.group_2, row.option, row.n) for row in weighted.rows] == [
        (row.group_1, row.group_2, row.option, row.n) for row in plain.rows
    ]


@pytest.mark.parametrize("weighting", list(Weighting))
def test_intervals_cost_two_queries_however_much_was_answered(wave, weighting):
    def count_queries(unit, **options):
        with CaptureQueriesContext(
            connection,
        ) as queries:
            count_answers(wave, unit=unit, **options)
        return len(queries)

    submit(wave, STRANGER, YES)
    few = count_queries("municipality", weighting=weighting)
    for code in (MEMBER, OTHER_MEMBER, "GM0363"):
        submit(wave, code, NO)
    assert count_queries("municipality", weighting=weighting) == few
    assert count_queries("inhabitants", weighting=weighting) <= few
