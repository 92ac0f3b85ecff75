# Copyright (c) 2026, polyv.live maintainers
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The signature of a Polyv call: pure functions, parameters in and digest out.

Source: docs/api.md §1 (the vendor's page live/api/buildsign, checked against its published digests).
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping


def without_empty(parameters: Mapping[str, str]) -> dict[str, str]:
    """The parameters that may be sent: those whose value is not empty.

    The vendor's own clients disagree on whether an empty value takes part in the signature, so none is ever sent.
    """
    return {name: value for name, value in parameters.items() if value != ""}


def signature_base(parameters: Mapping[str, str], app_secret: str) -> str:
    """The text that is digested: secret, then each name and value in byte order of the names, then secret.

    Code points sort as their UTF-8 bytes do, so Python's own order of `str` is the byte order asked for.
    """
    parts = [name + value for name, value in sorted(without_empty(parameters).items()) if name != "sign"]
    return app_secret + "".join(parts) + app_secret


def sign(parameters: Mapping[str, str], app_secret: str, method: str = "md5") -> str:
    """The upper-case hexadecimal digest over text `parameters` (raw, not URL encoded).

    `method` is `md5` or `sha256`; the parameters must already hold `signatureMethod` when it is not MD5.
    """
    base = signature_base(parameters, app_secret).encode("utf-8")
    # The algorithm is the vendor's; it protects nothing here that a FIPS build would have to refuse.
    return hashlib.new(method, base, usedforsecurity=False).hexdigest().upper()


def signed(
    parameters: Mapping[str, str], app_id: str, app_secret: str, timestamp: int, method: str = "md5"
) -> dict[str, str]:
    """All text parameters of one attempt, signature included.

    `timestamp` is in milliseconds since the epoch; the API accepts it for three minutes (docs/api.md §2).
    """
    complete = without_empty(parameters)
    complete["appId"] = app_id
    complete["timestamp"] = str(timestamp)
    if method != "md5":
        complete["signatureMethod"] = method.upper()
    complete["sign"] = sign(complete, app_secret, method)
    return complete
