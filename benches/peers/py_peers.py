"""py_peers.py PEER INSTANCE: solves with a Python package and prints one line of JSON; exit code 5 if it cannot.

Value and feasibility are computed here, from what the peer returned.
"""

import importlib.metadata
import json
import os
import sys
import time

HERE = os.path.dirname(os.path.abspath(__file__))

# Before NumPy is imported, which reads them.
for variable in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ[variable] = "1"

import numpy as np  # noqa: E402

UNIT_HEADCOUNTS, DENSE, UNIT_SEATS = 1, 2, 4


class Instance:
    """The arrays of an instance file, and the unit of each pair."""

    def __init__(self, path):
        with open(path, "rb") as file:
            header = np.fromfile(file, "<u4", 16)
            if header[:2].tobytes() != b"TSDMWB01":
                raise ValueError("this is no instance")
            self.units, self.posts, self.pairs = (int(header[at]) for at in (2, 3, 4))
            self.flags, self.largest = int(header[8]), int(header[10])
            self.headcounts = np.fromfile(file, "<u4", self.units)
            self.seats = np.fromfile(file, "<u4", self.posts)
            offsets = np.fromfile(file, "<u4", self.units + 1)
            self.targets = np.fromfile(file, "<u4", self.pairs).astype(np.int64)
            self.weights = np.fromfile(file, "<i4", self.pairs).astype(np.int64)
        self.sources = np.repeat(np.arange(self.units), np.diff(offsets.astype(np.int64)))

    def examine(self, flow):
        """Value and people placed of a flow on the pairs."""
        flow = np.rint(flow).astype(np.int64)
        assert flow.min() >= 0, "negative flow"
        members = np.bincount(self.sources, flow, self.units)
        assert (members <= self.headcounts).all(), "a unit has not so many members"
        assert (np.bincount(self.targets, flow, self.posts) <= self.seats).all(), "too few seats"
        return int(flow @ self.weights), int(flow.sum())


class Stages:
    """Wall seconds of each stage, and CPU seconds (user and system, all threads)."""

    def __init__(self):
        self.seconds = {}

    def run(self, stage, work):
        wall, cpu = time.perf_counter(), time.process_time()
        result = work()
        self.seconds[f"{stage}_s"] = time.perf_counter() - wall
        self.seconds[f"{stage}_cpu_s"] = time.process_time() - cpu
        return result


def ortools_mcf(instance, stages):
    """Nodes: units, posts, outside. A unit may leave for the outside at the cost of the largest weight."""
    from ortools.graph.python import min_cost_flow

    solver = min_cost_flow.SimpleMinCostFlow()

    def build():
        units, posts = instance.units, instance.posts
        outside = units + posts
        tails = np.concatenate([instance.sources, np.arange(outside)]).astype(np.int32)
        heads = np.concatenate([units + instance.targets, np.full(outside, outside)]).astype(np.int32)
        members = instance.headcounts.astype(np.int64)
        capacities = np.concatenate([members[instance.sources], members, instance.seats])
        leave = np.full(units, instance.largest)
        costs = np.concatenate([instance.largest - instance.weights, leave, np.zeros(posts, np.int64)])
        supplies = np.concatenate([members, np.zeros(posts, np.int64), [-members.sum()]])
        arcs = solver.add_arcs_with_capacity_and_unit_cost(tails, heads, capacities, costs)
        solver.set_nodes_supplies(np.arange(outside + 1, dtype=np.int32), supplies)
        return arcs[: instance.pairs]

    pairs = stages.run("build", build)
    status = stages.run("solve", solver.solve)
    assert status == solver.OPTIMAL, status
    return instance.examine(solver.flows(pairs))


def pot_sparse(instance, stages):
    """Transport between units and posts, each side with one more that takes what is left over."""
    import ot
    from scipy.sparse import coo_array

    units, posts = instance.units, instance.posts

    def build():
        rows = np.concatenate([instance.sources, np.arange(units), np.full(posts + 1, units)])
        columns = np.concatenate([instance.targets, np.full(units, posts), np.arange(posts + 1)])
        leave = np.full(units, instance.largest)
        costs = np.concatenate([instance.largest - instance.weights, leave, np.zeros(posts + 1)]).astype(np.float64)
        people, seats = instance.headcounts.sum(), instance.seats.sum()
        supplies = np.concatenate([instance.headcounts, [seats]]).astype(np.float64)
        demands = np.concatenate([instance.seats, [people]]).astype(np.float64)
        return supplies, demands, coo_array((costs, (rows, columns)), shape=(units + 1, posts + 1))

    supplies, demands, costs = stages.run("build", build)
    plan, log = stages.run("solve", lambda: ot.emd(supplies, demands, costs, numItermax=2_000_000_000, log=True))
    assert log["warning"] is None, log["warning"]
    plan = plan.tocsr()[:units, :posts].tocoo()
    moved = np.rint(plan.data) > 0
    keys = instance.sources * posts + instance.targets
    flow = np.zeros(instance.pairs)
    flow[np.searchsorted(keys, plan.row[moved].astype(np.int64) * posts + plan.col[moved])] = plan.data[moved]
    return instance.examine(flow)


def dense(instance, stages, solve):
    """A square cost matrix; `solve` gives the post of each unit."""
    if instance.flags != UNIT_HEADCOUNTS | DENSE | UNIT_SEATS or instance.units != instance.posts:
        print("square matrices only", file=sys.stderr)
        sys.exit(5)
    shape = (instance.units, instance.posts)
    costs = stages.run("build", lambda: (instance.largest - instance.weights.reshape(shape)).astype(np.float64))
    posts = stages.run("solve", lambda: solve(costs))
    return instance.examine(instance.targets == np.asarray(posts)[instance.sources])


def lap_lapjv(instance, stages):
    import lap

    return dense(instance, stages, lambda costs: lap.lapjv(costs)[1])


def lapx_lapjv(instance, stages):
    sys.path.insert(0, os.path.join(HERE, ".lapx"))
    return lap_lapjv(instance, stages)


def lapjv_srcd(instance, stages):
    import lapjv

    return dense(instance, stages, lambda costs: lapjv.lapjv(costs)[0])


# Each peer and the package it comes from.
PEERS = {
    ortools_mcf: "ortools",
    pot_sparse: "POT",
    lap_lapjv: "lap",
    lapx_lapjv: "lapx",
    lapjv_srcd: "lapjv",
}


def main():
    name, path = sys.argv[1:]
    peer = next(peer for peer in PEERS if peer.__name__ == name)
    stages = Stages()
    instance = stages.run("load", lambda: Instance(path))
    value, placed = peer(instance, stages)
    with open("/proc/self/status", encoding="ascii") as status:
        peak = next(int(line.split()[1]) for line in status if line.startswith("VmHWM"))
    line = {"peer": name, "version": importlib.metadata.version(PEERS[peer]), "objective": value, "matched": placed}
    line |= {key: round(stages.seconds[key], 6) for key in ("load_s", "build_s", "solve_s", "solve_cpu_s")}
    print(json.dumps(line | {"peak_rss_mb": round(peak / 1024, 1)}))


if __name__ == "__main__":
    main()
