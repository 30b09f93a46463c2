"""An attacker with everything that is public finds nothing; and does, as soon as less is withheld."""

import pytest

from surveys.results.protection.microdata import Rule
from surveys.results.protection.protecting import protect
from tests.results.protection.breaches import find_breaches
from tests.results.protection.places import Country, count_tables, draw_country

RULE = Rule(minimum=3)


def attack(
    country: Country, *, is_complemented: bool = True, units=("response", "municipality")
) -> list[str]:
    tables = count_tables(country, units=units)
    public = protect(tables, microdata=country.microdata, rule=RULE, is_complemented=is_complemented)
    return find_breaches(public, country=country, originals=tables, rule=RULE, units=units)


@pytest.mark.parametrize("seed", range(4))
def test_nothing_that_is_withheld_can_be_calculated(seed):
    country = draw_country(seed, municipality_count=30)

    assert attack(country) == []
    assert attack(country, is_complemented=False) != []


@pytest.mark.parametrize("seed", range(10, 14))
def test_nor_when_everybody_may_be_named_or_nobody(seed):
    named = draw_country(seed, municipality_count=24, share_unnamed=0, share_regional=0)
    unnamed = draw_country(seed, municipality_count=24, share_unnamed=1, share_answering=0.9)

    assert attack(named, units=("municipality",)) == []
    assert attack(unnamed, units=("municipality",)) == []


@pytest.mark.parametrize("seed", range(20, 22))
def test_nor_when_more_answers_are_possible(seed):
    country = draw_country(
        seed, municipality_count=24, kind="multiple", options=("geld", "tijd"), share_regional=0
    )

    assert attack(country, units=("municipality",)) == []
    assert attack(country, is_complemented=False, units=("municipality",)) != []
