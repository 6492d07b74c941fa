"""TOML front matter: read with ``tomllib``, its places found by a scanner.

``tomllib`` decides what TOML is, and gives no places. What it has accepted is walked here into the
tree of nodes that YAML has, too; tests hold that the two say the same (TOML 1.0.0,
https://toml.io/en/v1.0.0). tomlkit keeps the whole text, but gives no places either: they would
have to be added up from its parts, after a reading that alone takes longer than all of this, and
accepts what ``tomllib`` refuses (version 0.15.2: a comma at the end of an inline table).
"""

from __future__ import annotations

import re
import tomllib
from typing import NamedTuple

from ogcheck.page import Entry, Node
from ogcheck.problem import Finding
from ogcheck.readers import scalars, toml_strings, toml_syntax
from ogcheck.readers.reading import (
    MOST_DIGITS,
    Limits,
    Reading,
    TooLargeError,
    not_read,
    too_deep,
    too_long,
    twice,
)
from ogcheck.source import Span
from ogcheck.values.patterns import late

_SKIP = late(r"(?:[ \t\r\n]++|#[^\n]*+)*+")
_KEY = late(rf"[ \t]*({toml_strings.STRING}|[A-Za-z0-9_\-]+)[ \t]*", re.DOTALL)
_STRING = late(toml_strings.STRING, re.DOTALL)
_BARE = late(r"\d{4}-\d\d-\d\d \d\d:[^\s,\]}#]*|[^\s,\[\]{}#]+")
_DATE = late(r"\d{4}-|\d\d:")
_SIGN = late(
    rf"{toml_strings.LONG}|(?:\"\"\"|''').*|{toml_strings.SHORT}|[\"'#][^\n]*|[\[\]{{}}.=,\n]",
    re.DOTALL,
)
"""A sign, or the strings and comments in which there are none; those that are not closed, too."""
_LONG_NUMBER = late(rf"[=,][ \t\r\n\[]*+[+-]?(?P<number>[1-9][0-9_]{{{MOST_DIGITS},}}+)(?![.eE])")


def read(text: str, content: Span, limits: Limits) -> Reading:
    """Read the TOML in ``text[content]``. Never raises."""
    start, end = content
    block = text[start:end]
    if scalars.has_surrogate(block):
        return Reading(None, [])  # undecodable text is FM006, said once for the source
    try:
        check_size(block, limits)
        at = _long_number(block)
        if at is not None:
            return Reading(
                None, [toml_syntax.explain(text, content, start + at, toml_syntax.TOO_LONG_NUMBER)]
            )
        try:
            tomllib.loads(block)
        except (ValueError, RecursionError) as error:
            return Reading(None, [_refused(text, content, limits, error)])
        scanner = _Scanner(text, start, end, limits)
        scanner.document()
    except TooLargeError as error:
        return not_read(error, start + error.offset, end)
    if not scanner.root.entries:
        return Reading(None, [])
    return Reading(scanner.root, [])


def _refused(
    text: str, content: Span, limits: Limits, error: ValueError | RecursionError
) -> Finding:
    """What ``tomllib`` could not read, in plain words: a key that stands twice, or a slip."""
    at = toml_syntax.place(text, content, error)
    if toml_syntax.is_twice(error):
        # All before it is sound, so that the scanner, which sees keys that meet, can say where.
        scanner = _Scanner(text, content.start, content.end, limits)
        scanner.document(at)
        if scanner.twice is not None:
            name, span, first = scanner.twice
            return twice(name, span, first, "TOML readers refuse the whole file")
    return toml_syntax.explain(text, content, at, error)


def check_size(block: str, limits: Limits) -> None:
    """Raise ``TooLargeError`` where ``block`` may get larger than ``limits``, at an offset into it.

    ``tomllib`` recurses, and takes the square of a dotted key's length. Strings and comments are
    walked only where there are enough signs outside or inside of them.
    """
    signs = block.count("[") + block.count("{") + block.count(".")
    if signs < limits.depth and block.count("=") + block.count(",") < limits.nodes:
        return
    level = dots = values = 0
    for match in _SIGN.finditer(block):
        sign = match.group()
        if sign in "[{":
            level += 1
            values += 1
            dots = 0
        elif sign in "]}":
            level = max(0, level - 1)
        elif sign == ".":
            dots += 1
        elif sign in "=,":
            values += 1
            dots = 0
        elif sign == "\n":
            dots = 0
        if level + dots > limits.depth:
            raise too_deep(match.start(), limits.depth)
        if values > 2 * limits.nodes:  # signs: a value has one or two
            raise too_long(match.start(), limits.nodes)


def _long_number(block: str) -> int | None:
    """Where a number stands that Python does not read; ``tomllib`` takes 140 times its size before
    it says so."""
    numbers = [
        match.start("number")
        for match in _LONG_NUMBER.finditer(block)
        if len(match["number"].replace("_", "")) > MOST_DIGITS
    ]
    if not numbers:
        return None
    found = (match.span() for match in _SIGN.finditer(block))
    texts = [span for span in found if span[1] - span[0] > MOST_DIGITS]
    return next((at for at in numbers if not any(a <= at < b for a, b in texts)), None)


class _Twice(NamedTuple):
    """A key that stands twice."""

    name: str
    span: Span
    first: Span


class _Key(NamedTuple):
    """One part of a key, as it is read and where it stands."""

    name: str
    span: Span


class _Scanner:
    """Walks TOML that ``tomllib`` reads, from the beginning to the end.

    A table's node ends behind the last key that stands directly in it: the tables below it may
    stand anywhere.
    """

    def __init__(self, text: str, start: int, end: int, limits: Limits) -> None:
        self.text = text
        self.base = start
        self.at = start
        self.end = end
        self.limits = limits
        self.count = 0
        self.twice: _Twice | None = None
        self.mappings: list[tuple[Node, dict[str, Entry]]] = []
        """Every mapping with its entries, which it gets in the end."""
        self.entries: dict[int, dict[str, Entry]] = {}
        """The same by the mapping's ``id``."""
        self.tables: dict[int, list[Node]] = {}
        """The tables of each array of tables, by its ``id``."""
        self.root = self._mapping(Span(start, start), "table")

    def document(self, stop: int | None = None) -> None:
        """Read statement after statement, those that begin before ``stop``."""
        stop = self.end if stop is None else stop
        table = self.root
        path: tuple[Node, ...] = (table,)
        self._skip()
        while self.at < stop and self.twice is None:
            if self.text.startswith("[", self.at):
                path = self._header()
                table = path[-1]
            elif not self._pair(table, path):
                break
            self._skip()
        for node, entries in self.mappings:
            node.entries = list(entries.values())

    def _skip(self) -> None:
        """Over white space, line ends and comments."""
        match = _SKIP.match(self.text, self.at, self.end)
        if match is not None:
            self.at = match.end()

    def _mapping(self, span: Span, style: str) -> Node:
        node = Node("mapping", span, "", style)
        known: dict[str, Entry] = {}
        self.mappings.append((node, known))
        self.entries[id(node)] = known
        return node

    def _add(self, table: Node, key: _Key, node: Node, depth: int) -> None:
        """A new value in ``table``; where the key is there already, that is noted."""
        self.count += 1
        if self.count > self.limits.nodes:
            raise too_long(key.span.start - self.base, self.limits.nodes)
        if depth > self.limits.depth:
            raise too_deep(key.span.start - self.base, self.limits.depth)
        known = self.entries[id(table)]
        if key.name in known:
            self._meet(key, known[key.name])
        known[key.name] = Entry(key.name, key.span, node, False)

    def _meet(self, key: _Key, first: Entry) -> None:
        if self.twice is None:
            self.twice = _Twice(key.name, key.span, first.key_span)

    def _keys(self) -> list[_Key]:
        """The parts of the key that comes next, and what is behind it."""
        found: list[_Key] = []
        while (match := _KEY.match(self.text, self.at, self.end)) is not None:
            raw, span = match[1], Span(*match.span(1))
            name = toml_strings.decode(raw, raw[0]) if raw[0] in "\"'" else raw
            found.append(_Key(name, span))
            self.at = match.end()
            if not self.text.startswith(".", self.at):
                break
            self.at += 1
        return found

    def _header(self) -> tuple[Node, ...]:
        """A table's header, or that of one of an array's; the tables down to it."""
        start = self.at
        is_array = self.text.startswith("[[", start)
        self.at += 2 if is_array else 1
        keys = self._keys()
        while self.text.startswith("]", self.at):
            self.at += 1
        span = Span(start, self.at)
        path = [self.root]
        for depth, key in enumerate(keys, 1):
            table = path[-1]
            known = self.entries[id(table)].get(key.name)
            is_last = depth == len(keys)
            if is_last and is_array:
                path += self._array_item(table, key, known, span, depth)
                continue
            if known is None:
                node = self._mapping(span, "table" if is_last else "super")
                self._add(table, key, node, depth)
            else:
                node = known.node
                if node.style == "tables" and not is_last:
                    path.append(node)
                    node = self.tables[id(node)][-1]
                elif is_last and node.style == "super":
                    node.style, node.span = "table", span
                elif is_last or node.kind != "mapping" or node.style == "inline":
                    self._meet(key, known)
                    node = self._mapping(span, "table")
            path.append(node)
        return tuple(path)

    def _array_item(
        self, table: Node, key: _Key, known: Entry | None, span: Span, depth: int
    ) -> tuple[Node, Node]:
        """One more table of an array; the array and the table."""
        if known is None or known.node.style != "tables":
            array = Node("sequence", span, "", "tables")
            array.items = self.tables[id(array)] = []
            self._add(table, key, array, depth)
        else:
            array = known.node
        item = self._mapping(span, "table")
        self.tables[id(array)].append(item)
        array.span = Span(array.span.start, span.end)
        self.count += 1
        return array, item

    def _pair(self, table: Node, path: tuple[Node, ...]) -> bool:
        """A key and its value in ``table``; False where there is none."""
        keys = self._keys()
        if not keys or not self.text.startswith("=", self.at):
            return False
        self.at += 1
        self._assign(table, keys, len(path), flow=False)
        for node in path:
            if node is table or node.style == "tables":
                node.span = Span(node.span.start, max(node.span.end, self.at))
        return True

    def _assign(self, table: Node, keys: list[_Key], depth: int, *, flow: bool) -> None:
        """The value that comes next, under ``keys`` in ``table``."""
        dotted: list[Node] = []
        for key in keys[:-1]:
            known = self.entries[id(table)].get(key.name)
            if known is not None and known.node.kind == "mapping" and known.node.style != "inline":
                table = known.node
                if table.style != "dotted":
                    self._meet(key, known)
            else:
                node = self._mapping(key.span, "dotted")
                if flow:
                    node.flow = True
                self._add(table, key, node, depth)
                table = node
            dotted.append(table)
            depth += 1
        node = self._value(depth + 1, flow)
        self._add(table, keys[-1], node, depth)
        for one in dotted:
            one.span = Span(one.span.start, self.at)

    def _value(self, depth: int, flow: bool) -> Node:
        """The value that comes next."""
        self._skip()
        text, start = self.text, self.at
        mark = text[start : start + 1]
        if mark == "[":
            return self._array(depth)
        if mark == "{":
            return self._inline(depth)
        if mark in ("'", '"') and (match := _STRING.match(text, start, self.end)) is not None:
            raw = match.group()
            style = toml_strings.style_of(raw)
            node = Node("string", Span(*match.span()), toml_strings.decode(raw, style), style)
        else:
            match = _BARE.match(text, start, self.end)
            stop = match.end() if match is not None else start
            raw = text[start:stop]
            node = Node(_kind(raw), Span(start, stop), raw)
        if flow:
            node.flow = True
        self.at = node.span.end
        return node

    def _array(self, depth: int) -> Node:
        start = self.at
        if depth > self.limits.depth:
            raise too_deep(start - self.base, self.limits.depth)
        items: list[Node] = []
        self.at += 1
        self._skip()
        while self.at < self.end and self.text[self.at] != "]":
            self.count += 1
            if self.count > self.limits.nodes:
                raise too_long(self.at - self.base, self.limits.nodes)
            before = self.at
            items.append(self._value(depth + 1, flow=True))
            self._behind_value(before)
        self.at = min(self.at + 1, self.end)
        node = Node("sequence", Span(start, self.at), "", "inline")
        node.flow = True
        node.items = items
        return node

    def _inline(self, depth: int) -> Node:
        start = self.at
        node = self._mapping(Span(start, start), "inline")
        self.at += 1
        self._skip()
        while self.at < self.end and self.text[self.at] != "}":
            before = self.at
            keys = self._keys()
            if not keys or not self.text.startswith("=", self.at):
                break
            self.at += 1
            self._assign(node, keys, depth, flow=True)
            self._behind_value(before)
        self.at = min(self.at + 1, self.end)
        node.span = Span(start, self.at)
        node.flow = True
        return node

    def _behind_value(self, before: int) -> None:
        """Over a comma; over a character at least, where the text is not sound."""
        self._skip()
        if self.text.startswith(",", self.at):
            self.at += 1
            self._skip()
        self.at = max(self.at, before + 1)


def _kind(raw: str) -> str:
    """The kind of a value without quotation marks."""
    if raw in ("true", "false"):
        return "boolean"
    return "timestamp" if _DATE.match(raw) else "number"
