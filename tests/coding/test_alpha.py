"""Krippendorff's alpha against published examples, against sums by hand, and what must always hold."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from surveys.coding.alpha import (
    compute_alpha,
    compute_overall_alpha,
    compute_theme_alpha,
    measure_masi_distance,
    measure_nominal_distance,
)

# Krippendorff (2011), example A: two observers, ten units, two values.
BINARY = ("0100000010", "1110010000")
# Example B: two observers, twelve units, five values.
NOMINAL = ("aabbdcccedda", "babbbccceddd")
# Example C: four observers, twelve units, with values that are missing.
MISSING = ("123321412...", "1233224125.3", ".3332342251.", "12332441251.")
# The example of the article on Wikipedia: three coders, fifteen units, with values that are missing.
ENCYCLOPEDIA = (".....34121133.3", "1.213343.......", "..21344.21133.4")

GELD, WACHTEN, BEIDE = frozenset({"geld"}), frozenset({"wachten"}), frozenset({"geld", "wachten"})


def read_units(observers):
    """From a row per observer to the values of each unit."""
    assert len({len(row) for row in observers}) == 1
    return [[value for value in column if value != "."] for column in zip(*observers, strict=True)]


@pytest.mark.parametrize(
    ("observers", "published", "pairable"),
    [(BINARY, 0.095, 20), (NOMINAL, 0.692, 24), (MISSING, 0.743, 40), (ENCYCLOPEDIA, 0.691, 26)],
    ids=["2011 A", "2011 B", "2011 C", "encyclopedia"],
)
def test_published_examples(observers, published, pairable):
    agreement = compute_alpha(read_units(observers), distance=measure_nominal_distance)

    assert round(agreement.alpha, 3) == published
    assert agreement.values == pairable


def test_example_a_by_hand():
    """Coincidences o01 = 4 and n0 = 14, n1 = 6 of n = 20: alpha = 1 - 19 * 4 / (14 * 6)."""
    agreement = compute_alpha(read_units(BINARY), distance=measure_nominal_distance)

    assert agreement.alpha == pytest.approx(1 - 19 * 4 / (14 * 6))


def test_sets_by_hand():
    """Two texts: {geld} and {geld, wachten}, then {wachten} twice.

    MASI of the first two is 1 - 2/3 * 1/2 = 2/3, also of {wachten} and {geld, wachten}; of {geld} and {wachten} 1.
    Do = 2 * 2/3 / 4. De = 2 * (1 * 1 * 2/3 + 1 * 2 * 1 + 1 * 2 * 2/3) / (4 * 3) = 8 / 12. alpha = 1 - (1/3) / (2/3).
    """
    agreement = compute_overall_alpha([[GELD, BEIDE], [WACHTEN, WACHTEN]])

    assert agreement.alpha == pytest.approx(0.5)
    assert (agreement.units, agreement.values) == (2, 4)


@pytest.mark.parametrize(
    ("one", "other", "distance"),
    [
        (GELD, GELD, 0),
        (GELD, BEIDE, 1 - 2 / 3 * 1 / 2),
        (BEIDE, frozenset({"geld", "personeel"}), 1 - 1 / 3 * 1 / 3),
        (GELD, WACHTEN, 1),
        (GELD, frozenset(), 1),
        (frozenset(), frozenset(), 0),
    ],
)
def test_masi_distance(one, other, distance):
    assert measure_masi_distance(one, other) == pytest.approx(distance)
    assert measure_masi_distance(other, one) == pytest.approx(distance)


def test_a_theme_by_itself_is_a_yes_or_no_per_text():
    texts = [[GELD, BEIDE], [WACHTEN, WACHTEN], [GELD, GELD]]

    assert compute_theme_alpha(texts, theme="geld").alpha == 1
    yes_and_no = compute_alpha(["01", "11", "00"], distance=measure_nominal_distance)
    assert compute_theme_alpha(texts, theme="wachten") == yes_and_no


@pytest.mark.parametrize("units", [[], [["a"]], [["a", "a"], ["a", "a"]], [["a"], ["b"]]])
def test_without_variation_or_comparison_alpha_is_not_defined(units):
    assert compute_alpha(units, distance=measure_nominal_distance).alpha is None


def test_a_unit_with_one_value_says_nothing():
    units = read_units(MISSING)

    with_more = compute_alpha([*units, ["9"]], distance=measure_nominal_distance)

    assert with_more == compute_alpha(units, distance=measure_nominal_distance)


codes = st.frozensets(st.sampled_from(["geld", "wachten", "personeel", "beleid"]), min_size=1)
texts = st.lists(st.lists(codes, max_size=4), max_size=20)


@given(texts, st.randoms(use_true_random=False))
def test_who_coded_and_in_which_order_makes_no_difference(texts, random):
    shuffled = [random.sample(coders, len(coders)) for coders in texts]
    random.shuffle(shuffled)

    assert compute_overall_alpha(shuffled) == compute_overall_alpha(texts)
    assert compute_theme_alpha(shuffled, theme="geld") == compute_theme_alpha(texts, theme="geld")


@given(st.lists(st.tuples(codes, st.integers(2, 4)), min_size=2))
def test_perfect_agreement_is_one_or_not_defined(coded):
    agreement = compute_overall_alpha([codes] * times for codes, times in coded)

    is_varied = len({codes for codes, _ in coded}) > 1
    assert agreement.alpha == (1 if is_varied else None)


@given(texts)
def test_alpha_is_never_above_one(texts):
    alpha = compute_overall_alpha(texts).alpha

    assert alpha is None or alpha <= 1


@given(texts)
def test_renaming_a_theme_makes_no_difference(texts):
    renamed = [[frozenset(f"{code}_2" for code in chosen) for chosen in coders] for coders in texts]

    assert compute_overall_alpha(renamed) == compute_overall_alpha(texts)
