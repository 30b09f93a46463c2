"""Choose invented respondents whose number, size and inhabitants equal those of the inventory of 2022. Pure."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from random import Random

from surveys.demo.printed import CannotReproduce

TRIES = 20_000


@dataclass(frozen=True)
class Candidate:
    """A municipality on the reference date; codes are those of Statistics Netherlands (CBS)."""

    code: str
    size_class: str
    youth_region: str
    population: int


@dataclass(frozen=True)
class Target:
    """`covered` is per size class; `overlaps` municipalities answer themselves and are in a region's answer too.

    `taking_part` are the municipalities and regions that must be among the respondents.
    """

    municipalities: int
    youth_regions: int
    covered: Mapping[str, int]
    overlaps: int
    inhabitants_percent: int
    taking_part: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Respondents:
    """`regions` maps a responding region to the members it answers for; `municipalities` answer themselves."""

    regions: Mapping[str, tuple[str, ...]]
    municipalities: tuple[str, ...]


def choose_respondents(candidates: Sequence[Candidate], *, target: Target, random: Random) -> Respondents:
    """Draw until every number of `target` is met; the same seed gives the same respondents.

    Raises CannotReproduce when `TRIES` draws have not met it.
    """
    by_code = {candidate.code: candidate for candidate in candidates}
    members: dict[str, list[str]] = {}
    for candidate in sorted(candidates, key=lambda candidate: candidate.code):
        members.setdefault(candidate.youth_region, []).append(candidate.code)
    in_regions = sum(target.covered.values()) - (target.municipalities - target.overlaps)

    for _ in range(TRIES):
        drawn = random.sample(sorted(members), target.youth_regions)
        regions = {region: list(members[region]) for region in drawn}
        surplus = sum(map(len, regions.values())) - in_regions
        if not 0 <= surplus <= target.youth_regions:
            continue
        # Some of the larger regions answer for all members but one.
        for region in sorted(regions, key=lambda region: -len(regions[region]))[:surplus]:
            regions[region].remove(random.choice(regions[region]))
        in_region = {code for codes in regions.values() for code in codes}
        own = _draw_own(by_code, in_region=in_region, target=target, random=random)
        if own is None:
            continue
        covered = in_region | set(own)
        if not target.taking_part <= {*own, *regions}:
            continue
        inhabitants = sum(by_code[code].population for code in covered)
        country = sum(candidate.population for candidate in candidates)
        if round(100 * inhabitants / country) != target.inhabitants_percent:
            continue
        overlapping = random.sample(sorted(in_region), target.overlaps)
        return Respondents(
            regions={region: tuple(codes) for region, codes in sorted(regions.items())},
            municipalities=tuple(sorted([*own, *overlapping])),
        )
    raise CannotReproduce("No draw of respondents meets the printed numbers.")


def _draw_own(
    by_code: Mapping[str, Candidate], *, in_region: set[str], target: Target, random: Random
) -> list[str] | None:
    """Municipalities outside the responding regions that complete each size class; None when that cannot be."""
    have = Counter(by_code[code].size_class for code in in_region)
    own: list[str] = []
    for size_class, wanted in sorted(target.covered.items()):
        free = sorted(
            code
            for code, candidate in by_code.items()
            if candidate.size_class == size_class and code not in in_region
        )
        needed = wanted - have[size_class]
        if not 0 <= needed <= len(free):
            return None
        own += random.sample(free, needed)
    return own
