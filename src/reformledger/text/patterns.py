"""Patterns that are compiled when they are first used: a start pays for none that its command does not need."""

from __future__ import annotations

import re
from typing import Any, cast


def when_used(pattern: str, flags: int = 0) -> re.Pattern[str]:
    """Return a pattern that is compiled when it is first searched; only then is ``re.error`` raised.

    It has all that a compiled one has, but the functions of ``re`` and ``isinstance`` do not know it for one.
    """
    return cast("re.Pattern[str]", _WhenUsed(pattern, flags))


class _WhenUsed:
    def __init__(self, pattern: str, flags: int) -> None:
        self.pattern = pattern
        self._flags = flags

    def __getattr__(self, name: str) -> Any:
        """Return what the compiled pattern has by a name, and keep it: from then on it is found at once."""
        value = getattr(re.compile(self.pattern, self._flags), name)
        setattr(self, name, value)
        return value
