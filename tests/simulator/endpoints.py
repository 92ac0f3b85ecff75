"""Every endpoint of every service: a new file in `services` is found by itself."""

import importlib
import pkgutil
from itertools import chain

from . import services
from .registry import Registry

_SERVICES = [
    importlib.import_module(f"{services.__name__}.{found.name}")
    for found in pkgutil.iter_modules(services.__path__)
]

REGISTRY = Registry(chain.from_iterable(getattr(service, "ENDPOINTS", ()) for service in _SERVICES))
