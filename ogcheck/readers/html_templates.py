"""Templates of HTML told from output: Liquid, Jinja, Go, ERB, Handlebars, PHP.

A page about templates is none, nor is one whose scripts hold some, nor one where a single value was
left unrendered (*leftover-placeholder* says so). What counts are marks where tags stand in the head
(to a browser they are text, which closes it), and values of metadata that are all marks.
"""

from __future__ import annotations

from collections.abc import Iterable

from ogcheck.document import WHITE_SPACE, Document
from ogcheck.values.patterns import late

_MARK = late(r"\{\{|\{%|<%|<\?(?:php|=)|\{#")
_FIRST = late(r"[\s\ufeff]*(?:\{\{|\{%|<%|<\?php|\{#)")
_FOLDERS = frozenset({"_includes", "_layouts", "_partials", "archetypes"})
"""Folders of sources that no generator copies into its output."""
_PAGE = late(r"<(?:!doctype|html|head|title|meta)\b", 2)  # re.IGNORECASE

FRAGMENT = "it is a fragment: no doctype, html, head, title or meta stands in it"
TEMPLATE = "it is a template"


def at_a_glance(path: str, text: str) -> str | None:
    """Why ``text`` is a template or a fragment, as far as that can be told without parsing."""
    if _FIRST.match(text):
        return TEMPLATE
    if not _PAGE.search(text):
        return FRAGMENT
    folders = _FOLDERS.intersection(path.split("/")[:-1])
    if folders and _MARK.search(text):
        return f"it is a template in {min(folders)}"
    return None


def in_markup(document: Document) -> bool:
    """Whether template code stands where tags stand: in the head, or in the tag ``<html>``."""
    html, head, body = document.html, document.head, document.body
    if html is not None and any("{" in name or "<" in name for name in html.element.attrs):
        return True
    for child in head.element.children if head is not None else ():
        kind = type(child).__name__
        if kind == "ProcessingInstruction" and child.target == "php":
            return True
        if kind == "Comment" and child.data.startswith(("?=", "?php")):
            return True
    if body is None or body.source_location is not None and document.head_is_closed:
        return False
    for child in body.children:
        kind = type(child).__name__
        if kind == "Text" and child.text.strip(WHITE_SPACE):
            return _MARK.match(child.text.lstrip(WHITE_SPACE)) is not None
        if kind == "Element":
            return False
    return False


def is_all_marks(values: Iterable[str]) -> bool:
    """Whether the values of a page's metadata are those of a template.

    At least two are marks, and at least half of all: a program that left one value unrendered has
    rendered the others.
    """
    said = [value for value in values if value]
    marked = sum(1 for value in said if ("{" in value or "<" in value) and _MARK.search(value))
    return marked >= 2 and marked * 2 >= len(said)
