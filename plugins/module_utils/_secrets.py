# Copyright (c) 2026, polyv.live maintainers
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Keeps secrets out of text that people read: errors, warnings, diffs."""

from __future__ import annotations

import re
from collections.abc import Iterable
from urllib.parse import quote, quote_plus

MASK = "********"

# A signature is no secret value known beforehand, so it is found by its name instead.
_SIGNATURE = re.compile(r"(\bsign=)[^&\s\"']+", re.IGNORECASE)


class Masker:
    """Replaces known secrets, in clear or URL encoded, and anything that looks like a signature."""

    def __init__(self, secrets: Iterable[str | None] = ()) -> None:
        forms = {
            form
            for secret in secrets
            if secret
            for form in (secret, quote(secret, safe=""), quote_plus(secret))
        }
        # Longest first: a secret that contains another must go as a whole.
        self._forms = sorted(forms, key=len, reverse=True)

    def mask(self, text: str) -> str:
        """`text` without the secrets."""
        for form in self._forms:
            text = text.replace(form, MASK)
        return _SIGNATURE.sub(rf"\1{MASK}", text)
