"""Reads an instance: its pairs (`.mwb`), and its rules (`.rules`) if it has any. README.md describes both files."""

import numpy as np

UNIT_HEADCOUNTS, DENSE, UNIT_SEATS = 1, 2, 4


class Range:
    """The loads that are allowed: `least` to `most`, also 0 if it may be `closed`; strict if `penalty` is 0."""

    def __init__(self, least, most, closed=False, penalty=0):
        self.least, self.most, self.closed, self.penalty = least, most, closed, penalty

    def fine(self, load):
        """What a load costs; None if it is not allowed."""
        beyond = max(self.least - load, load - self.most, 0)
        if beyond == 0 or self.closed and load == 0:
            return 0
        return beyond * self.penalty if self.penalty else None

    def floor(self):
        """The least load that is allowed."""
        return 0 if self.closed else self.least

    def opens(self):
        """Whether there are loads between 0 and the others that are not allowed."""
        return self.closed and (self.least > 1 or self.most < -1)


class Forest:
    """Nested quotas of one side: `parents` of nodes and `leaves` (the node above each), -1 for none; a range a node."""

    def __init__(self, leaves):
        self.parents, self.ranges, self.leaves = [], [], np.full(leaves, -1)

    def loads(self, leaves):
        """The load of each node, from that of each leaf."""
        loads = np.bincount(self.leaves + 1, leaves, len(self.parents) + 1).astype(np.int64)[1:]
        for node in range(len(self.parents) - 1, -1, -1):
            if self.parents[node] >= 0:
                loads[self.parents[node]] += loads[node]
        return loads


class Coupling:
    """A range for the people placed by `pairs`, less those placed by `against`."""

    def __init__(self, limit, pairs, against):
        self.limit, self.pairs, self.against = limit, np.array(pairs, np.int64), np.array(against, np.int64)


class Instance:
    """The arrays of an instance, the unit of each pair, and the rules."""

    def __init__(self, path, rules=None):
        with open(path, "rb") as file:
            header = np.fromfile(file, "<u4", 16)
            if header[:2].tobytes() != b"TSDMWB01":
                raise ValueError("this is no instance")
            self.units, self.posts, self.pairs = (int(header[at]) for at in (2, 3, 4))
            self.flags, self.largest = int(header[8]), int(header.view("<i4")[10])
            self.headcounts = np.fromfile(file, "<u4", self.units).astype(np.int64)
            seats = np.fromfile(file, "<u4", self.posts).astype(np.int64)
            offsets = np.fromfile(file, "<u4", self.units + 1).astype(np.int64)
            self.targets = np.fromfile(file, "<u4", self.pairs).astype(np.int64)
            self.weights = np.fromfile(file, "<i4", self.pairs).astype(np.int64)
        self.sources = np.repeat(np.arange(self.units), np.diff(offsets))
        self.offsets = offsets
        self.seats = [Range(0, int(most)) for most in seats]
        self.demand, self.supply, self.couplings = Forest(self.posts), Forest(self.units), []
        if rules:
            with open(rules, encoding="utf-8") as file:
                for number, line in enumerate(file, 1):
                    try:
                        self._rule(line.split("#")[0])
                    except (ValueError, IndexError) as fault:
                        raise ValueError(f"{rules}, line {number}: {fault}") from fault

    def _rule(self, line):
        words, *lists = (part.split() for part in line.split(":"))
        if not words:
            return
        lists = [list(map(int, numbers)) for numbers in lists]
        kind, *words = words
        if kind == "seats":
            self.seats[int(words[0])] = _range(words[1:])
        elif kind in ("demand", "supply"):
            forest = self.demand if kind == "demand" else self.supply
            node = len(forest.parents)
            if int(words[0]) != node:
                raise ValueError(f"this is node {node}, not {words[0]}")
            forest.parents.append(-1 if words[1] == "-" else int(words[1]))
            forest.ranges.append(_range(words[2:]))
            forest.leaves[lists[0] if lists else []] = node
        elif kind == "together":
            unit = int(words[0])
            members = int(self.headcounts[unit])
            pairs = range(self.offsets[unit], self.offsets[unit + 1]) if members > 1 else []
            self.couplings += [Coupling(Range(members, members, True), [pair], []) for pair in pairs]
        elif kind == "couple":
            self.couplings.append(Coupling(_range(words), *(lists + [[], []])[:2]))
        else:
            raise ValueError(f"there is no rule `{kind}`")

    def is_plain(self):
        """Whether every headcount and number of seats is all there is to keep."""
        free = all(seat.floor() == 0 and not seat.opens() for seat in self.seats)
        return free and not (self.demand.parents or self.supply.parents or self.couplings)

    def is_flow(self):
        """Whether no class opens or not, and no quota crosses others."""
        ranges = self.seats + self.demand.ranges + self.supply.ranges
        return not self.couplings and not any(limit.opens() for limit in ranges)

    def examine(self, flow):
        """Value, fines taken off, and people placed of a flow on the pairs that keeps all rules."""
        flow = np.rint(flow).astype(np.int64)
        assert flow.size == 0 or flow.min() >= 0, "negative flow"
        members = np.bincount(self.sources, flow, self.units).astype(np.int64)
        assert (members <= self.headcounts).all(), "a unit has not so many members"
        taken = np.bincount(self.targets, flow, self.posts).astype(np.int64)
        value = int(flow @ self.weights)
        loads = [("post", self.seats, taken)]
        loads += [("demand node", self.demand.ranges, self.demand.loads(taken))]
        loads += [("supply node", self.supply.ranges, self.supply.loads(members))]
        coupled = [flow[coupling.pairs].sum() - flow[coupling.against].sum() for coupling in self.couplings]
        loads += [("coupling", [coupling.limit for coupling in self.couplings], coupled)]
        for what, ranges, held in loads:
            for number, (limit, load) in enumerate(zip(ranges, held)):
                fine = limit.fine(int(load))
                assert fine is not None, f"{what} {number} holds {load}"
                value -= fine
        return value, int(flow.sum())


def _range(words):
    least, most, more = int(words[0]), int(words[1]), words[2:]
    if more not in ([], ["closed"]) and (len(more) != 2 or more[0] != "penalty"):
        raise ValueError(f"`{' '.join(more)}` is neither `closed` nor a penalty")
    return Range(least, most, more == ["closed"], int(more[1]) if len(more) == 2 else 0)
