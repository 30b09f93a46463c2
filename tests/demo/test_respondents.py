from collections import Counter
from random import Random

import pytest

from surveys.demo.printed import CannotReproduce
from surveys.demo.respondents import Candidate, Target, choose_respondents

COUNTRY = [
    Candidate(
        code=f"GM{number:04}",
        size_class="klein" if number % 5 else "groot",
        youth_region=f"JZ{number % 12:02}",
        population=20_000 if number % 5 else 120_000,
    )
    for number in range(120)
]
TARGET = Target(
    municipalities=12, youth_regions=5, covered={"klein": 47, "groot": 12}, overlaps=2, inhabitants_percent=50
)


@pytest.mark.parametrize("seed", range(5))
def test_every_number_of_the_target_is_met(seed: int) -> None:
    by_code = {candidate.code: candidate for candidate in COUNTRY}
    found = choose_respondents(COUNTRY, target=TARGET, random=Random(seed))
    in_regions = [code for codes in found.regions.values() for code in codes]
    covered = {*in_regions, *found.municipalities}
    assert len(found.regions) == TARGET.youth_regions
    assert len(found.municipalities) == len(set(found.municipalities)) == TARGET.municipalities
    assert len({*in_regions} & {*found.municipalities}) == TARGET.overlaps
    assert Counter(by_code[code].size_class for code in covered) == TARGET.covered
    assert all(
        by_code[code].youth_region == region for region, codes in found.regions.items() for code in codes
    )
    inhabitants = sum(by_code[code].population for code in covered)
    assert round(100 * inhabitants / sum(c.population for c in COUNTRY)) == TARGET.inhabitants_percent


def test_same_seed_same_respondents() -> None:
    first, second = (choose_respondents(COUNTRY, target=TARGET, random=Random(7)) for _ in range(2))
    assert first == second
    assert first != choose_respondents(COUNTRY, target=TARGET, random=Random(8))


def test_an_impossible_target_is_refused() -> None:
    impossible = Target(
        municipalities=12,
        youth_regions=5,
        covered={"klein": 59, "groot": 0},
        overlaps=2,
        inhabitants_percent=50,
    )
    with pytest.raises(CannotReproduce):
        choose_respondents(COUNTRY, target=impossible, random=Random(1))
