#!/usr/bin/env bash
# Every check and test, in stages; one that fails does not hide the next. Usage: scripts/test.sh [--all]
# Without --all: everything on the newest ansible-core, and what differs between versions on the oldest and 2.19.
# With it: everything on every core, the next one's candidate too, and the importer.
source "$(dirname "$0")/lib.sh"

newest=2.21
cores=(2.16 2.19 "$newest")
sanity_cores=("$newest" 2.19) # 2.16 demands boilerplate that newer ones forbid
environments=(lint)
if [[ ${1:-} == --all ]]; then
    cores+=(2.22)
    sanity_cores+=(2.22)
    environments+=(importer demo)
fi

logs=$cache/logs
rm -rf "$logs"
mkdir -p "$logs"
passed=0 failed=0 summary=()

# number_of PATTERN LINE: the number before the word, 0 when there is none. Both pytest and lint.sh close with such a line.
number_of() {
    if [[ $2 =~ ([0-9]+)\ ($1) ]]; then echo "${BASH_REMATCH[1]}"; else echo 0; fi
}

stage() { # NAME COMMAND...
    local log start=$SECONDS status=0 verdict=ok last good bad
    log=$logs/$((${#summary[@]} + 1)).log
    printf '\n===== %s\n' "$1"
    "${@:2}" </dev/null 2>&1 | tee "$log" || status=$?
    last=$(tail -n 1 "$log")
    good=$(number_of passed "$last")
    bad=$(($(number_of failed "$last") + $(number_of 'errors?' "$last")))
    # A stage without such a line, or one that broke before it, counts as one check.
    if [[ $status -ne 0 ]]; then
        verdict=FAILED
        bad=$((bad > 0 ? bad : 1))
    elif [[ $good -eq 0 ]]; then
        good=1
    fi
    passed=$((passed + good)) failed=$((failed + bad))
    summary+=("$(printf '%-6s %5d s  %s: %d passed, %d failed' "$verdict" $((SECONDS - start)) "$1" "$good" "$bad")")
}

# Two at a time: pip waits for the network as much as for the processor.
set_up() {
    printf '%s\n' "${environments[@]}" "${cores[@]/#/core-}" | xargs -n 1 -P 2 scripts/venv.sh
}

stage 'environments' set_up
stage 'lint' scripts/lint.sh
for core in "${sanity_cores[@]}"; do
    stage "sanity: $(version_of "core-$core")" scripts/sanity.sh "$core"
done
if [[ ${1:-} == --all ]]; then
    for core in "${cores[@]}"; do
        stage "unit tests: $(version_of "core-$core")" scripts/pytest.sh "$core" tests/unit
        stage "integration tests: $(version_of "core-$core")" scripts/pytest.sh "$core" tests/integration -n 2 --every-door
    done
    stage 'galaxy-importer' scripts/importer.sh
else
    stage "unit tests: $(version_of "core-$newest")" scripts/pytest.sh "$newest" tests/unit
    stage "integration tests: $(version_of "core-$newest")" scripts/pytest.sh "$newest" tests/integration -n 2
    for core in 2.16 2.19; do
        stage "one pass of every module: $(version_of "core-$core")" scripts/pytest.sh "$core" tests/integration -m smoke -n 2
    done
fi

printf '\n===== summary, %d s\n' "$SECONDS"
printf '%s\n' "${summary[@]}"
printf '\n%d passed, %d failed\n' "$passed" "$failed"
[[ $failed -eq 0 ]]
