"""Whether the value of a property says something, and something of its type."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ogcheck import vocabulary
from ogcheck.page import Page, Property
from ogcheck.problem import Finding, Severity
from ogcheck.rules.base import (
    Context,
    Example,
    Rule,
    quoted,
)
from ogcheck.rules.examples import folded, post, release
from ogcheck.rules.page_facts import PLACEHOLDERS, says_something
from ogcheck.values import implicit, protocol

_LONGEST = max(map(len, PLACEHOLDERS))
_EMPTY_ERRORS = frozenset({"og:title", "og:type", "og:image", "og:image:url", "og:url"})

_EMPTY_WARNINGS = frozenset(
    f"og:{name}" for name in ("description", "site_name", "image:width", "image:height",
                              "video:width", "video:height")
)  # fmt: skip


class EmptyValue(Rule):
    """A property that is there and says nothing.

    ## What it does
    Reports values that are empty or blank, and `null`, `undefined`, `None`, `NaN` and
    `[object Object]`, which programs write where they have no value.

    ## Why it matters
    Many readers stop at the first og:title that they find, so an empty one is worse than none.
    Mastodon skips an image named `null` (link_details_extractor.rb) because so many pages have it.

    A generator's own field without a value (`image:`) is absence, not emptiness; so is the `null`
    of YAML and JSON, and a word that the page's title goes on behind (`NaN - JavaScript`).
    """

    code = "OG010"
    name = "empty-value"
    severity = Severity.ERROR
    bad = (
        Example(release({"og.title": "''"}), also=folded("SCH007")),
        Example(post("title: Bridge closed", "og_image: undefined")),
        Example(post("title: Bridge closed", "og_site_name: '  '")),
    )
    good = (
        Example(post("title: Bridge closed", "image:", "description:")),
        Example(post("title: None of the above", "og_title: None of the above")),
        Example(post("title: NaN in JavaScript", "twitter_site: null", "og_image: null")),
        Example(post("title: Nan", "og_title: Nan")),
    )

    def check(self, page: Page, context: Context) -> Iterable[Finding]:
        """One finding a property."""
        for prop in page.properties:
            text = prop.value.strip()
            if len(text) > _LONGEST or (text and text not in PLACEHOLDERS):
                continue
            if text and (_is_absence(page, prop) or _is_subject(page, prop, text)):
                continue
            if prop.name.startswith("page:") or prop.name in _MAY_BE_EMPTY:
                continue
            if prop.name in _EMPTY_ERRORS:
                severity = Severity.ERROR
            elif prop.name in _EMPTY_WARNINGS:
                severity = Severity.WARNING
            else:
                severity = Severity.NOTE
            what = (
                f"says {quoted(text)}, which a program wrote for no value" if text else "is empty"
            )
            yield self.at(
                prop,
                f"{prop.name} {what}.",
                severity=severity,
                help=f"Give {prop.name} a value, or leave it out.",
            )


def _is_absence(page: Page, prop: Property) -> bool:
    """Whether a value is none, to the generator; a full record leaves out what it has not."""
    return prop.node.kind == "null" and not page.preset.full


def _is_subject(page: Page, prop: Property, text: str) -> bool:
    """Whether the page's title goes on behind such a word, and is about it."""
    title = page.written("page:title")
    return title is not None and title is not prop and title.meant.startswith(f"{text} ")


_MAY_BE_EMPTY = frozenset({"og:determiner", "theme-color"})
"""An empty determiner says that there is none (https://ogp.me/#optional); a colour is no text."""

_BY_OTHERS = frozenset({"url", "locale", "type", "handle"})
"""Types that have rules of their own."""


def _judged() -> dict[str, str]:
    """The type of each property that this rule judges: whose type has no rule of its own."""
    table = {}
    for name, entry in vocabulary.PROPERTIES.items():
        dated = name.endswith(("_time", ":release_date")) and entry.type == "datetime"
        other = entry.status in ("page", "ld") or entry.type in _BY_OTHERS
        if other or dated or name == "twitter:card":
            continue
        if entry.type not in ("text", "id"):
            table[name] = entry.type
    return table


JUDGED = _judged()
"""The properties that *invalid-value* judges, and their types."""


class InvalidValue(Rule):
    """A value that is not of its property's type.

    ## What it does
    Judges values by the protocol's data types (https://ogp.me/#data_types) and by those of the
    properties that are read beside it: whole numbers above 0 for sizes, durations, tracks and
    discs; decimal numbers for prices; `true` and `false`; the members of an enumeration; MIME
    types by their form; ISBNs with their check digit; currencies by ISO 4217; dates that no rule
    of dates reads; and addresses of profiles. The published schema `open-graph` says the same.

    Addresses, locales, og:type and accounts have rules of their own.

    ## Why it matters
    A reader that asks for a number and gets `1200px` has no number. article:author and
    article:publisher with an id or a name are a note: Facebook wants the URL of a profile there,
    Pinterest an author's name (surniaulula.com, 2014; Pinterest's rich pins), and no value serves
    both.
    """

    code = "OG016"
    name = "invalid-value"
    severity = Severity.ERROR
    reads = tuple(JUDGED)
    bad = (
        Example(release({"og.image.width": "1200px"}), also=folded("SCH005")),
        Example(release({"og.image.type": "jpg"})),
        Example(release({"og.determiner": "der"})),
        Example(release({"article.author": "Jane Doe"})),
        Example(post("og_title: The bridge", "og_type: book", "book_isbn: 978-0-306-40615-8")),
    )
    good = (
        Example(release()),
        Example(release({"og.image.width": "1200", "og.image.type": "image/jpeg"})),
        Example(release({"og.determiner": "''"})),
        Example(release({"article.author": "https://www.facebook.com/northbridge"})),
        Example(post("og_title: The bridge", "og_type: book", "book_isbn: 978-0-306-40615-7")),
    )

    def check(self, page: Page, context: Context) -> Iterable[Finding]:
        """One finding a property."""
        for prop in page.properties:
            kind = JUDGED.get(prop.name)
            if kind is None or not says_something(prop):
                continue
            if kind == "byline":
                yield from self._byline(prop)
                continue
            fault = protocol.fault(kind, _text(prop))
            if fault is not None:
                yield self.at(
                    prop,
                    f"{prop.name} {quoted(prop.meant)} {fault.says}.",
                    help=fault.advice,
                )

    def _byline(self, prop: Property) -> Iterator[Finding]:
        text = prop.meant
        if prop.share_url is not None:
            return
        what = "an id" if text.isdecimal() else "no profile's URL"
        if prop.name == "article:author":
            message = (
                f"article:author is {what}: Facebook wants the URL of a profile, Pinterest the "
                "author's name."
            )
            advice = "Write the URL of the author's profile, unless Pinterest counts more for you."
        else:
            message = (
                f"{prop.name} is {what}: Facebook wants the URL of the publisher's page. Names "
                "are for Pinterest, which takes them from article:author."
            )
            advice = "Write the URL of the publisher's page on Facebook."
        yield self.at(prop, message, severity=Severity.NOTE, help=advice)


def _text(prop: Property) -> str:
    """The value as a generator writes it that has read it with its type."""
    if prop.kind == "number":
        return implicit.shown(prop.meant, "number")
    if prop.kind == "boolean":
        return implicit.shown(prop.meant, "boolean")
    return prop.meant


RULES: tuple[type[Rule], ...] = (
    EmptyValue,
    InvalidValue,
)
