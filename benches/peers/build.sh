#!/usr/bin/env bash
# Builds the generator and the drivers of all peers beside this script. Debian or Ubuntu; root if a package is missing.
set -euo pipefail
cd "$(dirname "$0")"

needed=(g++ liblemon-dev)
python3 -c 'import ensurepip' 2>/dev/null || needed+=(python3-venv)
dpkg -s "${needed[@]}" >/dev/null 2>&1 || { apt-get update -qq && apt-get install -y -qq "${needed[@]}"; }

[ -x .venv/bin/python ] || python3 -m venv .venv
.venv/bin/pip install -q --no-deps -r requirements.txt
.venv/bin/pip install -q --no-deps --upgrade --target .lapx -r requirements-lapx.txt

mkdir -p build
lemon=$(dpkg-query -W -f='${Version}' liblemon-dev)
g++ -O3 -march=native -DNDEBUG -std=c++17 -DLEMON="\"$lemon\"" cpp/lemon.cpp -o build/lemon -llemon
(cd rust && RUSTFLAGS='-C target-cpu=native' cargo build --quiet --release --locked --target-dir target)
cp rust/target/release/{generate,crates} build/
