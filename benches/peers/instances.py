"""The instances by name, and their files."""

import hashlib
import os
import struct
import subprocess
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.dirname(HERE))
import harness  # noqa: E402

DATA = "data"

# Family, units, posts, degree (pairs of a unit); a merged or lowered instance, and one with quotas, name the one that
# they come from. The seed is 1.
SIZES = {
    "tiny": (1_000, 50, 20),
    "small": (10_000, 500, 20),
    "medium": (100_000, 5_000, 30),
    "large": (1_000_000, 20_000, 50),
}
LABELS = {"tiny": "1k", "small": "10k", "medium": "100k", "large": "1m"}
FAMILIES = {
    "tiny": ["city"],
    "small": ["city", "city0", "uniform", "lowrange", "scarce", "euclid", "near", "tiescarce"],
    "medium": ["city", "city0", "uniform", "lowrange", "scarce", "euclid", "near", "tiescarce"],
    "large": ["city", "city0", "uniform", "scarce", "euclid"],
}
MERGED = {"medium", "large"}
# Also with quotas, of every pressure: as suites of their own. `citylow` has half of its weights below 0.
QUOTAS = ["city", "uniform", "lowrange", "scarce", "citylow"]
PRESSURES = ["loose", "usual", "tight"]
WITH_QUOTAS = ["small", "medium"]
DENSE = {"tiny": 300, "small": 1_000, "medium": 2_000, "large": 5_000}


def _suites():
    suites, instances = {}, {}
    for suite, (units, posts, degree) in SIZES.items():
        label = LABELS[suite]
        made = {f"{family}_{label}": (family, units, posts, degree) for family in FAMILIES[suite]}
        if suite in MERGED:
            made[f"city0m_{label}"] = ("merge", f"city0_{label}")
        made[f"one2one_{label}"] = ("one2one", units, units, 16)
        made[f"dense_{DENSE[suite]}"] = ("dense", DENSE[suite], DENSE[suite], DENSE[suite])
        suites[suite] = list(made)
        instances |= made
        if suite in WITH_QUOTAS:
            instances[f"citylow_{label}"] = ("lower", f"city_{label}")
            limited = {
                f"{family}_{label}_{pressure}": ("rules", f"{family}_{label}", pressure)
                for family in QUOTAS
                for pressure in PRESSURES
            }
            suites[f"{suite}-quotas"] = list(limited)
            instances |= limited
    return suites, instances


SUITES, INSTANCES = _suites()

# How the files of the small suites begin to hash (SHA-256): whoever generates others measures something else.
CHECKSUMS = {
    "city_10k": "2bd7e88088ec",
    "city0_10k": "b2e2caa872d0",
    "uniform_10k": "5a4179bc0c5d",
    "lowrange_10k": "1214e7b60e59",
    "scarce_10k": "f58756f776a4",
    "euclid_10k": "f5fafe02b575",
    "near_10k": "82928643c4bc",
    "tiescarce_10k": "1aa4ec6812e4",
    "one2one_10k": "a4a99b3b9a94",
    "dense_1000": "9e52c1f32bde",
    "city_10k_loose": "2ed782c0d38d",
    "city_10k_usual": "d5943245d185",
    "city_10k_tight": "7a527e9a8195",
    "uniform_10k_loose": "25567485a911",
    "uniform_10k_usual": "2c8751974e52",
    "uniform_10k_tight": "aa70dc1dc7df",
    "lowrange_10k_loose": "25567485a911",
    "lowrange_10k_usual": "926fde3fec3a",
    "lowrange_10k_tight": "6d286f727b85",
    "scarce_10k_loose": "021d4ed109b8",
    "scarce_10k_usual": "c2dffed484b5",
    "scarce_10k_tight": "15fa5e343247",
    "citylow_10k": "6be3c9f47ca8",
    "citylow_10k_loose": "a018511c9288",
    "citylow_10k_usual": "415bf2074f64",
    "citylow_10k_tight": "f0b122ced302",
}


def family(name):
    return name.split("_")[0]


def limited(name):
    """Whether there are quotas."""
    return INSTANCES[name][0] == "rules"


def files(name):
    """The files of an instance, generated if they are not there: its pairs, and its rules if it has any."""
    what = INSTANCES[name]
    if what[0] == "rules":
        base = files(what[1])

        def make_rules(file):
            command = [harness.build("make_rules"), *base, "--pressure", what[2], "--out", file]
            subprocess.run(command, check=True)

        return [*base, _made(name, "rules", make_rules)]

    def generate(file):
        arguments = [what[0], *files(what[1])] if what[0] in ("merge", "lower") else [*map(str, what), "1"]
        subprocess.run(["build/generate", *arguments, file], check=True)

    return [_made(name, "mwb", generate)]


def _made(name, ending, make):
    """A file of the instance, made if it is not there."""
    file = f"{DATA}/{name}.{ending}"
    if not os.path.exists(file):
        os.makedirs(DATA, exist_ok=True)
        part = os.path.abspath(file + ".part")
        make(part)
        with open(part, "rb") as made:
            digest = hashlib.file_digest(made, "sha256").hexdigest()
        if not digest.startswith(CHECKSUMS.get(name, "")):
            raise SystemExit(f"{name} hashes to {digest[:12]}, not {CHECKSUMS[name]}: another generator or libm")
        os.rename(part, file)
    return file


def size(name):
    """Units, posts and pairs, from the file's header."""
    with open(files(name)[0], "rb") as file:
        return struct.unpack("<IIQ", file.read(24)[8:])
