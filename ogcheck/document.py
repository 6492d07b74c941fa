"""An HTML page as a browser's tree has it, as far as its metadata goes: tags with their places.

Rules about markup (what stands in the body, behind a limit, in a wrong attribute) read this;
every other rule reads properties. Elements are turbohtml's, whose offsets count text with LF line
ends and without a byte-order mark: :class:`Places` leads back to the text as it is. A place is
looked for when it is asked for, because most pages are clean.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from itertools import accumulate, count
from operator import add
from typing import Any, Literal, NamedTuple

from ogcheck.frozen import slotted
from ogcheck.source import BOM, Span
from ogcheck.values.patterns import late

Where = Literal["head", "body", "template", "foreign"]
"""Where an element stands: in the tree's head or body, in a ``<template>`` (whose content is not
part of the page), or in SVG or MathML."""

WHITE_SPACE = "\t\n\f\r "
"""ASCII white space of the HTML standard (https://infra.spec.whatwg.org/#ascii-whitespace)."""

# An attribute as it is written: "=" may begin a name (HTML standard, 13.2.5.32).
_WRITTEN = late(r"=?[^\t\n\f\r /=]*[\t\n\f\r ]*(?P<equals>=?)[\t\n\f\r ]*(?P<quote>[\"']?)")
_TAG_NAME = late(r"<[^\t\n\f\r />]+")
_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_KNOWN = frozenset(
    "charset class content data dir http-equiv id itemid itemprop itemref itemscope itemtype lang "
    "media name property scheme style title value vocab typeof about resource prefix datatype "
    "href rel hreflang type sizes as crossorigin xml:lang".split()
)


class Places:
    """From turbohtml's offsets to offsets into a source's text."""

    __slots__ = ("_breaks", "_known", "shift", "text")

    def __init__(self, text: str) -> None:
        self.text = text
        self.shift = 1 if text.startswith(BOM) else 0
        self._breaks: list[int] = []
        self._known = 0 if "\r" in text else len(text)
        """Up to which character of the text it is told where lines end."""

    def offset(self, parsed: int) -> int:
        """The offset into the text of an offset into what was parsed."""
        if self._known < len(self.text) and self._known < 2 * parsed + 2:
            self._tell(2 * parsed + 2)
        if self._breaks:
            parsed += bisect_left(self._breaks, parsed)
        return parsed + self.shift

    def _tell(self, least: int) -> None:
        """Where each CRLF stands once it is one character, so far that ``least`` is behind it.

        Metadata stands at the beginning of a page, and so do most of the places asked for.
        """
        self._known = min(len(self.text), 2 * least)
        lengths = map(len, self.text[: self._known].split("\r\n"))
        self._breaks = [*map(add, accumulate(lengths), count(-self.shift))]
        self._breaks.pop()

    def span(self, parsed: Any) -> Span:
        """The span of one of turbohtml's ``SourceSpan``."""
        return Span(self.offset(parsed.start_offset), self.offset(parsed.end_offset))


class Attribute(NamedTuple):
    """One attribute of a tag."""

    name: str
    """In lower case."""
    value: str
    """Decoded once, as HTML does; empty where there is none."""
    span: Span
    """The whole attribute, its quotes included."""
    value_span: Span
    """What stands between the quotes; the place behind the name where there is no value."""
    quote: str | None
    """``"``, ``'``, empty where there are none, None where there is no value at all."""


class Tag:
    """One element that holds metadata: its start tag, its attributes, where it stands."""

    __slots__ = ("_attributes", "_given", "_in_head", "_location", "element", "places")

    def __init__(self, element: Any, places: Places) -> None:
        self.element = element
        """turbohtml's."""
        self.places = places
        self._given: dict[str, Any] | None = None
        self._in_head: bool | None = None
        self._location: Any = None
        self._attributes: tuple[Attribute, ...] | None = None

    def __repr__(self) -> str:
        return f"<Tag {self.name} {self.attrs}>"

    @property
    def name(self) -> str:
        """The element's name, in lower case."""
        found: str = self.element.tag
        return found

    @property
    def given(self) -> dict[str, Any]:
        """The attributes as turbohtml has them, some of them lists: asking it for each is dear."""
        if self._given is None:
            self._given = dict(self.element.attrs.items())
        return self._given

    def get(self, name: str) -> str | None:
        """The value of an attribute, decoded once; None where there is no such attribute."""
        value = self.given.get(name)
        if value is None or type(value) is str:
            return value
        return " ".join(value)  # lists of words, such as rel

    @property
    def attrs(self) -> dict[str, str]:
        """The attributes' values by name, in the order in which they are written."""
        return {name: self.get(name) or "" for name in self.given}

    @property
    def location(self) -> Any:
        """turbohtml's places; None for an element that the markup only implies."""
        if self._location is None:
            self._location = self.element.source_location
        return self._location

    @property
    def span(self) -> Span:
        """The start tag; the text's beginning where the markup only implies it."""
        found = self.location
        return self.places.span(found.start_tag) if found is not None else Span(0, 0)

    @property
    def end(self) -> int:
        """Where the element ends, its end tag included."""
        found = self.location
        if found is None:
            return 0
        return self.places.offset((found.end_tag or found.start_tag).end_offset)

    @property
    def content(self) -> Span:
        """What stands between start tag and end tag; to the text's end where nothing closes it."""
        found = self.location
        start = self.places.offset(found.start_tag.end_offset)
        if found.end_tag is None:
            return Span(start, len(self.places.text))
        return Span(start, self.places.offset(found.end_tag.start_offset))

    @property
    def attributes(self) -> tuple[Attribute, ...]:
        """The attributes with their places, in the order in which they are written."""
        if self._attributes is None:
            found = self.location
            spans = found.attrs if found is not None else {}
            # What a second <html> adds to the first has no place.
            self._attributes = tuple(
                self._attribute(name, spans[name]) for name in self.element.attrs if name in spans
            )
        return self._attributes

    def _attribute(self, name: str, parsed: Any) -> Attribute:
        span = self.places.span(parsed)
        text = self.places.text
        match = _WRITTEN.match(text, *span)
        value = self.get(name) or ""
        if match is None or not match["equals"]:
            end = span.end if match is None else span.start + len(match.group().rstrip(WHITE_SPACE))
            return Attribute(name, value, Span(span.start, end), Span(end, end), None)
        start, end = match.end(), span.end
        quote = match["quote"]
        if quote:
            end -= 1
        return Attribute(name, value, span, Span(min(start, end), end), quote)

    def attribute(self, name: str) -> Attribute | None:
        """The attribute of that name with its places; None where there is none."""
        found = self.location
        parsed = found.attrs.get(name) if found is not None else None
        return None if parsed is None else self._attribute(name, parsed)

    @property
    def behind(self) -> int:
        """Where a further attribute would be written: behind the last one, else behind the name."""
        if self.attributes:
            return max(one.span.end for one in self.attributes)
        match = _TAG_NAME.match(self.places.text, *self.span)
        return match.end() if match is not None else self.span.end

    @property
    def leftovers(self) -> tuple[Attribute, ...]:
        """The attributes that are none of HTML's: what is left of a value cut at a quotation mark.

        ``content="He said "no"`` leaves ``no"``. Those of libraries (``data-…``, ``@click``,
        ``x:y``) are not among them.
        """
        return tuple(
            one
            for one in self.attributes
            if _is_unknown(one.name)
            and (one.quote is None or any(mark in one.name for mark in "\"'”“’"))
        )

    @property
    def may_have_leftovers(self) -> bool:
        """A quick look for them, which asks for no places."""
        return not _KNOWN.issuperset(self.given) and any(map(_is_unknown, self.given))

    @property
    def is_in_head(self) -> bool:
        """It stands in the head itself: a quick look, which most metadata passes."""
        if self._in_head is None:
            self._in_head = getattr(self.element.parent, "tag", None) == "head"
        return self._in_head

    @property
    def where(self) -> Where:
        """Where the browser's tree has it."""
        return where(self.element)

    @property
    def text(self) -> str:
        """The text of the element, as the tree has it."""
        found: str = self.element.text
        return found


def _is_unknown(name: str) -> bool:
    """An attribute that is none of HTML's, nor of a library's."""
    return name not in _KNOWN and not name.startswith(
        ("data-", "aria-", "on", "@", ":", "v-", "x-")
    )


def where(element: Any) -> Where:
    """Where the browser's tree has an element, see :data:`Where`."""
    if element.namespace.value != HTML:
        return "foreign"
    above = element.parent
    for _ in range(_DEPTH):
        if above is None:
            return "template"
        name = getattr(above, "tag", None)
        if name is None:  # the content of a template, which stands beside the tree
            return "body" if type(above).__name__ == "Document" else "template"
        if name == "head":
            return "head"
        if name in ("body", "frameset"):
            return "body"
        above = above.parent
    return "body"


_DEPTH = 500
"""How far up it is looked: a page of ten thousand nested elements would take for ever."""
HTML = "html"
"""turbohtml's name of the namespace."""


class Charset(NamedTuple):
    """How the characters of a page are told from its bytes."""

    label: str
    """The encoding, as the Encoding standard names it, in lower case."""
    origin: str
    """``bom``, ``meta``, ``xml`` (its declaration), ``default`` (nothing says) or ``given``
    (the text was decoded before it came)."""
    tag: Tag | None
    """The first ``<meta>`` that declares one, whether it counts or not."""


class Closer(NamedTuple):
    """What ended the head before the markup says so."""

    name: str
    """The name of the tag; empty for text."""
    span: Span


@slotted
class JsonBlock:
    """One ``<script type="application/ld+json">``."""

    tag: Tag
    number: int
    """Which of the page's it is, from 0."""
    data: Any = None
    """What it holds; None where it does not parse."""
    error: str | None = None
    """Why it does not parse; None if it does."""
    error_at: int = 0
    """Where, as an offset into the source's text."""
    wrapper: str = ""
    """``CDATA`` or ``comment``, where its JSON stands inside one."""

    @property
    def content(self) -> Span:
        """Its JSON, without what it is wrapped in."""
        start, end = self.tag.content
        match = unwrapped(self.tag.places.text, start, end)
        return Span(start, end) if match is None else Span(*match.span("json"))


_WRAPPER = late(
    r"\s*+(?://|/\*)?+\s*+(?:(?P<cdata><!\[CDATA\[)|<!--)\s*+(?:\*/)?+(?P<json>.*?)"
    r"(?:(?://|/\*)\s*+)?+(?:\]\]>|-->)\s*+(?:\*/)?+\s*+",
    re.DOTALL,
)


def unwrapped(text: str, start: int, end: int) -> re.Match[str] | None:
    """JSON inside a CDATA section or a comment, which scripts in XHTML were written in."""
    return _WRAPPER.fullmatch(text, start, end) if "<!" in text[start : start + 80] else None


@slotted
class Document:
    """What an HTML page is made of."""

    tree: Any
    """turbohtml's document."""
    places: Places
    encoding: str
    encoding_origin: str
    html: Tag | None
    head: Tag | None
    """Also where the markup only implies it, without a place; None in no page that was parsed."""
    metas: list[Tag]
    links: list[Tag]
    """Those of metadata: canonical, alternate, icon, image_src."""
    titles: list[Tag]
    """In document order, also those in SVG, which are no titles of the page."""
    bases: list[Tag]
    json: list[JsonBlock]

    @property
    def title(self) -> Tag | None:
        """The page's own title (https://html.spec.whatwg.org/#the-title-element-2)."""
        return next((one for one in self.titles if one.where in ("head", "body")), None)

    @property
    def has_doctype(self) -> bool:
        """Whether it begins with a document type."""
        return any(type(one).__name__ == "Doctype" for one in self.tree.children)

    @property
    def charset(self) -> Charset:
        """How the page is encoded, and where that stands."""
        tag = next((one for one in self.metas if declares_charset(one)), None)
        return Charset(self.encoding, self.encoding_origin, tag)

    @property
    def closer(self) -> Closer | None:
        """What closed the head before a ``</head>`` or a ``<body>`` did; None if nothing did.

        Browsers open the body at the first thing that cannot stand in a head, and what follows
        lies in it (HTML standard, 13.2.6.4.4, "in head", anything else).
        """
        body = self.body
        if body is None:
            return None
        head_end = self.head.location.end_tag if self.head and self.head.location else None
        own = body.source_location
        for child in body.children:
            kind = type(child).__name__
            if kind == "Comment":
                continue
            if kind == "Text":
                if not child.text.strip(WHITE_SPACE):
                    continue
                if head_end is not None or own is not None:
                    return None
                return Closer("", Span(self._text_start(), self._text_start()))
            found = child.source_location
            if found is None:
                continue
            start = found.start_tag.start_offset
            if own is not None and own.start_tag.start_offset < start:
                return None
            if head_end is not None and head_end.end_offset <= start:
                return None
            return Closer(child.tag, self.places.span(found.start_tag))
        return None

    def _text_start(self) -> int:
        """Behind the last element of the head."""
        last = [child for child in self.head.element.children if hasattr(child, "tag")] \
            if self.head is not None else []  # fmt: skip
        at = Tag(last[-1], self.places).end if last else 0
        if not at and self.head is not None:
            at = self.head.span.end
        text = self.places.text
        return len(text) - len(text[at:].lstrip(WHITE_SPACE))

    @property
    def head_is_closed(self) -> bool:
        """Whether a ``</head>`` of the markup closed the head."""
        found = self.head.location if self.head is not None else None
        return found is not None and found.end_tag is not None

    @property
    def body(self) -> Any:
        """The tree's body; None in a page of frames."""
        return self.tree.find("body")

    @property
    def body_start(self) -> int:
        """Where the body begins: behind its start tag, else behind the head."""
        body = self.body
        for element in (body, self.head.element if self.head is not None else None):
            found = element.source_location if element is not None else None
            if found is not None:
                tag = found.start_tag if element is body else found.end_tag
                if tag is not None:
                    return self.places.offset(tag.end_offset)
        return 0

    def enclosing(self, offset: int) -> Span | None:
        """The tag of metadata that an offset lies in; of titles and scripts the whole element."""
        whole = [*self.titles, *(block.tag for block in self.json)]
        tags = [*self.metas, *self.links, *self.bases]
        if self.html is not None and self.head is not None:
            tags += (self.html, self.head)
        spans = [(tag.span.start, tag.end) for tag in whole] + [tag.span for tag in tags]
        return next((Span(*one) for one in spans if one[0] <= offset < one[1]), None)

    @property
    def is_frameset(self) -> bool:
        """It is made of frames, and has no body."""
        return self.body is None and self.tree.find("frameset") is not None

    def headings(self) -> list[str]:
        """The texts of the first heading, and of the first of level one."""
        found = self.tree.find_all("h1", limit=1)
        if found:
            return [" ".join(found[0].text.split())]
        for name in _HEADINGS[1:]:
            if others := self.tree.find_all(name, limit=1):
                return [" ".join(others[0].text.split())]
        return []

    def prose(self, limit: int) -> str:
        """The beginning of what the page tells, on one line: its paragraphs, without lists and
        menus; those of the article where there is just one.
        """
        found = self.tree
        for name in ("article", "main"):
            parts = self.tree.find_all(name, limit=2)
            if len(parts) == 1:
                found = parts[0]
                break
        size = 0
        texts: list[str] = []
        for paragraph in found.find_all("p"):
            text = " ".join(paragraph.text.split())
            texts.append(text)
            size += len(text) + 1
            if size > limit:
                break
        return " ".join(texts)[:limit]

    def bytes_before(self, offset: int) -> int:
        """How many bytes of the page come before an offset into its text."""
        text = self.places.text[:offset]
        if text.isascii() and not self.encoding.startswith("utf-16"):
            return len(text)
        if self.encoding == "utf-8":
            return len(text.encode("utf-8", "surrogatepass"))
        from ogcheck.values.encodings import codec

        return len(text.encode(codec(self.encoding), "replace"))


def declares_charset(tag: Tag) -> bool:
    """Whether a ``<meta>`` declares the page's encoding."""
    if tag.get("charset") is not None:
        return True
    if (tag.get("http-equiv") or "").strip(WHITE_SPACE).lower() != "content-type":
        return False
    return "charset" in (tag.get("content") or "").lower()
