"""Withholding what others could be calculated from, until what is withheld is uncertain. Pure."""

from collections.abc import Collection, Sequence

from surveys.results.protection.groups import TOTAL, Group
from surveys.results.protection.worlds import Need, Worlds


def withhold_complements(
    hidden: set[Group], *, worlds: Worlds, needs: Sequence[Need], known: Collection[Group] = ()
) -> None:
    """Add groups to `hidden` until every need is met that the total, the empty and the known groups leave possible.

    `known` are groups that an earlier release shows as they still are: withholding them now hides nothing. A group
    that all these keep from being large enough must still be able to be larger than it is. What is withheld once
    never makes a reader surer, so a need that is met stays met.
    """
    certain = {TOTAL, *(group for group in known if group in worlds.groups)}
    possible = find_possible(needs, worlds=worlds, certain=certain)
    kept = {id(need) for need in possible}
    smaller = [need.reduce() for need in needs if id(need) not in kept and need.gap > 1]
    waiting = possible + find_possible(smaller, worlds=worlds, certain=certain)
    while waiting := _meet_freely(waiting, shown=_list_shown(worlds, hidden - certain), worlds=worlds):
        # One at a time: needs that are met together get in each other's way, and more is withheld than it takes.
        shown = _list_shown(worlds, hidden - certain)
        priced = [group for group in shown if group not in certain]
        world, moved = worlds.find_world(waiting[:1], shown=shown, priced=priced)
        left = worlds.list_unmet(waiting, world)
        if left and left[0] is waiting[0]:
            # Possible, but not within what the solver can tell from nothing.
            hidden.update(priced)
            break
        hidden |= moved
        waiting = left


def find_possible(needs: Sequence[Need], *, worlds: Worlds, certain: Collection[Group]) -> list[Need]:
    """The needs that some world meets which agrees with the certain groups, and with who is known to be nowhere."""
    candidates = [need for need in needs if worlds.has_room(need)]
    waiting = _meet_freely(candidates, shown=certain, worlds=worlds)
    impossible = set()
    while waiting:
        # Needs can keep each other from being met: only one that is alone shows that it cannot be.
        left = worlds.list_unmet(waiting, worlds.find_world(waiting[:1], shown=certain)[0])
        if left and left[0] is waiting[0]:
            impossible.add(id(left.pop(0)))
        waiting = left
    return [need for need in candidates if id(need) not in impossible]


def _meet_freely(needs: list[Need], *, shown: Collection[Group], worlds: Worlds) -> list[Need]:
    """The needs that are left when nothing more is withheld."""
    while needs:
        left = worlds.list_unmet(needs, worlds.find_world(needs, shown=shown)[0])
        if len(left) == len(needs):
            break
        needs = left
    return needs


def _list_shown(worlds: Worlds, hidden: Collection[Group]) -> list[Group]:
    return [group for group in worlds.groups if group not in hidden]
