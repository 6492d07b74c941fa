"""Addresses across pages: two pages at one, forms that are mixed, translations that do not link
back."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import field

from ogcheck.frozen import frozen
from ogcheck.problem import Severity
from ogcheck.rules.base import Context, Example, Rule, quoted
from ogcheck.rules.examples import SITE, built, post
from ogcheck.rules.site_base import At, SiteFinding, SitePage, SiteRule
from ogcheck.rules.site_facts import (
    address,
    address_digest,
    address_name,
    common_affix,
    counted,
    digests,
    groups,
    title,
    title_name,
)
from ogcheck.values import titles, urls


def _posts(*parts: tuple[str, ...]) -> dict[str, object]:
    """Posts under invented names, each with its lines of front matter."""
    return {f"posts/{chr(ord('b') + n)}.md": post(*lines) for n, lines in enumerate(parts)}


class SharedAddress(SiteRule):
    """Two pages have one address.

    ## What it does
    Reports pages with different titles whose own URL (`rel=canonical`, else og:url) is one and the
    same, and two sources that are built to one page. Copies, which have the same title or a
    description that no other pages have, further pages of a list, and translations are left alone,
    and so is what a rule on URLs has reported on the page itself. With `build-dir` and `site-url`
    it is known where a built page lies: one that names the address of another page there says that
    it is a copy (an older version, a filtered list), and is no second page of that address, unless
    half of the site names that page.

    ## Why it matters
    og:url is "the permanent ID in the graph" (https://ogp.me/#metadata): platforms show one card
    for all of these pages, and search engines keep one of them. It is mostly left over from the
    page that the other was copied from.
    """

    code = "SIT001"
    name = "shared-address"
    severity = Severity.ERROR
    bad = (
        Example(
            post("title: Harbour bridge closed", f"canonical_url: {SITE}/bridge/"),
            "posts/a.md",
            pages=_posts(("title: New recycling scheme", f"canonical_url: {SITE}/bridge/")),
        ),
    )
    good = (
        Example(
            post("title: Harbour bridge closed", f"canonical_url: {SITE}/bridge/"),
            "posts/a.md",
            pages=_posts(
                ("title: Harbour bridge closed | Print", f"canonical_url: {SITE}/bridge/")
            ),
        ),
        Example(
            post("title: Harbour bridge closed", f"canonical_url: {SITE}/bridge/"),
            "posts/a.md",
            pages={
                "fr/a.md": post("title: Le pont est fermé", f"canonical_url: {SITE}/bridge/"),
            },
        ),
    )

    def judge(self, pages: Sequence[SitePage], context: Context) -> Iterable[SiteFinding]:
        """One finding an address, at its first page."""
        told: set[int] = set()
        for members in groups(pages, _built):
            told.update(members)
            first, *others = members
            yield SiteFinding(
                At(first, "page:title"),
                f"{counted(len(members))} are built to one, {pages[first].facts.built}: the last "
                "that is built takes the place of the others.",
                "Give each a slug, or an address, of its own.",
                related=[At(n, "page:title", "this page, too") for n in others],
                value=pages[first].facts.built,
            )
        shared = list(groups(pages, _claimed))
        told_of = Counter(page.facts.description for page in pages) if shared else Counter()
        name = common_affix([title(page.facts) for page in pages], _HALF) if shared else None
        named = sum(1 for page in pages if address(page.facts))
        for members in shared:
            # Where most of a site names one page, nobody meant it: the template does.
            is_meant = len(members) <= _COPIES or len(members) * 2 < named
            members = [
                n
                for n in members
                if n not in told and not (is_meant and pages[n].facts.is_elsewhere)
            ]
            others = _others(members, pages, name, told_of)
            if not others:
                continue
            first = members[0]
            members = [first, *others]
            facts = pages[first].facts
            where = address(facts)
            yield SiteFinding(
                At(first, address_name(facts)),
                f"{counted(len(members))} have the address {where}, and they are different ones: "
                f"{quoted(title(facts))} and {quoted(title(pages[others[0]].facts))}"
                f"{', for example' if len(members) > 2 else ''}.",
                "Write each page's own address.",
                related=[
                    At(n, address_name(pages[n].facts), quoted(title(pages[n].facts)))
                    for n in members[1:]
                ],
                value=where,
            )


_HALF = 50
"""What a hundred pages have so often at an end of their titles is the site's name."""


def _built(page: SitePage) -> str | None:
    return page.facts.built or None


def _claimed(page: SitePage) -> tuple[str, ...] | None:
    """The address and the language of a page that could be another page than its namesakes."""
    facts = page.facts
    where = address(facts)
    if not where or not title(facts) or facts.is_further:
        return None
    url = urls.parse(where)
    return None if url is None or url.is_root else (*urls.form(url), facts.lang)


def _others(
    members: list[int], pages: Sequence[SitePage], name: str | None, descriptions: Counter[int]
) -> list[int]:
    """Those of ``members`` that are another page than the first, and no copies of it.

    A copy has its title, or a description that few pages of the site have.
    """
    if not members:
        return []
    first = pages[members[0]].facts
    tells = first.description and descriptions[first.description] <= _COPIES
    return [
        n
        for n in members[1:]
        if not titles.same_title(title(pages[n].facts), title(first), name)
        and not (tells and first.description == pages[n].facts.description)
    ]


_COPIES = 3
"""How many copies of a page there may be: the page, its printed and its quick form. A description
that more pages have is the site's."""


@frozen
class Minority:
    """How few pages are out of line."""

    min_pages: int = field(
        default=10, metadata={"doc": "How many pages with an address a site has at least."}
    )
    share: int = field(
        default=20,
        metadata={"doc": "How many in a hundred have the rarer form at most: more are a choice."},
    )


class MixedUrlForm(SiteRule):
    """Some pages write their address in another form than the rest.

    ## What it does
    Counts over the addresses of a site (`rel=canonical`, else og:url) how many have `www.`, http,
    and a slash at their end, and reports the pages with the rarer form where they are few. A slash
    is compared among pages of one section (the first part of the path), and not where the path ends
    in a file's name. Where `site-url` is set, host and scheme are judged by it, on each page.

    ## Why it matters
    Platforms count shares by the address as it stands, and the other form is mostly redirected:
    a fetch more, which can fail.
    """

    code = "SIT005"
    name = "mixed-url-form"
    severity = Severity.WARNING
    Options = Minority
    bad = (
        Example(
            post("title: Post 0", f"canonical_url: {SITE.replace('www.', '')}/news/0/"),
            "posts/a.md",
            pages=_posts(
                *((f"title: Post {n}", f"canonical_url: {SITE}/news/{n}/") for n in range(1, 12))
            ),
        ),
        Example(
            post("title: Post 0", f"canonical_url: {SITE}/news/0"),
            "posts/a.md",
            pages=_posts(
                *((f"title: Post {n}", f"canonical_url: {SITE}/news/{n}/") for n in range(1, 12))
            ),
        ),
    )
    good = (
        Example(
            post("title: Post 0", f"canonical_url: {SITE}/feed.xml"),
            "posts/a.md",
            pages=_posts(
                *((f"title: Post {n}", f"canonical_url: {SITE}/news/{n}/") for n in range(1, 12))
            ),
        ),
    )

    def judge(self, pages: Sequence[SitePage], context: Context) -> Iterable[SiteFinding]:
        """One finding for each of the three, at the first page with the rarer form."""
        known = [
            (number, url)
            for number, page in enumerate(pages)
            if (url := urls.parse(address(page.facts))) is not None and not page.facts.is_further
        ]
        if context.site_url is None:
            yield from self._of(pages, [(n, url.scheme, "") for n, url in known], _SCHEME)
            hosts = [(n, "www." if url.host.startswith("www.") else "", "") for n, url in known]
            yield from self._of(pages, hosts, _HOST)
        slashes = [
            (n, "/" if url.path.endswith("/") else "", url.path.split("/")[1])
            for n, url in known
            if url.path.count("/") > 1 and "." not in url.path.rsplit("/", 1)[-1]
        ]
        yield from self._of(pages, slashes, _SLASH)

    def _of(
        self,
        pages: Sequence[SitePage],
        forms: list[tuple[int, str, str]],
        words: dict[str, str],
    ) -> Iterator[SiteFinding]:
        """Where a form (the second of each) is rare among the pages of a section (the third)."""
        counts = Counter((section, form) for _, form, section in forms)
        totals = Counter(section for _, _, section in forms)
        rare = {
            (section, form)
            for (section, form), count in counts.items()
            if totals[section] >= self.options.min_pages
            and count * 100 <= totals[section] * self.options.share
        }
        members = [(n, form) for n, form, section in forms if (section, form) in rare]
        if not members:
            return
        (first, form), *others = members
        among = sum(totals[section] for section in {section for section, _ in rare})
        yield SiteFinding(
            At(first, address_name(pages[first].facts)),
            f"{counted(len(members))} of {among:,} {'writes' if len(members) == 1 else 'write'} "
            f"the address {words[form]}, unlike the others.",
            "Write all addresses in one form, that to which the server does not redirect.",
            related=[
                At(n, address_name(pages[n].facts), words[of] + (", too" if of == form else ""))
                for n, of in others
            ],
            value=words[form],
        )


_SCHEME = {"http": "with http", "https": "with https"}
_HOST = {"www.": "with www.", "": "without www."}
_SLASH = {"/": "with a slash at its end", "": "without a slash at its end"}


def _language(path: str) -> str:
    """The language of a page of the example."""
    return "cy" if path.startswith("/cy/") else "en-GB"


def _translation(own: str, *others: tuple[str, str], title: str) -> object:
    """A built page in one of several languages."""
    links = "\n  ".join(
        f'<link rel="alternate" hreflang="{lang}" href="{SITE}{path}">' for lang, path in others
    )
    return built(
        {
            "canonical": f'<link rel="canonical" href="{SITE}{own}">',
            "og:url": f'<meta property="og:url" content="{SITE}{own}">',
            "title": f"<title>{title}</title>",
            "og:title": f'<meta property="og:title" content="{title}">',
            "og:locale": f'<meta property="og:locale" content="{_language(own)[:2]}_GB">',
        },
        last=links,
        html=f'<html lang="{_language(own)}">',
    )


_PAIR = (("en", "/bridge/"), ("cy", "/cy/pont/"))


class AlternateNotReturned(SiteRule):
    """A page names a translation that does not name it back.

    ## What it does
    Follows `<link rel="alternate" hreflang>` between the pages that were checked, and reports those
    that name a page which does not name them. A page is known by its own URL, else by og:url; what
    was not checked is not known, and not judged. A relative link leads where browsers take it, and
    the page for all other languages (`x-default`) need not name those that name it.

    ## Why it matters
    Google does not follow such links unless they go both ways (developers.google.com, localized
    versions): anybody could claim to translate a page.
    """

    code = "SIT007"
    name = "alternate-not-returned"
    severity = Severity.WARNING
    bad = (
        Example(
            _translation("/bridge/", *_PAIR, title="Harbour bridge closed"),
            "public/bridge/index.html",
            pages={
                "public/cy/pont/index.html": _translation(
                    "/cy/pont/", _PAIR[1], title="Pont yr harbwr ar gau"
                )
            },
        ),
    )
    good = (
        Example(
            _translation("/bridge/", *_PAIR, title="Harbour bridge closed"),
            "public/bridge/index.html",
        ),
    )

    def judge(self, pages: Sequence[SitePage], context: Context) -> Iterable[SiteFinding]:
        """One finding for the site, at the first link that is not returned."""
        own: dict[bytes, int] = {}
        for number, page in enumerate(pages):
            where = address(page.facts)
            if where:
                own.setdefault(address_digest(where), number)
        missed: list[tuple[int, int, int]] = []
        for number, page in enumerate(pages):
            where = address(page.facts)
            mine = address_digest(where) if where and page.facts.alternates else None
            if mine is None or own[mine] != number:  # a copy speaks for the original
                continue
            for which, other in enumerate(digests(page.facts)):
                if page.facts.defaults >> which & 1:
                    continue
                target = own.get(other, number)
                if target != number and mine not in digests(pages[target].facts):
                    missed.append((number, which, target))
        if not missed:
            return
        (first, which, target), *others = missed
        count = len({number for number, _, _ in missed})
        where = address(pages[target].facts)
        yield SiteFinding(
            At(first, "alternate", number=which),
            f"The translation {where} does not name this page back."
            if count == 1
            else f"{counted(count)} name translations that do not name them back; here it is "
            f"{where}.",
            "Let each of the translations name all of them, itself too.",
            related=[
                At(target, title_name(pages[target].facts), "the translation"),
                *(At(n, "alternate", "not named back either", w) for n, w, _ in others),
            ],
            value=where,
        )


RULES: tuple[type[Rule], ...] = (SharedAddress, MixedUrlForm, AlternateNotReturned)
