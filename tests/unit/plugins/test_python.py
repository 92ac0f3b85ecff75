"""A module on a Python that is too old says so, before it imports what that Python can't."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

MODULES = Path(__file__).parents[3] / "plugins/modules"
# Runs in the worker of the controller only.
ACTIONS_ONLY = {"polyv_vault_file", "polyv_rollout_summary", "polyv_export", "polyv_audit"}
NAMES = sorted({path.stem for path in MODULES.glob("polyv_*.py")} - ACTIONS_ONLY)
# In this order, so that Python's own libraries find the version they were written for.
PRETEND = """
import ast, json, runpy, sys, ansible.module_utils.basic, dataclasses, enum
sys.version_info = (3, 9, 18)
try:
    runpy.run_module("ansible_collections.polyv.live.plugins.modules." + sys.argv[1], run_name="__main__")
finally:
    print(sorted(name.rpartition(".")[2] for name in sys.modules if ".live.plugins.module_utils." in name))
"""


@pytest.mark.parametrize("name", NAMES)
def test_an_old_python_is_named_before_anything_is_imported(name: str) -> None:
    done = subprocess.run(
        [sys.executable, "-c", PRETEND, name], capture_output=True, text=True, check=False, timeout=60
    )
    result, imported = done.stdout.splitlines()
    assert done.returncode == 1
    assert "need Python 3.10 or newer, and this is 3.9 " in json.loads(result)["msg"]
    assert json.loads(result)["failure"]["kind"] == "local"
    assert imported == "['_engine', '_errors']"
