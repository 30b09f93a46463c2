"""Which municipalities are most like a given one, by a few public facts. Pure.

Every factor is standardised over all municipalities that are compared (how many standard deviations from the mean), so
that none counts more because of its unit; of inhabitants the logarithm, because a thousand more means much in a village
and little in a city. The distance is Euclidean, weighted by `WEIGHTS`. Where somebody lives is no factor: region and
province are compared by themselves.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from math import log10, sqrt
from statistics import fmean, pstdev

from surveys.territory.profiles import Factor, Profile

# Size, ages and youth care count alike; ages are two factors.
WEIGHTS = {
    Factor.INHABITANTS: 2.0,
    Factor.AGED_0_14: 1.0,
    Factor.AGED_15_24: 1.0,
    Factor.WITH_YOUTH_CARE: 2.0,
}

Scores = Mapping[Factor, float]


@dataclass(frozen=True, slots=True)
class Neighbour:
    """`distance` is 0 for the same facts; `factors` are those it is about, the others are not known of both."""

    profile: Profile
    distance: float
    factors: tuple[Factor, ...]


def rank_similar(own: str, *, profiles: Mapping[str, Profile], limit: int) -> list[Neighbour]:
    """The `limit` municipalities nearest to the one with code `own`, the nearest first.

    A factor that is not known of one of two is left out of their distance, and the weights of the others are
    scaled up to the same total. Municipalities at the same distance stand in order of code; one that shares no
    factor is left out. Raises KeyError when `profiles` does not have `own`.
    """
    scores = _standardise(profiles)
    mine = scores[own]
    neighbours = [
        Neighbour(profile, *_measure(mine, theirs))
        for code, profile in profiles.items()
        if code != own and mine.keys() & (theirs := scores[code]).keys()
    ]
    return sorted(neighbours, key=lambda each: (each.distance, each.profile.code))[:limit]


def _measure(mine: Scores, theirs: Scores) -> tuple[float, tuple[Factor, ...]]:
    shared = tuple(factor for factor in WEIGHTS if factor in mine and factor in theirs)
    total = sum(WEIGHTS[factor] for factor in shared)
    squares = sum(WEIGHTS[factor] * (mine[factor] - theirs[factor]) ** 2 for factor in shared)
    return sqrt(squares * sum(WEIGHTS.values()) / total), shared


def _standardise(profiles: Mapping[str, Profile]) -> dict[str, dict[Factor, float]]:
    """Standard deviations from the mean by municipality; a fact that is not known, or the same for all, is absent."""
    scores: dict[str, dict[Factor, float]] = {code: {} for code in profiles}
    for factor in WEIGHTS:
        values = {
            code: log10(fact) if factor is Factor.INHABITANTS else fact
            for code, profile in profiles.items()
            if (fact := profile.facts[factor]) is not None
        }
        spread = pstdev(values.values()) if values else 0
        if spread:
            mean = fmean(values.values())
            for code, value in values.items():
                scores[code][factor] = (value - mean) / spread
    return scores
