"""How close a case is to a municipality, and why. Pure.

First what is about the municipality itself, then its youth region, then its province, then municipalities that are like
it; a case without a place of today is last.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from practices.localities import Municipality, Place

# Of so many of the most similar municipalities a card says that they are like one's own.
ALIKE = 10
LAST = 10_000


@dataclass(frozen=True, order=True)
class Nearness:
    """Lower is nearer: the step, then the place of the municipality among those that are like one's own."""

    step: int
    likeness: int = LAST
    reason: str = ""


class Surroundings:
    """What is near a municipality; `similar` are the codes of all others, the most similar first."""

    def __init__(self, home: str, *, country: Sequence[Municipality], similar: Sequence[str]) -> None:
        self._by_code: Mapping[str, Municipality] = {each.code: each for each in country}
        self._home = self._by_code[home]
        self._likeness = {code: number for number, code in enumerate(similar, start=1)} | {home: 0}

    def measure(self, place: Place) -> Nearness:
        named = [self._by_code[code] for code in place.municipalities if code in self._by_code]
        likeness, nearest = min(
            ((self._likeness.get(each.code, LAST), each.name) for each in named), default=(LAST, "")
        )
        home = self._home
        if home in named:
            return Nearness(0, reason="uw gemeente")
        if home.youth_region and (
            home.youth_region in place.youth_regions
            or any(each.youth_region == home.youth_region for each in named)
        ):
            return Nearness(1, likeness, "zelfde jeugdregio")
        if home.province in place.provinces or any(each.province == home.province for each in named):
            return Nearness(2, likeness, "zelfde provincie")
        if not named:
            return Nearness(4)
        return Nearness(3, likeness, f"lijkt op uw gemeente: {nearest}" if likeness <= ALIKE else "")
