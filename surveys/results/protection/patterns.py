"""Which groups of a question are withheld: those that betray somebody, and those it takes to calculate them. Pure."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from surveys.responses.units import Unit
from surveys.results.protection.complements import withhold_complements
from surveys.results.protection.groups import (
    TOTAL,
    Breakdown,
    Group,
    Tally,
    count_places,
    is_by_question,
    list_dimensions,
    split_breakdowns,
    tally_groups,
)
from surveys.results.protection.microdata import Place, Reply, Rule
from surveys.results.protection.needs import (
    build_amount_worlds,
    build_count_worlds,
    build_inhabitant_worlds,
    list_count_needs,
    list_sum_needs,
)
from surveys.results.protection.primary import (
    betrays_by_amounts,
    betrays_by_inhabitants,
    betrays_unnamed,
    find_changed_groups,
    is_small,
    list_differences,
)
from surveys.results.protection.worlds import Worlds


@dataclass(slots=True)
class Pattern:
    """The groups of one question that are withheld. What is in `everywhere` is in the other two as well.

    `everywhere` holds for all figures of every unit, so that units cannot be played off against each other.
    """

    everywhere: set[Group] = field(default_factory=set)
    of_inhabitants: set[Group] = field(default_factory=set)
    of_amounts: set[Group] = field(default_factory=set)

    @property
    def layers(self) -> tuple[set[Group], set[Group], set[Group]]:
        return self.everywhere, self.of_inhabitants, self.of_amounts

    def add(self, other: "Pattern") -> None:
        for mine, theirs in zip(self.layers, other.layers, strict=True):
            mine.update(theirs)


@dataclass(slots=True)
class Shown:
    """The groups of one question and unit of which somebody can read a kind of figure."""

    counts: set[Group] = field(default_factory=set)
    inhabitants: set[Group] = field(default_factory=set)
    amounts: set[Group] = field(default_factory=set)

    @property
    def everything(self) -> set[Group]:
        return self.counts | self.inhabitants | self.amounts

    def add(self, other: "Shown", *, within: Collection[Group]) -> None:
        self.counts |= other.counts & set(within)
        self.inhabitants |= other.inhabitants & set(within)
        self.amounts |= other.amounts & set(within)


@dataclass(slots=True)
class AskedQuestion:
    """What a question looks like in the tables: its kind, the codes of its options, its breakdowns by unit."""

    kind: str
    options: dict[str, None] = field(default_factory=dict)
    breakdowns: defaultdict[str, dict[Breakdown, None]] = field(
        default_factory=lambda: defaultdict(lambda: {frozenset(): None})
    )
    has_inhabitants: bool = False
    has_amounts: bool = False


@dataclass(frozen=True, slots=True)
class UnitReplies:
    """Who replied to one question in one unit, who could have, and what earlier releases show of it.

    `changed` are the groups that differ too little from what was shown. `known` has those that did not change at all.
    """

    tallies: Mapping[Group, Tally]
    breakdowns: Collection[Breakdown]
    places: Sequence[Place]
    place_counts: Mapping[Group, int]
    changed: Collection[Group]
    known: Shown


def gather_replies(
    replies: Sequence[Reply],
    *,
    breakdowns: Collection[Breakdown],
    places: Sequence[Place],
    earlier: Iterable[tuple[Sequence[Reply], Shown]],
    rule: Rule,
) -> UnitReplies:
    """`earlier` has per former release the replies to the question, and the groups in which it shows them."""
    tallies = tally_groups(replies, breakdowns=breakdowns)
    changed: set[Group] = set()
    known = Shown()
    for former, shown in earlier:
        # What only the one or the other breaks down by cannot be subtracted.
        both = set(breakdowns) & {list_dimensions(group) for group in shown.everything}
        differences = list_differences(
            tallies, tally_groups(former, breakdowns=both), groups=shown.everything & tallies.keys()
        )
        changed |= find_changed_groups(differences, rule=rule)
        known.add(shown, within=[group for group, replies in differences.items() if not replies])
    return UnitReplies(
        tallies=tallies,
        breakdowns=breakdowns,
        places=places,
        place_counts=count_places(places, breakdowns=breakdowns),
        changed=changed,
        known=known,
    )


def find_pattern(
    question: AskedQuestion,
    units: Mapping[str, UnitReplies],
    *,
    linked: Pattern,
    rule: Rule,
    is_complemented: bool = True,
) -> Pattern:
    """What to withhold of one question. `linked` is what is withheld of the questions that lead to it.

    Without complements (`is_complemented` False) only what betrays somebody by itself is withheld: that is not
    safe, and is there to show it.
    """
    answered = {unit: each for unit, each in units.items() if each.tallies}
    pattern = Pattern()
    pattern.add(linked)
    for each in answered.values():
        pattern.everywhere |= {group for group in each.tallies if is_betraying(group, each, question, rule)}
    _withhold_all_with_total(pattern.everywhere, answered.values())
    for each in answered.values() if is_complemented else ():
        for breakdowns, tallies in _split(each):
            betraying = [group for group in tallies if group in pattern.everywhere]
            if not betraying:
                continue
            worlds = build_count_worlds(tallies, breakdowns=breakdowns, places=each.places)
            needs = list_count_needs(
                worlds,
                betraying,
                tallies=tallies,
                kind=question.kind,
                options=question.options,
                places=each.place_counts,
                rule=rule,
            )
            withhold_complements(pattern.everywhere, worlds=worlds, needs=needs, known=each.known.counts)
    pattern.of_inhabitants |= pattern.everywhere
    pattern.of_amounts |= pattern.everywhere
    municipalities = answered.get(Unit.MUNICIPALITY)
    if question.has_inhabitants and municipalities:
        _withhold_sums(
            pattern.of_inhabitants,
            municipalities,
            known=municipalities.known.inhabitants,
            is_betraying=betrays_by_inhabitants,
            build=build_inhabitant_worlds,
            rule=rule,
            is_complemented=is_complemented,
        )
    for each in answered.values() if question.has_amounts else ():
        _withhold_sums(
            pattern.of_amounts,
            each,
            known=each.known.amounts,
            is_betraying=betrays_by_amounts,
            build=build_amount_worlds,
            rule=rule,
            is_complemented=is_complemented,
        )
    return pattern


def is_betraying(group: Group, unit: UnitReplies, question: AskedQuestion, rule: Rule) -> bool:
    """The figures of a group betray somebody by themselves."""
    tally = unit.tallies[group]
    return (
        group in unit.changed
        or is_small(tally, rule=rule)
        or betrays_unnamed(
            group,
            tally,
            kind=question.kind,
            options=question.options,
            places=unit.place_counts.get(group),
        )
    )


def _withhold_sums(
    hidden: set[Group],
    unit: UnitReplies,
    *,
    known: Collection[Group],
    is_betraying: Callable[..., bool],
    build: Callable[..., Worlds],
    rule: Rule,
    is_complemented: bool,
) -> None:
    """Add to `hidden` the groups whose sums betray somebody, and those it takes to calculate these."""
    tallies = {group: tally for _, part in _split(unit) for group, tally in part.items()}
    betraying = {
        group for group, tally in tallies.items() if group not in hidden and is_betraying(tally, rule=rule)
    }
    hidden |= betraying
    _withhold_all_with_total(hidden, [unit])
    if not is_complemented or TOTAL in hidden:
        return
    for breakdowns, part in _split(unit):
        if inside := [group for group in part if group in betraying]:
            worlds = build(part, breakdowns=breakdowns, places=unit.places)
            needs = list_sum_needs(worlds, inside)
            withhold_complements(hidden, worlds=worlds, needs=needs, known=known)


def _split(unit: UnitReplies) -> list[tuple[list[Breakdown], dict[Group, Tally]]]:
    """The breakdowns by place and kind of respondent, in parts that have only the total in common."""
    breakdowns = [breakdown for breakdown in unit.breakdowns if not is_by_question(breakdown)]
    return [
        (part, {group: tally for group, tally in unit.tallies.items() if list_dimensions(group) in part})
        for part in split_breakdowns(breakdowns, places=unit.places)
    ]


def _withhold_all_with_total(hidden: set[Group], units: Iterable[UnitReplies]) -> None:
    """A total that is withheld can be added up from its groups: then they go too."""
    if TOTAL in hidden:
        for unit in units:
            hidden.update(unit.tallies)
