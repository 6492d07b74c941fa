"""The form of a URL: whether platforms can follow it at all."""

from __future__ import annotations

import re
from collections.abc import Iterable

from ogcheck import vocabulary
from ogcheck.page import Page, Property
from ogcheck.problem import Finding, Severity
from ogcheck.rules.base import Context, Example, Fixer, Rule, quoted, rewriting, together
from ogcheck.rules.examples import SITE, folded, post, release
from ogcheck.rules.looks import has_unusual_url
from ogcheck.rules.page_facts import label, part_of_meant, replacing_each, twins, unusual_urls
from ogcheck.values import image_urls, urls

_HOST = r"[\w-]+(?:\.[\w-]+)*\.[a-z]{2,}(?:/|$)"


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
    Completes a path that begins at the site's root with the configured `site-url`. Safe;
    unsafe in front matter where `site-url` has a path, and the value does not begin with it.
    """

    code = "URL003"
    name = "url-not-absolute"
    severity = Severity.ERROR
    fix = "safe"
    where = (has_unusual_url,)
    bad = (
        Example(
            release({"og.image.url": "/media/harbour-workshops.jpg"}),
            also=folded("SCH003"),
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
        """One finding an address."""
        if page.preset.completes_urls:
            return
        for prop, further in unusual_urls(page, vocabulary.SHARE_URLS):
            if prop.url_fault != "relative" or _is_placeholder(prop.meant):
                continue
            text = prop.meant
            is_path = not text.startswith("//") and not _is_host(text)
            unknown = page.preset.completes_urls is None and is_path
            kind = "is protocol-relative" if text.startswith("//") else "is not absolute"
            better, fix = None, None
            if text.startswith("//"):
                better = f"https:{text}"
            elif context.site_url and text.startswith("/"):
                better, is_sure = _below_site(page, text, context.site_url.rstrip("/"))
                fix = replacing_each(page, [prop, *further], better, f"Write {better}",
                                     safe=is_sure)  # fmt: skip
            elif is_path and " " not in text:
                better = _completed(page, text)
            yield self.at(
                prop,
                f"{label(prop.name)} {quoted(text)} {kind}: platforms cannot follow it"
                + (", unless the site's template completes it." if unknown else "."),
                severity=Severity.NOTE if unknown else None,
                help=f"Write {better}."
                if better
                else "Write the whole address, beginning with https://.",
                related=twins(further),
                fix=fix,
            )


def _below_site(page: Page, path: str, site_url: str) -> tuple[str, bool]:
    """A path with a slash in front as an address, and whether nothing else can be meant.

    Browsers resolve it against the host; a template may write it behind the site's own path.
    """
    scheme, _, rest = site_url.partition("://")
    host, _, base = rest.partition("/")
    if not base or page.html is not None or path.startswith(f"/{base}/"):
        return f"{scheme}://{host}{path}", True
    return site_url + path, False


def _is_host(text: str) -> bool:
    """Whether a relative URL begins with a host; ``cover.jpg`` is a file beside the page."""
    is_file = "/" not in text and image_urls.has_image_ending(text)
    return re.match(_HOST, text) is not None and not is_file


def _completed(page: Page, text: str) -> str | None:
    """A path as a browser would complete it on the page; None where its address is not known."""
    from urllib.parse import urljoin

    for prop in page.named(("page:canonical", "og:url")):
        url = prop.share_url
        if url is not None and not url.is_private:
            return urljoin(url.href, text)
    return None


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
    where = (has_unusual_url,)
    bad = (
        Example(
            release({"og.url": "https%3a%2f%2fwww.northbridge.example%2fnews%2f2026%2f"}),
            also=folded("SCH003"),
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
        for prop, further in unusual_urls(page, vocabulary.SHARE_URLS):
            fault = prop.url_fault
            if fault is None or fault == "relative":
                continue
            if prop.meant.lower().startswith("data:") and prop.name in vocabulary.IMAGE_URLS:
                continue
            yield self._describe(page, prop, further, fault)

    def _describe(self, page: Page, prop: Property, further: list[Property], fault: str) -> Finding:
        text = prop.meant
        if fault == "encoded":
            decoded = _decode(text)
            fix = None
            if decoded is not None:
                fix = replacing_each(page, [prop, *further], decoded, "Decode the URL", safe=True)
            return self.at(
                prop,
                f"{label(prop.name)} was percent-encoded as a whole, and is no address.",
                help=f"Write {decoded}." if decoded else "Write the address itself.",
                related=twins(further),
                fix=fix,
            )
        if fault == "scheme":
            scheme = text.split(":", 1)[0]
            return self.at(
                prop,
                f"{label(prop.name)} is a {scheme}: URL; platforms follow http and https only.",
                help="Write an address that begins with https://.",
                related=twins(further),
            )
        return self.at(
            prop,
            f"{label(prop.name)} {quoted(text)} is not a well-formed URL.",
            help="Correct it: a browser could not open it either."
            if prop.url is None
            else "Write https://, the host, and the path.",
            related=twins(further),
        )


def _decode(text: str) -> str | None:
    """A URL that was encoded whole, decoded once; None where that gives no plain web address."""
    from urllib.parse import unquote

    decoded = unquote(text, errors="strict") if text.isascii() else text
    if urls.share_fault(decoded) is None and not re.search(r"[\s\"<>]", decoded):
        return decoded
    return None


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
    where = (has_unusual_url,)
    bad = (Example(post(f"og_url: {SITE}/news/a/#comments")),)
    good = (Example(post(f"og_url: {SITE}/#!/news/a")), Example(release()))

    def check(self, page: Page, context: Context) -> Iterable[Finding]:
        """One finding an address, at the fragment."""
        for prop, further in unusual_urls(page, vocabulary.PAGE_URLS):
            url = prop.share_url
            if url is None or url.fragment is None or url.fragment.startswith("!"):
                continue
            text = prop.meant
            start = text.find("#")
            whole = text[:start]
            yield self.at(
                prop,
                f"{label(prop.name)} has a fragment, which is a place in the page and no address.",
                part=part_of_meant(prop, start, len(text)),
                help=f"Write {whole}.",
                related=twins(further),
                fix=replacing_each(page, [prop, *further], whole, "Drop the fragment", safe=True),
            )


class PlainHttp(Rule):
    """An http: URL where https: would be followed.

    ## What it does
    Reports http: in the URL of an image, without an https secure_url beside it; notes it in og:url
    and the canonical URL, and warns there where the configured `site-url` is https.

    ## Why it matters
    Signal follows redirects to https only, X asks for "the https protocol piece" (cards
    troubleshooting, last public text of 2024), and Google prefers the https form as canonical
    (developers.google.com/search/docs/crawling-indexing/consolidate-duplicate-urls).

    ## Fix
    Writes https:. Unsafe: whether the host answers there is not known.
    """

    code = "URL007"
    name = "plain-http"
    severity = Severity.WARNING
    fix = "unsafe"
    where = (has_unusual_url,)
    bad = (
        Example(post("og_image: http://www.northbridge.example/media/bridge.jpg")),
        Example(
            post("og_url: http://www.northbridge.example/news/a/"),
            config={"site-url": SITE},
        ),
        Example(post("og_url: http://www.northbridge.example/news/a/")),
    )
    good = (
        Example(
            post(
                "og_image: http://www.northbridge.example/media/bridge.jpg",
                f"og_image_secure_url: {SITE}/media/bridge.jpg",
            )
        ),
        Example(release()),
    )

    def check(self, page: Page, context: Context) -> Iterable[Finding]:
        """One finding an address, at its scheme."""
        for prop, further in unusual_urls(page, vocabulary.SHARE_URLS):
            url = prop.share_url
            if url is None or url.scheme != "http" or url.is_private:
                continue
            is_page = prop.name in vocabulary.PAGE_URLS
            if not is_page and self._has_secure(page, prop):
                continue
            firm = not is_page or (context.site_url or "").lower().startswith("https:")
            start = prop.trimmed()[0]
            scheme = (start, start + len("http"))
            yield self.at(
                prop,
                f"{label(prop.name)} is an http: address"
                + (", and the site is on https:." if is_page and firm else "."),
                part=scheme,
                severity=None if firm else Severity.NOTE,
                help="Write https:, if the host answers there.",
                related=twins(further),
                fix=together(*(_with_https(page, one) for one in (prop, *further))),
            )

    def _has_secure(self, page: Page, prop: Property) -> bool:
        root = vocabulary.PROPERTIES[prop.name].root
        return root is not None and any(
            p.group == prop.group and p.share_url is not None and p.share_url.scheme == "https"
            for p in page.all(f"{root}:secure_url")
        )


def _with_https(page: Page, prop: Property) -> Fixer:
    start = prop.trimmed()[0]
    scheme = (start, start + len("http"), "https")
    return rewriting(page, prop, [scheme], "Write https:", safe=False)


RULES: tuple[type[Rule], ...] = (
    UrlNotAbsolute,
    MalformedUrl,
    FragmentInUrl,
    PlainHttp,
)
