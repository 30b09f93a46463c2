"""Municipalities that are alike: the distance recomputed by hand, and what a missing fact does."""

from math import log10, sqrt
from statistics import fmean, pstdev

import pytest
from hypothesis import given
from hypothesis import strategies as st

from surveys.territory.profiles import (
    SHARES,
    Factor,
    ObservedShares,
    Profile,
    compose_profile,
    read_observed_shares,
)
from surveys.territory.similarity import WEIGHTS, rank_similar


def make_profile(code: str, *facts: float | None) -> Profile:
    return Profile(code, dict(zip(Factor, facts, strict=True)))


def make_country(*rows: tuple[float | None, ...]) -> dict[str, Profile]:
    return {f"GM{number}": make_profile(f"GM{number}", *row) for number, row in enumerate(rows)}


COUNTRY = make_country((20_000, 14, 11, 10), (25_000, 15, 11, 12), (900_000, 13, 13, 9), (40_000, 20, 9, 6))


def measure(country: dict[str, Profile], own: str, other: str, *, factors: tuple[Factor, ...]) -> float:
    total = 0.0
    for factor in factors:
        facts = {code: profile.facts[factor] for code, profile in country.items()}
        scale = {
            code: log10(fact) if factor is Factor.INHABITANTS else fact
            for code, fact in facts.items()
            if fact is not None
        }
        spread = pstdev(scale.values())
        mean = fmean(scale.values())
        total += WEIGHTS[factor] * ((scale[own] - mean) / spread - (scale[other] - mean) / spread) ** 2
    return sqrt(total * sum(WEIGHTS.values()) / sum(WEIGHTS[factor] for factor in factors))


def test_the_distance_is_euclidean_over_standardised_facts():
    found = {each.profile.code: each.distance for each in rank_similar("GM0", profiles=COUNTRY, limit=10)}

    assert found == {
        code: pytest.approx(measure(COUNTRY, "GM0", code, factors=tuple(Factor)))
        for code in ("GM1", "GM2", "GM3")
    }
    assert min(found, key=found.__getitem__) == "GM1"


def test_a_tenfold_counts_the_same_in_small_and_large():
    country = make_country((1_000, 14, 11, 10), (10_000, 14, 11, 10), (100_000, 14, 11, 10))

    near = rank_similar("GM1", profiles=country, limit=10)

    assert near[0].distance == pytest.approx(near[1].distance)
    assert {each.factors for each in near} == {(Factor.INHABITANTS,)}  # the shares are the same for all


def test_a_missing_fact_is_left_out_and_the_others_are_scaled_up():
    country = COUNTRY | {"GM1": make_profile("GM1", 25_000, None, 11, 12)}
    known = (Factor.INHABITANTS, Factor.AGED_15_24, Factor.WITH_YOUTH_CARE)

    (nearest, *_) = rank_similar("GM0", profiles=country, limit=10)

    assert (nearest.profile.code, nearest.factors) == ("GM1", known)
    assert nearest.distance == pytest.approx(measure(country, "GM0", "GM1", factors=known))


def test_only_the_nearest_are_given_and_never_the_municipality_itself():
    everybody = rank_similar("GM3", profiles=COUNTRY, limit=10)

    assert sorted(each.profile.code for each in everybody) == ["GM0", "GM1", "GM2"]
    assert rank_similar("GM3", profiles=COUNTRY, limit=2) == everybody[:2]
    with pytest.raises(KeyError):
        rank_similar("GM9", profiles=COUNTRY, limit=2)


@given(
    st.lists(
        st.tuples(st.integers(900, 900_000), *[st.none() | st.floats(1, 40)] * 3), min_size=2, max_size=8
    )
)
def test_distances_are_symmetrical_ordered_and_zero_for_a_twin(rows):
    country = make_country(*rows, rows[0])
    twin = f"GM{len(rows)}"
    distances = {
        own: {each.profile.code: each.distance for each in rank_similar(own, profiles=country, limit=99)}
        for own in country
    }

    assert all(list(found.values()) == sorted(found.values()) for found in distances.values())
    assert all(
        distances[other][own] == pytest.approx(distance)
        for own, found in distances.items()
        for other, distance in found.items()
    )
    assert distances["GM0"].get(twin, 0) == 0


def observe(code: str, population: int, *shares: float | None) -> ObservedShares:
    return ObservedShares(code, f"Naam {code}", population, dict(zip(SHARES, shares, strict=True)))


def test_a_merged_municipality_takes_the_mean_weighted_with_inhabitants():
    profile = compose_profile(
        "GM9",
        population=45_000,
        origins=[observe("GM1", 30_000, 14, 10, None), observe("GM2", 10_000, 18, 12, 8)],
    )

    assert profile.facts == {
        Factor.INHABITANTS: 45_000,
        Factor.AGED_0_14: pytest.approx(15),
        Factor.AGED_15_24: pytest.approx(10.5),
        Factor.WITH_YOUTH_CARE: None,
    }
    assert profile.predecessors == ("Naam GM1", "Naam GM2")


def test_a_municipality_that_stayed_itself_has_no_predecessors():
    assert compose_profile("GM1", population=9, origins=[observe("GM1", 8, 1, 2, 3)]).predecessors == ()
    assert compose_profile("GM1", population=9, origins=[]).facts[Factor.AGED_0_14] is None


def test_the_file_has_every_municipality_of_2021():
    observed = read_observed_shares()

    assert len(observed) == 352
    assert observed["GM0014"].shares == {
        Factor.AGED_0_14: 12.19,
        Factor.AGED_15_24: 21.24,
        Factor.WITH_YOUTH_CARE: 8.6,
    }
    assert all(0 < share < 50 for each in observed.values() for share in each.shares.values())
