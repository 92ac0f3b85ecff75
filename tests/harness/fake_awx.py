"""A collection awx.awx that keeps credentials in a file."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

# Stands for awx.awx: it keeps what it was given in the file that FAKE_AWX names.
CREDENTIAL = """
import json, os
from ansible.module_utils.basic import AnsibleModule

module = AnsibleModule(
    argument_spec={
        "name": {"required": True},
        "organization": {},
        "credential_type": {"required": True},
        "inputs": {"type": "dict", "no_log": True},
        "state": {"choices": ["present", "exists"], "default": "present"},
    },
    supports_check_mode=True,
)
state = json.load(open(os.environ["FAKE_AWX"]))
state["calls"].append([module.params["name"], module.params["state"], module.check_mode])
credentials, name = state["credentials"], module.params["name"]
writes = not module.check_mode
broken = writes and state["good"] <= 0 < state["broken"]
if broken:
    state["broken"] -= 1
state["good"] -= writes
forbidden = state["forbidden"] and not module.check_mode and module.params["name"] not in state["credentials"]
there = name in credentials
changed = not there or module.params["state"] == "present"
if changed and not module.check_mode and not broken and not forbidden:
    kept = {key: credentials[name][key] for key, value in (module.params["inputs"] or {}).items() if value == "$encrypted$"}
    credentials[name] = {**(module.params["inputs"] or {}), **kept}
json.dump(state, open(os.environ["FAKE_AWX"], "w"))
if module.params["organization"] != "School":
    module.fail_json(msg="Request to organizations returned 0 items")
if broken:
    module.fail_json(msg="AWX is out of order")
if forbidden:
    module.fail_json(msg="You do not have permission to perform this action.")
module.exit_json(changed=changed, **({"id": list(credentials).index(name) + 1} if there else {}))
"""

# Its lookup: a credential as AWX shows it.
API = """
import json, os
from ansible.plugins.lookup import LookupBase

class LookupModule(LookupBase):
    def run(self, terms, variables=None, **kwargs):
        kept = list(json.load(open(os.environ["FAKE_AWX"]))["credentials"].values())[int(terms[0].split("/")[1]) - 1]
        hidden = ("app_secret", "password")
        return [{"inputs": {name: "$encrypted$" if name in hidden else value for name, value in kept.items()}}]
"""


class FakeAwx:
    """A collection awx.awx on the path, and what its credential module was given."""

    def __init__(self, directory: Path) -> None:
        modules = directory / "collections/ansible_collections/awx/awx/plugins/modules"
        modules.mkdir(parents=True)
        (modules / "credential.py").write_text(CREDENTIAL)
        (modules.parent / "lookup").mkdir()
        (modules.parent / "lookup/controller_api.py").write_text(API)
        self._state = directory / "awx.json"
        self._write({"calls": [], "credentials": {}, "broken": 0, "good": 0, "forbidden": False})
        self.environ = {
            "FAKE_AWX": str(self._state),
            "ANSIBLE_COLLECTIONS_PATH": f"{directory / 'collections'}:{os.environ['ANSIBLE_COLLECTIONS_PATH']}",
        }

    @property
    def credentials(self) -> dict[str, Any]:
        """The inputs of the credentials, by name."""
        return dict(self._read()["credentials"])

    def calls(self) -> list[list[Any]]:
        """Name, state and check mode of each call since the last time."""
        state = self._read()
        self._write({**state, "calls": []})
        return list(state["calls"])

    def break_down(self, times: int, after: int = 0) -> None:
        """That many calls that would write fail, `after` some good ones."""
        self._write({**self._read(), "broken": times, "good": after})

    def forbid(self) -> None:
        """The user of the job may not make credentials."""
        self._write({**self._read(), "forbidden": True})

    def keep(self, name: str, inputs: dict[str, str] | None) -> None:
        """Somebody makes a credential, or deletes it where there are no inputs."""
        state = self._read()
        others = {other: kept for other, kept in state["credentials"].items() if other != name}
        self._write({**state, "credentials": others if inputs is None else {**others, name: inputs}})

    def _read(self) -> dict[str, Any]:
        return dict(json.loads(self._state.read_text()))

    def _write(self, state: dict[str, Any]) -> None:
        self._state.write_text(json.dumps(state))
