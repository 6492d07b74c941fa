"""Where metadata stands in the page: in the head or not, how far into it, before its encoding."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from itertools import takewhile
from typing import TYPE_CHECKING

from ogcheck import platforms, vocabulary
from ogcheck.page import Page, Property
from ogcheck.problem import Finding, Severity
from ogcheck.rules.base import Context, Example
from ogcheck.rules.examples import TAGS, built
from ogcheck.rules.htm_base import SHOWN, MarkupRule, counted, sentence

if TYPE_CHECKING:
    from ogcheck.document import Document, Tag

_SHARED = frozenset({"og", "article", "twitter", "fb", "book", "profile", "music", "video"})
_OF_THE_HEAD = frozenset(
    name
    for name in vocabulary.PROPERTIES
    if name in ("page:title", "page:description", "page:canonical")
    or name.partition(":")[0] in _SHARED
)


_ON_CARDS = frozenset(
    "og:title og:description og:image og:image:url og:image:secure_url og:url og:site_name "
    "twitter:card twitter:title twitter:description twitter:image".split()
)
"""What platforms make a card of."""


_MOST_BYTES = 4
"""Of a character, in every encoding of the web."""


def _placed(page: Page) -> list[tuple[Property, Tag]]:
    """The share metadata that stands in tags of the head's kind, in the order of the page.

    Microdata may stand anywhere.
    """
    if "placed" not in page.memo:
        page.memo["placed"] = [
            (prop, tag)
            for prop in page.properties
            if prop.name in _OF_THE_HEAD
            and (tag := prop.tag) is not None
            and prop.attribute != "itemprop"
        ]
    found: list[tuple[Property, Tag]] = page.memo["placed"]
    return found


class MetadataInBody(MarkupRule):
    """Metadata that stands in the body.

    ## What it does
    Reports share metadata, description, title and canonical link that a browser's tree has in
    `<body>`, and says what closed the head before them: an `<img>`, a `<div>`, an `<iframe>`, a
    text. A `<noscript>` in the head closes nothing where scripts run, as in browsers; `<template>`,
    comments and SVG hold no metadata. What stands in the head as well is left alone.

    ## Why it matters
    "An invalid element inside `<head>`" ends it for Google, which reads no canonical behind
    (developers.google.com/search/docs/crawling-indexing/valid-page-metadata); WhatsApp reads its
    tags in `<head>` only (developers.facebook.com/documentation/business-messaging/whatsapp/
    link-previews, May 2026). The canonical link is ignored in a body
    (https://html.spec.whatwg.org/multipage/links.html#link-type-canonical), so that one is an
    error.
    """

    code = "HTM002"
    name = "metadata-in-body"
    severity = Severity.WARNING
    bad = (
        Example(built({"twitter:card": f'<img src="/pixel.gif" alt="">{TAGS["twitter:card"]}'}),
                "news.html"),
        Example(built({"canonical": None}, body=f"{TAGS['canonical']}<p>A man was charged.</p>"),
                "news.html"),
    )  # fmt: skip
    good = (
        Example(built(), "news.html"),
        Example(built(first='<noscript><img src="/pixel.gif" alt=""></noscript>'), "news.html"),
        Example(built(body='<div itemscope><meta itemprop="name" content="Harbour"></div>'),
                "news.html"),
    )  # fmt: skip

    def check(self, page: Page, context: Context) -> Iterable[Finding]:
        """One finding a page, at the first tag; what closed the head is related."""
        document = page.html
        if document is None:
            return
        placed = _placed(page)
        away = [(p, tag) for p, tag in placed if not tag.is_in_head and _is_in_body(tag)]
        if not away:
            return
        said = {(p.name, p.meant) for p, tag in placed if not _is_in_body(tag)}
        away = [(p, tag) for p, tag in away if (p.name, p.meant) not in said]
        if not away:
            return
        canonical = [(p, tag) for p, tag in away if p.name == "page:canonical"]
        first, tag = (canonical or away)[0]
        names = sentence(counted(p.name for p, _ in away))
        verb = "stands" if len({p.name for p, _ in away}) == 1 else "stand"
        closer = document.closer
        related = [(other.span, p.name) for p, other in away if other is not tag][:SHOWN]
        why, advice = "", "Write it into the head."
        if closer is not None and closer.span.start < tag.span.start:
            what = f"<{closer.name}>" if closer.name else "a text"
            line = page.source.position(closer.span.start).line
            why = f", because {what} on line {line} closes the head"
            advice = f"Move {what} into the body."
            related.insert(0, (closer.span, f"{what} closes the head"))
        yield self.at_span(
            tag.span,
            f"{names} {verb} in the body{why}: Google and WhatsApp read the head only.",
            name=first.name,
            pointer=first.pointer,
            about=closer.name if why and closer is not None else first.value,
            severity=Severity.ERROR if canonical else None,
            help=advice,
            related=related,
        )


def _is_in_body(tag: Tag) -> bool:
    return not tag.is_in_head and tag.where == "body"


_STYLES = f"<style>/*{'-' * 300_000}*/</style>"  # once: it costs at every start
_STYLES_FIRST = built({"title": f"{TAGS['title']}\n  {_STYLES}"})


class MetadataTooLate(MarkupRule):
    """Metadata further into the page than a platform reads.

    ## What it does
    Counts the bytes before the end of each Open Graph tag, and names the platforms that have
    stopped reading there. A warning where the platform says so itself, a note for what others
    report of it.

    ## Why it matters
    WhatsApp reads the first 300 KB (developers.facebook.com/documentation/business-messaging/
    whatsapp/link-previews, May 2026); Facebook's crawler asks for 512 KB, and reads 1 MB at most
    (developers.facebook.com/docs/sharing/webmasters/crawler), as do Apple, Mastodon and Signal.
    Slack is reported to read 32 KB. Scripts and styles that are written into the head stand before
    the tags.
    """

    code = "HTM003"
    name = "metadata-too-late"
    severity = Severity.WARNING
    bad = (Example(_STYLES_FIRST, "news.html"),)
    good = (
        Example(built(last=_STYLES), "news.html"),
        Example(_STYLES_FIRST, "news.html", config={"platforms": ["X", "Facebook"]}),
    )

    def check(self, page: Page, context: Context) -> Iterable[Finding]:
        """One finding a page, at the first tag that is not read."""
        document = page.html
        facts = _limits(context.platforms)
        if document is None or not facts:
            return
        least = facts[0].value
        if len(page.source.text) * _MOST_BYTES <= least:
            return
        tags = [(p, tag) for p, tag in _placed(page) if p.name in _ON_CARDS]
        late: list[tuple[Property, Tag, int]] = []
        for prop, tag in reversed(tags):  # mostly the last one is early enough
            end = tag.span.end
            if end * _MOST_BYTES <= least or (size := document.bytes_before(end)) <= least:
                break
            late.append((prop, tag, size))
        if not late:
            return
        last = late[0][2]
        missed = sorted((f for f in facts if f.value < last), key=lambda f: f.value)
        firm = [f for f in missed if f.firm]
        # It is said at the first tag that the strictest platform does not read.
        least = (firm or missed)[0].value
        unread = [one for one in reversed(late) if one[2] > least]
        first, tag, size = unread[0]
        names = counted(p.name for p, _, _ in unread)
        limits = counted(f"{f.platform} ({f.value:,.0f})" for f in firm or missed if f.value < size)
        yield self.at_span(
            tag.span,
            f"{names}: {size:,} bytes of the page come before the end of this tag, more than are "
            f"read by {limits}.",
            name=first.name,
            pointer=first.pointer,
            about="",
            severity=None if firm else Severity.NOTE,
            help="Write the share metadata at the beginning of the head, before scripts and "
            "styles.",
        )


@lru_cache(maxsize=64)
def _limits(wanted: tuple[str, ...]) -> tuple[platforms.Fact, ...]:
    """How many bytes of a page these platforms read, the fewest first."""
    facts = [
        *platforms.facts("page bytes", wanted),
        *platforms.facts("page bytes first", wanted),
    ]
    return tuple(sorted(facts, key=lambda fact: fact.value))


class CharsetAfterMetadata(MarkupRule):
    """The page says how it is encoded after its metadata.

    ## What it does
    Reports a `<meta charset>` behind metadata that holds characters beyond ASCII, a note where
    there are none. Notes a page with such characters that declares no encoding at all: the server
    may declare it. References (`&uuml;`) are ASCII.

    ## Why it matters
    A reader that does not look ahead reads the title in another encoding: Discord's cards had
    broken letters so (scala/scala-lang pull request 1292). The standard wants the declaration
    within the first 1024 bytes
    (https://html.spec.whatwg.org/multipage/semantics.html#charset).
    """

    code = "HTM004"
    name = "charset-after-metadata"
    severity = Severity.WARNING
    bad = (
        Example(built({"charset": None, "title": "<title>Café geschlossen</title>",
                       "og:title": '<meta property="og:title" content="Café geschlossen">'},
                      last=str(TAGS["charset"])), "news.html"),
        Example(built({"charset": None}, last=str(TAGS["charset"])), "news.html"),
        Example(built({"charset": None, "title": "<title>Café geschlossen</title>",
                       "og:title": '<meta property="og:title" content="Café geschlossen">'}),
                "news.html"),
    )  # fmt: skip
    good = (
        Example(built(), "news.html"),
        Example(built({"charset": None}), "news.html"),
    )  # fmt: skip

    def check(self, page: Page, context: Context) -> Iterable[Finding]:
        """One finding a page: at the declaration, else at the head."""
        document = page.html
        if document is None or document.encoding_origin == "bom":
            return
        declared = document.charset.tag
        if declared is None:
            if document.encoding_origin != "xml" and not page.source.text.isascii():
                yield from self._undeclared(page, document)
            return
        at = _order(declared)
        earlier = takewhile(lambda placed: _order(placed[1]) < at, _placed(page))
        before = [(p, tag) for p, tag in earlier if vocabulary.is_text(p.name)]
        if not before:
            return
        beyond = [(p, tag) for p, tag in before if not _raw(page, tag).isascii()]
        first = (beyond or before)[0][0]
        yield self.at_span(
            declared.span,
            f"The encoding is declared after {counted(p.name for p, _ in beyond or before)}"
            + (f", which {_hold(beyond)} characters beyond ASCII: Discord is known to break them."
               if beyond else "."),
            name=first.name,
            about="",
            severity=None if beyond else Severity.NOTE,
            help="Write the declaration first in the head.",
            related=[(tag.span, p.name) for p, tag in (beyond or before)[:SHOWN]],
        )  # fmt: skip

    def _undeclared(self, page: Page, document: Document) -> Iterable[Finding]:
        beyond = [(p, tag) for p, tag in _placed(page) if not _raw(page, tag).isascii()]
        if not beyond:
            return
        head = document.head
        place = head.span if head is not None and head.location is not None else page.start
        yield self.at_span(
            place,
            f"The page declares no encoding, and {counted(p.name for p, _ in beyond)} "
            f"{_hold(beyond)} characters beyond ASCII.",
            about="",
            severity=Severity.NOTE,
            help='Write <meta charset="utf-8"> first in the head, unless the server says it.',
        )


def _order(tag: Tag) -> tuple[int, int]:
    """What tells which of two tags stands first, and costs less than their places."""
    return tag.element.source_line or 0, tag.element.source_col or 0


def _hold(found: list[tuple[Property, Tag]]) -> str:
    return "holds" if len({p.name for p, _ in found}) == 1 else "hold"


def _raw(page: Page, tag: Tag) -> str:
    end = tag.end if tag.name == "title" else tag.span.end
    return page.source.text[tag.span.start : end]


RULES: tuple[type[MarkupRule], ...] = (MetadataInBody, MetadataTooLate, CharsetAfterMetadata)
