"""The record of one page that is kept for site rules, and what they ask of several records."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Collection, Hashable, Iterable, Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from ogcheck.layout import Layout
from ogcheck.page import Page
from ogcheck.rules.page_facts import LIST_PAGES, first_of, is_home, is_list_page, resolved
from ogcheck.rules.site_base import PageFacts, SitePage
from ogcheck.values import locales, titles, urls
from ogcheck.values.patterns import late

_TITLE_LIMIT = 150
"""Of a longer title only its two ends are kept, and a digest of all."""
_URL_LIMIT = 300
_LANGUAGE_FOLDER = late(r"[a-z]{2}(?:[-_][A-Za-z]{2,4})?")
_PAGED = late(r"/page/?[-_]?\d+(?:[/.]|$)|[?&](?:page|p|paged)=\d+", re.IGNORECASE)
_PAGED_TITLE = late(
    r"\b(?:page|seite|página|pagina|strona|sida|side|страница)\s*\d+\b|\(\d+/\d+\)", re.IGNORECASE
)
_FEW = 10
"""How many digest bytes stand for what is cut."""
_TAIL = 60
"""How much of the end is kept: the site's name, the slash of an address."""


def gather(
    page: Page, layout: Layout, silent: Collection[str] = (), built: str = ""
) -> PageFacts | None:
    """The record of ``page``; None for one of which nothing is asked, or that does not parse.

    ``layout`` tells where it lies. ``silent`` holds the codes of site rules that another rule spoke
    before; ``built`` is the page that is built from this one.
    """
    if page.exempt is not None or page.unreadable:
        return None
    title = _text(page, "page:title")
    share_title = "" if title else _text(page, "og:title")
    canonical, share_url = _address(page, "page:canonical"), _address(page, "og:url")
    links = list(alternates(page))
    return PageFacts(
        page.html is not None,
        title=title,
        share_title=share_title,
        description=_description(page),
        canonical=canonical,
        share_url=share_url,
        image=_image(page),
        lang=_language(page),
        alternates=b"".join(address_digest(link.href) for link in links),
        defaults=sum(1 << number for number, link in enumerate(links) if link.is_default),
        is_elsewhere=_is_elsewhere(page, layout, canonical or share_url),
        is_list=is_home(page) or is_list_page(page, LIST_PAGES) if page.html is None
        else _is_html_list(page),
        is_further=_is_further(page, title or share_title, canonical, share_url),
        built=built,
        silent=tuple(sorted(silent)),
    )  # fmt: skip


def _is_html_list(page: Page) -> bool:
    """Every built page is called index: only its address tells, and what it says it is."""
    for name in ("page:canonical", "og:url"):
        prop = page.written(name)
        if prop is not None and prop.share_url is not None and prop.share_url.is_root:
            return True
    return page.source.path.count("/") == 0 and page.source.path.startswith("index.")


def _text(page: Page, name: str) -> str:
    prop = page.written(name)
    return "" if prop is None else _cut(prop.line, _TITLE_LIMIT)


def _cut(text: str, limit: int) -> str:
    if len(text) <= limit:
        return text
    return f"{text[: limit - _TAIL]}~{_digest(text, _FEW).hex()}~{text[-_TAIL:]}"


def _digest(text: str, size: int) -> bytes:
    """``size`` bytes that name ``text``."""
    from hashlib import blake2b  # slow to import, and only runs over a site ask for it

    return blake2b(text.encode("utf-8", "surrogatepass"), digest_size=size).digest()


def _description(page: Page) -> int:
    prop = first_of(page, "page:description", "og:description")
    return 0 if prop is None else _number(titles.fold(prop.line))


def _number(text: str) -> int:
    """A number that names ``text``, and is not 0."""
    return int.from_bytes(_digest(text, 7), "big") or 1


def _address(page: Page, name: str) -> str:
    prop = page.written(name)
    url = prop.share_url if prop is not None else None
    return "" if url is None else _cut(url.href, _URL_LIMIT)


def _image(page: Page) -> int:
    prop = first_of(page, "og:image", "og:image:url", "page:image")
    return 0 if prop is None else _number(prop.meant)


def _language(page: Page) -> str:
    """What the page says, else its path: ``/fr/`` and ``a.fr.md``, as generators have it."""
    prop = first_of(page, "page:lang")
    if prop is not None:
        return re.split("[-_]", prop.meant)[0].lower()
    *folders, name = page.source.path.split("/")
    parts = name.split(".")
    for one in (*parts[1:-1], *reversed(folders)):
        if _LANGUAGE_FOLDER.fullmatch(one) and locales.known_for(one[:2]):
            return one[:2]
    return ""


class Alternate(NamedTuple):
    """A link to a translation."""

    number: int
    """Which of the page's links."""
    href: str
    """The address that it leads to, a relative one resolved."""
    is_default: bool
    """It is for all other languages: a home page, or one to choose a language."""


def alternates(page: Page) -> Iterator[Alternate]:
    """The links to the page's translations."""
    if page.html is None:
        return
    for number, tag in enumerate(page.html.links):
        rel, lang = tag.get("rel"), tag.get("hreflang")
        if rel is None or "alternate" not in rel.lower().split() or not lang:
            continue
        url = urls.parse(_resolved(page, (tag.get("href") or "").strip()) or "")
        if url is not None and url.scheme in ("http", "https"):
            yield Alternate(number, url.href, lang.strip().lower() == "x-default")


def _resolved(page: Page, href: str) -> str | None:
    """``href`` as it leads from the page's own address, where that is known."""
    if href.startswith(("http://", "https://")):
        return href
    written = (page.written(name) for name in ("page:canonical", "og:url"))
    known = (one.share_url for one in written if one is not None)
    own = next((url.href for url in known if url is not None), None)
    return resolved(page, href, own)


def _is_elsewhere(page: Page, layout: Layout, address: str) -> bool:
    """Whether a built page names an address that is not where the folder of the build has it.

    Below which folder the site is served is left open.
    """
    folder, place = layout.build_dir, page.place
    if not address or page.html is None or layout.site_url is None or folder is None:
        return False
    url = urls.parse(address)
    if url is None or place is None or not place.is_relative_to(folder):
        return False
    own = urls.bare_path(f"/{place.relative_to(folder).as_posix()}")
    return not urls.bare_path(url.path).endswith(own)


@lru_cache(maxsize=4096)
def address_digest(href: str) -> bytes:
    """Eight bytes that name a page's address, whatever its form (``www.``, a trailing slash)."""
    url = urls.parse(href)
    return _digest("\0".join(urls.form(url)) if url is not None else href, 8)


def digests(facts: PageFacts) -> list[bytes]:
    """The digests of a page's translations."""
    return [facts.alternates[at : at + 8] for at in range(0, len(facts.alternates), 8)]


def address(facts: PageFacts) -> str:
    """The page's address: its own URL, else og:url."""
    return facts.canonical or facts.share_url


def address_name(facts: PageFacts) -> str:
    """The property that :func:`address` comes from."""
    return "page:canonical" if facts.canonical else "og:url"


def title(facts: PageFacts) -> str:
    """The page's title, else og:title."""
    return facts.title or facts.share_title


def title_name(facts: PageFacts) -> str:
    """The property that :func:`title` comes from."""
    return "page:title" if facts.title else "og:title"


def _is_further(page: Page, title: str, *addresses: str) -> bool:
    """Whether it is a further page of a list: its path, an address or its title says a number."""
    return any(_PAGED.search(one) for one in (f"/{page.source.path}", *addresses)) or bool(
        _PAGED_TITLE.search(title)
    )


def groups(
    pages: Sequence[SitePage],
    key: Callable[[SitePage], Hashable | None],
    numbers: Iterable[int] | None = None,
) -> Iterator[list[int]]:
    """The numbers of the pages that have one ``key``, where two or more have; None is no key."""
    found: dict[Hashable, list[int]] = {}
    for number in range(len(pages)) if numbers is None else numbers:
        value = key(pages[number])
        if value is not None:
            found.setdefault(value, []).append(number)
    yield from (members for members in found.values() if len(members) > 1)


def counted(count: int, noun: str = "page") -> str:
    """``3 pages``."""
    return f"{count:,} {noun}" if count == 1 else f"{count:,} {noun}s"


def common_affix(texts: list[str], share: int) -> str | None:
    """What stands at an end of so many of ``texts`` in a hundred; None where nothing does."""
    counts: Counter[tuple[int, str]] = Counter()
    written: dict[str, str] = {}
    for text in texts:
        for end, segment in _ends(text):
            folded = titles.fold(segment)
            counts[end, folded] += 1
            written.setdefault(folded, segment)
    for (_, folded), count in counts.most_common(1):
        if count * 100 >= len(texts) * share:
            return written[folded]
    return None


def _ends(text: str) -> Iterator[tuple[int, str]]:
    parts = titles.segments(text)
    if len(parts) > 1:
        yield -1, parts[-1].text
        if not parts[0].colon:
            yield 0, parts[0].text
