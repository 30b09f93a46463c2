"""Which size class a number of inhabitants falls in. The classes are data: `data/size_classes.csv`."""

from collections.abc import Iterable
from typing import Protocol


class Band(Protocol):
    """Numbers of inhabitants from `lower_bound` up to but not including `upper_bound` (None: no end)."""

    @property
    def code(self) -> str: ...
    @property
    def lower_bound(self) -> int: ...
    @property
    def upper_bound(self) -> int | None: ...


def find_size_class(population: int, *, classes: Iterable[Band]) -> str:
    """The code of the class that `population` falls in; raises LookupError where the classes leave a gap."""
    for band in classes:
        if band.lower_bound <= population and (band.upper_bound is None or population < band.upper_bound):
            return band.code
    raise LookupError(f"No size class holds {population} inhabitants.")
