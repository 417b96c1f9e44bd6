"""The table in both READMEs: of each size, the runs of the last time it was measured."""

import os
import statistics

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))

# What is between these lines of a README is written here.
BEGIN, END = "<!-- benches/scale -->", "<!-- end of benches/scale -->"

READMES = {
    "README.md": {
        "head": "| people | posts | pairs | solve: CPU ns a pair | and verify | on the clock: 1 thread | 2 threads "
        "| memory: bytes a pair | in all |",
        "largest": "The largest so far: {units} people with {degree} pairs each, {pairs} pairs, solved exactly\nand "
        "verified in {clock} on two threads, with {peak} of memory.",
        "measured": "Medians; measured {dates}, {machine}.",
        "second": "s",
        "minute": "min",
    },
    "README.zh-CN.md": {
        "head": "| 人数 | 岗位 | 人岗对 | 求解：每对 CPU 纳秒 | 含验证 | "
        "用时：单线程 | 双线程 | 内存：每对字节 | 合计 |",
        "largest": "目前最大的一例：{units} 人，每人 {degree} 对，共 {pairs} 对，"
        "双线程 {clock}内精确求解并通过验证，内存 {peak}。",
        "measured": "均为中位数；{dates} 测量，{machine}。",
        "second": "秒",
        "minute": "分钟",
    },
}


def last(lines):
    """The good runs of each size's last measurement, by size, smallest first."""
    sizes = {}
    for line in lines:
        if line["status"] == "ok":
            known = sizes.setdefault(line["size"], [])
            if known and known[0]["run"] != line["run"]:
                known.clear()
            known.append(line)
    return dict(sorted(sizes.items(), key=lambda item: item[1][0]["pairs"]))


def values(lines, threads, of):
    """A figure of the runs on so many threads."""
    return [of(line) for line in lines if line["status"] == "ok" and line["threads"] == threads]


def median(lines, threads, of):
    found = values(lines, threads, of)
    return statistics.median(found) if found else None


def solve(line):
    """CPU nanoseconds a pair of solving."""
    return line["solve_cpu_s"] * 1e9 / line["pairs"]


def both(line):
    """CPU nanoseconds a pair of solving and verifying."""
    return (line["solve_cpu_s"] + line["verify_cpu_s"]) * 1e9 / line["pairs"]


def clock(line):
    """Seconds on the clock of solving and verifying."""
    return line["solve_s"] + line["verify_s"]


def memory(line):
    """Bytes a pair at the peak: instance, solver, answer and program."""
    return line["peak_rss_mb"] * 2**20 / line["pairs"]


def figure(value, unit=""):
    """Three significant figures, at most three decimals; a dash for none."""
    if value is None:
        return "–"
    return f"{value:.{sum(value < limit for limit in (1, 10, 100))}f}{unit}"


def duration(seconds, words):
    if seconds is None or seconds < 120:
        return figure(seconds, f" {words['second']}")
    return figure(seconds / 60, f" {words['minute']}")


def peak(lines, threads):
    """Memory at the peak."""
    megabytes = median(lines, threads, lambda line: line["peak_rss_mb"] * 2**20 / 1e6)
    if megabytes is None or megabytes < 1000:
        return figure(megabytes, " MB")
    return figure(megabytes / 1000, " GB")


def told(lines):
    """One size in one line, for whoever waits."""
    if faults := [line.get("error", line["status"]) for line in lines if line["status"] != "ok"]:
        return f"failed: {faults[0]}"
    figures = figure(median(lines, lines[0]["threads"], both)), figure(median(lines, lines[0]["threads"], memory))
    return "{} CPU ns and {} bytes a pair, solved and verified".format(*figures)


def row(lines, words):
    about = lines[0]
    cells = [f"{about[count]:,}" for count in ("units", "posts", "pairs")]
    cells += [figure(median(lines, 1, of)) for of in (solve, both)]
    cells += [duration(median(lines, threads, clock), words) for threads in (1, 2)]
    cells += [figure(median(lines, 1, memory)), peak(lines, 1)]
    return f"| {' | '.join(cells)} |"


def text(sizes, words):
    """What a README has between the marks."""
    groups = list(sizes.values())
    largest = groups[-1]
    about, seconds = largest[0], median(largest, 2, clock)
    told = words["largest"].format(
        units=f"{about['units']:,}",
        degree=about["pairs"] // about["units"],
        pairs=f"{about['pairs']:,}",
        clock=duration(seconds, words),
        peak=peak(largest, 2),
    )
    runs = [line for group in groups for line in group]
    dates = sorted({line["run"][:10] for line in runs})
    # Processor and cores; the rest is in the results.
    machines = "; ".join(sorted({", ".join(line["machine"].split(", ")[:2]) for line in runs}))
    measured = words["measured"].format(dates=", ".join(dates), machine=machines)
    table = [words["head"], "|" + "--:|" * 9, *(row(group, words) for group in groups)]
    return "\n".join([BEGIN, "", *table, "", told, measured, "", END])


def renewed(name, sizes):
    """A README as it is, and as it should be."""
    with open(os.path.join(ROOT, name), encoding="utf-8") as file:
        old = file.read()
    before, rest = old.split(BEGIN)
    return old, before + text(sizes, READMES[name]) + rest.split(END)[1]


def stale(sizes):
    """What is wrong with the READMEs."""
    differ = [name for name in READMES if len(set(renewed(name, sizes))) > 1]
    return [f"{name}: the table is not that of the results; benches/scale/run.py --table writes it" for name in differ]


def write(sizes):
    for name in READMES:
        new = renewed(name, sizes)[1]
        with open(os.path.join(ROOT, name), "w", encoding="utf-8") as file:
            file.write(new)
