#!/usr/bin/env bash
# Makes or refreshes an environment and prints its directory. Usage: scripts/venv.sh ENVIRONMENT (see tests/requirements)
source "$(dirname "$0")/lib.sh"

venv "$1"
