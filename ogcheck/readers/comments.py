"""Where comments for ogcheck stand: in front matter by dialect, in HTML, in Markdown bodies.

A comment is one that the file's own readers skip. What only looks like one (inside of a string, a
script, a fenced block of code) is text.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterator
from operator import itemgetter
from typing import Literal, NamedTuple

from ogcheck.page import Node, Page
from ogcheck.readers.toml_strings import ANY as ANY_STRING
from ogcheck.source import BOM, Source, Span
from ogcheck.values.patterns import late

MARK = "ogcheck:"
"""What a comment for ogcheck begins with."""
_HASH = late(rf"#[ \t]*(?={MARK})")
_MARKUP = late(rf"<!--\s*+(?={MARK})")
_BODY = late(rf"(?<![^\r\n]) {{0,3}}<!--\s*+(?={MARK})")
_CLOSING = late(r"--!?>")
_CODE = late(r" {0,3}(?P<fence>`{3,}(?=[^`\r\n]*$)|~{3,})", re.MULTILINE)
_TOML = late(rf"{ANY_STRING}|(?P<comment>#[^\r\n]*)", re.DOTALL)

Place = Literal["front matter", "markup", "body"]


class Comment(NamedTuple):
    """One comment that is meant for ogcheck."""

    span: Span
    """From its opening sign to its end; where another begins on its line, up to that one."""
    said: Span
    """What it says, from ``ogcheck:`` on, without white space at the end."""
    place: Place


def comments(page: Page) -> list[Comment]:
    """The comments for ogcheck on ``page``, in document order."""
    text = page.source.text
    if MARK not in text:
        return []
    if page.html is not None:
        return list(_in_markup(page.source))
    found: list[Comment] = []
    if page.block is not None and page.dialect.name in _TEXTS:
        found.extend(_in_front_matter(text, page.block.content, texts(page)))
    found.extend(_in_body(text, page.body))
    return found


def texts(page: Page) -> list[Span]:
    """Where the front matter holds text in which no comment begins, by its dialect."""
    find = _TEXTS.get(page.dialect.name)
    return find(page) if find is not None else []


def _in_front_matter(text: str, content: Span, without: list[Span]) -> Iterator[Comment]:
    """Comments from ``#`` on, outside of ``without``; a further one may follow on the same line."""
    without.sort()
    starts = [
        match.start()
        for match in _HASH.finditer(text, *content)
        if (match.start() == content.start or text[match.start() - 1] in " \t\r\n")
        and not _is_within(without, match.start())
    ]
    for number, start in enumerate(starts):
        end = _line_end(text, start, content.end)
        if number + 1 < len(starts):
            end = min(end, starts[number + 1])
        end = start + len(text[start:end].rstrip())
        yield Comment(Span(start, end), Span(text.index(MARK, start), end), "front matter")


def _is_within(spans: list[Span], at: int) -> bool:
    """Whether ``at`` lies in one of ``spans``, which are in order and apart."""
    number = bisect_right(spans, at, key=itemgetter(0))
    return number > 0 and at < spans[number - 1].end


def _line_end(text: str, start: int, limit: int) -> int:
    ends = (at for mark in "\r\n" if (at := text.find(mark, start, limit)) >= 0)
    return min(ends, default=limit)


def yaml_texts(page: Page) -> list[Span]:
    """Where the scalars of YAML stand, in which ``#`` begins no comment.

    Nothing where the front matter does not parse: then all that looks like a comment is one.
    """
    if page.root is None:
        return []
    found: list[Span] = []
    stack: list[Node] = [page.root]
    while stack:
        node = stack.pop()
        found.extend(entry.key_span for entry in node.entries)
        stack.extend(entry.node for entry in node.entries)
        stack.extend(node.items)
        if not node.entries and not node.items and node.kind not in ("mapping", "sequence"):
            found.append(_without_header(page.source, node.span))
    return found


def _without_header(source: Source, value: Span) -> Span:
    """The text of a scalar: a block scalar's first line, its header, may end in a comment."""
    if not source.text.startswith(("|", ">"), value.start):
        return value
    return Span(source.line_span(source.position(value.start).line).end, value.end)


def toml_strings(text: str, content: Span) -> list[Span]:
    """Where strings stand in TOML (TOML 1.0.0, https://toml.io/en/v1.0.0#string)."""
    found = _TOML.finditer(text, *content)
    return [Span(*match.span()) for match in found if match["comment"] is None]


def toml_texts(page: Page) -> list[Span]:
    """The same in the front matter of a page."""
    return [] if page.block is None else toml_strings(page.source.text, page.block.content)


_TEXTS: dict[str, Callable[[Page], list[Span]]] = {"yaml": yaml_texts, "toml": toml_texts}
"""By the names of dialects that have comments: where there are none in their texts."""


def _in_markup(source: Source) -> Iterator[Comment]:
    """Comments of HTML, as its tokenizer finds them: not in scripts, titles and attributes."""
    import turbohtml

    text = source.text
    shift = 1 if text.startswith(BOM) else 0
    starts = source.line_starts
    known = {
        starts[token.line - 1] + token.col + (shift if token.line == 1 else 0)
        for token in turbohtml.tokenize(text[shift:], capture_attributes=False)
        if token.type is turbohtml.TokenType.COMMENT
    }
    for comment in _enclosed(text, Span(0, len(text)), _MARKUP, "markup"):
        if comment.span.start in known:
            yield comment


def _enclosed(text: str, within: Span, opening: re.Pattern[str], place: Place) -> Iterator[Comment]:
    """What stands between ``<!--`` and ``-->``; what is never closed is no comment."""
    at = within.start
    while (start := opening.search(text, at, within.end)) is not None:
        end = _CLOSING.search(text, start.end(), within.end)
        if end is None:
            return
        said = text[start.end() : end.start()].rstrip()
        sign = start.end() - len(start.group().lstrip(" "))
        yield Comment(Span(sign, end.end()), Span(start.end(), start.end() + len(said)), place)
        at = end.end()


def _in_body(text: str, body: Span) -> Iterator[Comment]:
    """Comments of Markdown that begin their line, outside of fenced code.

    Such a comment is an HTML block (CommonMark 0.31, section 4.6), which no inline code can hold.
    """
    if text.find(MARK, *body) < 0:
        return
    fenced = list(_fenced(text, body))
    for comment in _enclosed(text, body, _BODY, "body"):
        if not _is_within(fenced, comment.span.start):
            yield comment


def _fenced(text: str, body: Span) -> Iterator[Span]:
    """Where fenced code stands (CommonMark 0.31, section 4.5)."""
    fence, start, at = "", 0, body.start
    for line in text[slice(*body)].splitlines(keepends=True):
        match = _CODE.match(line)
        if not fence and match is not None:
            fence, start = match["fence"], at
        elif fence and line.strip() == fence[0] * max(len(fence), len(line.strip())):
            yield Span(start, at)
            fence = ""
        at += len(line)
    if fence:
        yield Span(start, body.end)
