"""All worlds that agree with what is shown, as linear constraints: what a reader who calculates can know. Pure.

An atom is a combination of groups, as fine as the breakdowns make it. A world says for each atom how much of each
outcome is in it. A figure is safe when there is a world, in agreement with all that is shown, where it is far
enough from the truth (Fischetti & Salazar-González 2001). Worlds need not be whole numbers.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from scipy.sparse import coo_array, csr_array, eye_array, kron, vstack

from surveys.results.protection.groups import Group, list_dimensions
from surveys.results.protection.programme import Programme, Vector

TOLERANCE = 1e-6


@dataclass(frozen=True, slots=True)
class Outcomes:
    """What can be counted of a question in one group.

    `names` are in the order of the columns. `parts` are those that exclude each other and together are everybody
    who was reached; each other one is a part of its parent: (column, column of the parent).
    """

    names: tuple[str, ...]
    parts: tuple[int, ...]
    parents: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True, eq=False)
class Need:
    """That `coefficients` × world can be at least `gap` more than it truly is. Columns are outcome × atom."""

    group: Group
    coefficients: Vector
    gap: float

    def reduce(self) -> "Need":
        return replace(self, gap=1.0)


class Worlds:
    """The worlds that a reader thinks possible.

    `truth` is outcomes × atoms. `groups` says which atoms lie in which group, for the groups with somebody in them:
    it is known that nobody is in the others. `limits` are sets of atoms with how much they can hold at most.
    `smallest` is how much a group with somebody in it holds at least.
    """

    def __init__(
        self,
        truth: Vector,
        *,
        outcomes: Outcomes,
        groups: Mapping[Group, Sequence[int]],
        limits: Collection[tuple[Sequence[int], float]],
        smallest: float,
    ) -> None:
        self.truth = truth
        self.outcomes = outcomes
        self.groups = groups
        self.atom_count = truth.shape[1]
        self._flat = truth.reshape(-1)
        self._order = list(groups)
        self._place = {group: place for place, group in enumerate(self._order)}
        self._members = _mark(list(groups.values()), width=self.atom_count)
        self._each_outcome = csr_array(kron(eye_array(len(outcomes.names)), self._members))
        self._sizes = self._members @ truth[list(outcomes.parts)].sum(axis=0)
        rows, bounds = self._limit(limits, smallest=smallest)
        self._programme = Programme(self._flat, limits=rows, bounds=bounds, sums=self._each_outcome)
        self._numbers: dict[Need, int] = {}
        self._least, self._most = self._find_extremes(limits, smallest=smallest)

    def sum_up(self, group: Group, weights: Mapping[int, float]) -> Vector:
        """The coefficients that add up columns of outcomes, each with its weight, over a group."""
        coefficients = np.zeros(self.truth.shape)
        for column, weight in weights.items():
            coefficients[column, self.groups[group]] = weight
        return coefficients.reshape(-1)

    def find_world(
        self, needs: Sequence[Need], *, shown: Collection[Group], priced: Sequence[Group] = ()
    ) -> tuple[Vector, set[Group]]:
        """The world that meets as many needs as it can, and the priced groups in which it differs from the truth.

        It agrees with every group that is shown and has no price. Of the worlds that meet as much it is the one for
        which the least figures are withheld (Kelly, Golden & Assad, 1990): a group costs the number of units in it,
        for each that moves.
        """
        prices = np.zeros(len(self._order))
        prices[[self._place[group] for group in shown]] = np.inf
        loose = [self._place[group] for group in priced]
        prices[loose] = self._sizes[loose]
        world = self._programme.solve(
            [self._number(need) for need in needs], prices=np.tile(prices, len(self.outcomes.names))
        )
        shifts = np.abs(self._each_outcome @ (world - self._flat)).reshape(-1, len(self._order))
        furthest = shifts.max(axis=0)
        return world, {group for group in priced if furthest[self._place[group]] > TOLERANCE}

    def list_unmet(self, needs: Sequence[Need], world: Vector) -> list[Need]:
        return [need for need in needs if self._shift(need, world) < need.gap * (1 - TOLERANCE)]

    def has_room(self, need: Need) -> bool:
        """False when a group alone shows that it can be no larger, or no smaller: without a programme to solve."""
        coefficients = need.coefficients.reshape(self.truth.shape)[list(self.outcomes.parts)]
        size = self._sizes[self._place[need.group]]
        if coefficients.min() >= 0:
            counted = float(need.coefficients @ self._flat)
            return counted + need.gap <= float(self._most[self._place[need.group]]) + TOLERANCE
        is_everybody = np.array_equal(coefficients.min(axis=0), coefficients.max(axis=0))
        least = float(self._least[self._place[need.group]])
        return not is_everybody or float(size) - need.gap >= least - TOLERANCE

    def _find_extremes(
        self, limits: Collection[tuple[Sequence[int], float]], *, smallest: float
    ) -> tuple[Vector, Vector]:
        """How small and large each group can be by what lies inside it: bounds that are true, but not sharp.

        It holds at least the smallest in each group inside it, and at most what its places hold together.
        """
        inside = self._members.toarray()
        is_within = (inside @ inside.T) == inside.sum(axis=1)[:, np.newaxis]
        least = np.zeros(len(self._order))
        for breakdown in {list_dimensions(group) for group in self._order}:
            parts = [place for place, group in enumerate(self._order) if list_dimensions(group) == breakdown]
            least = np.maximum(least, smallest * is_within[parts].sum(axis=0))
        most = np.zeros(len(self._order))
        unlimited = np.ones(self.atom_count)
        for atoms, capacity in limits:
            most += capacity * inside[:, list(atoms)].any(axis=1)
            unlimited[list(atoms)] = 0
        return least, np.where(inside @ unlimited > 0, np.inf, most)

    def _shift(self, need: Need, world: Vector) -> float:
        return float(need.coefficients @ (world - self._flat))

    def _number(self, need: Need) -> int:
        if need not in self._numbers:
            self._numbers[need] = self._programme.add_need(need.coefficients / need.gap)
        return self._numbers[need]

    def _limit(
        self, limits: Collection[tuple[Sequence[int], float]], *, smallest: float
    ) -> tuple[csr_array, Vector]:
        """Places can hold no more than there are, a part no more than its parent, and nobody is in no group."""
        reached = np.zeros((1, len(self.outcomes.names)))
        reached[0, list(self.outcomes.parts)] = 1
        everybody = csr_array(reached)
        rows, bounds = [csr_array(-kron(everybody, self._members))], [np.full(len(self._order), -smallest)]
        if limits:
            rows.append(
                csr_array(kron(everybody, _mark([atoms for atoms, _ in limits], width=self.atom_count)))
            )
            bounds.append(np.array([most for _, most in limits], dtype=float))
        for column, parent in self.outcomes.parents:
            part = np.zeros((1, len(self.outcomes.names)))
            part[0, column], part[0, parent] = 1, -1
            rows.append(csr_array(kron(csr_array(part), eye_array(self.atom_count))))
            bounds.append(np.zeros(self.atom_count))
        return csr_array(vstack(rows)), np.concatenate(bounds)


def _mark(sets: Sequence[Sequence[int]], *, width: int) -> csr_array:
    """One row per set, with a 1 for each of its columns."""
    rows = np.repeat(np.arange(len(sets)), [len(columns) for columns in sets])
    columns = (
        np.concatenate([np.asarray(each, dtype=int) for each in sets]) if sets else np.array([], dtype=int)
    )
    return csr_array(coo_array((np.ones(len(columns)), (rows, columns)), shape=(len(sets), width)))
