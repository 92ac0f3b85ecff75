#!/usr/bin/python
# Copyright (c) 2026, polyv.live maintainers
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: polyv_custom_user
version_added: "1.0.0"
short_description: Register a Polyv live account under a reseller's
description:
  - Registers a custom user (自定义注册用户), which is a live account of its own, under the account of O(app_id).
  - The API can neither change nor delete a user, so this module only registers those who are missing.
  - A user is registered only after a read has shown that O(email) is absent, and the call is sent once. If its answer is
    lost, the module reads whether the user exists, and fails if that stays unknown.
author: polyv.live maintainers (@polyv-live)
extends_documentation_fragment: polyv.live.account
options:
  email:
    description:
      - The email address that the user signs in with, one address in ASCII such as C(live@example.com).
    type: str
    required: true
  mobile:
    description:
      - The mobile number, up to 20 digits, with a leading C(+) and with blanks and hyphens between them at most.
      - A YAML number is taken if it has 11 digits and begins with 1. Any other is refused, because a zero in front makes YAML
        read it as octal. Put it in quotes.
    type: str
    required: true
  password:
    description:
      - The password of a new user, 5 to 16 characters. An existing user keeps theirs.
      - A YAML number is refused, put it in quotes. So is a character that nobody sees.
    type: str
    required: true
    aliases: [passwd]
  name:
    description:
      - The name of a new user, text on one line of at most 200 characters and not blank. Blanks around it are dropped.
      - A YAML number is refused, put it in quotes.
    type: str
  industry:
    description:
      - The name of the user's company, with the rules of O(name).
    type: str
  sale_id:
    description:
      - The id of the sales person, a whole number of at least 0.
    type: int
  not_found_messages:
    description:
      - Regular expressions, searched for without regard to case in the message of an error, that mean that the user does not
        exist. Every other error fails the task.
      - By default these are forms of C(not found) and C(does not exist) in English and Chinese, unless they speak of
        something else, such as an application.
    type: list
    elements: str
notes:
  - RV(user.app_secret) may never be readable again, so it is always returned. Set C(no_log) on the task.
  - RV(user) is returned as it is, even where O(password) is a part of the email address or of a key. Elsewhere in the
    result Ansible masks the password.
"""

EXAMPLES = r"""
- name: Register the account of a school and keep its keys
  polyv.live.polyv_custom_user:
    app_id: "{{ reseller_app_id }}"
    app_secret: "{{ reseller_app_secret }}"
    email: live@school.example.com
    mobile: "13800000000"
    password: "{{ vault_school_password }}"
    name: 示例学校
    industry: Example School
  register: school
  no_log: true

- name: Name the message of an absent user, where the API uses another than the usual ones
  polyv.live.polyv_custom_user:
    email: live@school.example.com
    mobile: "13800000000"
    password: "{{ vault_school_password }}"
    not_found_messages:
      - ^no such account
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
    name: 示例学校
    app_id: gbxx4kqd2z
    app_secret: VALUE_OF_THE_NEW_SECRET
    user_id: c8f2a1d0e7
  contains:
    email:
      description: The email address.
      type: str
    name:
      description: The name.
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
    endpoint: add-custom-user
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
from ..module_utils._settings.custom_user import CUSTOM_USER


def main() -> None:
    run(CUSTOM_USER)


if __name__ == "__main__":
    main()
