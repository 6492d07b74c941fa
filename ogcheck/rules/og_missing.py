"""What a share record must say: what platforms require, where it is known to be absent."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ogcheck.page import Page, Property
from ogcheck.problem import Finding, Severity
from ogcheck.rules.base import (
    Context,
    Example,
    Fixer,
    Rule,
    inserting,
    together,
)
from ogcheck.rules.examples import (
    CARD,
    CARD_PICTURE,
    SITE,
    STATIC,
    folded,
    post,
    release,
)
from ogcheck.rules.image_files import ImageFileRule, local_images
from ogcheck.rules.looks import has_og, is_asked
from ogcheck.rules.page_facts import is_list_page, publication, site_name
from ogcheck.values import url_parts

_IMAGE_DROPPED = {
    "og.image.url": None, "og.image.alt": None, "og.image.width": None, "og.image.height": None,
}  # fmt: skip

_NO_SHARE = {
    **_IMAGE_DROPPED, "og.title": None, "og.type": None, "og.url": None, "og.description": None,
    "og.locale": None, "og.site.name": None,
}  # fmt: skip


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
    where = (is_asked,)
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

    where = (is_asked, has_og)

    def check(self, page: Page, context: Context) -> Iterable[Finding]:
        """One finding where the page will not carry the property."""
        known = page.by_name.get(self.lacks)
        if known is not None and known[0].kind != "null":
            return
        if not has_og(page) or not page.is_asked():
            return
        if page.derived(self.lacks).state == "absent":
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
    lacks = "og:title"
    where = (is_asked, has_og)
    bad = (Example(release({"og.title": None}), also=folded("SCH001")),)
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
    lacks = "og:image"
    where = (is_asked, has_og)
    bad = (Example(release(_IMAGE_DROPPED), also=folded("SCH001")),)
    good = (
        Example(release()),
        Example(
            release(
                {**_IMAGE_DROPPED, "og.image.path": f"{SITE}/media/harbour.jpg",
                 "og.image.alt": "The harbour", "og.image.width": "1200",
                 "og.image.height": "630"}
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
    lacks = "og:url"
    where = (is_asked, has_og)
    bad = (Example(release({"og.url": None}), also=folded("SCH001")),)
    good = (Example(release()),)

    def absent(self, page: Page, context: Context) -> Iterator[Finding]:
        """At the og key, with the canonical URL beside it."""
        canonical = page.written("page:canonical")
        known = canonical is not None and canonical.share_url is not None
        fix = None
        if (
            canonical is not None
            and known
            and not url_parts.unescaped(canonical.meant, image=False)
        ):
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
    Adds `article` where the page has a publication date, or is a release and no list of them, else
    `website`. Unsafe: a guess.
    """

    code = "OG004"
    name = "missing-type"
    severity = Severity.NOTE
    fix = "unsafe"
    lacks = "og:type"
    where = (is_asked, has_og)
    bad = (Example(release({"og.type": None})),)
    good = (Example(release()),)

    def absent(self, page: Page, context: Context) -> Iterator[Finding]:
        """At the og key."""
        # Releases of some newsrooms keep their date under keys that no preset knows.
        is_release = page.preset.full and page.preset.schema == "release" and not is_list_page(page)
        kind = "article" if is_release or publication(page) is not None else "website"
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
    lacks = "og:description"
    where = (is_asked, has_og)
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
    lacks = "og:site_name"
    where = (is_asked, has_og)
    bad = (
        Example(release({"og.site.name": None}), config={"site-name": "Northbridge Police"}),
        Example(release({"og.site.name": None, "title": "Man charged after harbour burglary"})),
    )
    good = (Example(release()),)

    def absent(self, page: Page, context: Context) -> Iterator[Finding]:
        """At the og key."""
        name = context.site_name
        if name is None:
            name = site_name(page)
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
    where = (is_asked,)
    bad = (Example(release({"og.image.alt": None})),)
    good = (
        Example(release()),
        Example(post("og_title: Bridge closed", "og_image: https://www.northbridge.example/b.jpg")),
    )

    def check(self, page: Page, context: Context) -> Iterable[Finding]:
        """One note an image object, at its URL."""
        if not page.is_asked() or _may_be_derived(page, "og:image:alt"):
            return
        # One that is empty is *empty-value*.
        described = {p.group for p in page.all("og:image:alt")}
        images = _objects(page, "og:image")
        for group, prop in images.items():
            if group in described or (described and len(images) == 1):
                continue
            yield self.at(
                prop,
                "The image has no og:image:alt, which says what it shows to people who do not "
                "see it.",
                help="Add og:image:alt with a short description of the picture.",
            )


class MissingImageSize(ImageFileRule):
    """An image or a video without its width and height.

    ## What it does
    Notes each og:image and og:video of a share record that does not say how wide and how high it
    is.

    ## Why it matters
    Facebook's crawler fetches an image only after the page has been shared for the first time, and
    shows none until then, unless the page says the size
    (developers.facebook.com/docs/sharing/webmasters/images, June 2026: declare it so that the
    image "loads properly the first time it's shared"). Discord may drop an image without it (the
    draft of its documentation, discord-api-docs pull request 8606, September 2026). For videos Meta
    lists width and height as required.

    ## Fix
    Adds the size of the image's file, where it is found on disk and is the page's only one. Safe:
    it is what the image is.
    """

    code = "OG008"
    name = "missing-image-size"
    severity = Severity.NOTE
    fix = "safe"
    reads = ("og:image", "og:image:url", "og:video", "og:video:url")
    where = (is_asked,)
    bad = (
        Example(release({"og.image.width": None, "og.image.height": None})),
        Example(release({"og.image.height": None})),
        Example(
            release({"og.image.width": None, "og.image.height": None}),
            config=STATIC,
            files={CARD: CARD_PICTURE},
        ),
        Example(release({"og.video.url": f"{SITE}/media/harbour.mp4", "og.video.width": "1280"})),
    )
    good = (
        Example(release()),
        Example(post("og_title: Bridge closed", "og_image: https://www.northbridge.example/b.jpg")),
        Example(
            release({"og.video.url": f"{SITE}/media/harbour.mp4", "og.video.width": "1280",
                     "og.video.height": "720"})
        ),
    )  # fmt: skip

    def check(self, page: Page, context: Context) -> Iterable[Finding]:
        """One note an image or video, at its URL."""
        if not page.is_asked():
            return
        for root, reader in (
            ("og:image", "Facebook shows it from the second share on, and Discord may drop it"),
            ("og:video", "Facebook does not play it in the card"),
        ):
            objects = _objects(page, root)
            if not objects:
                continue
            sides = [
                side for side in ("width", "height")
                if not _may_be_derived(page, f"{root}:{side}")
            ]  # fmt: skip
            sized = {side: {p.group for p in page.all(f"{root}:{side}")} for side in sides}
            for group, prop in objects.items():
                lacking = [
                    f"{root}:{side}" for side in sides
                    if group not in sized[side] and not (sized[side] and len(objects) == 1)
                ]  # fmt: skip
                if lacking:
                    names = " and ".join(lacking)
                    yield self.at(
                        prop,
                        f"The {root.removeprefix('og:')} has no {names}: {reader}.",
                        about=names,
                        help=f"Add {names}, in pixels.",
                        fix=_sizing(page, context, prop, lacking) if len(objects) == 1 else None,
                    )


def _sizing(page: Page, context: Context, prop: Property, lacking: list[str]) -> Fixer | None:
    """The fix that adds the sides that an image lacks, from its file; None where it has none."""
    image = next(
        (
            one.published
            for one in local_images(page, context)
            if any(known is prop for known in (one.prop, *one.further))
        ),
        None,
    )
    if image is None or image.format == "svg" or image.width is None or image.height is None:
        return None
    sides = {"og:image:width": image.width, "og:image:height": image.height}
    return together(
        *(
            inserting(page, name, str(sides[name]), "Add the size of the file", safe=True)
            for name in lacking
        )
    )


def _may_be_derived(page: Page, name: str) -> bool:
    """It is not known whether the page will carry it; a full record leaves nothing open."""
    return not page.preset.full and page.derived(name).state == "unknown"


def _objects(page: Page, root: str) -> dict[tuple[int, ...], Property]:
    """The address of each image or video of the page, by its group."""
    known: dict[tuple[int, ...], Property] | None = page.memo.get(("objects", root))
    if known is None:
        known = page.memo["objects", root] = {}
        for prop in page.named((root, f"{root}:url")):
            if not prop.is_blank:
                known.setdefault(prop.group, prop)
    return known


RULES: tuple[type[Rule], ...] = (
    NoShareMetadata,
    MissingTitle,
    MissingImage,
    MissingUrl,
    MissingType,
    MissingDescription,
    MissingSiteName,
    MissingImageAlt,
    MissingImageSize,
)
