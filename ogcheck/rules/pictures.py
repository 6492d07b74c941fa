"""Pictures for examples: a description of an image, and the few bytes that are such a file."""

from __future__ import annotations

import struct
import zlib
from typing import Literal

from ogcheck.frozen import frozen
from ogcheck.images import called


@frozen
class Picture:
    """An image file of a size and a format, of one colour; ``bytes(picture)`` makes it.

    PNG, GIF and SVG files show a picture, a JPEG has a header and an end. With ``weight`` it is
    filled up to so many bytes, where it is less.
    """

    width: int
    height: int
    format: Literal["png", "jpeg", "gif", "svg"] = "png"
    weight: int = 0

    def __str__(self) -> str:
        weight = f", {self.weight:,} bytes" if self.weight else ""
        return f"{called(self.format)} of {self.width}x{self.height} pixels{weight}"

    def __bytes__(self) -> bytes:
        parts = _PARTS[self.format](self.width, self.height)
        filling = max(0, self.weight - sum(map(len, parts)) - _OVERHEAD[self.format])
        if not filling:
            return b"".join(parts)
        return parts[0] + _filling(self.format, filling) + parts[1]


def _chunk(name: bytes, data: bytes) -> bytes:
    checked = zlib.crc32(name + data)
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", checked)


def _png(width: int, height: int) -> tuple[bytes, bytes]:
    """One bit a pixel, all of them 0; what fills it stands before its end."""
    header = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    rows = zlib.compress(bytes((1 + (width + 7) // 8) * height))
    head = b"\x89PNG\r\n\x1a\n" + _chunk(b"IHDR", header) + _chunk(b"IDAT", rows)
    return head, _chunk(b"IEND", b"")


def _gif(width: int, height: int) -> tuple[bytes, bytes]:
    """One pixel on a canvas of the size (GIF89a, with the comment extension as filling)."""
    head = b"GIF89a" + struct.pack("<HH", width, height) + b"\x80\0\0" + bytes(6)
    return head, b"\x2c" + struct.pack("<HHHH", 0, 0, 1, 1) + b"\0\x02\x02\x44\x01\0;"


def _jpeg(width: int, height: int) -> tuple[bytes, bytes]:
    frame = b"\xff\xc0\0\x0b\x08" + struct.pack(">HH", height, width) + b"\1\1\x11\0"
    return b"\xff\xd8" + frame + b"\xff\xda\0\x08\1\1\0\0\x3f\0", b"\xff\xd9"


def _svg(width: int, height: int) -> tuple[bytes, bytes]:
    tag = f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}">'
    return tag.encode(), b"</svg>"


_PARTS = {"png": _png, "gif": _gif, "jpeg": _jpeg, "svg": _svg}
_OVERHEAD = {"png": 12, "gif": 3, "jpeg": 0, "svg": 0}
"""What the filling takes beside itself."""


def _filling(format: str, size: int) -> bytes:
    """About ``size`` bytes that say nothing, as the format has them."""
    if format == "png":
        return _chunk(b"fiLl", bytes(size))
    if format == "gif":
        return b"\x21\xfe" + (b"\xff" + b" " * 255) * (size // 256) + b"\0"
    return b" " * size if format == "svg" else bytes(size)
