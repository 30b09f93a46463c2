"""How far chance alone can put a share off, when who answered stand for a whole population. Pure.

The population are the municipalities of the frame, and one response is one cluster of them: what a region says of
ten municipalities is one observation. docs/counting.md, "How sure", has the formulas and their sources.
"""

import math
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from scipy.special import betaincinv, stdtrit

CONFIDENCE = 0.95
FEWEST_CLUSTERS = 2

# Below this a standard error is the rounding of a float.
NO_SPREAD = 1e-10


class Interval(NamedTuple):
    """Two fractions of 1."""

    lower: float
    upper: float


class Piece(NamedTuple):
    """What one response says in one stratum: `base` units or inhabitants answered, for `chosen` of them this holds."""

    cluster: str
    stratum: str
    chosen: float
    base: float


@dataclass(frozen=True, slots=True)
class Stratum:
    """A part of the population: of `known` of its `population` municipalities we know what they would add.

    Every unit that answered counts `weight` times.
    """

    known: int
    population: int
    weight: float = 1.0

    @property
    def unknown_fraction(self) -> float:
        """The finite population correction: from 1 (nothing is known) to 0 (nothing is left to chance)."""
        return 1 - self.known / self.population


@dataclass(frozen=True, slots=True)
class Estimate:
    """A share over `clusters` responses; `independent` is to how many equal, independent ones they amount."""

    share: float
    standard_error: float
    clusters: int
    independent: float
    unknown_fraction: float


def estimate_share(pieces: Collection[Piece], *, strata: Mapping[str, Stratum]) -> Estimate | None:
    """The part of the base for which it holds, weighted per stratum, with its standard error by linearisation.

    `pieces` has one of each response and stratum; `strata` has every stratum of the group, also where nobody answered.
    None when nobody answered at all. When everything is known there is nothing to weight: the share is as counted.
    """
    pieces = [piece for piece in pieces if piece.base]
    if not pieces:
        return None
    whole = Stratum(
        known=sum(stratum.known for stratum in strata.values()),
        population=sum(stratum.population for stratum in strata.values()),
    )
    if len(strata) == 1:
        parts = [(whole, pieces)]
    elif whole.unknown_fraction == 0:
        parts = [(whole, _merge_strata(pieces))]
    else:
        parts = _weigh(pieces, strata=strata, whole=whole)
    base_by_cluster: dict[str, float] = defaultdict(float)
    for _, found in parts:
        for piece in found:
            base_by_cluster[piece.cluster] += piece.base
    base = math.fsum(base_by_cluster.values())
    return Estimate(
        share=min(1.0, math.fsum(piece.chosen for _, found in parts for piece in found) / base),
        standard_error=math.sqrt(_sum_squared_residuals(parts)) / base,
        clusters=len(base_by_cluster),
        independent=base**2 / math.fsum(part**2 for part in base_by_cluster.values()),
        unknown_fraction=whole.unknown_fraction,
    )


def find_interval(estimate: Estimate) -> Interval | None:
    """The interval of a share, within 0 and 1; None when there are too few responses to see any spread.

    On the scale of the logit. Where the responses show no spread, as for a share of 0 or 1, it is the exact binomial
    interval for as many independent answers as the responses amount to.
    """
    share = estimate.share
    if estimate.unknown_fraction == 0:
        return Interval(share, share)
    if estimate.clusters < FEWEST_CLUSTERS:
        return None
    if estimate.standard_error <= NO_SPREAD or not 0 < share < 1:
        return find_exact_interval(share, size=estimate.independent / estimate.unknown_fraction)
    middle = math.log(share / (1 - share))
    reach = _find_t(estimate.clusters) * estimate.standard_error / (share * (1 - share))
    return Interval(_invert_logit(middle - reach), _invert_logit(middle + reach))


def find_exact_interval(share: float, *, size: float) -> Interval:
    """Clopper and Pearson's interval for a share of `size` independent answers, which need not be a whole number."""
    chosen = size * share
    tail = (1 - CONFIDENCE) / 2
    return Interval(
        float(betaincinv(chosen, size - chosen + 1, tail)) if share > 0 else 0.0,
        float(betaincinv(chosen + 1, size - chosen, 1 - tail)) if share < 1 else 1.0,
    )


def _weigh(
    pieces: Sequence[Piece], *, strata: Mapping[str, Stratum], whole: Stratum
) -> list[tuple[Stratum, list[Piece]]]:
    """The weighted pieces by stratum; together, when a stratum has a single response and so no spread of its own."""
    by_stratum: dict[str, list[Piece]] = defaultdict(list)
    for cluster, stratum, chosen, base in pieces:
        weight = strata[stratum].weight
        by_stratum[stratum].append(Piece(cluster, stratum, weight * chosen, weight * base))
    if any(len(found) < FEWEST_CLUSTERS for found in by_stratum.values()):
        return [(whole, _merge_strata([piece for found in by_stratum.values() for piece in found]))]
    return [(strata[code], found) for code, found in by_stratum.items()]


def _merge_strata(pieces: Collection[Piece]) -> list[Piece]:
    chosen: dict[str, float] = defaultdict(float)
    base: dict[str, float] = defaultdict(float)
    for piece in pieces:
        chosen[piece.cluster] += piece.chosen
        base[piece.cluster] += piece.base
    return [Piece(cluster, "", chosen[cluster], base[cluster]) for cluster in base]


def _sum_squared_residuals(parts: Sequence[tuple[Stratum, Sequence[Piece]]]) -> float:
    """Per cluster how far it is from what its strata say on average, corrected per stratum, squared and summed."""
    residuals: dict[str, float] = defaultdict(float)
    for stratum, pieces in parts:
        clusters = len(pieces)
        if clusters < FEWEST_CLUSTERS:
            continue
        ratio = sum(piece.chosen for piece in pieces) / sum(piece.base for piece in pieces)
        correction = math.sqrt(stratum.unknown_fraction * clusters / (clusters - 1))
        for piece in pieces:
            residuals[piece.cluster] += correction * (piece.chosen - ratio * piece.base)
    # Exact whatever the order: counting again must give the same figure to the last digit.
    return math.fsum(residual**2 for residual in residuals.values())


def _find_t(clusters: int) -> float:
    return float(stdtrit(clusters - 1, (1 + CONFIDENCE) / 2))


def _invert_logit(value: float) -> float:
    """Written for both signs, so that no exponential overflows."""
    if value < 0:
        return math.exp(value) / (1 + math.exp(value))
    return 1 / (1 + math.exp(-value))
