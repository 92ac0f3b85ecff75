"""Who calls: application, timestamp, signature, nonce, in the order in which the server checks them."""

from dataclasses import dataclass

from . import signing
from .accounts import Account, Accounts
from .errors import ApiError
from .parameters import Parameters
from .switches import Answers, Switches

#: How far a timestamp may be off, either way (docs/api.md §2).
VALID_MS = 180_000
_TIMESTAMP_DIGITS = 13
#: The finer codes of v4 that are known (docs/api.md §3).
_EXPIRED, _UNKNOWN_APPLICATION = 10003, 20001
_EXPIRED_MESSAGE = {"english": "invalid timestamp.", "chinese": "时间戳过期"}
#: One page of five shows another code (seed 001).
_SIGNATURE_CODES = {"oauth-custom": 400}
_SIGNATURE_CODE = 403


@dataclass
class Authentication:
    """Checks calls against the accounts; remembers the nonces of the last minutes."""

    accounts: Accounts
    switches: Switches

    def __post_init__(self) -> None:
        self._nonces: dict[tuple[str, str], float] = {}

    def caller(self, parameters: Parameters, endpoint: str, now: float) -> Account:
        """The account that called an endpoint; `now` is the server's clock in seconds."""
        answers = self.switches.at(endpoint)
        app_id = parameters.text.get("appId", "")
        if not app_id:
            raise ApiError("appId is required.")
        account = self.accounts.of_app(app_id)
        if account is None:
            raise ApiError("application not found.", detail=_UNKNOWN_APPLICATION)
        _check_timestamp(parameters.text.get("timestamp", ""), now, answers)
        refused = ApiError("invalid signature.", _signature_code(answers, endpoint))
        if not signing.is_signed(parameters.text, account.app_secret, answers):
            raise refused
        if not self._is_new(app_id, parameters.text.get("signatureNonce", ""), now):
            raise refused
        return account

    def _is_new(self, app_id: str, nonce: str, now: float) -> bool:
        """A nonce is good for one call while its timestamp could be valid. Assumed: no page says so."""
        if not nonce:
            return True
        self._nonces = {key: seen for key, seen in self._nonces.items() if abs(now - seen) * 1000 <= VALID_MS}
        if (app_id, nonce) in self._nonces:
            return False
        self._nonces[app_id, nonce] = now
        return True


def _check_timestamp(timestamp: str, now: float, answers: Answers) -> None:
    if len(timestamp) != _TIMESTAMP_DIGITS or not (timestamp.isascii() and timestamp.isdigit()):
        raise ApiError("invalid timestamp.")
    if abs(now * 1000 - int(timestamp)) > VALID_MS:
        raise ApiError(_EXPIRED_MESSAGE[answers["expired_timestamp"]], detail=_EXPIRED)


def _signature_code(answers: Answers, endpoint: str) -> int:
    if answers["signature_error_code"] == "documented":
        return _SIGNATURE_CODES.get(endpoint, _SIGNATURE_CODE)
    return answers.number("signature_error_code")
