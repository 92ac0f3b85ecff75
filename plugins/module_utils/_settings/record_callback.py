# Copyright (c) 2026, polyv.live maintainers
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Record callback: the URL that Polyv calls when a recording is made. Source: docs/api.md §4."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from .._api import answers
from .._api.endpoint import Access, Endpoint
from .._engine.converge import Setting
from .._engine.definition import Context, Definition, one_setting
from .._errors import InputError
from .._options import urls

READ = Endpoint("callback-get", "GET", "/live/v4/user/global-setting/callback/get", Access.READ)
WRITE = Endpoint("set-record-callback", "POST", "/live/v2/user/{userId}/set-record-callback", Access.WRITE)


@dataclass(frozen=True)
class Callback:
    """The URL, or None where the callback is off."""

    url: str | None


class RecordCallback(Setting[Callback]):
    """On with a URL, off without one."""

    def __init__(self, context: Context) -> None:
        self._context = context
        url, state = context.options["url"], context.options["state"]
        # Ansible's own rule takes `url: null` for given; without this it would switch the callback off.
        if url is None and state == "present":
            raise InputError("url", "must be given; to switch the callback off, say state=absent")
        checked = None if url is None else urls.url("url", url)
        self._url = checked if state == "present" else None
        context.warn_of_secret("url", self._url)

    def read(self) -> Callback:
        data = answers.mapping(READ, self._context.client.call(READ))
        return Callback(answers.text(READ, data.get("recordCallbackUrl"), "a recordCallbackUrl that is text"))

    def desired(self, current: Callback) -> Callback:
        return Callback(self._url)

    def authorize(self) -> None:
        self._context.identity.confirm()

    def write(self, current: Callback, desired: Callback) -> Callback:
        # Off means the parameter left out; sent empty it is refused (docs/api.md §4).
        self._context.client.call(
            WRITE, {"url": desired.url}, path={"userId": self._context.identity.confirm()}
        )
        return desired

    def result(self, state: Callback) -> dict[str, Any]:
        return {"record_callback": self.view(state)}

    def view(self, state: Callback) -> dict[str, Any]:
        return {"url": state.url}


RECORD_CALLBACK = Definition(
    options={
        "url": {"type": "str"},
        "state": {"type": "str", "choices": ["present", "absent"], "default": "present"},
    },
    rules={"required_if": [("state", "present", ["url"])]},
    prepare=one_setting(RecordCallback),
)
