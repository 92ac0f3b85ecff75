"""Registering users below an account (docs/api.md §4). There is no update and no delete."""

from typing import Any

from .. import errors, presentation
from ..accounts import Account
from ..call import Call
from ..endpoints import Endpoint
from ..errors import ApiError

_PASSWORD_LENGTHS = range(5, 17)
_NOT_FOUND_DATA: dict[str, Any] = {"empty_string": "", "null": None, "empty_object": {}, "empty_list": []}
_NOT_FOUND_ERRORS = {
    "error_400": ("user not found.", 400),
    "error_404": ("用户不存在", 404),
    "error_500": ("user does not exist", 500),
    "unclear_error": ("param validate error", 400),
}


def add_custom_user(call: Call) -> Any:
    """Register a user: an account of its own, which can sign calls at once."""
    email = _checked_email(call)
    user = _known(call, email) or _registered(call, email)
    return _shown(user, with_secret=True)


def get_custom_user(call: Call) -> Any:
    """Find a registered user by address; only the account that registered it sees it."""
    email = call.text.get("email", "")
    if not email:
        raise errors.invalid_parameters(data=400)
    own = _own(call, email)
    found: Account | None = call.shown(call.account, _lag_key(email), own[0] if own else None)
    if found is None:
        return _not_found(call.switches["custom_user_not_found"])
    return _shown(found, with_secret=call.switches["custom_user_read_secret"] == "yes")


def _checked_email(call: Call) -> str:
    """A validation error carries `data: 400` (docs/api.md §4)."""
    email = call.text.get("email", "")
    password_fits = len(call.text.get("passwd", "")) in _PASSWORD_LENGTHS
    sale_id = call.text.get("saleId") or "0"
    if "@" not in email or not call.text.get("mobile") or not password_fits or not sale_id.isdigit():
        raise errors.invalid_parameters(data=400)
    return email


def _known(call: Call, email: str) -> Account | None:
    """The user to return for a known address; None to register one.

    The answer is open; an address of somebody else's user is always an error.
    """
    if not call.accounts.with_email(email):
        return None
    answer, own = call.switches["custom_user_duplicate"], _own(call, email)
    if answer == "error" or not own:
        raise ApiError("email already exists")
    return own[0] if answer == "success" else None


def _own(call: Call, email: str) -> list[Account]:
    """The users that the calling account registered under an address, the oldest first."""
    return [user for user in call.accounts.with_email(email) if user.owner == call.account.user_id]


def _registered(call: Call, email: str) -> Account:
    own = _own(call, email)
    return call.register(
        {
            "user_id": presentation.random_id(10),
            "app_id": presentation.random_id(10),
            "app_secret": presentation.random_id(32),
            "email": email,
            "name": call.text.get("name") or email.partition("@")[0],
            "owner": call.account.user_id,
        },
        _lag_key(email),
        own[0] if own else None,
    )


def _lag_key(email: str) -> str:
    return f"custom user {email}"


def _shown(account: Account, *, with_secret: bool) -> dict[str, Any]:
    shown: dict[str, Any] = {"appId": account.app_id, "name": account.name, "userId": account.user_id}
    return {**shown, "appSecret": account.app_secret} if with_secret else shown


def _not_found(answer: str) -> Any:
    if answer in _NOT_FOUND_DATA:
        return _NOT_FOUND_DATA[answer]
    message, code = _NOT_FOUND_ERRORS[answer]
    raise ApiError(message, code)


ENDPOINTS = (
    Endpoint("get-custom-user", "read", "GET", "v2/app/get-custom-user", get_custom_user),
    Endpoint("add-custom-user", "write", "POST", "v2/app/add-custom-user", add_custom_user),
)
