# Copyright (c) 2026, polyv.live maintainers
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""One task from its options to its result: the same for the ordinary module and inside the controller's worker."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import Any

from ansible_collections.polyv.live.plugins.module_utils import _arguments, _credentials
from ansible_collections.polyv.live.plugins.module_utils._client import Client
from ansible_collections.polyv.live.plugins.module_utils._context import Context, Definition
from ansible_collections.polyv.live.plugins.module_utils._converge import converge
from ansible_collections.polyv.live.plugins.module_utils._errors import PolyvError
from ansible_collections.polyv.live.plugins.module_utils._identity import Identity
from ansible_collections.polyv.live.plugins.module_utils._libraries import need_requests
from ansible_collections.polyv.live.plugins.module_utils._secrets import Masker


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
    masker = Masker([options.get("app_secret"), options.get("password"), environ.get("POLYV_APP_SECRET")])
    try:
        return _execute(definition, options, check, hidden, environ, lambda text: warn(masker.mask(text)))
    except PolyvError as error:
        failure = error.failure.as_dict()
        if failure["message"]:
            failure["message"] = masker.mask(failure["message"])
        return {"failed": True, "msg": masker.mask(error.msg), "failure": failure}


def _execute(
    definition: Definition,
    options: Mapping[str, Any],
    check: bool,
    hidden: bool,
    environ: Mapping[str, str],
    warn: Callable[[str], None],
) -> dict[str, Any]:
    need_requests()
    connection = _arguments.connection(options)
    credentials = _credentials.resolve(options, environ)
    client = Client(credentials, connection, writes=not check, warn=warn)
    identity = Identity(client)
    setting = definition.build(Context(client, identity, options, warn, hidden))
    account = {"source": credentials.source, "user_id": identity.user_id}
    outcome = converge(setting, check=check, verify=options["verify_writes"], warn=warn)
    diff = {"before": _readable(outcome.before), "after": _readable(outcome.after)}
    return {"changed": outcome.changed, "diff": diff, "account": account, **outcome.result}


def _readable(view: Mapping[str, Any]) -> str:
    # As text, because Ansible would print the Chinese in a structure as escapes.
    return json.dumps(view, ensure_ascii=False, indent=2, sort_keys=True) + "\n"
