"""What all unit tests share."""

from __future__ import annotations

from hypothesis import settings

# A time limit for each example would only tell how busy the machine is.
settings.register_profile("any machine", deadline=None)
settings.load_profile("any machine")
