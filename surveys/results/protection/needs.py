"""What must stay uncertain about a figure that is withheld. Pure."""

from collections.abc import Collection, Iterable, Mapping, Sequence

import numpy as np

from surveys.results.protection.groups import TOTAL, Breakdown, Group, Tally, project
from surveys.results.protection.microdata import Place, Reply, Rule
from surveys.results.protection.primary import find_common_answers, has_unnamed, is_complete, is_small
from surveys.results.protection.worlds import Need, Outcomes, Worlds

ANSWERED = "#ingevuld"
CODED = "#ingedeeld"
# How far a sum that is withheld must be able to lie from the truth, as a part of itself.
SUM_UNCERTAINTY = 0.1


def build_count_worlds(
    tallies: Mapping[Group, Tally], *, breakdowns: Collection[Breakdown], places: Sequence[Place]
) -> Worlds:
    """The worlds for numbers of units."""
    outcomes = list_outcomes(tallies[TOTAL])
    return _build_worlds(
        tallies,
        outcomes=outcomes,
        amounts=[
            (reply, dict.fromkeys(_find_columns(reply, outcomes=outcomes), 1.0))
            for reply in tallies[TOTAL].reached
        ],
        breakdowns=breakdowns,
        capacities=[(place, 1.0) for place in places],
        smallest=1.0,
    )


def build_inhabitant_worlds(
    tallies: Mapping[Group, Tally], *, breakdowns: Collection[Breakdown], places: Sequence[Place]
) -> Worlds:
    """The worlds for sums of inhabitants, with the mean municipality as 1."""
    outcomes = list_outcomes(tallies[TOTAL])
    replies = tallies[TOTAL].reached
    mean = sum(reply.inhabitants for reply in replies) / len(replies) or 1.0
    return _build_worlds(
        tallies,
        outcomes=outcomes,
        amounts=[
            (reply, dict.fromkeys(_find_columns(reply, outcomes=outcomes), reply.inhabitants / mean))
            for reply in replies
        ],
        breakdowns=breakdowns,
        capacities=[(place, place.inhabitants / mean) for place in places],
        smallest=0.0,
    )


def build_amount_worlds(
    tallies: Mapping[Group, Tally], *, breakdowns: Collection[Breakdown], places: Sequence[Place]
) -> Worlds:
    """The worlds for sums of what was filled in, without its sign, with the mean amount as 1.

    Whatever there are of `places`, nothing is known about how much each could fill in.
    """
    amounts = [(reply, abs(reply.number)) for reply in tallies[TOTAL].answered if reply.number is not None]
    mean = sum(amount for _, amount in amounts) / len(amounts) or 1.0
    return _build_worlds(
        tallies,
        outcomes=Outcomes(names=(ANSWERED,), parts=(0,), parents=()),
        amounts=[(reply, {0: amount / mean}) for reply, amount in amounts],
        breakdowns=breakdowns,
        capacities=(),
        smallest=0.0,
    )


def list_outcomes(total: Tally) -> Outcomes:
    """The outcomes that somebody has; what nobody has is a zero that the total shows."""
    missing = sorted({name for reply in total.reached if not reply.is_answered for name in reply.outcomes})
    chosen = sorted({name for reply in total.answered for name in reply.outcomes})
    if total.answered and not total.coded and all(len(reply.outcomes) == 1 for reply in total.answered):
        names = (*chosen, *missing)
        return Outcomes(names=names, parts=tuple(range(len(names))), parents=())
    names = (ANSWERED, *missing, *([CODED] if total.coded else []), *chosen)
    parent = names.index(CODED) if total.coded else 0
    return Outcomes(
        names=names,
        parts=tuple(range(1 + len(missing))),
        parents=(
            *([(parent, 0)] if total.coded else []),
            *((names.index(name), parent) for name in chosen),
        ),
    )


def list_count_needs(
    worlds: Worlds,
    groups: Iterable[Group],
    *,
    tallies: Mapping[Group, Tally],
    kind: str,
    options: Collection[str],
    places: Mapping[Group, int],
    rule: Rule,
) -> list[Need]:
    """Of each group: that it may be large enough, and smaller; that no answer in it is certain.

    A small group must be able to be as large as the minimum, or as there are places in it. Of a group that is known
    to be complete or of one mind this must be able to be otherwise. Of every other one it is enough that its size
    is uncertain: it is withheld for the sake of another figure.
    """
    names = {name: column for column, name in enumerate(worlds.outcomes.names)}
    needs = []
    for group in groups:
        tally, most = tallies[group], places.get(group)
        answered = _list_answered(worlds.outcomes, total=tallies[TOTAL])
        reached = dict.fromkeys(worlds.outcomes.parts, 1.0)
        wanted: list[tuple[Mapping[int, float], float]] = []
        if is_small(tally, rule=rule):
            enough = min(rule.minimum, most or rule.minimum)
            for weights, size in ((answered, len(tally.answered)), (reached, len(tally.reached))):
                if 0 < size < enough:
                    wanted.append((weights, enough - size))
            if has_unnamed(tally.reached):
                wanted += [({names[outcome]: -1.0}, 1) for outcome in sorted(tally.outcomes)]
        if has_unnamed(tally.answered):
            by_all, by_none = find_common_answers(tally, kind=kind, options=options)
            wanted += [
                ({**answered, names[option]: answered.get(names[option], 0.0) - 1}, 1)
                for option in sorted(by_all)
            ]
            wanted += [({names[option]: 1.0}, 1) for option in sorted(by_none) if option in names]
        if len(tally.reached) > 1 and (is_complete(tally, places=most) or is_small(tally, rule=rule)):
            wanted.append((_negate(reached), 1))
        if not wanted:
            wanted.append((_negate(reached) if len(tally.reached) > 1 else reached, 1))
        needs += [Need(group, worlds.sum_up(group, weights), gap) for weights, gap in wanted]
    return needs


def list_sum_needs(worlds: Worlds, groups: Iterable[Group]) -> list[Need]:
    """Of each outcome in each group: that its sum may be a good deal smaller."""
    needs = []
    for group in groups:
        for column in range(len(worlds.outcomes.names)):
            down = worlds.sum_up(group, {column: -1.0})
            size = -float(down @ worlds.truth.reshape(-1))
            if size > 0:
                needs.append(Need(group, down, SUM_UNCERTAINTY * size))
    return needs


def _list_answered(outcomes: Outcomes, *, total: Tally) -> dict[int, float]:
    missing = {name for reply in total.reached if not reply.is_answered for name in reply.outcomes}
    return {column: 1.0 for column in outcomes.parts if outcomes.names[column] not in missing}


def _negate(weights: Mapping[int, float]) -> dict[int, float]:
    return {column: -weight for column, weight in weights.items()}


def _find_columns(reply: Reply, *, outcomes: Outcomes) -> list[int]:
    found = set(reply.outcomes)
    if reply.is_answered:
        found.add(ANSWERED)
    if reply.is_coded:
        found.add(CODED)
    return [column for column, name in enumerate(outcomes.names) if name in found]


def _build_worlds(
    tallies: Mapping[Group, Tally],
    *,
    outcomes: Outcomes,
    amounts: Sequence[tuple[Reply, Mapping[int, float]]],
    breakdowns: Collection[Breakdown],
    capacities: Sequence[tuple[Place, float]],
    smallest: float,
) -> Worlds:
    dimensions: Breakdown = frozenset(name for breakdown in breakdowns for name in breakdown)
    atoms = _list_atoms(tallies, dimensions=dimensions, breakdowns=breakdowns, capacities=capacities)
    truth = np.zeros((len(outcomes.names), len(atoms)))
    for reply, columns in amounts:
        place = atoms[project(reply.groups, dimensions)]
        for column, amount in columns.items():
            truth[column, place] += amount
    members: dict[Group, list[int]] = {group: [] for group in tallies if _is_of(group, breakdowns)}
    for atom, number in atoms.items():
        for breakdown in breakdowns:
            members[project(dict(atom), breakdown)].append(number)
    return Worlds(
        truth,
        outcomes=outcomes,
        groups=members,
        limits=_list_limits(atoms, capacities=capacities, held=truth[list(outcomes.parts)].sum(axis=0)),
        smallest=smallest,
    )


def _is_of(group: Group, breakdowns: Collection[Breakdown]) -> bool:
    return frozenset(dimension for dimension, _ in group) in breakdowns


def _list_atoms(
    tallies: Mapping[Group, Tally],
    *,
    dimensions: Breakdown,
    breakdowns: Collection[Breakdown],
    capacities: Sequence[tuple[Place, float]],
) -> dict[Group, int]:
    """Every combination that a reply has or a place could have, outside the groups with nobody in them."""
    replies = tallies[TOTAL].reached
    seen = {dimension: sorted({reply.groups[dimension] for reply in replies}) for dimension in dimensions}
    found = {project(reply.groups, dimensions): None for reply in replies}
    for known in {project_known(place, dimensions): None for place, _ in capacities}:
        atoms = [known]
        for dimension in sorted(dimensions - {name for name, _ in known}):
            atoms = [atom | {(dimension, name)} for atom in atoms for name in seen[dimension]]
        for possible in atoms:
            if all(project(dict(possible), breakdown) in tallies for breakdown in breakdowns):
                found[possible] = None
    return {atom: number for number, atom in enumerate(found)}


def project_known(place: Place, dimensions: Breakdown) -> Group:
    return frozenset((name, group) for name, group in place.groups.items() if name in dimensions)


def _list_limits(
    atoms: Mapping[Group, int], *, capacities: Sequence[tuple[Place, float]], held: np.ndarray
) -> list[tuple[list[int], float]]:
    """Per kind of place, the atoms in which it could be and how much of it there is."""
    dimensions = frozenset(name for atom in atoms for name, _ in atom)
    room: dict[Group, float] = {}
    for place, capacity in capacities:
        known = project_known(place, dimensions)
        room[known] = room.get(known, 0.0) + capacity
    limits = []
    by_known: dict[frozenset[str], dict[Group, list[int]]] = {}
    for known, most in room.items():
        names = frozenset(name for name, _ in known)
        if names not in by_known:
            index: dict[Group, list[int]] = {}
            for atom, number in atoms.items():
                index.setdefault(frozenset(pair for pair in atom if pair[0] in names), []).append(number)
            by_known[names] = index
        inside = by_known[names].get(known, [])
        if inside:
            limits.append((inside, max(most, float(held[inside].sum()))))
    return limits
