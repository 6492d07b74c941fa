"""URLs: whether they can be followed, and whether they name the page that they stand on."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from functools import lru_cache

from ogcheck import vocabulary
from ogcheck.page import Page, Property
from ogcheck.problem import Finding, Severity
from ogcheck.rules.base import Context, Example, Fixer, Rule, quoted, replacing
from ogcheck.rules.examples import ADDRESS, SITE, post, release
from ogcheck.values import urls

_SCHEMA = {"SCH009": "folded into the rule's finding"}
_HOST = r"[\w-]+(?:\.[\w-]+)*\.[a-z]{2,}(?:/|$)"
_ABSOLUTE_URLS = (*vocabulary.PAGE_URLS, *vocabulary.MEDIA_URLS)


def _label(name: str) -> str:
    return "The page's own URL" if name == "page:canonical" else name


def _pair(page: Page) -> tuple[Property, Property, urls.Url, urls.Url] | None:
    """og:url and the page's own URL, where both can be shared and differ in text."""
    share, own = page.written("og:url"), page.written("page:canonical")
    if share is None or own is None or share.meant == own.meant:
        return None
    one, other = share.share_url, own.share_url
    if one is None or other is None:
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
        Example(release({"og.url": f"{SITE}/news/2026/march/another-page/"}), also=_SCHEMA),
        Example(post(f"og_url: {SITE}/one/", f"canonical_url: {SITE}/two/")),
    )
    good = (
        Example(release()),
        Example(release({"og.url": ADDRESS.replace("https://www.", "HTTPS://WWW.")})),
    )

    def check(self, page: Page, context: Context) -> Iterable[Finding]:
        """One finding, at og:url; the page's own URL is related."""
        pair = _pair(page)
        if pair is None:
            return
        share, own, one, other = pair
        if urls.form(one) == urls.form(other):
            return
        differing = urls.differences(one, other)
        parts = [p for p in differing if p not in ("scheme", "fragment")]
        known = page.preset.full or context.site_url is not None
        if known:
            severity = Severity.ERROR
        else:
            severity = Severity.NOTE if one.host != other.host else Severity.WARNING
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
        Example(release({"og.url": ADDRESS.rstrip("/")}), also=_SCHEMA),
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
            f"og:url and the page's own URL are one page in two forms: they differ in "
            f"{' and '.join(found)}.",
            severity=Severity.NOTE if only_scheme else None,
            help="Write the same form in both.",
            related=[(own, "the page's own URL")],
            fix=replacing(page, share, own.meant, "Write the page's own URL", safe=False),
        )


class UrlNotAbsolute(Rule):
    """A URL that platforms cannot follow because it is not absolute.

    ## What it does
    Reports relative and protocol-relative URLs, bare paths and hosts in og:url, og:image,
    og:video, og:audio, their secure_url, the canonical URL, twitter:image and twitter:player.

    ## Why it matters
    The protocol's URLs use http or https (https://ogp.me/#url); "all URLs must be absolute" (Meta,
    developers.facebook.com/docs/sharing/webmasters/faq). A platform reads the metadata away from
    the page, and has nothing to complete a path with. Where the generator is not known, a path may
    still be completed by its template, and is a note.

    ## Fix
    Completes the URL with the configured `site-url`. Safe.
    """

    code = "URL003"
    name = "url-not-absolute"
    severity = Severity.ERROR
    fix = "safe"
    bad = (
        Example(
            release({"og.image.url": "/media/harbour-workshops.jpg"}),
            also={"SCH003": "folded into the rule's finding"},
        ),
        Example(
            post("title: Bridge closed", "og_image: /media/bridge.jpg"),
            config={"site-url": "https://www.northbridge.example"},
        ),
        Example(post("og_image: //www.northbridge.example/media/bridge.jpg")),
        Example(post("twitter_image: www.northbridge.example/media/bridge.jpg")),
    )
    good = (
        Example(release()),
        Example(post("title: Bridge closed", "image: /media/bridge.jpg")),
        Example(post("og_image: HTTPS://www.northbridge.example/media/bridge.jpg")),
    )

    def check(self, page: Page, context: Context) -> Iterable[Finding]:
        """One finding a URL."""
        for prop in page.named(_ABSOLUTE_URLS):
            if prop.is_blank or prop.url_fault != "relative" or _is_placeholder(prop.meant):
                continue
            if page.preset.completes_urls:
                continue
            text = prop.meant
            is_path = not text.startswith("//") and not re.match(_HOST, text)
            unknown = page.preset.completes_urls is None and is_path
            kind = "is protocol-relative" if text.startswith("//") else "is not absolute"
            better, fix = None, None
            if text.startswith("//"):
                better = f"https:{text}"
            elif context.site_url and is_path:
                better = context.site_url.rstrip("/") + "/" + text.lstrip("/")
                fix = replacing(page, prop, better, f"Write {better}", safe=True)
            yield self.at(
                prop,
                f"{_label(prop.name)} {quoted(text)} {kind}: platforms cannot follow it"
                + (", unless the site's template completes it." if unknown else "."),
                severity=Severity.NOTE if unknown else None,
                help=f"Write {better}."
                if better
                else "Write the whole address, beginning with https://.",
                fix=fix,
            )


def _is_placeholder(text: str) -> bool:
    return text.lower() in ("null", "undefined", "none", "nan", "[object object]")


class MalformedUrl(Rule):
    """A URL that is none, or not one for the web.

    ## What it does
    Reports URLs that a browser would refuse, schemes other than http and https (`javascript:`,
    `file:`), and URLs that were percent-encoded whole (`https%3a%2f%2f…`). `data:` in an image is
    *unsupported-format*.

    ## Why it matters
    "All valid URLs that utilize the http:// or https:// protocols" (https://ogp.me/#url).
    Platforms drop what they cannot parse, and the card with it.

    ## Fix
    Decodes a URL that was encoded whole. Safe where the result is a plain web address.
    """

    code = "URL004"
    name = "malformed-url"
    severity = Severity.ERROR
    fix = "safe"
    bad = (
        Example(
            release({"og.url": "https%3a%2f%2fwww.northbridge.example%2fnews%2f2026%2f"}),
            also={"SCH003": "folded into the rule's finding"},
        ),
        Example(post("og_url: javascript:void(0)")),
        Example(post("og_image: 'https:/www.northbridge.example/media/bridge.jpg'")),
    )
    good = (
        Example(release()),
        Example(
            post("og_url: https://www.northbridge.example/a%2fb/?next=https%3a%2f%2fa.example")
        ),
    )

    def check(self, page: Page, context: Context) -> Iterable[Finding]:
        """One finding a URL."""
        for prop in page.named(_ABSOLUTE_URLS):
            fault = prop.url_fault
            text = prop.meant
            if prop.is_blank or fault is None or fault == "relative":
                continue
            if text.lower().startswith("data:") and prop.name in vocabulary.IMAGE_URLS:
                continue
            yield self._describe(page, prop, fault, text)

    def _describe(self, page: Page, prop: Property, fault: str, text: str) -> Finding:
        if fault == "encoded":
            decoded = _decode(text)
            fix = None
            if decoded is not None:
                fix = replacing(page, prop, decoded, "Decode the URL", safe=True)
            return self.at(
                prop,
                f"{_label(prop.name)} was percent-encoded as a whole, and is no address.",
                help=f"Write {decoded}." if decoded else "Write the address itself.",
                fix=fix,
            )
        if fault == "scheme":
            scheme = text.split(":", 1)[0]
            return self.at(
                prop,
                f"{_label(prop.name)} is a {scheme}: URL; platforms follow http and https only.",
                help="Write an address that begins with https://.",
            )
        return self.at(
            prop,
            f"{_label(prop.name)} {quoted(text)} is not a well-formed URL.",
            help="Correct it: a browser could not open it either."
            if prop.url is None
            else "Write https://, the host, and the path.",
        )


def _decode(text: str) -> str | None:
    """A URL that was encoded whole, decoded once; None where that gives no plain web address."""
    from urllib.parse import unquote

    decoded = unquote(text, errors="strict") if text.isascii() else text
    if urls.share_fault(decoded) is None and not re.search(r"[\s\"<>]", decoded):
        return decoded
    return None


@dataclass(frozen=True, slots=True)
class PrivateHosts:
    """Whether private hosts are meant."""

    allow_private_hosts: bool = field(
        default=False, metadata={"doc": "Be silent: the site is for an internal network."}
    )


class PrivateHost(Rule):
    """A URL on a host that only some machines know.

    ## What it does
    Reports localhost, private and link-local addresses, and names under `.local`, `.test`,
    `.internal`, `.lan` and `.localhost` (RFC 6761, RFC 6762, RFC 8375).

    ## Why it matters
    Platforms fetch the page and its image from the public network. These URLs come from a
    developer's machine (next.js issue 56210), and nobody else can open them.
    """

    code = "URL005"
    name = "private-host"
    severity = Severity.ERROR
    Options = PrivateHosts
    bad = (
        Example(post("og_image: http://localhost:4000/media/bridge.jpg")),
        Example(post("og_url: https://192.168.1.20/news/")),
    )
    good = (
        Example(release()),
        Example(
            post("og_url: https://wiki.internal/news/"),
            config={"rules": {"URL005": {"allow-private-hosts": True}}},
        ),
    )

    def check(self, page: Page, context: Context) -> Iterable[Finding]:
        """One finding a URL, at its host."""
        if self.options.allow_private_hosts:
            return
        for prop in page.named(_ABSOLUTE_URLS):
            url = prop.share_url
            if url is not None and url.is_private:
                yield self.at(
                    prop,
                    f"{_label(prop.name)} is on {url.host}, which platforms cannot reach.",
                    part=host_part(prop, url),
                    help="Write the public address.",
                )


def host_part(prop: Property, url: urls.Url) -> tuple[int, int] | None:
    """Where the host of ``url`` stands in the value of ``prop``; None if it is spelt otherwise."""
    at = prop.value.lower().find(url.host)
    return (at, at + len(url.host)) if at >= 0 and url.host else None


@dataclass(frozen=True, slots=True)
class StagingHosts:
    """Which hosts are not the public site's."""

    labels: tuple[str, ...] = field(
        default=("staging", "stage", "dev", "test", "preview"),
        metadata={"doc": "First labels of a host of at least three."},
    )
    hosts: tuple[str, ...] = field(
        default=("*.netlify.app", "*.vercel.app", "*.pages.dev", "*.mpw.cds.co.uk"),
        metadata={
            "doc": "Hosts of previews and of vendors' systems, `*` for any labels. One counts only "
            "beside an address of the page that is on another host."
        },
    )


class StagingHost(Rule):
    """A URL on a staging, preview or vendor's host.

    ## What it does
    Reports, once a host, URLs whose host begins with `staging.`, `dev.`, `test.` and their like;
    hosts of preview services and of a CMS vendor where the page's own address is on another host;
    and, with `site-url` configured, any other host in og:url and the canonical URL.

    ## Why it matters
    The card leads to a machine that is closed, changes or goes away, and shares count for it
    instead of for the site.
    """

    code = "URL006"
    name = "staging-host"
    severity = Severity.WARNING
    Options = StagingHosts
    bad = (
        Example(post("og_url: https://staging.northbridge.example/news/a/")),
        Example(
            release({"og.url": ADDRESS.replace("www.northbridge.example",
                                               "northbridge.mpw.cds.co.uk")}),
            also=_SCHEMA,
        ),
        Example(post("og_url: https://old.northbridge.example/a/"),
                config={"site-url": "https://www.northbridge.example"}),
    )  # fmt: skip
    good = (
        Example(
            post(
                "og_url: https://dev.to/northbridge/a",
                "canonical_url: https://dev.to/northbridge/a",
            )
        ),
        Example(post("og_url: https://northbridge.netlify.app/a/")),
        Example(post("og_url: https://northbridge.github.io/a/")),
    )

    def check(self, page: Page, context: Context) -> Iterable[Finding]:
        """One finding a host; further properties on it are related."""
        by_host: dict[str, list[tuple[Property, urls.Url]]] = {}
        for prop in page.named(_ABSOLUTE_URLS):
            url = prop.share_url
            if url is not None and not url.is_private:
                by_host.setdefault(url.host, []).append((prop, url))
        if context.site_url is None and not any(
            self._is_trial(host) or self._is_listed(host) for host in by_host
        ):
            return
        own = self._own_host(context, by_host)
        for host, found in by_host.items():
            why = self._why(host, own, found, context)
            if why is None:
                continue
            prop, url = found[0]
            yield self.at(
                prop,
                f"{_label(prop.name)} is on {host}, {why}.",
                part=host_part(prop, url),
                help=f"Write the address on {own}." if own else "Write the public address.",
                related=[(other, "this one too") for other, _ in found[1:]],
            )

    def _own_host(
        self, context: Context, by_host: dict[str, list[tuple[Property, urls.Url]]]
    ) -> str | None:
        """The site's host, by the configuration, or by the page's addresses."""
        if context.site_url is not None:
            site = urls.parse(context.site_url)
            return site.host if site is not None else None
        for host, found in by_host.items():
            is_address = any(p.name in vocabulary.PAGE_URLS for p, _ in found)
            if is_address and not self._is_listed(host) and not self._is_trial(host):
                return host
        return None

    def _is_trial(self, host: str) -> bool:
        labels = host.split(".")
        return len(labels) >= 3 and labels[0] in self.options.labels

    def _is_listed(self, host: str) -> bool:
        return _fits(host, self.options.hosts)

    def _why(
        self,
        host: str,
        own: str | None,
        found: list[tuple[Property, urls.Url]],
        context: Context,
    ) -> str | None:
        if self._is_trial(host):
            return "a host for trying things out"
        if host == own:
            return None
        if own is not None and self._is_listed(host):
            return f"a preview's or a vendor's host, and the page is on {own}"
        if context.site_url is not None and any(
            p.name in vocabulary.PAGE_URLS for p, _ in found
        ):  # fmt: skip
            same = own is not None and host.removeprefix("www.") == own.removeprefix("www.")
            return None if same else f"and the site is {own}"
        return None


@lru_cache(maxsize=1024)
def _fits(host: str, patterns: tuple[str, ...]) -> bool:
    return any(fnmatchcase(host, pattern) for pattern in patterns)


class FragmentInUrl(Rule):
    """A fragment in og:url or the canonical URL.

    ## What it does
    Reports `#…` in the page's address. Routes of the kind `#!/…` are left alone.

    ## Why it matters
    A fragment is a place in a page, not a page. Google ignores canonical URLs with fragments
    (developers.google.com/search/docs/crawling-indexing/consolidate-duplicate-urls); platforms that
    keep it count the shares apart.

    ## Fix
    Drops the fragment. Safe: the page is the same.
    """

    code = "URL010"
    name = "fragment-in-url"
    severity = Severity.WARNING
    fix = "safe"
    reads = vocabulary.PAGE_URLS
    bad = (Example(post(f"og_url: {SITE}/news/a/#comments")),)
    good = (Example(post(f"og_url: {SITE}/#!/news/a")), Example(release()))

    def check(self, page: Page, context: Context) -> Iterable[Finding]:
        """One finding a URL, at the fragment."""
        for prop in page.named(vocabulary.PAGE_URLS):
            url = prop.share_url
            if url is None or url.fragment is None or url.fragment.startswith("!"):
                continue
            start, end = prop.value.find("#"), prop.trimmed()[1]
            fix: Fixer | None = None
            if start > 0 and prop.value == prop.meant:
                fix = replacing(page, prop, prop.value[:start], "Drop the fragment", safe=True)
            yield self.at(
                prop,
                f"{_label(prop.name)} has a fragment, which is a place in the page and no address.",
                part=(start, end) if start > 0 else None,
                help="Drop what begins with #.",
                fix=fix,
            )


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
    bad = (
        Example(release({"og.url": f"{SITE}/"}), also=_SCHEMA),
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
                f"{_label(prop.name)} is the site's home page, and this page is another one.",
                help=f"Write {others[0].meant}." if others else "Write the page's own address.",
                related=[(other, "its address here") for other in others],
            )


RULES: tuple[type[Rule], ...] = (
    UrlMismatch,
    UrlFormMismatch,
    UrlNotAbsolute,
    MalformedUrl,
    PrivateHost,
    StagingHost,
    FragmentInUrl,
    HomePageUrl,
)
