"""A file's text with its line index, so that every place in it has one name.

A place is an offset into the text, counted in code points; a span is a pair of them, the end
exclusive. Lines end at LF, CRLF and CR and nowhere else (YAML's U+2028 and Python's form feed are
ordinary characters here). A byte-order mark stays in the text, so offsets count it, but it is no
column.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import NamedTuple

from ogcheck.values.patterns import late

HTML = frozenset({".html", ".htm", ".xhtml"})
"""The endings of HTML pages, in lower case: their encoding is told as browsers tell it."""
STDIN = "<stdin>"
"""How a text is called that has no name."""
BOM = "\ufeff"
_LINE_END = late(r"\r\n|\r|\n")
_UTF16_MARKS = ((b"\xff\xfe\x00\x00", "utf-32"), (b"\x00\x00\xfe\xff", "utf-32"),
                (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))  # fmt: skip


_MARKS = tuple(mark for mark, _ in _UTF16_MARKS)
_FEW = 64
"""How many places are counted before a table of the lines is made."""


class Span(NamedTuple):
    """Two offsets into a source's text, in code points, the end exclusive."""

    start: int
    end: int


class Position(NamedTuple):
    """A line and a column, both from 1; the column counts code points."""

    line: int
    column: int


class EncodingFault(NamedTuple):
    """Why the bytes of a file are not the UTF-8 text that they should be."""

    reason: str
    """``utf-16``, ``utf-32``, ``invalid`` or ``nul``."""
    byte_offset: int
    offset: int
    """The same place as an offset into :attr:`Source.text`."""


class Source:
    """One file's path and text.

    ``path`` is how reports name the file (``/`` separated). ``text`` holds the file decoded as
    UTF-8, line endings and byte-order mark untouched; bytes that are not UTF-8 stand in it as lone
    surrogates (``surrogateescape``), and ``fault`` says so. ``size`` is how long the file is in
    bytes, where ``text`` may be only its beginning. HTML may be in another ``encoding``, named as
    the Encoding standard does; ``encoding_origin`` says who says so: ``bom``, ``meta``, ``xml``,
    ``default`` (nobody) or ``given`` (the text was decoded already).
    """

    __slots__ = ("_all_lines", "_by_line_feed", "_counted", "_starts", "encoding",
                 "encoding_origin", "fault", "path", "size", "text")  # fmt: skip

    def __init__(
        self,
        path: str,
        text: str,
        fault: EncodingFault | None = None,
        size: int | None = None,
        encoding: str = "utf-8",
        encoding_origin: str = "given",
    ) -> None:
        self.path = path
        self.text = text
        self.fault = fault
        self.encoding = encoding
        self.encoding_origin = encoding_origin
        self.size = len(text) if size is None else size
        self._starts = [0]  # of the lines up to the last one that was asked for
        self._all_lines = False
        self._by_line_feed: bool | None = None
        self._counted = 0

    def __repr__(self) -> str:
        text = self.text if len(self.text) <= 500 else self.text[:500] + "…"
        return f"Source({self.path!r}, {text!r})"

    @classmethod
    def from_bytes(cls, path: str, data: bytes, size: int | None = None) -> Source:
        """Decode ``data``; never raises, see :attr:`fault`.

        ``size`` is given where ``data`` is only the beginning of a file.
        """
        size = len(data) if size is None else size
        if is_html(path, data[:2000].decode("latin-1")):
            return cls._of_html(path, data, size)
        if data.startswith(_MARKS):
            encoding = next(name for mark, name in _UTF16_MARKS if data.startswith(mark))
            text = data.decode(encoding, "replace")
            return cls(path, text, EncodingFault(encoding, 0, 0), size)
        if b"\0" in data[:4] and (utf16 := _unmarked_utf16(data)) is not None:
            return cls(path, utf16, EncodingFault("utf-16", 0, 0), size)
        try:
            text = data.decode()
        except UnicodeDecodeError as error:
            text = data.decode("utf-8", "surrogateescape")
            offset = len(data[: error.start].decode("utf-8", "surrogateescape"))
            return cls(path, text, EncodingFault("invalid", error.start, offset), size)
        if (nul := data.find(b"\0")) >= 0:
            return cls(path, text, EncodingFault("nul", nul, text.index("\0")), size)
        return cls(path, text, None, size)

    @classmethod
    def _of_html(cls, path: str, data: bytes, size: int) -> Source:
        from ogcheck.values import encodings

        said = encodings.sniff(data)
        if data.startswith(_UTF32):  # a mark of UTF-16 with a NUL behind it, to browsers
            text = data.decode("utf-32", "replace")
            return cls(path, text, EncodingFault("utf-32", 0, 0), size)
        if said is not None and said.name != "utf-8":
            text = encodings.decode(data, said.name)
            return cls(path, text, _nul(data, text, said.name), size, *said)
        try:
            text = data.decode()
        except UnicodeDecodeError as error:
            if said is None and error.end < size:
                text = encodings.decode(data, "windows-1252")
                nul = _nul(data, text, "windows-1252")
                return cls(path, text, nul, size, "windows-1252", "default")
            text = data.decode("utf-8", "surrogateescape")
            offset = len(data[: error.start].decode("utf-8", "surrogateescape"))
            fault = EncodingFault("invalid", error.start, offset)
            return cls(path, text, fault, size, "utf-8", said.origin if said else "default")
        origin = said.origin if said is not None else "default"
        return cls(path, text, _nul(data, text, "utf-8"), size, "utf-8", origin)

    @classmethod
    def from_text(cls, path: str, text: str) -> Source:
        """Of text that is decoded already: half characters and NUL in it are its fault."""
        match = re.search("[\ud800-\udfff\0]", text)
        if match is None:
            return cls(path, text)
        before = len(text[: match.start()].encode("utf-8", "surrogatepass"))
        reason = "nul" if match.group() == "\0" else "invalid"
        return cls(path, text, EncodingFault(reason, before, match.start()))

    def with_text(self, text: str) -> Source:
        """The same file with another text, as it would read once it is written."""
        changed = Source.from_text(self.path, text)
        changed.encoding, changed.encoding_origin = self.encoding, self.encoding_origin
        return changed

    @property
    def line_starts(self) -> list[int]:
        """The offset of each line's first character; the first is 0."""
        self._find_lines(len(self.text))
        return self._starts

    @property
    def by_line_feed(self) -> bool:
        """Whether a line feed stands at the end of every line: no CR stands alone."""
        if self._by_line_feed is None:
            returns = self.text.count("\r")
            self._by_line_feed = not returns or returns == self.text.count("\r\n")
        return self._by_line_feed

    def _find_lines(self, offset: int) -> None:
        """Find the beginnings of the lines up to the one behind ``offset``.

        Nobody asks for places far into a body, and bodies are long.
        """
        starts, text = self._starts, self.text
        if self._all_lines or starts[-1] > offset:
            return
        # Up to the end of that line: behind a line feed no line ending is cut in two.
        end = text.find("\n", max(offset, starts[-1])) + 1 or len(text)
        starts.extend([match.end() for match in _LINE_END.finditer(text, starts[-1], end)])
        self._all_lines = starts[-1] <= offset

    def position(self, offset: int) -> Position:
        """Line and column of ``offset``; offsets past the end mean the end."""
        if self.by_line_feed and self._counted < _FEW:
            # Counting is faster than a table for the few places of a page.
            self._counted += 1
            text, offset = self.text, max(0, min(offset, len(self.text)))
            line = text.count("\n", 0, offset) + 1
            start = text.rfind("\n", 0, offset) + 1
            if line == 1 and offset > 0 and text.startswith(BOM):
                start = 1
            return Position(line, offset - start + 1)
        starts = self._starts
        if starts[-1] <= offset:
            offset = min(offset, len(self.text))
            self._find_lines(offset)
        elif offset < 0:
            offset = 0
        line = bisect_right(starts, offset)
        start = starts[line - 1]
        if line == 1 and offset > 0 and self.text.startswith(BOM):
            start = 1
        return Position(line, offset - start + 1)

    def line_span(self, line: int) -> Span:
        """The span of line number ``line`` (from 1), without its end and the byte-order mark."""
        starts = self._starts
        while len(starts) <= line and not self._all_lines:
            self._find_lines(starts[-1])
        start = starts[line - 1]
        end = starts[line] if line < len(starts) else len(self.text)
        while end > start and self.text[end - 1] in "\r\n":
            end -= 1
        if line == 1 and self.text.startswith(BOM):
            start = min(1, end)
        return Span(start, end)

    def line_around(self, offset: int, line: int) -> Span:
        """As :meth:`line_span` of the line that ``offset`` stands in, whose number is ``line``."""
        if not self.by_line_feed:
            return self.line_span(line)
        text = self.text
        start, end = text.rfind("\n", 0, offset) + 1, text.find("\n", offset)
        if end < 0:
            end = len(text)
        if end > start and text[end - 1] == "\r":
            end -= 1
        if line == 1 and text.startswith(BOM):
            start = min(1, end)
        return Span(start, end)

    def newline(self) -> str:
        """The line ending that the file uses first; LF where it has none."""
        match = _LINE_END.search(self.text)
        return match.group() if match else "\n"


def is_html(path: str, beginning: str) -> bool:
    """Whether a file is HTML: by its ending, or by its first characters where it has no name."""
    if path[path.rfind(".") :].lower() in HTML:
        return True
    return path == STDIN and _HTML_START.match(beginning) is not None


_HTML_START = late(
    r"(?:\ufeff|\xef\xbb\xbf)?\s*(?:<!doctype|<html|<head|<!--|<\?xml|<title|<meta)\b",
    re.IGNORECASE,
)
_UTF32 = _UTF16_MARKS[0][0]


def _nul(data: bytes, text: str, encoding: str) -> EncodingFault | None:
    """Where a NUL stands; looked for in the bytes, which is much quicker."""
    if b"\0" not in data or (at := text.find("\0")) < 0:
        return None
    return EncodingFault("nul", at if encoding.startswith("utf-16") else data.find(b"\0"), at)


def _unmarked_utf16(data: bytes) -> str | None:
    encoding = "utf-16-be" if data[:1] == b"\0" else "utf-16-le"
    if len(data) % 2 or data[:2] == b"\0\0" or b"\0" not in data[:2]:
        return None
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError:
        return None
    return None if "\0" in text else text
