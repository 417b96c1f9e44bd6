"""An instance as a minimum cost flow: a node for each unit, post and quota node, and one outside."""

import numpy as np


class Network:
    """Arcs with their least and most flow and their cost; supplies of the nodes.

    A unit sends its people to its posts at the largest weight less the pair's, or past the supply nodes above it to
    the outside at the largest weight; posts pass on what they hold, past the demand nodes above them, to the outside.
    So a demand node passes on those placed below it, and a supply node those that are not. A penalty makes three arcs
    of a node's one: people up to the minimum earn it, people above the maximum pay it. The first arcs are the pairs.
    """

    def __init__(self, instance):
        units, posts, largest = instance.units, instance.posts, instance.largest
        demand, supply = instance.demand, instance.supply
        first = {"demand": units + posts, "supply": units + posts + len(demand.parents)}
        outside = first["supply"] + len(supply.parents)
        people = int(instance.headcounts.sum())

        def above(nodes, first):
            nodes = np.asarray(nodes, np.int64)
            return np.where(nodes < 0, outside, nodes + first)

        tails = [instance.sources, np.arange(units), units + np.arange(posts)]
        heads = [units + instance.targets, above(supply.leaves, first["supply"]), above(demand.leaves, first["demand"])]
        least = [np.zeros(instance.pairs + units, np.int64), [seat.floor() for seat in instance.seats]]
        most = [instance.headcounts[instance.sources], instance.headcounts, [seat.most for seat in instance.seats]]
        costs = [largest - instance.weights, np.full(units, largest), np.zeros(posts, np.int64)]
        # (node, node above, least, most, cost)
        arcs = []
        for side, forest, members in (
            ("demand", demand, None),
            ("supply", supply, supply.loads(instance.headcounts)),
        ):
            over = above(forest.parents, first[side])
            for node, limit in enumerate(forest.ranges):
                low, high = limit.floor(), limit.most
                if members is not None:
                    low, high = int(members[node]) - high, int(members[node]) - low
                tail, head = first[side] + node, over[node]
                if not limit.penalty:
                    arcs.append((tail, head, max(low, 0), min(high, people), 0))
                    continue
                low, high = max(low, 0), max(high, 0)
                arcs += [(tail, head, 0, low, -limit.penalty), (tail, head, 0, high - low, 0)]
                arcs.append((tail, head, 0, people, limit.penalty))
        extra = np.array(arcs, np.int64).reshape(-1, 5)
        self.tails = np.concatenate([*tails, extra[:, 0]])
        self.heads = np.concatenate([*heads, extra[:, 1]])
        self.least = np.concatenate([*least, extra[:, 2]]).astype(np.int64)
        self.most = np.concatenate([*most, extra[:, 3]]).astype(np.int64)
        self.costs = np.concatenate([*costs, extra[:, 4]])
        self.supplies = np.zeros(outside + 1, np.int64)
        self.supplies[:units] = instance.headcounts
        self.supplies[outside] = -people

    def without_minimums(self):
        """Capacities and supplies of the same flow less the least that each arc carries."""
        supplies = self.supplies.copy()
        np.subtract.at(supplies, self.tails, self.least)
        np.add.at(supplies, self.heads, self.least)
        return self.most - self.least, supplies
