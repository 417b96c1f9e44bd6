"""The tables of results: of each instance, the runs of the last time it was measured.

What the file says of instances of which there are no runs here stays as it is: runs are not kept with the project.
"""

import os
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
        who = "; ".join(f"{value}: {', '.join(sorted(peers))}" for value, peers in sorted(found.items(), key=str))
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


SECTIONS = ["## Without quotas", "## With quotas"]


def section(name):
    return SECTIONS[instances.limited(name)]


class Kept:
    """What a file of results says: of each instance its row and the cells of its peers, of each section the rest."""

    def __init__(self, path):
        self.rows, self.cells = {}, {}
        self.sources, self.versions = {title: [] for title in SECTIONS}, {title: {} for title in SECTIONS}
        title, head = SECTIONS[0], []
        text = open(path, encoding="utf-8").read() if os.path.exists(path) else ""
        for line in text.splitlines():
            cells = [cell.strip() for cell in line.strip("|").split("|")]
            if line in SECTIONS:
                title = line
            elif line.startswith("- "):
                self.sources[title].append(line.removeprefix("- "))
            elif line.startswith("Versions: "):
                named = line.removeprefix("Versions: ").removesuffix(".").split(", ")
                self.versions[title] = dict(version.split(" ", 1) for version in named)
            elif cells[0] == "instance":
                head = cells
            elif cells[0] in instances.INSTANCES and head[1] == "units":
                self.rows[cells[0]] = line
            elif cells[0] in instances.INSTANCES:
                self.cells[cells[0]] = dict(zip(head[1:], cells[1:]))


def part(title, groups, kept):
    """The lines of a section, if there is anything in it."""
    groups = {name: group for name, group in groups.items() if section(name) == title}
    names = [name for name in instances.INSTANCES if section(name) == title and (name in groups or name in kept.rows)]
    if not names:
        return []
    used = [line for group in groups.values() for line in group]
    old = len(names) > len(groups)
    versions = dict(kept.versions[title]) if old else {}
    versions |= {line["peer"]: line["version"] for line in used if line["status"] == "ok"}
    peers = {line["peer"] for line in used}
    peers.update(*(kept.cells[name] for name in names if name not in groups))
    peers = sorted(peers - {OURS}, key=lambda peer: (peer.startswith("lap"), peer))
    loads = {}
    for line in used:
        loads.setdefault(f"{line['run'][:10]}: {line['source']}; {line['machine']}", []).append(line["load"])
    sources = kept.sources[title] if old else []
    sources = sources + [f"{source}, load average {min(load)} to {max(load)}" for source, load in sorted(loads.items())]
    named = ", ".join(f"{peer} {versions[peer]}" for peer in [OURS, *peers] if peer in versions)
    text = [title, "", "Measured:", "", *(f"- {source}" for source in dict.fromkeys(sources)), ""]
    text += [f"Versions: {named}.", "", *HEAD]
    text += [row(groups[name]) if name in groups else kept.rows[name] for name in names]
    text += ["", "CPU seconds of every peer's own call:", "", f"| instance | {' | '.join(peers)} |"]
    text += ["|---" + "|--:" * len(peers) + "|"]
    for name in names:
        cells = {peer: cell(groups[name], peer) for peer in peers} if name in groups else kept.cells[name]
        text.append(f"| {name} | {' | '.join(cells.get(peer, '–') for peer in peers)} |")
    return [*text, ""]


def write(lines, path):
    """Writes the tables; what is wrong with the runs in them."""
    groups = {}
    for line in lines:
        known = groups.setdefault(line["instance"], [])
        if known and known[0]["run"] != line["run"]:
            known.clear()
        known.append(line)
    kept = Kept(path)
    text = ["# Results", "", "Written by `run.py`; [README.md](README.md) says what is measured and how to repeat it."]
    text += ["", "CPU and wall seconds are medians; ours include the verification of the result. Ratio: CPU seconds of"]
    text += ["the best peer to ours, so that above 1 ours is faster. –: does not fit, or not started; >: stopped after so"]
    text += ["many seconds.", ""]
    for title in SECTIONS:
        text += part(title, groups, kept)
    with open(path, "w", encoding="utf-8") as file:
        file.write("\n".join(text))
    return [told for group in groups.values() for told in faults(group)]
