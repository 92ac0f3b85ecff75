"""Who calls: application, timestamp, signature, nonce, in the order in which the server checks them."""

from dataclasses import dataclass

from . import signing
from .accounts import Account, Accounts
from .errors import ApiError
from .parameters import Parameters
from .switches import Switches

#: How far a timestamp may be off, either way (contract §2).
VALID_MS = 180_000
_TIMESTAMP_DIGITS = 13


@dataclass
class Authentication:
    """Checks calls against the accounts; remembers the nonces of the last minutes."""

    accounts: Accounts
    switches: Switches

    def __post_init__(self) -> None:
        self._nonces: dict[tuple[str, str], float] = {}

    def caller(self, parameters: Parameters, now: float) -> Account:
        """The account that made the call; `now` is the server's clock in seconds."""
        app_id = parameters.text.get("appId", "")
        if not app_id:
            raise ApiError("appId is required.")
        account = self.accounts.of_app(app_id)
        if account is None:
            raise ApiError("application not found.")
        if not _is_current(parameters.text.get("timestamp", ""), now):
            raise ApiError("invalid timestamp.")
        if not signing.is_signed(parameters.text, account.app_secret, self.switches["verify_empty_in_sign"]):
            raise self._invalid_signature()
        self._use_nonce(app_id, parameters.text.get("signatureNonce", ""), now)
        return account

    def _use_nonce(self, app_id: str, nonce: str, now: float) -> None:
        """A nonce is good for one call while its timestamp could be valid. Assumed: no page says so."""
        if not nonce:
            return
        self._nonces = {key: seen for key, seen in self._nonces.items() if abs(now - seen) * 1000 <= VALID_MS}
        if (app_id, nonce) in self._nonces:
            raise self._invalid_signature()
        self._nonces[app_id, nonce] = now

    def _invalid_signature(self) -> ApiError:
        return ApiError("invalid signature.", self.switches.number("signature_error_code"))


def _is_current(timestamp: str, now: float) -> bool:
    if len(timestamp) != _TIMESTAMP_DIGITS or not (timestamp.isascii() and timestamp.isdigit()):
        return False
    return abs(now * 1000 - int(timestamp)) <= VALID_MS
