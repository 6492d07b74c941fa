"""What several rules ask of a page, each answered once."""

from __future__ import annotations

from ogcheck.page import Page, Property
from ogcheck.values import titles


def title_affix(page: Page) -> tuple[Property, titles.Segment] | None:
    """The site's name as the page's titles tell it: which property carries it, and where.

    The segment's offsets are into the property's value. None where the titles do not differ by a
    name.
    """
    if "title affix" not in page.memo:
        page.memo["title affix"] = _title_affix(page)
    found: tuple[Property, titles.Segment] | None = page.memo["title affix"]
    return found


def site_name(page: Page) -> str | None:
    """The site's name as the page's titles tell it, also where they are different titles."""
    found = title_affix(page)
    if found is not None:
        return found[1].text
    title = page.written("page:title")
    segment = titles.site_segment(title.meant) if title is not None else None
    return None if segment is None else segment.text


def _title_affix(page: Page) -> tuple[Property, titles.Segment] | None:
    title, share = page.written("page:title"), page.written("og:title")
    if title is None or share is None:
        return None
    for longer, shorter in ((title, share), (share, title)):
        found = titles.affix(longer.value, shorter.meant)
        if found is not None:
            return longer, found
    return None


def publication(page: Page) -> Property | None:
    """The page's date of publication, where it has one."""
    for name in ("page:published", "article:published_time"):
        found = page.written(name)
        if found is not None and not found.is_blank and found.kind != "boolean":
            return found
    return None


LIST_PAGES = ("index", "_index", "home", "list", "archive")
"""File names, without their endings, of pages that list others."""


def is_list_page(page: Page, names: tuple[str, ...] = LIST_PAGES) -> bool:
    """Whether the page lists others: by its file's name, or as the site's home page."""
    if page.source.path.rsplit("/", 1)[-1].rsplit(".", 1)[0].lower() in names:
        return True
    address = page.written("page:canonical") or page.written("og:url")
    return address is not None and (url := address.share_url) is not None and url.is_root


_LABELS = {"page:canonical": "the page's own URL", "page:title": "the page's title",
           "page:description": "the page's description", "page:published": "the publication date",
           "page:modified": "the modification date", "page:image": "the page's image",
           "page:lang": "the page's language", "page:author": "the page's author"}  # fmt: skip


def label(name: str) -> str:
    """How messages call a property at the beginning of a sentence."""
    text = _LABELS.get(name, name)
    return text[0].upper() + text[1:] if name in _LABELS else name
