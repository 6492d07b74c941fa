"""The host of a URL: whether it is one that readers reach."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import field
from fnmatch import fnmatchcase
from functools import lru_cache

from ogcheck import vocabulary
from ogcheck.frozen import frozen
from ogcheck.page import Page, Property
from ogcheck.problem import Finding, Severity
from ogcheck.rules.base import Context, Example, Rule
from ogcheck.rules.examples import ADDRESS, SITE, folded, post, release
from ogcheck.rules.looks import has_unusual_url
from ogcheck.rules.page_facts import label, once_each, twins, unusual_urls
from ogcheck.values import urls
from ogcheck.values.patterns import late


@frozen
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
    where = (has_unusual_url,)
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
        """One finding an address, at its host."""
        if self.options.allow_private_hosts:
            return
        for prop, further in unusual_urls(page, vocabulary.SHARE_URLS):
            url = prop.share_url
            if url is not None and url.is_private:
                yield self.at(
                    prop,
                    f"{label(prop.name)} is on {url.host}, which platforms cannot reach.",
                    part=host_part(prop, url),
                    help="Write the public address.",
                    related=twins(further),
                )


def host_part(prop: Property, url: urls.Url) -> tuple[int, int] | None:
    """Where the host of ``url`` stands in the value of ``prop``; None if it is spelt otherwise."""
    at = prop.value.lower().find(url.host)
    return (at, at + len(url.host)) if at >= 0 and url.host else None


@frozen
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


_REGISTRY = late(r"\.(?:(?:ac|co|com|edu|gov|net|ne|or|org)\.[a-z]{2}|[^.]+)$")
"""What is registered below: ``.org``, ``.co.uk``. ``test.co.uk`` is a name of somebody's."""


class StagingHost(Rule):
    """A URL on a staging, preview or vendor's host.

    ## What it does
    Reports, once a host, URLs whose host begins with `staging.`, `dev.`, `test.` and their like;
    hosts of preview services and of a CMS vendor where the page's own address is on another host;
    and, where the site's address is known, any other host in og:url and the canonical URL. In front
    matter a canonical URL on another domain is left alone: the text was published there first.

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
            also=folded("SCH009"),
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
        Example(post("og_url: https://test.co.uk/a/")),
        Example(
            post("title: Bridge closed", "canonical_url: https://medium.example/bridge"),
            config={"site-url": SITE},
        ),
    )

    def check(self, page: Page, context: Context) -> Iterable[Finding]:
        """One finding a host; further properties on it are related."""
        if context.site_url is None and not self._may_be_elsewhere(page):
            return
        by_host: dict[str, list[tuple[Property, urls.Url]]] = {}
        for prop in page.named(vocabulary.SHARE_URLS):
            url = prop.share_url
            if url is not None and not url.is_private:
                by_host.setdefault(url.host, []).append((prop, url))
        own = self._own_host(context, by_host)
        for host, found in by_host.items():
            why = self._why(host, own, found, context)
            if why is None or (not page.preset.full and _is_elsewhere(host, own, found)):
                continue
            prop, url = found[0]
            yield self.at(
                prop,
                f"{label(prop.name)} is on {host}, {why}.",
                part=host_part(prop, url),
                help=_public(page, url, own),
                related=[(other, "this one too") for other, _ in found[1:]],
            )

    def _may_be_elsewhere(self, page: Page) -> bool:
        """A quick look at the hosts, of which most pages have one, and that is their own."""
        found = once_each(page, vocabulary.SHARE_URLS)
        hosts = {url.host for prop, _ in found if (url := prop.share_url) is not None}
        if any(map(self._is_trial, hosts)):
            return True
        return len(hosts) > 1 and any(map(self._is_listed, hosts))

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
        labels = _REGISTRY.sub("", host).split(".")
        return len(labels) >= 2 and labels[0] in self.options.labels

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
            return f"where pages are only previewed, and the page is on {own}"
        if context.site_url is not None and any(
            p.name in vocabulary.PAGE_URLS for p, _ in found
        ):  # fmt: skip
            same = own is not None and host.removeprefix("www.") == own.removeprefix("www.")
            return None if same else f"and the site is {own}"
        return None


def _is_elsewhere(host: str, own: str | None, found: list[tuple[Property, urls.Url]]) -> bool:
    """Whether only canonical URLs stand on the host, and its domain is not the site's."""
    if own is None or host.split(".")[-2:] == own.split(".")[-2:]:
        return False
    return all(prop.name == "page:canonical" for prop, _ in found)


def _public(page: Page, url: urls.Url, own: str | None) -> str:
    """What to write: the page's own address, where that differs by the host alone."""
    if own is None:
        return "Write the public address."
    for prop in page.named(vocabulary.PAGE_URLS):
        other = prop.share_url
        if other is not None and other.host == own and other.path == url.path:
            return f"Write {prop.meant}."
    return f"Write the address on {own}."


class RawIpHost(Rule):
    """A URL with an IP address for its host.

    ## What it does
    Reports public IP addresses, in numbers, in the URLs that platforms follow. Private ones are
    *private-host*.

    ## Why it matters
    X takes no numeric addresses (cards troubleshooting, last public text of 2024), and a
    certificate for one is rare, so that https fails.
    """

    code = "URL008"
    name = "raw-ip-host"
    severity = Severity.WARNING
    where = (has_unusual_url,)
    bad = (
        Example(post("og_image: https://93.184.216.34/media/bridge.jpg")),
        Example(post("og_image: 'https://[2606:2800:220:1::1]/media/bridge.jpg'")),
    )
    good = (
        Example(post("og_image: https://1.northbridge.example/media/bridge.jpg")),
        Example(post("og_image: https://93-184-216-34.northbridge.example/media/bridge.jpg")),
    )

    def check(self, page: Page, context: Context) -> Iterable[Finding]:
        """One finding an address, at its host."""
        for prop, further in unusual_urls(page, vocabulary.SHARE_URLS):
            url = prop.share_url
            if url is None or url.is_private or not url.is_address:
                continue
            yield self.at(
                prop,
                f"{label(prop.name)} has an IP address, {url.host}, for its host.",
                part=host_part(prop, url),
                help="Write the host's name.",
                related=twins(further),
            )


@lru_cache(maxsize=1024)
def _fits(host: str, patterns: tuple[str, ...]) -> bool:
    return any(fnmatchcase(host, pattern) for pattern in patterns)


RULES: tuple[type[Rule], ...] = (
    PrivateHost,
    StagingHost,
    RawIpHost,
)
