"""What the metadata says of its images: their size, their secure address, their description."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import field
from typing import NamedTuple

from ogcheck import platforms, vocabulary
from ogcheck.frozen import frozen
from ogcheck.page import Page, Property
from ogcheck.problem import Finding, Severity
from ogcheck.rules.base import Context, Example, Rule, quoted
from ogcheck.rules.examples import SITE, post, release
from ogcheck.rules.img import has_small_card, path_of
from ogcheck.rules.page_facts import once_each, twins
from ogcheck.values import image_urls, titles

_ROOTS = ("og:image", "og:image:url")


class Size(NamedTuple):
    """What is declared of one image."""

    group: tuple[int, ...]
    width: Property | None
    height: Property | None


def sizes(page: Page) -> Iterator[Size]:
    """What the page declares of its images, one by one."""
    groups = dict.fromkeys(p.group for p in page.named(("og:image:width", "og:image:height")))
    for group in groups:
        sides = []
        for name in ("og:image:width", "og:image:height"):
            found = [p for p in page.all(name) if p.group == group]
            sides.append(found[0] if found else None)
        yield Size(group, *sides)


def pixels(prop: Property | None) -> int | None:
    """The number; none for what is no positive integer, which OG016 says."""
    if prop is None or not prop.meant.isascii() or not prop.meant.isdigit():
        return None
    return int(prop.meant[:9]) or None


class DeclaredSizeTooSmall(Rule):
    """An image that is declared smaller than a large card.

    ## What it does
    Compares og:image:width and og:image:height with the size below which Facebook shows no large
    card. A note with a `summary` card, which is small.

    ## Why it matters
    Below 600 by 315 pixels Facebook shows a small square beside the text
    (developers.facebook.com/docs/sharing/webmasters/images), below 200 by 200 no image at all.
    """

    code = "IMG004"
    name = "declared-size-too-small"
    severity = Severity.WARNING
    reads = ("og:image:width", "og:image:height")
    bad = (
        Example(release({"og.image.width": "'400'", "og.image.height": "'300'"})),
        Example(post(f"og_image: {SITE}/a.jpg", "og_image_width: 320")),
    )
    good = (
        Example(release()),
        Example(post(f"og_image: {SITE}/a.jpg", "og_image_width: 600", "og_image_height: 315")),
    )

    def check(self, page: Page, context: Context) -> Iterable[Finding]:
        """One finding an image, at the side that is too short."""
        large = {
            side: platforms.value("Facebook", f"image large {side}") for side in ("width", "height")
        }
        for size in sizes(page):
            short = [
                (prop, large[side])
                for side, prop in (("width", size.width), ("height", size.height))
                if prop is not None and (pixels(prop) or large[side].value) < large[side].value
            ]
            if not short or "Facebook" not in context.platforms:
                continue
            prop, fact = short[0]
            yield self.at(
                prop,
                f"The image is declared {prop.meant} pixels {_SIDES[prop.name]}, below "
                f"{fact.platform}'s large card of {large['width'].value:g}x"
                f"{large['height'].value:g}.",
                severity=Severity.NOTE if has_small_card(page) else None,
                help="Use a larger picture: {:g}x{:g}.".format(*recommended()),
                related=[(other, "this side, too") for other, _ in short[1:]],
            )


_SIDES = {"og:image:width": "wide", "og:image:height": "high"}


def recommended() -> tuple[float, float]:
    """Width and height that Facebook asks for."""
    return (
        platforms.value("Facebook", "image recommended width").value,
        platforms.value("Facebook", "image recommended height").value,
    )


@frozen
class Ratios:
    """Which shapes of an image are left alone."""

    least: float = field(
        default=1.0, metadata={"doc": "The least width by height that is left alone."}
    )
    most: float = field(
        default=2.4, metadata={"doc": "The greatest width by height that is left alone."}
    )


class DeclaredRatio(Rule):
    """An image whose declared shape is far from that of a card.

    ## What it does
    Notes images that are declared higher than wide, or more than 2.4 times as wide as high. The
    bounds are options. Nothing is said with a `summary` card, whose picture is a square.

    ## Why it matters
    Cards are 1.91 to 1 (developers.facebook.com/docs/sharing/webmasters/images): the rest of the
    picture is cut away, mostly heads.
    """

    code = "IMG005"
    name = "declared-ratio"
    severity = Severity.NOTE
    Options = Ratios
    reads = ("og:image:width",)
    bad = (
        Example(release({"og.image.width": "'800'", "og.image.height": "'1200'"})),
        Example(release({"og.image.width": "'3000'", "og.image.height": "'630'"})),
    )
    good = (
        Example(release()),
        Example(release({"og.image.width": "'1200'", "og.image.height": "'1200'"})),
    )

    def check(self, page: Page, context: Context) -> Iterable[Finding]:
        """One note an image, at its width."""
        if has_small_card(page):
            return
        for size in sizes(page):
            width, height = pixels(size.width), pixels(size.height)
            if size.width is None or size.height is None or width is None or height is None:
                continue
            if self.options.least <= width / height <= self.options.most:
                continue
            fact = platforms.value("Facebook", "image ratio")
            yield self.at(
                size.width,
                f"The image is declared {width}x{height}; cards are {fact.value:g} to 1, and cut "
                f"away what is {'below' if width < height else 'beside'} that.",
                help="Use a picture of about {:g}x{:g}.".format(*recommended()),
                related=[(size.height, "its height")],
            )


class SecureUrlMismatch(Rule):
    """A secure_url that is not https.

    ## What it does
    Reports og:image:secure_url, og:video:secure_url and og:audio:secure_url with an http: address.

    ## Why it matters
    The property is "an alternate url to use if the webpage requires HTTPS"
    (https://ogp.me/#structured): with http: it is no alternate. Another host, or another picture,
    is legal.
    """

    code = "IMG006"
    name = "secure-url-mismatch"
    severity = Severity.WARNING
    reads = ("og:image:secure_url", "og:video:secure_url", "og:audio:secure_url")
    bad = (
        Example(
            post(
                f"og_image: {SITE}/a.jpg",
                "og_image_secure_url: http://www.northbridge.example/a.jpg",
            )
        ),
    )
    good = (
        Example(
            post(f"og_image: {SITE}/a.jpg", "og_image_secure_url: https://cdn.example/other.jpg")
        ),
    )

    def check(self, page: Page, context: Context) -> Iterable[Finding]:
        """One finding an address."""
        for prop in page.named(self.reads):
            url = prop.share_url
            if url is not None and url.scheme == "http" and not url.is_private:
                start = prop.trimmed()[0]
                yield self.at(
                    prop,
                    f"{prop.name} is an http: address, and is there for https.",
                    part=(start, start + len("http")),
                    help="Write the https: address, or leave it out.",
                )


class AltIsNotADescription(Rule):
    """An image description that describes nothing.

    ## What it does
    Notes og:image:alt and twitter:image:alt that are the name of an image file, or the page's
    title again. On a person's profile (og:type `profile`) the title may be who is seen, and is left
    alone.

    ## Why it matters
    og:image:alt is "a description of what is in the image (not a caption)"
    (https://ogp.me/#structured). A screen reader reads the title twice, or a row of numbers.
    """

    code = "IMG007"
    name = "alt-is-not-a-description"
    severity = Severity.NOTE
    reads = ("og:image:alt", "twitter:image:alt")
    bad = (
        Example(release({"og.image.alt": "DSC_0421.JPG"})),
        Example(release({"og.image.alt": "Man charged after harbour burglary"})),
        Example(release({"og.image.alt": "harbour-workshops"})),
    )
    good = (
        Example(release()),
        Example(release({"og.image.alt": "Harbour workshops"})),
        Example(post("og_type: profile", "og_title: Jane Doe", "og_image_alt: Jane Doe",
                     f"og_image: {SITE}/a.jpg")),
    )  # fmt: skip

    def check(self, page: Page, context: Context) -> Iterable[Finding]:
        """One note a description."""
        kind = page.written("og:type")
        heads = [p for p in page.named(("og:title", "page:title", "twitter:title")) if p.meant]
        if kind is not None and kind.meant.lower() == "profile":
            heads = []
        images = [path_of(p) for p in page.named((*_ROOTS, "twitter:image")) if p.meant]
        for prop in page.named(self.reads):
            text = prop.meant
            if not text:
                continue
            if any(image_urls.is_file_name(text, path) for path in images or [""]):
                what = "the name of a file"
            elif any(titles.fold(p.meant) == titles.fold(text) for p in heads):
                what = "the page's title again"
            else:
                continue
            yield self.at(
                prop,
                f"{prop.name} {quoted(text)} is {what}: it does not say what the picture shows.",
                help="Describe the picture in a few words.",
            )


class ImageIsAPage(Rule):
    """An image's address that is a page's.

    ## What it does
    Reports an image whose address is that of the page itself, or of a site's home page. Where the
    page's own address ends as an image file does, the page is the image.

    ## Why it matters
    Platforms fetch the address, get HTML, and show no picture.
    """

    code = "IMG008"
    name = "image-is-a-page"
    severity = Severity.WARNING
    reads = vocabulary.IMAGE_URLS
    bad = (
        Example(post(f"og_image: {SITE}/news/a/", f"og_url: {SITE}/news/a/")),
        Example(post(f"og_image: {SITE}/")),
    )
    good = (
        Example(release()),
        Example(post(f"og_image: {SITE}/a.jpg", f"og_url: {SITE}/a.jpg")),
        Example(post(f"og_image: {SITE}/images/4711")),
    )

    def check(self, page: Page, context: Context) -> Iterable[Finding]:
        """One finding an image."""
        pages = {
            p.share_url.href for p in page.named(vocabulary.PAGE_URLS) if p.share_url is not None
        }
        for prop, further in once_each(page, vocabulary.IMAGE_URLS):
            url = prop.share_url
            if url is None or image_urls.has_image_ending(url.path):
                continue
            if url.is_root:
                what = "a site's home page"
            elif url.href in pages:
                what = "the page itself"
            else:
                continue
            yield self.at(
                prop,
                f"{prop.name} is {what}, and no image.",
                help="Write the address of the picture.",
                related=twins(further),
            )


RULES: tuple[type[Rule], ...] = (
    DeclaredSizeTooSmall,
    DeclaredRatio,
    SecureUrlMismatch,
    AltIsNotADescription,
    ImageIsAPage,
)
