"""TOML strings as text: which characters of the source make up a value, and how to write one.

There are four kinds (TOML 1.0.0, "String"): basic and literal, each on one line or on several.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from ogcheck.readers.offsets import Offsets, Piece, Straight
from ogcheck.values.patterns import late

LONG_BASIC, LONG_LITERAL = '"""', "'''"

LONG = (
    r'"""[^"\\]*+(?:(?:\\.|"{1,2}(?!"))[^"\\]*+)*+"{3,5}'
    r"|'''[^']*+(?:'{1,2}(?!')[^']*+)*+'{3,5}"
)
SHORT = r'"[^"\\\r\n]*+(?:\\.[^"\\\r\n]*+)*+"|\'[^\'\r\n]*+\''
STRING = f"{LONG}|{SHORT}"
"""Patterns (with ``re.DOTALL``) of a string that is closed: over several lines, on one, of any
kind."""
ANY = f"{LONG}|(?:\"\"\"|''').*|{SHORT}|[\"'][^\r\n]*"
"""The same, and those that nothing closes: to the end of the text, or of the line."""

_BASIC = late(
    r"(?P<text>[^\\\r]+)|\\(?P<fold>[ \t]*\r?\n[ \t\r\n]*)|(?P<crlf>\r\n)"
    r"|\\(?:x(?P<x>..)|u(?P<u>.{4})|U(?P<U>.{8})|(?P<short>.))|\r",
    re.DOTALL,
)
_ESCAPES = {"b": "\b", "t": "\t", "n": "\n", "f": "\f", "r": "\r", "e": "\x1b", '"': '"',
            "\\": "\\"}  # fmt: skip
_SHORT = {v: k for k, v in _ESCAPES.items() if k != "e"}
_NOT_BASIC = late('[\x00-\x08\x0a-\x1f\x7f"\\\\\u0085\u2028\u2029\ufeff]')
_NOT_LITERAL = late("[\x00-\x08\x0a-\x1f\x7f'\u0085\u2028\u2029\ufeff]")
_NOT_LONG = late("[\x00-\x08\x0b-\x1f\x7f\u0085\u2028\u2029\ufeff]")


def style_of(raw: str) -> str:
    """The quotation marks of a string that is written as ``raw``."""
    return raw[:3] if raw[:3] in (LONG_BASIC, LONG_LITERAL) and len(raw) > 5 else raw[0]


def decode(raw: str, style: str) -> str:
    """The value of a string that is written as ``raw``, quotation marks included."""
    inner = raw[len(style) : -len(style)]
    if len(style) == 3:
        if "\r" in inner:
            inner = inner.replace("\r\n", "\n")
        inner = inner.removeprefix("\n")
    if style[0] == "'" or "\\" not in inner:
        return inner
    return "".join(piece[0] for piece in _pieces(inner, 0))


def offsets(raw: str, base: int, style: str, value: str) -> Offsets | Straight | None:
    """For each character of ``value``, where it begins and ends in the text; None if unknown.

    ``raw`` is how it is written, quotation marks included, and ``base`` where that begins.
    """
    size = len(style)
    inner, at = raw[size : len(raw) - size], base + size
    if size == 3:
        line_end = re.match(r"\r?\n", inner)
        if line_end is not None:
            inner, at = inner[line_end.end() :], at + line_end.end()
    if inner == value:
        return Straight(at, len(inner))
    return Offsets.of(_pieces(inner, at) if style[:1] == '"' else _lines(inner, at), value)


def _pieces(inner: str, base: int) -> Iterator[Piece]:
    for match in _BASIC.finditer(inner):
        begin, end = base + match.start(), base + match.end()
        kind = match.lastgroup
        if kind == "text":
            yield (match.group(), begin, end)
        elif kind == "crlf":
            yield ("\n", begin, end)
        elif kind == "short":
            yield (_ESCAPES.get(match["short"], match["short"]), begin, end)
        elif kind is not None and kind != "fold":
            yield (_character(match[kind]), begin, end)


def _character(digits: str) -> str:
    try:
        return chr(int(digits, 16))
    except (ValueError, OverflowError):
        return ""


def _lines(inner: str, base: int) -> Iterator[Piece]:
    """The pieces of a literal string, in which only line ends are written otherwise."""
    at = 0
    while (found := inner.find("\r\n", at)) >= 0:
        yield (inner[at:found], base + at, base + found)
        yield ("\n", base + found, base + found + 2)
        at = found + 2
    yield (inner[at:], base + at, base + len(inner))


def basic(text: str) -> str:
    """``text`` in quotation marks, on one line; whatever it is."""
    return f'"{_escaped(text, _NOT_BASIC)}"'


def _escaped(text: str, pattern: re.Pattern[str]) -> str:
    def escape(match: re.Match[str]) -> str:
        character = match.group()
        if character in _SHORT:
            return "\\" + _SHORT[character]
        return f"\\u{ord(character):04X}"

    return pattern.sub(escape, text)


def written(text: str, style: str, newline: str = "\n") -> str:
    """``text`` as a string: of the kind ``style`` where that can hold it, else a basic one.

    A kind of several lines begins on the line of its quotation marks.
    """
    if style == "'" and not _NOT_LITERAL.search(text):
        return f"'{text}'"
    if style in (LONG_BASIC, LONG_LITERAL) and has_fence(text):
        return basic(text)
    if style == LONG_LITERAL and _fits_literal(text):
        return f"'''{_opening(text, newline)}{text.replace(chr(10), newline)}'''"
    if style == LONG_BASIC:
        inner = _long_basic(text)
        return f'"""{_opening(text, newline)}{inner.replace(chr(10), newline)}"""'
    return basic(text)


_FENCE = late(r"\n {0,3}(?:\+\+\+|---|```|~~~)")


def has_fence(text: str) -> bool:
    """Whether a line of ``text`` may end the front matter that it stands in, whatever the fence."""
    return _FENCE.search(text) is not None


def _opening(text: str, newline: str) -> str:
    """A line end after the opening marks is no part of a string: text that has one needs it."""
    return newline if "\n" in text else ""


def _fits_literal(text: str) -> bool:
    return "'''" not in text and not text.endswith("'") and not _NOT_LONG.search(text)


def _long_basic(text: str) -> str:
    inner, last = text.removesuffix('"'), '\\"' if text.endswith('"') else ""
    return _escaped(inner.replace("\\", "\\\\").replace('"""', '""\\"'), _NOT_LONG) + last


def rewritten(pieces: Sequence[str], style: str, newline: str) -> list[str] | None:
    """Replacements of parts of a string, as its kind writes them; None if it cannot hold them."""
    if style == "'":
        return None if any(_NOT_LITERAL.search(one) for one in pieces) else list(pieces)
    if style == LONG_LITERAL:
        held = not any("'" in one or _NOT_LONG.search(one) for one in pieces)
        return [one.replace("\n", newline) for one in pieces] if held else None
    if style == '"':
        return [basic(one)[1:-1] for one in pieces]
    if style == LONG_BASIC:
        return [_escaped(one.replace("\\", "\\\\").replace('"', '\\"'), _NOT_LONG).replace(
            "\n", newline) for one in pieces]  # fmt: skip
    return None
