"""Regular expressions that are compiled when they are first used.

Compiling one takes a tenth to half a millisecond, there are more than a hundred, and a run over one
file uses a third of them.
"""

from __future__ import annotations

import re
from typing import Any, cast


class _Late:
    """Becomes the pattern method by method: each is an attribute of its own once it was asked."""

    def __init__(self, pattern: str, flags: int) -> None:
        self._given = (pattern, flags)

    def __getattr__(self, name: str) -> Any:
        method = getattr(re.compile(*self._given), name)
        setattr(self, name, method)
        return method


def late(pattern: str, flags: int = 0) -> re.Pattern[str]:
    """What ``re.compile`` gives, compiled when it is first used. Calls cost the same."""
    return cast("re.Pattern[str]", _Late(pattern, flags))
