"""How far the response reaches per group, without telling of a municipality whether it delivered. Pure.

Shown are numbers of municipalities and nothing else: of inhabitants it is public how many a municipality has, so a
sum of them would name the municipalities in it.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from surveys.fieldwork.overview import FrameRow

WITHHELD = "Dit aantal tonen we niet: anders is te zien welke gemeente meedeed, of is een ander aantal uit te rekenen."


@dataclass(frozen=True, slots=True)
class GroupRate:
    """`delivered` of `total` municipalities are in the response; None when that is withheld, and `note` says why."""

    code: str
    name: str
    delivered: int | None
    total: int
    note: str = ""

    @property
    def share(self) -> float | None:
        return None if self.delivered is None else self.delivered / self.total

    @property
    def status(self) -> str:
        return "suppressed" if self.delivered is None else "ok"


@dataclass(frozen=True, slots=True)
class _Group:
    code: str
    name: str
    delivered: int
    total: int
    unnamed: int


def rate_groups(
    places: Iterable[tuple[FrameRow, tuple[str, str]]],
    *,
    delivered: Collection[str],
    unnamed: Collection[str],
    minimum: int,
) -> list[GroupRate]:
    """Per group how many municipalities a submitted response speaks for, in the order in which groups come.

    `places` has every municipality of the frame with the code and name of its group, `delivered` the codes of those
    in the response and `unnamed` those of them that may not be named. Withheld is a group that has fewer than
    `minimum` municipalities, or fewer than that in the response but more than none, or all of them with one that may
    not be named. More groups are withheld, the smallest first, until what is withheld together tells nothing either:
    together with the total it is a group like any other.
    """
    groups = _count(places, delivered=delivered, unnamed=unnamed)
    withheld = {group.code for group in groups if _tells_too_much(group, minimum=minimum)}
    spare = sorted(
        (group for group in groups if group.code not in withheld), key=lambda group: (group.total, group.code)
    )
    while withheld and spare and _tells_together(groups, withheld=withheld, minimum=minimum):
        withheld.add(spare.pop(0).code)
    return [
        GroupRate(group.code, group.name, None, group.total, WITHHELD)
        if group.code in withheld
        else GroupRate(group.code, group.name, group.delivered, group.total)
        for group in groups
    ]


def _count(
    places: Iterable[tuple[FrameRow, tuple[str, str]]],
    *,
    delivered: Collection[str],
    unnamed: Collection[str],
) -> list[_Group]:
    members: dict[tuple[str, str], list[str]] = {}
    for row, group in places:
        members.setdefault(group, []).append(row.code)
    return [
        _Group(
            code=code,
            name=name,
            delivered=sum(member in delivered for member in codes),
            total=len(codes),
            unnamed=sum(member in unnamed for member in codes),
        )
        for (code, name), codes in members.items()
    ]


def _tells_too_much(group: _Group, *, minimum: int) -> bool:
    return (
        group.total < minimum
        or 0 < group.delivered < minimum
        or (group.delivered == group.total and group.unnamed > 0)
    )


def _tells_together(groups: Iterable[_Group], *, withheld: Collection[str], minimum: int) -> bool:
    """Whether the sum of the withheld groups, which is the total without the others, tells too much."""
    hidden = [group for group in groups if group.code in withheld]
    together = _Group(
        code="",
        name="",
        delivered=sum(group.delivered for group in hidden),
        total=sum(group.total for group in hidden),
        unnamed=sum(group.unnamed for group in hidden),
    )
    return len(hidden) < 2 or together.delivered < minimum or _tells_too_much(together, minimum=minimum)
