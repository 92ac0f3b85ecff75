#!/usr/bin/env bash
# Builds the collection's archive from what git tracks or would track, and prints its path.
source "$(dirname "$0")/lib.sh"

venv=$(venv demo)
copy=$(collection_copy "$venv")
"$venv/bin/ansible-galaxy" collection build --force --output-path "$cache/dist" "$copy" | sed -n 's/^Created .* at //p'
