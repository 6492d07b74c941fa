"""JSON-LD: the scripts of a page, and in them the one entity that is the page itself.

schema.org's Article and its kinds, else WebPage and its kinds (https://schema.org/Article,
https://schema.org/WebPage, version 29). Other entities (an organisation, a breadcrumb trail, a
comment, a video) have dates and images of their own, which are not the page's.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any, NamedTuple, NoReturn

from ogcheck.document import JsonBlock, Tag, unwrapped
from ogcheck.page import pointer_step
from ogcheck.values.patterns import late

ARTICLES = frozenset(
    "Article AdvertiserContentArticle AnalysisNewsArticle AskPublicNewsArticle "
    "BackgroundNewsArticle BlogPosting LiveBlogPosting MedicalScholarlyArticle NewsArticle "
    "OpinionNewsArticle Report ReportageNewsArticle ReviewNewsArticle SatiricalArticle "
    "ScholarlyArticle SocialMediaPosting TechArticle".split()
)
"""Article and its kinds, but for discussions and references of programs."""

PAGES = frozenset(
    "WebPage AboutPage CheckoutPage CollectionPage ContactPage FAQPage ItemPage MedicalWebPage "
    "ProfilePage QAPage RealEstateListing SearchResultsPage".split()
)
"""WebPage and its kinds."""

_TEXTS = ("headline", "name", "description", "datePublished", "dateModified", "inLanguage")
_NAMED = ("author", "publisher")
_ADDRESSES = ("url", "mainEntityOfPage", "image")
_LIMIT = 10_000
"""How many values of a block are looked at for entities."""
_MOST = 100
"""How many images or authors are taken."""

_TYPE = "application/ld+json"
_LINE_END = late(r"\r\n|\r|\n")


class Value(NamedTuple):
    """One value of the page's entity."""

    name: str
    """``ld:headline`` and so on."""
    pointer: str
    """Its place in the block."""
    value: str
    kind: str


def is_json_ld(element: Any) -> bool:
    """Whether a ``<script>`` (turbohtml's) holds JSON-LD, whatever parameters its type has."""
    kind = element.attrs.get("type")
    return kind is not None and kind.partition(";")[0].strip().lower() == _TYPE


def read(tag: Tag, number: int) -> JsonBlock:
    """Read the block in a ``<script>``; never raises."""
    block = JsonBlock(tag, number)
    text = tag.text
    match = unwrapped(text, 0, len(text))
    if match is not None:
        block.wrapper = "CDATA" if match["cdata"] else "comment"
        text = match["json"]
    try:
        block.data = json.loads(text, parse_constant=_refuse)
    except json.JSONDecodeError as error:
        block.error, block.error_at = error.msg, _placed(block, error)
    except (ValueError, RecursionError) as error:  # NaN, a number too long, nesting too deep
        is_deep = isinstance(error, RecursionError)
        block.error = "it is nested too deeply" if is_deep else str(error)
        block.error_at = block.content.start
    return block


def _placed(block: JsonBlock, error: json.JSONDecodeError) -> int:
    """Where an error stands in the source: the tree has one character for each line end."""
    start, end = block.content
    text = block.tag.places.text
    for _ in range(error.lineno - 1):
        match = _LINE_END.search(text, start, end)
        if match is None:
            return end
        start = match.end()
    return min(start + error.colno - 1, end)


def _refuse(name: str) -> NoReturn:
    raise ValueError(f"{name} is no JSON")


class _Entity(NamedTuple):
    block: JsonBlock
    pointer: str
    data: dict[str, Any]


def own(blocks: list[JsonBlock]) -> tuple[JsonBlock, list[Value]] | None:
    """The block that describes the page, and the values of its entity; None if none does.

    The first article at the top of a block, in a list, in ``@graph``, or a page's ``mainEntity``;
    without one, the first web page.
    """
    page: _Entity | None = None
    for block in blocks:
        for entity in _entities(block):
            types = _types(entity.data)
            if not ARTICLES.isdisjoint(types):
                return block, list(_values(entity))
            if page is None and not PAGES.isdisjoint(types):
                page = entity
    return None if page is None else (page.block, list(_values(page)))


def _types(data: dict[str, Any]) -> list[str]:
    found = data.get("@type")
    names = found if isinstance(found, list) else [found]
    return [n.removeprefix("https://schema.org/").removeprefix("http://schema.org/").strip()
            for n in names if isinstance(n, str)]  # fmt: skip


def _entities(block: JsonBlock) -> Iterator[_Entity]:
    waiting: list[tuple[str, Any]] = [("", block.data)]
    for _ in range(_LIMIT):
        if not waiting:
            return
        pointer, data = waiting.pop()
        if isinstance(data, list):
            waiting.extend(
                (f"{pointer}/{i}", item) for i, item in reversed(list(enumerate(data[:_LIMIT])))
            )
        elif isinstance(data, dict):
            yield _Entity(block, pointer, data)
            is_page = not PAGES.isdisjoint(_types(data))
            keys = ("@graph", "mainEntity") if is_page else ("@graph",)
            waiting.extend((f"{pointer}/{key}", data[key]) for key in keys if key in data)


class _Identified:
    """The entities of a block by their ``@id``, once one is asked for."""

    def __init__(self, block: JsonBlock) -> None:
        self.block = block
        self._known: dict[str, list[_Entity]] | None = None

    def get(self, identifier: str) -> list[_Entity]:
        """Those that have this ``@id``."""
        if self._known is None:
            self._known = {}
            for entity in _entities(self.block):
                own = entity.data.get("@id")
                if isinstance(own, str):
                    self._known.setdefault(own, []).append(entity)
        return self._known.get(identifier, [])


def _values(entity: _Entity) -> Iterator[Value]:
    others = _Identified(entity.block)
    for key in ("@type", *_TEXTS, *_ADDRESSES, *_NAMED):
        if key in entity.data:
            name = "ld:" + key.lstrip("@")
            yield from _scalars(others, name, key, f"{entity.pointer}/{key}", entity.data[key])


_INNER = {"image": ("url", "contentUrl"), "mainEntityOfPage": ("@id", "url"),
          "author": ("name",), "publisher": ("name",)}  # fmt: skip


def _scalars(others: _Identified, name: str, key: str, pointer: str, data: Any) -> Iterator[Value]:
    if isinstance(data, list):
        for index, item in enumerate(data[:_MOST]):
            if not isinstance(item, list):
                yield from _scalars(others, name, key, f"{pointer}/{index}", item)
    elif isinstance(data, dict):
        inner = _INNER.get(key, ())
        found = next(((pointer, data, k) for k in inner if k in data), None)
        if found is None and isinstance(data.get("@id"), str):
            found = _referred(others, data["@id"], inner)
        if found is not None:
            above, holder, k = found
            values = holder[k]
            if isinstance(values, list) and values:
                above, k, values = f"{above}/{pointer_step(k)}", "0", values[0]
            if not isinstance(values, dict | list):
                yield _scalar(name, f"{above}/{pointer_step(k)}", values)
    else:
        yield _scalar(name, pointer, data)


def _referred(
    others: _Identified, identifier: str, keys: tuple[str, ...]
) -> tuple[str, dict[str, Any], str] | None:
    """What has that ``@id`` elsewhere in the block, and which of ``keys`` it holds."""
    for entity in others.get(identifier):
        for key in keys:
            if key in entity.data and key != "@id":
                return entity.pointer, entity.data, key
    return None


def _scalar(name: str, pointer: str, value: Any) -> Value:
    if isinstance(value, str):
        return Value(name, pointer, value, "string")
    if value is None:
        return Value(name, pointer, "", "null")
    kind = "boolean" if isinstance(value, bool) else "number"
    return Value(name, pointer, json.dumps(value), kind)
