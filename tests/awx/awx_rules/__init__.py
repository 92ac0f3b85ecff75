"""What AWX 24.6.1 does with the objects of `awx/`: the rules by which it accepts them, and a job in its manner.

A rule takes an object in the shape of the API and of `awx.awx`, and returns what is wrong with it. Its module knows only
the fields and values that our objects use; whoever uses another one adds what AWX says about it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable


def repeated(names: Iterable[str]) -> list[str]:
    """The names that occur more than once."""
    return [name for name, number in Counter(names).items() if number > 1]
