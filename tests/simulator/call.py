"""One authenticated call, as an endpoint sees it."""

from collections.abc import Mapping
from typing import Any, NamedTuple, Protocol

from .accounts import Account, Accounts, Channel
from .errors import ApiError, empty_parameter, invalid_parameters
from .parameters import Parameters
from .read_lag import Reading, ReadLag, Resource
from .switches import Answers, Switches


class State(Protocol):
    """What endpoints may use of the simulation."""

    accounts: Accounts
    switches: Switches
    lag: ReadLag

    def new_account(self, document: Mapping[str, Any]) -> Account:
        """An account from an entry of a seed."""


class Target(NamedTuple):
    """What is called: an endpoint, the value of its path's variable, and by which method."""

    endpoint: str
    path_value: str
    method: str


class Call:
    """The calling account, what it sent, and the state that the call may read and change."""

    def __init__(self, state: State, account: Account, parameters: Parameters, target: Target) -> None:
        self.account = account
        self.parameters = parameters
        self.text: Mapping[str, str] = parameters.text
        self.path_value = target.path_value
        self.method = target.method
        self.accounts = state.accounts
        self.switches: Answers = state.switches.at(target.endpoint)
        self.new_account = state.new_account
        self._lag = state.lag
        self._reading = Reading(state.lag)

    def required(self, name: str) -> str:
        """A text parameter that must not be empty."""
        value = self.text.get(name, "")
        if not value:
            raise empty_parameter(name)
        return value

    def digits(self, name: str, default: int) -> int:
        """A whole number; missing or empty is the default. The pages disagree what its error shows (docs/api.md §3)."""
        value = self.text.get(name, "")
        if value and not (value.isascii() and value.isdigit()):
            raise ApiError(
                f"param is not digit: {value if self.switches['not_digit_shows'] == 'value' else name}"
            )
        return int(value) if value else default

    def json_object(self) -> dict[str, Any]:
        """The JSON body of a newer endpoint (docs/api.md §5). It is not signed."""
        body = self.parameters.json
        if not isinstance(body, dict):
            raise invalid_parameters()
        return body

    def channel(self, channel_id: str) -> Channel:
        """A channel of the calling account. Whether an id with leading zeros is the number or a text is open."""
        if self.switches["channel_id_zeros"] == "number":
            channel_id = channel_id.lstrip("0")
        channel = self.account.channels.get(channel_id)
        if channel is None:
            raise ApiError("channel not found.")
        return channel

    def signed_channel(self) -> Channel | None:
        """The channel of the signed `channelId`; None when there is none, which means the whole account."""
        self.digits("channelId", 0)
        channel_id = self.text.get("channelId")
        return self.channel(channel_id) if channel_id else None

    def require_own_user_id(self) -> None:
        """The path's user id must be the one of the calling application (docs/api.md §4)."""
        if self.path_value != self.account.user_id:
            raise ApiError("userId is error.")

    def read(self, holder: Account | Channel, key: str) -> Any:
        """A setting as a read shows it: maybe not the newest value."""
        return self.shown(holder, key, holder.settings[key])

    def write(self, holder: Account | Channel, key: str, value: Any) -> None:
        """Replace a setting. Values are replaced, never changed in place (see `read_lag`)."""
        self.overwritten(holder, key, holder.settings[key])
        holder.settings[key] = value

    def shown(self, holder: Account | Channel, key: str, current: Any) -> Any:
        """What a read shows instead of a value that is found by other means than `read`."""
        return self._reading.shown(self._resource(holder, key), current)

    def overwritten(self, holder: Account | Channel, key: str, old: Any) -> None:
        """To be called before such a value is replaced."""
        self._lag.remember(self._resource(holder, key), old)

    def _resource(self, holder: Account | Channel, key: str) -> Resource:
        channel_id = holder.channel_id if isinstance(holder, Channel) else ""
        return Resource(self.account.user_id, channel_id, key)
