"""HTML as platforms read it: the tree that a browser builds, and the metadata in it.

Scripting is on, as in browsers, so what lies in ``<noscript>`` is text and closes no head. What
lies in ``<template>``, comments, SVG or MathML is no metadata. Names are exact, letter case aside:
``property="og_title"`` is not og:title. Values are decoded once.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import Any, NamedTuple

from ogcheck import names, vocabulary
from ogcheck.document import Document, JsonBlock, Places, Tag
from ogcheck.page import Origin, Page, Property
from ogcheck.presets import HTML as PRESET
from ogcheck.presets import Preset, load
from ogcheck.problem import Finding
from ogcheck.readers import html_templates, html_text, json_ld
from ogcheck.readers.html_nodes import (
    AttributeNode,
    HtmlNode,
    HtmlProperty,
    JsonNode,
    Scan,
    TitleNode,
)
from ogcheck.readers.html_writing import HTML_DIALECT
from ogcheck.readers.json_places import Place, places
from ogcheck.source import Source
from ogcheck.values.patterns import late

_PROTOCOLS = tuple(f"{namespace}:" for namespace in sorted(vocabulary.NAMESPACES))
_LINKS = frozenset({"canonical", "alternate", "icon", "image_src"})
_OTHER_LINKS = frozenset({"stylesheet", "preload", "preconnect", "dns-prefetch", "modulepreload"})
_PAGE_METAS = {"description": "page:description", "author": "page:author"}
_ROBOTS = frozenset({"robots", "googlebot"})
_REFRESH = late(
    r"[\t\n\f\r ]*[0-9.]+[\t\n\f\r ]*[;,][\t\n\f\r ]*(?:url[\t\n\f\r ]*=)?[\s\"']*\S", 2
)
_ROOTS = ("og:image", "og:video", "og:audio")
_ERROR_FILES = frozenset({"404", "500", "_404", "_error"})
_ERROR_TITLE = late(
    r"(?:error )?404(?: error)?(?:\s*[-–—|:·,.].*|\s+(?:page )?not found.*)?"
    r"|page not found.*|not found(?:\s*[-–—|:·].*)?",
    2 | 16,  # re.IGNORECASE | re.DOTALL
)
_UNDECODED = late("[\ud800-\udfff]")
_ERROR_ADDRESS = late(r"/404(?:\.html)?/?$")


class Meaning(NamedTuple):
    """What a ``<meta>`` is called."""

    name: str
    """Canonical, or as near to it as a stray's name comes."""
    attribute: str
    """The attribute that says so."""
    is_known: bool
    root: str | None = None
    """The property that opens the object which it describes."""


def read(source: Source, date_formats: tuple[str, ...] | None) -> Page | str:
    """The page in ``source``, or why it is none. Never raises."""
    reason = html_templates.at_a_glance(source.path, source.text)
    if reason is not None:
        return reason
    preset = load(PRESET)
    formats = preset.date_formats if date_formats is None else date_formats
    origin = Origin(source, HTML_DIALECT, formats)
    try:
        import turbohtml
    except ImportError:
        return _unread(origin, preset)
    text = source.text.removeprefix("\ufeff")
    if source.fault is not None:
        # What browsers read in place of bytes that are not UTF-8; turbohtml fails on half a
        # character in an attribute's name.
        text = _UNDECODED.sub("\ufffd", text)
    tree = turbohtml.parse(text, source_locations=True, scripting=True)
    gathered = _Gatherer(origin, preset, tree)
    page = gathered.page
    if html_templates.in_markup(gathered.document):
        return "it is a template: its head holds template code"
    if html_templates.is_all_marks(
        p.value for p in page.properties if not p.name.startswith("ld:")
    ):
        return "it is a template: its metadata is template code"
    if not gathered.is_document():
        return html_templates.FRAGMENT
    page.exempt = gathered.exemption()
    return page


def _unread(origin: Origin, preset: Preset) -> Page:
    page = Page(origin, preset, _REASON, unreadable=True)
    page.faults.append(
        Finding(
            "OGX004",
            "HTML is not read here: turbohtml, which reads it, is not installed.",
            0,
            0,
            help="It has no build for Intel macOS and Windows on ARM. Elsewhere: "
            "pip install turbohtml.",
        )
    )
    return page


_REASON = "it is HTML"


@lru_cache(maxsize=4096)
def meanings(prop: str, name: str, itemprop: str) -> tuple[Meaning, ...]:
    """What the naming attributes of a ``<meta>`` say; the same ones stand on page after page.

    ``property`` and ``itemprop`` are lists of names (RDFa Core 1.1, section 5; HTML, section
    5.2.3), ``name`` is one.
    """
    found: dict[str, Meaning] = {}
    one = name.strip().lower()
    if one in _PAGE_METAS:
        found[_PAGE_METAS[one]] = Meaning(_PAGE_METAS[one], "name", True)
    for attribute, written in (
        *(("property", word) for word in prop.split()),
        ("name", name.strip()),
        *(("itemprop", word) for word in itemprop.split()),
    ):
        canonical = written.lower()
        entry = vocabulary.PROPERTIES.get(canonical)
        if entry is not None and entry.status not in ("page", "ld"):
            found.setdefault(canonical, Meaning(canonical, attribute, True, entry.root))
        elif _is_stray(canonical):
            said = ":".join(names.spell(names.words(written)))
            found.setdefault(f" {said}", Meaning(said, attribute, False))
    return tuple(found.values())


def _is_stray(name: str) -> bool:
    """Whether a name that is none was meant for a protocol: below its namespace, or cut otherwise.

    ``article-section`` and the like are names of other people's.
    """
    if name.startswith(_PROTOCOLS):
        return True
    return name.startswith(("og", "twitter")) and names.words(name) in names.vocabulary_words()


class _Gatherer:
    """Goes once over the elements that hold metadata."""

    def __init__(self, origin: Origin, preset: Preset, tree: Any) -> None:
        self.origin = origin
        source = origin.source
        self.places = Places(source.text)
        self.exempt: str | None = None
        self.found: list[tuple[int, int, int, Property]] = []
        self.strays: list[Property] = []
        self.counts: dict[str, int] = {}
        html, head = tree.find("html"), tree.find("head")
        self.document = Document(
            tree,
            self.places,
            source.encoding,
            source.encoding_origin,
            None if html is None else Tag(html, self.places),
            None if head is None else Tag(head, self.places),
            [Tag(e, self.places) for e in tree.find_all("meta")],
            [],
            [Tag(e, self.places) for e in tree.find_all("title")],
            [Tag(e, self.places) for e in tree.find_all("base")],
            [],
        )
        self._language()
        self._title()
        self._metas()
        self._links(tree)
        self._json_ld(tree)
        self.found.sort()
        self.page = Page(
            origin,
            preset,
            _REASON,
            properties=[one[3] for one in self.found],
            strays=self.strays,
            html=self.document,
        )

    def is_document(self) -> bool:
        """Whether anything says that this is a page and no piece of one."""
        document = self.document
        return bool(
            document.metas
            or document.title is not None
            or document.has_doctype
            or (document.html is not None and document.html.location is not None)
            or (document.head is not None and document.head.location is not None)
        )

    def _add(
        self, name: str, node: HtmlNode, attribute: str, group: tuple[int, ...] = ()
    ) -> HtmlProperty:
        number = self.counts.get(name, 0)
        self.counts[name] = number + 1
        prop = HtmlProperty(self.origin, name, node, number, attribute, group)
        element = node.tag_of.element
        self.found.append(
            (element.source_line or 0, element.source_col or 0, len(self.found), prop)
        )
        return prop

    def _language(self) -> None:
        html = self.document.html
        value = html.get("lang") if html is not None else None
        if html is not None and value is not None:
            self._add("page:lang", AttributeNode(html, "lang", value, "lang"), "lang")

    def _title(self) -> None:
        tag = self.document.title
        if tag is not None:
            self._add("page:title", TitleNode(tag, html_text.collapsed(tag.text)), "")

    def _metas(self) -> None:
        numbers = dict.fromkeys(_ROOTS, -1)
        current: dict[str, str] = {}
        for tag in self.document.metas:
            attrs = tag.given
            prop, name, itemprop = attrs.get("property"), attrs.get("name"), attrs.get("itemprop")
            if prop is None and name is None and itemprop is None:
                equiv = attrs.get("http-equiv")
                if equiv is not None and equiv.strip().lower() == "refresh":
                    self._refresh(tag)
                continue
            said = meanings(prop or "", name or "", itemprop or "")
            if not said:
                if name is not None and name.strip().lower() in _ROBOTS:
                    self._robots(tag)
                continue
            if _lies_outside(tag):
                continue
            value = attrs.get("content") or ""
            for meaning in said:
                node = AttributeNode(tag, "content", value, meaning.attribute)
                if not meaning.is_known:
                    self.strays.append(
                        HtmlProperty(self.origin, meaning.name, node,
                                     f"/{meaning.name}/-{len(self.strays)}", meaning.attribute)
                    )  # fmt: skip
                    continue
                root = meaning.root
                group: tuple[int, ...] = ()
                if root is not None:
                    group = self._group(root, meaning.name, value, numbers, current)
                self._add(meaning.name, node, meaning.attribute, group)

    def _group(
        self, root: str, name: str, value: str, numbers: dict[str, int], current: dict[str, str]
    ) -> tuple[int, ...]:
        """The object that a property describes: the one before it (https://ogp.me/#array).

        og:image:url is og:image by another name, and repeats it where it says the same. What stands
        before any object is in a group of its own, (-1,).
        """
        opens = name == root or (name == f"{root}:url" and value.strip() != current.get(root))
        if opens:
            numbers[root] += 1
            current[root] = value.strip()
        return (numbers[root],)

    def _robots(self, tag: Tag) -> None:
        said = {word.strip() for word in (tag.get("content") or "").lower().split(",")}
        if ("noindex" in said or "none" in said) and not _lies_outside(tag):
            self.exempt = self.exempt or "it is noindex"

    def _refresh(self, tag: Tag) -> None:
        if _REFRESH.match(tag.get("content") or "") and not _lies_outside(tag):
            self.exempt = self.exempt or "it is a redirect"

    def _links(self, tree: Any) -> None:
        for element in tree.find_all("link"):
            rel = element.attrs.get("rel")
            # turbohtml gives a list of words.
            if rel is None or len(rel) == 1 and rel[0] in _OTHER_LINKS:
                continue
            said = {one.lower() for one in rel}
            if said.isdisjoint(_LINKS):
                continue
            tag = Tag(element, self.places)
            self.document.links.append(tag)
            name = "page:canonical" if "canonical" in said else \
                "page:image" if "image_src" in said else None  # fmt: skip
            if name is not None and not _lies_outside(tag):
                self._add(name, AttributeNode(tag, "href", tag.get("href") or "", "rel"), "rel")

    def _json_ld(self, tree: Any) -> None:
        blocks: list[JsonBlock] = []
        for element in tree.find_all("script"):
            if json_ld.is_json_ld(element):
                tag = Tag(element, self.places)
                if not _lies_outside(tag):
                    blocks.append(json_ld.read(tag, len(blocks)))
        if not blocks:
            return
        self.document.json.extend(blocks)
        own = json_ld.own(blocks)
        if own is None:
            return
        block, values = own
        scan = Scan(block, _scanned(block, frozenset(value.pointer for value in values)))
        element = block.tag.element
        for value in values:
            node = JsonNode(scan, value.pointer, value.value, value.kind)
            pointer = f"/ld+json/{block.number}{value.pointer}"
            prop = HtmlProperty(self.origin, value.name, node, pointer, "")
            self.found.append(
                (element.source_line or 0, element.source_col or 0, len(self.found), prop)
            )

    def exemption(self) -> str | None:
        """Why nothing is asked of the page."""
        name = self.origin.source.path.rpartition("/")[2].partition(".")[0].lower()
        if name in _ERROR_FILES:
            return "it is an error page"
        if self.exempt is not None:
            return self.exempt
        page = self.page
        title = page.written("page:title")
        if title is not None and _ERROR_TITLE.fullmatch(title.value):
            return "it is an error page"
        for address in page.named(vocabulary.PAGE_URLS):
            if _ERROR_ADDRESS.search(address.value.lower()):
                return "it is an error page"
        return "it is made of frames" if self.document.is_frameset else None


def _lies_outside(tag: Tag) -> bool:
    """In a template, or in SVG or MathML."""
    if tag.is_in_head or getattr(tag.element.parent, "tag", None) == "body":
        return False
    return tag.where in ("template", "foreign")


def _scanned(block: JsonBlock, wanted: frozenset[str]) -> Callable[[], dict[str, Place]]:
    """What finds the places in a block, once."""
    known: list[dict[str, Place]] = []

    def look() -> dict[str, Place]:
        if not known:
            known.append(places(block.tag.places.text, block.content.start, wanted))
        return known[0]

    return look
