# Copyright (c) 2026, polyv.live maintainers
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The options by which an inventory reaches the API: those of the modules, as an inventory file takes them."""

from __future__ import annotations


class ModuleDocFragment:
    """How to reach the API."""

    DOCUMENTATION = r"""
options:
  api_url:
    description:
      - Where the API is, scheme, host, port and path, for accounts whose entry has no C(api_url). If not set, the environment variable
        E(POLYV_API_URL) is used, else V(https://api.polyv.net).
    type: str
    version_added: "2.0.0"
  allow_http:
    description:
      - Accepts an address that starts with C(http://) and is not on this machine.
    type: bool
    default: false
    version_added: "2.0.0"
  validate_certs:
    description:
      - Whether the server's certificate must be trusted.
    type: bool
    default: true
    version_added: "2.0.0"
  ca_path:
    description:
      - File or directory with the certificates of the authorities to trust. A relative path starts at the directory of the inventory
        file.
    type: str
    version_added: "2.0.0"
  timeout:
    description:
      - Seconds to wait for a connection, and for each part of an answer, above 0 and at most V(3600).
    type: float
    default: 20
    version_added: "2.0.0"
  retries:
    description:
      - How many times a call is sent again when the network or the API is out of order, at most V(1000).
    type: int
    default: 5
    version_added: "2.0.0"
  max_wait:
    description:
      - Seconds that may be spent waiting for each account, for retries and for the request limit together, at most V(86400).
    type: float
    default: 120
    version_added: "2.0.0"
  signature_method:
    description:
      - The digest that signs the calls.
    type: str
    choices: [md5, sha256]
    default: md5
    version_added: "2.0.0"
  rate_limit:
    description:
      - Requests that all inventories and tasks of one user on this machine may send in any 10 seconds, over all accounts, from V(0) to
        V(1500). V(0) switches the limit off. If not set, the environment variable E(POLYV_RATE_LIMIT) is used, else V(1200).
    type: int
    version_added: "2.0.0"
"""
