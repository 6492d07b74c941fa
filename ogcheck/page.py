"""A page: one source, read. Its properties with their places, its data, and how to write to it.

Every rule sees pages only through this module. It never learns which dialect a value stood in: the
reader has given the canonical name, the value, its span, and a writer for new values.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Hashable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, Generic, Literal, NamedTuple, Protocol, TypeVar, overload

from ogcheck import platforms
from ogcheck.frozen import slotted
from ogcheck.presets import Preset
from ogcheck.problem import Edit, Finding
from ogcheck.source import Source, Span
from ogcheck.values import dates, implicit, references, urls

if TYPE_CHECKING:  # imported when an HTML page is met
    from ogcheck.document import Document, Tag

T = TypeVar("T")
Written = Literal["yaml", "toml", "json"]
"""What front matter is written in."""
OWN_KEY = "ogcheck"
"""The key at the top of front matter that is ogcheck's own: it holds suppressions."""
Kind = Literal["string", "number", "boolean", "null", "timestamp"]


class Refusal(NamedTuple):
    """Why a value cannot be written."""

    reason: str


class Node:
    """One value of front matter with its place; the tree that JSON Schema errors point into.

    ``value`` is the text of a scalar, the entries of a mapping, or the items of a sequence.
    """

    # What few nodes have is set on those, and costs the others nothing.
    flow = False
    """It stands inside, or is, a collection in brackets."""
    places: Sequence[tuple[int, int]] | None = None
    """Where the characters of its value stand, once its dialect was asked."""
    tag = ""
    """An explicit type, where one is written."""
    alias: Span | None = None
    """Where the value is referred to, if it is reached through an alias."""
    shared = False
    """Aliases elsewhere refer to it, or to what it stands in."""
    entries: Sequence[Entry] = ()
    items: Sequence[Node] = ()

    def __init__(self, kind: str, span: Span, value: str = "", style: str = "") -> None:
        self.kind = kind
        """``string``, ``number``, ``boolean``, ``null``, ``timestamp``, ``mapping`` or
        ``sequence``."""
        self.span = span
        self.value = value
        self.style = style
        """The dialect's own name for how a scalar is written."""

    def child(self, step: str) -> Node | None:
        """The value under a key (the last one of that name), or at an index."""
        if self.kind == "mapping":
            for entry in reversed(self.entries):
                if entry.key == step:
                    return entry.node
        elif self.kind == "sequence" and step.isdigit() and int(step) < len(self.items):
            return self.items[int(step)]
        return None


def to_data(node: Node) -> Any:
    """JSON's types: mappings with string keys (the last of a name wins), dates as their text."""
    kind = node.kind
    if kind == "mapping":
        # Merged entries come first in the list, so that a mapping's own keys win.
        return {entry.key: to_data(entry.node) for entry in node.entries}
    if kind == "sequence":
        return [to_data(item) for item in node.items]
    if kind == "null":
        return None
    if kind == "boolean":
        return implicit.boolean(node.value)
    return implicit.number(node.value) if kind == "number" else node.value


class Entry(NamedTuple):
    """A key of a mapping and its value."""

    key: str
    key_span: Span
    node: Node
    merged: bool
    """It came in by a merge key."""


class once(Generic[T]):  # noqa: N801 (it is used as property is)
    """A property that is computed when it is first asked for, and then is an attribute.

    ``functools.cached_property`` without its lock, which costs more than most of these values
    (Python 3.11; it is gone in 3.12).
    """

    def __init__(self, compute: Callable[[Any], T]) -> None:
        self.compute = compute
        self.name = compute.__name__
        self.__doc__ = compute.__doc__

    @overload
    def __get__(self, instance: None, owner: type) -> once[T]: ...
    @overload
    def __get__(self, instance: object, owner: type) -> T: ...
    def __get__(self, instance: object | None, owner: type) -> T | once[T]:
        if instance is None:
            return self
        value = instance.__dict__[self.name] = self.compute(instance)
        return value


class Origin(NamedTuple):
    """How a page is read, for all of its properties.

    They hold this and not the page, so that a page that nobody needs is freed at once: a circle
    would wait for the garbage collector, which costs more than reading does.
    """

    source: Source
    dialect: Dialect
    date_formats: tuple[str, ...]
    """Those that are accepted for the page's own dates."""


class Property:
    """One piece of metadata: a canonical name, a value, and where it stands."""

    attribute = ""
    """The HTML attribute that names it: ``property``, ``name``, ``itemprop``, ``rel``; empty where
    it is named otherwise. Some platforms read only one of them."""
    tag: Tag | None = None
    """The tag that it stands in, on an HTML page."""
    leftover = ""
    """What stands behind the value as attributes that mean nothing: the value was cut at a
    quotation mark. Only on an HTML page."""

    def __init__(
        self,
        origin: Origin,
        name: str,
        node: Node,
        key_span: Span,
        pointer: str,
        group: tuple[int, ...] = (),
    ) -> None:
        self.origin = origin
        self.name = name
        self.node = node
        self.value = value = node.value
        """The text as the platforms get it, decoded once by the dialect."""
        self.meant = (references.resolve(value) if "&" in value else value).strip()
        """The value with leftover character references resolved and its ends trimmed."""
        self.kind: Kind = node.kind  # type: ignore[assignment]  # scalars only
        self.span = node.span
        """The value as it is written, quotes or block indicator included."""
        self.key_span = key_span
        self.pointer = pointer
        self.group = group
        """Which object of its root it belongs to: the indices of the lists that it stands in."""

    def __repr__(self) -> str:
        return f"<Property {self.name}={self.value!r} at {self.span.start}>"

    @property
    def alias(self) -> Span | None:
        """Where an alias refers to the value, if it is reached through one."""
        return self.node.alias

    @once
    def line(self) -> str:
        """What is meant on one line, with one space for any white space."""
        return " ".join(self.meant.split())

    @once
    def url(self) -> urls.Url | None:
        """What is meant as an absolute URL; None where it is none."""
        return urls.parse(self.meant)

    @once
    def share_url(self) -> urls.Url | None:
        """:attr:`url` where it can be shared: absolute, http or https, well formed."""
        meant = self.meant
        return urls.parse(meant) if urls.share_fault(meant) is None else None

    @once
    def url_fault(self) -> str | None:
        """Why the value cannot be shared as a URL, see :func:`ogcheck.values.urls.share_fault`."""
        return urls.share_fault(self.meant)

    @once
    def date(self) -> dates.Date | None:
        """The value as a date; None if it is none.

        In one of the page's formats or in ISO 8601: the page's own dates are asked in this order,
        those of the protocols in the other.
        """
        text, formats = self.meant, self.origin.date_formats
        if self.name.startswith("page:"):
            return dates.read(text, formats) or dates.iso_like(text)
        return dates.iso_like(text) or dates.read(text, formats)

    @once
    def is_blank(self) -> bool:
        """Nothing, or white space."""
        return not self.value or self.value.isspace()

    @once
    def offsets(self) -> Sequence[tuple[int, int]] | None:
        """For each character of :attr:`value`, where it begins and ends in the text.

        None where the dialect cannot tell.
        """
        return self.origin.dialect.offsets(self.origin.source.text, self.node)

    def span_of(self, start: int, end: int) -> Span:
        """Where the characters ``start`` to ``end`` of :attr:`value` stand in the text.

        The whole :attr:`span` where the dialect cannot tell.
        """
        offsets = self.offsets
        if offsets is None:
            return self.span
        size = len(offsets)
        if size == 0:
            return self.span
        start, end = max(0, min(start, size)), max(0, min(end, size))
        if start == end:
            at = offsets[start][0] if start < size else offsets[-1][1]
            return Span(at, at)
        return Span(offsets[start][0], offsets[end - 1][1])

    def trimmed(self) -> tuple[int, int]:
        """Where :attr:`value` begins and ends without white space at its ends."""
        text = self.value
        start = len(text) - len(text.lstrip())
        return start, max(start, len(text.rstrip()))


class Dialect(Protocol):
    """How front matter, or a page, is written: what a reader offers to pages."""

    name: str

    def offsets(self, text: str, node: Node) -> Sequence[tuple[int, int]] | None:
        """For each character of the node's value, where it begins and ends in ``text``."""

    def replace(self, page: Page, node: Node, text: str) -> Edit | Refusal:
        """The edit that gives ``node`` the value ``text``, as a string."""

    def rewrite(
        self, page: Page, node: Node, pieces: Sequence[tuple[int, int, str]]
    ) -> tuple[Edit, ...] | Refusal:
        """The edits that replace parts of the node's value, leaving the rest as it is written."""

    def insert(self, page: Page, name: str, text: str) -> Edit | Refusal:
        """The edit that adds the property ``name``."""

    def rename(self, page: Page, prop: Property, name: str) -> Edit | Refusal:
        """The edit that gives ``prop`` another name, and leaves its value as it is."""

    def divide(self, page: Page, prop: Property, texts: Sequence[str]) -> Edit | Refusal:
        """The edit that writes several values where ``prop`` has one."""


class Derived(NamedTuple):
    """What the page will carry under a name."""

    state: Literal["known", "absent", "unknown"]
    property: Property | None = None
    """Where it comes from, if known."""


_SPELLINGS = {root: (root, f"{root}:url") for root in ("og:image", "og:video", "og:audio")}
_ABSENT = Derived("absent")
_UNKNOWN = Derived("unknown")


@slotted
class Block:
    """How front matter is fenced: spans of the fences and of what is between them."""

    content: Span
    opening: Span | None = None
    closing: Span | None = None
    fenced: bool = False
    """By a Markdown code fence."""
    dialect: Written = "yaml"
    braces: bool = True
    """Whether an object of JSON stands in its braces: Hexo's has none."""


@dataclass(eq=False, repr=False)
class Page:
    """One source, read."""

    origin: Origin
    preset: Preset
    preset_reason: str
    root: Node | None = None
    block: Block | None = None
    properties: list[Property] = field(default_factory=list)
    strays: list[Property] = field(default_factory=list)
    """What stands below a protocol's key and is in no vocabulary."""
    faults: list[Finding] = field(default_factory=list)
    """What the reader found wrong while reading."""
    unreadable: bool = False
    """The front matter does not parse, so nothing is known of what it holds."""
    timestamps: list[Node] = field(default_factory=list)
    """The values that the dialect's readers take for dates of their own."""
    exempt: str | None = None
    """Why nothing is asked of the page (a draft, a redirect, an error page); None if it is."""
    html: Document | None = None
    """Its markup, where it is an HTML page."""
    place: Path | None = None
    """Where its file lies (absolute), or would; None where that is not told."""
    memo: dict[Hashable, Any] = field(default_factory=dict)
    """Where rules keep what several of them need, by a name of their own."""
    _named: dict[tuple[str, ...], list[Property]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.source: Source = self.origin.source
        """The file's text."""
        self.dialect: Dialect = self.origin.dialect
        """How its front matter is written."""
        self.date_formats: tuple[str, ...] = self.origin.date_formats
        """The formats that are accepted for the page's own dates."""

    @once
    def by_name(self) -> dict[str, list[Property]]:
        """The properties by canonical name, in document order."""
        table: dict[str, list[Property]] = {}
        for one in self.properties:
            table.setdefault(one.name, []).append(one)
        return table

    @once
    def namespaces(self) -> frozenset[str]:
        """The namespaces of the properties: ``og``, ``twitter``, ``page`` …"""
        return frozenset([name.partition(":")[0] for name in self.by_name])

    def named(self, names: tuple[str, ...]) -> list[Property]:
        """The properties that have one of ``names``, by the order of the names."""
        found = self._named.get(names)
        if found is None:
            table = self.by_name
            found = self._named[names] = [p for name in names if name in table for p in table[name]]
        return found

    @once
    def data(self) -> Any:
        """The front matter as JSON's types: string keys, and dates as their text.

        Without the key :data:`OWN_KEY`, which is no part of the page.
        """
        found = {} if self.root is None else to_data(self.root)
        if isinstance(found, dict):
            found.pop(OWN_KEY, None)
        return found

    @property
    def body(self) -> Span:
        """What follows the front matter; in HTML what follows the body's start tag."""
        if self.html is not None:
            return Span(self.html.body_start, len(self.source.text))
        if self.block is None or self.block.opening is None:
            size = len(self.source.text)
            return Span(size, size)
        end = self.block.closing.end if self.block.closing else self.block.content.end
        return Span(end, len(self.source.text))

    @property
    def writes_share_metadata(self) -> bool:
        """It writes at least one og: or twitter: property."""
        return "og" in self.namespaces or "twitter" in self.namespaces

    def all(self, name: str) -> list[Property]:
        """Every property of that name, in document order."""
        return self.by_name.get(name, [])

    def written(self, name: str) -> Property | None:
        """What stands in the file under ``name``: the first that is not blank, else the first."""
        found = self.by_name.get(name)
        if not found:
            return None
        if len(found) == 1:
            return found[0]
        return next((p for p in found if not p.is_blank), found[0])

    def derived(self, name: str) -> Derived:
        """What the page will carry under ``name``, by what the preset says of its generator."""
        written = self._present(name)
        if written is not None:
            return Derived("known", written)
        rule = self.preset.derives.get(name)
        for source in rule or ():
            if source == "?":
                return _UNKNOWN
            found = self._present(source)
            if found is not None:
                return Derived("known", found)
        return _UNKNOWN if rule is None and not self.preset.full else _ABSENT

    def _present(self, name: str) -> Property | None:
        table = self.by_name
        for one in _SPELLINGS.get(name) or (name,):
            if one in table:
                found = self.written(one)
                if found is not None and not (found.kind == "null" and found.is_blank):
                    return found
        return None

    def is_asked(self) -> bool:
        """Whether rules that require something speak on this page."""
        if self.exempt is not None or self.unreadable:
            return False
        return self.preset.full or self.writes_share_metadata

    def place_for(self, name: str) -> Span:
        """Where to point when ``name`` is missing: the key that would hold it, else the start."""
        if self.html is not None:
            return self.start
        namespace = name.split(":", 1)[0]
        for entry in self.root.entries if self.root is not None else ():
            if entry.key == namespace and not entry.merged:
                return entry.key_span
        return self.start

    @property
    def start(self) -> Span:
        """The opening fence, else the first line; in HTML the start tag of the head."""
        if self.html is not None:
            for tag in (self.html.head, self.html.html):
                if tag is not None and tag.location is not None:
                    return tag.span
        if self.block is not None and self.block.opening is not None:
            return self.block.opening
        return self.source.line_span(1)

    def at(self, pointer: str) -> Node | None:
        """The node that a JSON Pointer names."""
        node = self.root
        for step in steps(pointer):
            if node is None:
                return None
            node = node.child(step)
        return node

    def property_at(self, pointer: str) -> Property | None:
        """The property whose value stands at a JSON Pointer."""
        return self._by_pointer.get(pointer)

    @once
    def _by_pointer(self) -> dict[str, Property]:
        return {one.pointer: one for one in reversed(self.properties)}

    def replace(self, prop: Property, text: str) -> Edit | Refusal:
        """The edit that gives ``prop`` the value ``text``; or why there is none."""
        return self.dialect.replace(self, prop.node, text)

    def rewrite(
        self, prop: Property, pieces: Sequence[tuple[int, int, str]]
    ) -> tuple[Edit, ...] | Refusal:
        """Edits that replace parts of the value of ``prop``: (start, end, text) into ``value``."""
        return self.dialect.rewrite(self, prop.node, pieces)

    def insert(self, name: str, text: str) -> Edit | Refusal:
        """The edit that adds the property ``name`` where a person would put it."""
        return self.dialect.insert(self, name, text)

    def rename(self, prop: Property, name: str) -> Edit | Refusal:
        """The edit that gives ``prop``, or a stray, the name ``name``; or why there is none."""
        if self.by_name.get(name):
            return Refusal(f"{name} is there already")
        return self.dialect.rename(self, prop, name)

    def divide(self, prop: Property, texts: Sequence[str]) -> Edit | Refusal:
        """The edit that writes ``texts`` as the values of ``prop``, which has one."""
        return self.dialect.divide(self, prop, texts)

    def seen(self, what: str, platform: str) -> Property | None:
        """What a platform ends up with, by its documented fallbacks; None where it has nothing.

        ``what`` is ``title``, ``description``, ``image`` or ``url``. Raises ``KeyError`` for
        another word, or a platform that is not in :data:`ogcheck.platforms.PLATFORMS`.
        """
        for step in platforms.fallbacks(platform, what):
            for prop in self.by_name.get(step.name, ()):
                named_so = not step.attributes or prop.attribute in ("", *step.attributes)
                if named_so and not prop.is_blank and self._counts(prop, step):
                    return prop
        return None

    def _counts(self, prop: Property, step: platforms.Fallback) -> bool:
        """Whether an entity of JSON-LD is of a kind, and stands where the platform looks."""
        if not step.kinds:
            return True
        kinds = {p.value for p in self.by_name.get("ld:type", ())}
        return not kinds.isdisjoint(step.kinds) and "/@graph/" not in prop.pointer

    @once
    def soup(self) -> Any:
        """The page as Beautiful Soup reads it (``html.parser``); None where it is not HTML.

        For rules that look at what no property holds. Built when it is first asked for.
        """
        if self.html is None:
            return None
        from bs4 import BeautifulSoup

        return BeautifulSoup(self.source.text, "html.parser")

    def pointer_to(self, wanted: Node) -> str | None:
        """The JSON Pointer to a node of the front matter; None if it is not there."""
        stack: list[tuple[str, Node]] = [("", self.root)] if self.root is not None else []
        while stack:
            pointer, node = stack.pop()
            if node is wanted:
                return pointer
            stack.extend((f"{pointer}/{pointer_step(e.key)}", e.node) for e in node.entries)
            stack.extend((f"{pointer}/{index}", item) for index, item in enumerate(node.items))
        return None

    def headings(self) -> list[str]:
        """The texts of the body's first heading, and of its first of level one.

        Of Markdown's in either form that CommonMark has (sections 4.2 and 4.3), outside of fenced
        code.
        """
        if self.html is not None:
            return self.html.headings()
        body = self.source.text[slice(*self.body)]
        if _MAY_HEAD.search(f"\n{body}") is None:
            return []  # no line of either form
        first: str | None = None
        fence: str | None = None
        above = ""
        for line in body.splitlines():
            stripped = line.strip()
            if stripped.startswith(("```", "~~~")):
                fence = stripped[:3] if fence is None else None if stripped[:3] == fence else fence
            elif fence is None:
                level, text = _heading(line, above)
                if level:
                    first = first or text
                    if level == 1:
                        return [first, text]
            above = "" if fence is not None else stripped
        return [] if first is None else [first]


_MAY_HEAD = re.compile("[\n\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029] {0,3}(?:#|=|--)")
"""How a line begins that is a heading, or underlines one: a quick look at all that end lines."""
_ATX = re.compile(r" {0,3}(#{1,6})[ \t]+(.+?)(?:[ \t]+#+)?[ \t]*")
_SETEXT = re.compile(r" {0,3}(=+|-{2,})[ \t]*")


def _heading(line: str, above: str) -> tuple[int, str]:
    """The level and the text of the heading that ``line`` is, or underlines; 0 if none."""
    match = _ATX.fullmatch(line)
    if match is not None:
        return len(match[1]), match[2]
    if above and (match := _SETEXT.fullmatch(line)) is not None:
        return (1 if match[1][0] == "=" else 2), above
    return 0, ""


def steps(pointer: str) -> Iterator[str]:
    """The steps of a JSON Pointer (RFC 6901), unescaped."""
    for step in pointer.split("/")[1:]:
        yield step.replace("~1", "/").replace("~0", "~")


def pointer_step(step: str) -> str:
    """One step of a JSON Pointer, escaped."""
    return step.replace("~", "~0").replace("/", "~1") if "~" in step or "/" in step else step
