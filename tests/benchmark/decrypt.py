"""Decrypts every vault file of an inventory once, and prints what that took without the start of Python, as JSON.

Usage: python decrypt.py PASSWORD-FILE DIRECTORY
"""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path

from ansible.parsing.vault import VaultLib, VaultSecret


def main() -> None:
    """The files are read beforehand."""
    password, directory = map(Path, sys.argv[1:])
    vault = VaultLib([("default", VaultSecret(password.read_bytes()))])
    texts = [path.read_bytes() for path in directory.glob("host_vars/*/vault.yml")]
    start, cpu = time.monotonic(), time.process_time()
    for text in texts:
        vault.decrypt(text)
    print(json.dumps({"seconds": time.monotonic() - start, "cpu": time.process_time() - cpu}))


if __name__ == "__main__":
    main()
