#!/usr/bin/env bash
# The simulator of the Polyv API, in the foreground. Usage: scripts/simulator.sh [ARGUMENT OF THE SIMULATOR...]
source "$(dirname "$0")/lib.sh"

venv=$(venv demo)
PYTHONPATH=$root/tests exec "$venv/bin/python" -m simulator "$@"
