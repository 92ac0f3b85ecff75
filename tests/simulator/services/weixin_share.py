"""The WeChat share address of an account (docs/api.md §4)."""

from typing import Any

from .. import presentation
from ..call import Call
from ..endpoints import Endpoint
from ..errors import method_not_allowed
from ..seed_fields import Fields

ACCOUNT_FIELDS = {"weixin_share_url": Fields.optional}


def set_weixin_share_api(call: Call) -> Any:
    """Set the address; `url` is required, so it can't be cleared."""
    url = call.required("url")
    call.require_old_backend(call.account)
    call.write(call.account, "weixin_share_url", url)
    return presentation.written(call.switches, "success")


def get_weixin_share_api(call: Call) -> Any:
    """Read the address: known from a third-party client only, which posts. Whether GET works is open."""
    if call.method == "GET" and call.switches["weixin_read_get"] == "rejected":
        raise method_not_allowed(call.method)
    return call.read(call.account, "weixin_share_url") or presentation.unset(call.switches["weixin_unset"])


ENDPOINTS = (
    Endpoint(
        "get-weixin-share-api", "read", "GET POST", "v3/user/get-weixin-share-api", get_weixin_share_api
    ),
    Endpoint(
        "set-weixin-share-api",
        "write",
        "POST",
        "v3/user/set-weixin-share-api",
        set_weixin_share_api,
        "works",
    ),
)
