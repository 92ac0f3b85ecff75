#!/usr/bin/python
# Copyright (c) 2026, polyv.live maintainers
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: polyv_account
version_added: "1.0.0"
short_description: Bring the settings of a Polyv live account to a desired state
description:
  - Sets any of the settings of an account in one task, by the same code as the modules for single settings, and faster.
    What is left out is not touched.
  - Settings are read at the same time, and watch conditions of several channels with one request.
  - A setting that fails does not stop the others. The task then fails, with a result for each setting.
author: polyv.live maintainers (@polyv-live)
extends_documentation_fragment: polyv.live.account
options:
  from_role_variables:
    description:
      - Takes the options from the variables of the role P(polyv.live.account#role), such as C(account_channels) for
        O(channels).
        A variable that is set wins over an option of the task, and null counts as not given.
      - The tags of the run then select settings by their names, such as C(donate); C(channel) is what describes channels
        themselves, C(account) and those in C(account_tags) are all. So the task itself needs the tag C(always). Where the tags
        select none, it is skipped.
      - It spares a template for each option, which takes most of the time where there are hundreds of accounts.
    type: bool
    default: false
    version_added: 2.0.0
  report_other_channels:
    description:
      - Returns the channels of the account that O(channels) does not name, as RV(other_channels). It takes the listing that
        names of channels need anyway, one request for each 1000 channels.
    type: bool
    default: false
    version_added: 2.0.0
  weixin_share:
    description:
      - The WeChat share URL, see M(polyv.live.polyv_weixin_share).
    type: dict
    suboptions:
      url:
        description:
          - The URL, absolute with C(http://) or C(https://), which becomes lower case. Everything else is stored byte for byte.
          - The host is a name, or an address in its usual form. A user name before the host, a backslash, a blank and a
            character
            that nobody sees are refused.
        type: str
        required: true
  record_callback:
    description:
      - The record callback, see M(polyv.live.polyv_record_callback).
    type: dict
    suboptions:
      url:
        description:
          - The URL, absolute with C(http://) or C(https://), which becomes lower case. Everything else is stored byte for byte.
          - The host is a name, or an address in its usual form. A user name before the host, a backslash, a blank and a
            character
            that nobody sees are refused.
          - Required with O(record_callback.state=present), and without effect with O(record_callback.state=absent).
        type: str
      state:
        description:
          - Whether there is a callback. V(absent) switches it off, whatever its URL is.
        type: str
        choices: [present, absent]
        default: present
  oauth_custom:
    description:
      - The custom authorization URL of every channel of the account, see M(polyv.live.polyv_oauth_custom).
    type: dict
    suboptions:
      custom_uri:
        description:
          - The URL that viewers are sent to, absolute with C(http://) or C(https://), without C(?) and not on localhost.
          - No spelling of localhost is accepted, and no full-width question mark, user name before the host, backslash,
            blank or character that nobody sees.
        type: str
        required: true
      all_channels:
        description:
          - Must be V(true), in so many words, because every channel of the account is set.
        type: raw
        required: true
  callbacks:
    description:
      - Set the callbacks of a Polyv live account, see M(polyv.live.polyv_callbacks).
    type: dict
    suboptions:
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
          - The URL that Polyv calls when a recording with slides has been made (课件重制), absolute with C(http://) or
            C(https://).
        type: str
      stream_url:
        description:
          - The URL that Polyv calls when a stream starts or ends (直播流状态), absolute with C(http://) or C(https://).
        type: str
      channel_basic_update_url:
        description:
          - The URL that Polyv calls when the basic settings of a channel have changed, absolute with C(http://) or
            C(https://).
        type: str
      live_scan_url:
        description:
          - The URL that Polyv calls when the content review of a live stream has found something (直播审核), absolute
            with C(http://) or C(https://).
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
          - The URL that Polyv calls when a live stream was cut off for a violation (违规断流), absolute with C(http://)
            or C(https://).
        type: str
      live_stats_url:
        description:
          - The URL that Polyv calls when the statistics of a live stream are ready, absolute with C(http://) or C(https://).
        type: str
      record_file_type:
        description:
          - Which files of a recording are reported, V(all) or only the V(last) one.
        type: str
        choices:
          - all
          - last
      record_video_types:
        description:
          - The formats in which recordings are reported. Their order does not count.
        type: list
        elements: str
        choices:
          - m3u8
          - mp4
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
  function_switches:
    description:
      - Switch functions of a Polyv channel, or of the account, on and off, see M(polyv.live.polyv_function_switches).
    type: dict
    suboptions:
      account_wide:
        description:
          - V(true) sets the switches of the account itself, which channels have that follow it. No other spelling
            is accepted, so that a template that slips can't change a whole account.
        type: raw
        required: true
      switches:
        description:
          - The switches, V(true) for what viewers are to have. The API calls the first three the other way round
            (C(isClosePreview) and so on), which this module takes care of.
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
  new_channel_watch_condition:
    description:
      - Set who may watch the channels of a Polyv live account, see M(polyv.live.polyv_watch_condition).
    type: dict
    suboptions:
      primary:
        description:
          - The primary watch condition. It needs a O(new_channel_watch_condition.primary.type), or
            O(new_channel_watch_condition.primary.enabled=false).
          - Fields that are not given stay what they are. A condition is compared within its type only.
        type: dict
        suboptions:
          type:
            description:
              - Who may watch. V(public) everybody, V(code) who knows a code (验证码), V(phone) who is on the white list
                (白名单), V(info) who fills in a form (登记观看), V(pay) who pays (付费), V(external) and V(custom) whom your
                own page lets in, V(direct) who comes by a link of yours, V(wx) who logs in with WeChat.
            type: str
            choices:
              - public
              - code
              - phone
              - info
              - pay
              - external
              - custom
              - direct
              - wx
          enabled:
            description:
              - Whether the condition is on. V(false) switches it off and takes no type.
            type: bool
            default: true
          auth_code:
            description:
              - The code that viewers enter, at most 8 characters, for new channels 64. Only with
                O(new_channel_watch_condition.primary.type=code).
            type: str
          qcode_tips:
            description:
              - The text beside the QR code from which viewers get the code. Only with
                O(new_channel_watch_condition.primary.type=code).
            type: str
          qcode_img:
            description:
              - The address of the image of that QR code, absolute with C(http://) or C(https://). Only with
                O(new_channel_watch_condition.primary.type=code).
            type: str
          auth_tips:
            description:
              - The text above the field for the number, for new channels required and at most 20 characters. Only
                with O(new_channel_watch_condition.primary.type=phone).
            type: str
          white_list_entry_text:
            description:
              - The text of the button, for new channels required and at most 64 characters. Only with
                O(new_channel_watch_condition.primary.type=phone).
            type: str
          info_fields:
            description:
              - The fields of the form, 1 to 5 of them, for new channels up to 10. Only with
                O(new_channel_watch_condition.primary.type=info).
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
                choices:
                  - name
                  - text
                  - mobile
                  - number
                  - option
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
              - The text above the form. Only with O(new_channel_watch_condition.primary.type=info).
            type: str
          info_desc:
            description:
              - The description below the form. Only with O(new_channel_watch_condition.primary.type=info).
            type: str
          info_entry_text:
            description:
              - The text of the button. Only with O(new_channel_watch_condition.primary.type=info).
            type: str
          pay_auth_tips:
            description:
              - The text that says what is paid for. Only with O(new_channel_watch_condition.primary.type=pay).
            type: str
          price:
            description:
              - The price, a number of at least 0. Only with O(new_channel_watch_condition.primary.type=pay).
            type: str
          watch_end_time:
            description:
              - Until when a paid channel may be watched, such as V(2026-12-31 23:59). Only with
                O(new_channel_watch_condition.primary.type=pay).
            type: str
          valid_time_period:
            description:
              - How long a paid channel may be watched, as the API takes it. Only with
                O(new_channel_watch_condition.primary.type=pay).
            type: str
          external_key:
            description:
              - The key of external authorization, for new channels at most 64 characters. Only with
                O(new_channel_watch_condition.primary.type=external).
            type: str
          external_uri:
            description:
              - The address that checks viewers (外部授权), absolute with C(http://) or C(https://), for new channels
                at most 128 characters. Only with O(new_channel_watch_condition.primary.type=external).
            type: str
          external_redirect_uri:
            description:
              - Where viewers go who may not watch, for new channels at most 350 characters. Only with
                O(new_channel_watch_condition.primary.type=external).
            type: str
          external_entry_text:
            description:
              - The text of the button, for new channels at most 24 characters. Only with
                O(new_channel_watch_condition.primary.type=external).
            type: str
          custom_key:
            description:
              - The key of custom authorization (自定义授权), at most 10 characters, for new channels 64. Only with
                O(new_channel_watch_condition.primary.type=custom).
            type: str
          custom_uri:
            description:
              - The URL that viewers are sent to, checked as in M(polyv.live.polyv_oauth_custom). Only with
                O(new_channel_watch_condition.primary.type=custom).
            type: str
          direct_key:
            description:
              - The key of direct authorization (直接授权), for new channels at most 64 characters. Only with
                O(new_channel_watch_condition.primary.type=direct).
            type: str
          wx_auth_expire_value:
            description:
              - How long an authorization in WeChat lasts, such as V(3d) or V(12h). Only with
                O(new_channel_watch_condition.primary.type=wx).
            type: str
      secondary:
        description:
          - The secondary watch condition. It needs a O(new_channel_watch_condition.secondary.type), or
            O(new_channel_watch_condition.secondary.enabled=false).
          - Fields that are not given stay what they are. A condition is compared within its type only.
        type: dict
        suboptions:
          type:
            description:
              - Who may watch. V(public) everybody, V(code) who knows a code (验证码), V(phone) who is on the white list
                (白名单), V(info) who fills in a form (登记观看), V(pay) who pays (付费), V(external) and V(custom) whom your
                own page lets in, V(direct) who comes by a link of yours, V(wx) who logs in with WeChat.
            type: str
            choices:
              - public
              - code
              - phone
              - info
              - pay
              - external
              - custom
              - direct
              - wx
          enabled:
            description:
              - Whether the condition is on. V(false) switches it off and takes no type.
            type: bool
            default: true
          auth_code:
            description:
              - The code that viewers enter, at most 8 characters, for new channels 64. Only with
                O(new_channel_watch_condition.secondary.type=code).
            type: str
          qcode_tips:
            description:
              - The text beside the QR code from which viewers get the code. Only with
                O(new_channel_watch_condition.secondary.type=code).
            type: str
          qcode_img:
            description:
              - The address of the image of that QR code, absolute with C(http://) or C(https://). Only with
                O(new_channel_watch_condition.secondary.type=code).
            type: str
          auth_tips:
            description:
              - The text above the field for the number, for new channels required and at most 20 characters. Only
                with O(new_channel_watch_condition.secondary.type=phone).
            type: str
          white_list_entry_text:
            description:
              - The text of the button, for new channels required and at most 64 characters. Only with
                O(new_channel_watch_condition.secondary.type=phone).
            type: str
          info_fields:
            description:
              - The fields of the form, 1 to 5 of them, for new channels up to 10. Only with
                O(new_channel_watch_condition.secondary.type=info).
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
                choices:
                  - name
                  - text
                  - mobile
                  - number
                  - option
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
              - The text above the form. Only with O(new_channel_watch_condition.secondary.type=info).
            type: str
          info_desc:
            description:
              - The description below the form. Only with O(new_channel_watch_condition.secondary.type=info).
            type: str
          info_entry_text:
            description:
              - The text of the button. Only with O(new_channel_watch_condition.secondary.type=info).
            type: str
          pay_auth_tips:
            description:
              - The text that says what is paid for. Only with O(new_channel_watch_condition.secondary.type=pay).
            type: str
          price:
            description:
              - The price, a number of at least 0. Only with O(new_channel_watch_condition.secondary.type=pay).
            type: str
          watch_end_time:
            description:
              - Until when a paid channel may be watched, such as V(2026-12-31 23:59). Only with
                O(new_channel_watch_condition.secondary.type=pay).
            type: str
          valid_time_period:
            description:
              - How long a paid channel may be watched, as the API takes it. Only with
                O(new_channel_watch_condition.secondary.type=pay).
            type: str
          external_key:
            description:
              - The key of external authorization, for new channels at most 64 characters. Only with
                O(new_channel_watch_condition.secondary.type=external).
            type: str
          external_uri:
            description:
              - The address that checks viewers (外部授权), absolute with C(http://) or C(https://), for new channels
                at most 128 characters. Only with O(new_channel_watch_condition.secondary.type=external).
            type: str
          external_redirect_uri:
            description:
              - Where viewers go who may not watch, for new channels at most 350 characters. Only with
                O(new_channel_watch_condition.secondary.type=external).
            type: str
          external_entry_text:
            description:
              - The text of the button, for new channels at most 24 characters. Only with
                O(new_channel_watch_condition.secondary.type=external).
            type: str
          custom_key:
            description:
              - The key of custom authorization (自定义授权), at most 10 characters, for new channels 64. Only with
                O(new_channel_watch_condition.secondary.type=custom).
            type: str
          custom_uri:
            description:
              - The URL that viewers are sent to, checked as in M(polyv.live.polyv_oauth_custom). Only with
                O(new_channel_watch_condition.secondary.type=custom).
            type: str
          direct_key:
            description:
              - The key of direct authorization (直接授权), for new channels at most 64 characters. Only with
                O(new_channel_watch_condition.secondary.type=direct).
            type: str
          wx_auth_expire_value:
            description:
              - How long an authorization in WeChat lasts, such as V(3d) or V(12h). Only with
                O(new_channel_watch_condition.secondary.type=wx).
            type: str
  watch_condition:
    description:
      - Set who may watch the channels of a Polyv live account, see M(polyv.live.polyv_watch_condition).
    type: dict
    suboptions:
      all_channels:
        description:
          - V(true) sets every channel of the account, one after the other; channels are read in bulk. No other spelling
            is accepted, so that a template that slips can't change a whole account. Check mode and the diff name
            the channels.
        type: raw
        required: true
      primary:
        description:
          - The primary watch condition. It needs a O(watch_condition.primary.type), or
            O(watch_condition.primary.enabled=false).
          - Fields that are not given stay what they are. A condition is compared within its type only.
        type: dict
        suboptions:
          type:
            description:
              - Who may watch. V(public) everybody, V(code) who knows a code (验证码), V(phone) who is on the white list
                (白名单), V(info) who fills in a form (登记观看), V(pay) who pays (付费), V(external) and V(custom) whom your
                own page lets in, V(direct) who comes by a link of yours, V(wx) who logs in with WeChat.
            type: str
            choices:
              - public
              - code
              - phone
              - info
              - pay
              - external
              - custom
              - direct
              - wx
          enabled:
            description:
              - Whether the condition is on. V(false) switches it off and takes no type.
            type: bool
            default: true
          auth_code:
            description:
              - The code that viewers enter, at most 8 characters, for new channels 64. Only with
                O(watch_condition.primary.type=code).
            type: str
          qcode_tips:
            description:
              - The text beside the QR code from which viewers get the code. Only with O(watch_condition.primary.type=code).
            type: str
          qcode_img:
            description:
              - The address of the image of that QR code, absolute with C(http://) or C(https://). Only with
                O(watch_condition.primary.type=code).
            type: str
          auth_tips:
            description:
              - The text above the field for the number, for new channels required and at most 20 characters. Only
                with O(watch_condition.primary.type=phone).
            type: str
          white_list_entry_text:
            description:
              - The text of the button, for new channels required and at most 64 characters. Only with
                O(watch_condition.primary.type=phone).
            type: str
          info_fields:
            description:
              - The fields of the form, 1 to 5 of them, for new channels up to 10. Only with
                O(watch_condition.primary.type=info).
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
                choices:
                  - name
                  - text
                  - mobile
                  - number
                  - option
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
              - The text above the form. Only with O(watch_condition.primary.type=info).
            type: str
          info_desc:
            description:
              - The description below the form. Only with O(watch_condition.primary.type=info).
            type: str
          info_entry_text:
            description:
              - The text of the button. Only with O(watch_condition.primary.type=info).
            type: str
          pay_auth_tips:
            description:
              - The text that says what is paid for. Only with O(watch_condition.primary.type=pay).
            type: str
          price:
            description:
              - The price, a number of at least 0. Only with O(watch_condition.primary.type=pay).
            type: str
          watch_end_time:
            description:
              - Until when a paid channel may be watched, such as V(2026-12-31 23:59). Only with
                O(watch_condition.primary.type=pay).
            type: str
          valid_time_period:
            description:
              - How long a paid channel may be watched, as the API takes it. Only with O(watch_condition.primary.type=pay).
            type: str
          external_key:
            description:
              - The key of external authorization, for new channels at most 64 characters. Only with
                O(watch_condition.primary.type=external).
            type: str
          external_uri:
            description:
              - The address that checks viewers (外部授权), absolute with C(http://) or C(https://), for new channels
                at most 128 characters. Only with O(watch_condition.primary.type=external).
            type: str
          external_redirect_uri:
            description:
              - Where viewers go who may not watch, for new channels at most 350 characters. Only with
                O(watch_condition.primary.type=external).
            type: str
          external_entry_text:
            description:
              - The text of the button, for new channels at most 24 characters. Only with
                O(watch_condition.primary.type=external).
            type: str
          custom_key:
            description:
              - The key of custom authorization (自定义授权), at most 10 characters, for new channels 64. Only with
                O(watch_condition.primary.type=custom).
            type: str
          custom_uri:
            description:
              - The URL that viewers are sent to, checked as in M(polyv.live.polyv_oauth_custom). Only with
                O(watch_condition.primary.type=custom).
            type: str
          direct_key:
            description:
              - The key of direct authorization (直接授权), for new channels at most 64 characters. Only with
                O(watch_condition.primary.type=direct).
            type: str
          wx_auth_expire_value:
            description:
              - How long an authorization in WeChat lasts, such as V(3d) or V(12h). Only with
                O(watch_condition.primary.type=wx).
            type: str
      secondary:
        description:
          - The secondary watch condition. It needs a O(watch_condition.secondary.type), or
            O(watch_condition.secondary.enabled=false).
          - Fields that are not given stay what they are. A condition is compared within its type only.
        type: dict
        suboptions:
          type:
            description:
              - Who may watch. V(public) everybody, V(code) who knows a code (验证码), V(phone) who is on the white list
                (白名单), V(info) who fills in a form (登记观看), V(pay) who pays (付费), V(external) and V(custom) whom your
                own page lets in, V(direct) who comes by a link of yours, V(wx) who logs in with WeChat.
            type: str
            choices:
              - public
              - code
              - phone
              - info
              - pay
              - external
              - custom
              - direct
              - wx
          enabled:
            description:
              - Whether the condition is on. V(false) switches it off and takes no type.
            type: bool
            default: true
          auth_code:
            description:
              - The code that viewers enter, at most 8 characters, for new channels 64. Only with
                O(watch_condition.secondary.type=code).
            type: str
          qcode_tips:
            description:
              - The text beside the QR code from which viewers get the code. Only with O(watch_condition.secondary.type=code).
            type: str
          qcode_img:
            description:
              - The address of the image of that QR code, absolute with C(http://) or C(https://). Only with
                O(watch_condition.secondary.type=code).
            type: str
          auth_tips:
            description:
              - The text above the field for the number, for new channels required and at most 20 characters. Only
                with O(watch_condition.secondary.type=phone).
            type: str
          white_list_entry_text:
            description:
              - The text of the button, for new channels required and at most 64 characters. Only with
                O(watch_condition.secondary.type=phone).
            type: str
          info_fields:
            description:
              - The fields of the form, 1 to 5 of them, for new channels up to 10. Only with
                O(watch_condition.secondary.type=info).
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
                choices:
                  - name
                  - text
                  - mobile
                  - number
                  - option
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
              - The text above the form. Only with O(watch_condition.secondary.type=info).
            type: str
          info_desc:
            description:
              - The description below the form. Only with O(watch_condition.secondary.type=info).
            type: str
          info_entry_text:
            description:
              - The text of the button. Only with O(watch_condition.secondary.type=info).
            type: str
          pay_auth_tips:
            description:
              - The text that says what is paid for. Only with O(watch_condition.secondary.type=pay).
            type: str
          price:
            description:
              - The price, a number of at least 0. Only with O(watch_condition.secondary.type=pay).
            type: str
          watch_end_time:
            description:
              - Until when a paid channel may be watched, such as V(2026-12-31 23:59). Only with
                O(watch_condition.secondary.type=pay).
            type: str
          valid_time_period:
            description:
              - How long a paid channel may be watched, as the API takes it. Only with O(watch_condition.secondary.type=pay).
            type: str
          external_key:
            description:
              - The key of external authorization, for new channels at most 64 characters. Only with
                O(watch_condition.secondary.type=external).
            type: str
          external_uri:
            description:
              - The address that checks viewers (外部授权), absolute with C(http://) or C(https://), for new channels
                at most 128 characters. Only with O(watch_condition.secondary.type=external).
            type: str
          external_redirect_uri:
            description:
              - Where viewers go who may not watch, for new channels at most 350 characters. Only with
                O(watch_condition.secondary.type=external).
            type: str
          external_entry_text:
            description:
              - The text of the button, for new channels at most 24 characters. Only with
                O(watch_condition.secondary.type=external).
            type: str
          custom_key:
            description:
              - The key of custom authorization (自定义授权), at most 10 characters, for new channels 64. Only with
                O(watch_condition.secondary.type=custom).
            type: str
          custom_uri:
            description:
              - The URL that viewers are sent to, checked as in M(polyv.live.polyv_oauth_custom). Only with
                O(watch_condition.secondary.type=custom).
            type: str
          direct_key:
            description:
              - The key of direct authorization (直接授权), for new channels at most 64 characters. Only with
                O(watch_condition.secondary.type=direct).
            type: str
          wx_auth_expire_value:
            description:
              - How long an authorization in WeChat lasts, such as V(3d) or V(12h). Only with
                O(watch_condition.secondary.type=wx).
            type: str
      follow_account:
        description:
          - Whether the channel follows the watch conditions of its account. If it is left out, that stays as it is.
          - V(true) can't be together with O(watch_condition.primary) or O(watch_condition.secondary). Channels of
            Polyv's new backend refuse the change, and the task then fails. Not with C(for_new_channels).
        type: bool
  channels:
    description:
      - Channels, by number or by name, and their settings. The same channel must not be given twice.
    type: list
    elements: dict
    suboptions:
      channel_id:
        description:
          - The number of the channel. Zeros in front don't count. Exactly one of O(channels[].channel_id) and
            O(channels[].channel)
            must be given.
        type: str
      channel:
        description:
          - The name of the channel, so that one standard serves many accounts. It must be the name of exactly one channel of
            the
            account, within O(channels[].category_id) where that is given. All names of a task are looked up in one listing.
          - A YAML number is refused, put it in quotes.
        type: str
        version_added: 2.0.0
      category_id:
        description:
          - With O(channels[].channel) only the channels of this category are looked at, and a new channel gets into it. With
            O(channels[].channel_id) the channel is moved there.
        type: int
        version_added: 2.0.0
      state:
        description:
          - V(present) makes a channel of this name if there is none, by the rules of M(polyv.live.polyv_channel), before
            anything
            is set on it. It needs O(channels[].scene) and O(channels[].template).
          - If it is left out, a channel that does not exist is an error. Only M(polyv.live.polyv_channel) deletes channels.
          - In check mode the settings of a channel that is yet to be made count as changed.
        type: str
        choices: [present]
        version_added: 2.0.0
      scene:
        description:
          - The kind of a new channel. The API can't change it afterwards, and a warning says if the list shows another one.
        type: str
        choices: [topclass, double, train, alone, seminar, guide]
        version_added: 2.0.0
      template:
        description:
          - The layout of a new channel. The API can neither show nor change it afterwards.
        type: str
        choices: [ppt, portrait_ppt, alone, portrait_alone, topclass, portrait_topclass, seminar]
        version_added: 2.0.0
      channel_passwd:
        description:
          - The password of the channel, 6 to 16 characters without blanks. A new channel gets one from the API if it is left
            out.
          - It is compared with the one in the list of channels, which is read for that even with O(channels[].channel_id).
          - A YAML number is refused, put it in quotes.
        type: str
        version_added: 2.0.0
      publisher:
        description:
          - The name of the host, text on one line and not blank.
        type: str
        version_added: 2.0.0
      start_time:
        description:
          - When the live event starts, as a timestamp of the API. V(0) hides it.
        type: int
        version_added: 2.0.0
      end_time:
        description:
          - When it ends, as a timestamp of the API.
        type: int
        version_added: 2.0.0
      desc:
        description:
          - The description of the channel. It is compared only where it reads back, and otherwise sent along with another
            change;
            a warning says so.
        type: str
        version_added: 2.0.0
      max_viewer:
        description:
          - The most viewers at a time, a whole number of at least 0. It counts with O(channels[].max_viewer_restrict=true).
        type: int
        version_added: 2.0.0
      max_viewer_restrict:
        description:
          - Whether O(channels[].max_viewer) limits the viewers.
        type: bool
        version_added: 2.0.0
      link_mic_limit:
        description:
          - How many viewers may speak at a time, from -1 to 16.
        type: int
        version_added: 2.0.0
      oauth_custom:
        description:
          - The custom authorization URL of the channel, see M(polyv.live.polyv_oauth_custom). Not together with
            O(oauth_custom).
        type: dict
        suboptions:
          custom_uri:
            description:
              - The URL that viewers are sent to, absolute with C(http://) or C(https://), without C(?) and not on localhost.
              - No spelling of localhost is accepted, and no full-width question mark, user name before the host, backslash,
                blank or character that nobody sees.
            type: str
            required: true
      donate:
        description:
          - The donations of the channel, see M(polyv.live.polyv_donate).
        type: dict
        suboptions:
          type:
            description:
              - The type of donations to set. The other type is left alone, as far as the API does so.
              - Required, unless only O(channels[].donate.follow_account) is given.
            type: str
            choices: [cash, good]
          enabled:
            description:
              - Whether donations of this type are on. Switching goods off takes O(channels[].donate.goods) as well, the API
                requires them.
            type: bool
            default: true
          cash_min:
            description:
              - The least amount of a donation in cash, a number from 0 to 9999. Only with O(channels[].donate.type=cash).
              - If it is left out, the amount that is set stays.
            type: str
          goods:
            description:
              - One to three goods, in the order in which they are shown. Required with O(channels[].donate.type=good), not
                allowed otherwise.
            type: list
            elements: dict
            suboptions:
              name:
                description:
                  - Its name, distinct, on one line, not blank, without a comma, of at most 200 characters.
                  - Blanks around it are dropped.
                type: str
                required: true
              price:
                description:
                  - Its price, a number of at least 0.
                type: str
                required: true
              image:
                description:
                  - Path of its image, an ordinary JPEG or PNG file of at most 100 KB.
                type: path
                required: true
          force:
            description:
              - Uploads the images again although nothing else differs. Only with O(channels[].donate.type=good).
            type: bool
            default: false
          follow_account:
            description:
              - Whether the channel follows the donations of its account. If it is left out, that stays as it is.
            type: bool
            version_added: "2.0.0"
      function_switches:
        description:
          - Switch functions of a Polyv channel, or of the account, on and off, see M(polyv.live.polyv_function_switches).
        type: dict
        suboptions:
          switches:
            description:
              - The switches, V(true) for what viewers are to have. The API calls the first three the other way round
                (C(isClosePreview) and so on), which this module takes care of.
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
      watch_condition:
        description:
          - Set who may watch the channels of a Polyv live account, see M(polyv.live.polyv_watch_condition).
        type: dict
        suboptions:
          primary:
            description:
              - The primary watch condition. It needs a O(channels[].watch_condition.primary.type), or
                O(channels[].watch_condition.primary.enabled=false).
              - Fields that are not given stay what they are. A condition is compared within its type only.
            type: dict
            suboptions:
              type:
                description:
                  - Who may watch. V(public) everybody, V(code) who knows a code (验证码), V(phone) who is on the white list
                    (白名单), V(info) who fills in a form (登记观看), V(pay) who pays (付费), V(external) and V(custom) whom your
                    own page lets in, V(direct) who comes by a link of yours, V(wx) who logs in with WeChat.
                type: str
                choices:
                  - public
                  - code
                  - phone
                  - info
                  - pay
                  - external
                  - custom
                  - direct
                  - wx
              enabled:
                description:
                  - Whether the condition is on. V(false) switches it off and takes no type.
                type: bool
                default: true
              auth_code:
                description:
                  - The code that viewers enter, at most 8 characters, for new channels 64. Only with
                    O(channels[].watch_condition.primary.type=code).
                type: str
              qcode_tips:
                description:
                  - The text beside the QR code from which viewers get the code. Only with
                    O(channels[].watch_condition.primary.type=code).
                type: str
              qcode_img:
                description:
                  - The address of the image of that QR code, absolute with C(http://) or C(https://). Only with
                    O(channels[].watch_condition.primary.type=code).
                type: str
              auth_tips:
                description:
                  - The text above the field for the number, for new channels required and at most 20 characters. Only
                    with O(channels[].watch_condition.primary.type=phone).
                type: str
              white_list_entry_text:
                description:
                  - The text of the button, for new channels required and at most 64 characters. Only with
                    O(channels[].watch_condition.primary.type=phone).
                type: str
              info_fields:
                description:
                  - The fields of the form, 1 to 5 of them, for new channels up to 10. Only with
                    O(channels[].watch_condition.primary.type=info).
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
                    choices:
                      - name
                      - text
                      - mobile
                      - number
                      - option
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
                  - The text above the form. Only with O(channels[].watch_condition.primary.type=info).
                type: str
              info_desc:
                description:
                  - The description below the form. Only with O(channels[].watch_condition.primary.type=info).
                type: str
              info_entry_text:
                description:
                  - The text of the button. Only with O(channels[].watch_condition.primary.type=info).
                type: str
              pay_auth_tips:
                description:
                  - The text that says what is paid for. Only with O(channels[].watch_condition.primary.type=pay).
                type: str
              price:
                description:
                  - The price, a number of at least 0. Only with O(channels[].watch_condition.primary.type=pay).
                type: str
              watch_end_time:
                description:
                  - Until when a paid channel may be watched, such as V(2026-12-31 23:59). Only with
                    O(channels[].watch_condition.primary.type=pay).
                type: str
              valid_time_period:
                description:
                  - How long a paid channel may be watched, as the API takes it. Only with
                    O(channels[].watch_condition.primary.type=pay).
                type: str
              external_key:
                description:
                  - The key of external authorization, for new channels at most 64 characters. Only with
                    O(channels[].watch_condition.primary.type=external).
                type: str
              external_uri:
                description:
                  - The address that checks viewers (外部授权), absolute with C(http://) or C(https://), for new channels
                    at most 128 characters. Only with O(channels[].watch_condition.primary.type=external).
                type: str
              external_redirect_uri:
                description:
                  - Where viewers go who may not watch, for new channels at most 350 characters. Only with
                    O(channels[].watch_condition.primary.type=external).
                type: str
              external_entry_text:
                description:
                  - The text of the button, for new channels at most 24 characters. Only with
                    O(channels[].watch_condition.primary.type=external).
                type: str
              custom_key:
                description:
                  - The key of custom authorization (自定义授权), at most 10 characters, for new channels 64. Only with
                    O(channels[].watch_condition.primary.type=custom).
                type: str
              custom_uri:
                description:
                  - The URL that viewers are sent to, checked as in M(polyv.live.polyv_oauth_custom). Only with
                    O(channels[].watch_condition.primary.type=custom).
                type: str
              direct_key:
                description:
                  - The key of direct authorization (直接授权), for new channels at most 64 characters. Only with
                    O(channels[].watch_condition.primary.type=direct).
                type: str
              wx_auth_expire_value:
                description:
                  - How long an authorization in WeChat lasts, such as V(3d) or V(12h). Only with
                    O(channels[].watch_condition.primary.type=wx).
                type: str
          secondary:
            description:
              - The secondary watch condition. It needs a O(channels[].watch_condition.secondary.type), or
                O(channels[].watch_condition.secondary.enabled=false).
              - Fields that are not given stay what they are. A condition is compared within its type only.
            type: dict
            suboptions:
              type:
                description:
                  - Who may watch. V(public) everybody, V(code) who knows a code (验证码), V(phone) who is on the white list
                    (白名单), V(info) who fills in a form (登记观看), V(pay) who pays (付费), V(external) and V(custom) whom your
                    own page lets in, V(direct) who comes by a link of yours, V(wx) who logs in with WeChat.
                type: str
                choices:
                  - public
                  - code
                  - phone
                  - info
                  - pay
                  - external
                  - custom
                  - direct
                  - wx
              enabled:
                description:
                  - Whether the condition is on. V(false) switches it off and takes no type.
                type: bool
                default: true
              auth_code:
                description:
                  - The code that viewers enter, at most 8 characters, for new channels 64. Only with
                    O(channels[].watch_condition.secondary.type=code).
                type: str
              qcode_tips:
                description:
                  - The text beside the QR code from which viewers get the code. Only with
                    O(channels[].watch_condition.secondary.type=code).
                type: str
              qcode_img:
                description:
                  - The address of the image of that QR code, absolute with C(http://) or C(https://). Only with
                    O(channels[].watch_condition.secondary.type=code).
                type: str
              auth_tips:
                description:
                  - The text above the field for the number, for new channels required and at most 20 characters. Only
                    with O(channels[].watch_condition.secondary.type=phone).
                type: str
              white_list_entry_text:
                description:
                  - The text of the button, for new channels required and at most 64 characters. Only with
                    O(channels[].watch_condition.secondary.type=phone).
                type: str
              info_fields:
                description:
                  - The fields of the form, 1 to 5 of them, for new channels up to 10. Only with
                    O(channels[].watch_condition.secondary.type=info).
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
                    choices:
                      - name
                      - text
                      - mobile
                      - number
                      - option
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
                  - The text above the form. Only with O(channels[].watch_condition.secondary.type=info).
                type: str
              info_desc:
                description:
                  - The description below the form. Only with O(channels[].watch_condition.secondary.type=info).
                type: str
              info_entry_text:
                description:
                  - The text of the button. Only with O(channels[].watch_condition.secondary.type=info).
                type: str
              pay_auth_tips:
                description:
                  - The text that says what is paid for. Only with O(channels[].watch_condition.secondary.type=pay).
                type: str
              price:
                description:
                  - The price, a number of at least 0. Only with O(channels[].watch_condition.secondary.type=pay).
                type: str
              watch_end_time:
                description:
                  - Until when a paid channel may be watched, such as V(2026-12-31 23:59). Only with
                    O(channels[].watch_condition.secondary.type=pay).
                type: str
              valid_time_period:
                description:
                  - How long a paid channel may be watched, as the API takes it. Only with
                    O(channels[].watch_condition.secondary.type=pay).
                type: str
              external_key:
                description:
                  - The key of external authorization, for new channels at most 64 characters. Only with
                    O(channels[].watch_condition.secondary.type=external).
                type: str
              external_uri:
                description:
                  - The address that checks viewers (外部授权), absolute with C(http://) or C(https://), for new channels
                    at most 128 characters. Only with O(channels[].watch_condition.secondary.type=external).
                type: str
              external_redirect_uri:
                description:
                  - Where viewers go who may not watch, for new channels at most 350 characters. Only with
                    O(channels[].watch_condition.secondary.type=external).
                type: str
              external_entry_text:
                description:
                  - The text of the button, for new channels at most 24 characters. Only with
                    O(channels[].watch_condition.secondary.type=external).
                type: str
              custom_key:
                description:
                  - The key of custom authorization (自定义授权), at most 10 characters, for new channels 64. Only with
                    O(channels[].watch_condition.secondary.type=custom).
                type: str
              custom_uri:
                description:
                  - The URL that viewers are sent to, checked as in M(polyv.live.polyv_oauth_custom). Only with
                    O(channels[].watch_condition.secondary.type=custom).
                type: str
              direct_key:
                description:
                  - The key of direct authorization (直接授权), for new channels at most 64 characters. Only with
                    O(channels[].watch_condition.secondary.type=direct).
                type: str
              wx_auth_expire_value:
                description:
                  - How long an authorization in WeChat lasts, such as V(3d) or V(12h). Only with
                    O(channels[].watch_condition.secondary.type=wx).
                type: str
          follow_account:
            description:
              - Whether the channel follows the watch conditions of its account. If it is left out, that stays as it is.
              - V(true) can't be together with O(channels[].watch_condition.primary) or O(channels[].watch_condition.secondary).
                Channels of Polyv's new backend refuse the change, and the task then fails. Not with C(for_new_channels).
            type: bool
attributes:
  idempotent:
    support: partial
    description:
      - With the same arguments, a second run outside check mode changes nothing, but for two cases.
      - A WeChat share URL that can't be read is written by every run, and so are goods with C(force).
"""

EXAMPLES = r"""
- name: Bring an account to the standard set-up
  polyv.live.polyv_account:
    app_id: "{{ polyv_app_id }}"
    app_secret: "{{ polyv_app_secret }}"
    user_id: "{{ polyv_user_id }}"
    weixin_share:
      url: https://share.example.com/live
    record_callback:
      url: https://hooks.example.com/polyv/recordings
    channels:
      - channel_id: "2191532"
        oauth_custom:
          custom_uri: https://login.example.com/polyv
        donate:
          type: cash
          cash_min: 1
      - channel_id: "2191533"
        donate:
          type: good
          goods:
            - {name: 鲜花, price: "0.99", image: files/flower.png}

- name: Bring any account to a standard that knows channels by their names, and make those that are missing
  polyv.live.polyv_account:
    channels:
      - channel: Main hall
        state: present
        scene: topclass
        template: ppt
        publisher: Ms Wang
        donate:
          type: cash
          cash_min: 1
      - channel: Rehearsal
        state: present
        scene: alone
        template: alone

- name: Authorize the viewers of every channel of the account
  polyv.live.polyv_account:
    oauth_custom:
      custom_uri: https://login.example.com/polyv
      all_channels: true

- name: List what has drifted, and change nothing
  polyv.live.polyv_account:
    weixin_share:
      url: https://share.example.com/live
    record_callback:
      url: https://hooks.example.com/polyv/recordings
  check_mode: true
  diff: true
  register: account

- name: Show it
  ansible.builtin.debug:
    msg: "{{ account.settings | selectattr('changed') | map(attribute='setting') }}"
"""

RETURN = r"""
settings:
  description: What became of each setting, in the order of the options. Without any secret.
  returned: success, and failure once all options are known to be good
  type: list
  elements: dict
  sample:
    - setting: weixin_share
      channel_id:
      channel:
      changed: true
      unreadable:
      failed: false
      msg:
      failure:
  contains:
    setting:
      description: The name of the setting. V(channel) is what describes a channel itself, with its O(channels[].state).
      type: str
    channel_id:
      description: The channel, null for a setting of the account, and for a channel that was not found or is yet to be made.
      type: str
    channel:
      description: The name by which the channel was given, else null.
      type: str
    changed:
      description: Whether it was changed, or would be in check mode.
      type: bool
    unreadable:
      description: Why its current state can't be read, null where it can. It is then written without comparing.
      type: str
    failed:
      description: Whether it failed.
      type: bool
    msg:
      description: Why it failed, for people. Null if it did not.
      type: str
    failure:
      description: Why it failed, for machines, as in RV(failure). Null if it did not.
      type: dict
other_channels:
  description: The channels of the account that O(channels) does not name, null where they can't be listed.
  returned: with O(report_other_channels=true)
  type: list
  elements: dict
  sample: []
  contains:
    channel_id:
      description: The id of the channel.
      type: str
    name:
      description: Its name.
      type: str
    scene:
      description: Its scene, null where the API does not show it.
      type: str
other_channels_failure:
  description: Why the channels can't be listed, with RV(failure) and C(msg) in one. Null where they can.
  returned: with O(report_other_channels=true)
  type: dict
  sample:
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
    endpoint: setDonate
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
from ..module_utils._settings.account.setting import ACCOUNT


def main() -> None:
    run(ACCOUNT)


if __name__ == "__main__":
    main()
