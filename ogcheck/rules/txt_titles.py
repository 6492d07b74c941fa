"""Titles: whether the page has one title, and what stands in it beside the headline."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import field

from ogcheck.frozen import frozen
from ogcheck.page import Page, Property
from ogcheck.problem import Finding, Severity
from ogcheck.rules.base import Context, Example, Rule, inserting, quoted, rewriting
from ogcheck.rules.examples import SITE, post, release
from ogcheck.rules.page_facts import is_home_address, title_affix
from ogcheck.values import titles
from ogcheck.values.patterns import late


@frozen
class Strictness:
    """How alike titles must be."""

    strict_titles: bool = field(
        default=False, metadata={"doc": "Make any difference a mismatch, a site's name too."}
    )


class TitleMismatch(Rule):
    """The page's title and og:title are different titles.

    ## What it does
    Compares the page's title with og:title. A site's name, a section or an ellipsis in one of
    them, other quotation marks, dashes, spaces or capitals make no other title. It is a note where
    the page's heading says what og:title says, or where half the words are shared; in a release,
    where both were written for one text, any other wording is a warning.

    ## Why it matters
    Readers follow a card for what its title says, and platforms disagree on which title they
    show: most og:title, Google either. Two different ones are mostly a leftover of another page or
    of a template.
    """

    code = "TXT001"
    name = "title-mismatch"
    severity = Severity.WARNING
    reads = ("og:title",)
    Options = Strictness
    bad = (
        Example(release({"og.title": "News article"})),
        Example(post("title: Bridge closed for repairs", "og_title: Our new recycling scheme")),
        Example(
            release({"title": "Man charged after harbour burglary | Northbridge Police"}),
            config={"rules": {"TXT001": {"strict-titles": True}}},
        ),
    )
    good = (
        Example(release({"title": "Northbridge Police - Man charged after harbour burglary"})),
        Example(release({"title": "Man charged after harbour… - Northbridge Police"})),
        Example(
            release({"og.title": "“4×4” taken – man charged",
                     "title": "'\"4x4\" taken - man charged | Northbridge Police'"})
        ),
        Example(release({"title": "Archive | Man charged after harbour burglary | Page 10"})),
    )  # fmt: skip

    def check(self, page: Page, context: Context) -> Iterable[Finding]:
        """One finding, at og:title; the page's title is related."""
        share, title = page.written("og:title"), page.written("page:title")
        if share is None or title is None or not share.meant or not title.meant:
            return
        if share.meant == title.meant or share.kind == "null" or title.kind == "null":
            return
        name = context.site_name or _declared(page, share, title)
        if self.options.strict_titles:
            if " ".join(share.meant.split()) == " ".join(title.meant.split()):
                return
        elif titles.same_title(title.meant, share.meant, name):
            return
        severity = Severity.WARNING
        if not page.preset.same_title and not self.options.strict_titles:
            severity = self._mildness(page, share, title)
        yield self.at(
            share,
            f"og:title {quoted(share.meant, _WHOLE)} does not match the page's title "
            f"{quoted(title.meant, _WHOLE)}.",
            severity=severity,
            help=_advice(titles.headline(title.meant, name))
            if page.preset.same_title
            else "Give both the same headline, unless they are meant to differ.",
            related=[(title, "the page's title")],
        )

    def _mildness(self, page: Page, share: Property, title: Property) -> Severity:
        headlines = [*(p.meant for p in page.all("ld:headline")), *page.headings()]
        if any(titles.same_title(heading, share.meant) for heading in headlines):
            return Severity.NOTE
        one, other = titles.words(share.meant), titles.words(title.meant)
        if len(one & other) * 2 >= min(len(one), len(other)) > 0:
            return Severity.NOTE
        return Severity.WARNING


_WHOLE = 150
"""How much of a title is quoted: a difference may stand in its middle."""


def _advice(headline: str) -> str:
    if len(titles.segments(headline)) > 1:  # one of them may be the site's name
        return "Write one headline in both."
    return f"Write one headline in both; the page's title has: {headline}"


def _declared(page: Page, share: Property, title: Property) -> str | None:
    """og:site_name, unless it is og:title again and the page's title ends in another name."""
    declared = page.written("og:site_name")
    name = declared.meant if declared is not None else ""
    if name and titles.fold(name) == titles.fold(share.meant):
        segment = titles.site_segment(title.meant)
        if segment is not None and titles.fold(segment.text) != titles.fold(name):
            return None
    return name or None


class SiteNameInTitle(Rule):
    """The site's name in og:title.

    ## What it does
    Notes an og:title that begins or ends with the site's name as a segment of its own
    (`Bridge closed | Northbridge Police`). The name is the configuration's `site-name`, else
    og:site_name.

    ## Why it matters
    "Without any branding such as your site name" (Meta,
    developers.facebook.com/docs/sharing/webmasters); "do not put the site name or other branding
    in the og:title" (Apple, TN3156). The card shows the name elsewhere, and cuts long titles.

    ## Fix
    Drops the name. Unsafe: some names are a part of the title.
    """

    code = "TXT002"
    name = "site-name-in-title"
    severity = Severity.NOTE
    fix = "unsafe"
    reads = ("og:title",)
    bad = (
        Example(release({"og.title": "Man charged after harbour burglary | Northbridge Police"})),
    )
    good = (
        Example(release()),
        Example(release({"og.title": "Northbridge Police begin harbour patrols",
                         "title": "Northbridge Police begin harbour patrols"})),
        Example(post("og_title: Northbridge Police | Home", "og_site_name: Northbridge Police",
                     f"og_url: {SITE}/")),
    )  # fmt: skip

    def check(self, page: Page, context: Context) -> Iterable[Finding]:
        """One note, at the name."""
        share = page.written("og:title")
        if share is None:
            return
        declared = page.written("og:site_name")
        names = [context.site_name, declared.meant if declared is not None else None]
        if not any(names):
            return
        address = page.written("og:url") or page.written("page:canonical")
        if address is not None and is_home_address(address.share_url, context.site_url):
            return
        folded = titles.fold(share.meant)
        for name in names:
            if not name or titles.fold(name) not in folded:
                continue
            segment = titles.at_end(share.value, name)
            if segment is None:
                continue
            piece = _piece(share.value, segment, page.written("page:title"))
            fix = None
            if piece != (0, len(share.value)):
                fix = rewriting(page, share, [(*piece, "")], "Drop the name", safe=False)
            yield self.at(
                share,
                f"og:title carries the site's name, {quoted(segment.text)}; platforms show it "
                "elsewhere in the card.",
                part=(segment.start, segment.end),
                about=segment.text,
                help="Leave the name to og:site_name.",
                fix=fix,
            )
            return


def _piece(text: str, segment: titles.Segment, title: Property | None) -> tuple[int, int]:
    """What to drop of ``text``: its first or last segment, and the separator beside it.

    Where the page's title stands at the beginning, all that follows it.
    """
    strip = " \t" + titles.SEPARATORS
    if segment.end < len(text.rstrip()):
        return 0, len(text) - len(text[segment.end :].lstrip(strip))
    start = len(text[: segment.start].rstrip(strip))
    if title is not None and title.meant and text[:start].startswith(title.meant):
        start = len(title.meant)
    return start, len(text)


class TitleAffix(Rule):
    """The title carries a site's name that nothing declares.

    ## What it does
    Notes a title that differs from og:title by a name at its end or beginning, where neither
    og:site_name nor the configuration's `site-name` says what the site is called.

    ## Why it matters
    The name belongs in og:site_name, where platforms show it beside the title. Declared, it is
    also known to every other comparison.

    ## Fix
    Adds og:site_name with the name. Unsafe: a person should look whether it is the site's.
    """

    code = "TXT003"
    name = "title-affix"
    severity = Severity.NOTE
    fix = "unsafe"
    reads = ("og:title",)
    bad = (Example(release({"og.site.name": None})),)
    good = (
        Example(release()),
        Example(release({"og.title": "'Appeal: man sought'", "title": "'Appeal: man sought'"})),
    )

    def check(self, page: Page, context: Context) -> Iterable[Finding]:
        """One note, at the name."""
        declared = page.written("og:site_name")
        if context.site_name or (declared is not None and declared.kind != "null"):
            return  # one that is empty is OG010
        found = title_affix(page)
        if found is None:
            return
        prop, segment = found
        which = "The page's title" if prop.name == "page:title" else "og:title"
        yield self.at(
            prop,
            lambda: (
                f"{which} carries {quoted(segment.text)}, which looks like the site's name and is "
                "declared nowhere.",
                f'Add og:site_name: {segment.text}, or set site-name = "{segment.text}" in '
                "ogcheck.toml.",
            ),
            part=(segment.start, segment.end),
            about=segment.text,
            fix=inserting(
                page, "og:site_name", segment.text, f"Add og:site_name: {segment.text}", safe=False
            ),
        )


_BARE = "|｜–—·•»›~"

_DANGLING_END = late(rf"(?:(?<!\s)\s++[{_BARE}:/-]++|(?:(?<!\s)\s++)?+(?<![|｜»›])[|｜»›]++)\s*+$")

_DANGLING_START = late(rf"^\s*(?:[{_BARE}:/-]+\s+|[|｜]+)")

_TITLES = ("page:title", "og:title", "twitter:title")


class DanglingSeparator(Rule):
    """A title that begins or ends with a bare separator.

    ## What it does
    Reports titles such as `Appeal for witnesses |`.

    ## Why it matters
    A template joined the title with a site's name that was empty. The card shows the bar.

    ## Fix
    Drops the separator. Safe.
    """

    code = "TXT015"
    name = "dangling-separator"
    severity = Severity.WARNING
    fix = "safe"
    reads = _TITLES
    bad = (
        Example(release({"title": "Man charged after harbour burglary |"})),
        Example(post('title: "- Bridge closed"')),
    )
    good = (
        Example(post('title: "« Pont fermé »"')),
        Example(post('title: "Bridge closed:"')),
        Example(post('title: "-1 degrees at the harbour"')),
        Example(post('title: "Working with --"')),
    )

    def check(self, page: Page, context: Context) -> Iterable[Finding]:
        """One finding a title, at the separator."""
        for prop in page.named(_TITLES):
            if not (prop.value[:1].isalnum() and prop.value[-1:].isalnum()):
                yield from self._judge(page, prop)

    def _judge(self, page: Page, prop: Property) -> Iterable[Finding]:
        text = prop.value
        if text.count("«") == text.count("»") > 0 or text.count("‹") == text.count("›") > 0:
            return
        start, end = _DANGLING_START.search(text), _DANGLING_END.search(text)
        match = end or start
        if match is None:
            return
        if match.group().strip() in ("--", "//"):  # a flag, a comment: no template joins with them
            return
        rest = text[start.end() if start else 0 : end.start() if end else len(text)].strip()
        if not rest:
            return
        pieces = [(*one.span(), "") for one in (start, end) if one is not None]
        lead = len(match.group()) - len(match.group().lstrip())
        part = (match.start() + lead, match.start() + len(match.group().rstrip()))
        which = "The page's title" if prop.name == "page:title" else prop.name
        where = "ends" if end else "begins"
        yield self.at(
            prop,
            f"{which} {where} with a bare separator, {match.group().strip()}: a name that belongs "
            "beside it is missing.",
            part=part,
            help="Drop the separator, or add the name.",
            fix=rewriting(page, prop, pieces, "Drop the separator", safe=True),
        )


RULES: tuple[type[Rule], ...] = (
    TitleMismatch,
    SiteNameInTitle,
    TitleAffix,
    DanglingSeparator,
)
