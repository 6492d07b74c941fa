"""Pieces of a text replaced, all at once."""

from __future__ import annotations

from collections.abc import Iterable


def spliced(
    text: str, pieces: Iterable[tuple[int, int, str]], first: int = 0, last: int | None = None
) -> str:
    """``text``, or what of it stands from ``first`` to ``last``, with each ``(start, end, new)``
    replaced.

    They are in order, and offsets are into the whole. Raises ``ValueError`` where one overlaps the
    one before it, or begins before ``first``.
    """
    parts: list[str] = []
    at = first
    for start, end, new in pieces:
        if start < at:
            raise ValueError(f"the edit at {start} overlaps the one before it")
        parts += (text[at:start], new)
        at = end
    parts.append(text[at:last])
    return "".join(parts)
