from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st

from surveys.territory.models import SizeClass
from surveys.territory.size_classes import find_size_class


@dataclass(frozen=True)
class SomeClass:
    code: str
    lower_bound: int
    upper_bound: int | None


CLASSES = [
    SomeClass("tot-50000", 0, 50_000),
    SomeClass("50000-100000", 50_000, 100_000),
    SomeClass("vanaf-100000", 100_000, None),
]


@pytest.mark.parametrize(
    ("population", "code"),
    [
        (0, "tot-50000"),
        (49_999, "tot-50000"),
        (50_000, "50000-100000"),
        (99_999, "50000-100000"),
        (100_000, "vanaf-100000"),
        (931_298, "vanaf-100000"),
    ],
)
def test_a_lower_bound_is_in_the_class_and_an_upper_bound_is_not(population: int, code: str) -> None:
    assert find_size_class(population, classes=CLASSES) == code


@given(
    population=st.integers(0, 3_000_000) | st.sampled_from([49_999, 50_000, 99_999, 100_000]),
    classes=st.permutations(CLASSES),
)
def test_every_population_is_in_exactly_one_class_whatever_their_order(
    population: int, classes: list[SomeClass]
) -> None:
    upper_bounds = {"tot-50000": range(50_000), "50000-100000": range(50_000, 100_000)}
    expected = next((code for code, band in upper_bounds.items() if population in band), "vanaf-100000")

    assert find_size_class(population, classes=classes) == expected


def test_a_gap_between_classes_is_an_error_and_not_a_guess() -> None:
    with pytest.raises(LookupError, match="50000"):
        find_size_class(50_000, classes=[CLASSES[0], CLASSES[2]])


@pytest.mark.django_db
def test_the_shipped_classes_are_these_three(territory: None) -> None:
    shipped = SizeClass.objects.values_list("code", "lower_bound", "upper_bound")

    assert list(shipped) == [(row.code, row.lower_bound, row.upper_bound) for row in CLASSES]
