# Copyright (c) 2026, polyv.live maintainers
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""One task from its options to its result: the same for the ordinary module and inside the controller's worker."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from .._api.channels import ChannelDirectory
from .._api.client import Client
from .._api.identity import Identity
from .._api.libraries import need_requests
from .._errors import PolyvError, UnexpectedError
from .._options.connection import COMMON_OPTIONS, checked_connection
from .._options.credentials import resolved_credentials
from .._secrets import Masker, secret_values
from .definition import Context, Definition, secrets_in_data, short_secrets

# The parts of a result that may quote an answer of the API, or show what a key of the environment is part of.
_QUOTING = ("msg", "failure", "settings", "unreadable", "diff")


def execute(
    definition: Definition,
    options: Mapping[str, Any],
    *,
    check: bool,
    hidden: bool,
    environ: Mapping[str, str],
    warn: Callable[[str], None],
) -> dict[str, Any]:
    """The result of a task, failed or not.

    `options` have passed the argument spec; `check` is check mode, `hidden` the task's no_log, `environ` the process
    environment. `warn` takes a sentence, secrets masked. A failure comes back as `failed`, `msg` and `failure`.
    """
    task = _Task(definition, options, check, hidden, warn)
    try:
        result = task.run(environ)
    except PolyvError as error:
        result = task.failed(error)
    except Exception as error:  # a fault of ours, or of a layer below: it must not hide what was written
        result = task.failed(UnexpectedError(error))
    return {
        name: task.masker.mask_all(value) if name in _QUOTING else value for name, value in result.items()
    }


class _Task:
    """One task; `masker` knows its secrets."""

    def __init__(
        self,
        definition: Definition,
        options: Mapping[str, Any],
        check: bool,
        hidden: bool,
        warn: Callable[[str], None],
    ) -> None:
        self.masker = Masker([options.get("app_secret"), options.get("password")])
        self.masker.add_words(*secret_values(short_secrets(definition.options), options))
        self.masker.add_words(*secrets_in_data(definition, options))
        self._definition = definition
        self._options = options
        self._check = check
        self._hidden = hidden
        self._warn = warn
        self._client: Client | None = None

    def run(self, environ: Mapping[str, str]) -> dict[str, Any]:
        """The result. Raises PolyvError, and whatever nobody foresaw."""
        need_requests()
        common = {name: self._options[name] for name in COMMON_OPTIONS}
        connection = checked_connection(common)
        if connection.verify is False:
            self._tell(
                "validate_certs is false: whoever answers is taken for the API, and gets passwords and keys."
            )
        credentials = resolved_credentials(common, environ)
        self.masker.add(credentials.app_secret)
        writes = not (self._check or self._definition.read_only)
        self._client = Client(credentials, connection, writes=writes, warn=self._tell, mask=self.masker.mask)
        identity = Identity(self._client)
        verify: str = self._options["verify_writes"]
        context = Context(
            self._client,
            identity,
            ChannelDirectory(self._client, identity),
            self._options,
            self._tell,
            self._check,
            verify,
            self._hidden,
            self.masker.add_words,
        )
        work = self._definition.prepare(context)
        account = {"source": credentials.source, "user_id": identity.user_id}
        return {"account": account, **work()}

    def failed(self, error: PolyvError) -> dict[str, Any]:
        """The result of a task that ended with an error. What was written before is a change all the same, or may be one."""
        changed = self._client is not None and self._client.effective_writes > 0
        return {"changed": changed, **error.as_result()}

    def _tell(self, text: str) -> None:
        self._warn(self.masker.mask(text))
