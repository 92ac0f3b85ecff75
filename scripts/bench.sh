#!/usr/bin/env bash
# The benchmark, on the collection as a user has it: built and installed. It runs against the simulator.
# Usage: scripts/bench.sh [OPTION OF THE BENCHMARK...]; --help lists them.
source "$(dirname "$0")/lib.sh"

venv=$(venv "core-$(newest_core)")
archive=$(scripts/build.sh)
installed=$cache/bench/collections
export ANSIBLE_COLLECTIONS_PATH=$installed PYTHONPATH=$root/tests PATH=$venv/bin:$PATH
ansible-galaxy collection install --force --offline -p "$installed" "$archive" >/dev/null
exec python -m benchmark "$@"
