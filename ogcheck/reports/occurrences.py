"""Tells problems apart that are about the same thing in one file."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ogcheck.problem import Problem


class Occurrences:
    """Numbers the problems of one fingerprint in one file; problems come file by file."""

    def __init__(self) -> None:
        self._path = ""
        self._seen: Counter[str] = Counter()

    def name(self, problem: Problem) -> str:
        """``FINGERPRINT:N``, the N-th of its kind in its file: it stays when lines move."""
        if problem.path != self._path:
            self._path = problem.path
            self._seen.clear()
        fingerprint = problem.fingerprint
        self._seen[fingerprint] += 1
        return f"{fingerprint}:{self._seen[fingerprint]}"
