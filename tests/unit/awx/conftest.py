"""Make the package of AWX's rules importable for the tests in this directory."""

from __future__ import annotations

import sys
from pathlib import Path

AWX_TESTS = Path(__file__).resolve().parents[2] / "awx"
sys.path.insert(0, str(AWX_TESTS))
