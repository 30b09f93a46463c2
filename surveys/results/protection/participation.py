"""Whether numbers of municipalities that took part, in breakdowns side by side, say of one that it did. Pure."""

from collections.abc import Collection, Sequence

import numpy as np

from surveys.results.protection.complements import find_possible
from surveys.results.protection.groups import TOTAL, Breakdown, count_places, project, tally_groups
from surveys.results.protection.microdata import Place, Reply
from surveys.results.protection.needs import build_count_worlds
from surveys.results.protection.primary import has_unnamed, is_complete
from surveys.results.protection.worlds import Need


def tells_who_took_part(
    took_part: Sequence[Reply], *, breakdowns: Collection[Breakdown], places: Sequence[Place]
) -> bool:
    """Of somebody who does not want to be named. That the whole country took part is no secret.

    `took_part` has one reply per municipality, `places` are all municipalities.
    """
    if not breakdowns or not took_part or len(took_part) == len(places):
        return False
    shown: list[Breakdown] = [frozenset(), *breakdowns]
    worlds = build_count_worlds(tally_groups(took_part, breakdowns=shown), breakdowns=shown, places=places)
    finest: Breakdown = frozenset().union(*breakdowns)
    room = count_places(places, breakdowns=[finest])
    needs = []
    for group, tally in tally_groups(took_part, breakdowns=[finest]).items():
        if has_unnamed(tally.reached) and is_complete(tally, places=room[group]):
            around = [set(worlds.groups[project(dict(group), breakdown)]) for breakdown in breakdowns]
            one_less = np.zeros(worlds.truth.shape)
            one_less[:, list(set.intersection(*around))] = -1
            needs.append(Need(TOTAL, one_less.reshape(-1), 1))
    return len(find_possible(needs, worlds=worlds, certain=worlds.groups)) < len(needs)
