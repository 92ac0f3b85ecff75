"""The vendor's signature (contract §1); nothing is shared with the collection."""

import hashlib
import hmac
from collections.abc import Iterator, Mapping

_ALGORITHMS = {"": "md5", "MD5": "md5", "SHA256": "sha256"}


def digest(
    parameters: Mapping[str, str], secret: str, *, method: str = "", include_empty: bool = False
) -> str:
    """Sign text parameters; `sign` never takes part, an empty value only on demand (contract §1)."""
    signed = sorted(
        (name.encode(), value.encode())
        for name, value in parameters.items()
        if name != "sign" and (value or include_empty)
    )
    key = secret.encode()
    text = key + b"".join(name + value for name, value in signed) + key
    return hashlib.new(_ALGORITHMS[method], text).hexdigest().upper()


def is_signed(parameters: Mapping[str, str], secret: str, empty_values: str) -> bool:
    """Say whether `sign` fits; `empty_values` is the switch `verify_empty_in_sign`."""
    method = parameters.get("signatureMethod", "")
    if method not in _ALGORITHMS:
        return False
    given = parameters.get("sign", "").encode()
    return any(
        hmac.compare_digest(given, digest(parameters, secret, method=method, include_empty=include).encode())
        for include in _inclusions(empty_values, parameters)
    )


def _inclusions(empty_values: str, parameters: Mapping[str, str]) -> Iterator[bool]:
    if empty_values != "include":
        yield False
    # Without an empty value both digests are the same: don't compute it twice.
    if empty_values == "include" or (empty_values == "either" and "" in parameters.values()):
        yield True
