# Copyright (c) 2026, polyv.live maintainers
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""An export from the results of `polyv_account_info` to files: planned for every account first, then written."""

from __future__ import annotations

import contextlib
import os
import tempfile
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from ...module_utils._errors import InputError, LocalError, PolyvError
from .account import exported
from .common import in_common
from .exported import Exported
from .files import Files
from .images import Images
from .secrets import into_comments, into_variables
from .text import rendered, rendered_common, variables
from .validity import keep_valid

GROUP = "all"


@dataclass
class Outcome:
    """What became of the accounts. `lacking` says of an exported one what makes it incomplete, and how often."""

    lacking: dict[str, dict[str, int]] = field(default_factory=dict)
    left_alone: list[str] = field(default_factory=list)
    failed: dict[str, str] = field(default_factory=dict)
    common: list[str] = field(default_factory=list)
    not_common: str | None = None
    files: list[str] = field(default_factory=list)


@dataclass
class _Planned:
    """One account before it is written."""

    path: str
    vault_path: str
    account: Exported
    secrets: dict[str, str]
    images: Images


class Export:
    """The export of some accounts.

    `accounts` are the results of `polyv_account_info` by host, `images` the directory for images or None, `vault` whether there is
    a vault password, `variables_of` gives the variables of a host.
    """

    def __init__(
        self,
        files: Files,
        accounts: Mapping[str, Any],
        images: str | None,
        *,
        vault: bool,
        force: bool,
        variables_of: Callable[[str], Mapping[str, Any]],
    ) -> None:
        self._files = files
        self._accounts = accounts
        self._images = images
        self._vault = vault
        self._force = force
        self._variables_of = variables_of
        self._outcome = Outcome()

    def run(self, *, common: bool, everyone: set[str], check: bool) -> Outcome:
        """Exports. With `check` nothing is written, and the outcome is what would be."""
        outcome = self._outcome
        planned: dict[str, _Planned] = {}
        with tempfile.TemporaryDirectory(prefix="polyv_export.") as waiting:
            for number, host in enumerate(sorted(self._accounts)):
                with self._alone(host):
                    inner = os.path.join(waiting, str(number))
                    os.mkdir(inner)
                    self._plan(host, planned, inner)
            shared = self._common(planned, everyone) if common else {}
            if shared and not check:
                self._files.write(self._files.of_group(GROUP), rendered_common(shared, list(planned)))
            elsewhere = dict.fromkeys(shared, self._files.of_group(GROUP))
            for host, plan in planned.items():
                with self._alone(host):
                    self._write(host, plan, elsewhere, check)
        if not shared and self._force and os.path.lexists(self._files.of_group(GROUP)):
            outdated = (
                f"{self._files.of_group(GROUP)} is there from an earlier export, and its variables go on to count for every account: "
                "delete it where it is outdated."
            )
            outcome.not_common = f"{outcome.not_common} {outdated}" if outcome.not_common else outdated
        outcome.common = list(shared)
        outcome.files += [self._files.of_group(GROUP)] if shared else []
        return outcome

    @contextlib.contextmanager
    def _alone(self, host: str) -> Iterator[None]:
        """One account that fails does not stop the others."""
        try:
            yield
        except PolyvError as error:
            self._outcome.failed[host] = error.msg
        except OSError as error:
            self._outcome.failed[host] = f"{error.filename}: {error.strerror}."

    def _plan(self, host: str, planned: dict[str, _Planned], waiting: str) -> None:
        path, vault_path = self._files.of_host(host)
        if self._files.left_alone(path, vault_path):
            self._outcome.left_alone.append(host)
            return
        result = _read(self._accounts[host])
        directory = None if self._images is None else os.path.join(self._images, host)
        images = Images(directory, waiting, self._variables_of(host).get("inventory_dir"), self._force)
        try:
            account = exported(result, images.find)
        except (KeyError, TypeError, AttributeError, ValueError):
            raise InputError(
                "accounts", f"what it has for {host} is no result of polyv_account_info"
            ) from None
        keep_valid(account)
        images.place(account)
        secrets = into_variables(account) if self._vault else {}
        if not self._vault:
            into_comments(account)
        self._files.check(path)
        if secrets:
            self._files.check_vault(vault_path, secrets)
        planned[host] = _Planned(path, vault_path, account, secrets, images)

    def _common(self, planned: Mapping[str, _Planned], everyone: set[str]) -> dict[str, Any]:
        """The variables that are written once, for all accounts."""
        path = self._files.of_group(GROUP)
        missing = sorted(everyone - set(planned))
        if missing or len(planned) < 2:
            names = ", ".join(missing[:10]) or "there is only one account"
            self._outcome.not_common = (
                f"Nothing is taken to be common to all, because not all are exported: {names}."
            )
            return {}
        if self._files.left_alone(path):
            self._outcome.not_common = f"{path} is there, and was left alone."
            return {}
        found = in_common([variables(plan.account) for plan in planned.values()])
        if not self._force:
            # Elsewhere in the inventory, and that may win over the file for all.
            found = {
                name: value
                for name, value in found.items()
                if not any(name in self._variables_of(host) for host in planned)
            }
        return found

    def _write(self, host: str, plan: _Planned, shared: Mapping[str, str], check: bool) -> None:
        text = rendered(plan.account, shared)
        if not check:
            for source, target in plan.images.moves.items():
                self._files.copy(source, target)
            if plan.secrets:
                self._files.write_vault(plan.vault_path, plan.secrets)
            self._files.write(plan.path, text)
        self._outcome.files += [
            *plan.images.moves.values(),
            *([plan.vault_path] if plan.secrets else []),
            plan.path,
        ]
        self._outcome.lacking[host] = plan.account.lacking()


def _read(result: Any) -> Mapping[str, Any]:
    """The result of an account that could be read. Raises LocalError with the reason."""
    if isinstance(result, Mapping) and isinstance(result.get("account_info"), Mapping):
        return result
    told = result.get("msg") if isinstance(result, Mapping) else None
    raise LocalError(str(told or "It was not read."))
