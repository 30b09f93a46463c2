import pytest

from surveys.results.precision.bounds import find_bounds


def test_bounds_assume_nothing_of_those_without_an_answer():
    """Of ten, two said yes and two no: between 2 and 8 of the ten."""
    assert find_bounds(2, 4, population=10) == (0.2, 0.8)


def test_an_answer_of_everybody_leaves_nothing_open():
    assert find_bounds(3, 12, population=12) == (0.25, 0.25)


def test_without_any_answer_everything_is_possible():
    assert find_bounds(0, 0, population=5) == (0, 1)


@pytest.mark.parametrize(("chosen", "base", "population"), [(3, 2, 9), (1, 5, 4), (0, 0, 0), (-1, 2, 9)])
def test_numbers_that_cannot_belong_together_are_refused(chosen, base, population):
    with pytest.raises(ValueError, match="no share"):
        find_bounds(chosen, base, population=population)
