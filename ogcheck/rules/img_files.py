"""Image files on disk: whether they are there, whether they can be shown, and what they are."""

from __future__ import annotations

import os
import re
from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import field
from itertools import takewhile
from pathlib import Path

from ogcheck import images
from ogcheck.frozen import frozen
from ogcheck.layout import Layout
from ogcheck.page import Page, Property
from ogcheck.problem import Finding, Severity
from ogcheck.rules.base import Context, Example, Rule, cut, quoted
from ogcheck.rules.examples import CARD, CARD_PICTURE, SITE, STATIC, built, post, release
from ogcheck.rules.image_files import ImageFileRule, Local, local_images
from ogcheck.rules.img import path_of
from ogcheck.rules.page_facts import label, twins
from ogcheck.rules.pictures import Picture
from ogcheck.values import image_urls

_BUILT = {"site-url": SITE, "build-dir": "public"}
_COMPARED = 500
"""In a folder that holds more files only a name that differs in its case is looked for."""


@frozen
class OnRequest:
    """Where no files lie."""

    on_request: tuple[str, ...] = field(
        default=(),
        metadata={"doc": "Beginnings of paths (`/og/`) whose images are made when they are asked "
                  "for, beside those that are known (`/_next/`, `/cdn-cgi/`, `/api/` …)."},
    )  # fmt: skip


class ImageNotFound(ImageFileRule):
    """An image of the site that is not there.

    ## What it does
    Looks for the file of every image whose address belongs to the site, in `build-dir`, in
    `static-dirs`, in the folder that `url-map` names for it, and where the page's generator takes
    images from. It speaks only where such folders are configured and hold anything, and where the
    file would be there: addresses without the ending of an image, or under a path where hosts make
    images on request, may be made by a program; a name that stands in the folder with a hash in it
    was put there by a build. With `static-dirs` alone an image counts as missing only where its
    first folder is there. Drafts are left alone.

    ## Why it matters
    Every platform gets an error where it asks for the picture, and shows a card without one.
    """

    code = "IMG101"
    name = "image-not-found"
    severity = Severity.ERROR
    Options = OnRequest
    bad = (
        Example(
            release(), config=STATIC, files={"static/media/harbor-workshops.jpg": CARD_PICTURE},
        ),
        Example(
            built(), "public/news/a/index.html", config=_BUILT,
            files={"public/media/Harbour-Workshops.jpg": CARD_PICTURE},
        ),
    )  # fmt: skip
    good = (
        Example(release(), config=STATIC, files={CARD: CARD_PICTURE}),
        Example(release(), config=STATIC),
        Example(release(), config=STATIC, files={"static/js/site.js": b"1"}),
        Example(
            release(), config=STATIC,
            files={"static/media/harbour-workshops.3f9a1c20.jpg": CARD_PICTURE},
        ),
        Example(
            post("og_title: Bridge closed", f"og_image: {SITE}/_next/image/card.png"),
            config=_BUILT, files={"public/index.html": b"<p>"},
        ),
    )  # fmt: skip

    def check(self, page: Page, context: Context) -> Iterable[Finding]:
        """One finding an address."""
        if page.exempt is not None:
            return
        for one in local_images(page, context):
            path = path_of(one.prop)
            if one.image is not None or one.reference.lookup.state != "missing":
                continue
            if not one.reference.certain or not image_urls.has_image_ending(path):
                continue
            if image_urls.is_made_on_request(path, self.options.on_request):
                continue
            if not _is_proof(page, one, context.layout):
                continue
            looked = one.reference.lookup.looked
            name = looked[0].name
            near = _near(looked, context.layout)
            yield self.at(
                one.prop,
                f"{label(one.prop.name)} leads to {quoted(name)}, and no such file is in "
                f"{_folders(looked, context.layout)}.",
                help=f"There is {quoted(near)}: write this name, or rename the file."
                if near is not None
                else "Add the file, or mend the address.",
                related=twins(one.further),
            )


def _is_proof(page: Page, one: Local, layout: Layout) -> bool:
    """Whether the file would lie where it was looked for, and nowhere else."""
    looked = one.reference.lookup.looked
    if any(_has_hashed_twin(path, layout) for path in looked):
        return False
    if page.html is not None:
        return True
    beside = None if page.place is None else page.place.parent / looked[0].name
    if beside is not None and os.path.lexists(beside):  # never raises, and follows no link
        return False
    build = layout.build_dir
    if build is not None and any(path.is_relative_to(build) for path in looked):
        return True
    return any(os.path.isdir(_first_folder(path, layout)) for path in looked)


def _first_folder(path: Path, layout: Layout) -> Path:
    """The first folder of the site that ``path`` leads through; its own where it leads through
    none, or lies in no folder of the site."""
    for folder in layout.folders():
        if path.is_relative_to(folder):
            first = path.relative_to(folder).parts[:-1][:1]
            return folder.joinpath(*first)
    return path.parent


def _has_hashed_twin(path: Path, layout: Layout) -> bool:
    """Whether a build has put a hash into the file's name: ``card.3f9a1c20.png``."""
    names = layout.names(path.parent)
    alike = takewhile(
        lambda name: name.startswith(path.stem), names[bisect_left(names, path.stem) :]
    )
    stem, suffix = re.escape(path.stem), re.escape(path.suffix)
    hashed = re.compile(rf"{stem}[._-](?!\d+x\d+)(?=[^.]*\d)[0-9A-Za-z_-]{{6,}}{suffix}")
    return any(hashed.fullmatch(name) for name in alike)


def _near(looked: Iterable[Path], layout: Layout) -> str | None:
    """The name beside where a file would be that is most like its own."""
    from difflib import get_close_matches

    for path in looked:
        wanted, names = path.name.casefold(), layout.names(path.parent)
        by_case = {
            one.casefold(): one
            for one in names
            if (len(names) <= _COMPARED or one.casefold() == wanted)
            and image_urls.has_image_ending(one)
        }
        found = get_close_matches(wanted, by_case, 1, 0.8)
        if found:
            return by_case[found[0]]
    return None


def _folders(looked: Iterable[Path], layout: Layout) -> str:
    """The folders of missing files, from the site's own folder, else by their last names.

    Sources and built pages look in another order; what is said of both is the same.
    """
    named = {_folder(path.parent, layout.root) for path in looked}
    return " or ".join(cut(one) for one in sorted(named))


def _folder(folder: Path, root: Path | None) -> str:
    if root is not None and folder != root and folder.is_relative_to(root):
        return folder.relative_to(root).as_posix()
    return "/".join(folder.parts[-2:]).lstrip("/")


_DOCUMENTS = frozenset({".html", ".htm", ".pdf"})


class UnreadableImage(ImageFileRule):
    """A file that is no image, or a damaged one.

    ## What it does
    Reads the beginning of each image file that can be found, and reports what cannot be shown: an
    empty file, one that is cut off, a damaged header, an HTML page or a PDF document under an
    image's name, a folder, a pipe, a file that may not be read. A Git LFS pointer is reported in a
    built site only: in a source it says that the files were not fetched.

    ## Why it matters
    Platforms show no picture. A page under an image's name is mostly the error page of the server
    that it was downloaded from.
    """

    code = "IMG107"
    name = "unreadable-image"
    severity = Severity.ERROR
    bad = (
        Example(release(), config=STATIC, files={CARD: b""}),
        Example(
            release(), config=STATIC,
            files={CARD: "<!DOCTYPE html>\n<title>404 Not Found</title>\n"},
        ),
        Example(release(), config=STATIC, files={CARD: bytes(CARD_PICTURE)[:-2]}),
    )  # fmt: skip
    good = (
        Example(release(), config=STATIC, files={CARD: CARD_PICTURE}),
        Example(
            release(), config=STATIC,
            files={CARD: "version https://git-lfs.github.com/spec/v1\n"},
        ),
    )  # fmt: skip

    def check(self, page: Page, context: Context) -> Iterable[Finding]:
        """One finding an address."""
        for one in local_images(page, context):
            file = one.reference.lookup.file
            if one.image is None or file is None or not one.image.fault:
                continue
            if file.suffix.lower() in _DOCUMENTS and not one.image.format:
                continue  # its name says so, and *unsupported-format* says it
            yield self.at(
                one.prop,
                f"The image {quoted(file.name)} {one.image.fault}.",
                help="Put the picture there, as a JPEG or PNG.",
                related=twins(one.further),
            )


class TypeNotAsNamed(ImageFileRule):
    """An image file that is in another format than it says.

    ## What it does
    Tells the format from the file's first bytes, and compares it with the ending of its name and
    with og:image:type.

    ## Why it matters
    Servers send the type that goes with the ending, and platforms that trust it fail to decode the
    picture; Google asks that the ending match the type (developers.google.com, images). A phone's
    HEIC, or a WebP that was saved as `.jpg`, is shown by few of them.
    """

    code = "IMG106"
    name = "type-not-as-named"
    severity = Severity.WARNING
    bad = (
        Example(release(), config=STATIC, files={CARD: Picture(1200, 630)}),
        Example(
            release({"og.image.type": "image/png"}), config=STATIC,
            files={CARD: CARD_PICTURE},
        ),
    )  # fmt: skip
    good = (
        Example(
            release({"og.image.type": "image/jpg"}), config=STATIC,
            files={CARD: CARD_PICTURE},
        ),
        Example(
            release({"og.image.url": f"{SITE}/media/harbour-workshops.jpg?format=png"}),
            config=STATIC,
            files={CARD: Picture(1200, 630)},
        ),
    )  # fmt: skip

    def check(self, page: Page, context: Context) -> Iterable[Finding]:
        """One finding a file: at its name, else at og:image:type."""
        for one in local_images(page, context):
            image, file = one.published, one.reference.lookup.file
            if image is None or file is None:
                continue
            found = _named(image)
            said = images.format_of_ending(file.suffix.removeprefix("."))
            if said is not None and said != image.format:
                at = one.prop.value.rfind(file.name)
                yield self.at(
                    one.prop,
                    f"The image {quoted(file.name)} is named as {images.called(said)}, and is "
                    f"{found}.",
                    part=(at, at + len(file.name)) if at >= 0 else None,
                    help=_advice(image, said),
                    related=twins(one.further),
                )
                continue
            declared = _declared(page, one.prop)
            if declared is not None and images.format_of_type(declared.meant) not in (
                None, image.format,
            ):  # fmt: skip
                yield self.at(
                    declared,
                    f"og:image:type is {quoted(declared.meant)}, and the image is {found}.",
                    help="Write the image's own type, or leave it out.",
                    related=[(one.prop, "the image")],
                )


def _named(image: images.Image) -> str:
    if image.animated:
        return f"an animated {images.NAMES[image.format]}"
    return images.called(image.format)


def _advice(image: images.Image, said: str) -> str:
    if image.format in ("jpeg", "png"):
        return f"Name it .{'jpg' if image.format == 'jpeg' else 'png'}."
    wanted = images.NAMES[said] if said in ("jpeg", "png") else "JPEG or PNG"
    return f"Save it as {wanted}: a new name alone changes nothing."


def _declared(page: Page, prop: Property) -> Property | None:
    """The og:image:type that belongs to an image, where that is told."""
    if not prop.name.startswith("og:image"):
        return None
    roots = [p for p in page.named(("og:image", "og:image:url")) if p.group == prop.group]
    found = [p for p in page.all("og:image:type") if p.group == prop.group]
    return found[0] if len(roots) == 1 and len(found) == 1 else None


RULES: tuple[type[Rule], ...] = (ImageNotFound, TypeNotAsNamed, UnreadableImage)
