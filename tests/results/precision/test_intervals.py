"""Intervals against formulas from the books, worked out by hand."""

import math

import pytest
from scipy import stats

from surveys.results.precision.intervals import (
    Estimate,
    Piece,
    Stratum,
    estimate_share,
    find_exact_interval,
    find_interval,
)

NEARLY = 1e-12


def single(answers, *, stratum=""):
    """Municipalities that answered for themselves: 1 is yes."""
    return [Piece(f"{stratum}{place}", stratum, answer, 1) for place, answer in enumerate(answers)]


def test_single_municipalities_follow_the_formula_of_a_simple_random_sample():
    """Cochran (1977), chapter 3: v(p) = (1 − n/N) · p(1 − p)/(n − 1)."""
    estimate = estimate_share(single([1, 1, 1, 1, 0, 0, 0, 0, 0, 0]), strata={"": Stratum(10, 40)})
    assert estimate.share == 0.4
    assert estimate.standard_error == pytest.approx(math.sqrt(0.75 * 0.4 * 0.6 / 9), abs=NEARLY)
    lower, upper = find_interval(estimate)
    reach = stats.t.ppf(0.975, 9) * estimate.standard_error / (0.4 * 0.6)
    assert lower == pytest.approx(1 / (1 + math.exp(-(math.log(0.4 / 0.6) - reach))), abs=NEARLY)
    assert upper == pytest.approx(1 / (1 + math.exp(-(math.log(0.4 / 0.6) + reach))), abs=NEARLY)


def test_equal_clusters_differ_by_what_they_say_on_average():
    """Cochran (1977), chapter 9: v = (1 − f) · s²/n over the cluster means."""
    means = [0.25, 0.5, 1.0, 0.0]
    pieces = [Piece(str(place), "", 4 * mean, 4) for place, mean in enumerate(means)]
    estimate = estimate_share(pieces, strata={"": Stratum(16, 48)})
    middle = sum(means) / 4
    spread = sum((mean - middle) ** 2 for mean in means) / 3
    assert estimate.share == middle
    assert estimate.standard_error == pytest.approx(math.sqrt(2 / 3 * spread / 4), abs=NEARLY)


def test_clusters_of_different_size_make_a_ratio():
    """Cochran (1977), chapter 9A (the ratio to size): v = (1 − f) · n/(n − 1) · Σ(y − px)² / (Σx)²."""
    pieces = [Piece("region", "", 5, 5), Piece("one", "", 0, 1), Piece("two", "", 1, 4)]
    estimate = estimate_share(pieces, strata={"": Stratum(10, 20)})
    residuals = (5 - 0.6 * 5) ** 2 + (0 - 0.6) ** 2 + (1 - 0.6 * 4) ** 2
    assert estimate.share == 0.6
    assert estimate.standard_error == pytest.approx(math.sqrt(0.5 * 1.5 * residuals) / 10, abs=NEARLY)


def test_post_stratified_singles_follow_the_stratified_formula():
    """Holt and Smith (1979): v = Σ W² (1 − f) s²/n, given how many of each stratum answered."""
    small, large = [1, 0, 0, 0, 1], [1, 1, 0, 1]
    strata = {"small": Stratum(5, 30, weight=6.0), "large": Stratum(4, 10, weight=2.5)}
    estimate = estimate_share(
        [*single(small, stratum="small"), *single(large, stratum="large")], strata=strata
    )
    assert estimate.share == pytest.approx(0.75 * 0.4 + 0.25 * 0.75, abs=NEARLY)
    variance = 0.75**2 * (25 / 30) * 0.3 / 5 + 0.25**2 * (6 / 10) * 0.25 / 4
    assert estimate.standard_error == pytest.approx(math.sqrt(variance), abs=NEARLY)


def test_a_region_is_one_observation():
    alone = estimate_share(single([1, 0, 1, 0, 1, 0, 1, 0]), strata={"": Stratum(8, 80)})
    together = [Piece("region", "", 2, 4), *single([1, 0, 1, 0])]
    regional = [Piece("region", "", 4, 4), *single([0, 0, 0, 0])]
    for pieces in (together, regional):
        clustered = estimate_share(pieces, strata={"": Stratum(8, 80)})
        assert clustered.share == alone.share
        assert clustered.clusters == 5
    assert clustered.standard_error > alone.standard_error
    wide, narrow = find_interval(clustered), find_interval(alone)
    assert wide.lower < narrow.lower < narrow.upper < wide.upper


def test_what_is_known_of_everybody_is_certain():
    estimate = estimate_share([*single([1, 0, 0])], strata={"": Stratum(3, 3)})
    assert find_interval(estimate) == (1 / 3, 1 / 3)
    assert find_interval(estimate_share(single([1]), strata={"": Stratum(1, 1)})) == (1, 1)


def test_a_group_that_is_known_whole_is_not_weighted():
    strata = {"small": Stratum(2, 2, weight=6.0), "large": Stratum(2, 2, weight=1.0)}
    estimate = estimate_share(
        [*single([1, 0], stratum="small"), *single([1, 1], stratum="large")], strata=strata
    )
    assert find_interval(estimate) == (0.75, 0.75)


def test_one_response_says_nothing_of_chance():
    estimate = estimate_share([Piece("region", "", 3, 5)], strata={"": Stratum(5, 9)})
    assert estimate.share == 0.6
    assert find_interval(estimate) is None


def test_nobody_answered():
    assert estimate_share([], strata={"": Stratum(0, 9)}) is None
    assert estimate_share([Piece("a", "", 0, 0)], strata={"": Stratum(0, 9)}) is None


@pytest.mark.parametrize(("answer", "expected"), [(0, (0.0, 0.3084971)), (1, (0.6915029, 1.0))])
def test_a_share_without_spread_has_an_exact_bound(answer, expected):
    """Nobody of ten, in a population without end: 1 − 0.025^(1/10)."""
    estimate = Estimate(answer, 0.0, clusters=10, independent=10, unknown_fraction=1.0)
    assert find_interval(estimate) == pytest.approx(expected, abs=1e-7)


def test_an_exact_bound_counts_responses_and_not_municipalities():
    unanimous = [Piece("region", "", 0, 10), *single([0, 0])]
    estimate = estimate_share(unanimous, strata={"": Stratum(12, 24)})
    # 12²/(10² + 1 + 1) independent answers, of half of the population.
    size = 144 / 102 / 0.5
    assert find_interval(estimate) == pytest.approx((0, 1 - 0.025 ** (1 / size)), abs=NEARLY)


def test_equal_clusters_that_agree_are_no_proof_of_certainty():
    estimate = estimate_share([Piece("a", "", 1, 2), Piece("b", "", 1, 2)], strata={"": Stratum(4, 40)})
    lower, upper = find_interval(estimate)
    assert lower < 0.1
    assert upper > 0.9


@pytest.mark.parametrize(("chosen", "size"), [(0, 7), (1, 7), (5, 9), (20, 20)])
def test_the_exact_interval_is_that_of_clopper_and_pearson(chosen, size):
    exact = stats.binomtest(chosen, size).proportion_ci(0.95, method="exact")
    assert find_exact_interval(chosen / size, size=size) == pytest.approx((exact.low, exact.high), abs=1e-10)


def test_a_stratum_with_one_response_takes_the_others_along():
    strata = {"small": Stratum(3, 30, weight=10.0), "large": Stratum(1, 10, weight=10.0)}
    pieces = [*single([1, 0, 0], stratum="small"), Piece("alone", "large", 1, 1)]
    together = estimate_share(pieces, strata=strata)
    assert together.standard_error == pytest.approx(math.sqrt(0.9 * 0.25 / 3), abs=NEARLY)


def test_shares_that_are_nearly_certain_do_not_overflow():
    estimate = Estimate(1e-9, 1e-4, clusters=2, independent=2, unknown_fraction=1.0)
    lower, upper = find_interval(estimate)
    assert 0 <= lower < 1e-9 < upper <= 1
