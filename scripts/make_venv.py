"""Make a virtual environment that holds what a requirements file pins, unless it is there already.

Usage: python make_venv.py DIRECTORY REQUIREMENTS, with the Python that the environment is to have.
"""

from __future__ import annotations

import fcntl
import hashlib
import shutil
import subprocess
import sys
import venv
from pathlib import Path


def install(directory: Path, requirements: Path) -> None:
    venv.create(directory, clear=True, with_pip=True)
    pip = [str(directory / "bin" / "python"), "-m", "pip", "--disable-pip-version-check", "--no-input", "-qq"]
    subprocess.run([*pip, "install", "-r", str(requirements)], check=True)


def main() -> None:
    directory, requirements = Path(sys.argv[1]).absolute(), Path(sys.argv[2])
    # The directory counts because the environment's scripts name it: a moved tree needs new ones.
    state = f"{directory}\n{sys.version}\n{requirements.read_text()}"
    digest = hashlib.sha256(state.encode()).hexdigest()
    stamp = directory / "complete"
    directory.parent.mkdir(parents=True, exist_ok=True)
    with open(f"{directory}.lock", "w") as lock:
        # Two commands may ask for the same environment at once.
        fcntl.flock(lock, fcntl.LOCK_EX)
        if stamp.exists() and stamp.read_text() == digest and (directory / "bin" / "python").exists():
            return
        version = ".".join(map(str, sys.version_info[:3]))
        print(f"Setting up {directory.name} on Python {version} ...", file=sys.stderr, flush=True)
        try:
            install(directory, requirements)
        except subprocess.CalledProcessError as error:
            # Without its stamp a half-made environment is made anew next time; pip has said what was wrong.
            shutil.rmtree(directory, ignore_errors=True)
            sys.exit(f"Setting up {directory.name} failed: exit status {error.returncode}")
        stamp.write_text(digest)


if __name__ == "__main__":
    main()
