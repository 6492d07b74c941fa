"""What an image file is, told from its bytes: its format, its size, and whether it is whole.

Headers are read, never pictures: nothing is decoded, and how much of a file is looked at is
bounded, so that a small file that unpacks to gigabytes costs what every other does.
"""

from __future__ import annotations

import io
import os
import stat
from pathlib import Path
from typing import BinaryIO, NamedTuple

from ogcheck.opening import NO_FILE, opened

NAMES = {
    "png": "PNG", "jpeg": "JPEG", "gif": "GIF", "webp": "WebP", "avif": "AVIF", "heic": "HEIC",
    "svg": "SVG", "bmp": "BMP", "ico": "ICO", "tiff": "TIFF", "jxl": "JPEG XL", "jp2": "JPEG 2000",
}  # fmt: skip
"""The formats that are known, as people write them."""
_FILE_ENDINGS = {
    "png": "png", "apng": "png", "jpg": "jpeg", "jpeg": "jpeg", "jpe": "jpeg", "jfif": "jpeg",
    "gif": "gif", "webp": "webp", "avif": "avif", "heic": "heic", "heif": "heic", "svg": "svg",
    "bmp": "bmp", "ico": "ico", "tif": "tiff", "tiff": "tiff", "jxl": "jxl", "jp2": "jp2",
}  # fmt: skip
_TYPES = {
    "image/jpg": "jpeg", "image/pjpeg": "jpeg", "image/svg+xml": "svg", "image/apng": "png",
    "image/x-icon": "ico", "image/vnd.microsoft.icon": "ico", "image/x-ms-bmp": "bmp",
    "image/heif": "heic",
}  # fmt: skip
"""Names of types that are not the format's own (IANA's registry of media types, and usage)."""


class Image(NamedTuple):
    """What is known of a file that should be an image."""

    weight: int = 0
    """In bytes."""
    format: str = ""
    """One of :data:`NAMES`; empty where it is none of them."""
    width: int | None = None
    """In pixels, as it is shown: turned as the file says. None where it cannot be told."""
    height: int | None = None
    turned: bool = False
    """It is stored with its sides exchanged."""
    animated: bool = False
    fault: str = ""
    """Why it is no image that can be shown, to follow *the file*: ``is empty``."""
    pointer: bool = False
    """It is a Git LFS pointer: the image itself was not fetched."""


class Images:
    """The images of a run, each looked at once."""

    def __init__(self) -> None:
        self._known: dict[Path, Image] = {}

    def read(self, path: Path) -> Image:
        """What is at ``path``. Never raises, and waits for nothing: a pipe is not opened."""
        known = self._known.get(path)
        if known is None:
            known = self._known[path] = read(path)
        return known


def called(format: str) -> str:
    """A format with its article: ``an AVIF``, ``a JPEG``."""
    return f"{'an' if format in ('avif', 'ico', 'svg') else 'a'} {NAMES[format]}"


def format_of_ending(ending: str) -> str | None:
    """The format that a file's ending (without its dot) names; None where it names none."""
    return _FILE_ENDINGS.get(ending.lower())


def format_of_type(mime: str) -> str | None:
    """The format that a MIME type names; None where it names none that is known."""
    mime = mime.lower()
    named = _TYPES.get(mime) or mime.removeprefix("image/")
    return named if named in NAMES and mime.startswith("image/") else None


def read(path: Path) -> Image:
    """What is at ``path``, looked at anew. Never raises."""
    try:
        kind = os.stat(path).st_mode  # noqa: PTH116 - a third of what Path takes
        if stat.S_ISDIR(kind):
            return Image(fault="is a folder")
        if not stat.S_ISREG(kind):
            return Image(fault=NO_FILE)
        with opened(path) as file:
            return _read(file, os.fstat(file.fileno()).st_size)
    except OSError as error:
        reason = (error.strerror or type(error).__name__).lower()
        return Image(fault=f"cannot be read ({reason})")


def read_bytes(data: bytes) -> Image:
    """What the image ``data`` is."""
    return _read(io.BytesIO(data), len(data))


def _read(file: BinaryIO, weight: int) -> Image:
    from ogcheck.images import endings, headers  # most runs look at no image

    window = headers.Window(file, weight)
    head = window.head
    if not head:
        return Image(weight, fault="is empty")
    kind = headers.format_of(head)
    if not kind and headers.read_prolog(window):
        kind = headers.format_of(window.head)
    if not kind:
        pointer = head.startswith(headers.LFS)
        return Image(weight, fault=headers.other(window.head), pointer=pointer)
    try:
        size = headers.size(kind, window)
    except headers.DamagedError:
        fault = f"begins as {called(kind)} image and is damaged: its size cannot be read"
        return Image(weight, kind, fault=fault)
    told = endings.look(kind, window)
    fault = "is cut off: its end is missing" if told.is_cut else ""
    if size is None:
        return Image(weight, kind, animated=told.is_animated, fault=fault)
    return Image(weight, kind, *size, told.is_animated, fault)
