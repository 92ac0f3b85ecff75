# Copyright (c) 2026, polyv.live maintainers
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A setting of many channels, which the API takes channel by channel: what one of them refuses does not stop the others."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from .._errors import Kind, PolyvError

# What may concern one channel alone. Anything else, such as a broken connection, would end the same way for the next one.
_OF_ONE_CHANNEL = frozenset({Kind.REJECTED, Kind.UNKNOWN_CHANNEL, Kind.FORBIDDEN, Kind.NOT_APPLIED})
# After so many that are refused alike, with none that is taken, it is not the channel that is refused.
REFUSED_ALIKE = 5


def write_each(channels: Sequence[str], write: Callable[[str], None]) -> None:
    """Writes channel after channel. `write` takes the id of one.

    Raises PolyvError: the first refusal, after the other channels were written, with all that were refused; or at once what would
    stop the others, too.
    """
    if len(channels) == 1:
        write(channels[0])
        return
    refused: dict[str, PolyvError] = {}
    for tried, channel in enumerate(channels):
        try:
            write(channel)
        except PolyvError as error:
            if not _of_one_channel(error):
                raise _stopped(error, channels, tried, list(refused)) from None
            refused[channel] = error
        if tried + 1 == len(refused) == REFUSED_ALIKE and alike(refused.values()):
            break
    if refused:
        first = next(iter(refused.values()))
        left = [*refused, *channels[tried + 1 :]]
        raise first.with_msg(
            f"{first.msg} {len(left)} of {len(channels)} channels were not written: {', '.join(left)}."
        )


def _of_one_channel(error: PolyvError) -> bool:
    return error.failure.kind in _OF_ONE_CHANNEL


def alike(errors: Iterable[PolyvError]) -> bool:
    """Whether the API said the same each time."""
    return len({error.failure.message for error in errors}) == 1


def _stopped(error: PolyvError, channels: Sequence[str], tried: int, refused: Sequence[str]) -> PolyvError:
    text = (
        f"{error.msg} {tried - len(refused)} of {len(channels)} channels were written before channel {channels[tried]}; run again "
        "to go on."
    )
    return error.with_msg(f"{text} Refused before: {', '.join(refused)}." if refused else text)


def reasons(late: Sequence[str], follows: Callable[[str], bool]) -> str:
    """Why channels don't show what was written, each of them named. `follows` says whether one follows its account."""
    following = [channel for channel in late if follows(channel)]
    others = [channel for channel in late if channel not in set(following)]
    parts = (("Follows its account", following), ("May need more time", others))
    return " ".join(f"{reason}: {', '.join(named)}." for reason, named in parts if named)
