"""Where the values of a JSON text stand: a scanner that is run only when a place is asked for.

``json`` reads the values and gives no places. What it has accepted is walked here without
recursion, its strings by ``json``'s own scanner.
"""

from __future__ import annotations

from collections.abc import Iterator
from json.decoder import scanstring  # type: ignore[attr-defined]  # public, and not in its stub
from typing import NamedTuple

from ogcheck.page import Entry, Node, pointer_step
from ogcheck.readers.reading import too_long
from ogcheck.readers.scalars import Offsets, Piece, Straight
from ogcheck.source import Span
from ogcheck.values.patterns import late

_SPACE = late(r"[ \t\n\r]*")
_SCALAR = late(r"[^\s,\]}]+")
_STRING_PART = late(r"[^\\]+|\\u[0-9a-fA-F]{4}|\\.", 16)  # re.DOTALL


class Place(NamedTuple):
    """A scalar's place, quotes included, and that of its key."""

    span: Span
    key: Span | None


class Tree(NamedTuple):
    """A JSON text as nodes."""

    root: Node
    twice: list[tuple[str, Span, Span]]
    """The keys that stand twice in one object: each with its place, and that of the first."""


class _Open:
    """An object or a list whose end is not reached yet."""

    def __init__(self, node: Node) -> None:
        self.node = node
        self.entries: list[Entry] = []
        self.items: list[Node] = []
        self.first: dict[str, Span] = {}
        self.key: tuple[str, Span] | None = None
        """That of the value that comes next."""

    def take(self, node: Node) -> None:
        """The value that comes next."""
        if self.key is not None:
            self.entries.append(Entry(*self.key, node, False))
        else:
            self.items.append(node)


def tree(text: str, start: int, shift: int = 0, most: int | None = None) -> Tree:
    """The JSON that begins at ``start`` as nodes, whose places are moved by ``shift``.

    The text must be JSON that ``json.loads`` accepts. Raises ``TooLargeError``, at an offset into
    ``text``, where there are more than ``most`` values.
    """
    count = 0
    twice: list[tuple[str, Span, Span]] = []
    still_open: list[_Open] = []
    at = _skip(text, start)
    while True:
        count += 1
        if most is not None and count > most:
            raise too_long(at, most)
        mark = text[at]
        if mark in "{[":
            node = Node("mapping" if mark == "{" else "sequence", Span(at + shift, at + shift))
            node.flow = True
            one = _Open(node)
            still_open.append(one)
            at = _skip(text, at + 1)
            if text[at] not in "}]":
                at = _key(text, at, one, twice, shift)
                continue
        else:
            node, at = _scalar(text, at, shift)
            if not still_open:
                return Tree(node, twice)
            node.flow = True
            still_open[-1].take(node)
        at = _skip(text, at)
        while text[at] in "}]":
            one = still_open.pop()
            one.node.entries, one.node.items = one.entries, one.items
            one.node.span = Span(one.node.span.start, at + 1 + shift)
            if not still_open:
                return Tree(one.node, twice)
            still_open[-1].take(one.node)
            at = _skip(text, at + 1)
        at = _key(text, _skip(text, at + 1), still_open[-1], twice, shift)  # behind the comma


def _key(text: str, at: int, holder: _Open, twice: list[tuple[str, Span, Span]], shift: int) -> int:
    """Read the key that comes next, in an object; where the value behind it begins."""
    if holder.node.kind == "sequence":
        return at
    name, stop = scanstring(text, at + 1)
    span = Span(at + shift, stop + shift)
    if name in holder.first:
        twice.append((name, span, holder.first[name]))
    else:
        holder.first[name] = span
    holder.key = (name, span)
    return _skip(text, _skip(text, stop) + 1)


def _scalar(text: str, at: int, shift: int) -> tuple[Node, int]:
    """The scalar that begins at an offset, and where it ends."""
    if text[at] == '"':
        value, stop = scanstring(text, at + 1)
        return Node("string", Span(at + shift, stop + shift), value, '"'), stop
    match = _SCALAR.match(text, at)
    stop = match.end() if match is not None else at + 1
    raw = text[at:stop]
    return Node(_KINDS.get(raw, "number"), Span(at + shift, stop + shift), raw), stop


_KINDS = {"true": "boolean", "false": "boolean", "null": "null"}


def places(text: str, start: int) -> dict[str, Place]:
    """The places of the scalars in the JSON that begins at ``start``, by JSON Pointer.

    The text must be JSON that ``json.loads`` accepts. Of keys that stand twice the last counts, as
    there.
    """
    found: dict[str, Place] = {}
    waiting: list[tuple[str, Node, Span | None]] = [("", tree(text, start).root, None)]
    while waiting:
        pointer, node, key = waiting.pop()
        if node.kind == "mapping":
            waiting.extend(
                (f"{pointer}/{pointer_step(e.key)}", e.node, e.key_span)
                for e in reversed(node.entries)
            )
        elif node.kind == "sequence":
            waiting.extend((f"{pointer}/{i}", item, None) for i, item in enumerate(node.items))
        else:
            found[pointer] = Place(node.span, key)
    return found


def _skip(text: str, at: int) -> int:
    match = _SPACE.match(text, at)
    return match.end() if match is not None else at


def string_offsets(raw: str, base: int) -> Offsets | Straight:
    """For each character of a JSON string, where it begins and ends.

    ``raw`` is what stands between its quotes, at ``base``. A character beyond U+FFFF may be written
    as two escapes.
    """
    return Offsets(_pieces(raw, base)) if "\\" in raw else Straight(base, len(raw))


def _pieces(raw: str, base: int) -> Iterator[Piece]:
    high: Piece | None = None
    for match in _STRING_PART.finditer(raw):
        part, begin, end = match.group(), base + match.start(), base + match.end()
        code = int(part[2:], 16) if part[:2] == "\\u" else 0
        if high is not None:
            if 0xDC00 <= code <= 0xDFFF:
                yield ("?", high[1], end)
                high = None
                continue
            yield high
            high = None
        if part[0] != "\\":
            yield (part, begin, end)
        elif 0xD800 <= code <= 0xDBFF:
            high = ("?", begin, end)
        else:
            yield ("?", begin, end)
    if high is not None:
        yield high
