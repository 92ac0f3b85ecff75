"""The vendor's signature (docs/api.md §1); nothing is shared with the collection."""

import hashlib
import hmac
import itertools
from collections.abc import Iterator, Mapping

from .switches import Answers

_ALGORITHMS = {"": "md5", "MD5": "md5", "SHA256": "sha256"}


def digest(
    parameters: Mapping[str, str],
    secret: str,
    *,
    method: str = "",
    include_empty: bool = False,
    include_blank: bool = True,
) -> str:
    """Sign text parameters; `sign` never takes part, an empty value only on demand (docs/api.md §1)."""
    signed = sorted(
        (name.encode(), value.encode())
        for name, value in parameters.items()
        if name != "sign" and (include_empty if not value else include_blank or value.strip())
    )
    key = secret.encode()
    text = key + b"".join(name + value for name, value in signed) + key
    return hashlib.new(_ALGORITHMS[method], text).hexdigest().upper()


def is_signed(parameters: Mapping[str, str], secret: str, answers: Answers) -> bool:
    """Say whether `sign` fits one of the ways to sign that the switches allow."""
    method = parameters.get("signatureMethod", "")
    if method not in _ALGORITHMS:
        return False
    given = parameters.get("sign", "").encode()
    return any(
        hmac.compare_digest(
            given,
            digest(signed, secret, method=method, include_empty=empty, include_blank=blank).encode(),
        )
        for signed, empty, blank in _ways(parameters, answers)
    )


def _ways(parameters: Mapping[str, str], answers: Answers) -> Iterator[tuple[Mapping[str, str], bool, bool]]:
    """What may be signed, with or without empty values, and values of blanks: usually there is nothing to choose."""
    values = [value for name, value in parameters.items() if name != "sign"]
    with_method = _allowed(answers["sha256_signs_method"], "no", "yes")
    without = {name: value for name, value in parameters.items() if name != "signatureMethod"}
    sha256 = parameters.get("signatureMethod") == "SHA256"
    return itertools.product(
        [parameters if included else without for included in with_method] if sha256 else [parameters],
        _allowed(answers["verify_empty_in_sign"]) if "" in values else [False],
        _allowed(answers["verify_blank_in_sign"]) if any(map(str.isspace, values)) else [True],
    )


def _allowed(answer: str, without: str = "skip", included: str = "include") -> list[bool]:
    """The choices that a switch leaves."""
    return {without: [False], included: [True]}.get(answer, [False, True])
