#!/usr/bin/env bash
# ansible-test sanity in the collection layout. Usage: scripts/sanity.sh CORE|newest [ARGUMENT OF ansible-test sanity...]
# For every target Python that the machine has.
source "$(dirname "$0")/lib.sh"

# Without the program ansible-test only warns, and the shell scripts go unchecked. The package carries it.
provide_shellcheck() {
    local venv
    venv=$(venv shellcheck)
    mkdir -p "$cache/bin"
    ln -sfn "$venv/bin/shellcheck" "$cache/bin/shellcheck"
    PATH=$cache/bin:$PATH
}

# ansible-test looks here for the script that gives its environments pip, named after the version of pip:
# 24.2 for ansible-core 2.18 and 2.19, 25.2 from 2.20 on. A script that is there already stays.
provide_pip() {
    local version script
    mkdir -p ~/.ansible/test/cache
    for version in 24_2 25_2; do
        script=~/.ansible/test/cache/get_pip_$version.py
        [[ -e $script ]] || cp scripts/get_pip.py "$script"
    done
}

# ansible-core 2.22.0rc1 takes dill, which pylint needs, from a commit of dill's own repository. The package index has
# none but releases; with the last one pylint runs all the same. This changes our environment's copy of that list only.
take_released_dill() {
    sed -i 's/^dill @ .*/dill==0.4.1/' "$1"/lib/python*/site-packages/ansible_test/_data/requirements/sanity.pylint.txt
}

provide_shellcheck
provide_pip
core=${1/newest/$(newest_core)}
venv=$(venv "core-$core")
take_released_dill "$venv"
cd "$(collection_copy "$venv")"
log=$cache/sanity-$core.log
"$venv/bin/ansible-test" sanity --color no "${@:2}" 2>&1 | tee "$log"
# It finds no fault where it finds no files.
if grep -q 'All targets skipped' "$log"; then die "ansible-test found nothing to check"; fi
