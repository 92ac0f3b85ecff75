"""Writes what every module's RETURN says alike, `account` and `failure`, from the enum of failure kinds.

A documentation fragment can't: on ansible-core 2.16 and 2.19 it would show as a bogus value. Usage: document.py [--check]
With --check nothing is written, and a module that has drifted is a failure. Its collection must be importable.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from pathlib import Path

from ansible_collections.polyv.live.plugins.module_utils._errors import Kind

MODULES = Path(__file__).parent.parent / "plugins/modules"
# What follows is the same in each module; only the endpoint of the sample is its own.
BLOCK = re.compile(
    r'^account:\n(?=  description: Which account).*?endpoint: (?P<endpoint>\S+)\n.*?(?=""")', re.M | re.S
)
ACCOUNT = """\
account:
  description: Which account the task worked on.
  returned: success
  type: dict
  sample: {source: options, user_id: 1b448be323}
  contains:
    source:
      description: Where the credentials came from, V(options), V(accounts_file) or V(environment).
      type: str
    user_id:
      description: The id of the live account.
      type: str
"""
FAILURE = """\
failure:
  description: Why the task failed, for machines. RV(ignore:msg) says the same for people.
  returned: failure
  type: dict
  sample:
    kind: invalid_signature
    code: 403
    message: invalid signature.
    endpoint: {endpoint}
    http_status: 200
    request_id:
    attempts: 1
  contains:
    kind:
      description:
        - The kind of the failure.
{kinds}
      type: str
    code:
      description: The code in the answer of the API.
      type: int
    message:
      description: The message in the answer of the API.
      type: str
    endpoint:
      description: The endpoint that was called.
      type: str
    http_status:
      description: The HTTP status of the answer.
      type: int
    request_id:
      description: The id that the API gave to the request, where it names one.
      type: str
    attempts:
      description: How many times the call was sent.
      type: int
"""


def documented(text: str) -> str:
    """The text of a module with both parts as they should be; as it is where it has none of them."""
    kinds = "\n".join(f'        - "V({kind.word}), {kind.value}."' for kind in Kind)
    return BLOCK.sub(lambda found: ACCOUNT + FAILURE.format(endpoint=found["endpoint"], kinds=kinds), text)


def drifted() -> Iterator[tuple[Path, str]]:
    """The modules that are not as they should be, with the text that they should have."""
    for path in sorted(MODULES.glob("polyv_*.py")):
        text = path.read_text(encoding="utf-8")
        if documented(text) != text:
            yield path, documented(text)


def main() -> int:
    """The exit code."""
    check = sys.argv[1:] == ["--check"]
    for path, text in drifted():
        print(f"{path.name}: account and failure of RETURN are not up to date; run scripts/document.sh")
        if not check:
            path.write_text(text, encoding="utf-8")
    return int(check and any(drifted()))


if __name__ == "__main__":
    sys.exit(main())
