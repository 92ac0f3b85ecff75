#!/usr/bin/env bash
# Adds settings where other files must know of them, and writes what the documentation of all modules says alike.
# Usage: scripts/document.sh [--check]; with --check nothing is written.
source "$(dirname "$0")/lib.sh"

venv=$(venv lint)
linked=$(collection_link)
export PYTHONPATH=$linked
[[ ${1:-} == --check ]] || "$venv/bin/python" scripts/complete.py
exec "$venv/bin/python" scripts/document.py "$@"
