"""How far coders agree beyond chance: Krippendorff's alpha. Pure.

alpha = 1 - Do / De, with the observed disagreement Do and the disagreement De that chance would give:

    Do = 1/n       * sum over units u of  1/(m_u - 1) * sum over ordered pairs of values in u of  d(v, w)
    De = 1/(n(n-1))                                  * sum over ordered pairs of all values   of  d(v, w)

where m_u is the number of values of unit u, and n the number of values in units that have at least two: a unit that
one coder valued says nothing about agreement and is left out. d is a distance between 0 and 1.

Source: K. Krippendorff, "Computing Krippendorff's Alpha-Reliability" (2011), University of Pennsylvania.
The library on PyPI is GPL and needs numpy, and it has no distance between sets.
"""

from collections import Counter
from collections.abc import Callable, Collection, Hashable, Iterable, Mapping
from dataclasses import dataclass
from itertools import combinations
from math import fsum
from typing import TypeVar

Value = TypeVar("Value", bound=Hashable)

# The codes of one coder on one text.
Codes = frozenset[str]


@dataclass(frozen=True, slots=True)
class Agreement:
    """`alpha` is None when it is not defined: nothing to compare, or no variation.

    `units` have been valued at least twice, `values` is how many values they have together.
    """

    alpha: float | None
    units: int
    values: int


def compute_alpha(
    units: Iterable[Collection[Value]], *, distance: Callable[[Value, Value], float]
) -> Agreement:
    """Alpha over units, each with the values it got from whoever valued it; who gave which makes no difference.

    The sums are exactly rounded, so that the order of units and coders makes none either.
    """
    patterns = Counter(frozenset(Counter(unit).items()) for unit in units if len(unit) > 1)
    totals: Counter[Value] = Counter()
    observed = []
    for pattern, times in patterns.items():
        size = sum(count for _, count in pattern)
        for value, count in pattern:
            totals[value] += count * times
        observed.append(2 * times * _sum_distances(dict(pattern), distance=distance) / (size - 1))
    n = totals.total()
    expected = 2 * _sum_distances(totals, distance=distance)
    alpha = 1 - (n - 1) * fsum(sorted(observed)) / expected if expected else None
    return Agreement(alpha, units=patterns.total(), values=n)


def compute_theme_alpha(texts: Iterable[Collection[Codes]], *, theme: str) -> Agreement:
    """Alpha of one theme by itself: each coder says of each text that it has the theme or has it not."""
    return compute_alpha(
        ([theme in codes for codes in coders] for coders in texts), distance=measure_nominal_distance
    )


def compute_overall_alpha(texts: Iterable[Collection[Codes]]) -> Agreement:
    """Alpha of all themes of a text together, with the MASI distance between the sets of two coders."""
    return compute_alpha(texts, distance=measure_masi_distance)


def measure_nominal_distance(one: Hashable, other: Hashable) -> float:
    return float(one != other)


def measure_masi_distance(one: Codes, other: Codes) -> float:
    """1 - Jaccard * monotonicity, which is 1 for equal sets, 2/3 for a part of the other, 1/3 for overlap, else 0.

    Source: R. Passonneau, "Measuring Agreement on Set-valued Items (MASI) for Semantic and Pragmatic Annotation",
    LREC 2006. So who chose one theme too many differs less than who chose another one.
    """
    if one == other:
        return 0.0
    shared = one & other
    if not shared:
        return 1.0
    monotonicity = 2 / 3 if shared in (one, other) else 1 / 3
    return 1 - monotonicity * len(shared) / len(one | other)


def _sum_distances(counts: Mapping[Value, int], *, distance: Callable[[Value, Value], float]) -> float:
    """Over the unordered pairs of values, each value as often as it was given."""
    return fsum(
        sorted(
            count * times * distance(value, other)
            for (value, count), (other, times) in combinations(counts.items(), 2)
        )
    )
