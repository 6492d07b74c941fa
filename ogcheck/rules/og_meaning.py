"""Values of the right type that are not what their property is for."""

from __future__ import annotations

from collections.abc import Iterable

from ogcheck import vocabulary
from ogcheck.page import Page, Property
from ogcheck.problem import Finding, Severity
from ogcheck.rules.base import Context, Example, Rule, dividing
from ogcheck.rules.examples import SITE, release
from ogcheck.rules.page_facts import is_home, says_something, site_name
from ogcheck.values import titles, urls


class SiteNameNotAName(Rule):
    """An og:site_name that is an address, or the page's own title.

    ## What it does
    Notes an og:site_name that is a URL, that is the page's host although the titles or `site-name`
    give the site a name, or that is the page's own title. Some sites are called what their host
    is called (`Booking.com`, `netzpolitik.org`), so a host alone is no fault. On the home page the
    title may well be the site's name.

    ## Why it matters
    Apple's Messages, Discord, Slack and Google show og:site_name as the name of the site beside the
    title (Apple TN3156; developers.google.com/search/docs/appearance/site-names). An address tells
    less than a name, and the title again says nothing.
    """

    code = "OG022"
    name = "site-name-not-a-name"
    severity = Severity.NOTE
    reads = ("og:site_name",)
    bad = (
        Example(release({"og.site.name": SITE})),
        Example(release({"og.site.name": "www.northbridge.example"})),
        Example(release({"og.site.name": "northbridge.example"})),
        Example(
            release(
                {
                    "og.site.name": "Man charged after harbour burglary",
                    "title": "Man charged after harbour burglary",
                }
            )
        ),
    )
    good = (
        Example(release()),
        Example(release({"og.site.name": "Northbridge.example"})),
        Example(release({"og.site.name": "northbridge.example",
                         "title": "Man charged after harbour burglary"})),
        Example(release({"og.site.name": "northbridge.example"}),
                config={"site-name": "northbridge.example"}),
        Example(
            release(
                {"og.site.name": "Northbridge Police", "og.title": "Northbridge Police",
                 "title": "Northbridge Police", "url": f"{SITE}/", "og.url": f"{SITE}/",
                 "publish.date": None, "article.published.time": None}
            )
        ),
    )  # fmt: skip

    def check(self, page: Page, context: Context) -> Iterable[Finding]:
        """One note, at the name."""
        prop = page.written("og:site_name")
        if prop is None or not says_something(prop) or prop.meant == context.site_name:
            return
        text = prop.meant
        if "." not in text and not _may_be_title(page, text):
            return
        found = [p for p in page.named(("og:title", "page:title")) if not p.is_blank]
        if "." not in text and "://" not in text and not _is_every_title(text, found):
            return
        name = context.site_name or site_name(page)
        advice = f"Write the name: {name}." if name else "Write the name of the site."
        if _is_url(text) or (name is not None and name != text and _is_host(page, text)):
            yield self.at(
                prop,
                "og:site_name is an address: cards show it where the name of the site belongs.",
                help=advice,
            )
            return
        # A page's title that is the site's name while the other is none is that title's fault.
        if found and not is_home(page, context.site_url) and _is_every_title(text, found):
            yield self.at(
                prop,
                "og:site_name is the page's own title, which the card shows twice then.",
                help=advice,
                related=[(found[0], "the title")],
            )


def _may_be_title(page: Page, text: str) -> bool:
    """Whether a title of the page holds ``text``: a quick look before the full one."""
    folded = titles.fold(text)
    return any(folded in titles.fold(p.meant) for p in page.named(("og:title", "page:title")))


def _is_every_title(text: str, found: list[Property]) -> bool:
    folded = titles.fold(text)
    return all(
        folded in (titles.fold(p.meant), titles.fold(titles.headline(p.meant))) for p in found
    )


def _is_url(text: str) -> bool:
    return urls.share_fault(text) is None or (text[:4] == "www." and " " not in text)


def _is_host(page: Page, text: str) -> bool:
    if "." not in text or not text.islower():
        return False
    addresses = (p.share_url for p in page.named(vocabulary.PAGE_URLS))
    return any(url is not None and text == url.host.removeprefix("www.") for url in addresses)


_TAGS = ("article:tag", "video:tag", "og:video:tag", "book:tag")


class ListInOneValue(Rule):
    """Several tags in one value.

    ## What it does
    Notes an article:tag (video:tag, book:tag) whose value is a list with commas. One comma may
    belong to a name (`Paris, France`), and counts only between words in small letters.

    ## Why it matters
    The protocol writes several values as several properties (https://ogp.me/#array). Readers take
    the value for one tag, which no other page has.

    ## Fix
    Writes a list. Unsafe: a comma may belong to a name.
    """

    code = "OG023"
    name = "list-in-one-value"
    severity = Severity.NOTE
    fix = "unsafe"
    reads = _TAGS
    bad = (
        Example(release({"article.tag": "Burglary, Harbour, Northbridge"})),
        Example(release({"article.tag": "burglary, harbour"})),
    )
    good = (
        Example(release({"article.tag": "[Burglary, Harbour]"})),
        Example(release({"article.tag": "Northbridge, Ontario"})),
        Example(release({"article.tag": "Lock, Stock, and Barrel"})),
        Example(release({"article.tag": "'1,200,000'"})),
    )

    def check(self, page: Page, context: Context) -> Iterable[Finding]:
        """One note a value."""
        for prop in page.named(_TAGS):
            pieces = prop.meant.split(",")
            if len(pieces) < 2 or not _is_list([piece.strip() for piece in pieces]):
                continue
            tags = [piece.strip() for piece in pieces if piece.strip()]
            yield self.at(
                prop,
                f"{prop.name} holds {len(tags)} tags in one value: readers take them for one tag.",
                help=f"Write them as a list, or {prop.name} once for each.",
                fix=dividing(page, prop, tags, "Write a list", safe=False),
            )


def _is_list(pieces: list[str]) -> bool:
    said = [piece for piece in pieces if piece]
    if any(p.isdecimal() or p.lower().startswith(("and ", "or ", "& ")) for p in said[1:]):
        return False
    if len(said) > 2:
        return True
    return len(said) == 2 and all(p[0].islower() or p[0] == "#" for p in said)


RULES: tuple[type[Rule], ...] = (
    SiteNameNotAName,
    ListInOneValue,
)
