"""The Open Graph protocol: what a page must say, and whether it says it as the protocol asks."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from ogcheck import vocabulary
from ogcheck.page import Page, Property
from ogcheck.problem import Finding, Severity
from ogcheck.rules.base import (
    Context,
    Example,
    Rule,
    inserting,
    quoted,
    replacing,
)
from ogcheck.rules.examples import SITE, post, release
from ogcheck.values import titles

_IMAGE_DROPPED = {
    "og.image.url": None, "og.image.alt": None, "og.image.width": None, "og.image.height": None,
}  # fmt: skip
_NO_SHARE = {
    **_IMAGE_DROPPED, "og.title": None, "og.type": None, "og.url": None, "og.description": None,
    "og.locale": None, "og.site.name": None,
}  # fmt: skip
_SCHEMA = {"SCH001": "folded into the rule's finding"}


def has_og(page: Page) -> bool:
    """Whether any og: property is written."""
    return "og" in page.namespaces


class NoShareMetadata(Rule):
    """A full share record without any og: property.

    ## What it does
    Says once that a page has no Open Graph metadata at all, where *missing-title* and its kin
    would say it four times.

    ## Why it matters
    Every platform then guesses: a card without an image, or none. WhatsApp lists og:title,
    og:description and og:url as required
    (developers.facebook.com/documentation/business-messaging/whatsapp/link-previews, May 2026).
    """

    code = "OG000"
    name = "no-share-metadata"
    severity = Severity.WARNING
    bad = (Example(release(_NO_SHARE)),)
    good = (
        Example(release()),
        Example(release({**_NO_SHARE, "draft": "true"})),
        Example(post("title: Bridge closed", "date: 2026-03-26")),
    )

    def check(self, page: Page, context: Context) -> Iterable[Finding]:
        """One finding, at the opening of the front matter."""
        if page.preset.full and page.is_asked() and not has_og(page):
            yield self.missing(
                page,
                "og",
                "The page has no Open Graph metadata: platforms guess its card or show none.",
                help="Add og:title, og:type, og:image and og:url, and og:description.",
            )


class _Missing(Rule):
    """The base of rules that ask for one property, where it is known to be absent."""

    wanted: str

    def check(self, page: Page, context: Context) -> Iterable[Finding]:
        """One finding where the page will not carry the property."""
        if not has_og(page) or not page.is_asked():
            return
        if page.derived(self.wanted).state == "absent":
            yield from self.absent(page, context)

    def absent(self, page: Page, context: Context) -> Iterator[Finding]:
        """What to say about it."""
        raise NotImplementedError


class MissingTitle(_Missing):
    """No og:title.

    ## What it does
    Reports a share record without og:title.

    ## Why it matters
    It is required by the protocol (https://ogp.me/#metadata) and by WhatsApp. Platforms fall back
    to the page's title, with the site's name in it, or show no card.
    """

    code = "OG001"
    name = "missing-title"
    severity = Severity.WARNING
    wanted = "og:title"
    bad = (Example(release({"og.title": None}), also=_SCHEMA),)
    good = (
        Example(release()),
        Example(post("title: Bridge closed", "og_image: https://www.northbridge.example/b.jpg")),
    )

    def absent(self, page: Page, context: Context) -> Iterator[Finding]:
        """At the og key."""
        title = page.written("page:title")
        related = [(title, "the page's title")] if title is not None else []
        yield self.missing(
            page,
            "og:title",
            "og:title is missing: platforms fall back to the page's title, or show no card.",
            help="Add og:title with the headline, without the site's name.",
            related=related,
        )


class MissingImage(_Missing):
    """No og:image.

    ## What it does
    Reports a share record that names no image.

    ## Why it matters
    It is required by the protocol (https://ogp.me/#metadata). Without it the card has no picture,
    or one that the platform picks from the page.
    """

    code = "OG002"
    name = "missing-image"
    severity = Severity.WARNING
    wanted = "og:image"
    bad = (Example(release(_IMAGE_DROPPED), also=_SCHEMA),)
    good = (
        Example(release()),
        Example(
            release(
                {**_IMAGE_DROPPED, "og.image.path": f"{SITE}/media/harbour.jpg",
                 "og.image.alt": "The harbour"}
            )
        ),
    )  # fmt: skip

    def absent(self, page: Page, context: Context) -> Iterator[Finding]:
        """At the og key."""
        yield self.missing(
            page,
            "og:image",
            "og:image is missing: the card has no picture, or one that the platform picks.",
            help="Add og:image with the absolute URL of a JPEG or PNG, 1200x630 for a large card.",
        )


class MissingUrl(_Missing):
    """No og:url.

    ## What it does
    Reports a share record without og:url.

    ## Why it matters
    It is the permanent id of the page (https://ogp.me/#metadata): without it every address under
    which the page is shared counts for itself. WhatsApp lists it as required.

    ## Fix
    Adds og:url with the page's canonical URL. Safe: that is what it stands for.
    """

    code = "OG003"
    name = "missing-url"
    severity = Severity.WARNING
    fix = "safe"
    wanted = "og:url"
    bad = (Example(release({"og.url": None}), also=_SCHEMA),)
    good = (Example(release()),)

    def absent(self, page: Page, context: Context) -> Iterator[Finding]:
        """At the og key, with the canonical URL beside it."""
        canonical = page.written("page:canonical")
        known = canonical is not None and canonical.share_url is not None
        fix = None
        if canonical is not None and known:
            fix = inserting(page, "og:url", canonical.meant, "Add og:url with the page's own URL",
                            safe=True)  # fmt: skip
        yield self.missing(
            page,
            "og:url",
            "og:url is missing: shares under the page's other addresses are counted apart.",
            help="Add og:url with the page's own URL.",
            related=[(canonical, "the page's own URL")] if canonical is not None and known else [],
            fix=fix,
        )


class MissingType(_Missing):
    """No og:type.

    ## What it does
    Notes a share record without og:type.

    ## Why it matters
    The protocol requires it, and says that a page without one is a `website`
    (https://ogp.me/#types), so that nothing of article:* counts.

    ## Fix
    Adds `article` where the page has a publication date, else `website`. Unsafe: a guess.
    """

    code = "OG004"
    name = "missing-type"
    severity = Severity.NOTE
    fix = "unsafe"
    wanted = "og:type"
    bad = (Example(release({"og.type": None})),)
    good = (Example(release()),)

    def absent(self, page: Page, context: Context) -> Iterator[Finding]:
        """At the og key."""
        kind = "article" if publication(page) is not None else "website"
        yield self.missing(
            page,
            "og:type",
            "og:type is missing: the page counts as a website.",
            help=f"Add og:type: {kind}.",
            fix=inserting(page, "og:type", kind, f"Add og:type: {kind}", safe=False),
        )


class MissingDescription(_Missing):
    """No og:description.

    ## What it does
    Notes a share record without og:description; a warning where the page has no description
    either, so that nothing can stand in.

    ## Why it matters
    WhatsApp lists it as required
    (developers.facebook.com/documentation/business-messaging/whatsapp/link-previews, May 2026),
    Meta asks for two to four sentences. Mastodon and others fall back to the page's description.
    """

    code = "OG005"
    name = "missing-description"
    severity = Severity.NOTE
    wanted = "og:description"
    bad = (Example(release({"og.description": None})),)
    good = (Example(release()),)

    def absent(self, page: Page, context: Context) -> Iterator[Finding]:
        """At the og key; worse where there is no page:description."""
        other = page.written("page:description")
        if other is not None and not other.is_blank:
            yield self.missing(
                page,
                "og:description",
                "og:description is missing; only some platforms fall back to the page's own.",
                help="Add og:description with one to four sentences.",
                related=[(other, "the page's description")],
            )
        else:
            yield self.missing(
                page,
                "og:description",
                "og:description is missing, and the page has no description that could stand in.",
                help="Add og:description with one to four sentences about this page.",
                severity=Severity.WARNING,
            )


class MissingSiteName(_Missing):
    """No og:site_name.

    ## What it does
    Notes a share record without og:site_name, and names the site if the configuration or the
    page's title tells its name.

    ## Why it matters
    Meta and Apple ask to keep the site's name out of og:title
    (developers.facebook.com/docs/sharing/webmasters; Apple TN3156): og:site_name is its place.

    ## Fix
    Adds the name. Unsafe: a person should look whether it is the site's name.
    """

    code = "OG006"
    name = "missing-site-name"
    severity = Severity.NOTE
    fix = "unsafe"
    wanted = "og:site_name"
    bad = (
        Example(release({"og.site.name": None}), config={"site-name": "Northbridge Police"}),
        Example(release({"og.site.name": None, "title": "Man charged after harbour burglary"})),
    )
    good = (Example(release()),)

    def absent(self, page: Page, context: Context) -> Iterator[Finding]:
        """At the og key."""
        name = context.site_name
        if name is None and (found := title_affix(page)) is not None:
            name = found[1].text
        fix = None
        if name is not None:
            fix = inserting(page, "og:site_name", name, f"Add og:site_name: {name}", safe=False)
        yield self.missing(
            page,
            "og:site_name",
            "og:site_name is missing: the card does not say whose page it is.",
            help=f"Add og:site_name: {name or 'the name of the site'}.",
            fix=fix,
        )


class MissingImageAlt(Rule):
    """An og:image without og:image:alt.

    ## What it does
    Notes each image of a share record that has no description.

    ## Why it matters
    "If the page specifies an og:image it should specify og:image:alt" is the only *should* of the
    protocol (https://ogp.me/#structured): it is what people hear who do not see the picture.
    """

    code = "OG007"
    name = "missing-image-alt"
    severity = Severity.NOTE
    reads = ("og:image", "og:image:url")
    bad = (Example(release({"og.image.alt": None})),)
    good = (
        Example(release()),
        Example(post("og_title: Bridge closed", "og_image: https://www.northbridge.example/b.jpg")),
    )

    def check(self, page: Page, context: Context) -> Iterable[Finding]:
        """One note an image object, at its URL."""
        if not page.is_asked() or page.derived("og:image:alt").state == "unknown":
            return
        described = {p.group for p in page.all("og:image:alt") if not p.is_blank}
        images: dict[tuple[int, ...], Property] = {}
        for prop in page.named(("og:image", "og:image:url")):
            if not prop.is_blank:
                images.setdefault(prop.group, prop)
        for group, prop in images.items():
            if group in described or (described and len(images) == 1):
                continue
            yield self.at(
                prop,
                "The image has no og:image:alt, which says what it shows to people who do not "
                "see it.",
                help="Add og:image:alt with a short description of the picture.",
            )


_PLACEHOLDERS = frozenset({"null", "undefined", "none", "nan", "[object object]"})
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

    A generator's own field without a value (`image:`) is absence, not emptiness.
    """

    code = "OG010"
    name = "empty-value"
    severity = Severity.ERROR
    bad = (
        Example(release({"og.title": "''"}), also={"SCH007": "folded into the rule's finding"}),
        Example(post("title: Bridge closed", "og_image: undefined")),
        Example(post("title: Bridge closed", "og_site_name: '  '"),
                also={"TXT013": "nothing but white space"}),
    )  # fmt: skip
    good = (
        Example(post("title: Bridge closed", "image:", "description:")),
        Example(post("title: None of the above", "og_title: None of the above")),
    )

    def check(self, page: Page, context: Context) -> Iterable[Finding]:
        """One finding a property."""
        for prop in page.properties:
            if prop.name.startswith("page:") or prop.name == "og:determiner":
                continue
            text = prop.value.strip()
            if text and text.lower() not in _PLACEHOLDERS:
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
            if not text or text in vocabulary.TYPES or text.lower() in _PLACEHOLDERS:
                continue
            if is_curie(text) or near_type(text) is not None:
                continue
            if text.lower() in vocabulary.LEGACY_TYPES:
                yield self.at(
                    prop,
                    f"og:type {quoted(text)} is of Open Graph 1.0, and not in the protocol today.",
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
    Changes og:type to the type that the properties belong to. Unsafe: the properties may be wrong.
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
        owner = ""
        for prop in page.properties:
            entry = vocabulary.PROPERTIES[prop.name]
            if not entry.owners or text in entry.owners or prop.is_blank:
                continue
            if text == "website" and prop.name in _FREE:
                continue
            owner = owner or (entry.owners[0] if len(entry.owners) == 1 else "")
            strangers.append(prop)
        if not strangers:
            return
        first, *others = strangers
        owners = " or ".join(vocabulary.PROPERTIES[first.name].owners[:3])
        fix = None
        if owner:
            fix = replacing(page, kind, owner, f"Change og:type to {owner}", safe=False)
        yield self.at(
            first,
            f"{first.name} belongs to og:type {owners}, and this page's is {kind.meant}: "
            "platforms ignore it.",
            help=f"Change og:type to {owner or owners}, or remove the property.",
            related=[(kind, "the page's type"), *((p, "this one too") for p in others)],
            fix=fix,
        )


_FREE = frozenset({"article:publisher", "article:author", "article:modified_time",
                   "article:content_tier"})  # fmt: skip


@dataclass(frozen=True, slots=True)
class DatedPage:
    """Which pages are none of these."""

    list_pages: tuple[str, ...] = field(
        default=("index", "_index", "home", "list", "archive"),
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
        stem = page.source.path.rsplit("/", 1)[-1].rsplit(".", 1)[0].lower()
        if dated is None or stem in self.options.list_pages:
            return
        address = page.written("page:canonical") or page.written("og:url")
        if address is not None and (url := address.share_url) is not None and url.is_root:
            return
        yield self.at(
            kind,
            "og:type is website on a page that has a publication date.",
            help="Write article, so that platforms read the date.",
            related=[(dated, "the publication date")],
            fix=replacing(page, kind, "article", "Change og:type to article", safe=False),
        )


def publication(page: Page) -> Property | None:
    """The page's date of publication, where it has one."""
    for name in ("page:published", "article:published_time"):
        found = page.written(name)
        if found is not None and not found.is_blank and found.kind != "boolean":
            return found
    return None


def is_curie(text: str) -> bool:
    """Whether ``text`` is a type of another vocabulary: ``namespace:type``."""
    import re

    return re.fullmatch(r"[A-Za-z][\w.\-]*:[A-Za-z][\w.\-]*", text) is not None


def near_type(text: str) -> str | None:
    """The protocol's type that ``text`` misspells; None if it is one, or near none."""
    if text in vocabulary.TYPES or not text:
        return None
    lower = text.lower()
    if lower in vocabulary.TYPES:
        return lower
    if lower in vocabulary.LEGACY_TYPES or is_curie(text) or len(text) < 4:
        return None
    return next((t for t in sorted(vocabulary.TYPES) if _one_edit(lower, t)), None)


def _one_edit(one: str, other: str) -> bool:
    """Whether one letter added, left out, changed or two swapped make ``other`` of ``one``."""
    if one == other or abs(len(one) - len(other)) > 1:
        return False
    i = 0
    while i < min(len(one), len(other)) and one[i] == other[i]:
        i += 1
    a, b = one[i:], other[i:]
    if len(a) == len(b):
        swapped = a[:2] == b[1::-1] if len(b) > 1 else False
        return a[1:] == b[1:] or (swapped and a[2:] == b[2:])
    return a[1:] == b if len(a) > len(b) else a == b[1:]


def title_affix(page: Page) -> tuple[Property, titles.Segment] | None:
    """The site's name as the page's titles tell it: which property carries it, and where.

    The segment's offsets are into the property's value. None where the titles do not differ by a
    name.
    """
    if "title affix" not in page.memo:
        page.memo["title affix"] = _title_affix(page)
    found: tuple[Property, titles.Segment] | None = page.memo["title affix"]
    return found


def _title_affix(page: Page) -> tuple[Property, titles.Segment] | None:
    title, share = page.written("page:title"), page.written("og:title")
    if title is None or share is None:
        return None
    for longer, shorter in ((title, share), (share, title)):
        found = titles.affix(longer.value, shorter.meant)
        if found is not None:
            return longer, found
    return None


RULES: tuple[type[Rule], ...] = (
    NoShareMetadata,
    MissingTitle,
    MissingImage,
    MissingUrl,
    MissingType,
    MissingDescription,
    MissingSiteName,
    MissingImageAlt,
    EmptyValue,
    UnknownType,
    TypeSpelling,
    PropertyOfAnotherType,
    TypeForDatedPage,
)
