"""An attacker with everything that is public finds nothing; and does, as soon as less is withheld."""

from collections.abc import Sequence

import pytest

from surveys.results.protection.microdata import EarlierRelease, Rule
from surveys.results.protection.protecting import protect
from tests.results.protection.breaches import find_breaches
from tests.results.protection.places import Country, count_tables, draw_country

RULE = Rule(minimum=3)
PLACE = ("size_class", "youth_region", "province")


def attack(
    country: Country,
    *,
    dimensions: Sequence[str] = PLACE,
    units: Sequence[str] = ("municipality",),
    is_complemented: bool = True,
) -> list[str]:
    tables = count_tables(country, dimensions=dimensions, units=units)
    public = protect(tables, microdata=country.microdata, rule=RULE, is_complemented=is_complemented)
    return find_breaches(public, country=country, originals=tables, rule=RULE, units=units)


@pytest.mark.parametrize("seed", range(3))
def test_nothing_that_is_withheld_can_be_calculated(seed):
    country = draw_country(seed, municipality_count=30)

    assert attack(country) == []
    assert attack(country, is_complemented=False) != []


@pytest.mark.parametrize("share_unnamed", [0, 1])
def test_nor_when_everybody_may_be_named_or_nobody(share_unnamed):
    country = draw_country(10, municipality_count=24, share_unnamed=share_unnamed, share_answering=0.9)

    assert attack(country) == []


def test_nor_when_more_answers_are_possible():
    country = draw_country(20, municipality_count=24, kind="multiple", options=("geld", "tijd"))

    assert attack(country) == []
    assert attack(country, is_complemented=False) != []


def test_nor_from_two_units_that_withhold_the_same():
    country = draw_country(3, municipality_count=24, options=("ja", "nee"))

    assert (
        attack(
            country,
            dimensions=("size_class", "youth_region", "respondent_type"),
            units=("response", "municipality"),
        )
        == []
    )


@pytest.mark.parametrize(
    ("seed", "dimensions"), [(5, ("size_class",)), (6, ("size_class", "province")), (10, ("size_class",))]
)
def test_nor_from_two_releases_of_the_same_answers(seed, dimensions):
    """With more breakdowns other groups are the cheapest to withhold than those of the first release."""
    country = draw_country(seed, municipality_count=30)
    originals = count_tables(country, dimensions=PLACE, units=("municipality",))
    first = protect(
        count_tables(country, dimensions=dimensions, units=("municipality",)),
        microdata=country.microdata,
        rule=RULE,
    )

    def find(earlier: Sequence[EarlierRelease]) -> list[str]:
        second = protect(originals, microdata=country.microdata, rule=RULE, earlier=earlier)
        return find_breaches(
            second, country=country, originals=originals, rule=RULE, units=("municipality",), told=first
        )

    assert find([EarlierRelease(first, country.replies)]) == []
    assert find([]) != []
