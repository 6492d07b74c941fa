"""Where a page stands: its address against its date, its section, its title and its own place."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import field
from functools import lru_cache

from ogcheck import vocabulary
from ogcheck.frozen import frozen
from ogcheck.page import Page, Property
from ogcheck.problem import Finding, Severity
from ogcheck.rules.base import Context, Example, Rule, cut, quoted, replacing
from ogcheck.rules.examples import ADDRESS, SITE, post, release
from ogcheck.rules.page_facts import label
from ogcheck.values import dates, titles, url_parts, urls
from ogcheck.values.patterns import late

_DATES = ("page:published", "article:published_time")
_SECTIONS = ("article:section",)


def _address(page: Page) -> tuple[Property, urls.Url] | None:
    """The page's own URL, else og:url, where it can be shared."""
    for name in ("page:canonical", "og:url"):
        prop = page.written(name)
        if prop is not None and prop.share_url is not None:
            return prop, prop.share_url
    return None


class DateInUrlDisagrees(Rule):
    """The address names another month than the publication date.

    ## What it does
    Reads a year and a month in the page's address (`/2021/march-2021/`, `/2021/03/`) and notes
    where the publication date is in another one. Days are not compared: a page is written before
    it is published.

    ## Why it matters
    The date, or the address, may be left over from the page that this one was copied from. Google
    asks that the dates of a page agree (developers.google.com, publication dates).
    """

    code = "URL014"
    name = "date-in-url-disagrees"
    severity = Severity.NOTE
    reads = _DATES
    bad = (
        Example(
            release({"url": ADDRESS.replace("news", "news/2026/april"),
                     "og.url": ADDRESS.replace("news", "news/2026/april")})
        ),
        Example(post(f"og_url: {SITE}/2025/12/bridge/", "date: 2026-03-26")),
    )  # fmt: skip
    good = (
        Example(release()),
        Example(post(f"og_url: {SITE}/2026/03/bridge/", "date: 2026-03-26")),
        Example(post(f"og_url: {SITE}/2025/review/", "date: 2026-01-02")),
        Example(post(f"og_url: {SITE}/2026/03/31/bridge/", "date: 2026-04-01")),
    )

    def check(self, page: Page, context: Context) -> Iterable[Finding]:
        """One note, at the month in the address."""
        address = _address(page)
        if address is None:
            return
        prop, _ = address
        dated = next((p for name in _DATES if (p := page.written(name)) is not None), None)
        if dated is None or dated.date is None or dated.date.fault is not None:
            return
        named = url_parts.dated_path(prop.meant)
        if named is None or _near(dated.date, named.year, named.month):
            return
        at = prop.value.find(prop.meant)
        yield self.at(
            prop,
            f"{label(prop.name)} names {dates.MONTHS[named.month - 1]} {named.year}, and the page "
            f"is of {dates.MONTHS[dated.date.month - 1]} {dated.date.year}.",
            part=(at + named.start, at + named.end) if at >= 0 else None,
            help="Look whether the date is right; an address that is out is better left as it is.",
            related=[(dated, "the publication date")],
        )


def _near(date: dates.Date, year: int, month: int) -> bool:
    """The same month, or a day that a time zone or a night puts into the next."""
    apart = (date.year - year) * len(dates.MONTHS) + date.month - month
    if apart == 0:
        return True
    last = dates.days_in(date.year, date.month)
    return (apart == 1 and date.day == 1) or (apart == -1 and date.day == last)


@frozen
class SectionPattern:
    """Where an address names its section."""

    pattern: str = field(
        default=r"^/([^/]+)/",
        metadata={"doc": "A regular expression over the path; its first group is the section."},
    )


class SectionInUrlDisagrees(Rule):
    """The address names another section than article:section.

    ## What it does
    Compares article:section with the part of the page's path that the option `pattern` takes for
    its section. Off unless selected: whether a path names a section is a site's own affair.

    ## Why it matters
    A page that moved keeps one of the two, and is listed in the wrong place.
    """

    code = "URL015"
    name = "section-in-url-disagrees"
    severity = Severity.NOTE
    on = False
    Options = SectionPattern
    reads = _SECTIONS
    bad = (
        Example(
            post(f"og_url: {SITE}/sport/bridge/", "article_section: Local news"),
            config={"extend-select": ["URL015"]},
        ),
    )
    good = (
        Example(
            post(f"og_url: {SITE}/local-news/bridge/", "article_section: Local News"),
            config={"extend-select": ["URL015"]},
        ),
        Example(post(f"og_url: {SITE}/sport/bridge/", "article_section: Local news")),
    )

    def check(self, page: Page, context: Context) -> Iterable[Finding]:
        """One finding, at article:section; the address is related."""
        section, address = page.written("article:section"), _address(page)
        if section is None or address is None or not section.meant:
            return
        prop, url = address
        named = _group(self.options.pattern, url.path)
        if named is None or named.isdigit() or _slug(named) == _slug(section.meant):
            return  # a year is no section
        yield self.at(
            section,
            f"article:section is {quoted(section.meant)}, and the address names {quoted(named)}.",
            help="Write the section that the page is in.",
            related=[(prop, label(prop.name))],
        )


@lru_cache(maxsize=8)
def _pattern(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern)


def _group(pattern: str, path: str) -> str | None:
    match = _pattern(pattern).search(path)
    return match[1] if match is not None and match.lastindex else None


def _slug(text: str) -> str:
    return "-".join(re.findall(r"\w+", titles.fold(text)))


@frozen
class SlugPattern:
    """Where an address has its slug."""

    pattern: str = field(
        default=r"/([^/]+?)(?:\.[A-Za-z]{2,5})?/?$",
        metadata={"doc": "A regular expression over the path; its first group is the slug."},
    )


class SlugFarFromTitle(Rule):
    """The slug of the address shares no word with the title.

    ## What it does
    Compares the words of the page's title with those of the slug that the option `pattern` finds
    in the path; in ASCII, as slugs are. Titles in other scripts are left alone. Off unless
    selected: many sites have slugs of numbers, or of an older headline.

    ## Why it matters
    A slug of another headline is mostly left over from the page that this one was copied from.
    """

    code = "URL016"
    name = "slug-far-from-title"
    severity = Severity.NOTE
    on = False
    Options = SlugPattern
    reads = ("page:title", "og:title")
    bad = (
        Example(
            post("title: New recycling scheme", f"og_url: {SITE}/news/harbour-bridge-closed/"),
            config={"extend-select": ["URL016"]},
        ),
    )
    good = (
        Example(
            post("title: Harbour bridge is closed", f"og_url: {SITE}/news/bridge-closed/"),
            config={"extend-select": ["URL016"]},
        ),
        Example(
            post("title: Harbour bridge is closed", f"og_url: {SITE}/news/20931/"),
            config={"extend-select": ["URL016"]},
        ),
    )

    def check(self, page: Page, context: Context) -> Iterable[Finding]:
        """One finding, at the address; the title is related."""
        title = page.written("og:title") or page.written("page:title")
        address = _address(page)
        if title is None or address is None:
            return
        prop, url = address
        slug = _group(self.options.pattern, url.path)
        if slug is None:
            return
        mine = url_parts.slug_words(title.meant)
        words = {w for w in url_parts.slug_words(slug) if not w.isdigit()}
        if len(words) < 2 or not mine or mine & words:
            return
        yield self.at(
            prop,
            f"The address says {quoted(slug)}, and the title {quoted(title.meant)}.",
            help="Look whether it is the address of this page.",
            related=[(title, "the title")],
        )


@frozen
class OwnPlace:
    """Where files are built."""

    root: str = field(
        default="",
        metadata={
            "doc": "The folder whose files are built to the address that their path names, "
            "relative to the configuration's `site-url`; empty where paths say nothing of it."
        },
    )


class NotItsOwnAddress(Rule):
    """The page's address is not the place where the page is built.

    ## What it does
    With `site-url`, compares the path of og:url and of the canonical URL with the path that the
    front matter itself gives (`permalink: /news/a/`, `url: /news/a/`), else, with the option `root`
    (`content`, say), with the path of the file below `root`: `content/news/a.md` and
    `content/news/a/index.md` are `/news/a/`. Patterns (`/:year/:title/`), pages with a `slug`, a
    `path` or `aliases`, and further pages of a list are left alone.

    ## Why it matters
    A page that names another address as its own hands its shares, and its place in search, to the
    page there.

    ## Fix
    Writes the page's own address. Unsafe: the generator may build it elsewhere.
    """

    code = "URL017"
    name = "not-its-own-address"
    severity = Severity.WARNING
    fix = "unsafe"
    Options = OwnPlace
    reads = vocabulary.PAGE_URLS
    bad = (
        Example(
            post(f"og_url: {SITE}/news/another/"),
            "content/news/bridge.md",
            config={"site-url": SITE, "rules": {"URL017": {"root": "content"}}},
        ),
        Example(
            post(f"og_url: {SITE}/news/another/", "permalink: /news/bridge/"),
            config={"site-url": SITE},
        ),
    )
    good = (
        Example(
            post(f"og_url: {SITE}/news/bridge/"),
            "content/news/bridge/index.md",
            config={"site-url": SITE, "rules": {"URL017": {"root": "content"}}},
        ),
        Example(
            post(f"og_url: {SITE}/b/", "permalink: /b/"),
            "content/news/bridge.md",
            config={"site-url": SITE, "rules": {"URL017": {"root": "content"}}},
        ),
        Example(
            post(f"og_url: {SITE}/2026/bridge/", "permalink: /:year/:title/"),
            config={"site-url": SITE},
        ),
        Example(post(f"og_url: {SITE}/news/another/"), "content/news/bridge.md"),
    )

    def check(self, page: Page, context: Context) -> Iterable[Finding]:
        """One finding a URL."""
        if context.site_url is None:
            return
        site = urls.parse(context.site_url)
        place = _place(page, self.options.root.strip("/"))
        if site is None or place is None:
            return
        base = site.path.rstrip("/")
        own = base + place
        whole = place if place.startswith(f"{base}/") else own  # it may be written as served
        for prop in page.named(vocabulary.PAGE_URLS):
            url = prop.share_url
            if url is None or url.host != site.host:
                continue
            if _same_place(url.path, own) or _same_place(url.path, whole):
                continue
            written = f"{site.scheme}://{site.host}{own}"
            yield self.at(
                prop,
                f"{label(prop.name)} is not the address at which this page is built, {cut(own)}.",
                help=f"Write {written}, if the page is there.",
                fix=replacing(page, prop, written, "Write the page's own address", safe=False),
            )


def _place(page: Page, root: str) -> str | None:
    """The path at which the page is built; None where nothing says it.

    It is the page's own word, else that of its file's path below ``root``.
    """
    said = {
        key: entry.node.value
        for entry in (page.root.entries if page.root is not None else ())
        if (key := entry.key.lower()) in _SAY_WHERE
    }
    if not said:
        return _built(page.source.path, root) if root else None
    whole = said.get("permalink") or said.get("url") or ""
    if said.keys() <= {"permalink", "url"} and urls.is_plain_path(whole):
        return whole
    return None


_SAY_WHERE = frozenset({"permalink", "slug", "url", "aliases", "path", "redirect_from"})
"""Keys by which generators let a page say where it is built, or was."""


def _built(path: str, root: str) -> str | None:
    """The path at which a file below ``root`` is built; None for one that is elsewhere."""
    _, found, below = f"/{path}".partition(f"/{root}/")
    if not found:
        return None
    stem = below.rsplit(".", 1)[0]
    parts = [part for part in stem.split("/") if part]
    if parts and parts[-1] in ("index", "_index"):
        parts.pop()
    return "/" + "".join(f"{part}/" for part in parts)


def _same_place(path: str, own: str) -> bool:
    form = urls.form_of_path(path)
    return form == urls.form_of_path(own) or _PAGINATED.sub("", form) == urls.form_of_path(own)


_PAGINATED = late(r"/page/?\d+$")

RULES: tuple[type[Rule], ...] = (
    DateInUrlDisagrees,
    SectionInUrlDisagrees,
    SlugFarFromTitle,
    NotItsOwnAddress,
)
