#!/usr/bin/env bash
# The guided tour, on the collection as a user has it: built and installed. Usage: scripts/demo.sh [ARGUMENT OF THE TOUR...]
source "$(dirname "$0")/lib.sh"

venv=$(venv demo)
archive=$(scripts/build.sh)
installed=$cache/demo/collections
# The tour starts the simulator, which lies below tests/.
export ANSIBLE_COLLECTIONS_PATH=$installed PYTHONPATH=$root/tests PATH=$venv/bin:$PATH
ansible-galaxy collection install --force --offline -p "$installed" "$archive" >/dev/null
exec python examples/demo/run.py "$@"
