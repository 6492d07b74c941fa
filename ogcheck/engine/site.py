"""A site: the records of its pages, judged once when all of them are read.

The records are small and plain, so that they may come from other processes and from a cache. Of a
finding they know the page and the property; where that stands is looked up in the file, which is
read again for it.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

from ogcheck.engine.check import Checker, completed, weighed
from ogcheck.engine.discover import Found
from ogcheck.engine.plan import Plan
from ogcheck.engine.run import read_file
from ogcheck.engine.suppressions import Suppressions
from ogcheck.page import Page
from ogcheck.problem import Finding, Place, Problem, Severity
from ogcheck.readers import NotAPage, read
from ogcheck.rules.site_base import At, PageFacts, SiteFinding, SitePage, SiteRule
from ogcheck.rules.site_facts import address
from ogcheck.source import Source, Span
from ogcheck.values import urls

if TYPE_CHECKING:
    from ogcheck.config import Settings
    from ogcheck.rules.base import Context

RELATED = 10
"""How many related places a problem of the site has; of the rest it says how many there are."""
_REMEMBERED = 32
"""How many pages that were read again are kept."""
_STANDS_FOR = {
    "page:description": ("page:description", "og:description"),
    "og:image": ("og:image", "og:image:url", "page:image"),
    "page:title": ("page:title", "og:title"),
}
"""Where a fact may come from: in this order it was gathered."""


class Raised(NamedTuple):
    """A problem of the site, at its page."""

    found: Found
    problem: Problem


class Site:
    """The pages of a run, as a site or as several: by kind, configuration and host."""

    def __init__(self, checker: Checker, reading: Callable[[Found], Source] | None = None) -> None:
        """``reading`` reads a page again. It raises ``OSError`` where that cannot be done."""
        self.checker = checker
        self.hidden = 0
        """How many notes nobody asked for."""
        self._reading = reading or (lambda found: read_file(found, checker))
        self._pages: list[SitePage] = []
        self._texts: dict[str, str] = {}
        self._page = lru_cache(_REMEMBERED)(self._read)

    def add(self, found: Found, facts: PageFacts | None) -> None:
        """Keep what a page that was checked says of the site; None where it says nothing."""
        if facts is not None:
            self._pages.append(SitePage(found.shown, self._shared(facts)))

    def _shared(self, facts: PageFacts) -> PageFacts:
        """The same, with texts that many pages have kept once."""
        once = self._texts.setdefault
        share_url = facts.canonical if facts.share_url == facts.canonical else facts.share_url
        return facts._replace(share_url=share_url, lang=once(facts.lang, facts.lang))

    def problems(self) -> Iterator[Raised]:
        """The problems of the site, by their first page in path order, then by code.

        Raises ``ConfigError``.
        """
        order = {page.path: number for number, page in enumerate(self._pages)}
        raised = [
            one
            for members in self._sites()
            for one in self._judged(sorted(members, key=lambda page: order[page.path]))
        ]
        raised.sort(key=lambda o: (order[o.found.shown], o.problem.code, o.problem.offset))
        yield from raised

    def _sites(self) -> Iterator[list[SitePage]]:
        """The pages of each site.

        Pages without an address belong to the site of their configuration that has most pages.
        """
        by_config: dict[tuple[bool, str], dict[str, list[SitePage]]] = {}
        for page in self._pages:
            settings = self._prepared(page)[0]
            key = page.facts.is_html, str(settings.directory or "")
            by_config.setdefault(key, {}).setdefault(_host(page.facts), []).append(page)
        for hosts in by_config.values():
            if len(hosts) > 1 and "" in hosts:
                homeless = hosts.pop("")
                largest = max(hosts.values(), key=len)
                if len(homeless) > len(largest):
                    yield homeless  # most pages name no address: the others are from elsewhere
                else:
                    largest += homeless
            yield from hosts.values()

    def _judged(self, members: list[SitePage]) -> Iterator[Raised]:
        by_code: dict[str, tuple[SiteRule, list[SitePage]]] = {}
        for page in members:
            for rule in self._prepared(page)[1].site_rules:
                if rule.code not in page.facts.silent:
                    by_code.setdefault(rule.code, (rule, []))[1].append(page)
        for rule, able in by_code.values():
            context = self._prepared(able[0])[2]
            try:
                found = list(rule.judge(able, context))
            except (Exception, SystemExit) as error:  # perhaps another's: the run goes on
                found = [_crashed(rule, error)]
            for one in found:
                raised = self._raised(rule, one, able)
                if raised is not None:
                    yield raised

    def _found(self, path: str) -> Found:
        """The file that reports name ``path``."""
        return Found(os.path.join(self.checker.resolver.cwd, path), path)

    def _prepared(self, page: SitePage) -> tuple[Settings, Plan, Context]:
        return self.checker.prepared(self._found(page.path).file)

    def _raised(self, rule: SiteRule, one: SiteFinding, pages: Sequence[SitePage]) -> Raised | None:
        """The problem that a finding is; None for a note that nobody asked for."""
        path = pages[one.at.page].path
        plan = self._prepared(pages[one.at.page])[1]
        code = "OGX001" if one.value is _CRASH else rule.code
        finding = weighed(Finding(code, one.message, 0, 0, one.severity, one.help), plan)
        severity = finding.severity or Severity.ERROR
        if not plan.shows(code, severity, notes=self.checker.notes):
            self.hidden += 1
            return None
        page = self._page(path)
        if page is None:  # it is gone, or is no page any more
            return None
        finding.start, finding.end = _place(page, one.at)
        name = _name(page, one.at)
        prop = page.written(name) if name is not None else None
        finding.property = name
        finding.pointer = None if prop is None else prop.pointer
        finding.value = one.value
        finding.related = tuple(self._related(one.related, pages))
        left = len(one.related) - RELATED
        if left > 0:
            more = f"{left:,} more {'page is' if left == 1 else 'pages are'} not listed."
            finding.help = f"{finding.help} {more}" if finding.help else more
        known = Suppressions(page, plan.registry)
        suppressed = known.silence(finding)
        return Raised(
            self._found(path), completed(finding, page, plan, severity, suppressed=suppressed)
        )

    def _related(self, places: Sequence[At], pages: Sequence[SitePage]) -> Iterator[Place]:
        for at in islice(places, RELATED):
            page = self._page(pages[at.page].path)
            if page is not None:
                yield Place(*_place(page, at), at.message, page.source)

    def _read(self, path: str) -> Page | None:
        found = self._found(path)
        try:
            source = self._reading(found)
        except OSError:
            return None
        page = read(source, self.checker.prepared(found.file)[1].reading)
        return None if isinstance(page, NotAPage) else page


_CRASH = "\0crash"
"""What marks a finding that says that a rule failed."""


def _crashed(rule: SiteRule, error: BaseException) -> SiteFinding:
    return SiteFinding(
        At(0, ""),
        f"The rule {rule.code} {rule.name} failed on this site: {type(error).__name__}: {error}.",
        f"Leave it out with --ignore {rule.code}, and report the fault to its author.",
        Severity.ERROR,
        value=_CRASH,
    )


def _host(facts: PageFacts) -> str:
    url = urls.parse(address(facts))
    return "" if url is None else url.host.removeprefix("www.")


def _name(page: Page, at: At) -> str | None:
    """The property at which something is said."""
    for name in _STANDS_FOR.get(at.name, (at.name,)):
        if page.by_name.get(name):
            return name
    return None


def _place(page: Page, at: At) -> Span:
    """Where something is said of a page."""
    if at.name == "alternate" and page.html is not None:
        from ogcheck.rules.site_facts import alternates

        numbers = [link.number for link in alternates(page)]
        if at.number < len(numbers):
            return page.html.links[numbers[at.number]].span
    name = _name(page, at)
    prop = page.written(name) if name is not None else None
    if prop is None:
        return page.start
    return prop.key_span if prop.span.start == prop.span.end else prop.span
