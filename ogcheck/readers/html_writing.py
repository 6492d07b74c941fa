"""How HTML is written back: inside the attribute's own quotes, as a title's text, or as JSON.

Only UTF-8 is written: what another encoding has no character for would be lost on the way.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence

from ogcheck import vocabulary
from ogcheck.document import WHITE_SPACE, Attribute, Document, Tag
from ogcheck.page import Node, Page, Property, Refusal
from ogcheck.problem import Edit
from ogcheck.readers import html_text
from ogcheck.readers.html_nodes import AttributeNode, HtmlNode, JsonNode, TitleNode
from ogcheck.values.patterns import late
from ogcheck.values.splicing import spliced

_SURROGATE = late("[\ud800-\udfff]")
_INDENT = late(r"[ \t]*")


class HtmlDialect:
    """The dialect of HTML, for pages."""

    name = "html"

    def offsets(self, text: str, node: Node) -> Sequence[tuple[int, int]] | None:
        """For each character of the node's value, where it begins and ends in ``text``."""
        if node.places is None and isinstance(node, HtmlNode):
            node.places = node.places_in(text)
        return node.places

    def replace(self, page: Page, node: Node, text: str) -> Edit | Refusal:
        """One edit over the whole value; quotes where there are none yet."""
        refusal = _refuse(page, node, text)
        if refusal is not None:
            return refusal
        start, end = node.span
        if isinstance(node, JsonNode):
            return Edit(start, end, _json(text))
        if isinstance(node, AttributeNode):
            found = node.tag_of.attribute(node.attribute)
            if found is None:
                return Edit(start, end, f' {node.attribute}="{html_text.written(text, _DOUBLE)}"')
            if found.quote:
                return Edit(start, end, html_text.written(text, found.quote))
            equals = "=" if found.quote is None else ""
            return Edit(start, end, f'{equals}"{html_text.written(text, _DOUBLE)}"')
        return Edit(start, end, html_text.written(text, ""))

    def rewrite(
        self, page: Page, node: Node, pieces: Sequence[tuple[int, int, str]]
    ) -> tuple[Edit, ...] | Refusal:
        """One edit a piece where the result reads as intended, else one over the whole."""
        changed = spliced(node.value, pieces)
        refusal = _refuse(page, node, changed)
        if refusal is not None:
            return refusal
        text = page.source.text
        where = self.offsets(text, node)
        if where is not None and all(a < b for a, b, _ in pieces):
            written = _writer(node)
            edits = tuple(Edit(where[a][0], where[b - 1][1], written(new)) for a, b, new in pieces)
            if _reads_as(text, node, edits, changed):
                return edits
        whole = self.replace(page, node, changed)
        return whole if isinstance(whole, Refusal) else (whole,)

    def insert(self, page: Page, name: str, text: str) -> Edit | Refusal:
        """Behind the last tag of its kind in the head, on a line of its own where tags have one."""
        refusal = _refuse(page, None, text)
        if refusal is not None:
            return refusal
        document = page.html
        if document is None:
            return Refusal("the page is not HTML")
        entry = vocabulary.PROPERTIES.get(name)
        if entry is None:
            return Refusal(f"{name} is no property")
        if not entry.many and page.by_name.get(name):
            return Refusal(f"{name} is there already")
        anchor = _anchor(document, name)
        if anchor is None:
            return Refusal("the page has no head to write into")
        tag = _tag(name, text, _style(page.source.text, anchor))
        if tag is None:
            return Refusal(f"{name} is not written by a tag of its own")
        return _behind(page, anchor, tag)

    def rename(self, page: Page, prop: Property, name: str) -> Edit | Refusal:
        """The value of the attribute that names it."""
        node = prop.node
        refusal = _refuse(page, node, name)
        if refusal is not None:
            return refusal
        named = _naming(node)
        if named is None:
            return Refusal("the value is not named by an attribute of its own")
        return Edit(*named.value_span, name)

    def divide(self, page: Page, prop: Property, texts: Sequence[str]) -> Edit | Refusal:
        """The same tag again for each further value, on lines of their own where it has one."""
        node = prop.node
        refusal = next((r for text in texts if (r := _refuse(page, node, text))), None)
        if refusal is not None:
            return refusal
        if not isinstance(node, AttributeNode) or _naming(node) is None:
            return Refusal("the value is not in a tag of its own")
        found = node.tag_of.attribute(node.attribute)
        if found is None or not found.quote:
            return Refusal("the value has no quotes")
        source, (start, end) = page.source.text, node.tag_of.span
        before = source[start : found.value_span.start]
        after = source[found.value_span.end : end]
        indent = source[_line_start(source, start) : start]
        apart = "" if indent.strip(" \t") else page.source.newline() + indent
        written = (html_text.written(text, found.quote) for text in texts)
        return Edit(*found.value_span, f"{after}{apart}{before}".join(written))


HTML_DIALECT = HtmlDialect()


def _naming(node: Node) -> Attribute | None:
    """The attribute that names a value, where it names nothing else."""
    if not isinstance(node, AttributeNode) or node.named_by not in ("property", "name", "itemprop"):
        return None
    tag = node.tag_of
    names = (tag.get(attribute) or "" for attribute in ("property", "name", "itemprop"))
    words = [word for name in names for word in name.split()]
    return tag.attribute(node.named_by) if len(words) == 1 else None


_DOUBLE = '"'


def _refuse(page: Page, node: Node | None, text: str) -> Refusal | None:
    source = page.source
    if source.encoding != "utf-8":
        return Refusal(f"the page is encoded as {source.encoding}, and only UTF-8 is written")
    if source.fault is not None:
        return Refusal("the page holds bytes that are not UTF-8")
    if _SURROGATE.search(text):
        return Refusal("half a character cannot be written")
    if "\0" in text:
        return Refusal("NUL cannot be written")
    if isinstance(node, AttributeNode) and node.is_elsewhere:
        return Refusal("the value stands in a second <html> tag")
    if isinstance(node, TitleNode):
        if node.tag_of.location.end_tag is None:
            return Refusal("the title is never closed")
        if text != html_text.collapsed(text):
            return Refusal("browsers drop white space at a title's ends, and beside other")
    return None


def _writer(node: Node) -> Callable[[str], str]:
    """What writes a part of a value in the node's style."""
    if isinstance(node, JsonNode):
        return lambda new: _json(new)[1:-1]
    quote = ""
    if isinstance(node, AttributeNode):
        found = node.tag_of.attribute(node.attribute)
        quote = found.quote or "" if found is not None else ""
    return lambda new: html_text.written(new, quote)


def _reads_as(text: str, node: Node, edits: Sequence[Edit], value: str) -> bool:
    """Whether a value reads as ``value`` after ``edits``."""
    try:
        raw = spliced(text, edits, *node.span)
    except ValueError:
        return False
    if isinstance(node, JsonNode):
        try:
            return node.kind == "string" and bool(json.loads(raw) == value)
        except ValueError:
            return False
    if isinstance(node, AttributeNode):
        found = node.tag_of.attribute(node.attribute)
        if found is None or not found.quote:
            return False
        return found.quote not in raw and html_text.decode(raw, attribute=True) == value
    return "<" not in raw and html_text.collapsed(html_text.decode(raw, attribute=False)) == value


def _json(text: str) -> str:
    """``text`` as a JSON string in a script, which ``</script`` would end.

    ``<!--`` and ``<script`` would hide its end (https://html.spec.whatwg.org/#restrictions-for-
    contents-of-script-elements).
    """
    written = json.dumps(text, ensure_ascii=False).replace("</", "<\\/")
    return written.replace("<!--", "\\u003c!--").replace("<s", "\\u003cs").replace("<S", "\\u003cS")


# Where a new tag goes, and how it is spelt.


class _Anchor:
    """The tag behind which a new one goes."""

    def __init__(self, tag: Tag, at: int, *, opens: bool = False) -> None:
        self.tag = tag
        self.at = at
        self.opens = opens
        """It is the head itself, which the new tag begins."""


def _anchor(document: Document, name: str) -> _Anchor | None:
    """The last tag in the head that is most like the new one; else the head's own start."""
    metas = [tag for tag in document.metas if tag.where == "head"]
    links = [tag for tag in document.links if tag.where == "head"]
    if name == "page:title":
        found = [tag for tag in metas if tag.get("charset") is not None]
    elif name == "page:canonical":
        found = links or metas
    else:
        found = _like(metas, name) or metas
    if found:
        return _Anchor(found[-1], found[-1].span.end)
    titles = [tag for tag in document.titles if tag.where == "head"]
    if titles and name != "page:title" and titles[-1].location.end_tag is not None:
        return _Anchor(titles[-1], titles[-1].end)
    head = document.head
    if head is not None and head.location is not None:
        return _Anchor(head, head.span.end, opens=True)
    return _Anchor(metas[-1], metas[-1].span.end) if metas else None


def _like(metas: list[Tag], name: str) -> list[Tag]:
    """The tags of the same object, else those of the same namespace."""
    entry = vocabulary.PROPERTIES.get(name)
    root = entry.root if entry is not None else None
    called = [((tag.get("property") or tag.get("name") or "").lower(), tag) for tag in metas]
    if root is not None:
        found = [tag for n, tag in called if n == root or n.startswith(f"{root}:")]
        if found:
            return found
    namespace = name.split(":", 1)[0]
    found = [tag for n, tag in called if n.startswith(f"{namespace}:")]
    return found or [tag for n, tag in called if n.startswith("og:")]


class _Style:
    """How the file writes its tags."""

    def __init__(self, quote: str, end: str) -> None:
        self.quote = quote
        self.end = end


def _style(text: str, anchor: _Anchor) -> _Style:
    if anchor.opens:
        return _Style(_DOUBLE, ">")
    raw = text[slice(*anchor.tag.span)]
    quotes = [one.quote for one in anchor.tag.attributes if one.quote]
    quote = "'" if quotes and all(one == "'" for one in quotes) else _DOUBLE
    if raw.endswith("/>") and anchor.tag.name != "title":
        return _Style(quote, " />" if raw[-3:-2] in WHITE_SPACE else "/>")
    return _Style(quote, ">")


_NAMED_BY_NAME = frozenset({"twitter", "theme-color", "fediverse"})
_PAGE_NAMES = {"page:description": "description", "page:author": "author"}


def _tag(name: str, text: str, style: _Style) -> str | None:
    """The tag that writes a property; None where none does."""
    quote = style.quote
    value = f"{quote}{html_text.written(text, quote)}{quote}"
    if name == "page:title":
        return f"<title>{html_text.written(text, '')}</title>"
    if name in ("page:canonical", "page:image"):
        rel = "canonical" if name == "page:canonical" else "image_src"
        return f"<link rel={quote}{rel}{quote} href={value}{style.end}"
    if name.startswith(("page:", "ld:")) and name not in _PAGE_NAMES:
        return None
    by_name = name in _PAGE_NAMES or name.split(":", 1)[0] in _NAMED_BY_NAME
    attribute = "name" if by_name else "property"
    called = _PAGE_NAMES.get(name, name)
    return f"<meta {attribute}={quote}{called}{quote} content={value}{style.end}"


def _behind(page: Page, anchor: _Anchor, tag: str) -> Edit:
    """Write ``tag`` behind the anchor: on a line of its own if the anchor begins one."""
    text, at = page.source.text, anchor.at
    start = anchor.tag.span.start
    line = _line_start(text, start)
    indent = text[line:start]
    if indent.strip(" \t\ufeff"):
        return Edit(at, at, tag)
    indent = indent.lstrip("\ufeff")
    if anchor.opens:
        indent = _inner_indent(text, at, indent)
    return Edit(at, at, page.source.newline() + indent + tag)


def _line_start(text: str, at: int) -> int:
    return max(text.rfind("\n", 0, at), text.rfind("\r", 0, at)) + 1


def _inner_indent(text: str, at: int, outer: str) -> str:
    """The indentation of what follows the head's start tag on the next line, else two more."""
    rest = text[at:]
    following = rest.lstrip(WHITE_SPACE)
    start = _line_start(text, at + len(rest) - len(following))
    if start > at:
        match = _INDENT.match(text, start)
        return match.group() if match is not None else outer
    return outer + "  "
