#!/usr/bin/env bash
# A fleet of N simulated accounts, provisioned, altered and mended. Usage: scripts/fleet.sh [N]
source "$(dirname "$0")/lib.sh"

venv=$(venv demo)
linked=$(collection_link)
# The run tells its steps with the demo's helpers, and starts the simulator, which lies below tests/.
export ANSIBLE_COLLECTIONS_PATH=$linked PYTHONPATH=$root/tests:$root/examples/demo PATH=$venv/bin:$PATH
exec python examples/fleet/show.py "${1:-100}" "$cache/fleet"
