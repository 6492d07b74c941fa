"""Which canonical name a path of keys means.

Key paths are cut into words at ``:``, ``.``, ``_``, ``-``, camel case and nesting, and looked up
whole, so that ``og: {site: {name: …}}``, ``og_site_name``, ``og:site_name``, ``ogSiteName`` and
``openGraph.siteName`` all mean ``og:site_name``.
"""

from __future__ import annotations

from functools import lru_cache

from ogcheck import vocabulary
from ogcheck.values.patterns import late
from ogcheck.values.spelling import one_edit

_CUT = late(r"[:._\-\s]+")
_CAMEL = late(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")
PREFIX = late(r"^(?:property|name|itemprop)=")
"""What some archives write before the name, after the attribute that it stood in."""

Words = tuple[str, ...]


@lru_cache(maxsize=8192)
def words(key: str) -> Words:
    """The words of one key, in lower case."""
    key = PREFIX.sub("", key.strip())
    parts: list[str] = []
    for piece in _CUT.split(key):
        if piece:
            parts.extend(p.lower() for p in _CAMEL.split(piece))
    return tuple(parts)


@lru_cache(maxsize=8192)
def below(path: Words, key: str) -> Words:
    """The words of a path of keys: those of the keys above, and those of ``key``."""
    return spell(path + words(key))


def spell(path: Words) -> Words:
    """``path`` with Open Graph's long names shortened to ``og``."""
    if path[:2] == ("open", "graph"):
        return ("og", *path[2:])
    if path[:1] == ("opengraph",):
        return ("og", *path[1:])
    return path


@lru_cache(maxsize=1)
def vocabulary_words() -> dict[Words, str]:
    """Every protocol name of the vocabulary by its words."""
    table: dict[Words, str] = {}
    for name, entry in vocabulary.PROPERTIES.items():
        if entry.status not in ("page", "ld"):
            table.setdefault(words(name), name)
    for root in ("og:image", "og:video", "og:audio"):
        for key in ("src", "path", "href"):
            table.setdefault((*words(root), key), f"{root}:url")
    for root in ("twitter:image", "twitter:player"):  # in mappings, beside its width and height
        for key in ("url", "src", "path", "href"):
            table.setdefault((*words(root), key), root)
    return table


@lru_cache(maxsize=512)
def intended(name: str) -> str | None:
    """The property that ``name``, which is none, is a slip for; None where that is not known.

    A known misnaming, another property below a namespace that is not its own
    (``og:article:author``), the same letters cut otherwise (``og:sitename``), or one letter away
    within the namespace. Numbers are no slips: ``twitter:label4`` is not ``twitter:label3``.
    """
    path = spell(words(name))
    table = vocabulary_words()
    found = vocabulary.MISNAMED.get(":".join(path)) or table.get(path)
    if found is None and len(path) > 2:
        found = vocabulary.MISNAMED.get(":".join(path[1:])) or table.get(path[1:])
    if found is not None:
        return found
    letters = "".join(path)
    near = {"".join(other): right for other, right in table.items() if other[:1] == path[:1]}
    if letters in near:
        return near[letters]
    for other, right in near.items():
        if one_edit(letters, other) and _digits(letters) == _digits(other):
            return right
    return None


def _digits(text: str) -> str:
    return "".join(c for c in text if c.isdigit())
