#!/usr/bin/python
# Copyright (c) 2026, polyv.live maintainers
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: polyv_sub_account
version_added: "2.0.0"
short_description: Manage the sub-accounts of a Polyv live account
description:
  - Creates, changes and deletes a sub-account (子账号), which is a person with a sign-in and a role of their own in the console of
    the account of O(app_id).
  - A sub-account is created only after a read has shown that O(email) is absent, and the call is sent once. If its answer is
    lost, the module reads whether the sub-account exists, and fails if that stays unknown.
  - Of an existing sub-account only what is given and differs is changed.
author: polyv.live maintainers (@polyv-live)
extends_documentation_fragment: polyv.live.account
options:
  email:
    description:
      - The email address that the sub-account signs in with, one address in ASCII such as C(teacher@example.com). It tells one
        sub-account from another.
    type: str
    required: true
  state:
    description:
      - V(present) creates or changes the sub-account, V(absent) deletes it.
      - With V(absent) all other options are left aside.
    type: str
    choices: [present, absent]
    default: present
  name:
    description:
      - The name, text on one line of at most 50 characters and not blank. Blanks around it are dropped.
      - Needed to create a sub-account.
    type: str
  password:
    description:
      - The password, 8 to 16 characters with letters and digits. No read shows it.
      - Needed to create a sub-account. Sent to an existing one only with O(update_password=always).
      - A YAML number is refused, put it in quotes. So is a character that nobody sees.
    type: str
  update_password:
    description:
      - V(on_create) leaves the password of an existing sub-account alone.
      - V(always) sets it on each run, which is then a change each time.
    type: str
    choices: [on_create, always]
    default: on_create
  role:
    description:
      - The role by its name. A name that no role has is an error that lists the roles there are.
      - This or O(role_id) is needed to create a sub-account.
    type: str
  role_id:
    description:
      - The role by its id, instead of O(role).
    type: str
  organization_id:
    description:
      - The id of the organization that the sub-account belongs to.
    type: str
  telephone:
    description:
      - The telephone number, up to 20 digits, with a leading C(+) and with blanks and hyphens between them at most.
      - A YAML number is taken if it has 11 digits and begins with 1. Any other is refused, because a zero in front makes YAML
        read it as octal. Put it in quotes.
    type: str
  description:
    description:
      - A description, text on one line of at most 100 characters and not blank. Blanks around it are dropped.
    type: str
  force:
    description:
      - Sends what the read does not carry, such as O(telephone), although nothing else differs.
    type: bool
    default: false
attributes:
  idempotent:
    support: partial
    description:
      - With the same arguments, a second run outside check mode changes nothing, but for two cases.
      - With O(update_password=always) every run sets the password.
      - With O(force=true) every run sends what no read shows.
notes:
  - A field that the read does not carry at all is not compared. It is sent when the sub-account is created, along with another
    change, or with O(force=true), and a warning says so. A field that is there and empty counts as not set.
  - What is left out stays as it is. The API has no documented way to clear a field.
  - A sub-account that is frozen (C(FROZEN)) fails the task with O(state=present), since the API can't unfreeze it; the kind in
    RV(failure) is V(inactive). One that the API lists as deleted (C(DELETE)) is absent. Whether its address can be used again is
    not documented.
  - RV(sub_account) is returned as it is, even where O(password) is a part of the email address. Elsewhere in the result Ansible
    masks the password.
"""

EXAMPLES = r"""
- name: Give a teacher a sign-in
  polyv.live.polyv_sub_account:
    email: teacher@school.example.com
    name: 王老师
    password: "{{ vault_teacher_password }}"
    role: 讲师
    telephone: "13800000000"
    description: Teaches mathematics

- name: Change their role and nothing else
  polyv.live.polyv_sub_account:
    email: teacher@school.example.com
    role_id: "1"

- name: Set a new password
  polyv.live.polyv_sub_account:
    email: teacher@school.example.com
    password: "{{ vault_teacher_password }}"
    update_password: always

- name: Delete the sub-account of someone who left
  polyv.live.polyv_sub_account:
    email: former@school.example.com
    state: absent
"""

RETURN = r"""
sub_account:
  description: The sub-account after the task; in check mode as it would be. What is not known is null, and so is everything but
    the email address where there is no such sub-account.
  returned: success
  type: dict
  sample:
    email: teacher@school.example.com
    name: 王老师
    child_user_id: d2e9f0a1b3
    status: NORMAL
    role: 讲师
    role_id: "2"
    organization: 总部
    organization_id: "10"
    telephone: "13800000000"
    description: Teaches mathematics
  contains:
    email:
      description: The email address.
      type: str
    name:
      description: The name.
      type: str
    child_user_id:
      description: The id of the sub-account.
      type: str
    status:
      description: The status in the words of the API, such as V(NORMAL) or V(FROZEN).
      type: str
    role:
      description: The name of the role.
      type: str
    role_id:
      description: The id of the role.
      type: str
    organization:
      description: The name of the organization.
      type: str
    organization_id:
      description: The id of the organization.
      type: str
    telephone:
      description: The telephone number.
      type: str
    description:
      description: The description.
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
    endpoint: children-create
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
from ..module_utils._settings.sub_account.setting import SUB_ACCOUNT


def main() -> None:
    run(SUB_ACCOUNT)


if __name__ == "__main__":
    main()
