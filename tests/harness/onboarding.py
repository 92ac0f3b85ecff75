"""Runs the role onboard, and looks at what it left behind."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import requests
import yaml
from ansible.parsing.vault import VaultLib, VaultSecret

from .accounts import ACCOUNT
from .playbook import Playbooks, Result, Run
from .simulator import Simulator

VAULT_PASSWORD = "vault-Passw0rd-7Q"
GIVEN = "given-Pw-8Z"
CREATE = "add-custom-user"
GROUP_CREATE = "group-user-create"
RESELLER = {f"onboard_{name}": value for name, value in ACCOUNT.items()}
USERS: list[dict[str, Any]] = [
    {"email": "one@example.com", "mobile": "13800000001", "account_name": "one", "name": "", "sale_id": ""},
    {"email": "two@example.com", "mobile": 13800000002, "password": GIVEN, "account_name": "two"},
    {"email": "three@example.com", "mobile": "13800000003", "account_name": "three"},
]


class Onboarding:
    """Runs the role, by default with the vault_file sink, and looks at what it left behind."""

    def __init__(self, playbooks: Playbooks, simulator: Simulator) -> None:
        self._playbooks = playbooks
        self._simulator = simulator
        self.directory = playbooks.directory / "host_vars"

    def run(
        self, *options: str, users: Any = None, environ: Mapping[str, str] | None = None, **variables: Any
    ) -> Run:
        given = {
            **RESELLER,
            "onboard_retries": 1,
            "onboard_users": USERS if users is None else users,
            "onboard_sink": "vault_file",
            "onboard_sink_delay": 0,
            "onboard_vault_directory": str(self.directory),
            "onboard_vault_password": VAULT_PASSWORD,
            **variables,
        }
        return self._playbooks.tasks(
            {"name": "result", "ansible.builtin.debug": {"msg": "{{ onboard_result }}"}},
            roles=["polyv.live.onboard"],
            vars=given,
            options=["-vvv", *options],
            environ=environ,
        )

    def file(self, name: str) -> Path:
        return self.directory / name / "vault.yml"

    def content(self, name: str) -> Any:
        vault = VaultLib([("default", VaultSecret(VAULT_PASSWORD.encode()))])
        return yaml.safe_load(vault.decrypt(self.file(name).read_bytes()))

    def state(self) -> dict[str, tuple[int, int]]:
        """Which files there are; a rewritten one has another inode and time."""
        files = (path for path in self.directory.rglob("*") if path.is_file())
        return {str(path): (path.stat().st_ino, path.stat().st_mtime_ns) for path in files}

    def registered(self) -> dict[str, dict[str, Any]]:
        """The registered users by email, as the simulator keeps them."""
        found = requests.get(f"{self._simulator.url}/_simulator/accounts", timeout=10).json()
        return {user["email"]: user for user in found["custom_users"]}

    def secrets(self) -> list[str]:
        """All that must not be read anywhere."""
        sent = [entry["form"].get("passwd", []) for entry in self._simulator.requests(CREATE)]
        sent += [[entry["json"]["password"]] for entry in self._simulator.requests(GROUP_CREATE)]
        return [
            ACCOUNT["app_secret"],
            VAULT_PASSWORD,
            GIVEN,
            *(password for passwords in sent for password in passwords),
            *(user["app_secret"] for user in self.registered().values()),
        ]

    def assert_no_secret_in(self, run: Run) -> None:
        # At -vvv ansible-playbook repeats nothing of the play's own variables, so all of the output counts.
        assert [secret for secret in self.secrets() if secret in run.everything] == []


def outcome(run: Run) -> Any:
    """The result of the role, which must have succeeded."""
    assert run.returncode == 0, run.output
    return run.result("result").data["msg"]


def failure(run: Run) -> str:
    """The message of the last failed task."""
    assert run.returncode == 2, run.output
    return str([result.data for result in run.results if result.status == "failed"][-1]["msg"])


def named(run: Run, task: str) -> list[Result]:
    """The results of the role's task of that name."""
    return [result for result in run.results if result.task.endswith(f" : {task}")]
