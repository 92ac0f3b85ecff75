#!/usr/bin/env bash
# pytest beside one ansible-core. Usage: scripts/pytest.sh CORE|newest [ARGUMENT OF pytest...]
source "$(dirname "$0")/lib.sh"

core=${1/newest/$(newest_core)}
venv=$(venv "core-$core")
linked=$(collection_link)
# Tests find the collection as Ansible does, and their own helpers below tests/ and tests/awx/.
export ANSIBLE_COLLECTIONS_PATH=$linked PYTHONPATH=$linked:$root/tests:$root/tests/awx
export HYPOTHESIS_STORAGE_DIRECTORY=$cache/hypothesis PATH=$venv/bin:$PATH
exec "$venv/bin/pytest" "${@:2}"
