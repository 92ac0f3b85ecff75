#!/usr/bin/env bash
# Puts the Python files into the form that lint.sh checks.
source "$(dirname "$0")/lib.sh"

venv=$(venv lint)
"$venv/bin/ruff" check --fix-only
"$venv/bin/ruff" format
