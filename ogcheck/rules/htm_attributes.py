"""How a tag is written: in which attribute its name stands, in which quotes, what is beside it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

from ogcheck.page import Page, Property
from ogcheck.problem import Edit, Finding, Severity
from ogcheck.rules.base import Context, Example
from ogcheck.rules.examples import ADDRESS, built
from ogcheck.rules.htm_base import SHOWN, MarkupRule, counted, editing, sentence
from ogcheck.source import Span

if TYPE_CHECKING:
    from ogcheck.document import Attribute, Tag

_BY_PROPERTY = frozenset("og article book fb music product profile video".split())
"""Namespaces of the protocol, whose names stand in ``property`` (https://ogp.me/#metadata)."""


class WrongAttribute(MarkupRule):
    """A property in an attribute where not all platforms look for it.

    ## What it does
    Reports Open Graph properties that are named by `name=` or `itemprop=`, and tags that hold their
    value in `value=`. Notes names of `article`, `fb` and their like in `name=`, and X's in
    `property=`. One tag with both attributes is legal, as is a second tag that is right.

    ## Why it matters
    The protocol is RDFa: the name stands in `property` (https://ogp.me/#metadata). Signal Desktop
    and Misskey read og:* from nowhere else (Signal's link preview code; summaly f7c9f16), Apple,
    Mastodon and Discourse also from `name`. X asks for `name`, and falls back to `property`
    (developer.x.com cards markup, 2024). A value in `value=` is read by Discourse alone (onebox
    open_graph.rb).

    ## Fix
    Writes the other attribute. Safe: name and value stay.
    """

    code = "HTM001"
    name = "wrong-attribute"
    severity = Severity.WARNING
    fix = "safe"
    bad = (
        Example(built({"og:title": '<meta name="og:title" content="Man charged after harbour '
                                   'burglary">'}), "news.html"),
        Example(built({"og:type": '<meta property="og:type" value="article">'}), "news.html"),
        Example(built({"twitter:card": '<meta property="twitter:card" content="summary">'}),
                "news.html"),
    )  # fmt: skip
    good = (
        Example(built(), "news.html"),
        Example(built({"og:title": '<meta name="twitter:title" property="og:title" content="Man '
                                   'charged after harbour burglary">'}), "news.html"),
        Example(built(last='<meta name="og:type" content="article">'), "news.html",
                also={"OG018": "it stands twice, and the first is right"}),
    )  # fmt: skip

    def check(self, page: Page, context: Context) -> Iterable[Finding]:
        """One finding for each of the slips, at the first tag that has it."""
        props = [p for p in page.properties if p.attribute in ("name", "itemprop", "property")]
        yield from self._values(page, [p for p in props if not p.value])
        if not any(map(_is_misnamed, props)):
            return
        right = {(p.name, p.attribute) for p in props}
        cards = [
            p for p in props
            if p.attribute == "property" and _is_misnamed(p) and (p.name, "name") not in right
        ]  # fmt: skip
        wrong = [
            p for p in props
            if p.attribute != "property" and _is_misnamed(p) and (p.name, "property") not in right
        ]  # fmt: skip
        share = [p for p in wrong if p.name.startswith("og:")]
        others = [p for p in wrong if not p.name.startswith("og:")]
        if share:
            yield self._named(
                page,
                share + others,
                "property",
                None,
                ("Signal and Misskey read Open Graph from property only, and see none of it."),
            )
        elif others:
            yield self._named(page, others, "property", Severity.NOTE, (
                "the protocol names them in property."))  # fmt: skip
        if cards:
            yield self._named(page, cards, "name", Severity.NOTE, (
                "X asks for name, and only falls back to property."))  # fmt: skip

    def _named(
        self, page: Page, props: list[Property], right: str, severity: Severity | None, why: str
    ) -> Finding:
        first, *further = props
        wrong = first.attribute
        verb = "is named" if len({p.name for p in props}) == 1 else "are named"
        return self.at_span(
            _attribute_span(first),
            f"{sentence(counted(p.name for p in props))} {verb} in {wrong}=: {why}",
            name=first.name,
            pointer=first.pointer,
            about=first.name,
            severity=severity,
            help=f"Write {right}= for {wrong}=.",
            related=[(_attribute_span(p), p.name) for p in further[:SHOWN]],
            fix=editing(page, _renamed(props, right), f"Write {right}=", safe=True),
        )

    def _values(self, page: Page, props: list[Property]) -> Iterator[Finding]:
        found = [
            (prop, attribute)
            for prop in props
            if (tag := prop.tag) is not None
            and tag.get("content") is None
            and (attribute := tag.attribute("value")) is not None
            and attribute.value
        ]
        if not found:
            return
        first, attribute = found[0]
        names = counted(p.name for p, _ in found)
        verb = "has its value" if len({p.name for p, _ in found}) == 1 else "have their values"
        edits = [
            Edit(one.span.start, one.span.start + len(one.name), "content") for _, one in found
        ]
        yield self.at_span(
            attribute.span,
            f"{sentence(names)} {verb} in value=: platforms read content=, and find nothing.",
            name=first.name,
            pointer=first.pointer,
            about=attribute.value,
            help="Write content= for value=.",
            related=[(one.span, p.name) for p, one in found[1:SHOWN]],
            fix=editing(page, edits, "Write content=", safe=True, names=[p.name for p, _ in found]),
        )


def _is_misnamed(prop: Property) -> bool:
    """Its name stands in another attribute than its readers ask for first."""
    if prop.attribute == "property":
        return prop.name.startswith("twitter:")
    return prop.name.partition(":")[0] in _BY_PROPERTY


def _attribute_span(prop: Property) -> Span:
    found = prop.tag.attribute(prop.attribute) if prop.tag is not None else None
    return prop.key_span if found is None else found.span


def _renamed(props: list[Property], right: str) -> Iterator[Edit]:
    """Give the naming attributes another name, where the tag has none of that name yet."""
    for prop in props:
        tag = prop.tag
        if tag is None or tag.get(right) is not None:
            continue
        found = tag.attribute(prop.attribute)
        if found is not None:
            yield Edit(found.span.start, found.span.start + len(found.name), right)


_IGNORED_WITH = ("hreflang", "lang", "media", "type")


class CanonicalWithAttributes(MarkupRule):
    """A canonical link with an attribute that makes it another link.

    ## What it does
    Reports `<link rel="canonical">` that has `hreflang`, `lang`, `media` or `type`.

    ## Why it matters
    Google ignores such a link (developers.google.com/search/docs/crawling-indexing/
    consolidate-duplicate-urls): with these attributes it names a version of the page for some
    readers, and no address for all.
    """

    code = "HTM007"
    name = "canonical-with-attributes"
    severity = Severity.WARNING
    bad = (
        Example(built({"canonical": f'<link rel="canonical" hreflang="en" href="{ADDRESS}">'}),
                "news.html"),
    )  # fmt: skip
    good = (
        Example(built(last=f'<link rel="alternate" hreflang="en" href="{ADDRESS}">'), "news.html"),
        Example(built({"canonical": f'<link rel="canonical" id="c" href="{ADDRESS}">'}),
                "news.html"),
    )  # fmt: skip

    def check(self, page: Page, context: Context) -> Iterable[Finding]:
        """One finding a link, at the first such attribute."""
        for prop in page.all("page:canonical"):
            tag = prop.tag
            if tag is None or tag.name != "link":
                continue
            found = [name for name in _IGNORED_WITH if tag.get(name) is not None]
            if not found:
                continue
            first = tag.attribute(found[0])
            yield self.at_span(
                tag.span if first is None else first.span,
                f"The canonical link has {counted(found)}: Google ignores it.",
                name=prop.name,
                about=found[0],
                help=f"Leave out {counted(found)}; a version in another language is "
                'rel="alternate".',
            )


_PREFIX = "og: https://ogp.me/ns#"
_CURLY = "“”„‟″"
_OPENS = frozenset(_CURLY)


def _is_suspect(attrs: Any) -> bool:
    """Whether a tag may be written so: a quick look before its places are asked for."""
    for name in ("content", "property", "name"):
        value = attrs.get(name)
        if value and value[0] in _OPENS:
            return True
    return False


class CurlyQuotesAroundValue(MarkupRule):
    """An attribute in curly quotation marks.

    ## What it does
    Reports metadata whose attributes are written with `“` or `”` for `"`, as word processors do.

    ## Why it matters
    Only `"` and `'` quote an attribute
    (https://html.spec.whatwg.org/multipage/syntax.html#attributes-2). The value ends at its first
    space, begins with the mark, and its other words are attributes that mean nothing; a name in
    such marks is no name.

    ## Fix
    Writes straight ones. Safe: what stands between them is what was meant.
    """

    code = "HTM009"
    name = "curly-quotes-around-value"
    severity = Severity.ERROR
    fix = "safe"
    bad = (
        Example(built({"og:title": '<meta property="og:title" content=”Man charged after harbour '
                                   'burglary”>'}), "news.html"),
        Example(built({"og:type": "<meta property=”og:type” content=”article”>"}), "news.html"),
    )  # fmt: skip
    good = (
        Example(built({"og:title": '<meta property="og:title" content="“4x4” taken - man charged">',
                       "title": "<title>“4x4” taken - man charged | Northbridge Police</title>"}),
                "news.html"),
    )  # fmt: skip

    def check(self, page: Page, context: Context) -> Iterable[Finding]:
        """One finding a page, at the first such value."""
        document = page.html
        if document is None:
            return
        found = [
            (tag, attribute)
            for tag in document.metas
            if _is_suspect(tag.given) and tag.where in ("head", "body")
            for attribute in tag.attributes
            if attribute.quote == "" and attribute.value[:1] in _OPENS
        ]
        if not found:
            return
        tag, first = found[0]
        name = _called(tag)
        edits: list[Edit] = []
        for one, attribute in found:
            edits += _straightened(page.source.text, one, attribute)
        mark = first.value[0]
        yield self.at_span(
            _whole(page.source.text, tag, first),
            f"{name or 'A tag'} is written with {mark} around its {first.name}, which HTML takes "
            "for a part of it: the value ends at the first space.",
            name=name or None,
            about=name,
            help='Write " around it.',
            related=[(_whole(page.source.text, t, a), "here, too") for t, a in found[1:SHOWN]],
            fix=editing(
                page,
                edits,
                "Write straight quotation marks",
                safe=True,
                names=[_called(tag) for tag, _ in found],
            ),
        )


def _called(tag: Tag) -> str:
    """What a tag names, in lower case, without the marks around it."""
    return (tag.get("property") or tag.get("name") or tag.get("rel") or "").strip(_CURLY).lower()


def _closing(text: str, tag: Tag, attribute: Attribute) -> int | None:
    """Where the mark stands that was meant to end the value."""
    end = tag.span.end
    for at in range(attribute.value_span.start + 1, end):
        if text[at] in _CURLY:
            return at
    return None


def _whole(text: str, tag: Tag, attribute: Attribute) -> Span:
    end = _closing(text, tag, attribute)
    start = attribute.value_span.start
    return Span(start, attribute.value_span.end if end is None else end + 1)


def _straightened(text: str, tag: Tag, attribute: Attribute) -> list[Edit]:
    start, end = attribute.value_span.start, _closing(text, tag, attribute)
    if end is None or '"' in text[start:end]:
        return []
    return [Edit(start, start + 1, '"'), Edit(end, end + 1, '"')]


class MissingPrefix(MarkupRule):
    """The page does not declare what `og:` means.

    ## What it does
    Reports a page with Open Graph properties whose `<html>` and `<head>` have no `prefix` with
    `og:`. Off unless selected: no platform asks for it.

    ## Why it matters
    The protocol's own example has it (https://ogp.me/#metadata), and RDFa readers that know no
    prefix by themselves need it. RDFa 1.1 knows `og` of itself, but neither `article` nor `fb`.

    ## Fix
    Adds it to `<html>`. Safe: it changes nothing else.
    """

    code = "HTM010"
    name = "missing-prefix"
    severity = Severity.NOTE
    on = False
    fix = "safe"
    bad = (Example(built(), "news.html", config={"extend-select": ["HTM010"]}),)
    good = (
        Example(built(html='<html lang="en-GB" prefix="og: https://ogp.me/ns#">'), "news.html",
                config={"extend-select": ["HTM010"]}),
    )  # fmt: skip

    def check(self, page: Page, context: Context) -> Iterable[Finding]:
        """One note, at the tag that would hold it."""
        document = page.html
        if document is None or "og" not in page.namespaces:
            return
        roots = [tag for tag in (document.html, document.head) if tag is not None]
        if any("og:" in (tag.get("prefix") or "").lower() for tag in roots):
            return
        written = [tag for tag in roots if tag.location is not None]
        edits = []
        if written:
            edits = [_declaring(written[0])]
        yield self.at_span(
            written[0].span if written else page.start,
            "The page does not declare what og: means.",
            help='Write <html prefix="og: https://ogp.me/ns#">.',
            fix=editing(page, edits, "Add the prefix", safe=True),
        )


def _declaring(tag: Tag) -> Edit:
    """What makes a tag declare og:, beside the prefixes that it declares already."""
    there = tag.attribute("prefix")
    if there is None:
        return Edit(tag.behind, tag.behind, f' prefix="{_PREFIX}"')
    if there.quote:
        at = there.value_span.start
        return Edit(at, at, f"{_PREFIX} " if there.value.strip() else _PREFIX)
    value = f"{_PREFIX} {there.value}".strip().replace("&", "&amp;").replace('"', "&quot;")
    return Edit(*there.span, f'prefix="{value}"')


RULES: tuple[type[MarkupRule], ...] = (
    WrongAttribute,
    CanonicalWithAttributes,
    CurlyQuotesAroundValue,
    MissingPrefix,
)
