#!/usr/bin/env bash
# The page of an audit in a headless Chromium, which has to be installed. Usage: scripts/browser.sh [ARGUMENT OF pytest...]
source "$(dirname "$0")/lib.sh"

venv=$(venv browser)
linked=$(collection_link)
export ANSIBLE_COLLECTIONS_PATH=$linked PYTHONPATH=$linked:$root/tests PATH=$venv/bin:$PATH
exec "$venv/bin/pytest" tests/browser "$@"
