"""The order of the library: by relevance, the newest first, or what is near first."""

from collections.abc import Collection, Mapping

from django.utils.timezone import localdate

from practices.entries import Entry
from practices.filters import Choice, Sort
from practices.nearness import Nearness, Surroundings
from practices.reference import Reference
from practices.searching import Search
from surveys.territory.newest import read_newest_country
from surveys.territory.similarity import rank_similar


def load_surroundings(home: str, reference: Reference) -> Surroundings:
    """Alike are the same municipalities as in comparing results. `home` is a code of the reference."""
    profiles = read_newest_country().profiles
    similar = rank_similar(home, profiles=profiles, limit=len(profiles)) if home in profiles else []
    return Surroundings(home, country=reference.country, similar=[each.profile.code for each in similar])


def order_found(
    keys: Collection[int],
    *,
    entries: Mapping[int, Entry],
    choice: Choice,
    search: Search | None,
    nearness: Mapping[int, Nearness],
) -> list[int]:
    """The keys in the order that was chosen; what is equal goes the newest first and then by title.

    A case that nobody looked at for too long stays, below the others. `nearness` is of every case, or empty when nobody
    asked for what is near.
    """
    found = sorted(keys, key=lambda key: (-entries[key].year, entries[key].title))
    if choice.sort is Sort.RELEVANCE and search is not None:
        places = {key: place for place, key in enumerate(search.keys)}
        found.sort(key=lambda key: places[key])
    if nearness:
        found.sort(key=lambda key: (nearness[key].step, nearness[key].likeness))
    today = localdate()
    return sorted(found, key=lambda key: entries[key].is_past_review(on=today))
