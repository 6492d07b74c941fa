"""How YAML is written back: by span, with the file's own quoting, line ends and spelling."""

from __future__ import annotations

import re
from collections.abc import Sequence

import yaml

from ogcheck.page import Node, Page, Property, Refusal
from ogcheck.problem import Edit
from ogcheck.readers import scalars
from ogcheck.readers.key_spelling import beside, path_for, renamed
from ogcheck.readers.yaml_loader import Loader
from ogcheck.source import Span
from ogcheck.values.patterns import late
from ogcheck.values.splicing import spliced

_KEEPS_LINE_END = late(r"[|>][0-9+]*+(?!-)")
"""The beginning of a block of text whose value has the line end behind it, if there is one."""
_BLANK_LINES = late(r"(?:[ \t]*(?:\r\n|[\r\n\x85\u2028\u2029]))*")
_LEADING = late(r"[\r\n]([ ]+)[^\s]")
_INDICATED = late(r"[|>][+-]?[1-9]")
_PLAIN_KEY = late(r"[A-Za-z_][\w.:=\-]*[\w]", re.ASCII)
_MARKER = late(r"(?:^|[\r\n])\.\.\.(?=[ \t\r\n]|$)")


class YamlDialect:
    """The dialect of YAML, for pages."""

    name = "yaml"

    def offsets(self, text: str, node: Node) -> Sequence[tuple[int, int]] | None:
        """For each character of the node's value, where it begins and ends in ``text``."""
        if node.places is None:
            node.places = scalars.offsets(text, *node.span, node.style, node.value)
        return node.places

    def replace(self, page: Page, node: Node, text: str) -> Edit | Refusal:
        """One edit over the whole scalar; quoted more strongly where the new text needs it."""
        refusal = _refuse(node, text)
        if refusal is not None:
            return refusal
        source = page.source.text
        start, end = node.span
        if start == end:
            return _fill(source, node, text)
        style = node.style
        indent = ""
        if style in ("|", ">"):
            indent = _block_indent(source, node)
            blanks = _BLANK_LINES.match(source, end)
            after = blanks.group() if blanks else ""
            if not after or " " in after or "\t" in after:
                style = '"' if style == "|" else "'"  # what follows would become part of it
        return Edit(start, end, scalars.written(
            text, style, flow=node.flow, indent=indent, newline=page.source.newline()
        ))  # fmt: skip

    def rewrite(
        self, page: Page, node: Node, pieces: Sequence[tuple[int, int, str]]
    ) -> tuple[Edit, ...] | Refusal:
        """One edit a piece where the scalar's style can hold them, else one over the whole."""
        changed = spliced(node.value, pieces)
        refusal = _refuse(node, changed)
        if refusal is not None:
            return refusal
        source = page.source.text
        where = self.offsets(source, node)
        news = scalars.rewritten(changed, pieces, node.style, node.flow)
        if where is not None and news is not None and all(a < b for a, b, _ in pieces):
            edits = tuple(
                Edit(where[a][0], where[b - 1][1], new)
                for (a, b, _), new in zip(pieces, news, strict=True)
            )
            if _reads_as(source, node, edits, changed):
                return edits
        whole = self.replace(page, node, changed)
        return whole if isinstance(whole, Refusal) else (whole,)

    def insert(self, page: Page, name: str, text: str) -> Edit | Refusal:
        """Below the name's own mapping, after its last key; spelt as the file spells its keys."""
        if scalars.has_surrogate(text):
            return Refusal("half a character cannot be written")
        if page.block is None or page.unreadable:
            return Refusal("the front matter does not parse")
        root = page.root
        if root is not None and root.kind != "mapping":
            return Refusal("the front matter is not a mapping")
        path = path_for(page, name)
        if path is None:
            return Refusal("the file writes its tags one by one in a list")
        if root is None:
            return _first_key(page, page.block.content, path, text)
        return _below(page, root, path, text)

    def rename(self, page: Page, prop: Property, name: str) -> Edit | Refusal:
        """The key, spelt with its own separators and quotes; what stands around it stays."""
        node = prop.node
        if node.alias is not None or node.shared:
            return Refusal("the value is shared by an alias")
        written = page.source.text[slice(*prop.key_span)]
        quote = written[:1] if written[:1] in ("'", '"') else ""
        key = written[1:-1] if quote else written
        new = renamed(prop, key, name)
        if isinstance(new, Refusal):
            return new
        return Edit(*prop.key_span, f"{quote}{new}{quote}" if quote else _key(new))

    def divide(self, page: Page, prop: Property, texts: Sequence[str]) -> Edit | Refusal:
        """A list in brackets, where one scalar stands on its line."""
        refusal = next((r for text in texts if (r := _refuse(prop.node, text))), None)
        if refusal is not None:
            return refusal
        if prop.group or prop.pointer.startswith("/head/"):
            return Refusal("the value is one of a list")
        start, end = prop.node.span
        if prop.node.style in ("|", ">") or start == end:
            return Refusal("the value is a block of text")
        items = ", ".join(scalars.written(text, "", flow=True) for text in texts)
        return Edit(start, end, f"[{items}]")


YAML = YamlDialect()


def _refuse(node: Node, text: str) -> Refusal | None:
    if scalars.has_surrogate(text):
        return Refusal("half a character cannot be written")
    if node.kind in ("mapping", "sequence"):
        return Refusal("the value is not a scalar")
    if node.alias is not None:
        return Refusal("the value is reached through an alias, and stands elsewhere")
    if node.shared:
        return Refusal("aliases elsewhere refer to the value")
    if node.tag not in ("", "!!str"):
        return Refusal(f"the value has the tag {node.tag}")
    return None


def _fill(source: str, node: Node, text: str) -> Edit | Refusal:
    """Write a value where a key, or the dash of a list, has none."""
    at = node.span.start
    before = source[:at][-200:].rstrip(" \t")
    if not (before.endswith(":") or re.search(r"(?:^|\s)-$", before) or node.tag):
        return Refusal("the key has no colon to write a value behind")
    space = "" if source[at - 1 : at] in (" ", "\t") else " "
    return Edit(at, at, space + scalars.written(text, "", flow=node.flow))


def _block_indent(text: str, node: Node) -> str:
    """The indentation of a block scalar's lines; nothing where its header says how deep it is."""
    raw = text[node.span.start : node.span.end]
    match = _LEADING.search(raw)
    return match[1] if match and not _INDICATED.match(raw) else ""


def _reads_as(source: str, node: Node, edits: Sequence[Edit], value: str) -> bool:
    """Whether a scalar reads as ``value`` after ``edits``: asked of libyaml where lines fold."""
    start, end = node.span
    raw = source[start:end]
    if node.style in ("", "'", '"') and not scalars.has_break(raw):
        return True
    if _INDICATED.match(raw):
        return False  # how deep it is counts from a place that is not in it
    blanks = _BLANK_LINES.match(source, end)
    try:
        text = spliced(source, edits, start, end) + (blanks.group() if blanks else "")
        root = yaml.compose("{k: " + text + "}" if node.flow else "k: " + text, Loader=Loader)
    except (yaml.YAMLError, ValueError):
        return False
    if not isinstance(root, yaml.MappingNode) or len(root.value) != 1:
        return False
    found = root.value[0][1]
    return isinstance(found, yaml.ScalarNode) and found.value == value


def _below(page: Page, node: Node, path: tuple[str, ...], text: str) -> Edit | Refusal:
    """The edit that writes ``text`` under ``path`` in the mapping ``node``."""
    keys = list(path)
    while True:
        if node.alias is not None or node.shared:
            return Refusal("the mapping is shared by an alias")
        below = node.child(keys[0])
        if below is None:
            return _append(page, node, keys, text)
        if len(keys) == 1:
            return Refusal(f"{keys[0]} is there already")
        if below.kind == "sequence" and len(below.items) == 1:
            below = below.items[0]
        if below.kind == "mapping":
            node = below
            del keys[0]
        elif below.kind == "null" and _is_open(page, node, below):
            entry = next(e for e in reversed(node.entries) if e.key == keys[0])
            column = _column(page.source.text, entry.key_span.start) + _step(page)
            at = scalars.line_end(page.source.text, entry.key_span.end)
            newline = page.source.newline()
            return Edit(at, at, newline + _lines(page, keys[1:], column, text))
        elif below.kind == "sequence":
            return Refusal(f"{keys[0]} is a list")
        else:
            keys = beside(node, keys)


def _is_open(page: Page, parent: Node, node: Node) -> bool:
    """Whether a key has nothing behind its colon, so that keys may follow below it."""
    at = node.span.start
    return (
        not parent.flow
        and node.alias is None
        and node.span.start == node.span.end
        and page.source.text[at - 1 : at] == ":"
    )


def _append(page: Page, parent: Node, keys: Sequence[str], text: str) -> Edit | Refusal:
    """The edit that adds ``keys`` behind what the mapping ``parent`` holds."""
    source = page.source.text
    if parent.flow:
        if not source.startswith("{", parent.span.start):
            return Refusal("the mapping has no brackets")
        pairs = "{".join(f"{_key(k)}: " for k in keys)
        pairs += scalars.written(text, "", flow=True) + "}" * (len(keys) - 1)
        own = [e for e in parent.entries if not e.merged]
        at = parent.span.start + 1
        if len(own) != len(parent.entries):
            return Edit(at, at, f"{pairs}, ")
        if not own:
            return Edit(at, at, pairs)
        last = own[-1]
        at = max((last.node.alias or last.node.span).end, last.key_span.end)
        gap = " " if source[at - 1] == ":" else ""
        return Edit(at, at, f"{gap}, {pairs}")
    column = _column(source, parent.span.start)
    at = scalars.line_end(source, parent.span.end)
    leaf = _last_leaf(parent)
    if leaf.style in ("|", ">") and leaf.alias is None:
        if _ends_the_file(source, leaf, at):
            return Refusal("the text that ends the file would get a line end")
        if len(leaf.value) - len(leaf.value.rstrip()) > 1:
            # The blank lines that follow are a part of the block of text.
            blanks = _BLANK_LINES.match(source, at)
            if blanks and blanks.group():
                at = blanks.end()
                return Edit(at, at, _lines(page, keys, column, text) + page.source.newline())
    return Edit(at, at, page.source.newline() + _lines(page, keys, column, text))


def _ends_the_file(source: str, leaf: Node, at: int) -> bool:
    """Whether a block of text, visible up to ``at``, has no line end and would have one."""
    rest = source[at:]
    if rest.strip() or source[-1] in "\r\n":
        return False
    return bool(rest or _KEEPS_LINE_END.match(source, leaf.span.start))


def _first_key(page: Page, content: Span, path: Sequence[str], text: str) -> Edit | Refusal:
    """The edit that writes the first key of empty front matter."""
    source, (start, end) = page.source.text, content
    if _MARKER.search(source[start:end]):
        return Refusal("the document has ended")
    lines, newline = _lines(page, path, 0, text), page.source.newline()
    if end == start or source[end - 1] in "\r\n":
        return Edit(end, end, lines + newline)
    return Edit(end, end, newline + lines)


def _lines(page: Page, keys: Sequence[str], column: int, text: str) -> str:
    """Nested keys, each on its line below the one before; the last with its value."""
    step = _step(page)
    lines = [" " * (column + depth * step) + _key(key) + ":" for depth, key in enumerate(keys)]
    return page.source.newline().join(lines) + " " + scalars.written(text, "", flow=False)


def _key(text: str) -> str:
    if _PLAIN_KEY.fullmatch(text):
        return text
    return scalars.written(text, "'", flow=True)


def _last_leaf(node: Node) -> Node:
    while node.alias is None:
        if node.entries and not node.entries[-1].merged:
            node = node.entries[-1].node
        elif node.items:
            node = node.items[-1]
        else:
            break
    return node


def _column(text: str, at: int) -> int:
    start = scalars.line_start(text, at)
    if start == 0 and text.startswith("\ufeff"):
        start = 1
    return at - start


def _step(page: Page) -> int:
    """How many spaces a level of the file's nesting has; two where there is none."""
    source = page.source.text
    for entry in page.root.entries if page.root is not None else ():
        child = entry.node
        if child.kind == "mapping" and not child.flow and child.alias is None:
            step = _column(source, child.span.start) - _column(source, entry.key_span.start)
            if step > 0 and not entry.merged:
                return step
    return 2
