"""Whether an image file is whole, and whether it moves: what stands behind its header."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from ogcheck.images.headers import DamagedError, Window, segments

_CHUNKS = 50_000
"""A file of more pieces is not followed to its end."""


class Told(NamedTuple):
    """What is told of a file's end."""

    is_cut: bool = False
    is_animated: bool = False


def look(format: str, window: Window) -> Told:
    """Whether the end of an image is missing, and whether it is animated.

    What its format, or its length, does not tell counts as whole, and still.
    """
    looker = _LOOKERS.get(format)
    if looker is None:
        return Told()
    try:
        return looker(window)
    except DamagedError:
        return Told(is_cut=True)


def _png(window: Window) -> Told:
    """Chunks up to IEND (W3C, PNG, 5.3); acTL stands before the picture (4.8 of APNG)."""
    at, animated = 8, False
    if window.weight >= 20 and window.get(window.weight - 8, 4) == b"IEND":
        return Told(is_animated=b"acTL" in window.head)
    for _ in range(_CHUNKS):
        length, name = window.number(at, 4), window.get(at + 4, 4)
        animated = animated or name == b"acTL"
        if name == b"IEND":
            break
        at += length + 12
    return Told(is_animated=animated)


def _jpeg(window: Window) -> Told:
    """The mark of the end, which does not occur in a scan; what is appended is left alone."""
    start = 0
    for _, _, end in segments(window):
        start = end
    tail = max(start, window.weight - len(window.head))
    if b"\xff\xd9" in window.rest(tail):
        return Told()
    rest = window.rest(start)
    return Told(is_cut=b"\xff\xd9" not in rest and start + len(rest) == window.weight)


def _gif(window: Window) -> Told:
    """Blocks up to the trailer (GIF89a, appendix B), which may be left out."""
    data = window.get(0, 13) + window.rest(13)
    at = 13 + _table(data[10])
    frames = 0
    while at < len(data) and data[at] in (0x21, 0x2C):
        if data[at] == 0x2C:
            frames += 1
            at += 11 + (_table(data[at + 9]) if at + 9 < len(data) else 0)
        else:
            at += 2
        while at < len(data) and data[at]:
            at += data[at] + 1
        at += 1
    is_short = at > len(data) and len(data) == window.weight
    return Told(is_short or not frames, frames > 1)


def _table(packed: int) -> int:
    """How many bytes a table of colours takes."""
    return 3 * 2 ** ((packed & 7) + 1) if packed & 0x80 else 0


def _webp(window: Window) -> Told:
    length = int.from_bytes(window.get(4, 4), "little") + 8
    animated = window.get(12, 4) == b"VP8X" and bool(window.number(20, 1) & 2)
    return Told(length > window.weight, animated)


def _heif(window: Window) -> Told:
    at = 0
    while at < window.weight:
        size = window.number(at, 4)
        if size == 0:
            break
        at += window.number(at + 8, 8) if size == 1 else max(size, 8)
    return Told(at > window.weight, window.get(8, 4) == b"avis")


_LOOKERS: dict[str, Callable[[Window], Told]] = {
    "png": _png, "jpeg": _jpeg, "gif": _gif, "webp": _webp, "avif": _heif, "heic": _heif,
}  # fmt: skip
