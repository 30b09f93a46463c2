"""Somebody who reads everything that is public and calculates. Knows nothing of the code that withholds.

What is public: the rows, which places there are and in which groups they lie, and that a figure is withheld only
where there is something to withhold.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from itertools import product

import numpy as np
from scipy.optimize import linprog
from scipy.sparse import csr_array

from surveys.results.protection.microdata import Place
from surveys.results.table import ResultRow, ResultTable

Group = frozenset[tuple[str, str]]


class Attacker:
    """Bounds what is in a group, from the public rows of one question in one unit."""

    def __init__(self, tables: Iterable[ResultTable], places: Sequence[Place], *, unit: str) -> None:
        self.unit = unit
        self.rows = [row for table in tables for row in table.rows if row.unit == unit]
        self.is_multiple = any(row.kind == "multiple" for row in self.rows)
        self.places = [
            place for place in places if place.unit == ("response" if unit == "response" else "municipality")
        ]
        self.outcomes = sorted({row.option for row in self.rows})
        if self.is_multiple:
            self.outcomes.append("answered")
        self.parts = [
            outcome
            for outcome in self.outcomes
            if outcome.startswith("#") or not self.is_multiple or outcome == "answered"
        ]
        self.dimensions = sorted({name for row in self.rows for name in row.dimensions})
        self.atoms = self._list_atoms()
        self.columns = {
            key: number for number, key in enumerate(product(self.outcomes, range(len(self.atoms))))
        }
        self.equal: list[np.ndarray] = []
        self.equal_bounds: list[float] = []
        self.upper: list[np.ndarray] = []
        self.upper_bounds: list[float] = []
        self._read_rows()
        self._count_room()
        self.upper_matrix, self.equal_matrix = csr_array(self.upper), csr_array(self.equal)

    def bound(self, group: Group, weights: Mapping[str, float]) -> tuple[float, float]:
        """The smallest and largest that the weighted outcomes in a group can be together."""
        target = self._row(group, weights)
        ends = []
        for sign in (1, -1):
            found = linprog(
                sign * target,
                A_ub=self.upper_matrix,
                b_ub=self.upper_bounds,
                A_eq=self.equal_matrix,
                b_eq=self.equal_bounds,
                bounds=(0, None),
            )
            if found.status == 3:
                ends.append(sign * float("inf"))
            else:
                assert found.status == 0, found.message
                ends.append(found.fun)
        return ends[0], -ends[1]

    @property
    def answered(self) -> dict[str, float]:
        return {outcome: 1.0 for outcome in self.parts if not outcome.startswith("#")}

    @property
    def reached(self) -> dict[str, float]:
        return dict.fromkeys(self.parts, 1.0)

    def count_places(self, group: Group) -> int | None:
        """None when nobody knows which places could be in the group."""
        names = {name for name, _ in group}
        if not all(names <= place.groups.keys() for place in self.places if self.unit != "response"):
            return None
        return sum(group <= frozenset(place.groups.items()) for place in self.places)

    def _list_atoms(self) -> list[Group]:
        seen = {
            name: sorted({pair[1] for row in self.rows for pair in find_group(row) if pair[0] == name})
            for name in self.dimensions
        }
        everything = [
            frozenset(zip(self.dimensions, names, strict=True))
            for names in product(*(seen[name] for name in self.dimensions))
        ]
        known = {self._project(place) for place in self.places}
        # A municipality lies where everybody knows; only a response may speak for several places.
        if self.unit == "response":
            return everything
        return [atom for atom in everything if any(each <= atom for each in known)]

    def _read_rows(self) -> None:
        for row in self.rows:
            group = find_group(row)
            if row.status == "ok":
                self._know(group, {row.option: 1.0}, row.n or 0)
                if row.base is not None:
                    self._know(group, self.answered, row.base)
            elif row.status == "no_data":
                self._know(group, {row.option: 1.0}, 0)
                self._know(group, self.answered, 0)
            elif self.unit != "inhabitants":
                self._limit(group, dict.fromkeys(self.parts, -1.0), -1)

    def _count_room(self) -> None:
        room: dict[Group, float] = {}
        for place in self.places:
            known = self._project(place)
            size = place.inhabitants if self.unit == "inhabitants" else 1
            room[known] = room.get(known, 0) + size
        for known, most in room.items():
            self._limit(known, self.reached, most)
        if self.is_multiple:
            for outcome in set(self.outcomes) - set(self.parts):
                for atom in self.atoms:
                    self._limit(atom, {outcome: 1.0, "answered": -1.0}, 0)

    def _know(self, group: Group, weights: Mapping[str, float], amount: float) -> None:
        self.equal.append(self._row(group, weights))
        self.equal_bounds.append(amount)

    def _limit(self, group: Group, weights: Mapping[str, float], amount: float) -> None:
        self.upper.append(self._row(group, weights))
        self.upper_bounds.append(amount)

    def _row(self, group: Group, weights: Mapping[str, float]) -> np.ndarray:
        row = np.zeros(len(self.columns))
        for number, atom in enumerate(self.atoms):
            if group <= atom:
                for outcome, weight in weights.items():
                    row[self.columns[outcome, number]] = weight
        return row

    def _project(self, place: Place) -> Group:
        return frozenset(pair for pair in place.groups.items() if pair[0] in self.dimensions)


def find_group(row: ResultRow) -> Group:
    pairs = ((row.dimension_1, row.group_1), (row.dimension_2, row.group_2))
    return frozenset(pair for pair in pairs if pair[0])


def keep_totals(tables: Iterable[ResultTable]) -> list[ResultTable]:
    """The tables with nothing but totals and empty groups: less can a reader not be given."""
    return [
        replace(
            table,
            rows=tuple(
                row
                if not row.dimensions or row.status == "no_data"
                else row._replace(status="suppressed", n=None, base=None, share=None)
                for row in table.rows
            ),
        )
        for table in tables
    ]
