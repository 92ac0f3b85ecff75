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


def invalid_parameters(data: Any = "") -> ApiError:
    """Any bad value that has no message of its own (docs/api.md §3)."""
    return ApiError("param validate error", data=data)


def empty_parameter(name: str) -> ApiError:
    """A required parameter is missing or empty (docs/api.md §3)."""
    return ApiError(f"param should not be empty: {name}")


def new_backend_refuses() -> ApiError:
    """The new backend does not know an old setting (docs/api.md §3)."""
    return ApiError("new scene forbidden setting")


def method_not_allowed(method: str) -> ApiError:
    """The endpoint does not know the HTTP method."""
    return ApiError(f"Request method '{method}' not supported", 405)
