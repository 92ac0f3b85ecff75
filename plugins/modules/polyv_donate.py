#!/usr/bin/python
# Copyright (c) 2026, polyv.live maintainers
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: polyv_donate
version_added: "1.0.0"
short_description: Set the donations of a Polyv live channel
description:
  - Sets the donations (打赏) of a channel, in cash or in goods.
  - Names, prices, order and the switch are compared with what the API shows. Images can't be compared, because they read
    back as addresses. Use O(force=true) to upload them again.
author: polyv.live maintainers (@polyv-live)
extends_documentation_fragment: polyv.live.account
options:
  channel_id:
    description:
      - The number of the channel. Zeros in front don't count. Exactly one of O(channel_id) and O(channel) must be given.
    type: str
  channel:
    description:
      - The name of the channel, instead of O(channel_id). It must be the name of exactly one channel of the account, which is
        looked up in one listing.
    type: str
    version_added: "2.0.0"
  type:
    description:
      - The type of donations to set. The other type is left alone, as far as the API does so.
      - Required, unless only O(follow_account) is given.
    type: str
    choices: [cash, good]
  enabled:
    description:
      - Whether donations of this type are on. Switching goods off takes O(goods) as well, the API requires them.
    type: bool
    default: true
  cash_min:
    description:
      - The least amount of a donation in cash, a number from 0 to 9999. Only with O(type=cash).
      - If it is left out, the amount that is set stays.
    type: str
  goods:
    description:
      - One to three goods, in the order in which they are shown. Required with O(type=good), not allowed otherwise.
    type: list
    elements: dict
    suboptions:
      name:
        description:
          - Its name, distinct, on one line, not blank, without a comma, of at most 200 characters. Blanks around it are dropped.
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
      - Uploads the images again although nothing else differs. Only with O(type=good).
    type: bool
    default: false
  follow_account:
    description:
      - Whether the channel follows the donations of its account. If it is left out, that stays as it is.
      - V(true) can't be together with O(type), because the channel then has the donations of its account. With V(false) and O(type)
        the channel gets its own donations, whatever its account has.
      - Channels of Polyv's new backend refuse the change, and the task then fails.
    type: bool
    version_added: "2.0.0"
attributes:
  idempotent:
    support: partial
    description:
      - With the same arguments, a second run outside check mode changes nothing, but for one case.
      - With O(force=true) every run uploads the images again.
"""

EXAMPLES = r"""
- name: Accept donations from one yuan
  polyv.live.polyv_donate:
    app_id: "{{ polyv_app_id }}"
    app_secret: "{{ polyv_app_secret }}"
    channel_id: "2191532"
    type: cash
    cash_min: 1

- name: Offer three goods
  polyv.live.polyv_donate:
    channel_id: "2191532"
    type: good
    goods:
      - {name: 鲜花, price: 0, image: files/flower.png}
      - {name: 咖啡, price: "0.99", image: files/coffee.png}
      - {name: 掌声, price: "1.99", image: files/applause.jpg}

- name: Upload new images of the same goods
  polyv.live.polyv_donate:
    channel_id: "2191532"
    type: good
    goods:
      - {name: 鲜花, price: 0, image: files/flower-2.png}
    force: true

- name: Switch donations in cash off
  polyv.live.polyv_donate:
    channel_id: "2191532"
    type: cash
    enabled: false
"""

RETURN = r"""
donate:
  description: The state after the call, or in check mode the state that would be.
  returned: success
  type: dict
  sample:
    channel_id: "2191532"
    type: cash
    enabled: true
    cash_min: "1"
    follows_account: false
  contains:
    channel_id:
      description: The channel.
      type: str
    type:
      description: The type of donations.
      type: str
    enabled:
      description: Whether donations of this type are on.
      type: bool
    cash_min:
      description: The least amount of a donation in cash, a decimal number as text.
      returned: with O(type=cash)
      type: str
    goods:
      description: The goods in their order.
      returned: with O(type=good)
      type: list
      elements: dict
      contains:
        name:
          description: Its name.
          type: str
        price:
          description: Its price, a decimal number as text.
          type: str
        image:
          description: The address of its image, null where it is not known yet.
          type: str
        enabled:
          description: Whether it is on. A single good can be switched off in the console of Polyv only.
          type: bool
          version_added: "2.0.0"
    follows_account:
      description: Whether the channel follows the settings of its account, and shows those.
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
from ..module_utils._settings.donate.setting import DONATE


def main() -> None:
    run(DONATE)


if __name__ == "__main__":
    main()
