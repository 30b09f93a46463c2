"""Which groups of municipalities are weighted up to their number in the country, and which are taken together. Pure.

By size class and, when every combination is large enough, by province. docs/counting.md has the sources.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from surveys.results.dimensions import Dimension
from surveys.results.precision.frame import FrameMember

# A stratum with fewer responses would let a few answers speak for many. Cochran advises some twenty, which a country
# of 342 municipalities, many of them behind one response of their region, cannot offer.
FEWEST_CLUSTERS_PER_STRATUM = 5


class Weighting(StrEnum):
    NONE = "none"
    POST_STRATIFIED = "post_stratified"


@dataclass(frozen=True, slots=True)
class PostStratification:
    """How the answers are weighted.

    `strata` names the stratum of each (size class, province); `weights` says per stratum how many municipalities (or
    inhabitants) each one that answered stands for. `small_places` counts the combinations with too few responses: one
    is enough to leave the province out. `merged` has the size classes that were taken together.
    """

    strata: Mapping[tuple[str, str], str]
    weights: Mapping[str, float]
    small_places: int
    merged: tuple[tuple[str, ...], ...]

    @property
    def is_weighted(self) -> bool:
        """Whether anything is left to weight by."""
        return len(self.weights) > 1


@dataclass
class _Place:
    """The municipalities of one size class in one province.

    `population` counts them, or their inhabitants; `answered` those that the responses in `clusters` speak for.
    """

    population: int = 0
    answered: int = 0
    clusters: set[str] = field(default_factory=set)


# By size class and province.
_Places = Mapping[tuple[str, str], _Place]


def choose_strata(
    frame: Sequence[FrameMember], *, size_classes: Sequence[str], is_inhabitants: bool
) -> PostStratification:
    """The finest strata that have enough responses.

    `size_classes` are the codes of those in the frame, smallest first. Province goes first: either every
    combination of size class and province is large enough, or none is used. Then the size class with the fewest
    responses joins the neighbour with the fewest, until all are large enough.
    """
    places = _list_places(frame, is_inhabitants=is_inhabitants)
    small_places = sum(len(place.clusters) < FEWEST_CLUSTERS_PER_STRATUM for place in places.values())
    groups: list[tuple[str, ...]] = [(code,) for code in size_classes]
    if small_places:
        groups = _merge_size_classes(places, size_classes=size_classes)
        stratum_of = {code: "+".join(group) for group in groups for code in group}
        strata = {(size_class, province): stratum_of[size_class] for size_class, province in places}
    else:
        strata = {(size_class, province): f"{size_class}:{province}" for size_class, province in places}
    return PostStratification(
        strata=strata,
        weights=_weigh(places, strata=strata),
        small_places=small_places,
        merged=tuple(group for group in groups if len(group) > 1),
    )


def _list_places(frame: Sequence[FrameMember], *, is_inhabitants: bool) -> dict[tuple[str, str], _Place]:
    places: dict[tuple[str, str], _Place] = defaultdict(_Place)
    for member in frame:
        place = places[member.groups[Dimension.SIZE_CLASS], member.groups[Dimension.PROVINCE]]
        size = member.inhabitants if is_inhabitants else 1
        place.population += size
        if member.cluster:
            place.answered += size
            place.clusters.add(member.cluster)
    return dict(places)


def _merge_size_classes(places: _Places, *, size_classes: Sequence[str]) -> list[tuple[str, ...]]:
    clusters: dict[str, set[str]] = {code: set() for code in size_classes}
    for (size_class, _), place in places.items():
        clusters[size_class] |= place.clusters
    groups: list[tuple[str, ...]] = [(code,) for code in size_classes]

    def count_clusters(position: int) -> int:
        return len(set().union(*(clusters[code] for code in groups[position])))

    while len(groups) > 1:
        smallest = min(range(len(groups)), key=count_clusters)
        if count_clusters(smallest) >= FEWEST_CLUSTERS_PER_STRATUM:
            break
        neighbours = [position for position in (smallest - 1, smallest + 1) if 0 <= position < len(groups)]
        neighbour = min(neighbours, key=count_clusters)
        first = min(smallest, neighbour)
        groups[first : first + 2] = [groups[first] + groups[first + 1]]
    return groups


def _weigh(places: _Places, *, strata: Mapping[tuple[str, str], str]) -> dict[str, float]:
    population: dict[str, int] = defaultdict(int)
    answered: dict[str, int] = defaultdict(int)
    for key, place in places.items():
        population[strata[key]] += place.population
        answered[strata[key]] += place.answered
    return {code: population[code] / answered[code] if answered[code] else 1.0 for code in population}
