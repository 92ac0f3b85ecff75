#!/usr/bin/python
# Copyright (c) 2026, polyv.live maintainers
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: polyv_function_switches
version_added: "2.0.0"
short_description: Switch functions of a Polyv channel, or of the account, on and off
description:
  - Sets the function switches (功能开关) of a channel or of the account, by one read, and one write for each switch that differs.
  - Switches that are not given stay what they are.
author: polyv.live maintainers (@polyv-live)
extends_documentation_fragment: polyv.live.account
options:
  channel_id:
    description:
      - The number of the channel. Zeros in front don't count. Exactly one of O(channel_id), O(channel) and O(account_wide=true) must
        be given.
    type: str
  channel:
    description:
      - The name of the channel, instead of O(channel_id). It must be the name of exactly one channel of the account.
    type: str
  account_wide:
    description:
      - V(true) sets the switches of the account itself, which channels have that follow it. No other spelling is accepted, so that a
        template that slips can't change a whole account.
    type: raw
  switches:
    description:
      - The switches, V(true) for what viewers are to have. The API calls the first three the other way round (C(isClosePreview) and so
        on), which this module takes care of.
    type: dict
    required: true
    suboptions:
      preview:
        description: Whether viewers have the preview before a live stream.
        type: bool
      chat_list:
        description: Whether viewers have the list of those who chat.
        type: bool
      danmu:
        description: Whether viewers have comments that fly over the picture (弹幕).
        type: bool
      mobile_watch:
        description: Whether viewers have watching on a phone.
        type: bool
      mobile_audio:
        description: Whether viewers have listening only on a phone.
        type: bool
      auto_play:
        description: Whether viewers have playing by itself.
        type: bool
      booking:
        description: Whether viewers have booking a live stream (预约).
        type: bool
      red_pack:
        description: Whether viewers have red packets (红包).
        type: bool
      share_button:
        description: Whether viewers have the button to share.
        type: bool
      chat:
        description: Whether viewers have the chat.
        type: bool
      consulting_menu:
        description: Whether viewers have the menu to ask questions (咨询提问).
        type: bool
      praise:
        description: Whether viewers have likes (点赞).
        type: bool
      welcome:
        description: Whether viewers have the words of welcome.
        type: bool
      viewer_send_image:
        description: Whether viewers have images sent by viewers.
        type: bool
"""

EXAMPLES = r"""
- name: A quiet channel
  polyv.live.polyv_function_switches:
    app_id: "{{ polyv_app_id }}"
    app_secret: "{{ polyv_app_secret }}"
    channel: Main hall
    switches:
      danmu: false
      chat: false

- name: No red packets unless a channel says otherwise
  polyv.live.polyv_function_switches:
    app_id: "{{ polyv_app_id }}"
    app_secret: "{{ polyv_app_secret }}"
    account_wide: true
    switches:
      red_pack: false
"""

RETURN = r"""
switches:
  description:
    - Every switch after the call, or in check mode as it would be, V(true) for what viewers have. Null is a switch that the API
      does not list.
  returned: success
  type: dict
  sample: {preview: true, chat: false, danmu: false}
channel_id:
  description: The channel, null for the account.
  returned: success
  type: str
  sample: "2191532"
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
    endpoint: switch-get
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
from ..module_utils._settings.function_switches import FUNCTION_SWITCHES


def main() -> None:
    run(FUNCTION_SWITCHES)


if __name__ == "__main__":
    main()
