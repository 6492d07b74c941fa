"""What there is one of in a page: its title and its canonical link."""

from __future__ import annotations

from collections.abc import Iterable

from ogcheck.page import Page
from ogcheck.problem import Finding, Severity
from ogcheck.rules.base import Context, Example, quoted
from ogcheck.rules.examples import ADDRESS, SITE, TAGS, built
from ogcheck.rules.htm_base import SHOWN, MarkupRule, in_head
from ogcheck.rules.looks import is_asked, repeats_a_name
from ogcheck.values import urls

_SECOND = f'<link rel="canonical" href="{SITE}/news/another/">'


class SeveralCanonicals(MarkupRule):
    """More than one canonical link.

    ## What it does
    Reports canonical links in the head that name different addresses; a note where they name the
    same one.

    ## Why it matters
    Google asks for one (developers.google.com/search/docs/crawling-indexing/
    consolidate-duplicate-urls), and where several disagree it heeds none of them. Mostly a theme
    and a plug-in both write one.
    """

    code = "HTM005"
    name = "several-canonicals"
    severity = Severity.ERROR
    where = (repeats_a_name,)
    bad = (
        Example(built(last=_SECOND), "news.html"),
        Example(built(last=str(TAGS["canonical"])), "news.html"),
    )
    good = (Example(built(), "news.html"), Example(built(body=_SECOND), "news.html",
                    also={"HTM002": "a canonical link in the body is ignored"}))  # fmt: skip

    def check(self, page: Page, context: Context) -> Iterable[Finding]:
        """One finding, at the second that differs, else at the second."""
        props = page.all("page:canonical")
        if len(props) < 2:
            return
        found = [
            (p, tag)
            for p in props
            if (tag := p.tag) is not None and tag.where == "head" and p.meant
        ]
        if len(found) < 2:
            return
        first, its = found[0]
        differing = [(p, tag) for p, tag in found[1:] if not _is_same(p.meant, first.meant)]
        second, tag = (differing or found[1:])[0]
        yield self.at_span(
            second.span,
            f"The page has {len(found)} canonical links, which name different pages: Google heeds "
            "none."
            if differing
            else f"The page has {len(found)} canonical links with the same address.",
            name=second.name,
            pointer=second.pointer,
            about="",
            severity=None if differing else Severity.NOTE,
            help="Leave the one that is right." if differing else "Leave one of them.",
            related=[(its.span, "the first"),
                     *((t.span, "another") for _, t in found[1:SHOWN] if t is not tag)],
        )  # fmt: skip


def _is_same(one: str, other: str) -> bool:
    left, right = urls.parse(one), urls.parse(other)
    return one == other if left is None or right is None else left.href == right.href


class SeveralTitles(MarkupRule):
    """Two titles.

    ## What it does
    Reports `<title>` elements in the head that say different things. Those in SVG pictures are
    their own.

    ## Why it matters
    The standard has one (https://html.spec.whatwg.org/multipage/semantics.html#the-title-element),
    and browsers show the first; other readers take the last.
    """

    code = "HTM006"
    name = "several-titles"
    severity = Severity.WARNING
    bad = (Example(built(last="<title>Northbridge Police</title>"), "news.html"),)
    good = (
        Example(built(last=str(TAGS["title"])), "news.html"),
        Example(built(body="<svg><title>A map</title></svg>"), "news.html"),
    )

    def check(self, page: Page, context: Context) -> Iterable[Finding]:
        """One finding, at the second."""
        document = page.html
        if document is None or len(document.titles) < 2:
            return
        found = in_head(document.titles)
        texts = [" ".join(tag.text.split()) for tag in found]
        if len(set(texts)) < 2:
            return
        second = next(i for i, text in enumerate(texts) if text != texts[0])
        yield self.at_span(
            found[second].span,
            f"The page has another title, {quoted(texts[second])}, after {quoted(texts[0])}.",
            name="page:title",
            about=texts[second],
            help="Leave one title.",
            related=[(found[0].span, "the first title")],
        )


class MissingPageTitle(MarkupRule):
    """No `<title>`.

    ## What it does
    Reports a page without a title, or with an empty one. Not asked of drafts, redirects, error
    pages and pages that search engines are asked to leave out.

    ## Why it matters
    It is what Signal shows where og:title is missing, and without either it shows no card (Signal's
    link preview code); what browsers show on a tab, and Google as the link.
    """

    code = "HTM008"
    name = "missing-page-title"
    severity = Severity.WARNING
    lacks = "page:title"
    where = (is_asked,)
    bad = (Example(built({"title": None}), "news.html"),)
    good = (
        Example(built(), "news.html"),
        Example(built({"title": None}, first='<meta name="robots" content="noindex">'),
                "news.html"),
    )  # fmt: skip

    def check(self, page: Page, context: Context) -> Iterable[Finding]:
        """One finding, at the head."""
        if page.all("page:title") or not page.is_asked():
            return
        yield self.missing(
            page,
            "page:title",
            "The page has no title: browsers show its address, and Google makes one up.",
            help="Write <title> into the head.",
        )


class MissingCanonical(MarkupRule):
    """No canonical link.

    ## What it does
    Reports a page with neither a canonical link nor og:url. Off unless selected: many pages have
    one address only.

    ## Why it matters
    Shares and search results under the page's other addresses are counted apart
    (developers.google.com/search/docs/crawling-indexing/consolidate-duplicate-urls).
    """

    code = "HTM012"
    name = "missing-canonical"
    severity = Severity.NOTE
    on = False
    bad = (
        Example(built({"canonical": None, "og:url": None}), "news.html",
                config={"extend-select": ["HTM012"]}, also={"OG003": "og:url is missing, too"}),
    )  # fmt: skip
    good = (
        Example(built({"canonical": None}), "news.html", config={"extend-select": ["HTM012"]}),
        Example(built(html=f'<html lang="en-GB" data-url="{ADDRESS}">'), "news.html",
                config={"extend-select": ["HTM012"]}),
    )  # fmt: skip

    def check(self, page: Page, context: Context) -> Iterable[Finding]:
        """One note, at the head."""
        if page.all("page:canonical") or page.all("og:url") or not page.is_asked():
            return
        yield self.missing(
            page,
            "page:canonical",
            "The page has neither a canonical link nor og:url.",
            help='Write <link rel="canonical"> with the page\'s own address into the head.',
        )


RULES: tuple[type[MarkupRule], ...] = (
    SeveralCanonicals,
    SeveralTitles,
    MissingPageTitle,
    MissingCanonical,
)
