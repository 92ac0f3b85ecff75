# Copyright (c) 2026, polyv.live maintainers
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a setting is given to work with, and what it tells of itself."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from ansible_collections.polyv.live.plugins.module_utils._client import Client
from ansible_collections.polyv.live.plugins.module_utils._converge import Setting
from ansible_collections.polyv.live.plugins.module_utils._identity import Identity


@dataclass(frozen=True)
class Context:
    """One task on one account. `options` are the validated options of the setting, `warn` takes a sentence.

    `hidden` tells whether the task has `no_log: true`.
    """

    client: Client
    identity: Identity
    options: Mapping[str, Any]
    warn: Callable[[str], None]
    hidden: bool = False


@dataclass(frozen=True)
class Definition:
    """A setting as the modules see it: its options, the rules between them, and how it is made.

    `options` is an argument spec, `rules` the further arguments of AnsibleModule such as `required_if`. `build` checks the
    options of the context and raises InputError, before any request.
    """

    options: Mapping[str, Any]
    build: Callable[[Context], Setting[Any]]
    rules: Mapping[str, Any] = field(default_factory=dict)
