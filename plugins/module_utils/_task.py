# Copyright (c) 2026, polyv.live maintainers
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""One task from its options to its result: the same for the ordinary module and inside the controller's worker."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from ansible_collections.polyv.live.plugins.module_utils import _arguments, _credentials
from ansible_collections.polyv.live.plugins.module_utils._client import Client
from ansible_collections.polyv.live.plugins.module_utils._context import Context, Definition
from ansible_collections.polyv.live.plugins.module_utils._errors import PolyvError
from ansible_collections.polyv.live.plugins.module_utils._identity import Identity
from ansible_collections.polyv.live.plugins.module_utils._libraries import need_requests
from ansible_collections.polyv.live.plugins.module_utils._secrets import Masker

# The parts of a result that may quote an answer of the API.
_FROM_ERRORS = ("msg", "failure", "settings")


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
    masker = Masker([options.get("app_secret"), options.get("password")])
    try:
        result = _execute(definition, options, check, hidden, environ, masker, warn)
    except PolyvError as error:
        result = {"failed": True, "msg": error.msg, "failure": error.failure.as_dict()}
    return {name: masker.mask_all(value) if name in _FROM_ERRORS else value for name, value in result.items()}


def _execute(
    definition: Definition,
    options: Mapping[str, Any],
    check: bool,
    hidden: bool,
    environ: Mapping[str, str],
    masker: Masker,
    warn: Callable[[str], None],
) -> dict[str, Any]:
    def tell(text: str) -> None:
        warn(masker.mask(text))

    need_requests()
    connection = _arguments.connection(options)
    if connection.verify is False:
        tell("validate_certs is false: whoever answers is taken for the API, and gets passwords and keys.")
    credentials = _credentials.resolve(options, environ)
    masker.add(credentials.app_secret)
    client = Client(credentials, connection, writes=not check, warn=tell)
    identity = Identity(client)
    verify: bool = options["verify_writes"]
    work = definition.prepare(Context(client, identity, options, tell, check, verify, hidden))
    account = {"source": credentials.source, "user_id": identity.user_id}
    return {"account": account, **work()}
