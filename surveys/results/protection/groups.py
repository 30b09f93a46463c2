"""The groups that figures are about, and who stands behind each of them. Pure."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field

from surveys.results.dimensions import parse_answer_dimension
from surveys.results.protection.microdata import Place, Reply
from surveys.results.table import ResultRow

# A group of a breakdown: a name per dimension. The total is the group without dimensions.
Group = frozenset[tuple[str, str]]
# The dimensions of a breakdown.
Breakdown = frozenset[str]
TOTAL: Group = frozenset()


def find_group(row: ResultRow) -> Group:
    pairs = ((row.dimension_1, row.group_1), (row.dimension_2, row.group_2))
    return frozenset((dimension, name) for dimension, name in pairs if dimension)


def list_dimensions(group: Group) -> Breakdown:
    return frozenset(dimension for dimension, _ in group)


def list_questions(breakdown: Breakdown) -> frozenset[str]:
    """The questions whose answers make the groups of a breakdown."""
    found = (parse_answer_dimension(dimension) for dimension in breakdown)
    return frozenset(dimension.question for dimension in found if dimension)


def is_by_question(breakdown: Breakdown) -> bool:
    return bool(list_questions(breakdown))


def find_place(breakdown: Breakdown) -> Breakdown:
    """What is left of a breakdown without the questions in it."""
    return frozenset(dimension for dimension in breakdown if not parse_answer_dimension(dimension))


@dataclass(slots=True)
class Tally:
    """Who stands behind one group for one question; `reached` are those who answered or gave a kind of missing.

    The sets hold the keys of responses; the lists the replies themselves, one per unit.
    """

    answered: list[Reply] = field(default_factory=list)
    reached: list[Reply] = field(default_factory=list)
    coded: list[Reply] = field(default_factory=list)
    outcomes: Counter[str] = field(default_factory=Counter)

    def add(self, reply: Reply) -> None:
        self.reached.append(reply)
        self.outcomes.update(reply.outcomes)
        if reply.is_answered:
            self.answered.append(reply)
        if reply.is_coded:
            self.coded.append(reply)


def tally_groups(replies: Iterable[Reply], *, breakdowns: Collection[Breakdown]) -> dict[Group, Tally]:
    """Who stands behind each group of each breakdown; a group with nobody is not among them."""
    tallies: defaultdict[Group, Tally] = defaultdict(Tally)
    for reply in replies:
        if reply.is_answered or reply.outcomes:
            for breakdown in breakdowns:
                tallies[project(reply.groups, breakdown)].add(reply)
    return dict(tallies)


def project(groups: Mapping[str, str], breakdown: Breakdown) -> Group:
    """The group of a breakdown in which something with these groups lies."""
    return frozenset((dimension, groups[dimension]) for dimension in breakdown)


def split_breakdowns(breakdowns: Iterable[Breakdown], *, places: Iterable[Place]) -> list[list[Breakdown]]:
    """Those that tell something about one another are together, each time with the total.

    Two breakdowns do when they share a dimension, when one crosses both, or when it is known of a place where it is
    in both. The others have no more in common than the total, which is shown.
    """
    breakdowns = list(breakdowns)
    linked: list[Breakdown] = []
    for known in (*breakdowns, *{frozenset(place.groups) for place in places}):
        dimensions = known & {name for breakdown in breakdowns for name in breakdown}
        touching = [each for each in linked if each & dimensions]
        linked = [each for each in linked if each not in touching]
        if dimensions:
            linked.append(frozenset(dimensions.union(*touching)))
    total: Breakdown = frozenset()
    return [
        [total, *(each for each in breakdowns if each and each <= dimensions)]
        for dimensions in sorted(linked, key=sorted)
    ] or [[total]]


def count_places(places: Iterable[Place], *, breakdowns: Collection[Breakdown]) -> Counter[Group]:
    """How many could be in each group; breakdowns are left out in which nobody knows where a place lies."""
    return Counter(
        project(place.groups, breakdown)
        for place in places
        for breakdown in breakdowns
        if breakdown <= place.groups.keys()
    )
