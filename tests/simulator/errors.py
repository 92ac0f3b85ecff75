"""The errors an endpoint may answer, with the messages of docs/api.md §3 and §4."""

from typing import Any


class ApiError(Exception):
    """An error envelope: most are `400 error`, so only the message has to be given.

    `detail` is the finer code that v4 tells beside the envelope's (docs/api.md §3).
    """

    def __init__(
        self,
        message: str,
        code: int = 400,
        *,
        status: str = "error",
        data: Any = "",
        detail: int | None = None,
    ) -> None:
        super().__init__(message)
        self.message = message
        self.code = code
        self.status = status
        self.data = data
        self.detail = detail


class EndpointMissingError(Exception):
    """The account's server does not know the endpoint: the gateway answers with its 404 page."""


def access_forbidden() -> ApiError:
    """The account has not bought the feature (docs/api.md §3)."""
    return ApiError("access forbidden", 500, status="fail")


def channel_not_found() -> ApiError:
    """The channel is unknown, or belongs to another account (docs/api.md §4)."""
    return ApiError("channel not found.")


def channel_setting_not_found() -> ApiError:
    """The channel exists but has no settings (docs/api.md §4)."""
    return ApiError("channelSetting not found.")


def invalid_parameters(data: Any = "") -> ApiError:
    """Any other bad value (docs/api.md §3)."""
    return ApiError("param validate error", data=data)


def empty_parameter(name: str) -> ApiError:
    """A required parameter is missing or empty (docs/api.md §3)."""
    return ApiError(f"param should not be empty: {name}")


def not_digits(shown: str) -> ApiError:
    """A number was expected: the pages disagree whether name or value is shown (docs/api.md §3)."""
    return ApiError(f"param is not digit: {shown}")


def method_not_allowed(method: str) -> ApiError:
    """The endpoint does not know the HTTP method."""
    return ApiError(f"Request method '{method}' not supported", 405)
