# Copyright (c) 2026, polyv.live maintainers
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The host of a URL or an email address: one spelling for each, and whether it means this machine. Pure."""

from __future__ import annotations

import ipaddress
import re
import unicodedata
from typing import TypeAlias

_LABEL = re.compile(r"[0-9A-Za-z_]([0-9A-Za-z_-]*[0-9A-Za-z_])?", re.ASCII)
# A number as C reads it: a browser takes 0x7f.1 for an address, and so does curl.
_C_NUMBER = re.compile(r"0[xX][0-9A-Fa-f]*|[0-9]+", re.ASCII)
_MOST_LABEL, _MOST_HOST = 63, 253
# What /etc/hosts calls this machine on common systems.
_LOCAL_NAMES = ("localhost.localdomain", "localhost4", "localhost6", "ip6-localhost", "ip6-loopback")

# An IPv4 address stands in the last 32 bits: compatible, and translated in two ways.
_TRANSLATED = tuple(ipaddress.IPv6Network(net) for net in ("::/96", "64:ff9b::/96", "::ffff:0:0:0/96"))

Address: TypeAlias = "ipaddress.IPv4Address | ipaddress.IPv6Address"


def problem(host: str) -> str | None:
    """What is wrong with a host, an IPv6 address in brackets; None if nothing is."""
    if not host:
        return "has no host"
    address = address_of(host)
    if address is not None:
        usual = address.version == 6 or host == str(address)
        return None if usual else f"has the host {address} in another spelling"
    if host.startswith("["):
        return "has no IPv6 address between the brackets"
    labels = host.removesuffix(".").split(".")
    if _C_NUMBER.fullmatch(labels[-1]):
        return "has a host that ends with a number and is no address"
    if len(host) > _MOST_HOST or not all(_is_label(label) for label in labels):
        return "has a host that is no name of a host"
    return None


def is_loopback(host: str) -> bool:
    """Whether a host, as in a URL, surely means this machine and nobody else."""
    name = host.removesuffix(".").lower()
    address = address_of(host)
    if address is None:
        return name == "localhost" or name.endswith(".localhost")
    return any(each.is_loopback or each.is_unspecified for each in _meant(address))


def may_be_local(host: str) -> bool:
    """Whether a host means this machine, or may mean it where it is looked up; characters that browsers map are mapped."""
    name = unicodedata.normalize("NFKC", host).replace("\u3002", ".").removesuffix(".").lower()
    return is_loopback(name) or name in _LOCAL_NAMES


def address_of(host: str) -> Address | None:
    """The address that a host is, in every way in which one is written; None for a name."""
    if host.startswith("[") and host.endswith("]"):
        try:
            return None if "%" in host else ipaddress.IPv6Address(host[1:-1])
        except ValueError:
            return None
    return _ipv4(host.removesuffix("."))


def _ipv4(host: str) -> ipaddress.IPv4Address | None:
    """By the rules of inet_aton: one to four numbers, decimal, octal or hexadecimal, the last one filling up."""
    parts = host.split(".")
    if len(parts) > 4 or not all(_C_NUMBER.fullmatch(part) and len(part) <= 20 for part in parts):
        return None
    try:
        numbers = [_c_number(part) for part in parts]
    except ValueError:
        return None
    *first, last = numbers
    if any(number > 255 for number in first) or last >= 256 ** (5 - len(parts)):
        return None
    return ipaddress.IPv4Address(sum(number << 8 * (3 - place) for place, number in enumerate(first)) + last)


def _c_number(text: str) -> int:
    if text[:2].lower() == "0x":
        return int(text[2:] or "0", 16)
    return int(text, 8 if text.startswith("0") else 10)


def _meant(address: Address) -> list[Address]:
    """The address, and the IPv4 address inside it: mapped, compatible, translated or tunnelled."""
    if isinstance(address, ipaddress.IPv4Address):
        return [address]
    inner = [address.ipv4_mapped, address.sixtofour]
    if any(address in network for network in _TRANSLATED) and int(address) & 0xFFFFFFFF > 1:
        inner.append(ipaddress.IPv4Address(int(address) & 0xFFFFFFFF))
    return [address, *(each for each in inner if each is not None)]


def _is_label(label: str) -> bool:
    """Whether a label is one of a host's name: ASCII, or a word of any script in the form in which it is looked up."""
    if label.isascii():
        return len(label) <= _MOST_LABEL and bool(_LABEL.fullmatch(label))
    try:
        encoded = label.encode("idna")
    except UnicodeError:
        return False
    # Another form of the same letters, such as full-width ones, is a slip of the keyboard.
    settled = unicodedata.normalize("NFKC", label) == label
    return settled and bool(_LABEL.fullmatch(encoded.decode())) and all(_is_word(each) for each in label)


def _is_word(character: str) -> bool:
    return character in "-_\u00b7\u30fb" or unicodedata.category(character)[0] in "LMN"
