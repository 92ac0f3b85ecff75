#!/usr/bin/env bash
# What Galaxy and Automation Hub check when the archive is uploaded.
source "$(dirname "$0")/lib.sh"

venv=$(venv importer)
archive=$(scripts/build.sh)
# The importer writes its result into the current directory.
mkdir -p "$cache/importer"
cd "$cache/importer"
export GALAXY_IMPORTER_CHECK_REQUIRED_TAGS=true PATH=$venv/bin:$PATH
python -m galaxy_importer.main "$archive"
