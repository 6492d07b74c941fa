"""The image files that a page's metadata names, as far as they lie on this disk."""

from __future__ import annotations

from functools import lru_cache
from typing import ClassVar, NamedTuple

from ogcheck import platforms, vocabulary
from ogcheck.images import Image
from ogcheck.layout import Layout, Reference
from ogcheck.page import Page, Property
from ogcheck.rules.base import Context, Rule
from ogcheck.rules.page_facts import once_each, resolved
from ogcheck.values import image_urls

IMAGES = (*vocabulary.IMAGE_URLS, "page:image")
"""Properties that an image file is known by."""


class Local(NamedTuple):
    """An image that the page names, and what its folders say of it."""

    prop: Property
    further: list[Property]
    """Those that hold the same address."""
    reference: Reference
    image: Image | None
    """What is there; None where nothing is."""

    @property
    def picture(self) -> Image | None:
        """The image, where it can be shown."""
        return None if self.image is None or self.image.fault else self.image

    @property
    def published(self) -> Image | None:
        """The image, where it is published as it is: nothing scales it on its way."""
        is_file = self.reference.copied and not image_urls.is_scaled(self.prop.meant)
        return self.picture if is_file else None


def local_images(page: Page, context: Context) -> list[Local]:
    """The images that can be looked for, each once. What leads out of the folders is none."""
    known: list[Local] | None = page.memo.get("local images")
    if known is None:
        known = page.memo["local images"] = []
        for prop, further in _asked(page, context):
            reference = _reference(page, prop, context.layout)
            if reference.lookup.state in ("elsewhere", "refused"):
                continue
            file = reference.lookup.file
            image = None if file is None else context.images.read(file)
            # In a source whose large files were not fetched nothing is known of them.
            if image is None or not image.pointer or page.html is not None:
                known.append(Local(prop, further, reference, image))
    return known


class ImageFileRule(Rule):
    """The base of rules that look at image files."""

    depends_on = ("files",)
    reads: ClassVar[tuple[str, ...]] = IMAGES

    def lasts(self, page: Page, context: Context) -> bool:
        """Where nothing on disk was asked for the page."""
        return not _asked(page, context)


def _asked(page: Page, context: Context) -> list[tuple[Property, list[Property]]]:
    """The addresses for which folders are told."""
    layout = context.layout
    if not layout.is_configured and layout.root is None:
        return []
    named = once_each(page, vocabulary.IMAGE_URLS)
    derived = page.derived("og:image").property if page.html is None else None
    if derived is not None and derived.name == "page:image" and derived.meant:
        named = [*named, (derived, [])]
    return [one for one in named if _concerns(page, one[0], layout)]


def _concerns(page: Page, prop: Property, layout: Layout) -> bool:
    fault = prop.url_fault
    if fault is None:
        if layout.concerns(prop.meant):
            return True
        generated = page.html is None and bool(page.preset.folders.static)
        return generated and layout.inside(prop.meant) is not None
    if fault != "relative" or prop.meant.startswith("//"):
        return False
    return layout.is_configured if page.html is not None else True


def _reference(page: Page, prop: Property, layout: Layout) -> Reference:
    """What the property's address leads to; see :class:`~ogcheck.layout.Reference`."""
    if page.html is not None:
        address: str | None = prop.meant
        if prop.url_fault is not None:
            own = None if page.place is None else layout.address(page.place)
            address = resolved(page, prop.meant, own)
        found = layout.find(address or "", built=True)
        return Reference(found, certain=True, copied=True)
    folders = page.preset.folders
    if prop.url_fault is None:
        found = layout.find(prop.meant)
        inner = layout.inside(prop.meant)
        if found.state in ("found", "refused") or inner is None:
            return Reference(found, certain=True, copied=True)
        return layout.published(inner, folders)
    found, certain, copied = layout.refer(prop.meant, page.place, folders)
    return Reference(found, certain and bool(page.preset.completes_urls), copied)


def readers(one: Local, names: tuple[str, ...]) -> tuple[str, ...]:
    """Those of the platforms ``names`` that look at the image: a card's own is not everybody's.

    Front matter that spells og:image:url, or has a key of its own, becomes og:image.
    """
    properties = {p.name for p in (one.prop, *one.further)}
    spelt = {"page:image"} if one.prop.tag is not None else {"page:image", "og:image:url"}
    if not properties.isdisjoint({*spelt, "og:image:secure_url"}):
        properties.add("og:image")
    return _readers(frozenset(properties), names)


@lru_cache(maxsize=100)
def _readers(properties: frozenset[str], names: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(
        name
        for name in names
        if any(place.name in properties for place in platforms.fallbacks(name, "image"))
    )
