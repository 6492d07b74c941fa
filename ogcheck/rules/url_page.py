"""The address of a page: whether og:url and the page's own URL name this page."""

from __future__ import annotations

from collections.abc import Iterable

from ogcheck import vocabulary
from ogcheck.page import Page, Property
from ogcheck.problem import Finding, Severity
from ogcheck.rules.base import Context, Example, Rule, replacing
from ogcheck.rules.examples import ADDRESS, SITE, folded, post, release
from ogcheck.rules.looks import has_unusual_url
from ogcheck.rules.page_facts import label
from ogcheck.values import urls


def _pair(page: Page) -> tuple[Property, Property, urls.Url, urls.Url] | None:
    """og:url and the page's own URL, where both can be shared and differ in text."""
    share, own = page.written("og:url"), page.written("page:canonical")
    if share is None or own is None or share.meant == own.meant:
        return None
    one, other = share.share_url, own.share_url
    if one is None or other is None:
        return None
    if urls.evenly_encoded(one.href) == urls.evenly_encoded(other.href):
        return None
    return share, own, one, other


class UrlMismatch(Rule):
    """og:url and the page's own URL name different pages.

    ## What it does
    Compares og:url with the front matter's own address or the canonical URL, after normalising
    both as a browser does, and says in which part they differ. An error where the page's address
    is known (a release's `url`, or a configured `site-url`), else a warning on one host and a note
    across hosts, where syndication is common.

    ## Why it matters
    og:url is "the permanent ID in the graph" (https://ogp.me/#metadata). Facebook and LinkedIn
    show and count the card of the page that it names, so another page's card appears.

    ## Fix
    Writes the page's own URL. Unsafe: either may be the right one.
    """

    code = "URL001"
    name = "url-mismatch"
    severity = Severity.ERROR
    fix = "unsafe"
    reads = ("og:url",)
    bad = (
        Example(
            release({"og.url": f"{SITE}/news/2026/march/another-page/"}), also=folded("SCH009")
        ),
        Example(post(f"og_url: {SITE}/one/", f"canonical_url: {SITE}/two/")),
    )
    good = (
        Example(release()),
        Example(release({"og.url": ADDRESS.replace("https://www.", "HTTPS://WWW.")})),
        Example(post(f"og_url: {SITE}/!5655255", f"canonical_url: {SITE}/long-title/!5655255")),
        Example(post(f"og_url: {SITE}/news/page/2/", f"canonical_url: {SITE}/news/")),
        Example(post(f"og_url: {SITE}/news?page=2", f"canonical_url: {SITE}/news")),
        Example(post(f"og_url: {SITE}/%7Eada/%e9t%c3", f"canonical_url: {SITE}/~ada/%E9t%C3")),
    )

    def check(self, page: Page, context: Context) -> Iterable[Finding]:
        """One finding, at og:url; the page's own URL is related."""
        pair = _pair(page)
        if pair is None:
            return
        share, own, one, other = pair
        if urls.form(one) == urls.form(other) or other.is_root or other.is_private:
            return  # URL002; the page's own URL is the one that is wrong: URL011, URL005
        if urls.is_paginated(one, other) or urls.is_short_form(one, other):
            return
        differing = urls.differences(one, other)
        parts = [p for p in differing if p not in ("scheme", "fragment")]
        known = context.site_url is not None or (page.preset.full and page.html is None)
        if known:
            severity = Severity.ERROR
        else:
            across = one.host.removeprefix("www.") != other.host.removeprefix("www.")
            severity = Severity.NOTE if across else Severity.WARNING
        difference = parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} and {parts[-1]}"
        yield self.at(
            share,
            f"og:url names another page than the page's own URL: the {difference} "
            f"{'differs' if len(parts) == 1 else 'differ'}.",
            part=_differing_part(share, one, other, parts),
            severity=severity,
            help=f"Write {own.meant}, if that is the page's permanent address.",
            related=[(own, "the page's own URL")],
            fix=replacing(page, share, own.meant, "Write the page's own URL", safe=False),
        )


def _differing_part(
    prop: Property, one: urls.Url, other: urls.Url, parts: list[str]
) -> tuple[int, int]:
    """The part of the value of ``prop`` from the first difference to the last, in its characters.

    The whole value where the value is written in another way than its normal form.
    """
    whole = prop.trimmed()
    value = prop.value.strip()
    if value != one.href:
        return whole
    head = f"{one.scheme}://"
    if "host" in parts:
        return whole[0] + len(head), whole[0] + len(head) + len(one.host)
    left, right = one.href, other.href
    limit = min(len(left), len(right))
    start = next((i for i in range(limit) if left[i] != right[i]), limit)
    tail = 0
    while tail < limit - start and left[-1 - tail] == right[-1 - tail]:
        tail += 1
    start = (
        max(value.rfind("/", 0, start), value.rfind("?", 0, start), value.rfind("&", 0, start)) + 1
    )
    end = len(value) - tail
    while end < len(value) and value[end] not in "/?&#":
        end += 1
    if end <= start:
        return whole
    return whole[0] + start, whole[0] + end


class UrlFormMismatch(Rule):
    """og:url and the page's own URL differ only in form.

    ## What it does
    Reports two addresses of one page that differ in `www.`, a trailing slash, an index page or the
    letter case of the path; a note where they differ by http and https alone.

    ## Why it matters
    Platforms count shares by og:url as it stands. Two forms split the count, and each redirect
    between them is a fetch that can fail.

    ## Fix
    Writes the page's own URL. Unsafe: og:url is the permanent id, and shares count for it.
    """

    code = "URL002"
    name = "url-form-mismatch"
    severity = Severity.WARNING
    fix = "unsafe"
    reads = ("og:url",)
    bad = (
        Example(release({"og.url": ADDRESS.rstrip("/")}), also=folded("SCH009")),
        Example(release({"og.url": ADDRESS.replace("https:", "http:")})),
        Example(post(f"og_url: {SITE}/a/index.html", f"canonical_url: {SITE}/a/")),
    )
    good = (
        Example(release()),
        Example(
            post(
                "og_url: https://northbridge.example", "canonical_url: https://northbridge.example/"
            )
        ),
    )

    def check(self, page: Page, context: Context) -> Iterable[Finding]:
        """One finding, at og:url; the page's own URL is related."""
        pair = _pair(page)
        if pair is None:
            return
        share, own, one, other = pair
        if urls.form(one) != urls.form(other):
            return
        found = urls.form_differences(one, other)
        if not found:
            return
        only_scheme = found == ("scheme",)
        yield self.at(
            share,
            "og:url and the page's own URL are one page in two forms: "
            f"{' and '.join(_FORMS[one] for one in found)}.",
            severity=Severity.NOTE if only_scheme else None,
            help=f"Write one form in both, as {own.meant}.",
            related=[(own, "the page's own URL")],
            fix=replacing(page, share, own.meant, "Write the page's own URL", safe=False),
        )


_FORMS = {
    "scheme": "one begins with http:, the other with https:",
    "www.": "one host begins with www, the other does not",
    "host": "the hosts are written differently",
    "index page": "one names the index page",
    "letter case": "the paths differ in capitals",
    "trailing slash": "one ends in a slash",
}


class HomePageUrl(Rule):
    """og:url or the canonical URL is the home page, and the page is not.

    ## What it does
    Reports a page whose address is given as the root of its site although it is known to be
    another page: by its other address, or as a dated article.

    ## Why it matters
    Facebook and LinkedIn follow og:url and show the home page's card for every page of the site
    (zulip issue 12199); search engines drop the page for the home page.
    """

    code = "URL011"
    name = "home-page-url"
    severity = Severity.ERROR
    reads = vocabulary.PAGE_URLS
    where = (has_unusual_url,)
    bad = (
        Example(release({"og.url": f"{SITE}/"}), also=folded("SCH009")),
        Example(post("og_type: article", "date: 2026-03-26", f"og_url: {SITE}/")),
    )
    good = (
        Example(post("title: Home", f"og_url: {SITE}/")),
        Example(release({"og.url": f"{SITE}/", "url": f"{SITE}/", "og.type": "website",
                         "article.published.time": None, "publish.date": None})),
    )  # fmt: skip

    def check(self, page: Page, context: Context) -> Iterable[Finding]:
        """One finding a URL."""
        roots: list[Property] = []
        others: list[Property] = []
        for prop in page.named(vocabulary.PAGE_URLS):
            url = prop.share_url
            if url is not None:
                (roots if url.is_root else others).append(prop)
        if not roots:
            return
        kind = page.written("og:type")
        dated = kind is not None and kind.meant.lower() == "article" and any(
            page.written(n) for n in ("page:published", "article:published_time")
        )  # fmt: skip
        if not others and not dated:
            return
        for prop in roots:
            yield self.at(
                prop,
                f"{label(prop.name)} is the site's home page, and this page is another one.",
                help=f"Write {others[0].meant}." if others else "Write the page's own address.",
                related=[(other, "its address here") for other in others],
            )


RULES: tuple[type[Rule], ...] = (
    UrlMismatch,
    UrlFormMismatch,
    HomePageUrl,
)
