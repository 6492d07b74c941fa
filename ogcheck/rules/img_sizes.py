"""Image files on disk: their pixels, shape and weight against what platforms document, and their
size against what the page declares.
"""

from __future__ import annotations

from collections.abc import Iterable

from ogcheck import platforms
from ogcheck.images import NAMES, Image
from ogcheck.page import Page, Property
from ogcheck.problem import Finding, Severity
from ogcheck.rules.base import Context, Example, Fixer, Rule, replacing, together
from ogcheck.rules.examples import CARD, CARD_PICTURE, SITE, STATIC, post, release
from ogcheck.rules.image_files import ImageFileRule, local_images, readers
from ogcheck.rules.image_limits import failing, is_firm, limits
from ogcheck.rules.img import has_small_card
from ogcheck.rules.img_declared import Ratios, pixels, recommended, sizes
from ogcheck.rules.page_facts import twins
from ogcheck.rules.pictures import Picture

_NO_SIZE = {"og.image.width": None, "og.image.height": None}
_SIZELESS = {"OG008": "the release does not declare the size"}
_DRAWN = "svg"
"""A drawing has no pixels."""


def _size(image: Image | None) -> tuple[int, int] | None:
    """Width and height of a picture made of pixels."""
    if image is None or image.format == _DRAWN or image.width is None or image.height is None:
        return None
    return image.width, image.height


class ImageTooSmall(ImageFileRule):
    """An image file with too few pixels.

    ## What it does
    Compares the size in the file's header, turned as the file asks for it, with what the platforms
    that are configured document: an error where one of them takes no such image, a warning where
    one shows no large card, a note where it is less than they recommend. One finding an image,
    which names them. With a `summary` card it is a note.

    ## Why it matters
    Facebook takes no image below 200 by 200 pixels and shows a small square below 600 by 315
    (developers.facebook.com/docs/sharing/webmasters/images), WhatsApp takes none below 300 pixels
    of width (developers.facebook.com, link previews), and Apple asks for 900
    (developer.apple.com, TN3156).
    """

    code = "IMG102"
    name = "image-too-small"
    severity = Severity.WARNING
    bad = (
        Example(
            release(_NO_SIZE), config=STATIC, also=_SIZELESS,
            files={CARD: Picture(150, 150, "jpeg")},
        ),
        Example(
            release(_NO_SIZE), config=STATIC, also=_SIZELESS,
            files={CARD: Picture(500, 280, "jpeg")},
        ),
        Example(
            release(_NO_SIZE), config=STATIC, also=_SIZELESS,
            files={CARD: Picture(800, 420, "jpeg")},
        ),
    )  # fmt: skip
    good = (
        Example(release(), config=STATIC, files={CARD: CARD_PICTURE}),
        Example(
            release(_NO_SIZE), config={**STATIC, "platforms": ["X"]}, also=_SIZELESS,
            files={CARD: Picture(500, 280, "jpeg")},
        ),
        Example(
            release({**_NO_SIZE, "og.image.url": f"{SITE}/media/crest.svg"}), config=STATIC,
            also={**_SIZELESS, "IMG001": "the crest is an SVG"},
            files={"static/media/crest.svg": Picture(64, 64, "svg")},
        ),
    )  # fmt: skip

    def check(self, page: Page, context: Context) -> Iterable[Finding]:
        """One finding an image."""
        for one in local_images(page, context):
            # What a build makes of a picture is no larger than the picture.
            size = _size(one.picture)
            if size is None or (one.published is None and one.reference.copied):
                continue
            names = readers(one, context.platforms)
            refused, small = failing("min", size, names), failing("large", size, names)
            short = failing("recommended", size, names)
            if len(short) < len(limits("recommended", names)):
                short = []  # it does for one of them
            refusing = {fact.platform for fact in refused}
            small = [fact for fact in small if fact.platform not in refusing]
            if is_firm(refused):
                severity = Severity.ERROR
            elif is_firm(small):
                severity = Severity.WARNING
            elif refused or small or short:
                severity = Severity.NOTE
            else:
                continue
            said = [
                f"{words}: {', '.join(fact.words for fact in facts)}"
                for words, facts in (
                    ("too small to be taken", refused),
                    ("too small for a large card", small),
                    ("smaller than is recommended", [] if refused or small else short),
                )
                if facts
            ]
            yield self.at(
                one.prop,
                f"The image has {size[0]}x{size[1]} pixels. It is {'; '.join(said)}.",
                severity=Severity.NOTE if has_small_card(page) else severity,
                help="Use a larger picture: {:g}x{:g}.".format(*recommended()),
                related=twins(one.further),
            )


def _weight(value: float) -> str:
    """Bytes in the unit that platforms document them in."""
    if value >= 1_000_000:  # a million
        return f"{value / 1_000_000:.1f} MB".replace(".0 ", " ")
    return f"{value / 1000:.0f} kB"


class ImageTooHeavy(ImageFileRule):
    """An image file that is heavier, or larger, than platforms take.

    ## What it does
    Compares the weight of the file with what the platforms that are configured document, and its
    sides with the largest that X did. One finding an image, which names them.

    ## Why it matters
    WhatsApp asks for less than 600 kB (developers.facebook.com, link previews), Bluesky's record
    holds 1,000,000 bytes (app.bsky.embed.external, docs.bsky.app), Signal and Mastodon skip
    heavier files (Signal's link preview code; preview_card.rb), Facebook those above 8 MB
    (developers.facebook.com/docs/sharing/webmasters/images).
    """

    code = "IMG103"
    name = "image-too-heavy"
    severity = Severity.WARNING
    bad = (
        Example(
            release(), config=STATIC, files={CARD: Picture(1200, 630, "jpeg", 1_450_000)},
        ),
        Example(
            release({"og.image.width": "'6000'", "og.image.height": "'3150'"}), config=STATIC,
            files={CARD: Picture(6000, 3150, "jpeg")},
        ),
    )  # fmt: skip
    good = (
        Example(release(), config=STATIC, files={CARD: Picture(1200, 630, "jpeg", 590_000)}),
        Example(
            release(), config={**STATIC, "platforms": ["Facebook"]},
            files={CARD: Picture(1200, 630, "jpeg", 1_450_000)},
        ),
    )  # fmt: skip

    def check(self, page: Page, context: Context) -> Iterable[Finding]:
        """One finding an image."""
        for one in local_images(page, context):
            image = one.published
            if image is None or image.format == _DRAWN:
                continue
            names = readers(one, context.platforms)
            heavy = [f for f in platforms.facts("image weight", names) if image.weight > f.value]
            size = _size(image)
            large = [
                fact
                for side, value in zip(("width", "height"), size or (0, 0), strict=True)
                for fact in platforms.facts(f"image max {side}", names)
                if value > fact.value
            ]
            said = []
            if heavy:
                named = ", ".join(f"{fact.platform} ({_weight(fact.value)})" for fact in heavy)
                said.append(f"weighs {_weight(image.weight)}, more than is taken by {named}")
            if large and size is not None:
                named = ", ".join(dict.fromkeys(f"{f.platform} ({f.value:g})" for f in large))
                said.append(f"has {size[0]}x{size[1]} pixels, more on a side than {named} took")
            if not said:
                continue
            kind = f"animated {NAMES[image.format]}" if image.animated else "image"
            yield self.at(
                one.prop,
                f"The {kind} {' and '.join(said)}.",
                severity=None if any(fact.firm for fact in heavy) else Severity.NOTE,
                help="Save it at {:g}x{:g}, as a JPEG.".format(*recommended()),
                related=twins(one.further),
            )


class ImageRatio(ImageFileRule):
    """An image file whose shape is far from that of a card.

    ## What it does
    Notes files that are higher than wide, or more than 2.4 times as wide as high; the bounds are
    options. A warning where a platform takes no such image. Nothing is said with a `summary` card,
    whose picture is a square.

    ## Why it matters
    Cards are 1.91 to 1 (developers.facebook.com/docs/sharing/webmasters/images): the rest of the
    picture is cut away, mostly heads. WhatsApp takes no image beyond 4 to 1
    (developers.facebook.com, link previews).
    """

    code = "IMG104"
    name = "image-ratio"
    severity = Severity.NOTE
    Options = Ratios
    bad = (
        Example(
            release(_NO_SIZE), config=STATIC, also=_SIZELESS,
            files={CARD: Picture(1200, 1600, "jpeg")},
        ),
        Example(
            release(_NO_SIZE), config=STATIC, also=_SIZELESS,
            files={CARD: Picture(3200, 700, "jpeg")},
        ),
    )  # fmt: skip
    good = (
        Example(release(), config=STATIC, files={CARD: CARD_PICTURE}),
        Example(
            release({**_NO_SIZE, "twitter.card": "summary"}), config=STATIC, also=_SIZELESS,
            files={CARD: Picture(1200, 1600, "jpeg")},
        ),
    )  # fmt: skip

    def check(self, page: Page, context: Context) -> Iterable[Finding]:
        """One finding an image."""
        if has_small_card(page):
            return
        for one in local_images(page, context):
            size = _size(one.published)
            if size is None:
                continue
            width, height = size
            ratio = width / height
            if self.options.least <= ratio <= self.options.most:
                continue
            names = readers(one, context.platforms)
            refused = [f for f in platforms.facts("image max ratio", names) if ratio > f.value]
            fact = platforms.value("Facebook", "image ratio")
            cut = f"cut away what is {'below' if width < height else 'beside'} that"
            said = "; ".join(f"{f.platform} takes none beyond {f.value:g} to 1" for f in refused)
            yield self.at(
                one.prop,
                f"The image has {width}x{height} pixels; cards are {fact.value:g} to 1, and {cut}"
                f"{'; ' if said else ''}{said}.",
                severity=Severity.WARNING if any(f.firm for f in refused) else None,
                help="Use a picture of about {:g}x{:g}.".format(*recommended()),
                related=twins(one.further),
            )


class SizeNotAsDeclared(ImageFileRule):
    """og:image:width and og:image:height that are not those of the file.

    ## What it does
    Compares what is declared with the header of the image file. Where the file is stored turned
    (Exif), both ways round are right. Nothing is said where the address asks for another size.

    ## Why it matters
    Facebook lays out the first card by the declared size, before it has the image
    (developers.facebook.com/docs/sharing/webmasters/images): the picture is stretched, or left out.

    ## Fix
    Writes the size of the file. Safe: it is what the image is.
    """

    code = "IMG105"
    name = "size-not-as-declared"
    severity = Severity.ERROR
    fix = "safe"
    reads = ("og:image:width", "og:image:height")
    bad = (
        Example(release(), config=STATIC, files={CARD: Picture(1600, 900, "jpeg")}),
        Example(
            release({"og.image.width": None}), config=STATIC, also=_SIZELESS,
            files={CARD: Picture(1600, 900, "jpeg")},
        ),
    )  # fmt: skip
    good = (
        Example(release(), config=STATIC, files={CARD: CARD_PICTURE}),
        Example(
            release({"og.image.url": f"{SITE}/media/harbour-workshops.jpg?w=1200"}),
            config=STATIC, files={CARD: Picture(1600, 900, "jpeg")},
        ),
        Example(
            post(f"og_image: ['{SITE}/a.png', '{SITE}/b.png']", "og_image_width: 1200"),
            config=STATIC, also={"OG008": "whose width it is, is not told"},
            files={"static/a.png": Picture(1200, 630), "static/b.png": Picture(1300, 630)},
        ),
    )  # fmt: skip

    def check(self, page: Page, context: Context) -> Iterable[Finding]:
        """One finding an image, at the side that is wrong."""
        roots = page.named(("og:image", "og:image:url"))
        for one in local_images(page, context):
            image = one.published
            size = _size(image)
            if image is None or size is None or not one.prop.name.startswith("og:image"):
                continue
            if sum(root.group == one.prop.group for root in roots) > 1:
                continue  # whose size it is, is not told
            for declared in sizes(page):
                if declared.group != one.prop.group:
                    continue
                wrong = _wrong(declared.width, declared.height, image, size)
                if wrong:
                    yield self._at(page, one.prop, size, wrong)

    def _at(
        self, page: Page, prop: Property, size: tuple[int, int], wrong: list[tuple[Property, int]]
    ) -> Finding:
        said = " and ".join(f"{one.name} is {one.meant}" for one, _ in wrong)
        fixes: list[Fixer] = [
            replacing(page, one, str(value), "Write the size of the file", safe=True)
            for one, value in wrong
        ]
        return self.at(
            wrong[0][0],
            f"{said}, and the image has {size[0]}x{size[1]} pixels.",
            help=f"Write {size[0]} and {size[1]}.",
            related=[(prop, "the image"), *((one, "this side, too") for one, _ in wrong[1:])],
            fix=together(*fixes),
        )


def _wrong(
    width: Property | None, height: Property | None, image: Image, size: tuple[int, int]
) -> list[tuple[Property, int]]:
    """The declared sides that are not the file's, each with what it should be."""
    declared = pixels(width), pixels(height)
    if image.turned and declared == (size[1], size[0]):
        return []
    return [
        (prop, side)
        for prop, said, side in zip((width, height), declared, size, strict=True)
        if prop is not None and said is not None and said != side
    ]


RULES: tuple[type[Rule], ...] = (ImageTooSmall, ImageTooHeavy, ImageRatio, SizeNotAsDeclared)
