"""Whole per cents that add up to 100, for a chart that must be full. Tables show the honest rounding. Pure."""

from collections.abc import Sequence


def round_to_hundred(shares: Sequence[float]) -> list[int]:
    """Per cents by the method of the largest remainder; of equal remainders the first gets the point.

    `shares` are fractions that add up to 1. Nothing becomes 1 % that is 0. Raises ValueError when they do not add up.
    """
    if abs(sum(shares) - 1) > 1e-6:
        raise ValueError("The shares do not add up to 1.")
    # Fractions such as 0.29 are a hair less in the computer: that is no remainder.
    exact = [round(share * 100, 9) for share in shares]
    whole = [int(each) for each in exact]
    by_remainder = sorted(range(len(exact)), key=lambda place: whole[place] - exact[place])
    for place in by_remainder[: 100 - sum(whole)]:
        whole[place] += 1
    return whole
