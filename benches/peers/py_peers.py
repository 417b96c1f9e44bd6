"""py_peers.py PEER INSTANCE [RULES]: solves with a Python package and prints a line of JSON; exit code 5: it cannot.

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

from milp import Programme  # noqa: E402
from mwb import DENSE, UNIT_HEADCOUNTS, UNIT_SEATS, Instance  # noqa: E402
from network import Network  # noqa: E402


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


def unfit(reason):
    print(reason, file=sys.stderr)
    sys.exit(5)


def ortools_mcf(instance, stages):
    """The network with what every arc must carry taken off beforehand, since this solver knows no least flow."""
    from ortools.graph.python import min_cost_flow

    if not instance.is_flow():
        unfit("no class that opens or not, and no quotas that cross")
    solver = min_cost_flow.SimpleMinCostFlow()

    def build():
        network = Network(instance)
        capacities, supplies = network.without_minimums()
        if (capacities < 0).any():
            return None
        tails, heads = network.tails.astype(np.int32), network.heads.astype(np.int32)
        arcs = solver.add_arcs_with_capacity_and_unit_cost(tails, heads, capacities, network.costs)
        solver.set_nodes_supplies(np.arange(len(supplies), dtype=np.int32), supplies)
        return arcs[: instance.pairs]

    pairs = stages.run("build", build)
    status = stages.run("solve", solver.solve if pairs is not None else lambda: solver.INFEASIBLE)
    if status == solver.INFEASIBLE:
        return None, 0
    assert status == solver.OPTIMAL, status
    return instance.examine(solver.flows(pairs))


def highs(instance, stages):
    """The only peer that knows every rule; much too slow for instances of thousands."""
    programme, solver = stages.run("build", lambda: (made := Programme(instance), made.highs()))
    flow = stages.run("solve", lambda: programme.flow(solver))
    return (None, 0) if flow is None else instance.examine(flow)


def pot_sparse(instance, stages):
    """Transport between units and posts, each side with one more that takes what is left over."""
    import ot
    from scipy.sparse import coo_array

    if not instance.is_plain():
        unfit("nothing but headcounts and seats")
    units, posts = instance.units, instance.posts
    seats_of = np.array([seat.most for seat in instance.seats])

    def build():
        rows = np.concatenate([instance.sources, np.arange(units), np.full(posts + 1, units)])
        columns = np.concatenate([instance.targets, np.full(units, posts), np.arange(posts + 1)])
        leave = np.full(units, instance.largest)
        costs = np.concatenate([instance.largest - instance.weights, leave, np.zeros(posts + 1)]).astype(np.float64)
        people, seats = instance.headcounts.sum(), seats_of.sum()
        supplies = np.concatenate([instance.headcounts, [seats]]).astype(np.float64)
        demands = np.concatenate([seats_of, [people]]).astype(np.float64)
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
    square = instance.flags == UNIT_HEADCOUNTS | DENSE | UNIT_SEATS and instance.units == instance.posts
    if not square or not instance.is_plain() or instance.weights.min() < 0:
        unfit("square matrices of weights from 0 only")
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
    highs: "highspy",
    pot_sparse: "POT",
    lap_lapjv: "lap",
    lapx_lapjv: "lapx",
    lapjv_srcd: "lapjv",
}


def main():
    name, *files = sys.argv[1:]
    peer = next(peer for peer in PEERS if peer.__name__ == name)
    stages = Stages()
    instance = stages.run("load", lambda: Instance(*files))
    value, placed = peer(instance, stages)
    with open("/proc/self/status", encoding="ascii") as status:
        peak = next(int(line.split()[1]) for line in status if line.startswith("VmHWM"))
    line = {"peer": name, "version": importlib.metadata.version(PEERS[peer]), "objective": value, "matched": placed}
    line |= {key: round(stages.seconds[key], 6) for key in ("load_s", "build_s", "solve_s", "solve_cpu_s")}
    print(json.dumps(line | {"peak_rss_mb": round(peak / 1024, 1)}))


if __name__ == "__main__":
    main()
