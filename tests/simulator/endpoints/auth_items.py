"""How watch conditions ("auth items") are read and shown (contract §4)."""

from typing import Any

from .. import presentation
from ..accounts import Account, Channel, Item
from ..call import Call

_TEXTS = ("authType", "customKey", "customUri")


def shown_items(call: Call, channel: Channel | None) -> list[Item]:
    """The items of a channel, or the account's default, by rank.

    What a channel that follows its account shows is open: the switch `oauth_follows_shows`.
    """
    holder: Account | Channel = channel or call.account
    follows = channel is not None and channel.global_settings == "Y"
    if follows and call.switches["oauth_follows_shows"] == "account":
        holder = call.account
    items = sorted(call.read(holder, "auth"), key=lambda item: item["rank"])
    return [_shown_item(call, channel, item) for item in items]


def _shown_item(call: Call, channel: Channel | None, item: Item) -> dict[str, Any]:
    texts = presentation.with_texts(call.switches, {name: item[name] for name in _TEXTS})
    others = {name: value for name, value in item.items() if name not in _TEXTS}
    return {
        "channelId": presentation.channel_id(call.switches, channel.channel_id) if channel else None,
        "userId": call.account.user_id,
        "globalSettingEnabled": channel.global_settings if channel else None,
        **others,
        **texts,
    }
