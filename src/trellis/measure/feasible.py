"""What can be deduced about hidden counts from everything published: the smallest and the largest each one can be."""

import numpy as np

from trellis.measure.scientific import optimize, sparse
from trellis.measure.tables import Flags, Floats

CONTRADICTION = "what is published contradicts itself"

# Counts are whole numbers; the solver's answers are off by less than this.
_NEARLY = 1e-6


class _Search:
    """Counts that fit what is published: the smallest and the largest value of each that was seen so far."""

    def __init__(self, equations: "sparse.csr_array", right: Floats, need: Floats) -> None:
        self.need = need
        self.low = np.full(len(need), np.inf)
        self.high = np.full(len(need), -np.inf)
        self._facts = optimize.LinearConstraint(equations, right, right)
        # First look at counts of which as many as possible are large enough, all at once: the part of each count up to
        # its need is worth something, the part above is not.
        twice = optimize.LinearConstraint(sparse.hstack([equations, equations], format="csr"), right, right)
        worth = np.concatenate([-np.ones(len(need)), np.zeros(len(need))])
        ends = np.concatenate([need, np.full(len(need), np.inf)])
        found = optimize.milp(worth, constraints=twice, bounds=optimize.Bounds(0, ends)).x
        if found is None:
            raise ValueError(f"{CONTRADICTION}: no counts fit it")
        self._see(found[: len(need)] + found[len(need) :])

    def _see(self, counts: Floats) -> None:
        self.low, self.high = np.minimum(self.low, counts), np.maximum(self.high, counts)

    @property
    def never_zero(self) -> Flags:
        return self.low > _NEARLY

    @property
    def never_enough(self) -> Flags:
        return self.high < self.need - _NEARLY

    def minimise(self, together: Flags) -> None:
        """Look at the counts with the smallest sum of these."""
        self._see(self._best(together.astype(np.float64)))

    def maximise(self, place: int) -> None:
        """Look at the counts with the largest value here; it may have no end."""
        worth = np.zeros(len(self.need))
        worth[place] = -1
        found = optimize.milp(worth, constraints=self._facts, bounds=optimize.Bounds(0, np.inf)).x
        if found is None:
            # That there are counts is known; only an unlimited one has no largest.
            self.high[place] = np.inf
        else:
            self._see(found)

    def _best(self, costs: Floats) -> Floats:
        found = optimize.milp(costs, constraints=self._facts, bounds=optimize.Bounds(0, np.inf)).x
        if found is None:
            raise ValueError(f"{CONTRADICTION}: no counts fit it")
        return found


def too_narrow(equations: "sparse.csr_array", right: Floats, need: Floats) -> dict[int, tuple[float, float]]:
    """Return the hidden counts that are known too well, each with what is known: its smallest and largest value.

    The hidden counts are u numbers >= 0 that solve equations (e x u, sparse) . counts = right (e). Each must be able to
    be 0, and to be `need` (u) or more; a largest value may be infinite. Linear programming with HiGHS, which is exact
    for a table with its totals, because the extremes of such a table are whole numbers; whole numbers that solve other
    equations can only lie closer together. Raises ValueError where no counts fit.
    """
    if not len(need):
        return {}
    search = _Search(equations, right, need)
    # Most counts are seen at 0 in a few solutions; the others are asked for one by one.
    before = len(need) + 1
    while 0 < (many := int(search.never_zero.sum())) < before:
        before = many
        search.minimise(search.never_zero)
    each = np.eye(len(need), dtype=np.bool_)
    for place in range(len(need)):
        if search.never_zero[place]:
            search.minimise(each[place])
        if search.never_enough[place]:
            search.maximise(place)
    failing = np.flatnonzero(search.never_zero | search.never_enough).tolist()
    for place in failing:
        search.minimise(each[place])
        search.maximise(place)
    return {place: (round(float(search.low[place]), 6), round(float(search.high[place]), 6)) for place in failing}
