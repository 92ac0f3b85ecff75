#!/usr/bin/env bash
# The benchmark, against the simulator. Usage: scripts/bench.sh [OPTION OF THE BENCHMARK...]; --help lists them.
source "$(dirname "$0")/lib.sh"

venv=$(venv core-2.21)
linked=$(collection_link)
export ANSIBLE_COLLECTIONS_PATH=$linked PYTHONPATH=$root/tests PATH=$venv/bin:$PATH
exec "$venv/bin/python" -m benchmark "$@"
