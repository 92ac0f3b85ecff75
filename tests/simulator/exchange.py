"""One HTTP request to the API, as far as it can be told before it is authenticated."""

from dataclasses import dataclass

from starlette.requests import Request

from .parameters import Parameters
from .registry import Endpoint, Match

#: Which envelope a request to no endpoint would get.
_DEFAULT_VERSION = 3


@dataclass(frozen=True)
class Exchange:
    """A request, what it carried, and the endpoint it is for (if there is one)."""

    request: Request
    parameters: Parameters
    match: Match | None

    @property
    def endpoint(self) -> Endpoint | None:
        """The endpoint at the request's path."""
        return self.match.endpoint if self.match else None

    @property
    def endpoint_name(self) -> str | None:
        """The endpoint's name in log and faults."""
        return self.endpoint.name if self.endpoint else None

    @property
    def version(self) -> int:
        """The API version that decides the envelope."""
        return self.endpoint.version if self.endpoint else _DEFAULT_VERSION

    @property
    def app_id(self) -> str | None:
        """The application that the request names; nothing is verified yet."""
        return self.parameters.text.get("appId")

    @property
    def address(self) -> str:
        """The client's IP address: the limit counts by it."""
        return self.request.client.host if self.request.client else ""
