# Copyright (c) 2026, polyv.live maintainers
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""WeChat share: the account's own URL for shares in WeChat. Source: docs/api.md §4."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from .._api import answers
from .._api.endpoint import Access, Endpoint
from .._engine.converge import Setting
from .._engine.definition import Context, Definition, one_setting
from .._errors import CallError
from .._options import urls

# Known from a third party's client only, so it may be missing or forbidden.
READ = Endpoint("get-weixin-share-api", "POST", "/live/v3/user/get-weixin-share-api", Access.READ)
WRITE = Endpoint("set-weixin-share-api", "POST", "/live/v3/user/set-weixin-share-api", Access.WRITE)


@dataclass(frozen=True)
class Share:
    """The URL, or None for unset. `known` is False where the API does not let it be read."""

    url: str | None
    known: bool = True


class WeixinShare(Setting[Share]):
    """There is no way to clear it: the API requires a URL."""

    def __init__(self, context: Context) -> None:
        self._context = context
        self._url = urls.url("url", context.options["url"])
        context.warn_of_secret("url", self._url)

    def read(self) -> Share:
        try:
            return Share(answers.text(READ, self._context.client.call(READ), "a URL"))
        except CallError as error:
            if not self._read_is_unavailable(error):
                raise
            self._context.warn(
                f"The current WeChat share URL can't be read ({error.failure.message or 'HTTP 404'}), so it is written "
                "without comparing and without reading back: the task reports changed on every run."
            )
            return Share(None, known=False)

    def desired(self, current: Share) -> Share:
        return Share(self._url, current.known)

    def differs(self, current: Share, desired: Share) -> bool:
        return current != desired or not current.known

    def readable(self, current: Share) -> bool:
        return current.known

    def write(self, current: Share, desired: Share) -> Share:
        self._context.client.call(WRITE, {"url": desired.url})
        return desired

    def result(self, state: Share) -> dict[str, Any]:
        return {"weixin_share": {"url": state.url}}

    def view(self, state: Share) -> dict[str, Any]:
        unknown = not state.known and state.url is None
        return {"url": "(not readable)" if unknown else state.url}

    def _read_is_unavailable(self, error: CallError) -> bool:
        if error.failure.kind == "forbidden":
            return True
        if 404 not in (error.failure.http_status, error.failure.code):
            return False
        # A wrong api_url gives 404 as well; an address at which the account answers is the right one.
        self._context.identity.confirm()
        return True


WEIXIN_SHARE = Definition(
    options={"url": {"type": "str", "required": True}}, prepare=one_setting(WeixinShare)
)
