"""Templates of HTML told from output: Liquid, Jinja, Go, ERB, Handlebars, PHP.

A page about templates is none, nor is one whose scripts hold some, nor one where a single value was
left unrendered (*leftover-placeholder* says so). What counts are marks where tags stand in the
head, and values of metadata that are all marks.
"""

from __future__ import annotations

from collections.abc import Iterable

from ogcheck.values.patterns import late

_MARK = late(r"\{\{|\{%|<%|<\?(?:php|=)")
# Two, because each begins with a letter that is looked for at the speed of memory.
_BRACES, _ANGLES = late(r"\{[{%]"), late(r"<[%?]")
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
    head = text[: _head_end(text)]
    if _BRACES.search(head) is None and _ANGLES.search(head) is None:
        return None
    bare = _TAG.sub(" ", _SILENT.sub(" ", head))
    return "it is a template: its head holds template code" if _MARK.search(bare) else None


def _head_end(text: str) -> int:
    """Where the head ends; a case-sensitive look first, which is much quicker."""
    at = text.find("</head", 0, _HEAD_LIMIT)
    if at >= 0:
        return at
    match = _HEAD_END.search(text, 0, _HEAD_LIMIT)
    return match.start() if match is not None else _HEAD_LIMIT


def is_all_marks(values: Iterable[str]) -> bool:
    """Whether the values of a page's metadata are those of a template.

    At least two are marks, and at least half of all: a program that left one value unrendered has
    rendered the others.
    """
    said = [value for value in values if value]
    marked = sum(1 for value in said if ("{" in value or "<" in value) and _MARK.search(value))
    return marked >= 2 and marked * 2 >= len(said)
