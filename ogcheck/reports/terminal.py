r"""What a terminal may be sent: nothing from a page reaches it as anything but visible text.

Pages hold terminal escapes, bidirectional controls, invisible characters and undecodable bytes, in
values as in file names. They are spelt out here (``\x1b``, ``\u200b``; ``\xff`` is also the byte
that was not UTF-8), and what is left is measured in terminal cells, so that an underline stands
where it should. How wide a character is, is asked of wcwidth, and only when the text holds one of
which it is not plain: importing it costs more than the rest of a report.
"""

from __future__ import annotations

import codecs
import os
import re
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from ogcheck.frozen import frozen
from ogcheck.values.patterns import late

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import TextIO

    from ogcheck.problem import Problem

DEFAULT_WIDTH = 100
LEAST_WIDTH = 20
TAB = 4
"""How many cells a tab takes, wherever it stands: the line may be cut before it."""

_STYLES = {
    "error": "1;31",
    "warning": "1;33",
    "note": "1;36",
    "bold": "1",
    "label": "1;34",
}
_MNEMONICS = {"\t": "\\t", "\n": "\\n", "\r": "\\r"}

_NARROW = late(
    "[ -~\u00a0-\u00ac\u00ae-\u02ff\u0370-\u0482\u048a-\u058f\u1e00-\u1fff\u2010-\u2027"
    "\u2030-\u205e\u20a0-\u20bf]*"
)
"""Text of scripts and punctuation in which every assigned character takes one cell."""

_SPACES = frozenset("\u00a0\u1680\u202f\u205f\u3000").union(map(chr, range(0x2000, 0x200B)))
"""Spaces (category Zs), which ``str.isprintable`` rejects."""

_BLANK = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u180b\u180c\u180d\u180f\u3164\uffa0")
"""Letters and marks that show nothing (Unicode's Default_Ignorable_Code_Point)."""

_JOINS = "\u0590-\u1fff\u2190-\ud7ff\uf900-\ufdff\ufe0f\ufe70-\ufefe\U00010000-\U0001ffff"


@lru_cache(maxsize=1)
def _joiner() -> re.Pattern[str]:
    """A joiner at its work: inside an emoji, or in a script that needs it.

    Compiled when it is first needed: a class of so many characters takes milliseconds.
    """
    return re.compile(f"(?<=[{_JOINS}])[\u200c\u200d](?=[{_JOINS}])")


class Cell(NamedTuple):
    """What is shown as one: a character with its marks, or a spelt-out one."""

    text: str
    width: int


_PLAIN = {chr(code): Cell(chr(code), 1) for code in range(0x20, 0x7F)}


@frozen
class Screen:
    """Where a report is shown: what it can show, in how many cells, and whether in colour."""

    width: int = DEFAULT_WIDTH
    color: bool = False
    encoding: str | None = None
    """Set where the stream cannot take all of Unicode."""

    @classmethod
    def of(cls, out: TextIO, *, color: bool = False, width: int | None = None) -> Screen:
        """The screen behind ``out``; ``width`` goes before the terminal's own."""
        encoding = getattr(out, "encoding", None)
        if encoding is not None and codecs.lookup(encoding).name.startswith("utf"):
            encoding = None
        return cls(max(LEAST_WIDTH, width or _terminal_width(out)), color, encoding)

    @property
    def ellipsis(self) -> Cell:
        """What stands for text that is cut."""
        return Cell("…", 1) if self._takes("…") else Cell("...", 3)

    def paint(self, text: str, style: str) -> str:
        """``text`` in a style, where colour is allowed; a severity is a style."""
        return f"\x1b[{_STYLES[style]}m{text}\x1b[0m" if self.color else text

    def inline(self, text: str) -> str:
        """``text`` as one line: line ends, tabs and what is not visible are spelt out."""
        if self._plain(text):
            return text
        return "".join(part for part, _ in self._parts(text))

    def cells(self, text: str, before: str = " ") -> list[Cell]:
        """``text`` as a piece of a source line, cell by cell; tabs become four spaces.

        ``before`` is what is shown before it: nothing of ``text`` merges with it.
        """
        if self._plain(text):
            return list(map(_PLAIN.__getitem__, text))
        found: list[Cell] = []
        for part, spelt in self._parts(text):
            if part == "\\t" and spelt:
                found.extend([_PLAIN[" "]] * TAB)
            elif spelt:
                found.append(Cell(part, len(part)))
            else:
                found.extend(_measure(part, found[-1].text if found else before))
        return found

    def _plain(self, text: str) -> bool:
        return text.isascii() and text.isprintable()

    def _takes(self, text: str) -> bool:
        if self.encoding is None:
            return True
        try:
            text.encode(self.encoding)
        except UnicodeEncodeError:
            return False
        return True

    def _parts(self, text: str) -> Iterator[tuple[str, bool]]:
        """The visible runs of ``text``, and between them the characters that were spelt out."""
        rare = "\u200c" in text or "\u200d" in text
        joiners = {m.start() for m in _joiner().finditer(text)} if rare else set()
        start = 0
        for i, c in enumerate(text):
            if (_visible(c) or i in joiners) and self._takes(c):
                continue
            if start < i:
                yield text[start:i], False
            yield _spell(c), True
            start = i + 1
        if start < len(text):
            yield text[start:], False


def headline(problem: Problem, screen: Screen) -> str:
    """``path:line:column: severity CODE``."""
    if not screen.color:
        path, code = screen.inline(problem.path), screen.inline(problem.code)
        return f"{path}:{problem.line}:{problem.column}: {problem.severity} {code}"
    place = screen.paint(f"{screen.inline(problem.path)}:{problem.line}:{problem.column}", "bold")
    severity = screen.paint(str(problem.severity), problem.severity)
    return f"{place}: {severity} {screen.paint(screen.inline(problem.code), 'bold')}"


def _visible(c: str) -> bool:
    """Whether a terminal shows ``c`` as itself."""
    if c.isprintable():
        return c not in _BLANK
    # Emoji that are newer than this Python's tables count as unprintable.
    return c in _SPACES or "\U0001f000" <= c <= "\U0001faff"


def _spell(c: str) -> str:
    r"""``c`` in ASCII; bytes that were not UTF-8 as ``\xNN``, like the controls below U+0080."""
    code = ord(c)
    if c in _MNEMONICS:
        return _MNEMONICS[c]
    if 0xDC80 <= code <= 0xDCFF:
        return f"\\x{code - 0xDC00:02x}"
    if code < 0x80:
        return f"\\x{code:02x}"
    return f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"


def _measure(text: str, before: str) -> Iterator[Cell]:
    """Visible ``text`` in cells; what would merge with the text before it is spelt out."""
    if _NARROW.fullmatch(text):
        yield from (Cell(c, 1) for c in text)
        return
    from wcwidth import iter_graphemes, wcwidth, width

    *_, last = iter_graphemes(before)
    while text and next(iter_graphemes(last + text)) != last:
        spelt = _spell(text[0])
        yield Cell(spelt, len(spelt))
        text, last = text[1:], spelt[-1]
    for cluster in iter_graphemes(text):
        if wcwidth(cluster[0]) > 0:
            yield Cell(cluster, width(cluster))
        else:
            yield from (Cell(spelt, len(spelt)) for spelt in map(_spell, cluster))


def _terminal_width(out: TextIO) -> int:
    """The columns of the terminal that ``out`` writes to, or the default where it is none."""
    try:
        return os.get_terminal_size(out.fileno()).columns or DEFAULT_WIDTH
    except (AttributeError, OSError, ValueError):
        return DEFAULT_WIDTH
