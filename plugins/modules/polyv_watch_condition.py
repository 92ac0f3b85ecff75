#!/usr/bin/python
# Copyright (c) 2026, polyv.live maintainers
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: polyv_watch_condition
version_added: "2.0.0"
short_description: Set who may watch the channels of a Polyv live account
description:
  - Sets the watch conditions (观看条件) of a channel, of every channel of the account, or those that new channels copy.
  - There are two, a primary and a secondary one. What is not given stays what it is, other types' values included.
  - Unlike M(polyv.live.polyv_oauth_custom), which only stores the URL of custom authorization, this module switches a
    condition on.
author: polyv.live maintainers (@polyv-live)
extends_documentation_fragment: polyv.live.account
options:
  channel_id:
    description:
      - The number of the channel. Zeros in front don't count. Exactly one of O(channel_id), O(channel), O(all_channels=true)
        and
        O(for_new_channels=true) must be given.
    type: str
  channel:
    description:
      - The name of the channel, instead of O(channel_id). It must be the name of exactly one channel of the account.
    type: str
  all_channels:
    description:
      - V(true) sets every channel of the account, one after the other; channels are read in bulk. No other spelling is
        accepted, so
        that a template that slips can't change a whole account. Check mode and the diff name the channels.
    type: raw
  for_new_channels:
    description:
      - V(true) sets what channels copy that are made from now on. Channels that exist are not touched. No other spelling is
        accepted.
    type: raw
  primary:
    description:
      - The primary watch condition. It needs a O(primary.type), or O(primary.enabled=false).
      - Fields that are not given stay what they are. A condition is compared within its type only.
    type: dict
    suboptions:
      type:
        description:
          - Who may watch. V(public) everybody, V(code) who knows a code (验证码), V(phone) who is on the white list (白名单), V(info)
            who fills in a form (登记观看), V(pay) who pays (付费), V(external) and V(custom) whom your own page lets in, V(direct) who
            comes by a link of yours, V(wx) who logs in with WeChat.
        type: str
        choices: [public, code, phone, info, pay, external, custom, direct, wx]
      enabled:
        description:
          - Whether the condition is on. V(false) switches it off and takes no type.
        type: bool
        default: true
      auth_code:
        description:
          - The code that viewers enter, at most 8 characters, for new channels 64. Only with O(primary.type=code).
        type: str
      qcode_tips:
        description:
          - The text beside the QR code from which viewers get the code. Only with O(primary.type=code).
        type: str
      qcode_img:
        description:
          - The address of the image of that QR code, absolute with C(http://) or C(https://). Only with O(primary.type=code).
        type: str
      auth_tips:
        description:
          - The text above the field for the number, for new channels required and at most 20 characters. Only with
            O(primary.type=phone).
        type: str
      white_list_entry_text:
        description:
          - The text of the button, for new channels required and at most 64 characters. Only with O(primary.type=phone).
        type: str
      info_fields:
        description:
          - The fields of the form, 1 to 5 of them, for new channels up to 10. Only with O(primary.type=info).
        type: list
        elements: dict
        suboptions:
          name:
            description: Its name, at most 8 characters.
            type: str
            required: true
          type:
            description: What viewers enter.
            type: str
            choices: [name, text, mobile, number, option]
            required: true
          options:
            description: What viewers choose from. Required with V(option), not allowed otherwise.
            type: list
            elements: str
          placeholder:
            description: What the empty field says, at most 8 characters.
            type: str
          sms:
            description: Whether the number is checked by a short message. Only with V(mobile).
            type: bool
            default: false
      info_auth_tips:
        description:
          - The text above the form. Only with O(primary.type=info).
        type: str
      info_desc:
        description:
          - The description below the form. Only with O(primary.type=info).
        type: str
      info_entry_text:
        description:
          - The text of the button. Only with O(primary.type=info).
        type: str
      pay_auth_tips:
        description:
          - The text that says what is paid for. Only with O(primary.type=pay).
        type: str
      price:
        description:
          - The price, a number of at least 0. Only with O(primary.type=pay).
        type: str
      watch_end_time:
        description:
          - Until when a paid channel may be watched, such as V(2026-12-31 23:59). Only with O(primary.type=pay).
        type: str
      valid_time_period:
        description:
          - How long a paid channel may be watched, as the API takes it. Only with O(primary.type=pay).
        type: str
      external_key:
        description:
          - The key of external authorization, for new channels at most 64 characters. Only with O(primary.type=external).
        type: str
      external_uri:
        description:
          - The address that checks viewers (外部授权), absolute with C(http://) or C(https://), for new channels at most 128
            characters. Only with O(primary.type=external).
        type: str
      external_redirect_uri:
        description:
          - Where viewers go who may not watch, for new channels at most 350 characters. Only with O(primary.type=external).
        type: str
      external_entry_text:
        description:
          - The text of the button, for new channels at most 24 characters. Only with O(primary.type=external).
        type: str
      custom_key:
        description:
          - The key of custom authorization (自定义授权), at most 10 characters, for new channels 64. Only with
            O(primary.type=custom).
        type: str
      custom_uri:
        description:
          - The URL that viewers are sent to, checked as in M(polyv.live.polyv_oauth_custom). Only with O(primary.type=custom).
        type: str
      direct_key:
        description:
          - The key of direct authorization (直接授权), for new channels at most 64 characters. Only with O(primary.type=direct).
        type: str
      wx_auth_expire_value:
        description:
          - How long an authorization in WeChat lasts, such as V(3d) or V(12h). Only with O(primary.type=wx).
        type: str
  secondary:
    description:
      - The secondary watch condition. It needs a O(secondary.type), or O(secondary.enabled=false).
      - Fields that are not given stay what they are. A condition is compared within its type only.
    type: dict
    suboptions:
      type:
        description:
          - Who may watch. V(public) everybody, V(code) who knows a code (验证码), V(phone) who is on the white list (白名单), V(info)
            who fills in a form (登记观看), V(pay) who pays (付费), V(external) and V(custom) whom your own page lets in, V(direct) who
            comes by a link of yours, V(wx) who logs in with WeChat.
        type: str
        choices: [public, code, phone, info, pay, external, custom, direct, wx]
      enabled:
        description:
          - Whether the condition is on. V(false) switches it off and takes no type.
        type: bool
        default: true
      auth_code:
        description:
          - The code that viewers enter, at most 8 characters, for new channels 64. Only with O(secondary.type=code).
        type: str
      qcode_tips:
        description:
          - The text beside the QR code from which viewers get the code. Only with O(secondary.type=code).
        type: str
      qcode_img:
        description:
          - The address of the image of that QR code, absolute with C(http://) or C(https://). Only with O(secondary.type=code).
        type: str
      auth_tips:
        description:
          - The text above the field for the number, for new channels required and at most 20 characters. Only with
            O(secondary.type=phone).
        type: str
      white_list_entry_text:
        description:
          - The text of the button, for new channels required and at most 64 characters. Only with O(secondary.type=phone).
        type: str
      info_fields:
        description:
          - The fields of the form, 1 to 5 of them, for new channels up to 10. Only with O(secondary.type=info).
        type: list
        elements: dict
        suboptions:
          name:
            description: Its name, at most 8 characters.
            type: str
            required: true
          type:
            description: What viewers enter.
            type: str
            choices: [name, text, mobile, number, option]
            required: true
          options:
            description: What viewers choose from. Required with V(option), not allowed otherwise.
            type: list
            elements: str
          placeholder:
            description: What the empty field says, at most 8 characters.
            type: str
          sms:
            description: Whether the number is checked by a short message. Only with V(mobile).
            type: bool
            default: false
      info_auth_tips:
        description:
          - The text above the form. Only with O(secondary.type=info).
        type: str
      info_desc:
        description:
          - The description below the form. Only with O(secondary.type=info).
        type: str
      info_entry_text:
        description:
          - The text of the button. Only with O(secondary.type=info).
        type: str
      pay_auth_tips:
        description:
          - The text that says what is paid for. Only with O(secondary.type=pay).
        type: str
      price:
        description:
          - The price, a number of at least 0. Only with O(secondary.type=pay).
        type: str
      watch_end_time:
        description:
          - Until when a paid channel may be watched, such as V(2026-12-31 23:59). Only with O(secondary.type=pay).
        type: str
      valid_time_period:
        description:
          - How long a paid channel may be watched, as the API takes it. Only with O(secondary.type=pay).
        type: str
      external_key:
        description:
          - The key of external authorization, for new channels at most 64 characters. Only with O(secondary.type=external).
        type: str
      external_uri:
        description:
          - The address that checks viewers (外部授权), absolute with C(http://) or C(https://), for new channels at most 128
            characters. Only with O(secondary.type=external).
        type: str
      external_redirect_uri:
        description:
          - Where viewers go who may not watch, for new channels at most 350 characters. Only with O(secondary.type=external).
        type: str
      external_entry_text:
        description:
          - The text of the button, for new channels at most 24 characters. Only with O(secondary.type=external).
        type: str
      custom_key:
        description:
          - The key of custom authorization (自定义授权), at most 10 characters, for new channels 64. Only with
            O(secondary.type=custom).
        type: str
      custom_uri:
        description:
          - The URL that viewers are sent to, checked as in M(polyv.live.polyv_oauth_custom). Only with
            O(secondary.type=custom).
        type: str
      direct_key:
        description:
          - The key of direct authorization (直接授权), for new channels at most 64 characters. Only with O(secondary.type=direct).
        type: str
      wx_auth_expire_value:
        description:
          - How long an authorization in WeChat lasts, such as V(3d) or V(12h). Only with O(secondary.type=wx).
        type: str
  follow_account:
    description:
      - Whether the channel follows the watch conditions of its account. If it is left out, that stays as it is.
      - V(true) can't be together with O(primary) or O(secondary). Channels of Polyv's new backend refuse the change, and the
        task then
        fails. Not with O(for_new_channels).
    type: bool
  return_secrets:
    description:
      - Returns the codes and keys of the conditions in clear. Set C(no_log) on the task, or be careful with what is registered.
    type: bool
    default: false
notes:
  - "Never keep codes and keys in clear in C(group_vars). Let the standard name a variable, and take its value from Ansible Vault or
    from the AWX credential type I(Polyv watch condition) of this collection."
  - A code or key is compared like every other field, and the diff says only whether it is the one asked for.
  - Whether the documented way to switch the primary condition off works on channels of Polyv's new backend is not known. A
    task whose
    write never shows fails, see O(verify_writes).
seealso:
  - module: polyv.live.polyv_oauth_custom
    description: Stores the URL of custom authorization by an older call. Use one of the two for a channel.
"""

EXAMPLES = r"""
- name: Let in who knows the code
  polyv.live.polyv_watch_condition:
    app_id: "{{ polyv_app_id }}"
    app_secret: "{{ polyv_app_secret }}"
    channel_id: "2191532"
    primary:
      type: code
      auth_code: "{{ vault_polyv_auth_code }}"

- name: Send the viewers of every channel to our own login
  polyv.live.polyv_watch_condition:
    app_id: "{{ polyv_app_id }}"
    app_secret: "{{ polyv_app_secret }}"
    all_channels: true
    primary:
      type: custom
      custom_uri: https://login.example.com/polyv
      custom_key: "{{ vault_polyv_custom_key }}"
    secondary:
      enabled: false

- name: New channels are open to everybody
  polyv.live.polyv_watch_condition:
    app_id: "{{ polyv_app_id }}"
    app_secret: "{{ polyv_app_secret }}"
    for_new_channels: true
    primary:
      type: public
"""

RETURN = r"""
watch_conditions:
  description: Both conditions of each channel concerned after the call, or in check mode as they would be, with the fields of their type.
  returned: success
  type: list
  elements: dict
  sample:
    - channel_id: "2191532"
      follows_account: false
      rank: 1
      type: custom
      enabled: true
      custom_uri: https://login.example.com/polyv
  contains:
    channel_id:
      description: The channel, null for what new channels copy.
      type: str
    follows_account:
      description: Whether the channel follows the conditions of its account, null for what new channels copy.
      type: bool
    rank:
      description: V(1) is the primary condition, V(2) the secondary one.
      type: int
    type:
      description: Its type, also one that can't be chosen here, or null.
      type: str
    enabled:
      description: Whether it is on.
      type: bool
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
    endpoint: auth-update
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
from ..module_utils._settings.watch_condition.setting import WATCH_CONDITION


def main() -> None:
    run(WATCH_CONDITION)


if __name__ == "__main__":
    main()
