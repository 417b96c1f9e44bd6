#!/usr/bin/env python3
"""Measures our solver from 0.2 million to 1.2 billion pairs; README.md says what is measured.

    run.py                   all sizes, then the chart and the table
    run.py --sizes 200m,1.2b sizes by name, then the same
    run.py --chart           only draw chart.svg again from results.jsonl
    run.py --table           only write the table of both READMEs again from results.jsonl
    run.py --check           only see whether both READMEs have the table of results.jsonl

Exit code 1: a run failed, or the check did.
"""

import argparse
import json
import os
import sys
import time

import table

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.dirname(HERE))
import harness  # noqa: E402

RESULTS = os.path.join(HERE, "results.jsonl")
CHART = os.path.join(HERE, "chart.svg")

# Units, posts, degree (pairs of a unit), of the family `city` with seed 1.
SIZES = {
    "0.2m": (10_000, 500, 20),
    "1m": (40_000, 2_000, 25),
    "3m": (100_000, 5_000, 30),
    "10m": (250_000, 8_000, 40),
    "50m": (1_000_000, 20_000, 50),
    "200m": (5_000_000, 100_000, 40),
    "1.2b": (30_000_000, 600_000, 40),
}

# A run longer than this is not repeated.
LONG_SECONDS = 30


def compare(name, options, common):
    """All runs of one size, in turn, as lines; each is recorded as soon as it is known."""
    units, posts, degree = SIZES[name]
    made = ["--family", "city", "--units", str(units), "--posts", str(posts), "--degree", str(degree), "--seed", "1"]
    lines, out = [], set()
    for _ in range(options.repeat):
        for threads in options.threads:
            if threads in out:
                continue
            load = os.getloadavg()[0]
            command = [options.ours, *made, "--threads", str(threads)]
            result = harness.measure(command, options.limit, int(options.memory * 1e9))
            if result.get("gap"):
                result["status"] = "not proven optimal"
            line = result | common | {"size": name, "threads": threads, "load": round(load, 2)}
            with open(RESULTS, "a", encoding="utf-8") as file:
                file.write(json.dumps(line) + "\n")
            lines.append(line)
            if result["status"] != "ok" or result["total_s"] > LONG_SECONDS:
                out.add(threads)
    return lines


def draw(lines):
    """Draws the chart, where matplotlib is installed."""
    try:
        import chart
    except ImportError as error:
        raise SystemExit(f"the chart is not drawn: {error}; README.md says how to install it")
    chart.draw(lines, CHART)


def arguments():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sizes", type=lambda text: text.split(","), help=f"with commas, of {', '.join(SIZES)}")
    parser.add_argument("--ours", help="our program, if it should not be built here")
    parser.add_argument("--threads", type=lambda text: [int(count) for count in text.split(",")], default=[1, 2],
                        help="numbers of threads, with commas (1,2)")
    parser.add_argument("--repeat", type=int, default=5, help=f"runs of each (5), one if it takes {LONG_SECONDS} s")
    parser.add_argument("--limit", type=float, default=7200, help="seconds of a run (7200)")
    parser.add_argument("--memory", type=float, default=24, help="gigabytes of address space of a run (24)")
    parser.add_argument("--chart", action="store_true", help="run nothing, draw the chart")
    parser.add_argument("--table", action="store_true", help="run nothing, write the table")
    parser.add_argument("--check", action="store_true", help="run nothing, compare the table")
    options = parser.parse_args()
    if unknown := [name for name in options.sizes or [] if name not in SIZES]:
        parser.error(f"no such size: {', '.join(unknown)}")
    return options


def main():
    options = arguments()
    if options.check:
        sys.exit("\n".join(table.stale(table.last(harness.read(RESULTS)))) or 0)
    failed = False
    if not (options.chart or options.table):
        source = "a given program"
        if not options.ours:
            options.ours, source = harness.build_ours()
        start = time.strftime("%Y-%m-%d %H:%M:%S", time.gmtime())
        common = {"run": start, "machine": harness.machine(), "source": source}
        for name in options.sizes or SIZES:
            lines = compare(name, options, common)
            failed |= any(line["status"] != "ok" for line in lines)
            print(f"{name}: {table.told(lines)}", flush=True)
    last = table.last(harness.read(RESULTS))
    if options.table or not options.chart:
        table.write(last)
    if options.chart or not options.table:
        draw(last)
    sys.exit(1 if failed else 0)


if __name__ == "__main__":
    main()
