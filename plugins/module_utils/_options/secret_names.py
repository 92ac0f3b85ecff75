# Copyright (c) 2026, polyv.live maintainers
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Names that say that the value is a secret."""

from __future__ import annotations

import re

_PARAMETER = re.compile(r"(token|secret|passw(or)?d|pwd|key|sign|signature|auth)$", re.IGNORECASE)
# By its end: `return_secrets: true` is a setting, and `design` no signature.
_VARIABLE = re.compile(
    r"(?i:secret|(secret|custom|private|api|access|auth)[_-]?key|passwords?|passwd|passphrase|pwd|token|(?<![a-z])sign"
    r"|(?<![a-z])pass)[0-9]*$|[a-z]Pass[0-9]*$"
)


def is_secret_parameter(name: str) -> bool:
    """Whether a parameter in the query of a URL is one. It only warns, so it may be wrong."""
    return bool(_PARAMETER.search(name))


def is_secret_variable(name: str) -> bool:
    """Whether a variable of a host is one, where it would be refused."""
    return bool(_VARIABLE.search(name))
