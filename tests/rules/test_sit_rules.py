"""Rules about a site: what is one page twice, and what two pages have wrongly in common."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from ogcheck import Problem
from ogcheck.rules.base import Example
from ogcheck.rules.examples import SITE, built, post
from ogcheck.testing import said

PLACES = "bridge market street library harbour quay mill school bakery garden pier museum".split()


def of_site(pages: Mapping[str, object], code: str, **options: int) -> list[Problem]:
    """What a rule says of pages, by their paths."""
    (path, text), *others = pages.items()
    config: dict[str, object] = {"select": [code]}
    if options:
        name = "shared-title" if code == "SIT002" else code
        config["rules"] = {name: {key.replace("_", "-"): one for key, one in options.items()}}
    return said(Example(text, path, config, pages=dict(others)))


def page(title: str, address: str, *lines: str) -> str:
    """A post with its address."""
    return post(f"title: {title}", f"canonical_url: {SITE}{address}", *lines)


def html(title: str, address: str, *tags: str, lang: str = "en") -> str:
    """A built page with its address."""
    return str(
        built(
            {
                "title": f"<title>{title}</title>",
                "description": f'<meta name="description" content="All that is known of {title}.">',
                "og:description": None,
                "og:title": f'<meta property="og:title" content="{title}">',
                "canonical": f'<link rel="canonical" href="{SITE}{address}">',
                "og:url": f'<meta property="og:url" content="{SITE}{address}">',
            },
            last="\n".join(tags),
            html=f'<html lang="{lang}">',
        )
    )


def test_three_pages_with_one_address_are_one_finding_at_the_first() -> None:
    pages = {
        "c.md": page("Market moved", "/a/"),
        "b.md": page("Bridge closed", "/a/"),
        "a.md": page("Library opens", "/a"),
    }
    (found,) = of_site(pages, "SIT001")
    assert (found.path, found.line) == ("a.md", 3)
    assert [(one.path, one.line, one.message) for one in found.related] == [
        ("b.md", 3, "“Bridge closed”"),
        ("c.md", 3, "“Market moved”"),
    ]
    assert f"3 pages have the address {SITE}/a" in found.message


ONE_ADDRESS = {
    "the same page twice": (page("Bridge closed", "/a/"), page("Bridge closed", "/a/")),
    "with the site's name": (page("Bridge closed | Town", "/a/"), page("Bridge closed", "/a/")),
    "one description": (
        page("Bridge closed", "/a/", "description: The bridge is closed for a year."),
        page("The bridge", "/a/", "description: The bridge is closed for a year."),
    ),
    "a list's further page": (page("News", "/news/"), page("News, page 2", "/news/")),
    "a draft": (page("Bridge closed", "/a/"), page("Market", "/a/", "draft: true")),
    "another language": (
        page("Bridge closed", "/a/", "lang: en"),
        page("Pont ar gau", "/a/", "lang: cy"),
    ),
    "the home page": (page("Bridge closed", "/"), page("Market moved", "/")),
}


@pytest.mark.parametrize("pair", ONE_ADDRESS.values(), ids=ONE_ADDRESS)
def test_what_may_share_an_address(pair: tuple[str, str]) -> None:
    assert of_site({"a.md": pair[0], "b.md": pair[1]}, "SIT001") == []


def test_copies_are_not_counted_as_other_pages() -> None:
    pages = {
        "a.md": page("Bridge closed", "/a/"),
        "b.md": page("Bridge closed", "/a/"),
        "c.md": page("Market moved", "/a/"),
    }
    (found,) = of_site(pages, "SIT001")
    assert found.message.startswith("2 pages have the address")
    assert [one.path for one in found.related] == ["c.md"]


def test_what_a_rule_on_addresses_has_told_of_each_page_is_not_told_again() -> None:
    pages = {
        path: post(f"title: {title}", "canonical_url: http://localhost:1313/a/")
        for path, title in (("a.md", "Bridge closed"), ("b.md", "Market moved"))
    }
    assert len(of_site(pages, "SIT001")) == 1
    codes = {one.code for one in of_site(pages, "ALL")}
    assert "URL005" in codes
    assert "SIT001" not in codes


def test_the_description_of_the_site_makes_no_copies() -> None:
    of_all = "description: News from the harbour and from the town."
    pages = {f"{n}.md": page(one, "/a/", of_all) for n, one in enumerate(PLACES)}
    (found,) = of_site(pages, "SIT001")
    assert found.message.startswith("12 pages have the address")


@pytest.mark.parametrize(
    "other",
    [
        '<meta name="robots" content="noindex">',
        '<meta http-equiv="refresh" content="0; url=/elsewhere/">',
    ],
)
def test_what_is_no_page_of_the_site(other: str) -> None:
    pages = {"a.html": html("Bridge closed", "/a/"), "b.html": html("Market", "/a/", other)}
    assert of_site(pages, "SIT001") == []
    assert len(of_site({**pages, "b.html": html("Market", "/a/")}, "SIT001")) == 1


def test_sources_and_what_is_built_of_them_are_compared_each_with_its_kind() -> None:
    pages = {
        "content/a.md": page("Bridge closed", "/a/"),
        "out/a/index.html": html("Market moved", "/a/"),
    }
    assert of_site(pages, "SIT001") == []


def titled(count: int, title: str, *, first: int = 0) -> dict[str, object]:
    """Pages of one title."""
    return {f"t{n:03}.md": page(title, f"/t/{n}/") for n in range(first, first + count)}


def others(count: int) -> dict[str, object]:
    """Pages of titles of their own."""
    return {f"o{n:03}.md": page(f"{PLACES[n % 12]} number {n}", f"/o/{n}/") for n in range(count)}


@pytest.mark.parametrize(
    ("same", "other", "severity"),
    [(2, 8, "note"), (9, 9, "note"), (10, 10, "warning"), (10, 190, "warning"), (10, 191, "note")],
)
def test_a_shared_title_is_a_warning_from_ten_pages_and_one_in_twenty(
    same: int, other: int, severity: str
) -> None:
    (found,) = of_site(titled(same, "News") | others(other), "SIT002")
    assert str(found.severity) == severity
    assert found.message == f"{same} pages of {same + other} have the title “News”."
    assert len(found.related) == min(same - 1, 10)


def test_a_small_site_may_repeat_itself_unless_it_is_asked() -> None:
    assert of_site(titled(2, "News") | others(7), "SIT002") == []
    assert len(of_site(titled(2, "News") | others(1), "SIT002", min_pages=3)) == 1


LONG = (
    "Two teenagers have been charged after a van that was used by a pharmacy to deliver medicine "
    "in the harbour was stolen on the morning of the market from the car park of the old library"
)


def test_what_is_kept_of_a_long_title_tells_it_from_another_and_keeps_its_end() -> None:
    own = {
        f"{n:02}.md": page(f"{one} | Northbridge Town", f"/{n}/") for n, one in enumerate(PLACES)
    }
    long = {"x.md": page(f"{LONG} | Northbridge Town", "/x/")}
    assert of_site(own | long, "SIT006") == []
    middle = LONG.replace("the morning", "the evening")
    assert (
        of_site(own | long | {"y.md": page(f"{middle} | Northbridge Town", "/y/")}, "SIT002") == []
    )
    assert len(of_site(own | long | {"y.md": page(f"{LONG} | Northbridge Town", "/y/")},
                       "SIT002")) == 1  # fmt: skip
    (lacking,) = of_site(own | {"x.md": page(LONG, "/x/")}, "SIT006")
    assert lacking.path == "x.md"


def test_the_slash_at_the_end_of_a_long_address_is_seen() -> None:
    long = "x" * 400
    pages: dict[str, object] = {
        f"{n:02}.md": page(one, f"/news/{n}{long}/") for n, one in enumerate(PLACES)
    }
    assert of_site(pages, "SIT005") == []
    pages["z.md"] = page("The last", f"/news/{long}")
    assert [one.path for one in of_site(pages, "SIT005")] == ["z.md"]


def test_half_of_the_pages_with_a_slash_are_a_choice() -> None:
    pages = {f"{n:02}.md": page(one, f"/news/{n}{'/' * (n % 2)}") for n, one in enumerate(PLACES)}
    assert of_site(pages, "SIT005") == []


def translation(own: str, *named: str, lang: str = "en") -> str:
    """A page that names translations."""
    links = (f'<link rel="alternate" hreflang="{lang}" href="{SITE}{one}">' for one in named)
    return html(f"Page {own}", own, *links, lang=lang)


def test_a_translation_that_was_not_checked_is_not_judged() -> None:
    pages = {"en/index.html": translation("/en/", "/en/", "/cy/")}
    assert of_site(pages, "SIT007") == []
    pages["cy/index.html"] = translation("/cy/", lang="cy")
    (found,) = of_site(pages, "SIT007")
    assert (found.path, found.source_line.strip()) == (
        "en/index.html",
        f'<link rel="alternate" hreflang="en" href="{SITE}/cy/">',
    )
    pages["cy/index.html"] = translation("/cy/", "/en", lang="cy")  # without its slash
    assert of_site(pages, "SIT007") == []


def alternate(lang: str, href: str) -> str:
    """A link to a translation."""
    return f'<link rel="alternate" hreflang="{lang}" href="{href}">'


def test_a_relative_link_names_a_page_back() -> None:
    english = html("Page", "/en/a/", alternate("cy", f"{SITE}/cy/a/"))
    for href in ("/en/a/", "../../en/a/", f"{SITE[6:]}/en/a/"):
        welsh = html("Tudalen", "/cy/a/", alternate("en", href), lang="cy")
        assert of_site({"en/a.html": english, "cy/a.html": welsh}, "SIT007") == []
    welsh = html("Tudalen", "/cy/a/", alternate("en", "/en/b/"), lang="cy")
    (found,) = of_site({"en/a.html": english, "cy/a.html": welsh}, "SIT007")
    assert found.path == "en/a.html"
    # From a base, links lead elsewhere.
    welsh = html("Tudalen", "/cy/a/", f'<base href="{SITE}/en/">', alternate("en", "a/"), lang="cy")
    assert of_site({"en/a.html": english, "cy/a.html": welsh}, "SIT007") == []


def test_the_page_for_all_other_languages_need_not_name_those_that_name_it() -> None:
    pages = {
        "a.html": html("Page", "/a/", alternate("X-Default", f"{SITE}/choose/")),
        "choose.html": html("Choose a language", "/choose/"),
    }
    assert of_site(pages, "SIT007") == []
    pages["a.html"] = html("Page", "/a/", alternate("en", f"{SITE}/choose/"))
    assert [one.path for one in of_site(pages, "SIT007")] == ["a.html"]
    # It names a page back all the same.
    pages["choose.html"] = html("Choose", "/choose/", alternate("x-default", f"{SITE}/a/"))
    assert of_site(pages, "SIT007") == []
