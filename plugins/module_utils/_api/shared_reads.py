# Copyright (c) 2026, polyv.live maintainers
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Reads of which several settings take a part. Source: docs/api.md §4, §7.1 and §7.2."""

from __future__ import annotations

from .endpoint import Access, Endpoint

# The watch conditions of one channel, and of every channel of the account.
AUTH_GET = Endpoint("auth-get", "GET", "/live/v3/channel/auth/get", Access.READ)
LIST_DETAIL = Endpoint("list-detail", "POST", "/live/v3/channel/management/list-detail", Access.READ)
# Every callback of the account.
CALLBACK_GET = Endpoint("callback-get", "GET", "/live/v4/user/global-setting/callback/get", Access.READ)
