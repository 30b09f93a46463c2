"""Which figures betray somebody by themselves, before anything is subtracted. Pure."""

from collections.abc import Collection, Iterable, Mapping, Sequence

from surveys.results.protection.groups import TOTAL, Group, Tally
from surveys.results.protection.microdata import Reply, Rule


def is_small(tally: Tally, *, rule: Rule) -> bool:
    """Fewer municipalities than the minimum, but more than none, answered, were coded, or were reached."""
    return any(is_few(replies, rule=rule) for replies in (tally.answered, tally.reached, tally.coded))


def is_few(replies: Sequence[Reply], *, rule: Rule) -> bool:
    """A region that answers for ten municipalities is ten municipalities."""
    return 0 < sum(reply.municipalities for reply in replies) < rule.minimum


def is_complete(tally: Tally, *, places: int | None) -> bool:
    """Everybody who could be in the group delivered, so that it is known of each of them. None is unknown."""
    return places is not None and len(tally.reached) >= places


def find_common_answers(tally: Tally, *, kind: str, options: Iterable[str]) -> tuple[set[str], set[str]]:
    """The options that all who answered chose, and those of a question with more answers that nobody chose."""
    size = len(tally.answered)
    if not size:
        return set(), set()
    chosen = {option for option in options if tally.outcomes[option] == size}
    if kind != "multiple":
        return chosen, set()
    return chosen, {option for option in options if not tally.outcomes[option]}


def has_unnamed(replies: Iterable[Reply]) -> bool:
    return any(not reply.may_be_named for reply in replies)


def betrays_unnamed(
    group: Group, tally: Tally, *, kind: str, options: Collection[str], places: int | None
) -> bool:
    """A municipality that does not want to be named can be known to have delivered, or to have answered so.

    In a breakdown either is enough. That the whole country took part is no secret, so of the total the answers
    must be alike as well.
    """
    is_alike = any(find_common_answers(tally, kind=kind, options=options)) and has_unnamed(tally.answered)
    is_known = is_complete(tally, places=places) and has_unnamed(tally.reached)
    return (is_alike and is_known) if group == TOTAL else (is_alike or is_known)


def is_dominated(amounts: Iterable[float], *, rule: Rule) -> bool:
    """The largest contributor holds nearly all of the sum, or the two largest together do.

    Sources: Hundepool et al., Statistical Disclosure Control (2012), section 4.2.2, the (n, k) rule.
    """
    ordered = sorted((abs(amount) for amount in amounts), reverse=True)
    total = sum(ordered)
    if not total:
        return False
    return ordered[0] > rule.largest_share * total or sum(ordered[:2]) > rule.two_largest_share * total


def betrays_by_inhabitants(tally: Tally, *, rule: Rule) -> bool:
    """The inhabitants of municipalities are public: few of them in an exact sum say which ones are in it."""
    if is_dominated([reply.inhabitants for reply in tally.answered], rule=rule):
        return True
    return len(tally.reached) < rule.minimum_for_exact_sums and has_unnamed(tally.reached)


def betrays_by_amounts(tally: Tally, *, rule: Rule) -> bool:
    """What was filled in is dominated by one or two of those who did."""
    amounts = [reply.number for reply in tally.answered if reply.number is not None]
    return bool(amounts) and (
        is_dominated(amounts, rule=rule)
        or is_few([reply for reply in tally.answered if reply.number is not None], rule=rule)
    )


def list_differences(
    now: Mapping[Group, Tally], then: Mapping[Group, Tally], *, groups: Iterable[Group]
) -> dict[Group, list[Reply]]:
    """Of each of the groups who came, went or says something else since then."""
    return {group: _list_changes(now.get(group, Tally()), then.get(group, Tally())) for group in groups}


def find_changed_groups(differences: Mapping[Group, Sequence[Reply]], *, rule: Rule) -> set[Group]:
    """The groups that an earlier release shows, where the difference with now is about fewer than the minimum.

    A total must be correctable: it is among them only when one of those few does not want to be named.
    """
    return {
        group
        for group, changed in differences.items()
        if is_few(changed, rule=rule) and (group != TOTAL or has_unnamed(changed))
    }


def _list_changes(now: Tally, then: Tally) -> list[Reply]:
    """One reply of each unit that came, went, or says something else, as it is now where it still is."""
    before = {reply.contributor: reply for reply in then.reached}
    after = {reply.contributor: reply for reply in now.reached}
    return [
        after.get(contributor) or before[contributor]
        for contributor in before.keys() | after.keys()
        if _describe(before.get(contributor)) != _describe(after.get(contributor))
    ]


def _describe(reply: Reply | None) -> tuple[object, ...] | None:
    return (reply.is_answered, reply.outcomes, reply.is_coded, reply.number) if reply else None
