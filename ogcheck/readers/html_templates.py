"""Templates of HTML told from output: Liquid, Jinja, Go, ERB, Handlebars, PHP.

A page about templates is none, nor is one whose scripts hold some, nor one where a single value was
left unrendered (*leftover-placeholder* says so). What counts are marks where tags stand in the
head, and values of metadata that are all marks.
"""

from __future__ import annotations

from collections.abc import Iterable

from ogcheck.values.patterns import late

_MARK = late(r"\{\{|\{%|<%|<\?(?:php|=)")
_FIRST = late(r"[\s\ufeff]*(?:\{\{|\{%|<%|<\?php|\{#)")
_HEAD_END = late(r"</head\s*>|<body\b|<frameset\b", 2)  # re.IGNORECASE
_SILENT = late(
    r"<!--.*?(?:-->|\Z)|<(script|style|noscript|template|title|textarea)\b"
    r"(?:[^>\"']|\"[^\"]*\"|'[^']*')*>.*?(?:</\1\s*>|\Z)",
    2 | 16,  # re.IGNORECASE | re.DOTALL
)
_TAG = late(r"<[a-zA-Z/!](?:[^>\"']|\"[^\"]*\"|'[^']*')*>")
_HEAD_LIMIT = 200_000
_FOLDERS = frozenset(
    {"_includes", "_layouts", "_partials", "archetypes", "includes", "layouts", "partials",
     "templates"}
)  # fmt: skip
_PAGE = late(r"<(?:!doctype|html|head|title|meta)\b", 2)  # re.IGNORECASE


def why_no_output(path: str, text: str) -> str | None:
    """Why ``text`` is a template or a fragment, and no page that was built; None if it is one."""
    if _FIRST.match(text):
        return "it is a template"
    if not _PAGE.search(text):
        return "it is a fragment: no doctype, html, head, title or meta stands in it"
    folders = _FOLDERS.intersection(path.split("/")[:-1])
    if folders and _MARK.search(text):
        return f"it is a template in {min(folders)}"
    end = _HEAD_END.search(text, 0, _HEAD_LIMIT)
    head = text[: end.start() if end is not None else _HEAD_LIMIT]
    if not _MARK.search(head):
        return None
    bare = _TAG.sub(" ", _SILENT.sub(" ", head))
    return "it is a template: its head holds template code" if _MARK.search(bare) else None


def is_all_marks(values: Iterable[str]) -> bool:
    """Whether the values of a page's metadata are those of a template.

    At least two are marks, and at least half of all: a program that left one value unrendered has
    rendered the others.
    """
    said = [value for value in values if value]
    marked = sum(_MARK.search(value) is not None for value in said)
    return marked >= 2 and marked * 2 >= len(said)
