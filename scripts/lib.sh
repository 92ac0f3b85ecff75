# shellcheck shell=bash
# Sourced by every script here: the same clean environment for each, and the helpers they share.

set -euo pipefail
shopt -s inherit_errexit
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd -P)
cd "$root"
cache=$root/.cache

# Nothing that the caller has set for ansible, the collection or the tools may decide a result.
for name in $(compgen -e | grep -E '^(ANSIBLE|GALAXY_IMPORTER|HYPOTHESIS|MYPY|POLYV|PYTEST|RUFF)_|^PYTHON|^VIRTUAL_ENV$|^GIT_(DIR|INDEX_FILE|WORK_TREE)$'); do
    unset "$name"
done
# The tools keep caches below HOME; where there is none that can be written, they get one here.
if [[ ! -d ${HOME:-} || ! -w $HOME ]]; then
    export HOME=$cache/home
fi
mkdir -p "$cache/ansible-home" "$HOME"
: >"$cache/ansible.cfg"
export ANSIBLE_CONFIG=$cache/ansible.cfg ANSIBLE_HOME=$cache/ansible-home
export PYTHONDONTWRITEBYTECODE=1

# The releases of ansible-core that the tests run on, newest first.
released_cores=(2.21 2.19 2.16)

die() {
    printf '%s: %s\n' "$(basename "$0")" "$*" >&2
    exit 1
}

# The shims of pyenv stand for Pythons that are not switched on and then fail, and ansible-test runs whatever it finds.
# So the shims leave PATH and the interpreters themselves come first, newest first. Those that `fetch_python` fetched come
# right behind them.
path_of_real_pythons() {
    local dir path=
    local -a dirs=()
    if command -v pyenv >/dev/null; then
        mapfile -t dirs < <(printf '%s\n' "$(pyenv root)"/versions/3.1[0-9].*/bin | sort -rV)
    fi
    dirs+=("$cache"/pythons/*/bin)
    IFS=: read -ra entries <<<"$PATH"
    for dir in "${dirs[@]}" "${entries[@]}"; do
        if [[ -d $dir && $dir != */shims && :$path: != *:$dir:* ]]; then
            path=$path:$dir
        fi
    done
    printf '%s' "${path#:}"
}
PATH=$(path_of_real_pythons)
export PATH

# find_python VERSION...: the first interpreter of these versions that runs and can make a virtual environment.
find_python() {
    local version python
    for version in "$@"; do
        while read -r python; do
            if "$python" -c "import ensurepip, sys, venv; sys.exit('%d.%d' % sys.version_info[:2] != '$version')" 2>/dev/null; then
                printf '%s\n' "$python"
                return
            fi
        done < <(type -aP "python$version")
    done
    return 1
}

# pythons_for ENVIRONMENT: the Pythons it may run on, the preferred one first. Each ansible-core supports only some.
pythons_for() {
    case $1 in
        core-2.16 | core-2.19) echo 3.11 ;;
        core-2.21) echo 3.12 3.13 3.14 ;;
        importer) echo 3.12 3.13 ;;
        core-2.22) echo 3.13 3.14 ;;
        lint) echo 3.12 3.13 3.14 3.11 ;;
        rulebook) echo 3.12 3.11 ;;
        bench | browser | demo | pin | shellcheck) echo 3.13 3.12 3.14 3.11 ;;
        *) die "there is no environment $1: see tests/requirements" ;;
    esac
}

# python_for ENVIRONMENT: the interpreter that it gets. Fails where this machine has none of its Pythons.
python_for() {
    local supported
    local -a versions
    supported=$(pythons_for "$1")
    read -ra versions <<<"$supported"
    find_python "${versions[@]}"
}

# fetch_python ENVIRONMENT: tries to bring a Python for it, with uv, which downloads builds made for that. Fails where it can't.
fetch_python() {
    local supported
    supported=$(pythons_for "$1")
    "$(venv pin)/bin/uv" python install --no-config --no-bin --install-dir "$cache/pythons" "${supported%% *}" \
        >>"$cache/pythons.log" 2>&1 || return
    PATH=$(path_of_real_pythons)
    python_for "$1" >/dev/null
}

# newest_core: the newest released ansible-core that one of this machine's Pythons can run.
newest_core() {
    local core
    for core in "${released_cores[@]}"; do
        if python_for "core-$core" >/dev/null; then
            printf '%s\n' "$core"
            return
        fi
    done
    die "the tests need Python 3.11 or newer, with venv, and none runs on this machine"
}

# venv ENVIRONMENT: makes or refreshes it from tests/requirements/ENVIRONMENT.txt and prints its directory.
venv() {
    local python supported
    supported=$(pythons_for "$1")
    python=$(python_for "$1") ||
        die "$1 needs one of Python $supported, with venv, and none of them runs on this machine. Try: pyenv install ${supported%% *}"
    "$python" scripts/make_venv.py "$cache/venv/$1" "tests/requirements/$1.txt"
    printf '%s\n' "$cache/venv/$1"
}

# version_of ENVIRONMENT: which ansible-core on which Python it holds.
version_of() {
    "$cache/venv/$1/bin/python" -c 'import platform
from ansible.release import __version__
print(f"ansible-core {__version__}, Python {platform.python_version()}")' 2>/dev/null || echo "$1, which could not be set up"
}

# collection_copy VENV: the tree as ansible-test, the linters and the build need it: a true copy below ansible_collections/, without ignored files.
# (ansible-test resolves links and then refuses the place.) Prints its directory. VENV gives the Python to copy with.
collection_copy() {
    local copy=$cache/collections/ansible_collections/polyv/live
    "$1/bin/python" scripts/copy_collection.py "$copy"
    printf '%s\n' "$copy"
}

# The tree as pytest and mypy use it: a link, so that an edit needs no copying and every path in a traceback or a coverage
# report is the file one edits. Prints the directory above ansible_collections.
collection_link() {
    local parent=$cache/linked/ansible_collections/polyv
    mkdir -p "$parent"
    ln -sfn ../../../.. "$parent/live"
    printf '%s\n' "$cache/linked"
}
