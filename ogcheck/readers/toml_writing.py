"""How TOML is written back: by span, with the file's own kind of string, line ends and tables."""

from __future__ import annotations

import tomllib
from collections.abc import Sequence

from ogcheck.page import Node, Page, Property, Refusal, steps
from ogcheck.problem import Edit
from ogcheck.readers import scalars, toml_strings
from ogcheck.readers.key_spelling import beside, path_for, renamed
from ogcheck.readers.offsets import Straight
from ogcheck.source import BOM
from ogcheck.values.patterns import late
from ogcheck.values.splicing import spliced

_BARE_KEY = late(r"[A-Za-z0-9_\-]+")
_DATE = late(r"\d{4}-\d\d-\d\d(?:[T ]\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d)?)?")


class TomlDialect:
    """The dialect of TOML, for pages."""

    name = "toml"

    def offsets(self, text: str, node: Node) -> Sequence[tuple[int, int]] | None:
        """For each character of the node's value, where it begins and ends in ``text``."""
        if node.places is None:
            start, end = node.span
            if node.style:
                node.places = toml_strings.offsets(text[start:end], start, node.style, node.value)
            else:
                node.places = Straight(start, end - start)
        return node.places

    def replace(self, page: Page, node: Node, text: str) -> Edit | Refusal:
        """One edit over the whole scalar; a date stays one, without quotation marks."""
        refusal = _refuse(node, text)
        if refusal is not None:
            return refusal
        if node.kind == "timestamp" and _is_date(text):
            return Edit(*node.span, text)
        style = node.style or '"'
        return Edit(*node.span, toml_strings.written(text, style, page.source.newline()))

    def rewrite(
        self, page: Page, node: Node, pieces: Sequence[tuple[int, int, str]]
    ) -> tuple[Edit, ...] | Refusal:
        """One edit a piece where the kind of string can hold them, else one over the whole."""
        changed = spliced(node.value, pieces)
        refusal = _refuse(node, changed)
        if refusal is not None:
            return refusal
        where = self.offsets(page.source.text, node)
        texts = [new for _, _, new in pieces]
        news = toml_strings.rewritten(texts, node.style, page.source.newline())
        if where is not None and news is not None and all(a < b for a, b, _ in pieces):
            edits = tuple(
                Edit(where[a][0], where[b - 1][1], new)
                for (a, b, _), new in zip(pieces, news, strict=True)
            )
            if _reads_as(page.source.text, node, edits, changed):
                return edits
        whole = self.replace(page, node, changed)
        return whole if isinstance(whole, Refusal) else (whole,)

    def insert(self, page: Page, name: str, text: str) -> Edit | Refusal:
        """In the name's own table, behind its last key; else as the file writes its tables."""
        if scalars.has_surrogate(text):
            return Refusal("half a character cannot be written")
        if page.block is None or page.unreadable:
            return Refusal("the front matter does not parse")
        path = path_for(page, name)
        if path is None:
            return Refusal("the file writes its tags one by one in a list")
        if page.root is None:
            return _at_end(page, path, text)
        return _below(page, page.root, list(path), text)

    def rename(self, page: Page, prop: Property, name: str) -> Edit | Refusal:
        """The key, spelt with its own separators and quotes; what stands around it stays."""
        written = page.source.text[slice(*prop.key_span)]
        quote = written[:1] if written[:1] in ("'", '"') else ""
        new = renamed(prop, written[1:-1] if quote else written, name)
        if isinstance(new, Refusal):
            return new
        return Edit(*prop.key_span, f"{quote}{new}{quote}" if quote else _key(new))

    def divide(self, page: Page, prop: Property, texts: Sequence[str]) -> Edit | Refusal:
        """An array, where one value stands."""
        refusal = next((r for text in texts if (r := _refuse(prop.node, text))), None)
        if refusal is not None:
            return refusal
        if prop.group or prop.pointer.startswith("/head/"):
            return Refusal("the value is one of a list")
        style = prop.node.style[:1] or '"'
        items = ", ".join(toml_strings.written(text, style) for text in texts)
        return Edit(*prop.node.span, f"[{items}]")


TOML = TomlDialect()


def _refuse(node: Node, text: str) -> Refusal | None:
    if scalars.has_surrogate(text):
        return Refusal("half a character cannot be written")
    if node.kind in ("mapping", "sequence"):
        return Refusal("the value is not a scalar")
    return None


def _is_date(text: str) -> bool:
    if not _DATE.fullmatch(text):
        return False
    try:
        tomllib.loads(f"d = {text}")
    except ValueError:
        return False
    return True


def _reads_as(source: str, node: Node, edits: Sequence[Edit], value: str) -> bool:
    """Whether a string reads as ``value`` after ``edits``."""
    try:
        raw = spliced(source, edits, *node.span)
        if toml_strings.has_fence(raw):
            return False
        return bool(tomllib.loads(f"k = {raw}")["k"] == value)
    except ValueError:
        return False


# Where a new key goes.


def _below(page: Page, node: Node, keys: list[str], text: str) -> Edit | Refusal:
    """The edit that writes ``text`` under ``keys`` in the table ``node``."""
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
        if below.kind == "mapping":
            if below.style == "super" and below.child(keys[1]) is None:  # without a header
                return _at_end(page, [*_path_to(page, below), *keys[1:]], text)
            node = below
            del keys[0]
        else:
            keys = beside(node, keys)


def _append(page: Page, table: Node, keys: Sequence[str], text: str) -> Edit | Refusal:
    """The edit that adds ``keys`` behind what stands directly in ``table``."""
    source, newline = page.source.text, page.source.newline()
    if table is page.root:
        if len(keys) > 1 and not _has_dotted(table):
            return _at_end(page, keys, text)
        if table.span.start == table.span.end:  # nothing stands before the first header
            at = min(_line_start(source, e.key_span.start) for e in table.entries)
            return Edit(at, at, f"{_pair(keys, text)}{newline}{newline}")
    if table.style == "dotted":
        keys = [*_dots_above(page, table), *keys]
    pair = _pair(keys, text)
    if table.style == "inline":
        if not table.entries:
            return Edit(table.span.start + 1, table.span.start + 1, pair)
        at = max(entry.node.span.end for entry in table.entries)
        return Edit(at, at, f", {pair}")
    if table.flow:
        return Edit(table.span.end, table.span.end, f", {pair}")
    at = _line_end(source, table.span.end)
    return Edit(at, at, f"{newline}{_indent(source, table)}{pair}")


def _at_end(page: Page, keys: Sequence[str], text: str) -> Edit:
    """The edit that writes a table of its own behind all others, or the very first key."""
    assert page.block is not None  # noqa: S101 (asked before)
    source, newline = page.source.text, page.source.newline()
    start, end = page.block.content
    *above, last = keys
    lines = [f"[{_dotted(above)}]"] if above else []
    lines.append(_pair([last], text))
    written = newline.join(lines)
    content = source[start:end]
    is_line = not content or content.endswith("\n")
    between = newline if above and content.strip() else ""
    return Edit(end, end, f"{between}{written}{newline}" if is_line
                else f"{newline}{between}{written}")  # fmt: skip


def _has_dotted(root: Node) -> bool:
    """Whether the file writes dotted keys at its top, and no tables."""
    styles = {entry.node.style for entry in root.entries if entry.node.kind == "mapping"}
    return "dotted" in styles and "table" not in styles


def _dots_above(page: Page, table: Node) -> list[str]:
    """The keys that are written with dots from the table that holds ``table`` down to it."""
    found: list[str] = []
    node = page.root
    for step in steps(page.pointer_to(table) or ""):
        node = node.child(step) if node is not None else None
        found = [*found, step] if node is not None and node.style == "dotted" else []
    return found


def _path_to(page: Page, table: Node) -> list[str]:
    """The keys down to a table; those of arrays lead to their last."""
    node, found = page.root, []
    for step in steps(page.pointer_to(table) or ""):
        if node is not None and node.kind == "mapping":
            found.append(step)
        node = node.child(step) if node is not None else None
    return found


def _indent(source: str, table: Node) -> str:
    """What stands before the first key of a table."""
    for entry in table.entries:
        if entry.node.style not in ("table", "tables", "super"):
            start = _line_start(source, entry.key_span.start)
            before = source[start : entry.key_span.start]
            return before[: len(before) - len(before.lstrip(" \t"))]
    return ""


def _line_start(source: str, at: int) -> int:
    return source.rfind("\n", 0, at) + 1 or int(source.startswith(BOM))


def _line_end(source: str, at: int) -> int:
    end = source.find("\n", at)
    if end < 0:
        return len(source)
    return end - 1 if end > at and source[end - 1] == "\r" else end


def _pair(keys: Sequence[str], text: str) -> str:
    written = toml_strings.written(text, '"')
    return f"{_dotted(keys)} = {written}"


def _dotted(keys: Sequence[str]) -> str:
    return ".".join(_key(key) for key in keys)


def _key(text: str) -> str:
    return text if _BARE_KEY.fullmatch(text) else toml_strings.basic(text)
