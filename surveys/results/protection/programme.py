"""The linear programme behind the worlds: made once, then asked again and again. Pure.

Between two questions only prices and bounds change, so the solver goes on from where it was: that is ten times as
fast as a new programme each time.
"""

from collections.abc import Sequence

import highspy
import numpy as np
from numpy.typing import NDArray
from scipy.sparse import block_array, csr_array, eye_array

Vector = NDArray[np.float64]

# What one proven need is worth beside the groups that must be withheld for it: more than any number of groups.
PROOF = 1_000_000.0


class Programme:
    """Worlds that keep `limits` × world ≤ `bounds`, and how far each of `sums` × world lies from the truth.

    The columns are those of the world, then how far each sum is up, and down, from the truth, then for each need
    that was ever asked about how far it is met, from 0 to 1.
    """

    def __init__(self, truth: Vector, *, limits: csr_array, bounds: Vector, sums: csr_array) -> None:
        self._truth = truth
        self._world, self._sums = truth.size, sums.shape[0]
        apart = eye_array(self._sums)
        matrix = csr_array(block_array([[limits, None, None], [sums, -apart, apart]]))
        here = sums @ truth
        model = highspy.HighsLp()
        model.num_col_, model.num_row_ = matrix.shape[1], matrix.shape[0]
        model.col_cost_ = np.zeros(model.num_col_)
        model.col_lower_ = np.zeros(model.num_col_)
        model.col_upper_ = np.full(model.num_col_, np.inf)
        model.row_lower_ = np.concatenate([np.full(len(bounds), -np.inf), here])
        model.row_upper_ = np.concatenate([bounds, here])
        model.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
        model.a_matrix_.start_ = matrix.indptr
        model.a_matrix_.index_ = matrix.indices
        model.a_matrix_.value_ = matrix.data
        self._solver = highspy.Highs()  # type: ignore[no-untyped-call]  # its one method without types
        for option, value in (("output_flag", False), ("threads", 1), ("parallel", "off")):
            self._solver.setOptionValue(option, value)
        self._solver.passModel(model)

    def add_need(self, proof: Vector) -> int:
        """A need is met by a world for which `proof` × (world - truth) is 1. Gives the number by which to ask."""
        column = self._solver.getNumCol()
        used = np.flatnonzero(proof)
        self._solver.addCol(0.0, -np.inf, 1.0, 0, np.array([], dtype=np.int32), np.array([]))
        self._solver.addRow(
            -np.inf,
            -float(proof @ self._truth),
            len(used) + 1,
            np.append(used, column).astype(np.int32),
            np.append(-proof[used], 1.0),
        )
        return column

    def solve(self, needs: Sequence[int], *, prices: Vector) -> Vector:
        """The world that meets as many of the needs as it can, and of those the cheapest.

        `prices` has one per sum, for each by which it moves: 0 when it is free to, infinite when it may not.

        Raises ArithmeticError when the solver fails; the truth is always a solution.
        """
        may_move = np.isfinite(prices)
        columns = self._solver.getNumCol()
        met = np.zeros(columns - self._world - 2 * self._sums)
        met[np.asarray(needs, dtype=int) - (columns - len(met))] = 1.0
        costs = np.where(may_move, prices, 0.0)
        room = np.where(may_move, np.inf, 0.0)
        every = np.arange(self._world, columns, dtype=np.int32)
        self._solver.changeColsCost(len(every), every, np.concatenate([costs, costs, -PROOF * met]))
        self._solver.changeColsBounds(
            len(every),
            every,
            np.concatenate([np.zeros(2 * self._sums), np.where(met > 0, 0.0, -np.inf)]),
            np.concatenate([room, room, np.ones(len(met))]),
        )
        self._solver.run()
        if self._solver.getModelStatus() != highspy.HighsModelStatus.kOptimal:
            status = self._solver.modelStatusToString(self._solver.getModelStatus())
            raise ArithmeticError(f"The solver found no world, not even the true one: {status}")
        return np.asarray(self._solver.getSolution().col_value[: self._world])
