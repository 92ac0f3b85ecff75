#!/usr/bin/env bash
# The benchmark, on the collection as a user has it: built and installed. It runs against the simulator.
# Usage: scripts/bench.sh [--accounts N] [--repeat R] [--only NAME,...] [--core VERSION] [--save FILE]; see tests/benchmark
source "$(dirname "$0")/lib.sh"

core='' file=''
for ((index = 1; index <= $#; index++)); do
    following=$((index + 1))
    case ${!index} in
        --core) core=${!following:-} ;;
        --core=*) core=${!index#*=} ;;
        --save) file=${!following:-} ;;
        --save=*) file=${!index#*=} ;;
    esac
done
venv=$(venv "core-${core:-$(newest_core)}")
archive=$(scripts/build.sh)
installed=$cache/bench/collections
export ANSIBLE_COLLECTIONS_PATH=$installed PYTHONPATH=$root/tests
PATH=$venv/bin:$PATH ansible-galaxy collection install --force --offline -p "$installed" "$archive" >/dev/null
PATH=$venv/bin:$PATH python -m benchmark "$@"
if [[ -n $file ]]; then
    drawing=$(venv bench)
    "$drawing/bin/python" -m benchmark.plot "$file"
fi
