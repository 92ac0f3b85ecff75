#!/usr/bin/python
# Copyright (c) 2026, polyv.live maintainers
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: polyv_group_user
version_added: "2.0.0"
short_description: Register a Polyv live account under a group account
description:
  - Registers a live account under the group account (集团账号 2.0) of O(app_id), or finds it, and returns its keys.
  - The API can neither change nor delete such an account, so this module only registers those that are missing.
  - An account is registered only after a read has shown that O(email) is absent, and the call is sent once. If its answer is
    lost, the module reads whether the account exists, and fails if that stays unknown. No key is lost by that, since the API
    shows them again.
  - The vendor's own tests never ran these calls; M(polyv.live.polyv_custom_user) registers accounts by older ones.
author: polyv.live maintainers (@polyv-live)
extends_documentation_fragment: polyv.live.account
options:
  email:
    description:
      - The email address that the account signs in with, one address in ASCII such as C(live@example.com).
    type: str
    required: true
  password:
    description:
      - The password of a new account, 8 to 32 characters with letters and digits. An existing account keeps its own.
      - Needed to register, as are O(contacts), O(phone) and O(max_channels).
      - A YAML number is refused, put it in quotes. So is a character that nobody sees.
    type: str
  contacts:
    description:
      - The person to contact, text on one line of at most 200 characters and not blank. Blanks around it are dropped.
      - A YAML number is refused, put it in quotes.
    type: str
  phone:
    description:
      - The telephone number, up to 20 digits, with a leading C(+) and with blanks and hyphens between them at most. The API takes
        at most 3 addresses for one number.
      - A YAML number is taken if it has 11 digits and begins with 1. Any other is refused, because a zero in front makes YAML
        read it as octal. Put it in quotes.
    type: str
  max_channels:
    description:
      - How many channels the account may have, a whole number of at least 0.
      - A warning says where an existing account has another one.
    type: int
  minutes:
    description:
      - The minutes of the account, where the group account is billed by minutes.
    type: int
  concurrent:
    description:
      - The concurrent viewers of the account, where the group account is billed by these. Not together with O(minutes).
    type: int
  link_mic_minutes:
    description:
      - The minutes for joining by microphone (连麦).
    type: int
  link_mic_limit:
    description:
      - How many viewers may join by microphone at a time.
    type: int
  not_found_messages:
    description:
      - Regular expressions, searched for without regard to case in the message of an error, that mean that the account does not
        exist. Every other error fails the task.
      - By default these are forms of C(not found) and C(does not exist) in English and Chinese, unless they speak of
        something else, such as the group account. A list without the account means the same in any case.
    type: list
    elements: str
notes:
  - RV(user.app_secret) is always returned. Set C(no_log) on the task.
  - An account that has expired or is frozen fails the task, with the kind V(inactive) in RV(failure). Where O(app_id) is no group
    account, the kind is V(forbidden).
  - RV(user) is returned as it is, even where O(password) is a part of the email address or of a key. Elsewhere in the
    result Ansible masks the password.
"""

EXAMPLES = r"""
- name: Register the account of a school under a group account and keep its keys
  polyv.live.polyv_group_user:
    app_id: "{{ group_app_id }}"
    app_secret: "{{ group_app_secret }}"
    email: live@school.example.com
    password: "{{ vault_school_password }}"
    contacts: 王老师
    phone: "13800000000"
    max_channels: 20
    minutes: 6000
  register: school
  no_log: true

- name: Read the keys of an existing account again
  polyv.live.polyv_group_user:
    app_id: "{{ group_app_id }}"
    app_secret: "{{ group_app_secret }}"
    email: live@school.example.com
  register: school
  no_log: true
"""

RETURN = r"""
user:
  description: The user, the same on the run that registers and on the runs that find. In check mode of a user that does not
    exist, the keys are null.
  returned: success
  type: dict
  sample:
    email: live@school.example.com
    name:
    app_id: gbxx4kqd2z
    app_secret: VALUE_OF_THE_NEW_SECRET
    user_id: c8f2a1d0e7
  contains:
    email:
      description: The email address.
      type: str
    name:
      description: Always null, the API has no name of such an account.
      type: str
    app_id:
      description: The app id of the new live account.
      type: str
    app_secret:
      description: Its secret, null where the API does not show it.
      type: str
    user_id:
      description: Its id.
      type: str
api_url:
  description: Where the API of the new account is, null for the usual address.
  returned: success
  type: str
  sample: https://api.example.com
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
    endpoint: group-user-create
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
from ..module_utils._settings.group_user import GROUP_USER


def main() -> None:
    run(GROUP_USER)


if __name__ == "__main__":
    main()
