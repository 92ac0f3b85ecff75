# Copyright (c) 2026, polyv.live maintainers
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""When an answer means that a user does not exist: open (docs/api.md §4, §7.7), so decided by the message."""

from __future__ import annotations

import re
from collections.abc import Sequence

from .._errors import CallError, Failure, InputError, Kind
from .._options.quoting import got

_DEFAULT = (
    r"not found",
    r"does ?n[o']t exist|does not exist|not exists?\b",
    r"不存在|未找到|找不到|没有找到",
)
# "application not found." is no word about the user, and neither is a gateway that knows no such address, nor a missing group
# account or sub-account. Taken for one, it would register somebody a second time.
_OF_SOMETHING_ELSE = re.compile(
    r"app ?id|application|\bapi\b|interface|\burl\b|\buri\b|path|page|resource|route|channel|children|group|organi[sz]ation|"
    r"应用|接口|地址|路径|页面|频道|集团|子账号|组织",
    re.IGNORECASE,
)
# Errors whose meaning is known and another; see _api/envelope.py.
_POSSIBLE_KINDS = (Kind.REJECTED, Kind.UNAVAILABLE)


class Absence:
    """Tells "no such user" from every other error."""

    def __init__(self, messages: Sequence[str] | None) -> None:
        self._patterns = [
            _compiled(index, message)
            for index, message in enumerate(_DEFAULT if messages is None else messages)
        ]
        self._is_default = messages is None

    def means_absent(self, failure: Failure) -> bool:
        """Whether a failed read says that the user does not exist."""
        if failure.kind not in _POSSIBLE_KINDS or not failure.message:
            return False
        if self._is_default and _OF_SOMETHING_ELSE.search(failure.message):
            return False
        return any(pattern.search(failure.message) for pattern in self._patterns)

    def explained(self, error: CallError, email: str) -> CallError:
        """The error, with a word on what to set if its message does mean that."""
        if error.failure.kind not in _POSSIBLE_KINDS or not error.failure.message:
            return error
        return error.with_msg(
            f"{error.msg} Whether {email} is registered is not known, so nobody was. If this message means that the user does "
            "not exist, add it to not_found_messages."
        )


def _compiled(index: int, message: str) -> re.Pattern[str]:
    if not message.strip():
        raise InputError(f"not_found_messages[{index}]", "got a blank text, which would match every error")
    try:
        return re.compile(message, re.IGNORECASE)
    except re.error as error:
        raise InputError(
            f"not_found_messages[{index}]", f"{got(message)}, must be a regular expression ({error})"
        ) from None
