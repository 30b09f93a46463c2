"""How many municipalities took part, by size and by region side by side, may not say of one that it did."""

import pytest

from surveys.results.protection.microdata import Place, Reply
from surveys.results.release.response import withhold_linked_groupings

SIZE, REGION = "size_class", "youth_region"


def draw(*, groups: dict[tuple[str, str], tuple[int, int]], may_be_named: bool = False):
    """Per size and region how many took part of how many there are; of the first who took part the consent."""
    places, replies = [], []
    for (size, region), (took_part, everybody) in groups.items():
        for number in range(everybody):
            code, known = f"{size}{region}{number}", {SIZE: size, REGION: region, "province": "overal"}
            places.append(Place("municipality", code, known))
            if number < took_part:
                is_willing = may_be_named or bool(replies)
                replies.append(
                    Reply(
                        "municipality",
                        code,
                        code,
                        "",
                        known,
                        is_answered=True,
                        outcomes=frozenset(("#deelname",)),
                        may_be_named=is_willing,
                    )
                )
    return replies, places


# Nobody in the hills took part, so that the ten large ones that did are those of the coast.
TOLD = {("groot", "kust"): (10, 10), ("groot", "heuvels"): (0, 2), ("klein", "kust"): (10, 20)}
UNTOLD = TOLD | {("klein", "heuvels"): (3, 9), ("groot", "heuvels"): (0, 2)}
WRITTEN = {"size_classes": ["…"], "provinces": ["…"], "youth_regions": ["…"]}


@pytest.mark.parametrize(
    ("groups", "may_be_named", "shown"),
    [(TOLD, False, False), (TOLD, True, True), (UNTOLD, False, True)],
    ids=["told", "willing", "untold"],
)
def test_what_two_groupings_tell_together_is_withheld(groups, may_be_named, shown):
    took_part, places = draw(groups=groups, may_be_named=may_be_named)

    left = withhold_linked_groupings(WRITTEN, took_part=took_part, places=places)

    assert left == WRITTEN | ({} if shown else {"youth_regions": []})


def test_that_the_whole_country_took_part_is_no_secret():
    took_part, places = draw(groups={("groot", "kust"): (10, 10), ("klein", "kust"): (10, 10)})

    assert withhold_linked_groupings(WRITTEN, took_part=took_part, places=places) == WRITTEN


def test_nobody_tells_nothing():
    took_part, places = draw(groups={("groot", "kust"): (0, 10)})

    assert withhold_linked_groupings(WRITTEN, took_part=took_part, places=places) == WRITTEN
