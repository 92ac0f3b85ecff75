"""Where an account is told of finished recordings (contract §4 and §5, seed 004)."""

from typing import Any

from .. import presentation
from ..call import Call
from ..errors import ApiError


def set_record_callback(call: Call) -> Any:
    """Set the address; leaving `url` out clears it. What an empty one does is open."""
    call.require_own_user_id()
    call.write(call.account, "record_callback_url", _checked(call, call.text.get("url")))
    return presentation.written(call.switches, "")


def callback_get(call: Call) -> Any:
    """All callback settings."""
    url = call.read(call.account, "record_callback_url")
    shown = presentation.with_texts(call.switches, {"recordCallbackUrl": url})
    return {**shown, **call.read(call.account, "callback")}


def callback_update(call: Call) -> Any:
    """Change callback settings by JSON; what is not sent stays (contract §5)."""
    sent = dict(call.json_object())
    if "recordCallbackUrl" in sent:
        url = sent.pop("recordCallbackUrl")
        call.write(call.account, "record_callback_url", _with_scheme(str(url)) if url else None)
    # A channel's id in a JSON body is ignored: the call always changes the account.
    sent.pop("channelId", None)
    call.write(call.account, "callback", {**call.account.callback, **sent})
    return presentation.written(call.switches, "")


def _checked(call: Call, url: str | None) -> str | None:
    cleared = url is None or (url == "" and call.switches["record_callback_empty"] == "clear")
    return None if cleared else _with_scheme(url or "")


def _with_scheme(url: str) -> str:
    if not url.startswith(("http://", "https://")):
        raise ApiError("url format error.")
    return url
