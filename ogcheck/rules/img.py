"""Images, as the metadata declares them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import field
from functools import partial

from ogcheck import platforms, vocabulary
from ogcheck.frozen import frozen
from ogcheck.page import Page, Property
from ogcheck.problem import Finding, Severity
from ogcheck.rules.base import Context, Example, Rule, quoted
from ogcheck.rules.examples import SITE, STATIC, post, release
from ogcheck.rules.image_files import ImageFileRule, local_images
from ogcheck.rules.page_facts import once_each, part_of_meant, twins
from ogcheck.rules.pictures import Picture
from ogcheck.values import image_urls

_SEVERITIES = {
    "refused": Severity.ERROR, "unlisted": Severity.WARNING, "risky": Severity.NOTE,
}  # fmt: skip


def path_of(prop: Property) -> str:
    """The path of an image's URL, without query and fragment; also of a relative one."""
    url = prop.url
    if url is not None:
        return url.path
    return re.split("[?#]", prop.meant, maxsplit=1)[0]


class UnsupportedFormat(ImageFileRule):
    """An image in a format that cards do not show.

    ## What it does
    Judges the format by the file's ending: an error for SVG and for `data:` URLs, a warning for
    AVIF, ICO, BMP, TIFF, PDF and HTML, a note for GIF and WebP. A GIF whose file is found on disk
    and has one picture only is left alone.

    ## Why it matters
    X documents that it does not support SVG (cards markup, last public text of 2024). Meta's list
    of image types is JPEG, GIF and PNG (webmasters documentation, June 2026). A `data:` URL is no
    http or https URL, as the protocol asks (https://ogp.me/#url). JPEG and PNG work everywhere.
    """

    code = "IMG001"
    name = "unsupported-format"
    severity = Severity.WARNING
    bad = (
        Example(post(f"og_image: {SITE}/media/crest.svg")),
        Example(post(f"og_image: {SITE}/media/bridge.webp")),
        Example(post("og_image: data:image/png;base64,iVBORw0KGgo=")),
    )
    good = (
        Example(post(f"og_image: {SITE}/media/bridge.jpg?format=webp")),
        Example(post(f"og_image: {SITE}/media/svg/bridge.png")),
        Example(post(f"og_image: {SITE}/image/upload/f_png,w_1200/crest.svg")),
        Example(post(f"og_image: {SITE}/crest.svg?fm=png&w=1200")),
        Example(
            post(f"og_image: {SITE}/media/bridge.gif"),
            config=STATIC,
            files={"static/media/bridge.gif": Picture(1200, 630, "gif")},
        ),
    )

    def check(self, page: Page, context: Context) -> Iterable[Finding]:
        """One finding an address."""
        for prop, further in once_each(page, vocabulary.IMAGE_URLS):
            if prop.meant.lower().startswith("data:"):
                yield self.at(
                    prop,
                    f"{prop.name} is a data: URL, which no platform takes for an image.",
                    severity=Severity.ERROR,
                    help="Put the image on the site, and write its https:// address.",
                    related=twins(further),
                )
                continue
            _, dot, ending = path_of(prop).rpartition(".")
            known = platforms.image_format(ending.lower()) if dot else None
            if known is None or image_urls.is_remade_as_jpeg_or_png(prop.meant):
                continue
            if known.name == "GIF" and _stands_still(page, context, prop):
                continue
            yield self.at(
                prop,
                f"{prop.name} is {known.name}: {known.why} ({known.source}).",
                severity=_SEVERITIES[known.verdict],
                help="Use a JPEG or PNG.",
                related=twins(further),
            )


def _stands_still(page: Page, context: Context, prop: Property) -> bool:
    """Whether the image's file is there, and has one picture only."""
    return any(
        one.picture is not None and not one.picture.animated
        for one in local_images(page, context)
        if one.prop is prop
    )


def has_small_card(page: Page) -> bool:
    """Whether the page asks X for its small card."""
    card = page.written("twitter:card")
    return card is not None and card.meant == "summary"


class SmallRendition(Rule):
    """The image's URL itself asks for less than a large card.

    ## What it does
    Reads the size that an image service is asked for in the URL (`w=600&h=300`, `?width=150`,
    `-150x150.jpg`, `/100x100/`; the last one wins) and warns below Facebook's large card. A crop
    that is smaller than what is asked for, and so is enlarged, is named; it is a note where the
    result is large enough. With a `summary` card everything is a note.

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
        Example(post(f"og_image: {SITE}/media/harbour485x275.jpg")),
        Example(post(f"og_image: {SITE}/media/a.jpg?crop=(0,0,100,50)&w=1200&h=630")),
    )
    good = (
        Example(release({"og.image.url": f"{SITE}/media/harbour.jpg?w=150&h=150&w=1200&h=630"})),
        Example(post(f"og_image: {SITE}/media/harbour-1200x630.jpg")),
        Example(post(f"og_image: {SITE}/media/harbour.jpg?resize=1200,630")),
        Example(post(f"og_image: {SITE}/media/harbour.jpg?v=150")),
        Example(post(f"og_image: {SITE}/media/a.jpg?crop=(0,0,900,500)&w=1200&h=630")),
    )

    def check(self, page: Page, context: Context) -> Iterable[Finding]:
        """One finding an image, at the size."""
        if "Facebook" not in context.platforms:
            return
        width_fact = platforms.value("Facebook", "image large width")
        height_fact = platforms.value("Facebook", "image large height")
        for prop, further in once_each(page, vocabulary.IMAGE_URLS):
            asked = image_urls.asked(prop.meant)
            if asked is None:
                continue
            width, height = asked.width, asked.height
            is_small = _is_below((width, height), (width_fact.value, height_fact.value))
            blown_up = _is_enlarged(asked) and _is_below(
                asked.crop, (width_fact.value, height_fact.value)
            )
            if not is_small and not blown_up:
                continue
            size = f"{width}x{height}" if width is not None and height is not None else (
                f"{width} pixels of width" if width is not None else f"{height} pixels of height"
            )  # fmt: skip
            verb = "names a file of" if asked.in_name else "asks for"
            large = f"large card of {width_fact.value:g}x{height_fact.value:g}"
            what = f"The URL {verb} {size}{_enlarged(asked)}"
            yield self.at(
                prop,
                f"{what}, below {width_fact.platform}'s {large}."
                if is_small
                else f"{what}: the picture is smaller than {width_fact.platform}'s {large}, and "
                "is blurred in it.",
                part=part_of_meant(prop, asked.start, asked.end),
                severity=Severity.NOTE if has_small_card(page) or not is_small else None,
                help=_advice(prop.meant, asked),
                related=twins(further),
            )


def _is_below(size: tuple[int | None, int | None] | None, least: tuple[float, float]) -> bool:
    """Whether a side that is known is shorter than it has to be."""
    return size is not None and any(
        side is not None and side < limit for side, limit in zip(size, least, strict=True)
    )


def _is_enlarged(asked: image_urls.Asked) -> bool:
    if asked.crop is None:
        return False
    across, down = asked.crop
    return (asked.width or 0) > across or (asked.height or 0) > down


def _enlarged(asked: image_urls.Asked) -> str:
    if asked.crop is None or not _is_enlarged(asked):
        return ""
    return f", enlarged from a crop of {asked.crop[0]}x{asked.crop[1]}"


def _advice(url: str, asked: image_urls.Asked) -> str:
    width = f"{platforms.value('Facebook', 'image recommended width').value:g}"
    height = f"{platforms.value('Facebook', 'image recommended height').value:g}"
    if _is_enlarged(asked):
        wanted = asked.pattern.format(w=width, h=height)
        return (
            f"Choose a crop of at least {width}x{height} in a picture that is as large, and ask "
            f"for {wanted}."
        )
    if asked.in_name:
        whole = image_urls.original(url, asked)
        if whole is None:
            return f"Use a larger file, of at least {width}x{height}."
        return f"Use the original, {whole}, if it is at least {width}x{height}."
    wanted = asked.pattern.format(w=width, h=height)
    return f"Ask for {wanted}, if the original is as large."


@frozen
class DefaultNames:
    """Which images stand for no image of their own."""

    names: tuple[str, ...] = field(
        default=(),
        metadata={"doc": "Further words in a file's name that mark a default image."},
    )


class DefaultImage(Rule):
    """An image that says nothing of the page.

    ## What it does
    Notes an image whose file name is, begins or ends with a word such as `default`, `placeholder`,
    `logo`, `no-image`, `favicon` or `apple-touch-icon`, or has it beside a word for sharing
    (`soh-default-og-image`); a warning where it stands first and other images follow. A name of
    more than four words is a headline (`man-jailed-for-loan-default`), and left alone.

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
        Example(post(f"og_image: {SITE}/media/man-jailed-for-loan-default-fraud.jpg")),
    )

    def check(self, page: Page, context: Context) -> Iterable[Finding]:
        """One finding an address, at the file's name."""
        roots = page.named(("og:image", "og:image:url"))
        for prop, further in once_each(page, vocabulary.IMAGE_URLS):
            path = path_of(prop)
            file = image_urls.file_name(path)
            word = image_urls.default_word(file, self.options.names) if file else None
            if word is None:
                continue
            if prop.name == "og:image:secure_url" and roots:
                continue
            hides = bool(roots) and prop is roots[0] and any(
                r.group != prop.group and not r.is_blank for r in roots[1:]
            )  # fmt: skip
            written = path.rstrip("/").rsplit("/", 1)[-1]
            at = prop.value.rfind(written)
            yield self.at(
                prop,
                partial(_default_words, file, hides=hides),
                part=(at, at + len(written)) if at >= 0 and written else None,
                about=file,
                severity=Severity.WARNING if hides else None,
                related=twins(further),
            )


def _default_words(file: str, *, hides: bool) -> tuple[str, str]:
    if hides:
        return (
            f"{quoted(file)} looks like a default image, and platforms show it before the images "
            "that follow.",
            "Put the page's own picture first.",
        )
    return (
        f"{quoted(file)} looks like a default image: it says nothing of this page.",
        "Use a picture of what the page is about.",
    )


RULES: tuple[type[Rule], ...] = (UnsupportedFormat, SmallRendition, DefaultImage)
