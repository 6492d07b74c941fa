"""The og:type: whether there is such a type, and what belongs to it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import field

from ogcheck import vocabulary
from ogcheck.frozen import frozen
from ogcheck.page import Page, Property
from ogcheck.problem import Finding, Severity
from ogcheck.rules.base import (
    Context,
    Example,
    Rule,
    quoted,
    replacing,
)
from ogcheck.rules.dat_facts import iso_for_platforms, known_date
from ogcheck.rules.examples import post, release
from ogcheck.rules.page_facts import LIST_PAGES, PLACEHOLDERS, is_list_page, publication
from ogcheck.values.protocol import is_curie
from ogcheck.values.spelling import one_edit


class UnknownType(Rule):
    """An og:type that the protocol does not have.

    ## What it does
    Reports values of og:type that are no global type, no type of another vocabulary (written
    `namespace:type`) and no type of Open Graph 1.0; the last are a note.

    ## Why it matters
    A type that readers do not know is no type: they take the page for a `website`
    (https://ogp.me/#types).
    """

    code = "OG013"
    name = "unknown-type"
    severity = Severity.WARNING
    reads = ("og:type",)
    bad = (
        Example(release({"og.type": "news release"})),
        Example(release({"og.type": "product"})),
        Example(release({"og.type": "business.business"})),
    )
    good = (
        Example(release()),
        Example(release({"og.type": "newsroom:release"})),
        Example(release({"og.type": "video.movie", "article.published.time": None})),
    )

    def check(self, page: Page, context: Context) -> Iterable[Finding]:
        """One finding an og:type."""
        for prop in page.all("og:type"):
            text = prop.meant
            if not text or text in vocabulary.TYPES or text in PLACEHOLDERS:
                continue
            is_facebooks = text in vocabulary.FACEBOOK_TYPES
            if not is_facebooks and (is_curie(text) or near_type(text) is not None):
                continue
            if is_facebooks or text.lower() in vocabulary.LEGACY_TYPES:
                what = (
                    "a type of Facebook's, and not in the protocol"
                    if is_facebooks
                    else "of Open Graph 1.0, and not in the protocol today"
                )
                yield self.at(
                    prop,
                    f"og:type {quoted(text)} is {what}.",
                    severity=Severity.NOTE,
                    help="Write article or website, unless a reader of yours knows the type.",
                )
            else:
                yield self.at(
                    prop,
                    f"og:type {quoted(text)} is not in the protocol: the page counts as a website.",
                    help="Write article for a page with an author or a date, else website.",
                )


class TypeSpelling(Rule):
    """A misspelt og:type.

    ## What it does
    Reports types in capitals (`Article`) and those one letter away from a real one (`websiste`).

    ## Why it matters
    Types are compared letter by letter; `Article` is unknown, and the page counts as a `website`.

    ## Fix
    Writes the real type: safe where only capitals differ, else unsafe.
    """

    code = "OG014"
    name = "type-spelling"
    severity = Severity.WARNING
    fix = "safe"
    reads = ("og:type",)
    bad = (Example(release({"og.type": "Article"})), Example(release({"og.type": "artcle"})))
    good = (Example(release()), Example(release({"og.type": "newsroom:Article"})))

    def check(self, page: Page, context: Context) -> Iterable[Finding]:
        """One finding an og:type."""
        for prop in page.all("og:type"):
            text = prop.meant
            near = near_type(text)
            if near is None:
                continue
            only_case = text.lower() == near
            yield self.at(
                prop,
                f"og:type {quoted(text)} is misspelt: platforms do not know it, and the page "
                "counts as a website.",
                help=f"Write {near}.",
                fix=replacing(page, prop, near, f"Write {near}", safe=only_case),
            )


_FREE = frozenset({"article:publisher", "article:author", "article:modified_time",
                   "article:content_tier"})  # fmt: skip


class PropertyOfAnotherType(Rule):
    """A property that belongs to another og:type.

    ## What it does
    Reports, once a page, properties such as article:published_time on a page whose og:type is
    not `article`.

    ## Why it matters
    Readers take a type's properties only from pages of that type; Facebook's debugger answers
    "Objects of this type do not allow properties named" so. article:publisher, :author,
    :modified_time and :content_tier are read on any page, and are left alone on a `website`.

    ## Fix
    Changes og:type to the type that the properties belong to, where it is one. Unsafe: the
    properties may be wrong.
    """

    code = "OG015"
    name = "property-of-another-type"
    severity = Severity.WARNING
    fix = "unsafe"
    reads = ("og:type",)
    bad = (Example(release({"og.type": "website"})),)
    good = (
        Example(release()),
        Example(post("og_title: Bridge closed", "article_published_time: 2026-03-26")),
        Example(
            release({"og.type": "website", "article.published.time": None,
                     "article.modified.time": "2026-03-26", "publish.date": None})
        ),
    )  # fmt: skip

    def check(self, page: Page, context: Context) -> Iterable[Finding]:
        """One finding a page, at the first such property; the others are related."""
        kind = page.written("og:type")
        if kind is None:
            return
        text = kind.meant.lower()
        if text not in vocabulary.TYPES:
            return
        strangers: list[Property] = []
        kinds: list[tuple[str, ...]] = []
        for prop in page.properties:
            entry = vocabulary.PROPERTIES[prop.name]
            if not entry.owners or prop.is_blank or text == "website" and prop.name in _FREE:
                continue
            kinds.append(entry.owners)
            if text not in entry.owners:
                strangers.append(prop)
        if not strangers:
            return
        first, *others = strangers
        owners = " or ".join(vocabulary.PROPERTIES[first.name].owners[:3])
        owner = next((one[0] for one in kinds if len(one) == 1), "")
        fix, owns_all = None, owner != text and all(owner in one for one in kinds)
        if owns_all:
            fix = replacing(page, kind, owner, f"Change og:type to {owner}", safe=False)
        yield self.at(
            first,
            f"{first.name} belongs to og:type {owners}, and this page's is {kind.meant}: "
            "platforms ignore it.",
            help=f"Change og:type to {owner if owns_all else owners}, or remove the property.",
            related=[(kind, "the page's type"), *((p, "this one too") for p in others)],
            fix=fix,
        )


@frozen
class DatedPage:
    """Which pages are none of these."""

    list_pages: tuple[str, ...] = field(
        default=LIST_PAGES,
        metadata={"doc": "File names, without their endings, of pages that list others."},
    )


class TypeForDatedPage(Rule):
    """`website` on a page with a publication date.

    ## What it does
    Notes a page that has a date of publication and says og:type `website`.

    ## Why it matters
    The protocol keeps the date and the author of a page under `article` (https://ogp.me/#types);
    Pinterest shows them only for articles. Home and list pages are left alone.

    ## Fix
    Changes og:type to `article`. Unsafe: not every dated page is one.
    """

    code = "OG021"
    name = "type-for-dated-page"
    severity = Severity.NOTE
    fix = "unsafe"
    reads = ("og:type",)
    Options = DatedPage
    bad = (Example(release({"og.type": "website", "article.published.time": None})),)
    good = (
        Example(release()),
        Example(release({"og.type": "website", "article.published.time": None}), "news/_index.md"),
    )

    def check(self, page: Page, context: Context) -> Iterable[Finding]:
        """One note, at og:type."""
        kind = page.written("og:type")
        if kind is None or kind.meant.lower() != "website" or page.exempt is not None:
            return
        dated = publication(page)
        if dated is None or is_list_page(page, self.options.list_pages):
            return
        yield self.at(
            kind,
            lambda: (
                "og:type is website on a page that has a publication date.",
                _advice(page, dated, context.timezone),
            ),
            related=[(dated, "the publication date")],
            fix=replacing(page, kind, "article", "Change og:type to article", safe=False),
        )


def _advice(page: Page, dated: Property, timezone: str | None) -> str:
    """What to write beside the type: platforms read the date from article:published_time alone."""
    if page.written("article:published_time") is not None:
        return "Write article, so that platforms read the date."
    date = known_date(dated)
    written = None if date is None else iso_for_platforms(date, timezone)
    return "Write article, and add article:published_time" + (f": {written}." if written else
                                                              " with the date.")  # fmt: skip


def near_type(text: str) -> str | None:
    """The protocol's type that ``text`` misspells; None if it is one, or near none."""
    if text in vocabulary.TYPES or not text:
        return None
    lower = text.lower()
    if lower in vocabulary.TYPES:
        return lower
    if lower in vocabulary.LEGACY_TYPES or is_curie(text) or len(text) < 4:
        return None
    return next((t for t in sorted(vocabulary.TYPES) if one_edit(lower, t)), None)


RULES: tuple[type[Rule], ...] = (
    UnknownType,
    TypeSpelling,
    PropertyOfAnotherType,
    TypeForDatedPage,
)
