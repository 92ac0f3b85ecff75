"""Every endpoint of every service."""

from itertools import chain

from .registry import Registry
from .services import (
    account,
    callbacks,
    channels,
    custom_authorization,
    custom_users,
    donations,
    watch_conditions,
    weixin_share,
)

_SERVICES = (
    weixin_share,
    watch_conditions,
    custom_authorization,
    donations,
    custom_users,
    callbacks,
    channels,
    account,
)

REGISTRY = Registry(chain.from_iterable(service.ENDPOINTS for service in _SERVICES))
