#!/usr/bin/env bash
# Every check and test, in stages; one that fails does not hide the next. Usage: scripts/test.sh [--all | --every-core]
# Without an option: everything on the newest ansible-core that this machine can run, and what differs between versions on
# the older ones, as far as there is a Python for them; the closing lines name what was left out.
# --every-core: the same, and a missing Python is a failure. --all: the candidate of the next core as well; the integration tests
# in full on the oldest core, too, both ways of running on the newest; the campaigns on both; ansible-rulebook, which needs Java; and the importer.
source "$(dirname "$0")/lib.sh"

cores=("${released_cores[@]}")
environments=(lint shellcheck browser)
if [[ ${1:-} == --all ]]; then
    cores=(2.22 "${cores[@]}")
    environments+=(importer demo rulebook)
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

# Keeps in `cores` those that a Python of this machine can run, or one that can be fetched. The others are left out, by name.
choose_cores() {
    local core
    local -a chosen=()
    for core in "${cores[@]}"; do
        if python_for "core-$core" >/dev/null || fetch_python "core-$core" || [[ -n $demanded ]]; then
            chosen+=("$core")
        else
            left_out+=("ansible-core $core: it needs one of Python $(pythons_for "core-$core"); see .cache/pythons.log")
        fi
    done
    cores=("${chosen[@]}")
}

# The page of an audit is tested where there is a browser for it.
page_in_browser() {
    if command -v chromium chromium-browser google-chrome >/dev/null; then
        stage 'page of an audit in a browser' scripts/browser.sh
    else
        left_out+=("page of an audit in a browser: there is no Chromium; on Debian it is the package chromium")
    fi
}

# Two at a time: pip waits for the network as much as for the processor.
set_up() {
    printf '%s\n' "${environments[@]}" "${cores[@]/#/core-}" | xargs -n 1 -P 2 scripts/venv.sh
}

demanded=${1:-} left_out=()
choose_cores
newest=$(newest_core)

stage 'environments' set_up
stage 'lint' scripts/lint.sh
for core in "${cores[@]}"; do
    # 2.16 demands boilerplate that newer ones forbid; what only 2.19 finds is left to --all.
    if [[ $core == "$newest" || (${1:-} == --all && $core != 2.16) ]]; then
        stage "sanity: $(version_of "core-$core")" scripts/sanity.sh "$core"
    fi
done
if [[ ${1:-} == --all ]]; then
    oldest=${cores[-1]}
    for core in "${cores[@]}"; do
        stage "unit tests: $(version_of "core-$core")" scripts/pytest.sh "$core" tests/unit
        case $core in
            "$newest") stage "integration tests, both ways: $(version_of "core-$core")" scripts/pytest.sh "$core" tests/integration -n 3 --both-ways ;;
            "$oldest") stage "integration tests: $(version_of "core-$core")" scripts/pytest.sh "$core" tests/integration -n 3 ;;
            *) stage "one pass of every module: $(version_of "core-$core")" scripts/pytest.sh "$core" tests/integration -m smoke -n 3 ;;
        esac
    done
    for core in "$oldest" "$newest"; do
        stage "campaigns: $(version_of "core-$core")" scripts/pytest.sh "$core" tests/campaigns -n 3 --figures "$cache/campaigns-$core.md"
    done
    page_in_browser
    stage 'event source in ansible-rulebook' scripts/pytest.sh "$newest" tests/rulebook --demand-rulebook
    stage 'galaxy-importer' scripts/importer.sh
else
    stage "unit tests: $(version_of "core-$newest")" scripts/pytest.sh "$newest" tests/unit -n 2
    stage "integration tests: $(version_of "core-$newest")" scripts/pytest.sh "$newest" tests/integration -n 4
    page_in_browser
    for core in "${cores[@]}"; do
        [[ $core == "$newest" ]] || stage "one pass of every module: $(version_of "core-$core")" scripts/pytest.sh "$core" tests/integration -m smoke -n 4
    done
fi

printf '\n===== summary, %d s\n' "$SECONDS"
printf '%s\n' "${summary[@]}" "${left_out[@]/#/left out: }"
printf '\n%d passed, %d failed\n' "$passed" "$failed"
[[ $failed -eq 0 ]]
