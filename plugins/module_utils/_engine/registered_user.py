# Copyright (c) 2026, polyv.live maintainers
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""An account that another one registers, with keys that must not get lost. Create-only: no call changes or deletes one."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, fields
from typing import Any, ClassVar

from .._api import answers
from .._api.client import Client
from .._api.endpoint import Endpoint
from .._errors import as_polyv_error
from .._options.connection import COMMON_OPTIONS
from .._secrets import secret
from .creation import Creation, Words, created_once
from .definition import Context, Work
from .setting import Setting


@dataclass(frozen=True)
class User:
    """A registered user, as far as the API says."""

    name: str | None
    app_id: str | None
    app_secret: str | None = field(repr=False)
    user_id: str | None


class RegisteredUser(Setting[User | None]):
    """The state is the user, or None where the API says that the email is not registered.

    `endpoint` is the one that registers.
    """

    must_show = False  # a failed task would lose the keys that the answer gave
    endpoint: ClassVar[Endpoint]

    def __init__(self, context: Context, email: str, name: str | None = None) -> None:
        self._context = context
        self._email = email
        self._name = name
        self.registration = registration(context.client, email)
        self._registered: User | None = None

    @abstractmethod
    def find(self) -> User | None:
        """Reads the user once; None where the API says that there is none."""

    @abstractmethod
    def register(self, sending: Callable[[], None]) -> Any:
        """Sends the registration, with `sending` called right before each attempt; the data of the answer."""

    def read(self) -> User | None:
        if self._registered is None:
            return self.registration.certain(self.find)
        try:
            return self.find()
        except (
            Exception
        ) as error:  # the keys may never be readable again: whatever it is, it must not lose them
            self._context.warn(
                f"{self._email} was registered, but reading it back failed: {as_polyv_error(error).msg}"
            )
            return self._registered

    def desired(self, current: User | None) -> User | None:
        return current or User(self._name, None, None, None)

    def confirm_account(self) -> None:
        # The account that registers; what it registers gets an id of its own.
        self._context.identity.confirm()

    def reflects(self, read: User | None, written: User | None) -> bool:
        return read is not None

    def write(self, current: User | None, desired: User | None) -> User | None:
        user, lost = self.registration.create(
            self.register,
            lambda answer: user_of(
                self.endpoint, answers.mapping(self.endpoint, answer, "the keys of a new user")
            ),
            self.find,
        )
        if lost:
            self._context.warn(
                f"The answer to the registration of {self._email} was lost; the user was found by reading."
            )
        self._registered = user
        return user

    def merged(self, read: User | None, written: User | None) -> User | None:
        # The read wins, so that every later run returns the same; what it does not show is taken from the answer.
        if read is None or written is None:
            return read or written
        known = {item.name: getattr(read, item.name) or getattr(written, item.name) for item in fields(User)}
        return User(**known)

    def notes(self, before: User | None, after: User | None, written: bool) -> Iterable[str]:
        if before is not None and self._name and before.name and self._name != before.name:
            yield (
                f"{self._email} is registered with the name {before.name!r}; the API has no call to change it to "
                f"{self._name!r}."
            )
        if after is not None and after.app_secret and not self._context.hidden:
            yield "The result holds the user's app_secret in clear. Set no_log: true on this task."
        if after is not None and not after.app_secret and (before is not None or written):
            yield f"The API does not show the app_secret of {self._email}."

    def not_applied(self, read: User | None, written: User | None) -> str:
        return f"{self._email} was registered, but reads do not show it yet."

    def result(self, state: User | None) -> dict[str, Any]:
        described = {item.name: getattr(state, item.name, None) for item in fields(User)}
        url = self._context.client.connection.api_url
        return {
            "user": {"email": self._email, **described},
            "api_url": None if url == COMMON_OPTIONS["api_url"]["default"] else url,
        }

    def view(self, state: User | None) -> dict[str, Any]:
        if state is None:
            return {}
        return {"email": self._email, "name": state.name, "app_id": state.app_id, "user_id": state.user_id}


def user_of(endpoint: Endpoint, data: Any) -> User:
    """A user from the object that an answer describes them by."""
    return User(
        name=answers.text(endpoint, data.get("name")),
        app_id=answers.text(endpoint, data.get("appId")),
        app_secret=secret(answers.text(endpoint, data.get("appSecret"))),
        user_id=answers.text(endpoint, data.get("userId")),
    )


def registration(client: Client, email: str) -> Creation:
    """The registration of an email, whose letter case makes no difference."""
    words = Words("email", f"registering {email}", "the user", f"{email} may or may not be registered")
    return Creation(client, email.lower(), words)


def one_user(make: Callable[[Context], RegisteredUser]) -> Callable[[Context], Work]:
    """The `prepare` of a module that registers a user."""

    def prepare(context: Context) -> Work:
        user = make(context)
        return created_once(user, user.registration, context)

    return prepare
