#!/usr/bin/python
# Copyright (c) 2026, polyv.live maintainers
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: polyv_account_info
version_added: "2.0.0"
short_description: Read what is set on a Polyv account
description:
  - Returns everything of an account that the modules of this collection can set, as far as the API shows it, in the names and shapes
    of their results. Nothing is written, and no password, code or key is returned unless O(return_secrets=true).
  - What the API does not let this account read is named in RV(unreadable) with the reason, and fails nothing. The task fails where
    no read would be of use, such as with wrong credentials, without a connection, or while the API throttles.
author: polyv.live maintainers (@polyv-live)
extends_documentation_fragment: polyv.live.account
options:
  from_role_variables:
    description:
      - Takes the credentials and the options of the connection from the variables of the role P(polyv.live.account#role), such as
        C(account_app_id). A variable that is set wins over an option of the task, and null counts as not given.
    type: bool
    default: false
  gather_subset:
    description:
      - What to read. A C(!) in front of a subset leaves it out, and where nothing else is given, out of V(bulk).
      - V(bulk) is all that takes one request, or one for each 1000 items. It is V(account), V(weixin_share), V(callbacks),
        V(new_channel_watch_condition), V(function_switches) and V(sub_accounts), one request each, and V(channels),
        V(watch_conditions) and V(oauth_custom) out of the two lists of the channels, which are read once for all three. An account
        of 1000 channels takes eight requests.
      - V(all) is that, and what the API gives channel by channel only, at one request for each channel, V(channel_details),
        V(donations) and V(channel_function_switches). An account of 1000 channels takes about 3000 requests more, which is half a
        minute at the usual O(rate_limit).
      - V(account) is the account itself, V(weixin_share) its WeChat share URL, V(callbacks) its callback URLs and how recordings are
        reported, V(new_channel_watch_condition) what new channels copy, V(function_switches) its own function switches,
        V(sub_accounts) who else may work in the console.
      - V(channels) is what the lists show of each channel, V(watch_conditions) are both watch conditions of each, V(oauth_custom) is
        the stored URL of custom authorization of each, V(channel_details) is all that is known of each, V(donations) are both kinds
        of each, V(channel_function_switches) are the function switches of each.
    type: list
    elements: str
    default: [bulk]
  return_secrets:
    description:
      - Returns passwords of channels, and codes and keys of watch conditions, in clear. Set C(no_log) on the task.
    type: bool
    default: false
attributes:
  check_mode:
    support: full
    description: Reads the same as outside check mode.
  diff_mode:
    support: none
    description: There is nothing to compare.
  idempotent:
    support: full
    description: It changes nothing.
notes:
  - What can be written and not read, such as the password of a sub-account, is nowhere in the result. Neither is the description of a
    channel that reads as empty although it is set.
seealso:
  - module: polyv.live.polyv_account
    description: Sets what this one reads.
"""

EXAMPLES = r"""
- name: Read what is set on an account
  polyv.live.polyv_account_info:
    app_id: "{{ polyv_app_id }}"
    app_secret: "{{ polyv_app_secret }}"
  register: live

- name: Name the channels that everybody may watch
  ansible.builtin.debug:
    msg: >-
      {{ live.account_info.watch_conditions | selectattr('rank', 'eq', 1) | selectattr('enabled')
         | selectattr('type', 'eq', 'public') | map(attribute='channel_id') }}

- name: Read the donations of each channel, and nothing else
  polyv.live.polyv_account_info:
    app_id: "{{ polyv_app_id }}"
    app_secret: "{{ polyv_app_secret }}"
    gather_subset: [donations]

- name: Keep everything, with its codes and keys
  polyv.live.polyv_account_info:
    app_id: "{{ polyv_app_id }}"
    app_secret: "{{ polyv_app_secret }}"
    gather_subset: [all, "!sub_accounts"]
    return_secrets: true
  no_log: true
  register: complete
"""

RETURN = r"""
account_info:
  description:
    - What was read, one key for each subset of O(gather_subset). Null is a subset that can't be read at all, see RV(unreadable). A
      subset of channels lacks those that are named there.
  returned: success
  type: dict
  sample:
    account: {user_id: 1b448be323, email: school@example.com, max_channels: 5000, total_channels: 1}
    weixin_share: {url: https://share.example.com/live}
    channels:
      - channel_id: "2191532"
        name: Main hall
        scene: topclass
        category_id: 1
        publisher:
        start_time: 0
  contains:
    account:
      description: The id and email of the account, how many channels it may have, and how many it has.
      type: dict
    weixin_share:
      description: As RV(polyv.live.polyv_weixin_share#module:weixin_share).
      type: dict
    callbacks:
      description: As RV(polyv.live.polyv_callbacks#module:callbacks).
      type: dict
    new_channel_watch_condition:
      description: As RV(polyv.live.polyv_watch_condition#module:watch_conditions) with C(for_new_channels).
      type: list
      elements: dict
    function_switches:
      description: The switches of the account as RV(polyv.live.polyv_function_switches#module:switches).
      type: dict
    sub_accounts:
      description: Each as RV(polyv.live.polyv_sub_account#module:sub_account).
      type: list
      elements: dict
    channels:
      description:
        - What the lists show of each channel, C(channel_id), C(name), C(scene), C(category_id), C(publisher) and C(start_time), with
          O(return_secrets) also C(channel_passwd), null for none.
      type: list
      elements: dict
    watch_conditions:
      description: Two for each channel as RV(polyv.live.polyv_watch_condition#module:watch_conditions).
      type: list
      elements: dict
    oauth_custom:
      description: One for each channel as RV(polyv.live.polyv_oauth_custom#module:channels).
      type: list
      elements: dict
    channel_details:
      description: Each channel as RV(polyv.live.polyv_channel#module:channel).
      type: list
      elements: dict
    donations:
      description: Two for each channel, of type C(cash) and C(good), as RV(polyv.live.polyv_donate#module:donate).
      type: list
      elements: dict
    channel_function_switches:
      description:
        - One for each channel, C(channel_id), and C(switches) as RV(polyv.live.polyv_function_switches#module:switches).
      type: list
      elements: dict
unreadable:
  description: What could not be read, and why.
  returned: success
  type: list
  elements: dict
  sample:
    - subset: weixin_share
      channel_id:
      msg: "get-weixin-share-api: access forbidden. The account has not bought this feature, or may not use it: ask Polyv."
      failure: {kind: forbidden, code: 500, message: access forbidden}
  contains:
    subset:
      description: The subset.
      type: str
    channel_id:
      description: The channel that can't be read, null where it is the whole subset.
      type: str
    msg:
      description: The reason, for people.
      type: str
    failure:
      description: The reason, for machines, as RV(failure).
      type: dict
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
    endpoint: get-info
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
from ..module_utils._settings.account.info.setting import ACCOUNT_INFO


def main() -> None:
    run(ACCOUNT_INFO)


if __name__ == "__main__":
    main()
