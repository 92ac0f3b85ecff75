# Copyright (c) 2026, polyv.live maintainers
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The options that every module shares."""

from __future__ import annotations


class ModuleDocFragment:
    """Which account, and how to reach the API."""

    DOCUMENTATION = r"""
options:
  app_id:
    description:
      - The app id of the live account.
      - O(app_id), O(app_secret) and O(user_id) come as one set from one source. If any of them is given as an option, all
        come from the options. Otherwise, if O(account) is given, all come from that entry of O(accounts_file). Otherwise
        all come from the environment variables E(POLYV_APP_ID), E(POLYV_APP_SECRET) and E(POLYV_USER_ID).
      - Half a set is an error, and a blank option is one too. A blank environment variable counts as not set.
    type: str
  app_secret:
    description:
      - The secret that belongs to O(app_id). It signs the calls and is never sent.
    type: str
  user_id:
    description:
      - The id of the live account, letters and digits. Put it in quotes, YAML and INI inventories read some ids as numbers.
      - When it is left out, it is read from the API, which takes one more request. When it is given, the API must confirm
        it before anything is written that concerns the whole account.
    type: str
  accounts_file:
    description:
      - A YAML or JSON file with the credentials of many accounts, plain or encrypted with Ansible Vault. It is read on the
        controller when the task runs. If not set, the environment variable E(POLYV_ACCOUNTS_FILE) is used, of Ansible
        itself or in C(environment) of the task, its block or its play.
      - A relative path starts at the working directory. It must be an ordinary file of at most 16 MB.
      - It holds a list C(accounts), each with C(name), C(app_id), C(app_secret), and where wanted C(user_id) and C(api_url).
    type: path
  account:
    description:
      - The name of the entry of O(accounts_file) to use. Its C(api_url), if it has one, is used instead of O(api_url).
    type: str
  api_url:
    description:
      - Where the API is, scheme, host, port and path. If not set, the environment variable E(POLYV_API_URL) is used.
    type: str
    default: https://api.polyv.net
  allow_http:
    description:
      - Accepts an O(api_url) that starts with C(http://) and is not on this machine. Passwords and keys then travel in
        clear.
    type: bool
    default: false
  validate_certs:
    description:
      - Whether the server's certificate must be trusted.
    type: bool
    default: true
  ca_path:
    description:
      - File or directory with the certificates of the authorities to trust. A file is an ordinary one of at most 16 MB.
    type: path
  timeout:
    description:
      - Seconds to wait for a connection, and for each part of an answer, above 0 and at most V(3600).
      - One exchange as a whole, from connecting to the last byte of the answer, ends after three times as long, whatever the
        server does. An answer of more than 16 MiB is not read further.
    type: float
    default: 20
  retries:
    description:
      - How many times a call is sent again when the network or the API is out of order. Every attempt is signed anew.
      - What may have happened already and must not happen twice, such as a registration, is not sent again.
      - At most V(1000).
    type: int
    default: 5
  max_wait:
    description:
      - Seconds that the task may spend waiting, for retries and for the request limit together, at most V(86400).
    type: float
    default: 120
  signature_method:
    description:
      - The digest that signs the calls.
    type: str
    choices: [md5, sha256]
    default: md5
  rate_limit:
    description:
      - Requests that all tasks of one user on this machine may send in any 10 seconds, over all accounts, from V(0) to
        V(1500). V(0) switches the limit off. If not set, the environment variable E(POLYV_RATE_LIMIT) is used.
      - Polyv blocks an IP address for 5 minutes after 1500 requests in 10 seconds. Machines and execution environments
        behind one address have to share that number.
    type: int
    default: 1200
  verify_writes:
    description:
      - What to make of a write that the API accepts and no read shows. What was written is read back for up to 15 seconds,
        because reads of this API can lag behind; on accounts of Polyv's new backend some older calls answer success and change
        nothing.
      - "V(strict): the task fails with the kind V(not_applied). V(warn): it goes on with a warning. V(off): nothing is read
        back."
      - What can't be read at all never fails for it. Neither does a registration, whose result holds the keys.
      - Until release 2.0.0 this was a boolean. V(true) is taken as V(warn) and V(false) as V(off), and both are deprecated. Write
        V(off) in quotes, because without them YAML reads a boolean.
    type: str
    choices: ["strict", "warn", "off"]
    default: strict
requirements:
  - python >= 3.10
  - requests
attributes:
  check_mode:
    support: full
    description: Nothing is written in check mode; the result is the state that would be.
  diff_mode:
    support: full
    description: Returns what changes, or would change in check mode, without any secret.
  idempotent:
    support: full
    description: With the same arguments, a second run outside check mode changes nothing.
  platform:
    support: full
    platforms: posix
    description: Runs wherever the API can be reached, usually on the controller.
  action_group:
    support: full
    membership: [polyv.live.polyv]
    description: Use C(group/polyv.live.polyv) in C(module_defaults) to name the account once for all modules.
notes:
  - Keys, ids, addresses and URLs with a character that nobody sees, such as a zero width space, a byte order mark or a mark of
    direction, are refused, and the message names it. Names may hold what belongs to an emoji or to the writing of a language,
    and an ideographic space inside.
  - An id that was read as a number, such as C(1.448323e+16), is refused. Lists, mappings and booleans are refused where text
    is meant.
  - A loop over keys prints them as its C(item), whatever the module hides, so hide the task with C(no_log) or loop over names.
    A task with C(async) leaves its module with the keys in Ansible's temporary directory. A token in a callback URL is no
    secret to Ansible. The task warns of each.
  - What the API does was taken from Polyv's pages and clients; where they are silent, the README of this collection lists
    what is not known.
"""
