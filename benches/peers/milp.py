"""An instance with all its rules as a mixed integer linear programme."""

import numpy as np

INFINITY = float("inf")


class Programme:
    """Maximise `costs` over columns within bounds, all whole; rows of entries within bounds.

    The first columns are the pairs. A range that may be closed has a column more, 1 where it is open; one with a
    penalty has two, people short of it and people beyond it.
    """

    def __init__(self, instance):
        self.pairs = instance.pairs
        self.costs = list(map(float, instance.weights))
        self.most = list(map(float, instance.headcounts[instance.sources]))
        self.rows, self.low, self.high = [], [], []
        units = _groups(instance.sources, instance.units)
        posts = _groups(instance.targets, instance.posts)
        for pairs, members in zip(units, instance.headcounts):
            self._row([(pair, 1) for pair in pairs], 0, int(members))
        for pairs, seats in zip(posts, instance.seats):
            self._range([(pair, 1) for pair in pairs], seats)
        for forest, leaves in ((instance.demand, posts), (instance.supply, units)):
            below = [[] for _ in forest.parents]
            for leaf, node in enumerate(forest.leaves):
                while node >= 0:
                    below[node] += leaves[leaf]
                    node = forest.parents[node]
            for pairs, limit in zip(below, forest.ranges):
                self._range([(pair, 1) for pair in pairs], limit)
        for coupling in instance.couplings:
            entries = [(pair, 1) for pair in coupling.pairs] + [(pair, -1) for pair in coupling.against]
            self._range(entries, coupling.limit)

    def _column(self, cost, most):
        self.costs.append(float(cost))
        self.most.append(float(most))
        return len(self.costs) - 1

    def _row(self, entries, low, high):
        self.rows.append(entries)
        self.low.append(float(low))
        self.high.append(float(high))

    def _range(self, entries, limit):
        if limit.closed:
            opened = self._column(0, 1)
            self._row([*entries, (opened, -limit.least)], 0, INFINITY)
            self._row([*entries, (opened, -limit.most)], -INFINITY, 0)
        elif limit.penalty:
            short, beyond = (self._column(-limit.penalty, INFINITY) for _ in range(2))
            self._row([*entries, (short, 1), (beyond, -1)], limit.least, limit.most)
        else:
            self._row(entries, limit.least, limit.most)

    def highs(self):
        """HiGHS with this programme, on one thread, to no gap at all."""
        import highspy

        lp = highspy.HighsLp()
        lp.sense_ = highspy.ObjSense.kMaximize
        lp.num_col_, lp.num_row_ = len(self.costs), len(self.rows)
        lp.col_cost_ = np.array(self.costs)
        lp.col_lower_, lp.col_upper_ = np.zeros(len(self.costs)), np.array(self.most)
        lp.row_lower_, lp.row_upper_ = np.array(self.low), np.array(self.high)
        lp.integrality_ = [highspy.HighsVarType.kInteger] * len(self.costs)
        lp.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
        lp.a_matrix_.start_ = np.cumsum([0, *map(len, self.rows)]).astype(np.int32)
        lp.a_matrix_.index_ = np.array([column for row in self.rows for column, _ in row], np.int32)
        lp.a_matrix_.value_ = np.array([value for row in self.rows for _, value in row], np.float64)
        solver = highspy.Highs()
        for option, value in (("output_flag", False), ("threads", 1), ("mip_rel_gap", 0.0), ("mip_abs_gap", 0.0)):
            solver.setOptionValue(option, value)
        solver.passModel(lp)
        return solver

    def flow(self, solver):
        """Runs it; the people on each pair, or none if that is proven impossible."""
        import highspy

        solver.run()
        status = solver.getModelStatus()
        if status == highspy.HighsModelStatus.kInfeasible:
            return None
        assert status == highspy.HighsModelStatus.kOptimal, status
        return np.array(solver.getSolution().col_value[: self.pairs])


def _groups(of, count):
    """The pairs of each unit or post."""
    groups = [[] for _ in range(count)]
    for pair, group in enumerate(of):
        groups[group].append(pair)
    return groups
