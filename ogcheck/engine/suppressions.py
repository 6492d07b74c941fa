"""Comments that silence a finding: ``# ogcheck: ignore[TXT010] reason`` on or above its line."""

from __future__ import annotations

from typing import NamedTuple

from ogcheck.page import Node, Page
from ogcheck.rules.registry import Registry
from ogcheck.source import Source, Span
from ogcheck.values.patterns import late

_COMMENT = late(
    r"(?:^|(?<=\s))#[ \t]*ogcheck:[ \t]*ignore(?:\[(?P<codes>[^\]\r\n]*)\]|(?![\w\[-]))"
)
_SEPARATOR = late(r"[,\s]+")


class Suppression(NamedTuple):
    """One comment."""

    line: int
    """The line that it stands on."""
    covers: frozenset[int]
    """The lines that it speaks for: one, and those over which a value goes that begins there.

    A comment at the top also speaks for the page as a whole, which is reported at the fence.
    """
    selectors: tuple[str, ...] | None
    """Codes, names and prefixes; None for all."""
    start: int


def find(page: Page) -> list[Suppression]:
    """The suppressions in the page's front matter."""
    source = page.source
    if page.block is None or page.dialect.name == "json":  # JSON has no comments
        return []
    first, last = page.block.content
    if source.text.find("ogcheck:", first, last) < 0:
        return []
    keys, values = _scalars(page.root) if page.root is not None else ([], [])
    texts = [*keys, *(_without_header(source, value) for value in values)]
    found = []
    for match in _COMMENT.finditer(source.text, first, last):
        if any(start <= match.start() < end for start, end in texts):
            continue
        line = source.position(match.start()).line
        before = source.text[source.line_span(line).start : match.start()]
        covered = line if before.strip() else _next(page, line)
        end = max(
            (source.position(value.end).line for key, value in zip(keys, values, strict=True)
             if source.position(key.start).line == covered),
            default=covered,
        )  # fmt: skip
        codes = match["codes"]
        selectors = None if codes is None else tuple(filter(None, _SEPARATOR.split(codes)))
        covers = set(range(covered, end + 1))
        if not _is_below(source, first, match.start()):
            covers.update(range(1, line + 1))
        found.append(Suppression(line, frozenset(covers), selectors, match.start()))
    return found


def _is_below(source: Source, first: int, at: int) -> bool:
    """Whether anything but comments stands before ``at`` in the front matter."""
    return any(
        line.strip() and not line.strip().startswith("#")
        for line in source.text[first:at].splitlines()
    )


def _without_header(source: Source, value: Span) -> Span:
    """The text of a scalar: a block scalar's first line, its header, may end in a comment."""
    if not source.text.startswith(("|", ">"), value.start):
        return value
    return Span(source.line_span(source.position(value.start).line).end, value.end)


def _next(page: Page, line: int) -> int:
    """The next line that is no comment: comments may be stacked."""
    source = page.source
    total = len(source.line_starts)
    while line < total:
        line += 1
        start, end = source.line_span(line)
        text = source.text[start:end].strip()
        if text and not text.startswith("#"):
            return line
    return line


def _scalars(node: Node) -> tuple[list[Span], list[Span]]:
    """The spans of scalars: of the keys (or what stands alone), and of their values."""
    keys: list[Span] = []
    values: list[Span] = []
    stack = [(node.span, node)]
    while stack:
        key, one = stack.pop()
        if one.kind == "mapping":
            stack.extend((e.key_span, e.node) for e in one.entries)
        elif one.kind == "sequence":
            stack.extend((i.span, i) for i in one.items)
        else:
            keys.append(key)
            values.append(one.span)
    return keys, values


def silences(suppression: Suppression, codes: set[str], line: int, registry: Registry) -> bool:
    """Whether the comment speaks for a finding that has one of ``codes`` on ``line``."""
    if line not in suppression.covers:
        return False
    if suppression.selectors is None:
        return True
    return any(registry.matches(code, suppression.selectors) for code in codes)
