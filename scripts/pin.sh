#!/usr/bin/env bash
# Pins every package: writes tests/requirements/*.txt anew from the *.in files. Usage: scripts/pin.sh [NAME...]
# A file is valid for all the Pythons its environment may have (pythons_for), from the oldest of them up.
source "$(dirname "$0")/lib.sh"

names=("$@")
if [[ ${#names[@]} -eq 0 ]]; then
    names=(bench browser core-2.16 core-2.19 core-2.21 core-2.22 demo importer lint pin rulebook shellcheck)
fi
uv=$(venv pin)/bin/uv

for name in "${names[@]}"; do
    oldest=$(pythons_for "$name" | tr ' ' '\n' | sort -V | head -n 1)
    "$uv" pip compile --quiet --no-config --universal --python-version "$oldest" --upgrade --no-build \
        --no-emit-index-url --no-emit-find-links --annotation-style line --custom-compile-command scripts/pin.sh \
        --output-file "tests/requirements/$name.txt" "tests/requirements/$name.in"
done
