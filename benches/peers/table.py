"""The table of results: of each instance, the runs of the last time it was measured."""

import statistics

import instances

OURS = "talent-match"

HEAD = [
    "| instance | units | posts | pairs | ours, CPU s | best peer | its CPU s | ratio | same optimum "
    "| ours, wall s: 1 thread | more threads |",
    "|---|--:|--:|--:|--:|---|--:|--:|---|--:|--:|",
]


def cpu(line):
    """CPU seconds of solving, and of verifying where that is done."""
    return line["solve_cpu_s"] + line.get("verify_cpu_s", 0)


def wall(line):
    """Wall seconds of the same."""
    return line["solve_s"] + line.get("verify_s", 0)


def finished(lines, peer, threads=1):
    """The runs of a peer that gave a result."""
    return [line for line in lines if line["status"] == "ok" and (line["peer"], line["threads"]) == (peer, threads)]


def median(lines, of):
    return statistics.median(map(of, lines)) if lines else None


def figure(value):
    """Three significant figures, at most four decimals; a dash for none."""
    if value is None:
        return "–"
    decimals = sum(value < limit for limit in (0.1, 1, 10, 100))
    return f"{value:.{decimals}f}"


def objectives(lines):
    """Who found which objective; one alone unless somebody is wrong."""
    found = {}
    for line in lines:
        if line["status"] == "ok":
            found.setdefault(line["objective"], set()).add(line["peer"])
    return found


def faults(lines):
    """What is wrong with the runs on an instance."""
    name, found = lines[0]["instance"], objectives(lines)
    failed = [line for line in lines if line["peer"] == OURS and line["status"] != "ok"]
    told = [f"{name}: our solver failed: {line.get('error', line['status'])}" for line in failed]
    if len(found) > 1:
        who = "; ".join(f"{value}: {', '.join(sorted(peers))}" for value, peers in sorted(found.items()))
        told.append(f"{name}: objectives differ: {who}")
    return told


def best(lines):
    """The peer with the lowest median of CPU seconds, and these."""
    peers = {line["peer"] for line in lines if line["peer"] != OURS and line["status"] == "ok"}
    medians = {peer: median(finished(lines, peer), cpu) for peer in peers}
    peer = min(medians, key=medians.get, default=None)
    return peer, medians.get(peer)


def row(lines):
    """The line of the table about one instance."""
    about = lines[0]
    ours = median(finished(lines, OURS), cpu)
    peer, its = best(lines)
    ratio = f"{its / ours:.1f}" if ours and its else "–"
    same = "**no**" if len(objectives(lines)) > 1 else "yes" if ours and peer else "–"
    more = sorted({line["threads"] for line in lines if line["peer"] == OURS} - {1})
    walls = [f"{figure(median(finished(lines, OURS, count), wall))} ({count})" for count in more]
    cells = [about["instance"], about["units"], about["posts"], about["pairs"], figure(ours), peer or "–", figure(its)]
    cells += [ratio, same, figure(median(finished(lines, OURS), wall)), ", ".join(walls) or "–"]
    return f"| {' | '.join(map(str, cells))} |"


def cell(lines, peer):
    """CPU seconds of a peer, or why there are none."""
    own = [line for line in lines if line["peer"] == peer and line["threads"] == 1]
    done = finished(own, peer)
    if done or not own:
        return figure(median(done, cpu))
    return f"> {own[-1]['limit_s']:g}" if own[-1]["status"] == "timeout" else own[-1]["status"]


def write(lines, path):
    """Writes the table; what is wrong with its runs."""
    last = {}
    for line in lines:
        known = last.setdefault(line["instance"], [])
        if known and known[0]["run"] != line["run"]:
            known.clear()
        known.append(line)
    groups = [last[name] for name in instances.INSTANCES if name in last]
    used = [line for group in groups for line in group]
    versions = {line["peer"]: line["version"] for line in used if line["status"] == "ok"}
    peers = sorted({line["peer"] for line in used} - {OURS}, key=lambda peer: (peer.startswith("lap"), peer))
    loads = {}
    for line in used:
        loads.setdefault(f"{line['run'][:10]}: {line['source']}; {line['machine']}", []).append(line["load"])
    sources = [f"{source}, load average {min(load)} to {max(load)}" for source, load in sorted(loads.items())]
    named = ", ".join(f"{peer} {versions[peer]}" for peer in [OURS, *peers] if peer in versions)
    text = ["# Results", "", "Written by `run.py`; [README.md](README.md) says what is measured and how to repeat it."]
    text += ["", "Measured:", "", *(f"- {source}" for source in sources), "", f"Versions: {named}.", ""]
    text += ["CPU and wall seconds are medians; ours include the verification of the result. Ratio: CPU seconds of the"]
    text += ["best peer to ours, so that above 1 ours is faster.", ""]
    text += [*HEAD, *map(row, groups), ""]
    text += ["CPU seconds of every peer's own call. –: does not fit, or not started; >: stopped after so many seconds."]
    text += [""]
    text += [f"| instance | {' | '.join(peers)} |", "|---" + "|--:" * len(peers) + "|"]
    text += [f"| {group[0]['instance']} | {' | '.join(cell(group, peer) for peer in peers)} |" for group in groups]
    with open(path, "w", encoding="utf-8") as file:
        file.write("\n".join(text) + "\n")
    return [told for group in groups for told in faults(group)]
