"""Withholding what others could be calculated from, until what is withheld is uncertain. Pure."""

from collections.abc import Sequence

from surveys.results.protection.groups import TOTAL, Group
from surveys.results.protection.worlds import Need, Worlds

# So many needs are met at once: with more they get in each other's way and more is withheld than it takes.
NEEDS_AT_ONCE = 20


def withhold_complements(hidden: set[Group], *, worlds: Worlds, needs: Sequence[Need]) -> None:
    """Add groups to `hidden` until every need is met that the total and the empty groups leave possible.

    What is withheld once never makes a reader surer, so a need that is met stays met.
    """
    waiting, at_once = list(needs), NEEDS_AT_ONCE
    while waiting := _meet_freely(waiting, hidden=hidden, worlds=worlds):
        shown = [group for group in worlds.groups if group not in hidden]
        chosen = waiting[:: -(-len(waiting) // at_once)]
        world, moved = worlds.find_world(
            chosen, shown=shown, priced=[group for group in shown if group != TOTAL]
        )
        left = worlds.list_unmet(waiting, world)
        if len(left) < len(waiting):
            hidden |= moved
        elif at_once > 1:
            at_once = max(1, at_once // 3)
        else:
            left.remove(chosen[0])
            left += _reduce(chosen[0])
        waiting = left


def _meet_freely(needs: list[Need], *, hidden: set[Group], worlds: Worlds) -> list[Need]:
    """The needs that are left when nothing more is withheld."""
    shown = [group for group in worlds.groups if group not in hidden]
    while needs:
        left = worlds.list_unmet(needs, worlds.find_world(needs, shown=shown)[0])
        if len(left) == len(needs):
            break
        needs = left
    return needs


def _reduce(need: Need) -> list[Need]:
    """A need that cannot be met: a group that cannot be large enough may still be larger than it is."""
    return [Need(need.group, need.coefficients, 1.0)] if need.gap > 1 else []
