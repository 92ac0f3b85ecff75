"""The vendor's services, one file for each; a new file is found by itself.

A service lists its `ENDPOINTS`. What it keeps of an account or a channel is in `ACCOUNT_FIELDS` and `CHANNEL_FIELDS`: the
key in the seed, and the function that reads the value from there.
"""

import importlib
import pkgutil
from collections.abc import Callable, Mapping
from itertools import chain
from typing import Any

from ..endpoints import Registry
from ..seed_fields import Fields

FieldReaders = Mapping[str, Callable[[Fields, str], Any]]

_SERVICES = [importlib.import_module(f"{__name__}.{found.name}") for found in pkgutil.iter_modules(__path__)]


def _fields(kind: str) -> FieldReaders:
    return dict(chain.from_iterable(getattr(service, kind, {}).items() for service in _SERVICES))


REGISTRY = Registry(chain.from_iterable(service.ENDPOINTS for service in _SERVICES))
ACCOUNT_FIELDS = _fields("ACCOUNT_FIELDS")
CHANNEL_FIELDS = _fields("CHANNEL_FIELDS")
