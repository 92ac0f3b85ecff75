# Copyright (c) 2026, polyv.live maintainers
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Characters that nobody sees or means, and numbers that were meant as text. Pure: options and files are checked alike."""

from __future__ import annotations

import re
import unicodedata

# Controls, formats, line and paragraph separators, private use, halves of a pair, unassigned.
_UNSEEN = ("Cc", "Cf", "Zl", "Zp", "Co", "Cs", "Cn")
# Blank or invisible, although their category says letter, mark or symbol; see Default_Ignorable_Code_Point.
_UNSEEN_ELSEWHERE = re.compile(
    "[\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u2800\u3164\ufe00-\ufe0f\uffa0\ufffc\ufffd\U000e0100-\U000e01ef]"
)
# Here newer versions of Unicode add emoji and Chinese characters, which an older Python does not know yet.
_GROWING = re.compile("[\U0001f000-\U0001fbff\U00020000-\U0002fffd\U00030000-\U0003fffd]")
_SKIN_TONES = re.compile("[\U0001f3fb-\U0001f3ff]")
_JOINERS = "\u200c\u200d"
_IDEOGRAPHIC_SPACE = "\u3000"
_KEYCAP = "\u20e3"

# What Python and YAML make of a long number, such as 1.448323e+16 of 1448323e10 in an INI inventory.
_REWRITTEN = re.compile(r"-?([0-9](\.[0-9]+)?e[+-][0-9]{2,3}|[0-9]+\.[0-9]+|inf|nan)", re.ASCII)

READ_AS_NUMBER = "was read as a number, which may have changed it; put it in quotes"


def invisible(text: str) -> str | None:
    """The first character that can't be meant in a key, an address or a URL, named with its position; None if all can.

    For example `U+200B ZERO WIDTH SPACE at position 31`; positions count from 1. Only U+0020 is a blank that is meant.
    """
    if text.isascii() and text.isprintable():
        return None  # of thousands of accounts, nearly all
    for index, character in enumerate(text):
        if _is_unseen(character) or (unicodedata.category(character) == "Zs" and character != " "):
            return _named(character, index)
    return None


def unreadable(text: str) -> str | None:
    """Like `invisible`, for text that people read: there the parts of an emoji and of some scripts can be meant.

    Allowed are an ideographic space, a joiner inside an emoji or inside a word of Arabic, Indic and similar scripts, and a
    selector that picks the form of the character before it. Never a line break, a control or a mark of direction.
    """
    for index, character in enumerate(text):
        if character == _IDEOGRAPHIC_SPACE or _is_meant(text, index):
            continue
        if invisible(character):
            return _named(character, index)
    return None


def unusable_in_path(text: str) -> str | None:
    """Like `invisible`, for the name of a file: any character but a control, and bytes that are no text are Python's escapes."""
    for index, character in enumerate(text):
        half = "\ud800" <= character <= "\udfff" and not "\udc80" <= character <= "\udcff"
        if half or unicodedata.category(character) == "Cc":
            return _named(character, index)
    return None


def looks_rewritten(text: str) -> bool:
    """Whether a text looks like what is left of an id that YAML or an INI inventory read as a number."""
    return bool(_REWRITTEN.fullmatch(text))


def _is_unseen(character: str) -> bool:
    if _UNSEEN_ELSEWHERE.match(character):
        return True
    category = unicodedata.category(character)
    return category in _UNSEEN and not (category == "Cn" and _GROWING.match(character))


def _is_meant(text: str, index: int) -> bool:
    """Whether the character, which is invisible alone, changes how its neighbours look."""
    before, after = text[:index].rstrip("\ufe0f"), text[index + 1 : index + 2]
    if not before:
        return False
    if text[index] in _JOINERS:
        emoji = text[index] == "\u200d" and _is_symbol(before[-1]) and _is_symbol(after)
        return emoji or (_has_joiners(before[-1]) and _has_joiners(after))
    if text[index] in "\ufe0e\ufe0f":
        return before == text[:index] and (_is_symbol(before[-1]) or after == _KEYCAP)
    return "\U000e0100" <= text[index] <= "\U000e01ef" and unicodedata.category(before[-1]) == "Lo"


def _is_symbol(character: str) -> bool:
    if _SKIN_TONES.match(character) or _GROWING.match(character):
        return True
    return character != "" and unicodedata.category(character) in ("So", "Sm", "Po", "Pd")


def _has_joiners(character: str) -> bool:
    """Whether the script of a letter or mark uses joiners: Arabic and its relatives, and those of India."""
    if not character or unicodedata.category(character)[0] not in "LM":
        return False
    return unicodedata.bidirectional(character) in ("AL", "NSM") or "\u0900" <= character <= "\u0dff"


def _named(character: str, index: int) -> str:
    kinds = {"Cc": "CONTROL CHARACTER", "Cs": "HALF OF A PAIR", "Co": "PRIVATE USE", "Cn": "UNASSIGNED"}
    controls = {"\0": "NULL", "\t": "TAB", "\n": "LINE FEED", "\r": "CARRIAGE RETURN", "\x85": "NEXT LINE"}
    fallback = controls.get(character) or kinds.get(unicodedata.category(character), "CHARACTER")
    return f"U+{ord(character):04X} {unicodedata.name(character, fallback)} at position {index + 1}"
