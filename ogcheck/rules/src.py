"""The source and the page built from it: what front matter says, and what the page says."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from ogcheck import vocabulary
from ogcheck.page import Node, Page, Property
from ogcheck.problem import Finding, Severity
from ogcheck.rules.base import Context, Example, Rule, cut, quoted
from ogcheck.rules.examples import SITE, built, post
from ogcheck.rules.page_facts import all_of, first_of, is_home_address, label
from ogcheck.rules.pair_base import Pair, PairRule
from ogcheck.rules.src_facts import (
    has_reference,
    is_beside,
    is_there,
    same_date,
    same_image,
    same_path,
    same_text,
    stands_elsewhere,
)
from ogcheck.values import titles, urls

_POST = "content/news/harbour.md"
_PAGE = "public/news/harbour/index.html"
_TITLE = "title: Man charged after harbour burglary"
_IMAGE = "image: /media/harbour-workshops.jpg"
_HUGO = {"preset": "hugo"}
_ADDRESS = f"{SITE}/news/harbour/"


def _built(change: dict[str, str | None] | None = None) -> dict[str, object]:
    """The page built from the post of the examples."""
    own = {
        "canonical": f'<link rel="canonical" href="{_ADDRESS}">',
        "og:url": f'<meta property="og:url" content="{_ADDRESS}">',
    }
    return {_PAGE: built({**own, **(change or {})})}


def _meta(name: str, content: str) -> dict[str, str | None]:
    return {name: f'<meta property="{name}" content="{content}">'}


def _site_names(page: Page, context: Context) -> list[str]:
    """What the configuration and the built page call the site."""
    said = [prop.line for prop in all_of(page, "og:site_name")]
    return [one for one in (context.site_name, *said) if one]


def _is_home(page: Page, site_url: str | None) -> bool:
    """Whether a built page says that it is the site's home page, whose title is the site's name."""
    return any(is_home_address(p.share_url, site_url) for p in page.named(vocabulary.PAGE_URLS))


def _unless_derived(page: Page, prop: Property, name: str) -> Severity | None:
    """A note, where nothing is known of what the template makes of ``prop``."""
    if not prop.name.startswith("page:") or page.derived(name).state == "known":
        return None
    return Severity.NOTE


class TitleLost(PairRule):
    """The built page has another title than its source.

    ## What it does
    Compares the title in front matter with og:title of the page built from it, else with its
    `<title>`. A site's name beside the title, markup, quotation marks and dashes make no other
    title; neither does one that the front matter holds under another key (`seo_title`). Reports
    also a title that the template escapes twice, where the built page is not checked itself.

    ## Why it matters
    The card shows what the built page says. What the front matter says was meant to be there.
    """

    code = "SRC001"
    name = "title-lost"
    severity = Severity.WARNING
    bad = (
        Example(post(_TITLE), _POST, pages=_built(_meta("og:title", "News")),
                also={"TXT001": "the built page has two titles"}),
    )  # fmt: skip
    good = (
        Example(post(_TITLE), _POST, pages=_built()),
        Example(
            post("title: '**Man** charged after “harbour” burglary'"),
            _POST,
            pages=_built(
                {
                    "title": "<title>Man charged after &quot;harbour&quot; burglary</title>",
                    **_meta("og:title", "Man charged after &quot;harbour&quot; burglary"),
                }
            ),
        ),
        Example(post("title: Burglary", "seo_title: Man charged after harbour burglary"), _POST,
                pages=_built()),
    )  # fmt: skip

    def compare(self, pair: Pair, context: Context) -> Iterable[Finding]:
        """One finding, at the title."""
        prop = first_of(pair.source, "og:title", "page:title")
        page = pair.built
        if prop is None or page is None or _is_home(page, context.site_url):
            return
        other = first_of(page, "og:title", "page:title")
        if other is None:
            yield self.lost(pair, prop, "The built page has no title.", None,
                            help="Let the template write og:title.")  # fmt: skip
            return
        title = prop.line
        is_escaped = has_reference(other.value) and not has_reference(prop.value)
        if is_escaped and not pair.is_checked and titles.same_title(title, other.meant):
            yield self.lost(
                pair, prop, "The template escapes the title twice: on the built page it is "
                f"{quoted(other.value)}.", other, help="Escape it once.",
            )  # fmt: skip
            return
        if titles.same_title(title, other.line, context.site_name):
            return
        if is_beside(title, other.line, _site_names(page, context)):
            return
        if same_text(title, other.line) or stands_elsewhere(pair.source, other.line):
            return
        yield self.lost(
            pair,
            prop,
            f"The front matter says {quoted(prop.value)}, and the built page has the title "
            f"{quoted(other.value)}.",
            other,
            help="Look which one is meant: the template, or another source, writes the page's.",
        )


class DescriptionLost(PairRule):
    """The built page lacks the description of its source, or has another one.

    ## What it does
    Compares the description in front matter with og:description of the page built from it, else
    with its `<meta name="description">`. Descriptions that are cut short, markup and quotation
    marks make no difference; neither does a text that the front matter holds under another key. A
    note where nothing is known of what the generator makes of a description.

    ## Why it matters
    A template that loses the description puts the site's in its place, or leaves the card without
    one.
    """

    code = "SRC002"
    name = "description-lost"
    severity = Severity.WARNING
    bad = (
        Example(
            post(_TITLE, "description: Tools worth 9,000 pounds were taken from a workshop."),
            _POST, _HUGO, pages=_built(),
        ),
    )  # fmt: skip
    good = (
        Example(
            post(_TITLE, "description: A man has been *charged* after tools were taken. More."),
            _POST, _HUGO, pages=_built(),
        ),
        Example(post(_TITLE), _POST, _HUGO, pages=_built()),
    )  # fmt: skip

    def compare(self, pair: Pair, context: Context) -> Iterable[Finding]:
        """One finding, at the description."""
        prop = first_of(pair.source, "og:description", "page:description")
        page = pair.built
        if prop is None or page is None:
            return
        severity = _unless_derived(pair.source, prop, "og:description")
        other = first_of(page, "og:description", "page:description")
        if other is None:
            yield self.lost(
                pair, prop, "The front matter has a description, and the built page has none.",
                None, help="Let the template write it.", severity=severity,
            )  # fmt: skip
            return
        if same_text(prop.line, other.line) or stands_elsewhere(pair.source, other.line):
            return
        yield self.lost(
            pair,
            prop,
            f"The front matter says {quoted(prop.value)}, and the built page has the description "
            f"{quoted(other.value)}.",
            other,
            help="Let the template write the page's own description.",
            severity=severity,
        )


class ImageLost(PairRule):
    """The built page lacks the image of its source.

    ## What it does
    Looks for the image that front matter names among og:image, twitter:image and the images of
    JSON-LD of the page built from it. Addresses that were completed, pictures that were made from
    it, with a size or a digest behind their name, and images that the front matter names under
    another key are the same. A note where nothing is known of what the generator makes of an image.
    Of a page without any image *missing-image* speaks, too, where it is checked in the same run: it
    stands at the page, and this at the source whose image was dropped.

    ## Why it matters
    The card shows the site's default image, or none, and nobody sees it in the source.
    """

    code = "SRC003"
    name = "image-lost"
    severity = Severity.WARNING
    bad = (
        Example(
            post(_TITLE, "og_image: /media/bridge.jpg"), _POST, _HUGO, pages=_built(),
        ),
    )  # fmt: skip
    good = (
        Example(post(_TITLE, "images: [/media/harbour-workshops.jpg]"), _POST, _HUGO,
                pages=_built()),
        Example(
            post(_TITLE, "images: [/media/harbour.png]"), _POST, _HUGO,
            pages=_built(_meta("og:image", f"{SITE}/media/harbour_hu8f2_1200x630.jpg")),
        ),
    )  # fmt: skip

    def compare(self, pair: Pair, context: Context) -> Iterable[Finding]:
        """One finding, at the image."""
        source, page = pair.source, pair.built
        named = all_of(source, *_IMAGES) or all_of(source, "page:image")
        if not named or page is None:
            return
        prop = named[0]
        found = all_of(page, *_IMAGES, "twitter:image", "ld:image", "page:image")
        if any(same_image(one.meant, other.meant) for one in named for other in found):
            return
        severity = _unless_derived(source, prop, "og:image")
        if not found:
            yield self.lost(
                pair, prop, f"The front matter names the image {quoted(prop.value)}, and the built "
                "page has none.", None, help="Let the template write og:image."
                + (" What is said of it at the built page is the same fault." * pair.is_checked),
                severity=severity,
            )  # fmt: skip
            return
        others = all_of(source, "page:image")
        if any(same_image(one.meant, found[0].meant) for one in others):
            return
        yield self.lost(
            pair,
            prop,
            f"The front matter names the image {quoted(prop.value)}, and the built page has "
            f"{quoted(found[0].value)}.",
            found[0],
            help="Let the template write the page's own image.",
            severity=severity,
        )


_IMAGES = ("og:image", "og:image:url", "og:image:secure_url")


class DateLost(PairRule):
    """The built page has another publication date than its source.

    ## What it does
    Compares the publication date in front matter with article:published_time of the page built
    from it, and with `datePublished` of its JSON-LD. A day in front matter is the day that the
    built page shows; a time is the same moment, or the same clock where the front matter names no
    zone. That the built page has no date is reported where the generator writes one into articles.

    ## Why it matters
    A date that a time zone has moved puts a page on the day before: platforms and search engines
    show the built page's.
    """

    code = "SRC004"
    name = "date-lost"
    severity = Severity.WARNING
    bad = (
        Example(
            post(_TITLE, "date: 2026-03-27"), _POST, _HUGO,
            pages=_built(_meta("article:published_time", "2026-03-26T23:00:00+00:00")),
        ),
    )  # fmt: skip
    good = (
        Example(post(_TITLE, "date: 2026-03-26"), _POST, _HUGO, pages=_built()),
        Example(post(_TITLE, "date: 2026-03-26T10:26:00+01:00"), _POST, _HUGO, pages=_built()),
    )

    def compare(self, pair: Pair, context: Context) -> Iterable[Finding]:
        """One finding, at the date."""
        source, page = pair.source, pair.built
        written = [
            prop
            for prop in all_of(source, "article:published_time", "page:published")
            if prop.date is not None and prop.date.fault is None
        ]
        if not written or page is None:
            return
        prop = written[0]
        found = [
            other
            for other in all_of(page, "article:published_time", "ld:datePublished")
            if other.date is not None and other.date.fault is None
        ]
        if not found:
            kind = page.written("og:type")
            writes = source.derived("article:published_time").state == "known"
            if writes and kind is not None and kind.meant == "article":
                yield self.lost(
                    pair, prop, "The front matter has a date, and the built page has none.", None,
                    help="Let the template write article:published_time.",
                )  # fmt: skip
            return
        for other in found:
            if not any(self._same(one, other, context.timezone) for one in written):
                yield self.lost(
                    pair,
                    prop,
                    f"The front matter says {prop.meant}, and the built page {other.meant}"
                    f"{_shift(prop, other)}.",
                    other,
                    help="Write the time with its zone, or set the generator's time zone.",
                )
                return

    def _same(self, one: Property, other: Property, timezone: str | None) -> bool:
        mine, theirs = one.date, other.date
        return mine is None or theirs is None or same_date(mine, theirs, timezone)


def _shift(prop: Property, other: Property) -> str:
    """That the built page shows another day, where it does."""
    mine, theirs = prop.date, other.date
    if mine is None or theirs is None:
        return ""
    try:
        days = [date(one.year, one.month, one.day) for one in (mine, theirs)]
    except ValueError:  # years that Python has no days of
        return ""
    return ": another day, as by a time zone" if abs(days[0] - days[1]) == _DAY else ""


_DAY = timedelta(days=1)


class UrlLost(PairRule):
    """The built page names another address than its source gives it.

    ## What it does
    Compares the address that front matter gives the page (a canonical URL, og:url, or a path such
    as `permalink: /news/a/`) with the canonical URL and og:url of the page built from it. A slash
    at the end, an index page, `.html`, `www.`, and how letters are encoded make no difference. Of a
    path only the path is compared, and below which folder the site is served is left open where
    the built page lies at that path.

    ## Why it matters
    Shares are counted, and search results shown, for the address that the built page names.
    """

    code = "SRC005"
    name = "url-lost"
    severity = Severity.WARNING
    bad = (
        Example(post(_TITLE, "canonical_url: https://www.harbour.example/burglary/"), _POST,
                pages=_built()),
        Example(
            post(_TITLE, "permalink: /news/harbour/"), _POST,
            pages=_built({
                "canonical": f'<link rel="canonical" href="{SITE}/news/">',
                **_meta("og:url", f"{SITE}/news/"),
            }),
        ),
    )  # fmt: skip
    good = (
        Example(post(_TITLE, f"canonical_url: {_ADDRESS.rstrip('/')}"), _POST, pages=_built()),
        Example(post(_TITLE, "permalink: /news/harbour/"), _POST, pages=_built()),
    )

    def compare(self, pair: Pair, context: Context) -> Iterable[Finding]:
        """One finding, at the address."""
        source, page = pair.source, pair.built
        if page is None:
            return
        others = [p for p in all_of(page, *vocabulary.PAGE_URLS) if p.share_url is not None]
        prop = first_of(source, "page:canonical", "og:url")
        if prop is not None and prop.share_url is not None:
            wrong = [p for p in others if not _same_page(p, prop.share_url)]
            if len(wrong) < len(others) and "og:url" in {p.name for p in wrong}:
                return  # the page is here, and its original elsewhere: its own og:url is its own
            if wrong:
                yield self._differs(pair, prop, prop.meant, wrong[0])
            return
        for entry in source.root.entries if source.root is not None else ():
            path = entry.node.value if entry.node.kind == "string" else ""
            if entry.key.lower() not in ("permalink", "url") or not urls.is_plain_path(path):
                continue
            wrong = [
                p for p in others if not same_path(p, path, context.site_url, is_there(pair, path))
            ]
            if wrong:
                yield self._differs(pair, entry.node, path, wrong[0])
            return

    def _differs(self, pair: Pair, where: Property | Node, said: str, other: Property) -> Finding:
        name = label(other.name)
        name = name[0].lower() + name[1:]
        return self.lost(
            pair,
            where,
            f"The front matter gives the page the address {cut(said)}, and the built page has "
            f"{cut(other.meant)} as {name}.",
            other,
            help="Let the template write the page's own address.",
        )


def _same_page(prop: Property, url: urls.Url) -> bool:
    other = prop.share_url
    return other is not None and (
        urls.form(other) == urls.form(url)
        or (urls.form(other)[::2] == urls.form(url)[::2]
            and urls.bare_path(other.path) == urls.bare_path(url.path))
    )  # fmt: skip


class PageNotFound(PairRule):
    """No page was found that is built from a source.

    ## What it does
    Notes a source whose page is not in the folder of the build: neither at the address that front
    matter, `permalink` or the place of the file give it, nor under its slug, its file name or its
    title. A page to which another source has a better right is that one's: a name counts less than
    a place. Drafts, pages of the future, pages that have expired, and those that say that they are
    not built are left alone.

    ## Why it matters
    A page that is not built cannot be shared. Mostly it was built under another name, or another
    source of the same address took its place.
    """

    code = "SRC006"
    name = "page-not-found"
    severity = Severity.NOTE
    bad = (Example(post("title: Bridge opened"), "content/news/bridge.md", pages=_built()),)
    good = (
        Example(post(_TITLE), _POST, pages=_built()),
        Example(post("title: Bridge opened", "draft: true"), "content/news/bridge.md",
                pages=_built()),
        Example(post("title: Bridge opened", "date: 2030-01-01"), "content/news/bridge.md",
                pages=_built(), also={"DAT006": "a date to come"}),
    )  # fmt: skip

    def compare(self, pair: Pair, context: Context) -> Iterable[Finding]:
        """One note, at the front matter's beginning."""
        if pair.built is not None:
            return
        prop = first_of(pair.source, "page:title")
        message = f"No page that is built from this source was found in {pair.folder}."
        way_out = (
            "Say where sources are built with the setting permalink, or look why it was not built."
        )
        if pair.taken is not None:
            message = f"The page of its address, {pair.taken[0]}, is built from {pair.taken[1]}."
            way_out = "Give each a slug, or an address, of its own."
        if prop is not None:
            yield self.at(prop, message, help=way_out)
        else:
            yield Finding(self.code, message, *pair.source.start, help=way_out)


RULES: tuple[type[Rule], ...] = (
    TitleLost,
    DescriptionLost,
    ImageLost,
    DateLost,
    UrlLost,
    PageNotFound,
)
