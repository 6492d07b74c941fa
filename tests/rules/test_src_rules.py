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
