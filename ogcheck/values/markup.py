"""Markup that is left in a text: HTML elements, Markdown links, headings and images, shortcodes.

Only what cannot be plain text counts. A tag counts where it is one of an element of HTML
(https://html.spec.whatwg.org/multipage/indices.html, with those that are obsolete) that is closed,
has attributes, or stands glued to the words around it: `a < b`, `<3` and `<ViewTransition>` are no
elements, and `<select>` alone is what a page about it is called. What stands in backticks is meant.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from ogcheck.values.bounds import bounded
from ogcheck.values.patterns import late
from ogcheck.values.splicing import spliced

ELEMENTS = frozenset(
    "a abbr acronym address area article aside audio b base bdi bdo big blockquote body br button "
    "canvas caption center cite code col colgroup data datalist dd del details dfn dialog dir div "
    "dl dt em embed fieldset figcaption figure font footer form frame frameset h1 h2 h3 h4 h5 h6 "
    "head header hgroup hr html i iframe img input ins kbd label legend li link main map mark menu "
    "meta meter nav noscript object ol optgroup option output p param picture pre progress q rp rt "
    "ruby s samp script search section select slot small source span strike strong style sub "
    "summary sup svg table tbody td template textarea tfoot th thead time title tr track tt u ul "
    "var video wbr".split()
)

"""The elements of HTML."""

_VOID = frozenset("area base br col embed hr img input link meta param source track wbr".split())
_APART = frozenset(
    "address article aside blockquote br dd div dl dt figcaption figure footer h1 h2 h3 h4 h5 h6 "
    "header hr li main nav ol p pre section table td th tr ul".split()
)
"""Elements that part what stands before them from what follows."""

# What follows a name: its end, a slash, or an attribute.
_TAG = late(
    r"<(?P<close>/?)(?P<name>[a-zA-Z][a-zA-Z0-9]*)"
    r"(?P<attributes>(?:\s+[a-zA-Z][\w:.-]*(?:\s*=\s*(?:\"[^\"]*\"|'[^']*'|[^\s\"'<>]+))?)*)"
    r"\s*(?P<self>/?)>"
)
_COMMENT = late(r"<!--.*?(?P<end>-->|\Z)", re.DOTALL)
_TARGET = (
    r"(?:<?(?:https?:|mailto:|tel:|/|\.{1,2}/|#|\?|[\w-]+(?:/[\w.%-]+)+"
    r"|[\w-]+\.(?:html?|md|php|pdf))[^)\s]*>?)"
)
_LINK = late(
    rf"(?P<image>!?)\[(?P<text>[^\[\]\n]{{0,300}})\]\(\s*{_TARGET}(?:\s+[\"'(][^)\n]*)?\s*\)"
)
_ANY_IMAGE = late(r"!\[(?P<text>[^\[\]\n]{0,300})\]\([^()\s]+(?:\s+[\"'][^)\n]*)?\)")
_HEADING = late(r"^[ \t]*#{1,6}[ \t]+(?=\S)(?!\d)", re.MULTILINE)
_DRUPAL = late(r"\[\[\{\s*\"(?:[^\[\]]|\[[^\[\]]*\])*(?:\]\]|$)")
_SHORTCODE = late(
    r"\[(?P<name>[a-z][a-z0-9_-]*)"
    r"(?:(?P<attributes>"
    r"(?:\s+[a-z][\w-]*+\s*+=\s*+(?:\"[^\"\]]*+\"|'[^'\]]*+'|“[^”\]]*+”|[^\s\[\]]++))++)\s*+/?"
    r"|(?P<colon>:\s*(?:https?://|\d)[^\]\s]*))\]"
)
_BARE_SHORTCODE = late(r"\[(?P<name>audio|caption|embed|gallery|playlist|toc|video)\]")
_OPENING_SHORTCODE = late(r"\[(?P<name>[a-z][a-z0-9_-]*)\]")
_CLOSING_SHORTCODE = late(r"\[/(?P<name>[a-z][a-z0-9_-]*)\]")
_BACKTICKS = late("`+")
_INK = late(r"\S")


class Piece(NamedTuple):
    """A piece of markup: what to write in its place is what a reader was to see of it."""

    start: int
    end: int
    text: str
    kind: str
    """``HTML``, ``a Markdown link``, ``a Markdown image``, ``a Markdown heading`` or
    ``a shortcode``."""


def find(text: str) -> list[Piece]:
    """The markup in ``text``, in order, none of it within another piece.

    Of each kind what stands among the first places of its signs
    (:data:`~ogcheck.values.bounds.MOST_PLACES`).
    """
    found: list[Piece] = []
    if "<" in text:
        found += _html(text)
    if "[" in text:
        found += _brackets(text)
    if "#" in text:
        found += [
            Piece(*m.span(), "", "a Markdown heading") for m in bounded(_HEADING.finditer(text))
        ]
    if not found:
        return []
    code = code_spans(text)
    kept: list[Piece] = []
    for piece in sorted(found):
        if is_within(code, piece.start, piece.end):
            continue
        if kept and piece.start < kept[-1].end:
            continue
        kept.append(piece)
    return kept


def is_within(spans: Sequence[tuple[int, int]], start: int, end: int) -> bool:
    """Whether one of ``spans``, which are in order, holds all from ``start`` to ``end``."""
    number = bisect_right(spans, start, key=lambda span: span[0]) - 1
    return number >= 0 and end <= spans[number][1]


def code_spans(text: str) -> list[tuple[int, int]]:
    """Code spans: from a run of backticks to the next that is as long (CommonMark 0.31.2, 6.1)."""
    if "`" not in text:
        return []
    runs = [match.span() for match in bounded(_BACKTICKS.finditer(text))]
    last = {end - start: start for start, end in runs}
    spans: list[tuple[int, int]] = []
    opening: tuple[int, int] | None = None
    for start, end in runs:
        if opening is None:
            if last[end - start] > start:
                opening = start, end
        elif end - start == opening[1] - opening[0]:
            spans.append((opening[0], end))
            opening = None
    return spans


def _html(text: str) -> Iterator[Piece]:
    tags = bounded(m for m in _TAG.finditer(text) if m["name"].lower() in ELEMENTS)
    closed = _closed(tags, text)
    for tag in tags:
        start, end = tag.span()
        name = tag["name"].lower()
        counts = id(tag) in closed or tag["attributes"] or (tag["self"] and name in _VOID)
        if not counts and not tag["close"]:
            counts = _is_glued(text, start, end, void=name in _VOID)
        if counts:
            yield Piece(start, end, " " if name in _APART else "", "HTML")
    for match in bounded(_COMMENT.finditer(text)):
        if match["end"]:
            yield Piece(*match.span(), "", "HTML")


def _closed(tags: list[re.Match[str]], text: str) -> set[int]:
    """The tags that open and close an element with something in it, by their identity."""
    closed: set[int] = set()
    still_open: list[re.Match[str]] = []
    names: Counter[str] = Counter()
    for tag in tags:
        name = tag["name"].lower()
        if not tag["close"]:
            if name not in _VOID and not tag["self"]:
                still_open.append(tag)
                names[name] += 1
            continue
        if not names[name]:
            continue
        while True:  # what was opened within it is closed with it
            opening = still_open.pop()
            of = opening["name"].lower()
            names[of] -= 1
            if of == name:
                break
        if _INK.search(text, opening.end(), tag.start()):
            closed.update((id(opening), id(tag)))
    return closed


def _is_glued(text: str, start: int, end: int, *, void: bool) -> bool:
    """Whether a tag that nothing closes stands where markup stands and a word would not."""
    before, after = text[start - 1 : start], text[end : end + 1]
    if void:
        return bool(before.strip() and after.strip() and before not in "(“\"'`" and after.isalnum())
    # The text was cut before its end: the paragraph that it opens is the whole text.
    return (
        after.isalnum()
        and end < len(text) - 20
        and not _INK.search(text, 0, start)
        and "</" not in text
    )


def _brackets(text: str) -> Iterator[Piece]:
    if "](" in text:
        for pattern in (_LINK, _ANY_IMAGE):
            for match in bounded(pattern.finditer(text)):
                image = match.group().startswith("!")
                kind = "a Markdown image" if image else "a Markdown link"
                yield Piece(*match.span(), match["text"], kind)
    yield from _shortcodes(text)


def _shortcodes(text: str) -> Iterator[Piece]:
    for match in bounded(_DRUPAL.finditer(text)):
        yield Piece(*match.span(), "", "a shortcode")
    opened = set()
    for match in bounded(_SHORTCODE.finditer(text)):
        opened.add(match["name"])
        yield Piece(*match.span(), "", "a shortcode")
    openings: dict[str, list[int]] = {}
    for match in bounded(_OPENING_SHORTCODE.finditer(text)):
        openings.setdefault(match["name"], []).append(match.start())
    for match in bounded(_BARE_SHORTCODE.finditer(text)):
        opened.add(match["name"])
        yield Piece(*match.span(), "", "a shortcode")
    for match in bounded(_CLOSING_SHORTCODE.finditer(text)):
        before = openings.get(match["name"], [])
        number = bisect_left(before, match.start())
        if number and match["name"] not in opened:
            opening = before[number - 1]
            yield Piece(opening, opening + len(match["name"]) + 2, "", "a shortcode")
        if number or match["name"] in opened:
            yield Piece(*match.span(), "", "a shortcode")


def strip(text: str) -> str:
    """``text`` as it reads without its markup, on one line."""
    for _ in range(3):  # a link in an element, an image in a link
        found = find(text)
        if not found:
            break
        text = spliced(text, (piece[:3] for piece in found))
    return " ".join(text.split())
