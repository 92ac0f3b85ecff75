#!/usr/bin/python
# Copyright (c) 2026, polyv.live maintainers
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: polyv_channel
version_added: "2.0.0"
short_description: Make, describe and delete a Polyv live channel
description:
  - Makes a channel (频道) where there is none of its name, describes it, or deletes it. Only what is given is changed.
  - A channel is told by O(channel_id), or by being the only one of O(name), within O(category_id) where that is given. The
    platform allows several channels of one name, and where there are, the task fails and lists them.
  - A channel is made only after a listing has shown that there is none of its name, and the call is sent once. If its answer is
    lost, the module looks for the new channel in the list, and fails if that stays unknown. Tasks of one machine that make the
    same channel wait for each other.
author: polyv.live maintainers (@polyv-live)
extends_documentation_fragment: polyv.live.account
options:
  channel_id:
    description:
      - The number of the channel. Zeros in front don't count. It must exist, unless O(state=absent).
    type: str
  name:
    description:
      - The name of the channel, text on one line of at most 100 characters and not blank. Blanks around it are dropped.
      - Together with O(channel_id) it is the new name of that channel.
      - A YAML number is refused, put it in quotes.
    type: str
  category_id:
    description:
      - The number of a category of channels.
      - Without O(channel_id) only the channels of this category are looked at, and a new channel gets into it. With
        O(channel_id) the channel is moved there.
      - If the list shows a new channel in another category, the task fails, and later tasks of the same machine make no second
        one for a day. Move the channel with O(channel_id) then.
    type: int
  state:
    description:
      - V(present) makes a channel of this O(name) if there is none, which needs O(scene) and O(template).
      - V(absent) deletes the channel, with all that belongs to it. That can't be undone; check mode shows which one it would be.
    type: str
    choices: [present, absent]
    default: present
  scene:
    description:
      - The kind of a new channel. The API can't change it afterwards, and a warning says if the list shows another one.
    type: str
    choices: [topclass, double, train, alone, seminar, guide]
  template:
    description:
      - The layout of a new channel. The API can neither show nor change it afterwards.
    type: str
    choices: [ppt, portrait_ppt, alone, portrait_alone, topclass, portrait_topclass, seminar]
  channel_passwd:
    description:
      - The password of the channel, 6 to 16 characters without blanks. A new channel gets one from the API if it is left out.
      - It is compared with the one in the list of channels, which is read for that even with O(channel_id). A channel that is
        listed with an empty one gets this one.
      - A YAML number is refused, put it in quotes.
    type: str
  seminar_host_password:
    description:
      - The password of the host of a new seminar, with the rules of O(channel_passwd). An existing channel keeps its own.
    type: str
  seminar_attendee_password:
    description:
      - The password of the attendees of a new seminar, with the rules of O(channel_passwd). An existing channel keeps its own.
    type: str
  pure_rtc_enabled:
    description:
      - Whether a new channel is a pure RTC one (C(pureRtcEnabled)). An existing channel keeps what it has.
    type: bool
  type:
    description:
      - Whether a new channel transmits to others or receives from another one. An existing channel keeps what it has.
    type: str
    choices: [normal, transmit, receive]
  publisher:
    description:
      - The name of the host, text on one line and not blank.
    type: str
  start_time:
    description:
      - When the live event starts, as a timestamp of the API. V(0) hides it.
    type: int
  end_time:
    description:
      - When it ends, as a timestamp of the API.
    type: int
  desc:
    description:
      - The description of the channel.
      - The API may show it as empty although it is set. It is compared only where it reads back, and otherwise sent along with
        another change, or with O(force=true). A warning says that it was neither compared nor sent.
    type: str
  max_viewer:
    description:
      - The most viewers at a time, a whole number of at least 0. It counts with O(max_viewer_restrict=true).
    type: int
  max_viewer_restrict:
    description:
      - Whether O(max_viewer) limits the viewers.
    type: bool
  link_mic_limit:
    description:
      - How many viewers may speak at a time, from -1 to 16.
    type: int
  force:
    description:
      - Sends what no read shows, such as O(desc), although nothing else differs.
    type: bool
    default: false
  return_secrets:
    description:
      - Returns RV(channel.channel_passwd). Set C(no_log) on the task.
    type: bool
    default: false
attributes:
  idempotent:
    support: partial
    description:
      - With the same arguments, a second run outside check mode changes nothing, but for one case.
      - With O(force=true) every run sends what no read shows.
notes:
  - Reads of a new channel may lag for 15 s. The task ends when the list shows it, so that tasks that follow can name it.
  - An O(end_time), O(max_viewer_restrict), O(link_mic_limit) or O(channel_passwd) that the API does not show is treated as
    O(desc).
  - A task that fails after it has made a channel names it. Until the list shows that channel, do not run the task again by name.
"""

EXAMPLES = r"""
- name: Make a channel, unless there is one of that name
  polyv.live.polyv_channel:
    app_id: "{{ polyv_app_id }}"
    app_secret: "{{ polyv_app_secret }}"
    name: Main hall
    scene: topclass
    template: ppt
    channel_passwd: "{{ vault_main_hall_password }}"
    publisher: Ms Wang
    max_viewer: 500
    max_viewer_restrict: true
  register: hall

- name: Accept donations there
  polyv.live.polyv_donate:
    channel_id: "{{ hall.channel.channel_id }}"
    type: cash

- name: Give a channel another name
  polyv.live.polyv_channel:
    channel_id: "2191532"
    name: Small hall

- name: Make a seminar in a category, and keep the password that the platform chose
  polyv.live.polyv_channel:
    name: Weekly review
    category_id: 340019
    scene: seminar
    template: seminar
    return_secrets: true
  register: seminar
  no_log: true

- name: Delete the only channel of this name
  polyv.live.polyv_channel:
    name: Rehearsal
    state: absent
"""

RETURN = r"""
channel:
  description: The state after the call, or in check mode the state that would be. With O(state=absent) the channel that was
    deleted. What is not known is null.
  returned: success
  type: dict
  sample:
    channel_id: "2191532"
    name: Main hall
    scene: topclass
    publisher: Ms Wang
    start_time: 0
    category_id: 340019
    max_viewer: 500
    end_time: 0
    max_viewer_restrict: true
    link_mic_limit: -1
    desc:
  contains:
    channel_id:
      description: The channel, null in check mode where it is yet to be made.
      type: str
    name:
      description: Its name.
      type: str
    scene:
      description: Its kind, as the list shows it. Null with O(channel_id), where the list is not read.
      type: str
    publisher:
      description: The name of the host.
      type: str
    start_time:
      description: When the live event starts, 0 where that is not set or hidden.
      type: int
    category_id:
      description: The category.
      type: int
    max_viewer:
      description: The most viewers at a time.
      type: int
    end_time:
      description: When the live event ends, 0 where that is not set.
      type: int
    max_viewer_restrict:
      description: Whether the viewers are limited.
      type: bool
    link_mic_limit:
      description: How many viewers may speak at a time.
      type: int
    desc:
      description: The description, null where no read shows it.
      type: str
    channel_passwd:
      description: The password of the channel.
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
    endpoint: basic-update
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
from ..module_utils._settings.channel.setting import CHANNEL


def main() -> None:
    run(CHANNEL)


if __name__ == "__main__":
    main()
