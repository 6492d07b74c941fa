"""Rules about a site: what they are given, and what they say.

A site rule never sees a page. While pages are read, a small record of each is gathered
(:class:`PageFacts`); when all are read, the rule judges the records at once, and names the page and
the property at which something is wrong. Where that stands, the engine looks up.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import ClassVar, Literal, NamedTuple

from ogcheck.page import Page
from ogcheck.problem import Finding, Severity
from ogcheck.rules.base import Context, Rule


class PageFacts(NamedTuple):
    """What is kept of a page until all are read: plain data, less than 1 kB."""

    is_html: bool
    title: str = ""
    """The page's title as it is meant, on one line; empty where there is none, as below."""
    share_title: str = ""
    """og:title, where the page has no other."""
    description: int = 0
    """Names the description; 0 where there is none."""
    canonical: str = ""
    """The page's own URL in its normal form."""
    share_url: str = ""
    """og:url in its normal form."""
    image: int = 0
    """Names the first og:image, or the page's image; 0 where there is none."""
    lang: str = ""
    """The language: the primary subtag, in lower case."""
    alternates: bytes = b""
    """The addresses of its translations (``hreflang``), eight bytes each: see
    :func:`ogcheck.rules.site_facts.address_digest`."""
    defaults: int = 0
    """Which of these are ``x-default``, the page for all other languages: bit by bit."""
    is_elsewhere: bool = False
    """The address that it names is not the one at which it lies, which is known."""
    is_list: bool = False
    """It is the home page, or lists others."""
    is_further: bool = False
    """It is a further page of a list: its path, an address or its title says a number."""
    built: str = ""
    """The page that is built from it, where that was found."""
    silent: tuple[str, ...] = ()
    """The codes of site rules that leave the page out: another rule has spoken."""


class SitePage(NamedTuple):
    """A page of a site."""

    path: str
    """As reports name it."""
    facts: PageFacts


class At(NamedTuple):
    """A place on a page of a site."""

    page: int
    """Its number."""
    name: str
    """The property's canonical name, or ``alternate`` for a link to a translation; where the page
    has none of that name, its beginning is meant."""
    message: str = ""
    """What is said of the place where it is a related one."""
    number: int = 0
    """Which of several: for ``alternate``."""


class SiteFinding(NamedTuple):
    """What a site rule finds."""

    at: At
    message: str
    help: str | None = None
    severity: Severity | None = None
    """Where it is not the rule's own."""
    related: Sequence[At] = ()
    value: str | None = None
    """What it is about."""


class SiteRule(Rule):
    """The base of rules that judge all pages of a site at once."""

    judges: ClassVar[Literal["page", "site", "pair"]] = "site"

    def check(self, page: Page, context: Context) -> Iterable[Finding]:
        """Nothing: of one page there is nothing to say."""
        return ()

    def judge(self, pages: Sequence[SitePage], context: Context) -> Iterable[SiteFinding]:
        """What the rule finds on the ``pages`` of a site, which are in path order.

        They are of one kind (front matter, or HTML) and of one host, and the rule is selected for
        all of them.
        """
        raise NotImplementedError
