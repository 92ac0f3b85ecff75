# Copyright (c) 2026, polyv.live maintainers
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""WeChat share: the account's own URL for shares in WeChat. Source: docs/api.md §4."""

from __future__ import annotations

from .._api.endpoint import Access, Endpoint
from .._engine.definition import Context, Definition, one_setting
from .._engine.setting import Unreadable
from .._engine.table import Field, Fields, Table, TableSetting
from .._errors import CallError, Kind
from .._options import urls

# There is no way to clear it: the API requires a URL.
TABLE = Table(
    "weixin_share",
    Endpoint("get-weixin-share-api", "POST", "/live/v3/user/get-weixin-share-api", Access.READ),
    Endpoint("set-weixin-share-api", "POST", "/live/v3/user/set-weixin-share-api", Access.WRITE),
    (Field("url", read_as=None, write_as="url", check=urls.url),),
)


class WeixinShare(TableSetting):
    """Its read is known from a third party's client only, so it may be missing or forbidden."""

    def __init__(self, context: Context) -> None:
        super().__init__(TABLE, context, {"url": context.options["url"]})

    def read(self) -> Fields:
        try:
            return super().read()
        except CallError as error:
            if not self._is_unavailable(error):
                raise
            reason = (
                f"The current WeChat share URL can't be read ({error.failure.message or 'HTTP 404'}), so it is written "
                "without comparing and without reading back: the task reports changed on every run."
            )
            raise Unreadable(reason, {"url": "(not readable)"}) from None

    def _is_unavailable(self, error: CallError) -> bool:
        if error.failure.kind is Kind.FORBIDDEN:
            return True
        if 404 not in (error.failure.http_status, error.failure.code):
            return False
        # A wrong api_url gives 404 as well; an address at which the account answers is the right one.
        self._context.identity.confirm()
        return True


WEIXIN_SHARE = Definition(
    options={"url": {"type": "str", "required": True}}, prepare=one_setting(WeixinShare)
)
