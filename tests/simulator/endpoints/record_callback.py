"""Which addresses an account calls, of finished recordings and others (contract §4 and §7.1, seed 004)."""

from typing import Any

from .. import callback_settings, errors, presentation
from ..call import Call
from ..errors import ApiError

_RECORD_URL, _URLS = callback_settings.RECORD_URL, callback_settings.URLS


def set_record_callback(call: Call) -> Any:
    """Set the address; leaving `url` out clears it. What an empty one does is open."""
    call.require_own_user_id()
    url = call.text.get("url")
    if url == "" and call.switches["record_callback_empty"] == "error":
        raise _bad_url()
    call.write(call.account, "record_callback_url", _checked(url))
    return presentation.written(call.switches, "")


def callback_get(call: Call) -> Any:
    """All callback settings."""
    others = call.read(call.account, "callback")
    urls = {
        _RECORD_URL: call.read(call.account, "record_callback_url"),
        **{name: others[name] for name in _URLS},
    }
    return {
        **{name: value for name, value in others.items() if name not in _URLS},
        **presentation.with_texts(call.switches, urls),
    }


def callback_update(call: Call) -> Any:
    """Change callback settings by JSON; what is not sent, or null, stays (contract §7.1).

    A channel's id in the body is ignored like every unknown name: the call always changes the account.
    """
    known = (_RECORD_URL, *callback_settings.DEFAULTS)
    body = call.json_object()
    sent = {name: body[name] for name in known if body.get(name) is not None}
    if callback_settings.bad_value(sent):
        raise errors.invalid_parameters()
    sent |= {name: _checked(url) for name, url in sent.items() if name in (_RECORD_URL, *_URLS)}
    if _RECORD_URL in sent:
        call.write(call.account, "record_callback_url", sent.pop(_RECORD_URL))
    call.write(call.account, "callback", {**call.account.callback, **sent})
    return presentation.written(call.switches, True)


def _checked(url: Any) -> str | None:
    """An address, or None to clear it."""
    if url and not callback_settings.is_url(url):
        raise _bad_url()
    return url or None


def _bad_url() -> ApiError:
    return ApiError("url format error.")
