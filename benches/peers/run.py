#!/usr/bin/env python3
"""Runs our solver and its peers in turn on the same instances, and writes RESULTS.md; README.md says what is measured.

    run.py --suite small                 a suite: tiny, small, medium, large, small-quotas, medium-quotas
    run.py --instances city_10k,near_10k instances by name
    run.py --table                       only write the table again from results.jsonl

Exit code 1: objectives differ, or our solver failed, on an instance of the table.
"""

import argparse
import json
import os
import sys
import time

import instances
import table
from instances import HERE, harness

RESULTS = "results.jsonl"

PROGRAMS = {
    "lemon_ns": ["build/lemon"],
    "lemon_cs": ["build/lemon"],
    "ortools_mcf": [".venv/bin/python", "py_peers.py"],
    "pot_sparse": [".venv/bin/python", "py_peers.py"],
    "mcmf_crate": ["build/crates"],
    "lap_lapjv": [".venv/bin/python", "py_peers.py"],
    "lapx_lapjv": [".venv/bin/python", "py_peers.py"],
    "lapjv_srcd": [".venv/bin/python", "py_peers.py"],
    "lapjv_crate": ["build/crates"],
}
# Those that know nested quotas.
QUOTAS = {"lemon_ns", "lemon_cs", "ortools_mcf"}
DENSE_ONLY = {"lap_lapjv", "lapx_lapjv", "lapjv_srcd", "lapjv_crate"}

# Minutes to hours beyond so many pairs: started there with --all only.
SLOW_BEYOND = 10_000_000
SLOW = {"lemon_ns", "lemon_cs", "pot_sparse", "mcmf_crate"}

# A run longer than this is not repeated.
LONG_SECONDS = 30


def field(name, options, lost):
    """Who runs on an instance, with how many threads."""
    pairs = instances.size(name)[2]
    ours = [(table.OURS, threads) for threads in sorted({1, options.threads})]
    peers = [
        (peer, 1)
        for peer in options.peers
        if (instances.family(name) == "dense" or peer not in DENSE_ONLY)
        and (not instances.limited(name) or peer in QUOTAS)
        and (options.all or peer not in SLOW or pairs <= SLOW_BEYOND)
        and (instances.family(name), peer) not in lost
    ]
    return ours + peers


def compare(name, options, common, lost):
    """All runs on one instance, in turn, as lines."""
    files = instances.files(name)
    units, posts, pairs = instances.size(name)
    about = common | {"instance": name, "units": units, "posts": posts, "pairs": pairs}
    lines, out = [], set()
    for _ in range(options.repeat):
        for peer, threads in field(name, options, lost):
            if (peer, threads) in out:
                continue
            rules = ["--rules", files[1]] if instances.limited(name) else []
            ours = [options.ours, files[0], *rules, "--threads", str(threads)]
            command = ours if peer == table.OURS else [*PROGRAMS[peer], peer, *files]
            load = os.getloadavg()[0]
            result = harness.measure(command, options.limit, int(options.memory * 1e9))
            lines.append(result | about | {"peer": peer, "threads": threads, "load": round(load, 2)})
            if result["status"] != "ok" or result["total_s"] > LONG_SECONDS:
                out.add((peer, threads))
            if result["status"] in ("timeout", "memory"):
                lost.add((instances.family(name), peer))
    return lines


def arguments():
    def names(text):
        return text.split(",")

    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--suite", choices=instances.SUITES, help="the instances of a suite")
    parser.add_argument("--instances", type=names, default=[], help="instances by name, with commas")
    parser.add_argument("--peers", type=names, default=list(PROGRAMS), help="peers by name, with commas; all without")
    parser.add_argument("--ours", help="our program, if it should not be built here")
    parser.add_argument("--threads", type=int, default=2, help="also run ours on so many threads (2)")
    parser.add_argument("--repeat", type=int, default=5, help="runs of each (5)")
    parser.add_argument("--limit", type=float, default=120, help="seconds of a run (120)")
    parser.add_argument("--memory", type=float, default=18, help="gigabytes of address space of a run (18)")
    parser.add_argument("--all", action="store_true", help="also start what takes hours")
    parser.add_argument("--table", action="store_true", help="run nothing, write the table")
    options = parser.parse_args()
    if unknown := [name for name in options.instances if name not in instances.INSTANCES]:
        parser.error(f"no such instance: {', '.join(unknown)}")
    if unknown := [peer for peer in options.peers if peer not in PROGRAMS]:
        parser.error(f"no such peer: {', '.join(unknown)}")
    if not (options.suite or options.instances or options.table):
        parser.error("one of --suite, --instances and --table is needed")
    return options


def main():
    options = arguments()
    if options.ours:
        options.ours, source = os.path.abspath(options.ours), "a given program"
    os.chdir(HERE)
    lines = harness.read(RESULTS)
    chosen = [] if options.table else instances.SUITES.get(options.suite, []) + options.instances
    if chosen:
        if not options.ours:
            options.ours, source = harness.build_ours()
        start = time.strftime("%Y-%m-%d %H:%M:%S", time.gmtime())
        common, lost = {"run": start, "machine": harness.machine(), "source": source}, set()
        print("\n".join(table.HEAD), flush=True)
        for name in chosen:
            new = compare(name, options, common, lost)
            with open(RESULTS, "a", encoding="utf-8") as file:
                file.writelines(json.dumps(line) + "\n" for line in new)
            lines += new
            print(table.row(new), flush=True)
    faults = table.write(lines, "RESULTS.md")
    for fault in faults:
        print(fault, file=sys.stderr)
    sys.exit(1 if faults else 0)


if __name__ == "__main__":
    main()
