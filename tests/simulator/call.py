"""One authenticated call, as an endpoint sees it."""

from collections.abc import Mapping
from typing import Any, NamedTuple, Protocol

from .accounts import Account, Accounts, Channel
from .errors import ApiError, empty_parameter, invalid_parameters, new_backend_refuses
from .parameters import Parameters
from .read_lag import Reading, ReadLag, Resource
from .switches import Answers, Switches

#: What reads of these lag for: whether a channel is found, and which ones an account has.
_EXISTS, _CHANNELS = "channel exists", "channels"


class State(Protocol):
    """What endpoints may use of the simulation."""

    accounts: Accounts
    switches: Switches
    lag: ReadLag

    def new_account(self, document: Mapping[str, Any]) -> Account:
        """An account from an entry of a seed."""

    def new_channel(self, account: Account, document: Mapping[str, Any]) -> Channel:
        """A channel from an entry of a seed, with an id that no channel ever had; not yet the account's."""


class Target(NamedTuple):
    """What is called: an endpoint, the value of its path's variable, by which method, and `Endpoint.legacy`."""

    endpoint: str
    path_value: str
    method: str
    legacy: str = ""


class Call:
    """The calling account, what it sent, and the state that the call may read and change."""

    def __init__(self, state: State, account: Account, parameters: Parameters, target: Target) -> None:
        self.account = account
        self.parameters = parameters
        self.text: Mapping[str, str] = parameters.text
        self.path_value = target.path_value
        self.method = target.method
        self._legacy = target.legacy
        self.accounts = state.accounts
        self.switches: Answers = state.switches.at(target.endpoint)
        self._new_account = state.new_account
        self._new_channel = state.new_channel
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
        if channel is None or not self.shown(channel, _EXISTS, current=True):
            raise ApiError("channel not found.")
        return channel

    def signed_channel(self) -> Channel | None:
        """The channel of the signed `channelId`; None when there is none, which means the whole account."""
        self.digits("channelId", 0)
        channel_id = self.text.get("channelId")
        return self.channel(channel_id) if channel_id else None

    def listed_channels(self) -> Mapping[str, Channel]:
        """The account's channels as a list shows them: a new one may be missing for a while (docs/api.md §5)."""
        channels: Mapping[str, Channel] = self.shown(self.account, _CHANNELS, self.account.channels)
        return channels

    def create_channel(self, document: Mapping[str, Any]) -> Channel:
        """Make a channel from an entry of a seed without id. For a while it may not be found."""
        channel = self._new_channel(self.account, document)
        self._lag.remember(self._resource(channel, _EXISTS), False, "new_channel_lag")
        self._replace_channels(
            {**self.account.channels, channel.channel_id: channel}, "read_lag", "channel_list_lag"
        )
        return channel

    def delete_channel(self, channel: Channel) -> None:
        """Take a channel away from the account."""
        left = {key: value for key, value in self.account.channels.items() if value is not channel}
        self._replace_channels(left, "read_lag")

    def _replace_channels(self, channels: dict[str, Channel], *lags: str) -> None:
        if self._has_effect(self.account):
            self._lag.remember(self._resource(self.account, _CHANNELS), self.account.channels, *lags)
            self.account.channels = channels

    def register(self, document: Mapping[str, Any], key: str, old: Any) -> Account:
        """Make an account from an entry of a seed; for a while, a read of `key` shows the old value."""
        account = self._new_account(document)
        if self._has_effect(self.account):
            self.overwritten(self.account, key, old)
            self.accounts.put(account)
        return account

    def require_own_user_id(self) -> None:
        """The path's user id must be the one of the calling application (docs/api.md §4)."""
        if self.path_value != self.account.user_id:
            raise ApiError("userId is error.")

    def read(self, holder: Account | Channel, key: str) -> Any:
        """A setting as a read shows it: maybe not the newest value."""
        return self.shown(holder, key, holder.settings[key])

    def write(self, holder: Account | Channel, key: str, value: Any) -> None:
        """Replace a setting. Values are replaced, never changed in place (see `read_lag`).

        Nothing happens where the switches want a write that answers success and changes nothing.
        """
        if self._has_effect(holder):
            self.overwritten(holder, key, holder.settings[key])
            holder.settings[key] = value

    def _has_effect(self, holder: Account | Channel) -> bool:
        ignored = bool(self._legacy) and self.on_new_backend(holder) and self._legacy_answer() == "ignored"
        return self.switches["write_effect"] == "shown" and not ignored

    def _legacy_answer(self) -> str:
        answer = self.switches["legacy_on_new"]
        return self._legacy if answer == "documented" else answer

    def on_new_backend(self, holder: Account | Channel) -> bool:
        """Whether something is on the new backend: a channel says so, else its account, else the switch."""
        named = holder.settings["backend"] or self.account.settings["backend"]
        return (named or self.switches["backend"]) == "new"

    def require_old_backend(self, *holders: Account | Channel) -> None:
        """Refuse a legacy write if anything of what it is for is on the new backend, and the switch wants it."""
        if self._legacy_answer() == "refused" and any(map(self.on_new_backend, holders)):
            raise new_backend_refuses()

    def followed(self, channel: Channel, area: str) -> str:
        """Y if a channel shows its account's settings in an area of docs/api.md §7.8, else N."""
        areas: Mapping[str, str] = self.read(channel, "follows")
        return areas.get(area, channel.global_settings)

    def shown(self, holder: Account | Channel, key: str, current: Any) -> Any:
        """What a read shows instead of a value that is found by other means than `read`."""
        if self._reading.idle:
            return current
        return self._reading.shown(self._resource(holder, key), current)

    def overwritten(self, holder: Account | Channel, key: str, old: Any) -> None:
        """To be called before such a value is replaced."""
        self._lag.remember(self._resource(holder, key), old)

    def _resource(self, holder: Account | Channel, key: str) -> Resource:
        channel_id = holder.channel_id if isinstance(holder, Channel) else ""
        return Resource(self.account.user_id, channel_id, key)
