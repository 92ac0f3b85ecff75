#!/usr/bin/python
# Copyright (c) 2026, polyv.live maintainers
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: polyv_weixin_share
version_added: "1.0.0"
short_description: Set the WeChat share URL of a Polyv live account
description:
  - Sets the account's own URL for sharing in WeChat (微信分享自定义 URL).
  - Polyv documents no way to clear it, so neither does this module.
author: polyv.live maintainers (@polyv-live)
extends_documentation_fragment: polyv.live.account
options:
  url:
    description:
      - The URL, absolute with C(http://) or C(https://), which becomes lower case. Everything else is stored byte for byte.
      - The host is a name, or an address in its usual form. A user name before the host, a backslash, a blank and a character
        that nobody sees are refused.
    type: str
    required: true
notes:
  - The call that reads the current URL is known from a third party's client only. Where the API refuses it, the module warns,
    writes without comparing, and reports a change on every run.
attributes:
  idempotent:
    support: partial
    description:
      - With the same arguments, a second run outside check mode changes nothing, but for one case.
      - Where the API does not let the URL be read, it is written again, and reported as changed, by every run.
"""

EXAMPLES = r"""
- name: Set the WeChat share URL
  polyv.live.polyv_weixin_share:
    app_id: "{{ polyv_app_id }}"
    app_secret: "{{ polyv_app_secret }}"
    url: https://share.example.com/live

- name: Set it with the credentials from the environment
  polyv.live.polyv_weixin_share:
    url: https://share.example.com/live?from=wechat&name=直播

- name: Show what would change, without changing it
  polyv.live.polyv_weixin_share:
    url: https://share.example.com/live
  check_mode: true
  diff: true
"""

RETURN = r"""
weixin_share:
  description: The state after the call, or in check mode the state that would be.
  returned: success
  type: dict
  sample: {url: https://share.example.com/live}
  contains:
    url:
      description: The WeChat share URL.
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
    endpoint: set-weixin-share-api
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
from ..module_utils._settings.weixin_share import WEIXIN_SHARE


def main() -> None:
    run(WEIXIN_SHARE)


if __name__ == "__main__":
    main()
