import pytest
from hypothesis import given
from hypothesis import strategies as st

from surveys.results.largest_remainder import round_to_hundred


@pytest.mark.parametrize(
    ("shares", "per_cents"),
    [
        ([1 / 3, 1 / 3, 1 / 3], [34, 33, 33]),
        ([0.29, 0.71], [29, 71]),
        ([0.005, 0.995], [1, 99]),
        ([0.0, 1.0], [0, 100]),
        ([5 / 6, 1 / 6, 0.0], [83, 17, 0]),
    ],
)
def test_the_largest_remainders_get_the_points_that_are_left(shares, per_cents):
    assert round_to_hundred(shares) == per_cents


@given(st.lists(st.integers(0, 500), min_size=1, max_size=12).filter(any))
def test_they_add_up_and_none_is_a_whole_point_off(counts):
    shares = [count / sum(counts) for count in counts]
    per_cents = round_to_hundred(shares)
    assert sum(per_cents) == 100
    assert all(abs(found - share * 100) < 1 for found, share in zip(per_cents, shares, strict=True))
    assert all(found == 0 for found, count in zip(per_cents, counts, strict=True) if count == 0)


def test_shares_of_several_answers_are_refused():
    with pytest.raises(ValueError, match="add up"):
        round_to_hundred([0.75, 0.75])
