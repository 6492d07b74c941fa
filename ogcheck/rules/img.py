"""Images, as the metadata declares them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from ogcheck import platforms, vocabulary
from ogcheck.page import Page, Property
from ogcheck.problem import Finding, Severity
from ogcheck.rules.base import Context, Example, Rule, quoted
from ogcheck.rules.examples import SITE, post, release

_IMAGES = (*vocabulary.IMAGE_URLS, "page:image")
_SEVERITIES = {
    "refused": Severity.ERROR, "unlisted": Severity.WARNING, "risky": Severity.NOTE,
}  # fmt: skip


def path_of(prop: Property) -> str:
    """The path of an image's URL, without query and fragment; also of a relative one."""
    url = prop.url
    if url is not None:
        return url.path
    return re.split("[?#]", prop.meant, maxsplit=1)[0]


class UnsupportedFormat(Rule):
    """An image in a format that cards do not show.

    ## What it does
    Judges the format by the file's ending: an error for SVG and for `data:` URLs, a warning for
    AVIF, ICO, BMP, TIFF, PDF and HTML, a note for GIF and WebP.

    ## Why it matters
    X documents that it does not support SVG (cards markup, last public text of 2024). Meta's list
    of image types is JPEG, GIF and PNG (webmasters documentation, June 2026). A `data:` URL is no
    http or https URL, as the protocol asks (https://ogp.me/#url). JPEG and PNG work everywhere.
    """

    code = "IMG001"
    name = "unsupported-format"
    severity = Severity.WARNING
    reads = _IMAGES
    bad = (
        Example(post(f"og_image: {SITE}/media/crest.svg")),
        Example(post(f"og_image: {SITE}/media/bridge.webp")),
        Example(post("og_image: data:image/png;base64,iVBORw0KGgo=")),
    )
    good = (
        Example(post(f"og_image: {SITE}/media/bridge.jpg?format=webp")),
        Example(post(f"og_image: {SITE}/media/svg/bridge.png")),
    )

    def check(self, page: Page, context: Context) -> Iterable[Finding]:
        """One finding an image."""
        for prop in page.named(vocabulary.IMAGE_URLS):
            text = prop.meant
            if text.lower().startswith("data:"):
                yield self.at(
                    prop,
                    f"{prop.name} is a data: URL, which no platform takes for an image.",
                    severity=Severity.ERROR,
                    help="Put the image on the site, and write its https:// address.",
                )
                continue
            match = re.search(r"\.([A-Za-z]{2,5})$", path_of(prop))
            known = platforms.image_format(match[1].lower()) if match else None
            if known is None:
                continue
            yield self.at(
                prop,
                f"{prop.name} is {known.name}: {known.why} ({known.source}).",
                severity=_SEVERITIES[known.verdict],
                help="Use a JPEG or PNG.",
            )


_ASKED = re.compile(
    r"(?:[?&;]|&amp;)(?P<key>w|width|h|height|imwidth|maxwidth|maxheight)=(?P<value>\d{1,5})(?![^&;#\s])",
    re.IGNORECASE,
)
_IN_PATH = re.compile(
    r"(?:/|[-_])(?P<w>\d{2,4})x(?P<h>\d{2,4})(?=/|\.[A-Za-z]{3,4}(?:[?#]|$))|"
    r"[,/](?P<key>[wh])_(?P<value>\d{2,4})(?=[,/])",
    re.IGNORECASE,
)
_CROP = re.compile(r"[?&;]crop=\(?(-?\d+),(-?\d+),(-?\d+),(-?\d+)\)?")


class SmallRendition(Rule):
    """The image's URL itself asks for less than a large card.

    ## What it does
    Reads the size that an image service is asked for in the URL (`w=600&h=300`, `?width=150`,
    `-150x150.jpg`, `/100x100/`; the last one wins) and warns below Facebook's large card. A crop
    that is smaller than what is asked for, and so is enlarged, is named. With a `summary` card it
    is a note.

    ## Why it matters
    Below 600 by 315 pixels Facebook shows a small square beside the text instead of a large
    picture (developers.facebook.com/docs/sharing/webmasters/images).
    """

    code = "IMG002"
    name = "small-rendition"
    severity = Severity.WARNING
    reads = vocabulary.IMAGE_URLS
    bad = (
        Example(release({"og.image.url": f"{SITE}/media/harbour.jpg?w=600&h=300"})),
        Example(post(f"og_image: {SITE}/media/harbour-150x150.jpg")),
        Example(post(f"og_image: {SITE}/media/100x100/harbour.jpg")),
    )
    good = (
        Example(release({"og.image.url": f"{SITE}/media/harbour.jpg?w=150&h=150&w=1200&h=630"})),
        Example(post(f"og_image: {SITE}/media/harbour-1200x630.jpg")),
        Example(post(f"og_image: {SITE}/media/harbour.jpg?v=150")),
    )

    def check(self, page: Page, context: Context) -> Iterable[Finding]:
        """One finding an image, at the size."""
        card = page.written("twitter:card")
        small_card = card is not None and card.meant == "summary"
        width_fact = platforms.value("Facebook", "image large width")
        height_fact = platforms.value("Facebook", "image large height")
        for prop in page.named(vocabulary.IMAGE_URLS):
            asked = _asked(prop.value)
            if asked is None:
                continue
            width, height, start, end = asked
            if (width is None or width >= width_fact.value) and (
                height is None or height >= height_fact.value
            ):
                continue
            if width is not None and height is not None:
                size = f"{width}x{height}"
            else:
                size = f"{width} pixels of width" if width is not None else (
                    f"{height} pixels of height")  # fmt: skip
            yield self.at(
                prop,
                f"The URL asks for {size}{_enlarged(prop.value, width, height)}, below "
                f"{width_fact.platform}'s large card of {width_fact.value}x{height_fact.value}.",
                part=(start, end),
                severity=Severity.NOTE if small_card else None,
                help="Ask for "
                f"{platforms.value('Facebook', 'image recommended width').value}x"
                f"{platforms.value('Facebook', 'image recommended height').value}, "
                "if the original is as large.",
            )


def _asked(value: str) -> tuple[int | None, int | None, int, int] | None:
    """The last width and height that a URL asks for, and where the size begins and ends."""
    width = height = None
    spans: dict[str, tuple[int, int]] = {}
    query_at = value.find("?")
    for match in _IN_PATH.finditer(value if query_at < 0 else value[: query_at + 1]):
        if match["w"]:
            width, height = int(match["w"]), int(match["h"])
            spans = {"w": (match.start("w"), match.end("h")),
                     "h": (match.start("w"), match.end("h"))}  # fmt: skip
        else:
            size, side = int(match["value"]), match["key"].lower()
            width, height = (size, height) if side == "w" else (width, size)
            spans[side] = (match.start("key"), match.end("value"))
    for match in _ASKED.finditer(value, max(query_at, 0)) if query_at >= 0 else ():
        side = "h" if match["key"].lower()[0] == "h" or "height" in match["key"].lower() else "w"
        size = int(match["value"])
        width, height = (size, height) if side == "w" else (width, size)
        spans[side] = (match.start("key"), match.end("value"))
    if width == 0 or height == 0 or not spans:
        return None
    return width, height, min(s for s, _ in spans.values()), max(e for _, e in spans.values())


def _enlarged(value: str, width: int | None, height: int | None) -> str:
    crop = _CROP.search(value)
    if crop is None:
        return ""
    left, top, right, bottom = map(int, crop.groups())
    across, down = right - left, bottom - top
    if across <= 0 or down <= 0:
        return ""
    if (width is not None and across < width) or (height is not None and down < height):
        return f", enlarged from a crop of {across}x{down}"
    return ""


_DEFAULT = re.compile(r"(?:^|[^a-z])(?:default|placeholder|logo|no-?image)(?:$|[^a-z])")


@dataclass(frozen=True, slots=True)
class DefaultNames:
    """Which images stand for no image of their own."""

    names: tuple[str, ...] = field(
        default=(),
        metadata={"doc": "Further words in a file's name that mark a default image."},
    )


class DefaultImage(Rule):
    """An image that says nothing of the page.

    ## What it does
    Notes an image whose file name has a word such as `default`, `placeholder`, `logo` or
    `no-image`; a warning where it stands first and other images follow.

    ## Why it matters
    X asks not to use "a generic image such as your website logo" (cards documentation, last public
    text of 2024), and Google asks for a representative image. Platforms show the first of several,
    so that a default before the real picture hides it.
    """

    code = "IMG003"
    name = "default-image"
    severity = Severity.NOTE
    Options = DefaultNames
    reads = vocabulary.IMAGE_URLS
    bad = (
        Example(post(f"og_image: {SITE}/media/soh-default-og-image.png")),
        Example(post(f"og_image: ['{SITE}/media/logo.png', '{SITE}/media/bridge.jpg']")),
    )
    good = (
        Example(post("og_image: https://i.ytimg.com/vi/abc/hqdefault.jpg")),
        Example(post(f"og_image: {SITE}/default/media/bridge.jpg")),
        Example(post(f"og_image: {SITE}/media/logos-of-the-harbour.jpg")),
    )

    def check(self, page: Page, context: Context) -> Iterable[Finding]:
        """One finding an image, at its file name."""
        roots = page.named(("og:image", "og:image:url"))
        for prop in page.named(vocabulary.IMAGE_URLS):
            file = path_of(prop).rstrip("/").rsplit("/", 1)[-1]
            stem = file.rsplit(".", 1)[0].lower().replace("_", "-")
            match = _DEFAULT.search(stem)
            word = match.group().strip("-0123456789.") if match else next(
                (n for n in self.options.names if n.lower() in stem), None
            )  # fmt: skip
            if word is None:
                continue
            if prop.name == "og:image:secure_url" and roots:
                continue
            hides = bool(roots) and prop is roots[0] and any(
                r.group != prop.group and not r.is_blank for r in roots[1:]
            )  # fmt: skip
            at = prop.value.rfind(file)
            yield self.at(
                prop,
                f"{quoted(file)} looks like a default image"
                + (
                    ", and platforms show it before the images that follow."
                    if hides
                    else ": it says nothing of this page."
                ),
                part=(at, at + len(file)) if at >= 0 and file else None,
                severity=Severity.WARNING if hides else None,
                help="Put the page's own picture first."
                if hides
                else "Use a picture of what the page is about.",
            )


RULES: tuple[type[Rule], ...] = (UnsupportedFormat, SmallRendition, DefaultImage)
