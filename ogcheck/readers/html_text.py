"""Character references as the HTML standard decodes them, with their places, and how to write them.

A value is decoded once. In an attribute ``&copy=2`` and ``&copyright`` stay as they are: a
reference without its semicolon counts there only before what is neither ``=`` nor a letter or digit
(https://html.spec.whatwg.org/#named-character-reference-state).
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from ogcheck.document import WHITE_SPACE
from ogcheck.readers.offsets import Offsets, Piece
from ogcheck.values.patterns import late

_SPECIAL = late(
    r"\r\n?|\x00|&(?:#[xX](?P<hex>[0-9a-fA-F]+);?|#(?P<number>[0-9]+);?"
    r"|(?P<name>[a-zA-Z][a-zA-Z0-9]*;?))"
)
_RUN = late(r"[\t\n\f\r ]+")

# What numbers mean that are C1 controls (13.2.5.80, numeric character reference end state).
_C1 = dict(zip(
    (0x80, 0x82, 0x83, 0x84, 0x85, 0x86, 0x87, 0x88, 0x89, 0x8A, 0x8B, 0x8C, 0x8E, 0x91, 0x92, 0x93,
     0x94, 0x95, 0x96, 0x97, 0x98, 0x99, 0x9A, 0x9B, 0x9C, 0x9E, 0x9F),
    "€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ", strict=True,
))  # fmt: skip


def pieces(raw: str, *, attribute: bool) -> Iterator[tuple[int, int, str]]:
    """What stands in ``raw`` for other characters: (start, end, characters)."""
    for match in _SPECIAL.finditer(raw):
        start, end = match.span()
        name = match["name"]
        if name is not None:
            found = _named(name)
            if found is None:
                continue
            size, characters = found
            end = start + 1 + size
            bare = raw[end - 1] != ";"
            if attribute and bare and (raw[end : end + 1] == "=" or _is_alnum(raw[end : end + 1])):
                continue
            yield start, end, characters
        elif match["number"] is not None:
            yield start, end, _numbered(match["number"], 10)
        elif match["hex"] is not None:
            yield start, end, _numbered(match["hex"], 16)
        else:
            yield start, end, "\ufffd" if match.group() == "\0" else "\n"


def _is_alnum(character: str) -> bool:
    return character.isascii() and character.isalnum()


@lru_cache(maxsize=1024)
def _named(name: str) -> tuple[int, str] | None:
    """The longest beginning of ``name`` that is a reference: its length, and its characters."""
    from html.entities import html5  # a long table, which few values need

    for size in range(len(name), 1, -1):
        found = html5.get(name[:size])
        if found is not None:
            return size, found
    return None


def _numbered(digits: str, base: int) -> str:
    digits = digits.lstrip("0")
    code = int(digits[:8] or "0", base) if len(digits) <= 8 else 0x110000
    if code in _C1:
        return _C1[code]
    if code == 0 or code > 0x10FFFF or 0xD800 <= code <= 0xDFFF:
        return "\ufffd"
    return chr(code)


def decode(raw: str, *, attribute: bool) -> str:
    """The text that ``raw`` is for a browser."""
    parts: list[str] = []
    at = 0
    for start, end, characters in pieces(raw, attribute=attribute):
        parts += (raw[at:start], characters)
        at = end
    return "".join((*parts, raw[at:]))


def offsets(raw: str, base: int, *, attribute: bool) -> Offsets:
    """For each character of ``decode(raw)`` where it begins and ends; ``raw`` is at ``base``."""

    def parts() -> Iterator[Piece]:
        at = 0
        for start, end, characters in pieces(raw, attribute=attribute):
            yield raw[at:start], base + at, base + start
            for character in characters:
                yield character, base + start, base + end
            at = end
        yield raw[at:], base + at, base + len(raw)

    return Offsets(parts())


def place(raw: str, start: int, end: int) -> tuple[int, int] | None:
    """Where the characters ``start`` to ``end`` of an attribute's value stand in ``raw``.

    What :func:`offsets` says of them, without a pair for each character of a long text. None where
    the value is shorter.
    """
    first = last = None
    at = behind = 0  # in the raw text, in the value
    for left, right, characters in pieces(raw, attribute=True):
        size = behind + left - at
        if first is None and start < size + len(characters):
            first = at + start - behind if start < size else left
        if first is not None and end <= size + len(characters):
            last = at + end - behind if end <= size else right
            break
        behind, at = size + len(characters), right
    if first is None:
        first = at + start - behind
    if last is None:
        last = at + end - behind
    return (first, last) if last <= len(raw) else None


def collapsed(text: str) -> str:
    """``text`` as browsers show a title: without white space at its ends, or more than one space.

    https://infra.spec.whatwg.org/#strip-and-collapse-ascii-whitespace
    """
    return _RUN.sub(" ", text.strip(WHITE_SPACE))


def collapsed_offsets(text: str, where: Offsets) -> Offsets:
    """The places of the characters of ``collapsed(text)``, from those of ``text``."""

    def parts() -> Iterator[Piece]:
        at = len(text) - len(text.lstrip(WHITE_SPACE))
        last = len(text.rstrip(WHITE_SPACE))
        for match in _RUN.finditer(text, at, last):
            start, end = match.span()
            if match.group() != " ":
                yield from where.pieces(text, at, start)
                yield " ", where[start][0], where[end - 1][1]
                at = end
        yield from where.pieces(text, at, last)

    return Offsets(parts())


def written(text: str, quote: str) -> str:
    """``text`` as the value of an attribute in ``quote``, or as an element's text without one.

    Every ``&`` is escaped: browsers would forgive one in an address, other readers do not.
    """
    text = text.replace("&", "&amp;").replace("\r", "&#13;")
    if quote == '"':
        return text.replace('"', "&quot;")
    if quote == "'":
        return text.replace("'", "&#39;")
    return text.replace("<", "&lt;")
