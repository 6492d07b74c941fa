"""Texts and images across pages: titles, descriptions and images that many pages share."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import field

from ogcheck.frozen import frozen
from ogcheck.problem import Severity
from ogcheck.rules.base import Context, Example, Rule, quoted
from ogcheck.rules.examples import SITE, post
from ogcheck.rules.site_base import At, SiteFinding, SitePage, SiteRule
from ogcheck.rules.site_facts import (
    address,
    common_affix,
    counted,
    groups,
    title,
    title_name,
)
from ogcheck.values import titles, urls

_WORDS = ("bridge closed harbour opened market street school moved river cleaned library reopened "
          "station delayed museum extended theatre restored park planted").split()  # fmt: skip


def _posts(count: int, *lines: str, name: str = "", first: int = 0) -> dict[str, object]:
    """Posts that have ``lines`` in common, each with a title of its own, which ends in ``name``."""
    return {
        f"posts/{n:02}.md": post(
            f"title: {_WORDS[2 * n % 20].capitalize()} {_WORDS[2 * n % 20 + 1]}{name}", *lines
        )
        for n in range(first, first + count)
    }


@frozen
class FewPages:
    """Of how many pages a site has to be."""

    min_pages: int = field(default=10, metadata={"doc": "How many pages a site has at least."})


class SharedTitle(SiteRule):
    """Several pages have one title.

    ## What it does
    Reports titles that stand on two pages or more of a site; a warning from ten pages and one page
    in twenty on. Pages with one address (copies), further pages of a list, pages of one title in
    different languages, and pages whose title the page's own rules have found wrong are left alone.

    ## Why it matters
    A card shows title, image and host. Two pages with one title cannot be told apart where they are
    shared, and Google asks for a title of its own for each page (developers.google.com, title
    links).
    """

    code = "SIT002"
    name = "shared-title"
    severity = Severity.NOTE
    Options = FewPages
    bad = (Example(post("title: Bridge closed", "draft: false"), "posts/a.md", pages=_posts(10)),)
    good = (
        Example(post("title: Bridge opened", "draft: false"), "posts/a.md", pages=_posts(10)),
        Example(
            post("title: Bridge closed", f"canonical_url: {SITE}/a/"),
            "posts/a.md",
            pages=_posts(1, f"canonical_url: {SITE}/a/")
            | _posts(9, f"canonical_url: {SITE}/page/2/", first=1),
        ),
    )

    def judge(self, pages: Sequence[SitePage], context: Context) -> Iterable[SiteFinding]:
        """One finding a title, at its first page."""
        if len(pages) < self.options.min_pages:
            return
        for members in groups(pages, _titled):
            members = _other_pages(members, pages)
            count = len(members)
            if count < 2:
                continue
            first, *others = members
            facts = pages[first].facts
            is_wide = count >= _MANY and count * _ONE_IN >= len(pages)
            yield SiteFinding(
                At(first, title_name(facts)),
                f"{counted(count)} of {len(pages):,} have the title {quoted(title(facts))}.",
                "Give each page a title of its own.",
                Severity.WARNING if is_wide else None,
                [At(n, title_name(pages[n].facts), "the same title") for n in others],
                title(facts),
            )


_MANY, _ONE_IN = 10, 20
"""What makes a shared title a warning, as the rule's documentation says."""


def _titled(page: SitePage) -> tuple[str, str] | None:
    said = title(page.facts)
    if not said or page.facts.is_further:
        return None
    return " ".join(said.casefold().split()), page.facts.lang


def _other_pages(members: list[int], pages: Sequence[SitePage]) -> list[int]:
    """Of several pages with one address the first: the others are its copies."""
    found: dict[object, int] = {}
    for number in members:
        url = urls.parse(address(pages[number].facts))
        found.setdefault(number if url is None else urls.form(url), number)
    return list(found.values())


class SharedDescription(SiteRule):
    """Several pages have one description.

    ## What it does
    Notes descriptions that stand on two pages or more of a site. Pages with one address, further
    pages of a list, and pages that have their title in common, too, are left alone.

    ## Why it matters
    A description that fits several pages says nothing of any; it is mostly the site's, which a
    template puts where the page has none.
    """

    code = "SIT003"
    name = "shared-description"
    severity = Severity.NOTE
    Options = FewPages
    bad = (
        Example(
            post("title: Bus lane", "description: News from the town, and the country around."),
            "posts/a.md",
            pages=_posts(1, "description: News from the town, and the country around.")
            | _posts(9, first=1),
        ),
    )
    good = (
        Example(
            post("title: Bus lane", "description: A new lane for buses is built."),
            "posts/a.md",
            pages=_posts(1, "description: News from the town, and the country around.")
            | _posts(9, first=1),
        ),
    )

    def judge(self, pages: Sequence[SitePage], context: Context) -> Iterable[SiteFinding]:
        """One finding a description, at its first page."""
        if len(pages) < self.options.min_pages:
            return
        for members in groups(pages, _described):
            members = _other_pages(members, pages)
            if len({titles.fold(title(pages[n].facts)) for n in members}) < 2:
                continue
            first, *others = members
            yield SiteFinding(
                At(first, "page:description"),
                f"{counted(len(members))} of {len(pages):,} have this description.",
                "Say of each page what is in it.",
                related=[At(n, "page:description", "the same description") for n in others],
                value=str(pages[first].facts.description),
            )


def _described(page: SitePage) -> tuple[int, str] | None:
    facts = page.facts
    return (facts.description, facts.lang) if facts.description and not facts.is_further else None


@frozen
class MostPages:
    """What most pages have."""

    min_pages: int = field(
        default=10, metadata={"doc": "How many pages that have it, or could, there are at least."}
    )
    share: int = field(default=50, metadata={"doc": "How many pages in a hundred are too many."})


class OneImageEverywhere(SiteRule):
    """Most pages of a site share one image.

    ## What it does
    Notes an image (the first og:image, else the page's image) that stands on at least half of the
    pages that have one. An image whose name says that it is a default is *default-image* on each
    page, and not said again.

    ## Why it matters
    Cards of such pages look alike wherever they are shared, and none shows what it is about.
    """

    code = "SIT004"
    name = "one-image-everywhere"
    severity = Severity.NOTE
    Options = MostPages
    bad = (
        Example(
            post("title: Bus lane", f"image: {SITE}/media/harbour.jpg"),
            "posts/a.md",
            pages=_posts(9, f"image: {SITE}/media/harbour.jpg"),
        ),
    )
    good = (
        Example(
            post("title: Bus lane", f"image: {SITE}/media/harbour.jpg"),
            "posts/a.md",
            pages=_posts(4, f"image: {SITE}/media/harbour.jpg")
            | _posts(6, f"image: {SITE}/media/town.jpg", first=4)
            | {"posts/x.md": post("title: Quay", f"image: {SITE}/media/quay.jpg")}
            | {"posts/y.md": post("title: Mole", f"image: {SITE}/media/mole.jpg")}
            | {"posts/z.md": post("title: Lighthouse", f"image: {SITE}/media/light.jpg")},
        ),
    )

    def judge(self, pages: Sequence[SitePage], context: Context) -> Iterable[SiteFinding]:
        """One finding an image, at its first page."""
        counts = Counter(page.facts.image for page in pages if page.facts.image)
        total = counts.total()
        if total < self.options.min_pages:
            return
        for image, count in counts.most_common():
            if count < 2 or count * 100 < total * self.options.share:
                return
            first, *others = (n for n, page in enumerate(pages) if page.facts.image == image)
            yield SiteFinding(
                At(first, "og:image"),
                f"{counted(count)} of {total:,} with an image have this one.",
                "Give each page an image that shows what it is about.",
                related=[At(n, "og:image", "the same image") for n in others],
                value=str(image),
            )


@frozen
class NearlyAll:
    """What nearly all pages have."""

    min_pages: int = field(default=10, metadata={"doc": "How many titles there are at least."})
    share: int = field(
        default=80,
        metadata={"doc": "How many titles in a hundred make a name at their end the site's."},
    )


class MixedTitleAffix(SiteRule):
    """Some titles lack what nearly all titles of the site end, or begin, with.

    ## What it does
    Learns the site's name from the pages' titles (`Title | Site`): what stands at the end, or at
    the beginning, of four titles in five. Notes the pages without it. A home page, and a title that
    has the name elsewhere, are left alone.

    ## Why it matters
    A title without the site's name is mostly one of a page that another template makes.
    """

    code = "SIT006"
    name = "mixed-title-affix"
    severity = Severity.NOTE
    Options = NearlyAll
    bad = (
        Example(
            post("title: Bus lane", "draft: false"),
            "posts/a.md",
            pages=_posts(9, name=" | Northbridge Town"),
        ),
    )
    good = (
        Example(
            post("title: Northbridge Town", "draft: false"),
            "posts/a.md",
            pages=_posts(9, name=" | Northbridge Town"),
        ),
        Example(post("title: Bus lane", "draft: false"), "posts/a.md", pages=_posts(9)),
    )

    def judge(self, pages: Sequence[SitePage], context: Context) -> Iterable[SiteFinding]:
        """One finding for the site, at the first page without the name."""
        titled = [n for n, page in enumerate(pages) if page.facts.title]
        if len(titled) < self.options.min_pages:
            return
        name = common_affix([pages[n].facts.title for n in titled], self.options.share)
        if name is None:
            return
        lacking = [
            n
            for n in titled
            if not pages[n].facts.is_list
            and titles.fold(name) not in titles.fold(pages[n].facts.title)
        ]
        if not lacking:
            return
        first, *others = lacking
        yield SiteFinding(
            At(first, "page:title"),
            f"{counted(len(lacking))} of {len(titled):,} "
            f"{'has' if len(lacking) == 1 else 'have'} a title without {quoted(name)}, which the "
            "others have.",
            "Write it as the others are, or let the template add it.",
            related=[At(n, "page:title", "without it, too") for n in others],
            value=name,
        )


RULES: tuple[type[Rule], ...] = (
    SharedTitle,
    SharedDescription,
    OneImageEverywhere,
    MixedTitleAffix,
)
