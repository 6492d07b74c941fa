"""Where the values of a JSON text stand: a scanner that is run only when a place is asked for.

``json`` reads the values and gives no places. What it has accepted is walked here without
recursion, its strings by ``json``'s own scanner.
"""

from __future__ import annotations

from json.decoder import scanstring  # type: ignore[attr-defined]  # public, and not in its stub
from typing import NamedTuple

from ogcheck.page import pointer_step
from ogcheck.source import Span
from ogcheck.values.patterns import late

_SPACE = late(r"[ \t\n\r]*")
_SCALAR = late(r"[^\s,\]}]+")
_STRING_PART = late(r"[^\\]+|\\u[0-9a-fA-F]{4}|\\.", 16)  # re.DOTALL


class Place(NamedTuple):
    """A scalar's place, quotes included, and that of its key."""

    span: Span
    key: Span | None


def places(text: str, start: int, end: int, wanted: frozenset[str]) -> dict[str, Place]:
    """The places of ``wanted`` scalars in the JSON at ``text[start:end]``, by JSON Pointer.

    The text must be JSON that ``json.loads`` accepts. Of keys that stand twice the last counts, as
    there.
    """
    found: dict[str, Place] = {}
    # What is open: its pointer, and the number of its next item (None in an object).
    still_open: list[tuple[str, int | None]] = []
    pointer, key = "", None
    at = _skip(text, start)
    while at < end:
        mark = text[at]
        if mark in "{[":
            still_open.append((pointer, None if mark == "{" else 0))
            at = _skip(text, at + 1)
            if text[at] in "}]":
                still_open.pop()
                at = _skip(text, at + 1)
            else:
                pointer, key, at = _next(text, at, still_open)
                continue
        elif mark == '"':
            _, stop = scanstring(text, at + 1)
            if pointer in wanted:
                found[pointer] = Place(Span(at, stop), key)
            at = _skip(text, stop)
        else:
            match = _SCALAR.match(text, at)
            stop = match.end() if match is not None else at + 1
            if pointer in wanted:
                found[pointer] = Place(Span(at, stop), key)
            at = _skip(text, stop)
        while still_open and at < end and text[at] in "}]":
            still_open.pop()
            at = _skip(text, at + 1)
        if not still_open or at >= end:
            break
        pointer, key, at = _next(text, _skip(text, at + 1), still_open)  # behind the comma
    return found


def _next(
    text: str, at: int, still_open: list[tuple[str, int | None]]
) -> tuple[str, Span | None, int]:
    """The pointer, the key and the beginning of the value that comes next in what is open."""
    above, number = still_open[-1]
    if number is not None:
        still_open[-1] = (above, number + 1)
        return f"{above}/{number}", None, at
    name, stop = scanstring(text, at + 1)
    colon = _skip(text, stop)
    return f"{above}/{pointer_step(name)}", Span(at, stop), _skip(text, colon + 1)


def _skip(text: str, at: int) -> int:
    match = _SPACE.match(text, at)
    return match.end() if match is not None else at


def string_offsets(raw: str, base: int) -> list[tuple[int, int]]:
    """For each character of a JSON string, where it begins and ends.

    ``raw`` is what stands between its quotes, at ``base``. A character beyond U+FFFF may be written
    as two escapes.
    """
    found: list[tuple[int, int]] = []
    high = False
    for match in _STRING_PART.finditer(raw):
        part, start = match.group(), base + match.start()
        if part[0] != "\\":
            found += [(start + i, start + i + 1) for i in range(len(part))]
            high = False
            continue
        code = int(part[2:], 16) if part[1] == "u" else 0
        if high and 0xDC00 <= code <= 0xDFFF:
            found[-1] = (found[-1][0], base + match.end())
            high = False
        else:
            found.append((start, base + match.end()))
            high = 0xD800 <= code <= 0xDBFF
    return found
