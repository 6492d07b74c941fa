"""Where the values of a JSON text stand: a scanner that is run only when a place is asked for.

``json`` reads the values and gives no places. What it has accepted is walked here without
recursion, its strings by ``json``'s own scanner, which lets control characters pass: of NUL in a
script element the parser of HTML has made U+FFFD before ``json`` saw it.
"""

from __future__ import annotations

from collections.abc import Iterator
from json.decoder import scanstring  # type: ignore[attr-defined]  # public, and not in its stub
from typing import NamedTuple

from ogcheck.page import Entry, Node, pointer_step
from ogcheck.readers.offsets import Offsets, Piece, Straight
from ogcheck.readers.reading import too_long
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


class _Event(NamedTuple):
    """What stands in a JSON text."""

    sign: str
    """A bracket that opens or closes, ``key``, ``"`` for a string, or nothing for what has no
    quotation marks."""
    start: int
    end: int
    value: str = ""


def _events(text: str, start: int) -> Iterator[_Event]:
    """What stands in the JSON that begins at ``start``, one after the other."""
    inside: list[str] = []  # the brackets that are open
    at, has_key = _skip(text, start), False
    while True:
        if has_key:
            name, stop = scanstring(text, at + 1, False)
            yield _Event("key", at, stop, name)
            at = _skip(text, _skip(text, stop) + 1)
        mark = text[at]
        if mark in "{[":
            yield _Event(mark, at, at + 1)
            at = _skip(text, at + 1)
            inside.append(mark)
            if text[at] not in "}]":
                has_key = mark == "{"
                continue
        elif mark == '"':
            value, stop = scanstring(text, at + 1, False)
            yield _Event(mark, at, stop, value)
            at = stop
        else:
            match = _SCALAR.match(text, at)
            stop = match.end() if match is not None else at + 1
            yield _Event("", at, stop, text[at:stop])
            at = stop
        while inside:
            at = _skip(text, at)
            if text[at] not in "}]":
                break
            yield _Event(text[at], at, at + 1)
            inside.pop()
            at += 1
        if not inside:
            return
        at, has_key = _skip(text, at + 1), inside[-1] == "{"  # behind the comma


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
    top = _Open(Node("sequence", Span(start, start)))
    still_open = [top]
    for sign, begin, end, value in _events(text, start):
        holder, span = still_open[-1], Span(begin + shift, end + shift)
        if sign == "key":
            if value in holder.first:
                twice.append((value, span, holder.first[value]))
            else:
                holder.first[value] = span
            holder.key = (value, span)
            continue
        if sign in ("}", "]"):
            node = holder.node
            node.entries, node.items = holder.entries, holder.items
            node.span = Span(node.span.start, span.end)
            still_open.pop()
            continue
        count += 1
        if most is not None and count > most:
            raise too_long(begin, most)
        if sign in ("{", "["):
            node = Node("mapping" if sign == "{" else "sequence", span)
            still_open.append(_Open(node))
        else:
            kind = "string" if sign else _KINDS.get(value, "number")
            node = Node(kind, span, value, sign)
        node.flow = True
        holder.take(node)
    return Tree(top.items[0], twice)


_KINDS = {"true": "boolean", "false": "boolean", "null": "null"}


def places(text: str, start: int, wanted: frozenset[str]) -> dict[str, Place]:
    """The places of ``wanted`` scalars in the JSON that begins at ``start``, by JSON Pointer.

    The text must be JSON that ``json.loads`` accepts. Of keys that stand twice the last counts, as
    there.
    """
    found: dict[str, Place] = {}
    # What is open: its pointer, and the number of its next item (None in an object).
    still_open: list[tuple[str, int | None]] = []
    pointer = ""
    key: Span | None = None
    for sign, begin, end, value in _events(text, start):
        if sign == "key":
            pointer, key = f"{still_open[-1][0]}/{pointer_step(value)}", Span(begin, end)
            continue
        if sign in ("}", "]"):
            still_open.pop()
            continue
        if still_open and (number := still_open[-1][1]) is not None:
            above = still_open[-1][0]
            still_open[-1] = (above, number + 1)
            pointer, key = f"{above}/{number}", None
        if sign in ("{", "["):
            still_open.append((pointer, None if sign == "{" else 0))
        elif pointer in wanted:
            found[pointer] = Place(Span(begin, end), key)
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
