"""The instances by name, and their files."""

import hashlib
import os
import struct
import subprocess

DATA = "data"

# Family, units, posts, degree (pairs of a unit); a merged instance names the one it comes from. The seed is 1.
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
    return suites, instances


SUITES, INSTANCES = _suites()

# How the files of the small suite begin to hash (SHA-256): whoever generates others measures something else.
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
}


def family(name):
    return name.split("_")[0]


def path(name):
    """The file of an instance, generated if it is not there."""
    file = f"{DATA}/{name}.mwb"
    if not os.path.exists(file):
        os.makedirs(DATA, exist_ok=True)
        what = INSTANCES[name]
        arguments = ["merge", path(what[1])] if what[0] == "merge" else [*map(str, what), "1"]
        part = file + ".part"
        subprocess.run(["build/generate", *arguments, part], check=True)
        with open(part, "rb") as made:
            digest = hashlib.file_digest(made, "sha256").hexdigest()
        if not digest.startswith(CHECKSUMS.get(name, "")):
            raise SystemExit(f"{name} hashes to {digest[:12]}, not {CHECKSUMS[name]}: another generator or libm")
        os.rename(part, file)
    return file


def size(name):
    """Units, posts and pairs, from the file's header."""
    with open(path(name), "rb") as file:
        return struct.unpack("<IIQ", file.read(24)[8:])
