#!/usr/bin/env bash
# Writes what the documentation of all modules says alike. Usage: scripts/document.sh [--check]
source "$(dirname "$0")/lib.sh"

venv=$(venv lint)
linked=$(collection_link)
PYTHONPATH=$linked exec "$venv/bin/python" scripts/document.py "$@"
