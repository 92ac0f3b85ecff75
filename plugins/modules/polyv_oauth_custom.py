#!/usr/bin/python
# Copyright (c) 2026, polyv.live maintainers
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: polyv_oauth_custom
version_added: "1.0.0"
short_description: Set the custom authorization URL of Polyv live channels
description:
  - Sets the URL of the custom authorization page (自定义授权地址) of one channel, or of every channel of the account.
  - It does not make custom authorization the active watch condition of a channel. A warning tells where it is not.
  - Before it writes, the module makes sure that O(user_id) is the account that O(app_id) belongs to.
author: polyv.live maintainers (@polyv-live)
extends_documentation_fragment: polyv.live.account
options:
  custom_uri:
    description:
      - The URL that viewers are sent to, absolute with C(http://) or C(https://), without C(?) and not on localhost.
      - No spelling of localhost is accepted, and no full-width question mark, user name before the host, backslash, blank or
        character that nobody sees.
    type: str
    required: true
  channel_id:
    description:
      - The number of the channel. Zeros in front don't count. Exactly one of O(channel_id), O(channel) and O(all_channels=true)
        must be given.
    type: str
  channel:
    description:
      - The name of the channel, instead of O(channel_id). It must be the name of exactly one channel of the account, which is
        looked up in one listing.
    type: str
    version_added: "2.0.0"
  all_channels:
    description:
      - V(true) sets every channel of the account. No other spelling is accepted, so that a template that slips can't
        change a whole account.
      - Channels are read in bulk. If fewer than 20 differ, each of them is written; otherwise one call writes the whole
        account, channels that already agree included, and a warning says how many those are.
    type: raw
  return_secrets:
    description:
      - Whether to return the secret key of each channel. Set C(no_log) on the task as well.
    type: bool
    default: false
notes:
  - Whether the key of a channel changes when its URL is written again is not known.
seealso:
  - module: polyv.live.polyv_watch_condition
    description: Sets the URL and the key, and switches custom authorization on. Use one of the two for a channel.
"""

EXAMPLES = r"""
- name: Authorize the viewers of one channel
  polyv.live.polyv_oauth_custom:
    app_id: "{{ polyv_app_id }}"
    app_secret: "{{ polyv_app_secret }}"
    channel_id: "2191532"
    custom_uri: https://login.example.com/polyv

- name: Authorize the viewers of every channel of the account
  polyv.live.polyv_oauth_custom:
    all_channels: true
    custom_uri: https://login.example.com/polyv

- name: Authorize the viewers of one channel and keep its key
  polyv.live.polyv_oauth_custom:
    channel_id: "2191532"
    custom_uri: https://login.example.com/polyv
    return_secrets: true
  register: authorization
  no_log: true
"""

RETURN = r"""
channels:
  description: The state of the channels concerned after the call, or in check mode the state that would be.
  returned: success
  type: list
  elements: dict
  sample:
    - channel_id: "2191532"
      custom_uri: https://login.example.com/polyv
      auth_type: custom
      enabled: true
  contains:
    channel_id:
      description: The channel.
      type: str
    custom_uri:
      description: The URL of its custom authorization page.
      type: str
    auth_type:
      description: The type of its primary watch condition, V(custom) for custom authorization.
      type: str
    enabled:
      description: Whether the primary watch condition is on.
      type: bool
    secret_key:
      description: The key that signs the authorization of a viewer.
      returned: with O(return_secrets=true)
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
    endpoint: oauth-custom
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
from ..module_utils._settings.oauth_custom.setting import OAUTH_CUSTOM


def main() -> None:
    run(OAUTH_CUSTOM)


if __name__ == "__main__":
    main()
