"""Where front matter begins and ends, told from thematic breaks, READMEs and plain data files.

``---`` opens front matter only if the next line that is not blank is a key, a comment or a closing
fence; a Markdown code fence only at the top of the file, in YAML, TOML or JSON. ``+++`` opens TOML
(Hugo, Zola), ``{`` with a key JSON (Hugo), ``;;;`` JSON without its braces (Hexo), and a word
behind ``---`` says what follows (gray-matter, lib/engine.js).
"""

from __future__ import annotations

import re
from typing import NamedTuple

from ogcheck.page import Block, Written
from ogcheck.source import BOM, Span
from ogcheck.values.patterns import late

_EOL = r"(?:\r\n|\r|\n|\Z)"
_BLANKS = late(r"(?:[ \t]*(?:\r\n|\r|\n))*")
_SPACES = late(r"[ \t]*")
_COMMENTS = late(r"(?:[ \t]*(?:#[^\r\n]*)?(?:\r\n|\r|\n))*")
_DASHES = late(rf"---[ \t]*{_EOL}")
_CODE = late(
    rf"(?P<fence>`{{3,}}|~{{3,}})[ \t]*(?P<language>yaml|yml|toml|json)[ \t]*{_EOL}", re.IGNORECASE
)
_NAMED = late(rf"---[ \t]*(?P<language>yaml|yml|toml|json)[ \t]*{_EOL}", re.IGNORECASE)
_PLUSES = late(rf"\+\+\+[ \t]*{_EOL}")
_SEMICOLONS = late(rf";;;[ \t]*{_EOL}")
_OBJECT = late(r"\{[ \t\r\n]*\"(?:[^\"\\\r\n]|\\.)*\"[ \t\r\n]*:")
_TOML_KEY = late(r"[ \t]*(?:\[[^\]\r\n]+\]|(?:[\w.\-]+|\"[^\"\r\n]*\"|'[^'\r\n]*')[ \t]*=)")
_JSON_KEY = late(r"[ \t\r\n]*\"(?:[^\"\\\r\n]|\\.)*\"[ \t]*:")
_BRACE = late(r"\"[^\"\\\r\n]*+(?:\\.[^\"\\\r\n]*+)*+\"?|[{}]")
# A key: quoted, or words up to a colon that ends them; or what else can begin a YAML mapping.
_KEY = late(
    r"[ \t]*(?:"
    r"(?:\"(?:[^\"\\\r\n]|\\.)*\"|'(?:[^'\r\n]|'')*')[ \t]*:(?:[ \t\r\n]|\Z)"
    r"|(?:[^\s#:\-\"'`*\[|>%@]|<|-[^\s\-])[^\r\n]*?:(?:[ \t\r\n]|\Z)"
    r"|\{[ \t\r\n\"'\w}]|\?[ \t]|[&!][^\s]*[ \t])"
)
_PLAIN_KEY = late(r"[ \t]*[\"']?[A-Za-z_][\w.:\-]*[\"']?[ \t]*:(?:[ \t\r\n]|\Z)")
_LIST_ITEM = late(r"[ \t]*-[ \t]+\S")
_INNER_FENCE: dict[Written, re.Pattern[str]] = {
    "yaml": late(r"[ \t\r\n]*(---)[ \t]*(?:\r\n|\r|\n|\Z)"),
    "toml": late(r"[ \t\r\n]*(\+\+\+)[ \t]*(?:\r\n|\r|\n|\Z)"),
}
_LANGUAGES: dict[str, Written] = {"yaml": "yaml", "yml": "yaml", "toml": "toml", "json": "json"}


class Unclosed(NamedTuple):
    """An opening fence that nothing closes."""

    opening: Span
    fence: str
    """What closes it."""
    dialect: Written = "yaml"


def find(text: str) -> Block | Unclosed | None:
    """The front matter of Markdown ``text``; None if there is none."""
    at = _skip(_BLANKS, text, 1 if text.startswith(BOM) else 0)
    if text.startswith("---", at):
        return _named(text, at) or _dashes(text, at)
    if text.startswith(("```", "~~~"), at):
        return _code(text, at)
    behind = _skip(_SPACES, text, at)  # Zola looks over white space
    if text.startswith("+++", behind):
        return _marked(text, behind, _PLUSES, "+++", "toml")
    if text.startswith("{", at):
        return _object(text, at)
    if text.startswith(";;;", at):
        return _marked(text, at, _SEMICOLONS, ";;;", "json")
    return None


_PROGRAM = late(rf"---[ \t]*(?:js|javascript)[ \t]*{_EOL}", re.IGNORECASE)


def unread(text: str) -> str | None:
    """Why front matter that is there is not read; None where there is none."""
    at = _skip(_BLANKS, text, 1 if text.startswith(BOM) else 0)
    if _PROGRAM.match(text, at):
        return "its front matter is JavaScript, which is never run, and so not read"
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


def _named(text: str, at: int) -> Block | Unclosed | None:
    """What stands behind ``---`` with the name of its language."""
    opening = _NAMED.match(text, at)
    if opening is None:
        return None
    span = Span(at, at + len(opening.group().rstrip()))
    dialect = _LANGUAGES[opening["language"].lower()]
    closing = _closing(text, opening.end(), "---")
    if closing is None:
        return Unclosed(span, "---", dialect)
    return Block(Span(opening.end(), closing.start), span, closing, dialect=dialect)


def _marked(
    text: str, at: int, pattern: re.Pattern[str], fence: str, dialect: Written
) -> Block | Unclosed | None:
    """Front matter between two lines of signs that mean nothing else in Markdown."""
    opening = pattern.match(text, at)
    if opening is None:
        return None
    span, first = Span(at, at + 3), opening.end()
    closing = _closing(text, first, fence)
    if closing is None:
        key = _TOML_KEY if dialect == "toml" else _JSON_KEY
        is_one = key.match(text, _skip(_COMMENTS, text, first)) is not None
        return Unclosed(span, fence, dialect) if is_one else None
    return Block(Span(first, closing.start), span, closing, dialect=dialect,
                 braces=fence != ";;;")  # fmt: skip


def _object(text: str, at: int) -> Block | Unclosed | None:
    """An object of JSON, up to the brace that closes it; braces in strings do not count."""
    if _OBJECT.match(text, at) is None:
        return None
    depth = 0
    for match in _BRACE.finditer(text, at):
        mark = match.group()
        if mark == "{":
            depth += 1
        elif mark == "}":
            depth -= 1
            if not depth:
                closing = Span(match.start(), match.end())
                return Block(Span(at, closing.end), Span(at, at + 1), closing, dialect="json")
    return Unclosed(Span(at, at + 1), "}", "json")


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
    fence, dialect = opening["fence"], _LANGUAGES[opening["language"].lower()]
    span = Span(at, at + len(opening.group().rstrip()))
    first = opening.end()
    closing = _closing(text, first, fence)
    if closing is None:
        return Unclosed(span, fence, dialect)
    content = Span(first, closing.start)
    # Some wrap the whole block, its own fences included, in a code fence.
    pattern = _INNER_FENCE.get(dialect)
    inside = pattern.match(text, first, closing.start) if pattern is not None else None
    if inside is not None:
        inner = _closing(text, inside.end(), inside[1], closing.start)
        if inner is not None and not text[inner.end : closing.start].strip():
            # libyaml reads over the dashes that open it.
            begin = first if dialect == "yaml" else inside.end()
            content = Span(begin, inner.start)
    return Block(content, span, closing, fenced=True, dialect=dialect)


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
    "+": late(r"\+\+\+[ \t]*(?=[\r\n]|\Z)"),
    ";": late(r";;;[ \t]*(?=[\r\n]|\Z)"),
    "`": late(r"`+[ \t]*(?=[\r\n]|\Z)"),
    "~": late(r"~+[ \t]*(?=[\r\n]|\Z)"),
}
"""What may follow on the line of a closing fence, by the fence's character."""
