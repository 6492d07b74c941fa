"""Where front matter begins and ends, told from thematic breaks, READMEs and plain data files.

``---`` opens front matter only if the next line that is not blank is a key, a comment or a closing
fence; a Markdown code fence only at the top of the file, in YAML.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from ogcheck.page import Block
from ogcheck.source import BOM, Span
from ogcheck.values.patterns import late

_EOL = r"(?:\r\n|\r|\n|\Z)"
_BLANKS = late(r"(?:[ \t]*(?:\r\n|\r|\n))*")
_COMMENTS = late(r"(?:[ \t]*(?:#[^\r\n]*)?(?:\r\n|\r|\n))*")
_DASHES = late(rf"---[ \t]*{_EOL}")
_CODE = late(rf"(?P<fence>`{{3,}}|~{{3,}})[ \t]*(?:yaml|yml)[ \t]*{_EOL}", re.IGNORECASE)
# A key: quoted, or words up to a colon that ends them; or what else can begin a YAML mapping.
_KEY = late(
    r"[ \t]*(?:"
    r"(?:\"(?:[^\"\\\r\n]|\\.)*\"|'(?:[^'\r\n]|'')*')[ \t]*:(?:[ \t\r\n]|\Z)"
    r"|(?:[^\s#:\-\"'`*\[|>%@]|<|-[^\s\-])[^\r\n]*?:(?:[ \t\r\n]|\Z)"
    r"|\{[ \t\r\n\"'\w}]|\?[ \t]|[&!][^\s]*[ \t])"
)
_PLAIN_KEY = late(r"[ \t]*[\"']?[A-Za-z_][\w.:\-]*[\"']?[ \t]*:(?:[ \t\r\n]|\Z)")
_LIST_ITEM = late(r"[ \t]*-[ \t]+\S")
_INNER_FENCE = late(r"[ \t\r\n]*---[ \t]*(?:\r\n|\r|\n|\Z)")


class Unclosed(NamedTuple):
    """An opening fence that nothing closes."""

    opening: Span
    fence: str


def find(text: str) -> Block | Unclosed | None:
    """The front matter of Markdown ``text``; None if there is none."""
    at = _skip(_BLANKS, text, 1 if text.startswith(BOM) else 0)
    if text.startswith("---", at):
        return _dashes(text, at)
    if text.startswith(("```", "~~~"), at):
        return _code(text, at)
    return None


_UNREAD = (
    (late(rf"\+\+\+[ \t]*{_EOL}"), "TOML"),
    (late(rf"---[ \t]*(?:json|toml|js|javascript)[ \t]*{_EOL}", re.IGNORECASE), None),
    (late(rf"(?:`{{3,}}|~{{3,}})[ \t]*(?:toml|json)[ \t]*{_EOL}", re.IGNORECASE), None),
    (late(rf";;;[ \t]*{_EOL}"), "JSON"),
    (late(r"\{[ \t]*(?:\r\n|\r|\n)[ \t]*\""), "JSON"),
)


def unread(text: str) -> str | None:
    """Why front matter that seems to be there is not read; None where there seems to be none."""
    at = _skip(_BLANKS, text, 1 if text.startswith(BOM) else 0)
    for pattern, name in _UNREAD:
        match = pattern.match(text, at)
        if match is not None:
            written = match.group().strip()
            name = name or written.lstrip("-`~ ").upper()
            return f"its front matter is {name}, and only YAML is read"
    return None


def _skip(pattern: re.Pattern[str], text: str, at: int) -> int:
    match = pattern.match(text, at)
    return match.end() if match else at


def _dashes(text: str, at: int) -> Block | Unclosed | None:
    opening = _DASHES.match(text, at)
    if opening is None:
        return None
    first = opening.end()
    closing = _closing(text, first, "---")
    dots = _closing(text, first, "...", closing.start if closing else len(text))
    closing = dots or closing
    if not _opens(text, first, closing):
        return None
    span = Span(at, at + 3)
    if closing is None:
        content = _skip(_COMMENTS, text, first)
        return Unclosed(span, "---") if _PLAIN_KEY.match(text, content) else None
    return Block(Span(first, closing.start), span, closing)


def _opens(text: str, first: int, closing: Span | None) -> bool:
    """Whether what follows ``---`` is front matter: a key, a closing fence, or a comment.

    Behind a comment, which may be a heading too, a key, a list item or the fence has to come.
    """
    content = _skip(_BLANKS, text, first)
    behind = _skip(_COMMENTS, text, first)
    if closing is not None and closing.start <= behind:
        return True
    if _KEY.match(text, behind):
        return True
    return behind > content and _LIST_ITEM.match(text, behind) is not None


def _code(text: str, at: int) -> Block | Unclosed | None:
    opening = _CODE.match(text, at)
    if opening is None:
        return None
    fence = opening["fence"]
    span = Span(at, at + len(opening.group().rstrip()))
    first = opening.end()
    closing = _closing(text, first, fence)
    if closing is None:
        return Unclosed(span, fence)
    content = Span(first, closing.start)
    # Some wrap the whole block, dashes included, in a code fence.
    dashes = _INNER_FENCE.match(text, first, closing.start)
    if dashes is not None:
        inner = _closing(text, dashes.end(), "---", closing.start)
        if inner is not None and not text[inner.end : closing.start].strip():
            content = Span(first, inner.start)
    return Block(content, span, closing, fenced=True)


def _closing(text: str, first: int, fence: str, limit: int | None = None) -> Span | None:
    """The span of the closing fence on its line, between ``first`` and ``limit``."""
    limit = len(text) if limit is None else limit
    indented = fence[0] in "`~"
    at = text.find(fence, first, limit)
    while at >= 0:
        start = at
        while indented and at - start < 3 and start > first and text[start - 1] == " ":
            start -= 1
        if start == first or text[start - 1] in "\r\n":
            match = _REST[fence[0]].match(text, at)
            if match is not None:
                return Span(start, match.end())
        at = text.find(fence, at + 1, limit)
    return None


_REST = {
    "-": late(r"---[ \t]*(?=[\r\n]|\Z)"),
    ".": late(r"\.\.\.[ \t]*(?=[\r\n]|\Z)"),
    "`": late(r"`+[ \t]*(?=[\r\n]|\Z)"),
    "~": late(r"~+[ \t]*(?=[\r\n]|\Z)"),
}
"""What may follow on the line of a closing fence, by the fence's character."""
