#!/usr/bin/env python3
"""Whether our solver, HiGHS and the flow peers agree on small random instances with rules of every kind.

    .venv/bin/python against_milp.py --count 600

Each instance is solved by our program (which also verifies the proof), by HiGHS as a mixed integer linear programme,
and by the flow peers where no class opens or not and no quotas cross. All must find the same objective, or all that
there is no placement. Exit code 1: some differ (the files are kept), or a kind of rule was hardly drawn.
"""

import argparse
import collections
import json
import os
import random
import struct
import subprocess
import sys
import tempfile

from mwb import Instance
import py_peers

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.dirname(HERE))
import harness  # noqa: E402

# So many of a hundred instances have it, at least.
KINDS = {"minimums": 30, "nodes": 60, "closed": 20, "penalties": 20, "together": 15, "crossing": 30, "negative": 60}
KINDS |= {"flow": 20, "no placement": 5}


def draw(seed, path):
    """Writes an instance and its rules; the kinds of rules there are."""
    numbers = random.Random(seed)
    within = numbers.randint
    units, posts = within(3, 14), within(2, 7)
    headcounts = [within(1, 4) for _ in range(units)]
    seats = [within(0, 6) for _ in range(posts)]
    rows = [sorted(numbers.sample(range(posts), within(1, min(4, posts)))) for _ in range(units)]
    lowest = numbers.choice([1, -5, -30])
    weights = [[within(lowest, 40) for _ in row] for row in rows]
    pairs = sum(map(len, rows))
    _save(path + ".mwb", seed, headcounts, seats, rows, weights)

    kinds = {"negative": lowest < 0}
    lines = []

    def limit(most, openings, penalties):
        """A range of at most `most` people, mostly with a minimum, as words."""
        high = within(0, max(most, 1))
        if openings and high > 1 and numbers.random() < 0.4:
            kinds["closed"] = True
            return f"{within(2, high)} {high} closed"
        low = within(0, high) if numbers.random() < 0.4 else 0
        kinds["minimums"] = kinds.get("minimums") or low > 0
        if penalties and numbers.random() < 0.3:
            kinds["penalties"] = True
            return f"{low} {high} penalty {within(1, 50)}"
        return f"{low} {high}"

    searched = numbers.random() < 0.7
    for post, most in enumerate(seats):
        if most > 0 and numbers.random() < 0.3:
            lines.append(f"seats {post} {limit(most, searched, False)}")
    for side, leaves in (("demand", seats), ("supply", headcounts)):
        nodes = within(0, 4)
        kinds["nodes"] = kinds.get("nodes") or nodes > 0
        above = [within(-1, nodes - 1) for _ in leaves]
        for node in range(nodes):
            parent = within(-1, node - 1)
            members = [leaf for leaf, own in enumerate(above) if own == node]
            people = sum(leaves) // 2 + 1
            words = [side, node, "-" if parent < 0 else parent, limit(people, searched, True)]
            lines.append(" ".join(map(str, words)) + (f" : {' '.join(map(str, members))}" if members else ""))
    if searched:
        for unit in numbers.sample(range(units), within(0, 2)):
            kinds["together"] = kinds.get("together") or headcounts[unit] > 1
            lines.append(f"together {unit}")
        for _ in range(within(0, 3)):
            kinds["crossing"] = True
            drawn = numbers.sample(range(pairs), within(1, min(6, pairs)))
            cut = within(1, len(drawn)) if numbers.random() < 0.4 else len(drawn)
            low = within(-1 if cut < len(drawn) else 0, 2)
            more = numbers.choice(["", "", " closed", f" penalty {within(1, 50)}"])
            words = f"couple {low} {low + within(0, 3)}{more}"
            lists = [drawn[:cut], drawn[cut:]] if cut < len(drawn) else [drawn]
            lines.append(words + "".join(f" : {' '.join(map(str, own))}" for own in lists))
    with open(path + ".rules", "w", encoding="utf-8") as file:
        file.writelines(line + "\n" for line in lines)
    return {kind for kind, there in kinds.items() if there}


def _save(path, seed, headcounts, seats, rows, weights):
    flat = [post for row in rows for post in row]
    values = [weight for row in weights for weight in row]
    offsets = [0]
    for row in rows:
        offsets.append(offsets[-1] + len(row))
    flags = int(all(count == 1 for count in headcounts)) | 4 * int(all(count == 1 for count in seats))
    words = [*headcounts, *seats, *offsets, *flat]
    with open(path, "wb") as file:
        sizes = (len(headcounts), len(seats), len(flat), seed)
        file.write(b"TSDMWB01" + struct.pack("<IIQQIii20x", *sizes, flags, min(values), max(values)))
        file.write(struct.pack(f"<{len(words)}I{len(values)}i", *words, *values))


def objective(command):
    """What a program finds, or its complaint."""
    done = subprocess.run(command, capture_output=True, text=True)
    return json.loads(done.stdout)["objective"] if done.returncode == 0 else done.stderr.strip()


def answers(ours, path):
    """Who finds what, and whether it is a flow."""
    files = [path + ".mwb", path + ".rules"]
    found = {"talent-match": objective([ours, files[0], "--rules", files[1]])}
    instance = Instance(*files)
    found["highs"], _ = py_peers.highs(instance, py_peers.Stages())
    if instance.is_flow():
        found["ortools_mcf"], _ = py_peers.ortools_mcf(instance, py_peers.Stages())
        for peer in ("lemon_ns", "lemon_cs"):
            found[peer] = objective(["build/lemon", peer, *files])
    return found, instance.is_flow()


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--count", type=int, default=600, help="instances (600)")
    parser.add_argument("--seed", type=int, default=0, help="the first seed (0)")
    parser.add_argument("--ours", help="our program, if it should not be built here")
    options = parser.parse_args()
    ours = os.path.abspath(options.ours) if options.ours else harness.build_ours()[0]
    os.chdir(HERE)
    counts, different = collections.Counter(), 0
    folder = tempfile.mkdtemp(prefix="against_milp_")
    for seed in range(options.seed, options.seed + options.count):
        path = os.path.join(folder, str(seed))
        counts.update(draw(seed, path))
        found, flow = answers(ours, path)
        counts.update({"flow": flow, "no placement": found["talent-match"] is None})
        if len(set(found.values())) > 1:
            different += 1
            print(f"{path}: {found}", file=sys.stderr)
        else:
            os.remove(path + ".mwb")
            os.remove(path + ".rules")
    rare = [kind for kind, least in KINDS.items() if 100 * counts[kind] < least * options.count]
    drawn = ", ".join(f"{kind} {counts[kind]}" for kind in KINDS)
    print(f"{options.count} instances, {different} with differing answers; with {drawn}")
    if rare:
        print(f"hardly drawn: {', '.join(rare)}", file=sys.stderr)
    if not different:
        os.rmdir(folder)
    sys.exit(1 if different or rare else 0)


if __name__ == "__main__":
    main()
