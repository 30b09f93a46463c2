"""Which groups of municipalities are weighted up to their number in the country, and which are taken together. Pure.

By size class and, when every combination is large enough, by province. docs/counting.md has the sources.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from surveys.questionnaire.word_lists import join_words

# A stratum with fewer responses would let a few answers speak for many. Cochran advises some twenty, which a country
# of 342 municipalities, many of them behind one response of their region, cannot offer.
FEWEST_CLUSTERS_PER_STRATUM = 5

WEIGHTED = "De aandelen zijn gewogen"
TOO_FEW = f"{FEWEST_CLUSTERS_PER_STRATUM} reacties"


class Weighting(StrEnum):
    NONE = "none"
    POST_STRATIFIED = "post_stratified"


@dataclass(frozen=True, slots=True)
class Place:
    """The municipalities of one size class in one province.

    `population` counts them, or their inhabitants; `answered` those that a submitted response speaks for;
    `clusters` are these responses.
    """

    size_class: str
    province: str
    population: int
    answered: int
    clusters: frozenset[str]


@dataclass(frozen=True, slots=True)
class PostStratification:
    """How the answers are weighted.

    `strata` names the stratum of each (size class, province); `weights` says per stratum how many municipalities (or
    inhabitants) each one that answered stands for. `small_places` counts the combinations that were too small to
    use the province; `merged` has the size classes that were taken together, by code. `sentences` says it in Dutch.
    """

    strata: Mapping[tuple[str, str], str]
    weights: Mapping[str, float]
    uses_province: bool
    small_places: int
    merged: tuple[tuple[str, ...], ...]
    sentences: tuple[str, ...]


def choose_strata(places: Sequence[Place], *, size_classes: Mapping[str, str]) -> PostStratification:
    """The finest strata that have enough responses.

    `size_classes` names the size classes by their code, smallest first. Province goes first: either every combination
    of size class and province is large enough, or none is used. Then the size class with the fewest responses joins
    the neighbour with the fewest, until all are large enough.
    """
    small_places = sum(len(place.clusters) < FEWEST_CLUSTERS_PER_STRATUM for place in places)
    if places and not small_places:
        strata = {
            (place.size_class, place.province): f"{place.size_class}:{place.province}" for place in places
        }
        merged: tuple[tuple[str, ...], ...] = ()
    else:
        groups = _merge_size_classes(places, size_classes=list(size_classes))
        stratum_of = {code: "+".join(group) for group in groups for code in group}
        strata = {(place.size_class, place.province): stratum_of[place.size_class] for place in places}
        merged = tuple(group for group in groups if len(group) > 1)
    weights = _weigh(places, strata=strata)
    uses_province = bool(places) and not small_places
    return PostStratification(
        strata=strata,
        weights=weights,
        uses_province=uses_province,
        small_places=small_places,
        merged=merged,
        sentences=_describe(
            size_classes=size_classes,
            weights=weights,
            uses_province=uses_province,
            small_places=small_places,
            places=len(places),
            merged=merged,
        ),
    )


def _merge_size_classes(places: Sequence[Place], *, size_classes: Sequence[str]) -> list[tuple[str, ...]]:
    clusters: dict[str, set[str]] = {code: set() for code in size_classes}
    for place in places:
        clusters[place.size_class] |= place.clusters
    occupied = {place.size_class for place in places}
    groups: list[tuple[str, ...]] = [(code,) for code in size_classes if code in occupied]

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


def _weigh(places: Sequence[Place], *, strata: Mapping[tuple[str, str], str]) -> dict[str, float]:
    population: dict[str, int] = {}
    answered: dict[str, int] = {}
    for place in places:
        stratum = strata[place.size_class, place.province]
        population[stratum] = population.get(stratum, 0) + place.population
        answered[stratum] = answered.get(stratum, 0) + place.answered
    return {code: population[code] / answered[code] if answered[code] else 1.0 for code in population}


def _describe(
    *,
    size_classes: Mapping[str, str],
    weights: Mapping[str, float],
    uses_province: bool,
    small_places: int,
    places: int,
    merged: Sequence[Sequence[str]],
) -> tuple[str, ...]:
    if len(weights) <= 1:
        reason = f"minder dan {TOO_FEW} in een grootteklasse"
        return (f"De cijfers zijn niet gewogen: daarvoor zijn er te weinig reacties ({reason}).",)
    if uses_province:
        return (
            f"{WEIGHTED} naar grootteklasse en provincie: elke groep telt zo zwaar mee als in Nederland.",
        )
    combinations = f"{small_places} van de {places} combinaties van grootteklasse en provincie"
    sentences = [
        f"{WEIGHTED} naar grootteklasse: elke grootteklasse telt zo zwaar mee als in Nederland.",
        f"Naar provincie is niet gewogen: {combinations} hebben minder dan {TOO_FEW}.",
    ]
    for group in merged:
        names = join_words([f"„{size_classes[code]}”" for code in group])
        sentences.append(
            f"De grootteklassen {names} tellen bij het wegen als één groep: een ervan heeft minder dan {TOO_FEW}."
        )
    return tuple(sentences)
