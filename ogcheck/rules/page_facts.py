"""What several rules ask of a page, each answered once."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from ogcheck import vocabulary
from ogcheck.page import Page, Property
from ogcheck.rules.base import Fixer, replacing, together
from ogcheck.values import references, titles, urls


def first_of(page: Page, *names: str) -> Property | None:
    """The first of the properties that says anything."""
    for name in names:
        prop = page.written(name)
        if prop is not None and prop.meant:
            return prop
    return None


def all_of(page: Page, *names: str) -> list[Property]:
    """All of the properties that say anything."""
    return [prop for prop in page.named(names) if prop.meant]


def resolved(page: Page, reference: str, own: str | None) -> str | None:
    """A relative ``reference`` of a built page as a browser takes it: against ``<base>``, else
    ``own``, the page's address. None where that is not known."""
    for tag in page.html.bases if page.html is not None else ():
        href = tag.get("href")
        if href is not None:
            own = urls.joined(href.strip(), own or _NOWHERE)
            break
    return None if own is None else urls.joined(reference, own)


_NOWHERE = "https://site.invalid/"


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


def part_of_meant(prop: Property, start: int, end: int) -> tuple[int, int] | None:
    """Where a part of ``prop.meant`` stands in its value; None where that cannot be told."""
    resolved = references.resolve(prop.value)
    before = len(resolved) - len(resolved.lstrip())
    return references.placed(prop.value, start + before, end + before)


def once_each(page: Page, names: tuple[str, ...]) -> list[tuple[Property, list[Property]]]:
    """The URLs under ``names``, each with the further properties that hold the same one.

    One address in og:image and twitter:image is one fault in two places.
    """
    known: _Once | None = page.memo.get(("once each", names))
    if known is None:
        found: dict[str, tuple[Property, list[Property]]] = {}
        for prop in page.named(names):
            first = found.get(prop.meant)
            if first is None:
                found[prop.meant] = (prop, [])
            else:
                first[1].append(prop)
        found.pop("", None)
        known = page.memo["once each", names] = list(found.values())
    return known


_Once = list[tuple[Property, list[Property]]]


def unusual_urls(page: Page, names: tuple[str, ...]) -> list[tuple[Property, list[Property]]]:
    """What :func:`once_each` gives, without the addresses of which there is nothing to say.

    Of a plain one (:func:`ogcheck.values.urls.is_plain`) no rule about the form, the host or the
    contents of an address speaks; most are.
    """
    known: _Once | None = page.memo.get(("unusual urls", names))
    if known is None:
        known = [one for one in once_each(page, names) if not urls.is_plain(one[0].meant)]
        page.memo["unusual urls", names] = known
    return known


def twins(props: list[Property]) -> list[tuple[Property, str]]:
    """The related places of a finding that is about one address in several properties."""
    return [(prop, f"{prop.name} is the same address") for prop in props]


def replacing_each(
    page: Page, props: list[Property], text: str, message: str, *, safe: bool
) -> Fixer:
    """The fix that gives each of ``props``, which hold one address, the value ``text``."""
    return together(*(replacing(page, prop, text, message, safe=safe) for prop in props))


_LABELS = {"page:canonical": "the page's own URL", "page:title": "the page's title",
           "page:description": "the page's description", "page:published": "the publication date",
           "page:modified": "the modification date", "page:image": "the page's image",
           "page:lang": "the page's language", "page:author": "the page's author"}  # fmt: skip


def label(name: str) -> str:
    """How messages call a property at the beginning of a sentence."""
    text = _LABELS.get(name, name)
    return text[0].upper() + text[1:] if name in _LABELS else name


class Repeat(NamedTuple):
    """A property that can have one value, and has several."""

    first: Property
    others: tuple[Property, ...]
    differs: bool
    """The values differ by more than letter case and white space."""


_NONE: list[Repeat] = []


def repeats(page: Page) -> list[Repeat]:
    """The protocols' properties of which there is one on a page, or in one image, and that repeat.

    What is blank, or what a program wrote for no value, does not count.
    """
    if len(page.by_name) == len(page.properties):
        return _NONE
    if "repeats" not in page.memo:
        page.memo["repeats"] = list(_repeats(page))
    found: list[Repeat] = page.memo["repeats"]
    return found


def _repeats(page: Page) -> Iterator[Repeat]:
    for name, props in page.by_name.items():
        entry = vocabulary.PROPERTIES[name]
        if len(props) < 2 or entry.status in ("page", "ld"):
            continue
        for group in _single(page, entry, props):
            said = [p for p in group if says_something(p)]
            if len(said) > 1:
                first, *others = said
                same = all(_comparable(first) == _comparable(p) for p in others)
                yield Repeat(first, tuple(others), not same)


def _single(page: Page, entry: vocabulary.Entry, props: list[Property]) -> Iterator[list[Property]]:
    """The properties of one name by what there is one of: the page, or an object of it."""
    if not entry.many:
        yield props
        return
    root = entry.root
    if root is None or entry.status != "protocol" or entry.name in (root, f"{root}:url"):
        return
    objects = [p.group for p in page.named((root, f"{root}:url"))]
    groups: dict[tuple[int, ...], list[Property]] = {}
    for prop in props:
        groups.setdefault(prop.group, []).append(prop)
    for group, found in groups.items():
        if objects.count(group) <= 1:  # of two flat images it is not known whose it is
            yield found


def _comparable(prop: Property) -> str:
    url = prop.url if vocabulary.is_url(prop.name) else None
    return url.href if url is not None else " ".join(prop.meant.casefold().split())


PLACEHOLDERS = frozenset([*"null NULL undefined none None nan NaN".split(), "[object Object]"])
"""What programs write where they have no value, to the letter: Nan is a town."""


def says_something(prop: Property) -> bool:
    """Whether the value is one: not blank, and not what a program wrote for none."""
    text = prop.meant
    return bool(text) and text not in PLACEHOLDERS


def is_home_address(url: urls.Url | None, site_url: str | None) -> bool:
    """Whether ``url`` is the home page of its host, or of the site, which may have a path."""
    if url is None or url.is_root or site_url is None:
        return url is not None and url.is_root
    site = urls.parse(site_url)
    return (
        site is not None
        and (url.host, url.query) == (site.host, "")
        and url.path.rstrip("/") == site.path.rstrip("/")
    )


def is_home(page: Page, site_url: str | None = None) -> bool:
    """Whether the page is known to be a site's home page: by its address, or its file's name."""
    if any(is_home_address(one.share_url, site_url) for one in page.named(vocabulary.PAGE_URLS)):
        return True
    stem = page.source.path.rsplit("/", 1)[-1].split(".", 1)[0].lower()
    return stem in ("index", "_index", "home")
