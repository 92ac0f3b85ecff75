"""Bring a copy of the collection's tree up to date: what git tracks or would track, and nothing else.

Usage: python copy_collection.py DIRECTORY, from the top of the tree. Works without commits.
Files that did not change are left alone, so a run that reads the copy is not disturbed by the next command.
"""

from __future__ import annotations

import fcntl
import filecmp
import shutil
import subprocess
import sys
from pathlib import Path

# The copy is a repository of its own, never committed to: ansible-test and ansible-lint ask git which files
# there are, and the repository around it ignores them all. The results of ansible-test stay as well.
KEPT = (Path(".git"), Path("tests/output"))


def wanted_files() -> set[Path]:
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    names = subprocess.run(command, check=True, capture_output=True, text=True).stdout.split("\0")
    return {Path(name) for name in names if name and Path(name).is_file()}


def same(source: Path, target: Path) -> bool:
    return (
        target.is_file()
        and source.stat().st_mode == target.stat().st_mode
        and filecmp.cmp(source, target, shallow=False)
    )


def remove_stale(copy: Path, wanted: set[Path]) -> None:
    for path in sorted(copy.rglob("*"), reverse=True):  # children before their directory
        name = path.relative_to(copy)
        if any(kept == name or kept in name.parents for kept in KEPT):
            continue
        if not path.is_dir() and name not in wanted:
            path.unlink()
        elif path.is_dir() and not any(path.iterdir()):
            path.rmdir()


def main() -> None:
    copy = Path(sys.argv[1])
    copy.mkdir(parents=True, exist_ok=True)
    with open(copy.parent / "lock", "w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (copy / ".git").exists():
            subprocess.run(["git", "init", "--quiet", str(copy)], check=True)
        wanted = wanted_files()
        remove_stale(copy, wanted)
        for name in wanted:
            if not same(name, copy / name):
                (copy / name).parent.mkdir(parents=True, exist_ok=True)
                shutil.copy2(name, copy / name)


if __name__ == "__main__":
    main()
