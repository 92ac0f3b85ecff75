#!/usr/bin/python
# Copyright (c) 2026, polyv.live maintainers
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: polyv_api
version_added: "2.0.0"
short_description: Send one signed call to any endpoint of the Polyv live API
description:
  - Sends one call, signed anew at each attempt, with the retries, the request limit and the failures of the other modules. It is for
    endpoints that no module of this collection is for.
  - It compares nothing. A call that writes is sent by every run, and is reported as a change by every run.
  - "A write is sent once: again only where the API surely did not take it, such as after a refused connection or when it throttles.
    Before a write, and before check mode predicts one, the API must confirm that the keys are those of O(user_id), if it is given."
author: polyv.live maintainers (@polyv-live)
extends_documentation_fragment: polyv.live.account
options:
  method:
    description:
      - The method of the call.
    type: str
    choices: [GET, POST]
    default: GET
  path:
    description:
      - The path of the endpoint, as Polyv's pages name it, such as V(/live/v3/channel/auth/get). The host is that of O(api_url) and no
        other one. A part may be V({userId}), which stands for the id of the account, as the API confirms it.
      - It has ASCII letters, digits and C(-._~) between its slashes. Parameters go into O(query).
    type: str
    required: true
  access:
    description:
      - "Whether the call only reads or may change something. It is never guessed from O(method): some reads are POST, and some GETs
        write."
      - In check mode, a call with V(read) is sent and one with V(write) is not. What is said to read is sent again when its answer
        gets lost.
    type: str
    choices: [read, write]
    required: true
  query:
    description:
      - Parameters in the query, as text or numbers. They are signed. With a GET all of them go here, and beside O(json) those that the
        endpoint has in its query, such as C(channelId).
      - Lists are one text with commas. A value must not be blank. The parameters C(appId), C(timestamp), C(sign), C(signatureMethod),
        C(signatureNonce) and C(appSecret) are refused here, in O(form), in O(files) and at the top of O(json), because every call is
        signed by this module.
    type: dict
  form:
    description:
      - Parameters in the body of a POST, like those of O(query). They are signed.
    type: dict
  json:
    description:
      - A mapping or a list that is the JSON body of a POST. It is not signed.
      - Some endpoints ignore a C(channelId) in it and then change the whole account. Where this is known of an endpoint, the task is
        refused unless C(channelId) is in O(query).
    type: raw
  files:
    description:
      - At most 20 files, each as one part of a multipart body, which has the parameters of O(form) too. They are not signed.
    type: list
    elements: dict
    suboptions:
      name:
        description: The name of the part. Several files may share one.
        type: str
        required: true
      path:
        description:
          - The file, on the controller, found as Ansible finds files in C(files) of a role or beside a playbook. At most 50 MiB.
        type: path
        required: true
      filename:
        description:
          - The name under which it is sent, also the source of its media type. If not set, it is the last part of O(files[].path).
        type: str
  mask:
    description:
      - Names of fields whose values are secret, in O(query), O(form), O(json) and RV(data) at any depth, in upper or lower case.
      - Always masked are fields whose name says so, such as C(appSecret), C(channelPasswd), C(password), C(sign), C(token),
        C(authCode) and whatever ends in C(Key).
    type: list
    elements: str
attributes:
  check_mode:
    support: partial
    description: In check mode a call with O(access=write) is not sent and has no RV(data). One with O(access=read) is sent.
    details: What a write would answer is not known, so nothing can be predicted of it.
  diff_mode:
    support: none
    description: What a call would change is not known.
  idempotent:
    support: none
    description: A call with O(access=write) is a change at each run.
notes:
  - O(verify_writes) has no effect here, because nothing is read back.
seealso:
  - module: polyv.live.polyv_account
  - module: polyv.live.polyv_watch_condition
"""

EXAMPLES = r"""
- name: Look at the account
  polyv.live.polyv_api:
    app_id: "{{ polyv_app_id }}"
    app_secret: "{{ polyv_app_secret }}"
    path: /live/v3/user/get-info
    access: read
  register: info

- name: List the channels, in a read that is a POST
  polyv.live.polyv_api:
    app_id: "{{ polyv_app_id }}"
    app_secret: "{{ polyv_app_secret }}"
    method: POST
    path: /live/v3/channel/management/list-detail
    access: read
    form: {page: 1, pageSize: 100}

- name: Switch the chat of a channel off
  polyv.live.polyv_api:
    app_id: "{{ polyv_app_id }}"
    app_secret: "{{ polyv_app_secret }}"
    method: POST
    path: /live/v3/channel/switch/update
    access: write
    form:
      channelId: "2191532"
      type: chat
      enabled: "N"

- name: Rename a channel, by a JSON body with the channel in the query
  polyv.live.polyv_api:
    app_id: "{{ polyv_app_id }}"
    app_secret: "{{ polyv_app_secret }}"
    method: POST
    path: /live/v3/channel/basic/update
    access: write
    query:
      channelId: "2191532"
    json:
      basicSetting:
        name: Great hall

- name: Sell flowers, with their image
  polyv.live.polyv_api:
    app_id: "{{ polyv_app_id }}"
    app_secret: "{{ polyv_app_secret }}"
    method: POST
    path: /live/v2/channelSetting/2191532/setDonate
    access: write
    form: {donateEnabled: "Y", type: good, goodName: Flower, goodPrice: 0.99}
    files:
      - {name: goodImg, path: flower.png}

- name: Switch the record callback of the account off
  polyv.live.polyv_api:
    app_id: "{{ polyv_app_id }}"
    app_secret: "{{ polyv_app_secret }}"
    method: POST
    path: /live/v2/user/{userId}/set-record-callback
    access: write
"""

RETURN = r"""
sent:
  description: Whether the call was sent. It is not with O(access=write) in check mode.
  returned: success
  type: bool
  sample: true
status:
  description: The HTTP status of the answer. Null where the call was not sent; see RV(failure) where it failed.
  returned: success
  type: int
  sample: 200
data:
  description: The C(data) of the answer, of any type, with secrets masked by the names of their fields. Null where the call was not sent.
  returned: success
  type: raw
  sample: {userId: 1b448be323, email: school@example.com}
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
    endpoint: /live/v3/user/get-info
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
from ..module_utils._settings.api.call import API


def main() -> None:
    run(API)


if __name__ == "__main__":
    main()
