"""One switch for every question that docs/api.md leaves open, its values the plausible answers.

`NAME@ENDPOINT` answers it for one endpoint only.
"""

from collections.abc import Collection, Mapping

Value = str | int


class SwitchError(ValueError):
    """An unknown switch, or a value it does not have."""


class Choice:
    """A switch with named values; the first is the default."""

    def __init__(self, *values: str) -> None:
        self.values = values
        self.default: Value = values[0]
        self.allowed = ", ".join(values)

    def parse(self, given: object) -> Value | None:
        """The value meant, or None."""
        return str(given) if str(given) in self.values else None


class Number:
    """A switch with a whole number."""

    def __init__(self, default: int, minimum: int, maximum: int) -> None:
        self.default: Value = default
        self.allowed = f"a whole number from {minimum} to {maximum}"
        self._range = range(minimum, maximum + 1)

    def parse(self, given: object) -> Value | None:
        """The value meant, or None."""
        text = str(given)
        is_number = text.isascii() and text.isdigit() and int(text) in self._range
        return int(text) if is_number else None


_HOUR_MS = 3_600_000

SWITCHES: dict[str, Choice | Number] = {
    # Signing and limits (docs/api.md §1, §2, §3)
    "verify_empty_in_sign": Choice("either", "skip", "include"),
    "verify_blank_in_sign": Choice("either", "skip", "include"),
    "sha256_signs_method": Choice("either", "yes", "no"),
    "signature_error_code": Choice("documented", "400", "401", "403"),
    "expired_timestamp": Choice("english", "chinese"),
    "throttle_code": Number(400, 100, 99999),
    "throttle_http_status": Number(200, 200, 599),
    # Answers (docs/api.md §2, §3)
    "error_http_status": Choice("200", "code"),
    "v4_error_code": Choice("code", "own"),
    "not_digit_shows": Choice("name", "value"),
    "read_lag_ms": Number(0, 0, _HOUR_MS),
    "read_lag_reads": Number(0, 0, 1000),
    "channel_id_type": Choice("number", "string"),
    "price_type": Choice("number", "string"),
    "unset_text": Choice("null", "empty", "missing"),
    "write_data": Choice("documented", "empty", "success", "true", "count"),
    "channel_id_zeros": Choice("number", "text"),
    "write_effect": Choice("shown", "never"),
    # The two backends (docs/api.md §4, §7.8)
    "backend": Choice("old", "new"),
    "legacy_on_new": Choice("documented", "works", "ignored", "refused"),
    # Listings and fields that only the vendor's own clients read (docs/api.md §5)
    "page_totals": Choice("pages", "all", "none"),
    "page_size_over": Choice("refuse", "clamp"),
    "optional_fields": Choice("shown", "missing"),
    # Channels that are new (docs/api.md §5, §7.5)
    "channel_list_lag_ms": Number(0, 0, _HOUR_MS),
    "channel_list_lag_reads": Number(0, 0, 1000),
    "new_channel_lag_ms": Number(0, 0, _HOUR_MS),
    "new_channel_lag_reads": Number(0, 0, 1000),
    "new_channel_auth": Choice("template", "custom"),
    "channel_create_category": Choice("kept", "ignored"),
    "channel_keyword": Choice("part", "whole"),
    "channel_desc": Choice("empty", "shown"),
    "start_time_unset": Choice("null", "zero"),
    "basic_get_fields": Choice("all", "named"),
    # Function switches (docs/api.md §7.4)
    "function_switches_shown": Choice("all", "written"),
    "function_switches_follow": Choice("account", "channel"),
    # WeChat share (docs/api.md §4)
    "weixin_unset": Choice("empty", "null", "missing"),
    "weixin_read_get": Choice("accepted", "rejected"),
    # Custom auth (docs/api.md §4)
    "oauth_switches_auth_type": Choice("no", "yes"),
    "oauth_switches_enabled": Choice("no", "yes"),
    "oauth_rank": Choice("1", "2", "custom"),
    "oauth_key": Choice("keep", "change"),
    "oauth_follows_shows": Choice("account", "channel"),
    # Watch conditions (docs/api.md §7.2, §7.3)
    "auth_code_most": Number(8, 6, 8),
    "auth_update_without_channel": Choice("account", "channels"),
    "set_auth_type_ranks": Choice("both", "first"),
    "set_auth_type_shows": Choice("kept", "none"),
    "global_auth_update": Choice("merge", "replace"),
    # Donate (docs/api.md §4)
    "cash_min_name": Choice("cashMin", "casnMin", "both"),
    "cash_good_exclusive": Choice("no", "yes"),
    "good_image_part": Choice("any", "goodImg", "numbered", "indexed"),
    "good_fields": Choice("joined", "numbered", "any"),
    "image_check": Choice("name", "content"),
    # Custom user (docs/api.md §4)
    "custom_user_not_found": Choice(
        "empty_string",
        "null",
        "empty_object",
        "empty_list",
        "error_400",
        "error_404",
        "error_500",
        "unclear_error",
    ),
    "custom_user_read_secret": Choice("yes", "no"),
    "custom_user_duplicate": Choice("error", "success", "new"),
    # Sub-accounts and group accounts (docs/api.md §7.6, §7.7)
    "sub_account_deleted": Choice("gone", "listed"),
    "sub_account_recreate": Choice("replaced", "second", "error"),
    "sub_account_references": Choice("flat", "nested", "missing"),
    "sub_account_details": Choice("shown", "missing"),
    "group_user_duplicate": Choice("error", "success", "new"),
    "group_user_absent": Choice("empty", "error"),
    # Record callback (docs/api.md §4)
    "record_callback_empty": Choice("error", "clear"),
    # What a record callback is sent (docs/api.md §5)
    "recording_timestamp": Choice("milliseconds", "seconds"),
    "recording_resend": Choice("no", "same", "fresh"),
    "recording_formats_timestamp": Choice("each", "shared"),
    "recording_optional_fields": Choice("sent", "empty", "missing"),
}


#: Asked before it is known which endpoint a request is for, or by several endpoints together.
_WHOLE_SERVER = frozenset(
    {"throttle_code", "throttle_http_status"}
    | {
        f"{lag}_{unit}"
        for lag in ("read_lag", "channel_list_lag", "new_channel_lag")
        for unit in ("ms", "reads")
    }
)


class Answers:
    """The values of the switches, as one endpoint sees them."""

    def __init__(self, values: Mapping[str, Value], endpoint: str = "") -> None:
        self._values = values
        self._endpoint = endpoint

    def __getitem__(self, name: str) -> str:
        return str(self._value(name))

    def number(self, name: str) -> int:
        """The value of a switch that is a number, or whose values are."""
        return int(self._value(name))

    def _value(self, name: str) -> Value:
        return self._values.get(f"{name}@{self._endpoint}", self._values[name])


class Switches(Answers):
    """The switches' current values."""

    def __init__(
        self, overrides: Mapping[str, object] | None = None, endpoint_names: Collection[str] = ()
    ) -> None:
        self._endpoint_names = endpoint_names
        self._start = self._checked(overrides or {})
        self.reset()

    def at(self, endpoint: str) -> Answers:
        """What an endpoint sees."""
        return Answers(self._values, endpoint)

    def all(self) -> dict[str, Value]:
        """Every switch with its value."""
        return dict(self._values)

    def set(self, given: Mapping[str, object]) -> None:
        """Change some switches: all of them, or none when one is wrong."""
        self._values = {**self._values, **self._checked(given)}

    def reset(self) -> None:
        """Back to the values of the start."""
        defaults = {name: switch.default for name, switch in SWITCHES.items()}
        super().__init__({**defaults, **self._start})

    def _checked(self, given: Mapping[str, object]) -> dict[str, Value]:
        for key in given:
            self._check_endpoint(*key.partition("@"))
        return {key: _value(key.partition("@")[0], value) for key, value in given.items()}

    def _check_endpoint(self, name: str, separator: str, endpoint: str) -> None:
        if not separator:
            return
        if name in _WHOLE_SERVER:
            raise SwitchError(f"switch {name!r} is for all endpoints together")
        if endpoint not in self._endpoint_names:
            allowed = ", ".join(sorted(self._endpoint_names))
            raise SwitchError(f"no endpoint is named {endpoint!r}; there are: {allowed}")


def _value(name: str, given: object) -> Value:
    switch = SWITCHES.get(name)
    if switch is None:
        raise SwitchError(f"unknown switch {name!r}; there are: {', '.join(sorted(SWITCHES))}")
    value = switch.parse(given)
    if value is None:
        raise SwitchError(f"switch {name!r} can't be {given!r}; allowed: {switch.allowed}")
    return value
