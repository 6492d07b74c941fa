"""How JSON is written back: by span, with the file's own indentation and line ends."""

from __future__ import annotations

import json
from collections.abc import Sequence

from ogcheck.page import Node, Page, Property, Refusal
from ogcheck.problem import Edit
from ogcheck.readers import json_places, scalars
from ogcheck.readers.key_spelling import beside, path_for, renamed
from ogcheck.readers.offsets import Straight
from ogcheck.values.splicing import spliced


class JsonDialect:
    """The dialect of JSON, for pages."""

    name = "json"

    def offsets(self, text: str, node: Node) -> Sequence[tuple[int, int]] | None:
        """For each character of the node's value, where it begins and ends in ``text``."""
        if node.places is None:
            start, end = node.span
            if node.kind == "string":
                node.places = json_places.string_offsets(text[start + 1 : end - 1], start + 1)
            else:
                node.places = Straight(start, end - start)
        return node.places

    def replace(self, page: Page, node: Node, text: str) -> Edit | Refusal:
        """One edit over the whole scalar."""
        refusal = _refuse(node, text)
        if refusal is not None:
            return refusal
        return Edit(*node.span, _string(text, page.source.text[slice(*node.span)]))

    def rewrite(
        self, page: Page, node: Node, pieces: Sequence[tuple[int, int, str]]
    ) -> tuple[Edit, ...] | Refusal:
        """One edit a piece in a string, else one over the whole."""
        changed = spliced(node.value, pieces)
        refusal = _refuse(node, changed)
        if refusal is not None:
            return refusal
        source = page.source.text
        where = self.offsets(source, node)
        is_piecewise = node.kind == "string" and all(a < b for a, b, _ in pieces)
        if where is None or not is_piecewise:
            return (Edit(*node.span, _string(changed, source[slice(*node.span)])),)
        escaped = _is_escaped(source[slice(*node.span)])
        return tuple(
            Edit(where[a][0], where[b - 1][1], json.dumps(new, ensure_ascii=escaped)[1:-1])
            for a, b, new in pieces
        )

    def insert(self, page: Page, name: str, text: str) -> Edit | Refusal:
        """In the name's own object, behind its last key; spelt as the file spells its keys."""
        if scalars.has_surrogate(text):
            return Refusal("half a character cannot be written")
        if page.block is None or page.unreadable:
            return Refusal("the front matter does not parse")
        path = path_for(page, name)
        if path is None:
            return Refusal("the file writes its tags one by one in a list")
        if page.root is None:
            return _whole(page, path, text)
        return _below(page, page.root, list(path), text)

    def rename(self, page: Page, prop: Property, name: str) -> Edit | Refusal:
        """The key, spelt with its own separators; what stands around it stays."""
        key = json.loads(page.source.text[slice(*prop.key_span)])
        new = renamed(prop, key, name)
        if isinstance(new, Refusal):
            return new
        return Edit(*prop.key_span, _string(new))

    def divide(self, page: Page, prop: Property, texts: Sequence[str]) -> Edit | Refusal:
        """A list, where one value stands."""
        refusal = next((r for text in texts if (r := _refuse(prop.node, text))), None)
        if refusal is not None:
            return refusal
        if prop.group or prop.pointer.startswith("/head/"):
            return Refusal("the value is one of a list")
        raw = page.source.text[slice(*prop.span)]
        return Edit(*prop.node.span, f"[{', '.join(_string(text, raw) for text in texts)}]")


JSON = JsonDialect()


def _refuse(node: Node, text: str) -> Refusal | None:
    if scalars.has_surrogate(text):
        return Refusal("half a character cannot be written")
    if node.kind in ("mapping", "sequence"):
        return Refusal("the value is not a scalar")
    return None


def _string(text: str, before: str = "") -> str:
    """``text`` as a JSON string; with escapes for other than ASCII where ``before`` has them."""
    return json.dumps(text, ensure_ascii=_is_escaped(before))


def _is_escaped(text: str) -> bool:
    """Whether a string is written in ASCII, with escapes for all else."""
    return "\\u" in text and text.isascii()


# Where a new key goes.


def _below(page: Page, node: Node, keys: list[str], text: str) -> Edit | Refusal:
    """The edit that writes ``text`` under ``keys`` in the object ``node``."""
    while True:
        below = node.child(keys[0])
        if below is None:
            return _append(page, node, keys, text)
        if len(keys) == 1:
            return Refusal(f"{keys[0]} is there already")
        if below.kind == "sequence" and len(below.items) == 1:
            below = below.items[0]
        if below.kind == "sequence":
            return Refusal(f"{keys[0]} is a list")
        if below.kind == "null":
            layout = _Layout(page, node)
            return Edit(*below.span, layout.value(keys[1:], text))
        if below.kind == "mapping":
            node = below
            del keys[0]
        else:
            keys = beside(node, keys)


def _append(page: Page, parent: Node, keys: Sequence[str], text: str) -> Edit | Refusal:
    """The edit that adds ``keys`` behind what the object ``parent`` holds."""
    layout = _Layout(page, parent)
    pair = layout.pair(keys, text)
    if not parent.entries:
        if parent.style == "bare":
            return Edit(parent.span.start, parent.span.start, pair + page.source.newline())
        at = parent.span.start + 1
        if layout.is_open:  # a brace on each of two lines
            return Edit(at, at, layout.before + pair)
        return Edit(at, at, pair)
    at = parent.entries[-1].node.span.end
    return Edit(at, at, f",{layout.before}{pair}")


def _whole(page: Page, keys: Sequence[str], text: str) -> Edit | Refusal:
    """The first key of front matter in which there is nothing."""
    assert page.block is not None  # noqa: S101 (asked before)
    start, newline = page.block.content.start, page.source.newline()
    pair = _nested(keys, text, "", None)
    return Edit(start, start, f"{{{pair}}}{newline}" if page.block.braces else pair + newline)


class _Layout:
    """How an object is laid out: each key on a line of its own, or all on one."""

    def __init__(self, page: Page, parent: Node) -> None:
        source = page.source.text
        self.newline = page.source.newline()
        self.step = _step(page)
        start, end = parent.span
        first = parent.entries[0].key_span.start if parent.entries else end - 1
        self.is_open = "\n" in source[start:first] or "\r" in source[start:first]
        if parent.style == "bare":
            self.is_open = True
        self.indent = _indent(source, first)
        if not parent.entries and parent.style != "bare":
            self.indent += self.step or "  "
        self.before = self.newline + self.indent if self.is_open else " "
        """What stands between a comma and the next key."""

    def pair(self, keys: Sequence[str], text: str) -> str:
        """Nested keys, each in an object of its own; the last with its value."""
        return f"{_string(keys[0])}: {self.value(keys[1:], text)}"

    def value(self, keys: Sequence[str], text: str) -> str:
        """What stands behind the colon of the key above ``keys``."""
        step = self.step if self.is_open else None
        if not keys:
            return _string(text)
        newline = self.newline if step else ""
        inner = self.indent + step if step else ""
        close = newline + self.indent if step else ""
        return f"{{{newline}{_nested(keys, text, inner, step, newline)}{close}}}"


def _nested(
    keys: Sequence[str], text: str, indent: str, step: str | None, newline: str = ""
) -> str:
    """Nested keys, those below on lines of their own where a ``step`` is given."""
    key, *below = keys
    if not below:
        return f"{indent}{_string(key)}: {_string(text)}"
    inner = indent + step if step else ""
    close = newline + indent if step else ""
    nested = _nested(below, text, inner, step, newline)
    return f"{indent}{_string(key)}: {{{newline}{nested}{close}}}"


def _step(page: Page) -> str | None:
    """What a level of the file's nesting is indented by; None where it has no lines."""
    root, source = page.root, page.source.text
    if root is None or not root.entries:
        return "  "
    start, at = root.span.start, root.entries[0].key_span.start
    for entry in root.entries:
        below = entry.node
        if below.kind == "mapping" and below.entries:
            outer = _indent(source, entry.key_span.start)
            inner = _indent(source, below.entries[0].key_span.start)
            if inner.startswith(outer) and len(inner) > len(outer):
                return inner[len(outer) :]
    if "\n" not in source[start:at] and "\r" not in source[start:at] and root.style != "bare":
        return None
    return _indent(source, at).removeprefix(_indent(source, start)) or "  "


def _indent(source: str, at: int) -> str:
    """The white space at the beginning of a line."""
    start = max(source.rfind("\n", 0, at), source.rfind("\r", 0, at)) + 1
    line = source[start:at]
    return line[: len(line) - len(line.lstrip(" \t"))]
