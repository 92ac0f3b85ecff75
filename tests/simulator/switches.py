"""One switch for every question that docs/api.md leaves open, its values the plausible answers.

`NAME@ENDPOINT` answers it for one endpoint only.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

Value = str | int


class SwitchError(ValueError):
    """An unknown switch, or a value it does not have."""


@dataclass(frozen=True)
class Choice:
    """A switch with named values; the first is the default."""

    values: tuple[str, ...]

    @property
    def default(self) -> Value:
        """The value at start."""
        return self.values[0]

    @property
    def allowed(self) -> str:
        """The values, for a message."""
        return ", ".join(self.values)

    def parse(self, given: object) -> Value | None:
        """The value meant, or None."""
        text = str(given)
        return text if text in self.values else None


@dataclass(frozen=True)
class Number:
    """A switch with a whole number."""

    default: Value
    minimum: int
    maximum: int

    @property
    def allowed(self) -> str:
        """The values, for a message."""
        return f"a whole number from {self.minimum} to {self.maximum}"

    def parse(self, given: object) -> Value | None:
        """The value meant, or None."""
        text = str(given)
        if not (text.isascii() and text.isdigit()):
            return None
        number = int(text)
        return number if self.minimum <= number <= self.maximum else None


def _choice(values: str) -> Choice:
    return Choice(tuple(values.split("|")))


_HOUR_MS = 3_600_000

SWITCHES: dict[str, Choice | Number] = {
    # Signing and limits (docs/api.md §1, §2, §3)
    "verify_empty_in_sign": _choice("either|skip|include"),
    "verify_blank_in_sign": _choice("either|skip|include"),
    "sha256_signs_method": _choice("either|yes|no"),
    "signature_error_code": _choice("documented|400|401|403"),
    "expired_timestamp": _choice("english|chinese"),
    "throttle_code": Number(400, 100, 99999),
    "throttle_http_status": Number(200, 200, 599),
    # Answers (docs/api.md §2, §3)
    "error_http_status": _choice("200|code"),
    "v4_error_code": _choice("code|own"),
    "not_digit_shows": _choice("name|value"),
    "read_lag_ms": Number(0, 0, _HOUR_MS),
    "read_lag_reads": Number(0, 0, 1000),
    "channel_id_type": _choice("number|string"),
    "price_type": _choice("number|string"),
    "unset_text": _choice("null|empty|missing"),
    "write_data": _choice("documented|empty|success|true|count"),
    "channel_id_zeros": _choice("number|text"),
    # Listings and fields that only the vendor's own clients read (docs/api.md §5)
    "page_totals": _choice("pages|all|none"),
    "page_size_over": _choice("refuse|clamp"),
    "optional_fields": _choice("shown|missing"),
    # WeChat share (docs/api.md §4)
    "weixin_unset": _choice("empty|null|missing"),
    "weixin_read_get": _choice("accepted|rejected"),
    # Custom auth (docs/api.md §4)
    "oauth_switches_auth_type": _choice("no|yes"),
    "oauth_switches_enabled": _choice("no|yes"),
    "oauth_rank": _choice("1|2|custom"),
    "oauth_key": _choice("keep|change"),
    "oauth_follows_shows": _choice("account|channel"),
    # Donate (docs/api.md §4)
    "cash_min_name": _choice("cashMin|casnMin|both"),
    "cash_good_exclusive": _choice("no|yes"),
    "good_image_part": _choice("any|goodImg|numbered|indexed"),
    "good_fields": _choice("joined|numbered|any"),
    "image_check": _choice("name|content"),
    # Custom user (docs/api.md §4)
    "custom_user_not_found": _choice(
        "empty_string|null|empty_object|empty_list|error_400|error_404|error_500|unclear_error"
    ),
    "custom_user_read_secret": _choice("yes|no"),
    "custom_user_duplicate": _choice("error|success|new"),
    # Record callback (docs/api.md §4)
    "record_callback_empty": _choice("error|clear"),
}


#: Asked before it is known which endpoint a request is for, or by several endpoints together.
_WHOLE_SERVER = frozenset({"throttle_code", "throttle_http_status", "read_lag_ms", "read_lag_reads"})


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
