"""The chart: what a pair costs, from small instances to large ones."""

import statistics

import matplotlib

matplotlib.use("svg")
import matplotlib.pyplot as plt  # noqa: E402
from matplotlib.ticker import NullLocator  # noqa: E402

import table  # noqa: E402

INK, PALE = "#24292f", "#d0d7de"
SOLVE, VERIFIED, MEMORY = "#0969da", "#1a7f37", "#bc4c00"

# A pair of the instance: its post and its weight.
INSTANCE_BYTES = 8


def count(pairs):
    """A number of pairs in words that fit under an axis."""
    return f"{pairs / 1e9:g} billion" if pairs >= 1e9 else f"{pairs / 1e6:g} M"


def line(axes, sizes, of, colour, label, side=0):
    """A figure of all sizes on one thread: medians, the range of the runs behind them, its name beside the last one.

    Numbers stand above; with `side` -1 below, and the name lower, with 1 the name higher.
    """
    known = {lines[0]["pairs"]: table.values(lines, 1, of) for lines in sizes.values()}
    known = {pairs: found for pairs, found in known.items() if found}
    pairs, medians = list(known), [statistics.median(found) for found in known.values()]
    lowest, highest = list(map(min, known.values())), list(map(max, known.values()))
    axes.fill_between(pairs, lowest, highest, color=colour, alpha=0.12, linewidth=0)
    axes.plot(pairs, medians, color=colour, linewidth=2.2, marker="o", markersize=6, markeredgecolor="white")
    for place in zip(pairs, medians):
        axes.annotate(f"{place[1]:.0f}", place, (0, -16 if side < 0 else 8), textcoords="offset points", color=colour,
                      ha="center", fontsize=9)
    axes.annotate(label, (pairs[-1], medians[-1]), (14, 7 * side), textcoords="offset points", color=colour,
                  va="center", fontsize=10, annotation_clip=False)
    return max(highest)


def panel(axes, sizes, title, top):
    pairs = [lines[0]["pairs"] for lines in sizes.values()]
    axes.set_title(title, loc="left", fontsize=12, color=INK, pad=14)
    axes.set_xscale("log")
    axes.set_xticks(pairs, [count(number) for number in pairs])
    axes.xaxis.set_minor_locator(NullLocator())
    axes.set_xlabel("acceptable pairs of people and posts", color=INK)
    axes.set_ylim(0, top * 1.12)
    axes.grid(axis="y", color=PALE, linewidth=0.8)
    axes.set_axisbelow(True)
    axes.tick_params(colors=INK, length=0)
    for side in ("top", "right", "left"):
        axes.spines[side].set_visible(False)
    axes.spines["bottom"].set_color(PALE)


def draw(sizes, path):
    """Draws the last runs of every size; the same lines give the same bytes."""
    matplotlib.rcParams.update({"svg.hashsalt": "scale", "font.family": "DejaVu Sans", "font.size": 10})
    figure, (time, memory) = plt.subplots(1, 2, figsize=(13, 4.6), layout="constrained", width_ratios=[1, 1])
    top = line(time, sizes, table.both, VERIFIED, "solve and verify", 1)
    line(time, sizes, table.solve, SOLVE, "solve", -1)
    panel(time, sizes, "CPU time for each pair, in nanoseconds", top)
    top = line(memory, sizes, table.memory, MEMORY, "at the peak,\nall included")
    panel(memory, sizes, "Memory for each pair, in bytes", top)
    memory.axhline(INSTANCE_BYTES, color=INK, linewidth=1, linestyle=(0, (4, 4)))
    memory.annotate("of that the instance: 8", (1, INSTANCE_BYTES), (0, -13), xycoords=("axes fraction", "data"),
                    textcoords="offset points", ha="right", color=INK, fontsize=9)
    figure.savefig(path, facecolor="white", metadata={"Date": None})
    plt.close(figure)
