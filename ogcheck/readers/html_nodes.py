"""The values of an HTML page: where each stands and how it is written, looked up when asked for."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

from ogcheck.document import WHITE_SPACE, JsonBlock, Tag
from ogcheck.page import Kind, Node, Origin, Property, once
from ogcheck.readers import html_text
from ogcheck.readers.json_places import Place, string_offsets
from ogcheck.source import Span
from ogcheck.values import references


class HtmlNode(Node):
    """A value with the tag that it stands in."""

    def __init__(self, tag: Tag, value: str, kind: str = "string") -> None:
        # Not Node's own: it would need the span, which most values are never asked for.
        self.tag_of = tag
        self.value = value
        self.kind = kind
        self.style = ""

    @once
    def span(self) -> Span:
        """The value as it is written, without the quotes of an attribute."""
        raise NotImplementedError

    @property
    def key(self) -> Span:
        """What names the value."""
        return self.tag_of.span

    def places_in(self, text: str) -> Sequence[tuple[int, int]] | None:
        """For each character of the value where it begins and ends; None where nothing tells."""
        raise NotImplementedError


class AttributeNode(HtmlNode):
    """The value of an attribute, or the place where the attribute would stand."""

    def __init__(self, tag: Tag, attribute: str, value: str, named_by: str) -> None:
        super().__init__(tag, value)
        self.attribute = attribute
        self.named_by = named_by
        """The attribute that names the property; empty where the tag does."""

    @once
    def span(self) -> Span:
        """Inside the quotes; behind the tag's last attribute where there is none."""
        found = self.tag_of.attribute(self.attribute)
        if found is not None:
            return found.value_span
        at = self.tag_of.span.start if self.is_elsewhere else self.tag_of.behind
        return Span(at, at)

    @property
    def is_elsewhere(self) -> bool:
        """It came from a second ``<html>``, which is no element of its own and has no place."""
        tag = self.tag_of
        return tag.get(self.attribute) is not None and tag.attribute(self.attribute) is None

    @property
    def key(self) -> Span:
        """The value of the attribute that names the property, else the tag."""
        found = self.tag_of.attribute(self.named_by) if self.named_by else None
        return self.tag_of.span if found is None else found.value_span

    def places_in(self, text: str) -> Sequence[tuple[int, int]] | None:
        """Through character references and line ends."""
        start, end = self.span
        if self.is_elsewhere:
            return None
        found = html_text.offsets(text[start:end], start, attribute=True)
        return found if len(found) == len(self.value) else None


class TitleNode(HtmlNode):
    """The text of a ``<title>``."""

    @once
    def span(self) -> Span:
        """Without the white space at its ends."""
        start, end = self.tag_of.content
        raw = self.tag_of.places.text[start:end]
        lead = len(raw) - len(raw.lstrip(WHITE_SPACE))
        return Span(start + lead, start + max(lead, len(raw.rstrip(WHITE_SPACE))))

    def places_in(self, text: str) -> Sequence[tuple[int, int]] | None:
        """Through character references, line ends and runs of white space."""
        start, end = self.span
        raw = text[start:end]
        decoded = html_text.decode(raw, attribute=False)
        where = html_text.offsets(raw, start, attribute=False)
        found = html_text.collapsed_offsets(decoded, where)
        return found if len(found) == len(self.value) else None


class Scan(NamedTuple):
    """A block of JSON-LD, and how the places of its values are found."""

    block: JsonBlock
    places: Callable[[], dict[str, Place]]


class JsonNode(HtmlNode):
    """A scalar of JSON-LD."""

    def __init__(self, scan: Scan, within: str, value: str, kind: str) -> None:
        super().__init__(scan.block.tag, value, kind)
        self.scan = scan
        self.within = within
        """Its JSON Pointer in the block."""

    @property
    def _place(self) -> Place:
        return self.scan.places()[self.within]

    @once
    def span(self) -> Span:
        """The scalar as it is written, quotes included."""
        return self._place.span

    @property
    def key(self) -> Span:
        """The key; the script's start tag for an item of a list."""
        return self._place.key or self.tag_of.span

    def places_in(self, text: str) -> Sequence[tuple[int, int]] | None:
        """Through the escapes of JSON."""
        start, end = self.span
        if self.kind != "string":
            return (
                [(i, i + 1) for i in range(start, end)] if text[start:end] == self.value else None
            )
        found = string_offsets(text[start + 1 : end - 1], start + 1)
        return found if len(found) == len(self.value) else None


class HtmlProperty(Property):
    """A property whose places are looked up when they are asked for."""

    def __init__(
        self,
        origin: Origin,
        name: str,
        node: HtmlNode,
        place: str | int,
        attribute: str,
        group: tuple[int, ...] = (),
    ) -> None:
        self.origin = origin
        self.name = name
        self.node: HtmlNode = node
        self.value = value = node.value
        self.meant = (references.resolve(value) if "&" in value else value).strip()
        self.kind: Kind = node.kind  # type: ignore[assignment]  # scalars only
        self.place = place
        """Its pointer, or which of its name it is."""
        self.attribute = attribute
        self.group = group
        self.tag = node.tag_of

    @once
    def leftover(self) -> str:
        """What a quotation mark cut off, as it is written."""
        tag = self.node.tag_of
        if not isinstance(self.node, AttributeNode) or not tag.may_have_leftovers:
            return ""
        end = self.span.end
        rest = [one.span for one in tag.leftovers if one.span.start >= end]
        return tag.places.text[rest[0].start : rest[-1].end] if rest else ""

    @once
    def pointer(self) -> str:
        """``/og:image/1``: by its name and its number, which no new tag before it changes, unless
        it is of that name; in JSON-LD by block and JSON Pointer.
        """
        return self.place if isinstance(self.place, str) else f"/{self.name}/{self.place}"

    @once
    def span(self) -> Span:
        """The value as it is written."""
        return self.node.span

    def span_of(self, start: int, end: int) -> Span:
        """Where a part of the value stands: by adding, where nothing in it is written otherwise."""
        first, last = self.span
        if isinstance(self.node, JsonNode) and self.kind == "string":
            first, last = first + 1, last - 1
        size = len(self.value)
        if last - first == size and self.origin.source.text.startswith(self.value, first):
            start, end = max(0, min(start, size)), max(0, min(end, size))
            return Span(first + start, first + end) if size else self.span
        if isinstance(self.node, AttributeNode) and 0 <= start < end <= size:
            found = html_text.place(self.origin.source.text[first:last], start, end)
            if found is not None and not self.node.is_elsewhere:
                return Span(first + found[0], first + found[1])
        return super().span_of(start, end)

    @once
    def key_span(self) -> Span:
        """What names it."""
        return self.node.key
