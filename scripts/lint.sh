#!/usr/bin/env bash
# Every linter, one after the other; one that fails does not hide the next.
source "$(dirname "$0")/lib.sh"

venv=$(venv lint)
copy=$(collection_copy "$venv")
linked=$(collection_link)
# ansible-lint knows the modules of awx/ only where it finds their collection.
awx=$("$venv/bin/python" tests/awx/fetch_awx_collection.py "$cache/awx")
export ANSIBLE_COLLECTIONS_PATH=$cache/collections:${awx%/ansible_collections/*} PATH=$venv/bin:$PATH

passed=0 failed=()
check() { # NAME DIRECTORY COMMAND...
    printf '\n--- %s\n' "$1"
    if (cd "$2" && "${@:3}"); then passed=$((passed + 1)); else failed+=("$1"); fi
}

check 'ruff check' "$root" ruff check
check 'ruff format' "$root" ruff format --check --diff
check mypy "$root" mypy "$linked/ansible_collections/polyv/live/plugins" "$linked/ansible_collections/polyv/live/extensions" tests scripts
# Scripts, each with its neighbours beside it.
check 'mypy examples' "$root" env MYPYPATH=examples/demo:examples/fleet mypy examples/demo/*.py examples/fleet/*.py
check 'documentation of results' "$root" env PYTHONPATH="$linked" python scripts/document.py --check
check 'reuse lint' "$root" reuse lint --lines
check ansible-lint "$copy" ansible-lint --offline --nocolor
check antsibull-docs "$copy" antsibull-docs lint-collection-docs . --plugin-docs --check-extra-docs-refs \
    --validate-collection-refs all --disallow-unknown-collection-refs
check antsibull-changelog "$copy" antsibull-changelog lint
check changelog.yaml "$copy" antsibull-changelog lint-changelog-yaml changelogs/changelog.yaml

printf '\n'
[[ ${#failed[@]} -eq 0 ]] || printf 'Failed: %s\n' "${failed[@]}"
echo "lint: $passed passed, ${#failed[@]} failed"
[[ ${#failed[@]} -eq 0 ]]
