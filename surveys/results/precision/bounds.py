"""What a share could have been at most and at least, whatever those without an answer would have said. Pure."""

from surveys.results.precision.intervals import Interval


def find_bounds(chosen: int, base: int, *, population: int) -> Interval:
    """The share if all who did not answer had said no, and if all had said yes; fractions of 1.

    `population` counts those in the base and everybody who could still have been in it. No assumption is made, so
    the true share is between the two. Raises ValueError when the numbers cannot belong together.
    C.F. Manski, "Nonparametric Bounds on Treatment Effects", American Economic Review 80 (1990), 319-323.
    """
    if not 0 <= chosen <= base <= population or not population:
        raise ValueError(f"{chosen} of {base} of {population} is no share of a population.")
    return Interval(chosen / population, (chosen + population - base) / population)
