"""A source and the page built from it: which page it is, and what makes no difference."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from ogcheck import Problem
from ogcheck.rules.base import Example
from ogcheck.rules.examples import SITE, built, post
from ogcheck.testing import said

PATH = "content/news/harbour.md"
PAGE = "public/news/harbour/index.html"


def compared(
    source: str,
    tags: Mapping[str, str | None],
    code: str = "SRC",
    *,
    path: str = PATH,
    page: str = PAGE,
    **config: object,
) -> list[Problem]:
    """What is said of a source, and a page whose tags are those of the examples but for some."""
    whole = {"preset": "hugo", "select": [code], **config}
    return said(Example(source, path, whole, pages={page: built(dict(tags))}))


def meta(name: str, content: str) -> dict[str, str | None]:
    """One tag by its property."""
    return {name: f'<meta property="{name}" content="{content}">'}


TITLE = "title: Man charged after harbour burglary"
HERE = {"canonical": f'<link rel="canonical" href="{SITE}/news/harbour/">',
        **meta("og:url", f"{SITE}/news/harbour/")}  # fmt: skip

# Front matter that names where it is built, the source's path, and the path of the page.
FOUND = {
    "its place": ("", "content/news/harbour.md", "news/harbour/index.html"),
    "its place, as a file": ("", "content/news/harbour.md", "news/harbour.html"),
    "its folder": ("", "content/news/harbour/index.md", "news/harbour/index.html"),
    "the main language": ("", "content/en/news/harbour.md", "news/harbour/index.html"),
    "the language of its name": ("", "content/news/harbour.cy.md", "cy/news/harbour/index.html"),
    "a date in its name": ("", "_posts/2026-03-26-harbour.md", "2026/03/26/harbour.html"),
    "url": ("url: /a/b/", "content/news/harbour.md", "a/b/index.html"),
    "permalink": ("permalink: /a/b.html", "content/news/harbour.md", "a/b.html"),
    "slug": ("slug: old-quay", "content/news/harbour.md", "news/old-quay/index.html"),
    "slug elsewhere": ("slug: old-quay", "content/news/harbour.md", "2026/old-quay/index.html"),
    "canonical": (f"canonical_url: {SITE}/a/b/", "content/news/harbour.md", "a/b/index.html"),
    "title": ("", "content/x1.md", "2026/03/man-charged-after-harbour-burglary/index.html"),
}


@pytest.mark.parametrize(("line", "path", "page"), FOUND.values(), ids=FOUND)
def test_the_page_of_a_source_is_found(line: str, path: str, page: str) -> None:
    source = post("title: Man charged after harbour burglary", *filter(None, [line]))
    assert compared(source, {}, "SRC006", path=path, page=f"public/{page}") == []
    (found,) = compared(source, {}, "SRC006", path=path, page="public/elsewhere.html")
    assert (found.path, found.line) == (path, 2)


@pytest.mark.parametrize(
    ("permalink", "page"),
    [
        ("/:year/:month/:slug/", "2026/03/harbour/index.html"),
        ("/:section/:year-:day/:filename", "news/2026-26/harbour.html"),
        ("/p/:title/", "p/man-charged/index.html"),
    ],
)
def test_the_setting_permalink_says_where_it_is(permalink: str, page: str) -> None:
    source = post("title: Man charged", "date: 2026-03-26")
    for file, count in ((page, 0), ("elsewhere/index.html", 1)):
        found = compared(source, {}, "SRC006", page=f"public/{file}", permalink=permalink)
        assert len(found) == count


NOT_BUILT = (
    "draft: true",
    "published: false",
    "date: 2126-03-26",
    "expiryDate: 2026-05-01",
    "build: {render: never}",
    "permalink: false",
    "headless: true",
)


@pytest.mark.parametrize("line", NOT_BUILT)
def test_what_is_not_published_is_not_missing(line: str) -> None:
    assert compared(post(TITLE, line), {}, "SRC006", page="public/x.html") == []


@pytest.mark.parametrize("path", ["_drafts/harbour.md", "_posts/2126-03-26-harbour.md"])
def test_what_is_not_published_by_its_path_is_not_missing(path: str) -> None:
    assert compared(post(TITLE), {}, "SRC006", path=path, page="public/x.html") == []


SAME: dict[str, tuple[str, dict[str, str | None]]] = {
    "the site's name": (TITLE, meta("og:title", "Man charged after harbour burglary | Town")),
    "dashes": ("title: Man charged - burglary", meta("og:title", "Man charged – burglary")),
    "cut description": (
        "description: A man has been charged after tools were taken from a workshop by night.",
        meta("og:description", "A man has been charged after tools were taken from a wo…"),
    ),
    "markdown": (
        "description: A man has been **charged** after [tools](/t/) were taken.",
        meta("og:description", "A man has been charged after tools were taken."),
    ),
    "absolute image": (
        "images: [/media/quay.jpg]", meta("og:image", f"{SITE}/media/quay.jpg"),
    ),
    "resized image": (
        "images: [media/quay.jpg]", meta("og:image", f"{SITE}/media/quay_hu3f9a_1200x630.webp"),
    ),
    "the site's name in brackets": (
        "title: Harbour opened", meta("og:title", "Harbour opened (Harbour Town)"),
    ),
    "the site's name with no separator": (
        "title: FAQ",
        {**meta("og:title", "Harbour Town FAQ"), **meta("og:site_name", "Harbour Town")},
    ),
    "an ampersand": ("title: Fish & chips", meta("og:title", "Fish and chips")),
    "a word for an ampersand": ("title: Fisch und Chips", meta("og:title", "Fisch &amp; Chips")),
    "cut within the first words": (
        "description: Hafenverwaltungsgebäudemodernisierung beginnt im Mai mit dem Dach.",
        meta("og:description", "Hafenverwaltungsgebäudemodernisierung beg"),
    ),
    "an invitation to read on": (
        "description: The bridge is closed for a year from Monday, and buses go round.",
        meta("og:description", "The bridge is… - Read more"),
    ),
    "twice the size": (
        "images: [/media/quay.jpg]", meta("og:image", f"{SITE}/media/quay@2x.jpg"),
    ),
    "a thumbnail": (
        "images: [/media/quay.jpg]", meta("og:image", f"{SITE}/media/thumb-quay.jpg"),
    ),
    "words joined": (
        "images: [/media/Old Quay.jpg]", meta("og:image", f"{SITE}/m/old-quay_hu1_1200x0.jpg"),
    ),
    "image service": (
        "images: [/media/quay.jpg]",
        meta("og:image", f"{SITE}/_next/image?url=%2Fmedia%2Fquay.jpg&amp;w=1200"),
    ),
    "the same moment": (
        "date: 2026-03-26T09:26:00+01:00",
        meta("article:published_time", "2026-03-26T08:26:00Z"),
    ),
    "the same day": (
        "date: 2026-03-26", meta("article:published_time", "2026-03-26T00:00:00-05:00"),
    ),
    "slash": (f"canonical_url: {SITE}/news/harbour", HERE),
    "another kind of address": (
        "url: /news/harbour.html", {**HERE, **meta("og:url", f"{SITE}/news/harbour")},
    ),
    "letters that are encoded": (
        "permalink: /käse/", {"canonical": f'<link rel="canonical" href="{SITE}/k%C3%A4se/">',
                              **meta("og:url", f"{SITE}/käse/")},
    ),
    "the original is elsewhere": (
        "canonical_url: https://www.harbour.example/first/",
        {**HERE, "canonical": '<link rel="canonical" href="https://www.harbour.example/first/">'},
    ),
}  # fmt: skip


@pytest.mark.parametrize(("line", "tags"), SAME.values(), ids=SAME)
def test_what_makes_no_difference(line: str, tags: dict[str, str | None]) -> None:
    lines = [line] if line.startswith("title") else [TITLE, line]
    assert compared(post(*lines), tags) == []


OTHER: dict[str, tuple[str, str, dict[str, str | None]]] = {
    "title": ("SRC001", "title: Man charged", meta("og:title", "News from the harbour")),
    "escaped title": ("SRC001", "title: Fish & chips", {}),
    "description": (
        "SRC002", "description: A woman was found safe and well on Friday.", {},
    ),
    "image": ("SRC003", "images: [/media/quay.jpg]", meta("og:image", f"{SITE}/media/default.jpg")),
    "date": ("SRC004", "date: 2026-03-25", {}),
    "minute": ("SRC004", "date: 2026-03-26T09:27:00+00:00", {}),
    "address": ("SRC005", f"canonical_url: {SITE}/other/", {}),
    "another title behind it": ("SRC001", "title: FAQ", meta("og:title", "Harbour Town FAQ")),
    "another title in brackets": ("SRC001", "title: Harbour", meta("og:title", "Bridge (Harbour)")),
    "the site's own image": (
        "SRC003", "images: [/media/quay.jpg]", meta("og:image", f"{SITE}/media/default-quay.jpg"),
    ),
    "another text behind a cut": (
        "SRC002", "description: The bridge is closed.", meta("og:description", "The market… more"),
    ),
}  # fmt: skip


@pytest.mark.parametrize(("code", "line", "tags"), OTHER.values(), ids=OTHER)
def test_what_is_another_stands_in_both_files(
    code: str, line: str, tags: dict[str, str | None]
) -> None:
    lines = [line] if line.startswith("title") else [TITLE, line]
    (found,) = compared(post(*lines), tags)
    assert (found.code, found.path, found.line) == (code, PATH, 1 + len(lines))
    assert [one.path for one in found.related] == [PAGE]
    assert str(found.severity) == "warning"
    assert found.related[0].line > 1


@pytest.mark.parametrize(
    ("line", "name", "code"),
    [
        ("description: A woman was found.", "og:description", "SRC002"),
        ("images: [/media/quay.jpg]", "og:image", "SRC003"),
    ],
)
def test_what_is_lost_is_told_at_the_source(line: str, name: str, code: str) -> None:
    tags: dict[str, str | None] = {name: None, "description": None}
    (found,) = compared(post(TITLE, line), tags, code)
    assert "none" in found.message
    assert (found.path, found.line) == (PATH, 3)


def test_an_escaped_title_is_told_on_the_built_page_where_that_is_checked() -> None:
    escaped = meta("og:title", "Fish &amp;amp; chips")
    found = compared(post("title: Fish & chips"), escaped, "ALL")
    assert [(one.code, one.path) for one in found if one.code in ("SRC001", "TXT010")] == [
        ("TXT010", PAGE)
    ]


def test_an_address_of_any_length_is_said_in_one_line() -> None:
    address = f"{SITE}/{'a' * 5000}/"
    tags = {"canonical": f'<link rel="canonical" href="{SITE}/{"b" * 5000}/">',
            **meta("og:url", f"{SITE}/{'b' * 5000}/")}  # fmt: skip
    (found,) = compared(post(TITLE, f"canonical_url: {address}"), tags)
    assert found.code == "SRC005"
    assert f"{SITE}/aaaa" in found.message
    assert f"{SITE}/bbbb" in found.message
    assert len(found.message) < 600


@pytest.mark.parametrize("written", ["/news/harbour/", "/town/news/harbour/"])
def test_a_path_is_below_that_of_the_site(written: str) -> None:
    at_home = {"canonical": f'<link rel="canonical" href="{SITE}/town/news/harbour/">',
               **meta("og:url", f"{SITE}/town/news/harbour/")}  # fmt: skip
    source, town = post(TITLE, f"permalink: {written}"), f"{SITE}/town"
    assert compared(source, at_home, **{"site-url": town}) == []
    (found,) = compared(post(TITLE, "permalink: /news/"), at_home, **{"site-url": town})
    assert found.code == "SRC005"


@pytest.mark.parametrize(
    ("site_url", "address", "expected"),
    [
        (SITE, f"{SITE}/", []),
        (f"{SITE}/town", f"{SITE}/town/", []),
        (f"{SITE}/town/", f"{SITE}/town", []),
        (f"{SITE}/town", f"{SITE}/town/a/", ["SRC001"]),
        (SITE, f"{SITE}/town/", ["SRC001"]),
    ],
)
def test_the_home_page_has_the_title_of_the_site(
    site_url: str, address: str, expected: list[str]
) -> None:
    tags = {"canonical": f'<link rel="canonical" href="{address}">', **meta("og:url", address)}
    found = compared(post("title: Home"), tags, "SRC001", **{"site-url": site_url})
    assert [one.code for one in found] == expected


def test_nothing_is_compared_with_a_stub_that_leads_elsewhere() -> None:
    stub: dict[str, str | None] = {
        "charset": '<meta http-equiv="refresh" content="0; url=/new/">',
        **meta("og:title", "Moved"),
    }
    assert compared(post(TITLE), stub) == []


def page_of(title: str, address: str, lang: str = "en") -> str:
    """A built page with its title and address."""
    tags = {
        "title": f"<title>{title}</title>",
        "canonical": f'<link rel="canonical" href="{SITE}{address}">',
        **meta("og:title", title),
        **meta("og:url", f"{SITE}{address}"),
    }
    return str(built(tags, html=f'<html lang="{lang}">'))


def site(files: Mapping[str, str], *select: str, **config: object) -> list[tuple[str, str]]:
    """What is said of sources and built pages, which are a site: code and path."""
    (path, text), *others = files.items()
    whole = {"preset": "hugo", "select": list(select or ("SIT001", "SRC")), **config}
    found = said(Example(text, path, whole, pages=dict(others)))
    return [(one.code, one.path) for one in found]


def test_below_which_folder_a_site_is_served_is_left_open_where_the_page_lies_there() -> None:
    source = post(TITLE, "permalink: /special/here/")
    tags = {
        "canonical": f'<link rel="canonical" href="{SITE}/town/special/here/">',
        **meta("og:url", f"{SITE}/town/special/here/"),
    }
    there = "public/special/here/index.html"
    assert compared(source, tags, "SRC005", page=there) == []
    (found,) = compared(source, {**tags, **meta("og:url", f"{SITE}/town/here/")}, page=there)
    assert found.message == (
        "The front matter gives the page the address /special/here/, and the built page has "
        f"{SITE}/town/here/ as og:url."
    )
    assert compared(source, tags, page="public/x/harbour/index.html") != []


@pytest.mark.parametrize(
    ("mine", "theirs", "is_shift"),
    [
        ("2024-03-01", "2024-02-29T23:00:00Z", True),
        ("2024-01-01", "2023-12-31T23:00:00Z", True),
        ("2024-03-01", "2024-02-28T23:00:00Z", False),
        ("2024-03-01", "2024-04-01T23:00:00Z", False),
    ],
)
def test_a_day_before_or_after_is_told_as_one(mine: str, theirs: str, is_shift: bool) -> None:
    tags = meta("article:published_time", theirs)
    (found,) = compared(post(TITLE, f"date: {mine}"), tags, "SRC004")
    assert found.message.endswith(": another day, as by a time zone.") == is_shift


LATE = "title: Late buses at the harbour"
NOT_ITS_OWN: dict[str, tuple[str, str, dict[str, str]]] = {
    "a file beside the index of its folder": (
        "content/posts/bundle/one.md", "title: A resource of the bundle",
        {"content/posts/one.md": post(TITLE), "content/posts/bundle/index.md": post(LATE),
         "public/posts/one/index.html": page_of("Man charged after harbour burglary",
                                                "/posts/one/"),
         "public/posts/bundle/index.html": page_of("Late buses at the harbour",
                                                   "/posts/bundle/")},
    ),
    "a language that is not built": (
        "content/about.fr.md", "title: La ville et son port",
        {"content/about.md": post("title: The town"),
         "public/about/index.html": page_of("The town", "/about/")},
    ),
    "a language that is not built, nor the other told by its place": (
        "content/about.fr.md", "title: La ville et son port",
        {"content/about.en.md": post("title: The town"),
         "public/about/index.html": page_of("The town", "/about/")},
    ),
    "a section that is not built": (
        "content/internal/late.md", "title: Who was late this week",
        {"content/posts/late.md": post(LATE),
         "public/posts/late/index.html": page_of("Late buses at the harbour", "/posts/late/")},
    ),
    "a page that another names by its address": (
        "content/internal/late.md", "title: Who was late this week",
        {"content/posts/x17.md": post(LATE, "url: /buses/late/"),
         "public/buses/late/index.html": page_of("Late buses at the harbour", "/buses/late/")},
    ),
}  # fmt: skip


@pytest.mark.parametrize(("path", "line", "files"), NOT_ITS_OWN.values(), ids=NOT_ITS_OWN)
def test_the_page_of_another_source_is_not_its_own(
    path: str, line: str, files: dict[str, str]
) -> None:
    assert site({path: post(line), **files}) == [("SRC006", path)]


def test_a_page_that_no_other_source_claims_is_found_by_its_name() -> None:
    files = {
        "content/internal/late.md": post("title: Who was late this week"),
        "content/posts/late.md": post(LATE, "draft: true"),
        "public/posts/late/index.html": page_of("Late buses at the harbour", "/posts/late/"),
    }
    assert site(files) == [("SRC001", "content/internal/late.md")]


def test_two_sources_of_one_address_are_told_once() -> None:
    files = {
        "content/posts/a.md": post("title: Bridge closed", "slug: one", "date: 2026-03-20"),
        "content/posts/b.md": post(TITLE, "slug: one"),
        "public/posts/one/index.html": page_of("Man charged after harbour burglary", "/posts/one/"),
    }
    assert site(files) == [("SIT001", "content/posts/a.md")]
    text = files.pop("content/posts/a.md")
    config = {"preset": "hugo", "select": ["SRC"]}
    (found,) = said(Example(text, "content/posts/a.md", config, pages=dict(files)))
    assert found.code == "SRC006"
    assert found.message == (
        "The page of its address, public/posts/one/index.html, is built from content/posts/b.md."
    )
