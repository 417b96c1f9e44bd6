"""What the runners in `peers` and `scale` share: our program, the machine, one measured process."""

import json
import os
import platform
import resource
import subprocess
import time

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))


def build(example):
    """Builds a program of ours; its path."""
    command = ["cargo", "build", "--release", "--example", example, "--message-format=json"]
    built = subprocess.run(command, cwd=ROOT, check=True, stdout=subprocess.PIPE, text=True)
    artifacts = [json.loads(line) for line in built.stdout.splitlines() if '"executable":"' in line]
    return artifacts[-1]["executable"]


def build_ours():
    """Builds our solver; its path and what it was built from."""
    program = build("solve_instance")
    commit = subprocess.run(["git", "describe", "--always", "--dirty"], cwd=ROOT, stdout=subprocess.PIPE, text=True)
    rustc = subprocess.run(["rustc", "--version"], cwd=ROOT, stdout=subprocess.PIPE, text=True, check=True)
    return program, f"{commit.stdout.strip()}, {rustc.stdout.strip()}"


def machine():
    """What the figures depend on besides the programs."""
    with open("/proc/cpuinfo", encoding="ascii", errors="replace") as file:
        model = next((line.split(":")[1].strip() for line in file if line.startswith("model name")), platform.machine())
    gigabytes = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 1e9
    return f"{model}, {os.cpu_count()} cores, {gigabytes:.0f} GB, {platform.system()} {platform.release()}"


def measure(command, limit, memory):
    """One process within limits of seconds and of memory (bytes); its JSON line, or how it failed."""

    # No limit of CPU seconds: under one, Linux advances the CPU clocks of a process in steps of milliseconds.
    def confine():
        resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))

    start = time.monotonic()
    try:
        done = subprocess.run(command, capture_output=True, text=True, preexec_fn=confine, timeout=limit)
    except subprocess.TimeoutExpired:
        return {"status": "timeout", "limit_s": limit}
    if done.returncode == 5:
        return {"status": "unfit"}
    if done.returncode != 0:
        last = (done.stderr.strip().splitlines() or ["?"])[-1]
        status = "memory" if "memory" in done.stderr.lower() or "bad_alloc" in done.stderr else "crash"
        return {"status": status, "code": done.returncode, "error": last[:200]}
    line = json.loads(done.stdout.strip().splitlines()[-1])
    return line | {"status": "ok", "total_s": round(time.monotonic() - start, 3)}


def read(path):
    """The lines of all runs so far."""
    if not os.path.exists(path):
        return []
    with open(path, encoding="utf-8") as file:
        return [json.loads(line) for line in file]
