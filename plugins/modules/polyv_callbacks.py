#!/usr/bin/python
# Copyright (c) 2026, polyv.live maintainers
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: polyv_callbacks
version_added: "2.0.0"
short_description: Set the callbacks of a Polyv live account
description:
  - Sets the URLs that Polyv calls for an account (回调地址), and how it reports recordings, by one read and one merging write.
  - Only what is given is touched. A blank URL is refused, because it is what a template leaves that slipped; O(cleared) names the
    URLs to take away.
author: polyv.live maintainers (@polyv-live)
extends_documentation_fragment: polyv.live.account
options:
  record_url:
    description:
      - The URL that Polyv calls when a recording has been made (录制), absolute with C(http://) or C(https://).
    type: str
  playback_url:
    description:
      - The URL that Polyv calls when a playback has been made (回放生成), absolute with C(http://) or C(https://).
    type: str
  ppt_record_url:
    description:
      - The URL that Polyv calls when a recording with slides has been made (课件重制), absolute with C(http://) or C(https://).
    type: str
  stream_url:
    description:
      - The URL that Polyv calls when a stream starts or ends (直播流状态), absolute with C(http://) or C(https://).
    type: str
  channel_basic_update_url:
    description:
      - The URL that Polyv calls when the basic settings of a channel have changed, absolute with C(http://) or C(https://).
    type: str
  live_scan_url:
    description:
      - The URL that Polyv calls when the content review of a live stream has found something (直播审核), absolute with C(http://) or C(https://).
    type: str
  playback_cache_url:
    description:
      - The URL that Polyv calls when a playback has been cached, absolute with C(http://) or C(https://).
    type: str
  ai_ppt_video_url:
    description:
      - The URL that Polyv calls when a video made of slides by AI is ready, absolute with C(http://) or C(https://).
    type: str
  live_violation_cutoff_url:
    description:
      - The URL that Polyv calls when a live stream was cut off for a violation (违规断流), absolute with C(http://) or C(https://).
    type: str
  live_stats_url:
    description:
      - The URL that Polyv calls when the statistics of a live stream are ready, absolute with C(http://) or C(https://).
    type: str
  record_file_type:
    description:
      - Which files of a recording are reported, V(all) or only the V(last) one.
    type: str
    choices: [all, last]
  record_video_types:
    description:
      - The formats in which recordings are reported. Their order does not count.
    type: list
    elements: str
    choices: [m3u8, mp4]
  rebirth_vod:
    description:
      - Whether Polyv calls again when a recording was made anew as a video on demand (重制点播).
    type: bool
  cleared:
    description:
      - The URLs to take away, by the names of their options.
    type: list
    elements: str
    choices:
      - record_url
      - playback_url
      - ppt_record_url
      - stream_url
      - channel_basic_update_url
      - live_scan_url
      - playback_cache_url
      - ai_ppt_video_url
      - live_violation_cutoff_url
      - live_stats_url
notes:
  - Polyv calls the URLs with a C(sign) that covers only the timestamp of the call, so a receiver must not take the other values
    as authenticated.
seealso:
  - module: polyv.live.polyv_record_callback
    description: Sets the same as O(record_url) by an older call. Use one of the two for an account.
"""

EXAMPLES = r"""
- name: Be told of recordings and of streams
  polyv.live.polyv_callbacks:
    app_id: "{{ polyv_app_id }}"
    app_secret: "{{ polyv_app_secret }}"
    record_url: https://hooks.example.com/polyv/recordings
    record_video_types: [m3u8, mp4]
    stream_url: https://hooks.example.com/polyv/streams

- name: No longer be told of playbacks
  polyv.live.polyv_callbacks:
    app_id: "{{ polyv_app_id }}"
    app_secret: "{{ polyv_app_secret }}"
    cleared: [playback_url]
"""

RETURN = r"""
callbacks:
  description: The state after the call, or in check mode the state that would be. A URL that is not set is null.
  returned: success
  type: dict
  sample:
    record_url: https://hooks.example.com/polyv/recordings
    playback_url:
    record_file_type: all
    record_video_types: [m3u8, mp4]
    rebirth_vod: false
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
    endpoint: callback-update
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
from ..module_utils._settings.callbacks import CALLBACKS


def main() -> None:
    run(CALLBACKS)


if __name__ == "__main__":
    main()
