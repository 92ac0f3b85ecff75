#!/usr/bin/python
# Copyright (c) 2026, polyv.live maintainers
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: polyv_record_callback
version_added: "1.0.0"
short_description: Set or switch off the record callback of a Polyv live account
description:
  - Sets the URL that Polyv calls when a recording has been made (录制通知回调地址), or switches the callback off.
  - Before it writes, the module makes sure that O(user_id) is the account that O(app_id) belongs to.
author: polyv.live maintainers (@polyv-live)
extends_documentation_fragment: polyv.live.account
options:
  url:
    description:
      - The URL, absolute with C(http://) or C(https://), which becomes lower case. Everything else is stored byte for byte.
      - The host is a name, or an address in its usual form. A user name before the host, a backslash, a blank and a character
        that nobody sees are refused.
      - Required with O(state=present), and without effect with O(state=absent).
    type: str
  state:
    description:
      - Whether there is a callback. V(absent) switches it off, whatever its URL is.
    type: str
    choices: [present, absent]
    default: present
notes:
  - Polyv calls the URL with a C(sign) that covers only the timestamp of the call, so a receiver must not take the other values
    as authenticated.
"""

EXAMPLES = r"""
- name: Be told of every recording
  polyv.live.polyv_record_callback:
    app_id: "{{ polyv_app_id }}"
    app_secret: "{{ polyv_app_secret }}"
    url: https://hooks.example.com/polyv/recordings

- name: Name the account once, and the setting in the task
  module_defaults:
    group/polyv.live.polyv:
      app_id: "{{ polyv_app_id }}"
      app_secret: "{{ polyv_app_secret }}"
      user_id: "{{ polyv_user_id }}"
  block:
    - name: Switch the record callback off
      polyv.live.polyv_record_callback:
        state: absent

- name: Fail the play where an account has drifted from the standard
  polyv.live.polyv_record_callback:
    url: https://hooks.example.com/polyv/recordings
  check_mode: true
  register: callback
  failed_when: callback is changed or callback is failed
"""

RETURN = r"""
record_callback:
  description: The state after the call, or in check mode the state that would be.
  returned: success
  type: dict
  sample: {url: https://hooks.example.com/polyv/recordings}
  contains:
    url:
      description: The URL of the callback, null where it is off.
      type: str
account:
  description: Which account the task worked on.
  returned: success
  type: dict
  sample: {source: options, user_id: 1b448be323}
  contains:
    source:
      description: Where the credentials came from, V(options), V(accounts_file) or V(environment).
      type: str
    user_id:
      description: The id of the live account.
      type: str
failure:
  description: Why the task failed, for machines. RV(ignore:msg) says the same for people.
  returned: failure
  type: dict
  sample:
    kind: invalid_signature
    code: 403
    message: invalid signature.
    endpoint: set-record-callback
    http_status: 200
    request_id:
    attempts: 1
  contains:
    kind:
      description:
        - The kind of the failure.
        - "V(invalid_input), an option has a value that it can't have."
        - "V(credentials), there is no set of credentials, half a set, or one that can't be right."
        - "V(local), something is in the way on the machine that runs the task."
        - "V(busy), another task of this machine is registering the same email, or creating the same channel or sub-account."
        - "V(unreachable), the connection failed, or broke before an answer arrived."
        - "V(certificate), the certificate of the server is not trusted."
        - "V(redirected), the server redirects elsewhere, which is not followed."
        - "V(unknown_endpoint), the server has no such address."
        - "V(unreadable), the answer is none of the API."
        - "V(unknown_application), the API knows no such app_id."
        - "V(invalid_signature), the API refuses the signature."
        - "V(invalid_timestamp), the API refuses the time of this machine."
        - "V(forbidden), the account may not call the endpoint."
        - "V(wrong_account), app_id does not belong to the account user_id."
        - "V(unknown_channel), the account has no such channel."
        - "V(ambiguous_channel), the account has more than one channel of that name."
        - "V(inactive), what the task is about is frozen or has expired."
        - "V(throttled), the API, or the request limit of this machine, allows no more requests now."
        - "V(unavailable), the API is out of order."
        - "V(rejected), the API answered with another error."
        - "V(not_applied), the API accepted a write that no read shows."
        - "V(unexpected_data), the API reported success with data of an unknown form."
        - "V(outcome_unknown), a registration, or the creation of a channel or a sub-account, may or may not have happened."
        - "V(unexpected), an exception came up that nothing foresaw; please report it."
      type: str
    code:
      description: The code in the answer of the API.
      type: int
    message:
      description: The message in the answer of the API.
      type: str
    endpoint:
      description: The endpoint that was called.
      type: str
    http_status:
      description: The HTTP status of the answer.
      type: int
    request_id:
      description: The id that the API gave to the request, where it names one.
      type: str
    attempts:
      description: How many times the call was sent.
      type: int
"""

from ..module_utils._engine.module import run
from ..module_utils._settings.record_callback import RECORD_CALLBACK


def main() -> None:
    run(RECORD_CALLBACK)


if __name__ == "__main__":
    main()
