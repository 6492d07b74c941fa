"""The format of an image by its first bytes, and the size that its header states.

A library for this was measured and left: imagesize 2.0.1 refuses AVIF and HEIC files that are
turned (it expects more bytes in their irot box than ISO/IEC 23008-12 gives it), and its import, of
urllib among others, takes 50 milliseconds of every run. Tests compare the readers with Pillow.
"""

from __future__ import annotations

import re
import struct
from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from typing import BinaryIO, NamedTuple

from ogcheck.values.patterns import late

_HEAD = 65_536
_BYTES = 16 * 1024 * 1024
_LONGEST_PROLOG = 4 * 1024 * 1024
_LOOKS = 50_000
"""How much may be asked of one file, and how often, before its header is none."""
LFS = b"version https://git-lfs.github.com/spec/"
"""What a Git LFS pointer begins with (git-lfs, docs/spec.md)."""


class DamagedError(ValueError):
    """A header that does not say what it has to."""


class Window:
    """A file whose bytes are asked for by place; so often, and so many, and no more."""

    def __init__(self, file: BinaryIO, weight: int) -> None:
        self.file = file
        self.weight = weight
        self.head = file.read(_HEAD)
        self._bytes = _BYTES
        self._looks = _LOOKS

    def get(self, at: int, size: int) -> bytes:
        """``size`` bytes from ``at``.

        Raises :class:`DamagedError` where the file does not hold them, or too much is asked for.
        """
        self._looks -= 1
        if at < 0 or at + size > self.weight or self._looks < 0:
            raise DamagedError
        if at + size <= len(self.head):
            return self.head[at : at + size]
        self._bytes -= size
        if self._bytes < 0:
            raise DamagedError
        self.file.seek(at)
        data = self.file.read(size)
        if len(data) < size:
            raise DamagedError
        return data

    def number(self, at: int, size: int) -> int:
        """An unsigned number of ``size`` bytes, the greatest first; raises as :meth:`get`."""
        return int.from_bytes(self.get(at, size), "big")

    def rest(self, at: int) -> bytes:
        """What follows ``at``, as far as it may be asked for."""
        size = max(0, min(self.weight - at, self._bytes))
        return self.get(at, size) if size else b""


class Size(NamedTuple):
    """What a header states, in pixels."""

    width: int
    height: int
    turned: bool = False


def size(format: str, window: Window) -> Size | None:
    """The size of an image as it is shown; None where its format, or kind, is not read here.

    Raises :class:`DamagedError`.
    """
    reader = _READERS.get(format)
    if reader is None:
        return None
    found = reader(window)
    if found is not None and (found.width <= 0 or found.height <= 0):
        raise DamagedError
    if found is not None and found.turned:
        return Size(found.height, found.width, True)
    return found


_BRANDS = {
    b"avif": "avif", b"avis": "avif", b"heic": "heic", b"heix": "heic", b"hevc": "heic",
    b"hevx": "heic", b"heim": "heic", b"heis": "heic",
}  # fmt: skip
_MARKS = (
    (b"\x89PNG\r\n\x1a\n", "png"), (b"\xff\xd8\xff", "jpeg"), (b"GIF87a", "gif"),
    (b"GIF89a", "gif"), (b"\x00\x00\x01\x00", "ico"), (b"II*\x00", "tiff"), (b"MM\x00*", "tiff"),
    (b"II+\x00", "tiff"), (b"MM\x00+", "tiff"), (b"\xff\x0a", "jxl"),
    (b"\x00\x00\x00\x0cJXL \r\n\x87\n", "jxl"), (b"\x00\x00\x00\x0cjP  \r\n\x87\n", "jp2"),
)  # fmt: skip
"""What files begin with: PNG (W3C, 5.2), JPEG (T.81, B.1.1.3), GIF89a, TIFF 6.0, JPEG XL, JP2."""
_BRANDS_END = 256


def format_of(head: bytes) -> str:
    """The format that the first bytes tell; empty for none that is known."""
    for mark, named in _MARKS:
        if head.startswith(mark):
            return named
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return "webp"
    if head[:2] == b"BM" and head[6:10] == bytes(4):
        return "bmp"
    if head[4:8] == b"ftyp":
        # The major brand may be a general one (mif1), and the codec's own among the others.
        end = min(int.from_bytes(head[:4], "big"), _BRANDS_END)
        brands = [head[8:12], *(head[at : at + 4] for at in range(16, end, 4))]
        return next((_BRANDS[one] for one in brands if one in _BRANDS), "")
    return "svg" if _SVG.match(_in_utf8(head)) else ""


_UTF_16 = ((b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be"),
           (b"<\0", "utf-16-le"), (b"\0<", "utf-16-be"))  # fmt: skip
"""How a text in UTF-16 begins, with and without its mark (XML 1.0, appendix F)."""


def _in_utf8(head: bytes) -> bytes:
    for mark, encoding in _UTF_16:
        if head.startswith(mark):
            return head.decode(encoding, "ignore").encode("utf-8", "ignore")
    return head


def read_prolog(window: Window) -> bool:
    """Whether the file's head ends before an SVG's root could begin, and more of it was read."""
    head = _in_utf8(window.head)
    prolog = _PROLOG.match(head)
    if prolog is None or len(window.head) >= window.weight:
        return False
    if prolog.end() < len(head) and _UNFINISHED.match(head, prolog.end()) is None:
        return False
    start = len(window.head)
    try:
        window.head += window.get(start, min(window.weight - start, _LONGEST_PROLOG))
    except DamagedError:  # it is shorter than it was a moment ago
        return False
    return True


_SPACE = rb"(?:\xef\xbb\xbf)?\s*"
_SUBSET = rb"\[(?:<!--.*?-->|<\?.*?\?>|\"[^\"]*+\"|'[^']*+'|[^\]\"'<]|<(?!!--|\?))*+\]"
"""Declarations in a doctype: a bracket in a value, or in a comment, does not end them."""
_BEFORE = (
    _SPACE
    + rb"(?:(?:<\?[^>]*>|<!--.*?-->|<!doctype\s+svg\b[^>\[]*+(?:"
    + _SUBSET
    + rb")?\s*>)\s*)*+"
)
_SVG = re.compile(
    _BEFORE + rb"(<(?:[A-Za-z_][\w.-]*:)?svg(?=[\s>/])[^>]*)", re.DOTALL | re.IGNORECASE
)
_PROLOG = re.compile(_BEFORE, re.DOTALL | re.IGNORECASE)
_UNFINISHED = re.compile(rb"<!--|<\?|<!doctype\s+svg\b", re.IGNORECASE)
_HTML = re.compile(
    _SPACE
    + rb"(?:<!--.*?-->\s*)*+<(?:!doctype\s+html|html|head|body|title|meta|script|div|p|h1)\b",
    re.DOTALL | re.IGNORECASE,
)


def other(head: bytes) -> str:
    """What a file is that is no image, to follow *the file*."""
    if head.startswith(LFS):
        return "is a Git LFS pointer, and not the image itself"
    if head.startswith(b"%PDF-"):
        return "is a PDF document"
    if _HTML.match(_in_utf8(head)):
        return "is an HTML page"
    return "is in no image format that is known"


def _png(window: Window) -> Size:
    if window.get(12, 4) != b"IHDR":
        raise DamagedError
    turned = _turns(window, _png_chunks(window), b"eXIf")
    return Size(window.number(16, 4), window.number(20, 4), turned)


def _png_chunks(window: Window) -> Iterator[tuple[bytes, int, int]]:
    """The chunks of a PNG (W3C, 5.3): kind, and where the contents begin and end."""
    at = 8
    while True:
        length, kind = struct.unpack(">I4s", window.get(at, 8))
        yield kind, at + 8, at + 8 + length
        at += 12 + length


_CHUNKS = 5_000
"""In a file of more pieces no Exif is looked for."""


def _turns(window: Window, chunks: Iterable[tuple[bytes, int, int]], kind: bytes) -> bool:
    """Whether the first of a file's chunks that is called ``kind`` exchanges its sides."""
    try:
        for name, start, end in islice(chunks, _CHUNKS):
            if name == kind:
                return _is_turned(window, start, end)
    except DamagedError:  # there is no further one
        pass
    return False


def _gif(window: Window) -> Size:
    return Size(*struct.unpack("<HH", window.get(6, 4)))


def _bmp(window: Window) -> Size:
    if window.get(14, 4) == b"\x0c\0\0\0":  # the header of OS/2
        return Size(*struct.unpack("<HH", window.get(18, 4)))
    width, height = struct.unpack("<ii", window.get(18, 8))
    return Size(width, abs(height))  # below zero: its rows run downwards


def _ico(window: Window) -> Size:
    """The largest of an icon's pictures; 0 stands for 256."""
    count = int.from_bytes(window.get(4, 2), "little")
    entries = [window.get(6 + 16 * at, 2) for at in range(count)]
    return max((Size(one[0] or 256, one[1] or 256) for one in entries), default=Size(0, 0))


def _webp(window: Window) -> Size:
    """The canvas (developers.google.com/speed/webp/docs/riff_container; RFC 6386, 9.1)."""
    kind = window.get(12, 4)
    if kind == b"VP8X":
        width, height = (int.from_bytes(window.get(at, 3), "little") + 1 for at in (24, 27))
        has_exif = window.number(20, 1) & 8
        turned = bool(has_exif) and _turns(window, _webp_chunks(window), b"EXIF")
        return Size(width, height, turned)
    if kind == b"VP8L" and window.get(20, 1) == b"\x2f":
        bits = int.from_bytes(window.get(21, 4), "little")
        return Size((bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1)
    if kind == b"VP8 " and window.get(23, 3) == b"\x9d\x01\x2a":
        width, height = struct.unpack("<HH", window.get(26, 4))
        return Size(width & 0x3FFF, height & 0x3FFF)
    raise DamagedError


def _webp_chunks(window: Window) -> Iterator[tuple[bytes, int, int]]:
    """The chunks of a WebP file: kind, and where the contents begin and end."""
    at = 12
    while True:
        kind, length = struct.unpack("<4sI", window.get(at, 8))
        yield kind, at + 8, at + 8 + length
        at += 8 + length + (length & 1)


_SVG_SIZE = late(r"\s(width|height|viewBox)\s*=\s*[\"']([^\"']*)[\"']")
_LENGTH = late(r"\s*\+?(\d{1,7}(?:\.\d+)?)(?:px)?\s*")


def _svg(window: Window) -> Size | None:
    """What the root says in pixels, else its viewBox; None where it says neither."""
    root = _SVG.match(_in_utf8(window.head))
    tag = "" if root is None else root[1].decode("utf-8", "replace")
    said = dict(_SVG_SIZE.findall(tag))
    box = said.get("viewBox", "").replace(",", " ").split()[2:4]
    for given in ([said.get("width", ""), said.get("height", "")], box):
        lengths = [match for one in given if (match := _LENGTH.fullmatch(one)) is not None]
        if len(lengths) == 2:
            width, height = (max(1, round(float(one[1]))) for one in lengths)
            return Size(width, height)
    return None


_NO_SIZE = frozenset({0xC4, 0xC8, 0xCC})
_NO_LENGTH = frozenset({0x01, *range(0xD0, 0xD9)})
_EXIF = b"Exif\0\0"


def _jpeg(window: Window) -> Size:
    """The first frame's size (T.81, B.2.2), turned as Exif says (CIPA DC-008, 4.6.5)."""
    turned = False
    for kind, start, end in segments(window):
        if kind == 0xE1 and end - start > len(_EXIF) and window.get(start, 6) == _EXIF:
            turned = _is_turned(window, start, end)
        elif 0xC0 <= kind <= 0xCF and kind not in _NO_SIZE:
            return Size(window.number(start + 3, 2), window.number(start + 1, 2), turned)
    raise DamagedError


def segments(window: Window) -> Iterator[tuple[int, int, int]]:
    """The segments of a JPEG up to its first scan: kind, and where the contents begin and end.

    The last one is the scan's own header. Raises :class:`DamagedError`.
    """
    at = 2
    while True:
        mark, kind = window.get(at, 2)
        if mark != 0xFF:
            raise DamagedError
        if kind == 0xFF:  # filling
            at += 1
            continue
        if kind in _NO_LENGTH:
            at += 2
            continue
        length = window.number(at + 2, 2)
        if length < 2 or kind == 0xD9:
            raise DamagedError
        yield kind, at + 4, at + 2 + length
        if kind == 0xDA:
            return
        at += 2 + length


_WIDTH, _HEIGHT, _ORIENTATION = 256, 257, 274


def _is_turned(window: Window, start: int, end: int) -> bool:
    """Whether the Exif block between two places exchanges the sides.

    One that cannot be read does not. JPEG's mark may stand before it in other formats, too.
    """

    def get(at: int, size: int) -> bytes:
        if at < 0 or start + at + size > end:
            raise DamagedError
        return window.get(start + at, size)

    try:
        if end - start > len(_EXIF) and get(0, len(_EXIF)) == _EXIF:
            start += len(_EXIF)
        return _directory(get).get(_ORIENTATION, 1) in (5, 6, 7, 8)
    except DamagedError:
        return False


def _tiff(window: Window) -> Size:
    found = _directory(window.get)
    turned = found.get(_ORIENTATION, 1) in (5, 6, 7, 8)
    return Size(found.get(_WIDTH, 0), found.get(_HEIGHT, 0), turned)


def _directory(get: Callable[[int, int], bytes]) -> dict[int, int]:
    """The single numbers in a TIFF's first directory, by tag (TIFF 6.0, 2; BigTIFF)."""
    order = {b"II": "<", b"MM": ">"}.get(get(0, 2))
    if order is None:
        raise DamagedError

    def number(at: int, kind: str) -> int:
        value: int = struct.unpack(order + kind, get(at, struct.calcsize(order + kind)))[0]
        return value

    big = number(2, "H") == 43
    start = number(8, "Q") if big else number(4, "I")
    count = number(start, "Q" if big else "H")
    first, step, value = (start + 8, 20, 12) if big else (start + 2, 12, 8)
    found: dict[int, int] = {}
    for at in range(first, first + step * min(count, 1000), step):
        kind = {1: "B", 3: "H", 4: "I", 16: "Q"}.get(number(at + 2, "H"))
        if kind is not None:
            found[number(at, "H")] = number(at + value, kind)
    return found


def boxes(window: Window, at: int, end: int) -> Iterator[tuple[bytes, int, int]]:
    """The boxes between two places (ISO/IEC 14496-12, 4.2): kind, where contents begin and end.

    Raises :class:`DamagedError`.
    """
    while at + 8 <= end:
        size, start = window.number(at, 4), at + 8
        if size == 1:
            size, start = window.number(at + 8, 8), at + 16
        stop = end if size == 0 else at + size
        if stop < start or stop > end:
            raise DamagedError
        yield window.get(at + 4, 4), start, stop
        at = stop


def _heif(window: Window) -> Size | None:
    """The primary item's extent, turned as the container says (ISO/IEC 23008-12, 6.5).

    None for what has no such item: a sequence of pictures alone.
    """
    meta = _meta(window)
    if meta is None:
        return None
    inner = {kind: (first, last) for kind, first, last in boxes(window, meta[0] + 4, meta[1])}
    if b"pitm" not in inner or b"iprp" not in inner:
        raise DamagedError
    at = inner[b"pitm"][0]
    primary = window.number(at + 4, 4 if window.number(at, 1) else 2)
    width = height = 0
    turned = False
    for name, place in _properties(window, *inner[b"iprp"], primary):
        if name == b"ispe":
            width, height = window.number(place + 4, 4), window.number(place + 8, 4)
        elif name == b"irot":
            turned = bool(window.number(place, 1) & 1)
    return Size(width, height, turned)


def _meta(window: Window) -> tuple[int, int] | None:
    """Where the contents of the file's meta box begin and end; a box behind it may be cut off."""
    at = 0
    while at + 8 <= window.weight:
        size = window.number(at, 4)
        if window.get(at + 4, 4) == b"meta":
            return at + 8, at + size
        if size < 8:
            return None
        at += size
    return None


def _properties(window: Window, at: int, end: int, item: int) -> list[tuple[bytes, int]]:
    """The properties of an item, from the iprp box between two places: kind, and where each is."""
    known: list[tuple[bytes, int]] = []
    mine: list[int] = []
    for kind, first, last in boxes(window, at, end):
        if kind == b"ipco":
            known = [(name, place) for name, place, _ in boxes(window, first, last)]
        elif kind == b"ipma":
            mine += _associated(window, first, item)
    return [known[index - 1] for index in mine if 0 < index <= len(known)]


def _associated(window: Window, at: int, item: int) -> list[int]:
    """The numbers of the properties of an item, from an ipma box."""
    version, wide = window.number(at, 1), window.number(at + 3, 1) & 1
    size, step = (4 if version else 2), (2 if wide else 1)
    mask = 0x7FFF if wide else 0x7F
    at, count = at + 8, window.number(at + 4, 4)
    for _ in range(count):
        named, number = window.number(at, size), window.number(at + size, 1)
        at += size + 1
        if named == item:
            return [window.number(at + step * i, step) & mask for i in range(number)]
        at += step * number
    return []


_READERS: dict[str, Callable[[Window], Size | None]] = {
    "png": _png, "gif": _gif, "bmp": _bmp, "ico": _ico, "webp": _webp, "svg": _svg,
    "jpeg": _jpeg, "tiff": _tiff, "avif": _heif, "heic": _heif,
}  # fmt: skip
