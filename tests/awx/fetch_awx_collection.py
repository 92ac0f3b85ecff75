"""Fetch the `awx.awx` collection once, so that tests can check task arguments without a network.

It comes inside the PyPI package `ansible`; the version is pinned and its content checked. Usage:
`fetch_awx_collection.py [DIRECTORY]`, by default `.cache/awx`. Prints where the collection lies.
"""

from __future__ import annotations

import contextlib
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path

PACKAGE = "ansible==13.8.0"
WHEEL_SHA256 = "daf9c9a2850bbc6c098ba3368aeba99d4ae37c90bca47f974dc19342c0571361"
COLLECTION_VERSION = "24.6.1"
COLLECTION = Path("ansible_collections") / "awx" / "awx"
DEFAULT_DIRECTORY = Path(".cache") / "awx"


def fetch(cache: Path) -> Path:
    """Return the collection's directory below `cache`, after a download where it is not there yet."""
    home = cache / f"awx-{COLLECTION_VERSION}"
    if not (home / COLLECTION).is_dir():
        cache.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=cache) as scratch:
            _extract(_download(Path(scratch)), Path(scratch) / "content")
            # It gets its name only when it is whole; another process may have been faster.
            with contextlib.suppress(OSError):
                (Path(scratch) / "content").rename(home)
    return home / COLLECTION


def _download(directory: Path) -> Path:
    """Get the wheel with pip, which knows the machine's index and proxy, and checks the content."""
    requirement = directory / "requirements.txt"
    requirement.write_text(f"{PACKAGE} --hash=sha256:{WHEEL_SHA256}\n")
    # The wheel is only unpacked, so the Python that it asks for does not matter.
    options = [
        "--quiet",
        "--no-deps",
        "--ignore-requires-python",
        "--only-binary=:all:",
        "--dest",
        str(directory),
    ]
    command = [sys.executable, "-m", "pip", "download", *options, "--require-hashes", "-r", str(requirement)]
    subprocess.run(command, check=True)
    return next(directory.glob("ansible-*.whl"))


def _extract(wheel: Path, target: Path) -> None:
    """Unpack the one collection out of the wheel."""
    prefix = f"{COLLECTION.as_posix()}/"
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(target, [name for name in archive.namelist() if name.startswith(prefix)])


if __name__ == "__main__":
    print(fetch(Path(sys.argv[1]) if len(sys.argv) > 1 else DEFAULT_DIRECTORY))
