"""Pieces of a text replaced, all at once."""

from __future__ import annotations

from collections.abc import Iterable


def spliced(text: str, pieces: Iterable[tuple[int, int, str]]) -> str:
    """``text`` with each ``(start, end, new)`` replaced; they are in order and do not overlap."""
    parts: list[str] = []
    at = 0
    for start, end, new in pieces:
        parts += (text[at:start], new)
        at = end
    parts.append(text[at:])
    return "".join(parts)
