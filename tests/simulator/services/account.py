"""Which account an application belongs to (docs/api.md §4)."""

from typing import Any

from .. import presentation
from ..call import Call
from ..endpoints import Endpoint

_LINK_MIC_LIMIT = 6


def get_info(call: Call) -> Any:
    """The account of the calling application."""
    most = call.account.settings["max_channels"]
    return {
        "userId": call.account.user_id,
        **presentation.with_texts(call.switches, {"email": call.account.email}),
        "maxChannels": most,
        "totalChannels": len(call.account.channels),
        "availableChannels": most - len(call.account.channels),
        **presentation.optional(call.switches, {"linkMicLimit": _LINK_MIC_LIMIT, "watchDomain": None}),
    }


ENDPOINTS = (Endpoint("get-info", "read", "GET", "v3/user/get-info", get_info),)
