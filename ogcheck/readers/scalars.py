"""YAML scalars as text: which characters of the source make up a value, and how to write one.

Offsets are found by reading the scalar's own text again by the rules of its style (YAML 1.1,
sections 5.7, 9 and 10), and are only believed if that gives the value that libyaml read.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from ogcheck.readers.offsets import Offsets, Piece, Straight
from ogcheck.values.implicit import is_always_text
from ogcheck.values.patterns import late

_BREAKS = "\r\n\x85\u2028\u2029"
_SPACE = " \t" + _BREAKS
_BREAK = late(f"\r\n|[{_BREAKS}]")
_ESCAPES = {
    "0": "\0", "a": "\a", "b": "\b", "t": "\t", "\t": "\t", "n": "\n", "v": "\v", "f": "\f",
    "r": "\r", "e": "\x1b", " ": " ", '"': '"', "'": "'", "/": "/", "\\": "\\", "N": "\x85",
    "_": "\xa0", "L": "\u2028", "P": "\u2029",
}  # fmt: skip


def _tokens(special: str, further: str = "") -> re.Pattern[str]:
    """Runs of words with the blanks between them, white space that may fold, and ``further``."""
    word = f"[^{special}{_SPACE}]+"
    return late(f"(?P<text>{word}(?:[ \t]+{word})*)|(?P<space>[{_SPACE}]+){further}", re.DOTALL)


_TOKENS = {
    "": _tokens(""),
    "'": _tokens("'", "|(?P<doubled>'')"),
    '"': _tokens(r"\\", r"|(?P<escape>\\(?:x..|u....|U.{8}|\r\n|.))"),
}
_WORD = late(f"[^{_SPACE}]+|[{_SPACE}]+")
_BLANKS = late(f"[{_SPACE}]*")
_HEADER = late(f"[|>][^{_BREAKS}]*(?:\r\n|[{_BREAKS}]|\\Z)")


def offsets(text: str, start: int, end: int, style: str, value: str) -> Offsets | Straight | None:
    """For each character of ``value``, where it begins and ends in ``text``; None if unknown.

    ``start`` and ``end`` are the scalar's span, quotes or block indicator included.
    """
    raw = text[start:end]
    if style in ("|", ">"):
        return Offsets.of(_block_pieces(raw, start, value), value)
    if style:
        raw, start = raw[1:-1], start + 1
    if raw == value:
        return Straight(start, len(raw))
    return Offsets.of(_flow_pieces(raw, start, style), value)


def _flow_pieces(raw: str, base: int, style: str) -> Iterator[Piece]:
    """The pieces of a plain or quoted scalar, unescaped and folded as libyaml does it."""
    joined = False  # the line before ended in a backslash
    for match in _TOKENS[style].finditer(raw):
        written = match.group()
        begin, end = base + match.start(), base + match.end()
        if match.lastgroup == "text":
            yield (written, begin, end)
        elif match.lastgroup == "space":
            yield from _fold(written, begin, joined)
        elif match.lastgroup == "doubled":
            yield ("'", begin, end)
        else:
            joined = written[1] in _BREAKS
            if not joined:
                yield (_unescape(written[1:]), begin, end)
            continue
        joined = False


def _unescape(escape: str) -> str:
    if len(escape) == 1:
        return _ESCAPES.get(escape, escape)
    try:
        return chr(int(escape[1:], 16))
    except (ValueError, OverflowError):
        return ""


def _fold(space: str, base: int, joined: bool) -> Iterator[Piece]:
    """What white space in a plain or quoted scalar stands for."""
    breaks = list(_BREAK.finditer(space))
    if not breaks:
        if not joined:
            yield (space, base, base + len(space))
        return
    if not joined and breaks[0].group() not in "\u2028\u2029":
        if len(breaks) == 1:
            yield (" ", base, base + len(space))
            return
        del breaks[0]
    for found in breaks:
        character = found.group() if found.group() in "\u2028\u2029" else "\n"
        yield (character, base + found.start(), base + found.end())


def _block_pieces(raw: str, base: int, value: str) -> Iterator[Piece]:
    """Align a block scalar: its text stands in it as it is, only white space differs.

    It ends where that is not so.
    """
    header = _HEADER.match(raw)
    if header is None:
        return
    at = header.end()
    for match in _WORD.finditer(value):
        token = match.group()
        blanks = _BLANKS.match(raw, at)
        stop = blanks.end() if blanks else at
        if token[0] not in _SPACE:
            if not raw.startswith(token, stop):
                return
            at = stop + len(token)
            yield (token, base + stop, base + at)
            continue
        size = len(token)
        if not _BREAK.search(token) and not _BREAK.search(raw, at, stop):
            at = max(at, stop - size)  # blanks that are not at a line's start stand for themselves
        last = min(at + size - 1, stop)
        for step, character in enumerate(token[:-1]):
            begin = min(at + step, stop)
            yield (character, base + begin, base + min(begin + 1, stop))
        yield (token[-1], base + last, base + stop)
        at = stop


_UNPRINTABLE = late(
    "[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]"
)
_NEEDS_ESCAPE = late(
    "[^\x20-\x7e\xa0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]"
)
_SHORT = {v: k for k, v in _ESCAPES.items() if k not in ("\t", " ", "/", "'", "_", "N", "L", "P")}
_PLAIN_START = late(r"[^\s\-?:,\[\]{}#&*!|>'\"%@`]|[-?:][^\s,\[\]{}]")
_NOT_IN_FLOW = late(r"[,?\[\]{}]|^[-:]|:[\"']")
_SURROGATE = late("[\ud800-\udfff]")


def has_break(text: str) -> bool:
    """Whether ``text`` holds what YAML takes for the end of a line."""
    return _BREAK.search(text) is not None


def line_start(text: str, at: int) -> int:
    """Where the line of ``at`` begins, as YAML sees lines."""
    return max(text.rfind(character, 0, at) for character in _BREAKS) + 1


def line_end(text: str, at: int) -> int:
    """Where the line of ``at`` ends, before its line break, as YAML sees lines."""
    match = _BREAK.search(text, at)
    return match.start() if match else len(text)


def unprintable(text: str) -> re.Match[str] | None:
    """The first character that YAML does not allow in a text."""
    return _UNPRINTABLE.search(text)


def has_surrogate(text: str) -> bool:
    """Whether ``text`` holds half a character, which no file can hold."""
    return not text.isascii() and _SURROGATE.search(text) is not None


def needs_escape(text: str) -> bool:
    """Whether ``text`` holds what only double quotes can write."""
    if text.isascii():  # the pattern takes 5 ms to compile
        return not text.isprintable()
    return _NEEDS_ESCAPE.search(text) is not None


def plain(text: str, flow: bool) -> str | None:
    """``text`` as a plain scalar that every YAML reader reads as this string; None if none does."""
    if not text or text != text.strip() or not _PLAIN_START.match(text):
        return None
    if needs_escape(text) or ": " in text or " #" in text or text.endswith(":"):
        return None
    if flow and _NOT_IN_FLOW.search(text):
        return None
    if text.startswith(("---", "...")) or text in ("=", "<<", "y", "Y", "n", "N"):
        return None
    if not is_always_text(text):
        return None
    return text


def single_quoted(text: str) -> str | None:
    """``text`` in single quotes, on one line; None where it needs escapes."""
    if needs_escape(text):
        return None
    return "'" + text.replace("'", "''") + "'"


def double_quoted(text: str) -> str:
    """``text`` in double quotes, on one line."""

    def escape(match: re.Match[str]) -> str:
        character = match.group()
        if character in _SHORT:
            return "\\" + _SHORT[character]
        code = ord(character)
        if code < 0x100:
            return f"\\x{code:02X}"
        return f"\\u{code:04X}" if code < 0x10000 else f"\\U{code:08X}"

    text = text.replace("\\", "\\\\").replace('"', '\\"')
    return '"' + _NEEDS_ESCAPE.sub(escape, text) + '"'


def block(text: str, style: str, indent: str, newline: str) -> str | None:
    """``text`` as a literal or folded block scalar whose lines begin with ``indent``.

    The result ends before the last line's end. None where the style cannot hold the text.
    """
    body = text.rstrip("\n")
    ends = len(text) - len(body)
    if not body or ends > 1 or not indent or _UNPRINTABLE.search(text):
        return None
    if re.search("[\r\t\x85\u2028\u2029\ufeff]", text) or body[0] in " \n":
        return None
    lines = body.split("\n")
    if any(line != line.rstrip() or line.startswith(" ") for line in lines):
        return None
    if style == ">" and len(lines) > 1:
        return None
    header = style + ("" if ends else "-")
    return newline.join([header, *(indent + line if line else "" for line in lines)])


def written(text: str, style: str, *, flow: bool, indent: str = "", newline: str = "\n") -> str:
    """``text`` as a scalar: in ``style`` where that can hold it, else in stronger quotes."""
    result: str | None = None
    if style in ("|", ">"):
        result = block(text, style, indent, newline)
    elif style == "":
        result = plain(text, flow)
    if result is None and style in ("", "'"):
        result = single_quoted(text)
    return double_quoted(text) if result is None else result


def rewritten(
    changed: str, pieces: Sequence[tuple[int, int, str]], style: str, flow: bool
) -> list[str] | None:
    """Replacements of parts of a scalar, as its style writes them; None if it cannot hold them.

    ``changed`` is the whole new value. In a scalar of several lines they may still read otherwise.
    """
    news = [new for _, _, new in pieces]
    if style == '"':
        return [double_quoted(new)[1:-1] for new in news]
    if any(needs_escape(new) for new in news):
        return None
    if style == "":
        return news if plain(changed, flow) == changed else None
    return [new.replace("'", "''") for new in news] if style == "'" else news
