"""Counting what each filter option would show. Pure."""

from collections import Counter
from collections.abc import Collection, Mapping

Tags = Mapping[str, frozenset[str]]


def match_facets(tags: Mapping[int, Tags], *, selected: Mapping[str, Collection[str]]) -> set[int]:
    """Keys of the items that have, in every facet with a selection, at least one of the selected values."""
    return {
        key
        for key, values in tags.items()
        if all(values[facet].intersection(chosen) for facet, chosen in selected.items() if chosen)
    }


def count_options(
    tags: Mapping[int, Tags], *, selected: Mapping[str, Collection[str]], facet: str
) -> Counter[str]:
    """Items per value of `facet`, given the selections in all other facets.

    Its own selection is left out, so that the count says what ticking one more value would add.
    """
    others = {name: chosen for name, chosen in selected.items() if name != facet}
    matching = match_facets(tags, selected=others)
    return Counter(value for key in matching for value in tags[key][facet])
