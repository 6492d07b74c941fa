"""A site that Jekyll builds with jekyll-seo-tag: clean as it is, and each fault at its place."""

from __future__ import annotations

import shutil
import subprocess
from functools import lru_cache

import pytest

from tests.generators.conftest import Built, Making

NEEDED = "jekyll with jekyll-seo-tag is not installed (Debian: ruby-jekyll-seo-tag)"


@lru_cache
def is_installed() -> bool:
    """Whether Jekyll is there, and Ruby finds the plugin."""
    if shutil.which("jekyll") is None or shutil.which("ruby") is None:
        return False
    asked = subprocess.run(
        ("ruby", "-e", "require 'jekyll-seo-tag'"), capture_output=True, check=False
    )
    return asked.returncode == 0


pytestmark = pytest.mark.skipif(not is_installed(), reason=NEEDED)

LAYOUT = "_layouts/default.html"
DEFAULT = """<!DOCTYPE html>
<html lang="{{ page.lang | default: site.lang }}">
<head>
<meta charset="utf-8">
{% seo %}
</head>
<body><h1>{{ page.title }}</h1>{{ content }}</body>
</html>
"""
CARD = """<title>{{ page.title }} | {{ site.title }}</title>
<link rel="canonical" href="{{ page.url | absolute_url }}">
<meta name="description" content="{{ page.description }}">
<meta property="og:title" content="{{ page.title }}">
<meta property="og:description" content="{{ page.description }}">
<meta property="og:type" content="article">
<meta property="og:url" content="{{ page.url | absolute_url }}">
<meta property="og:image" content="{{ page.image | absolute_url }}">
<meta property="article:published_time" content="{{ page.date | date_to_xmlschema }}">
"""
CONFIG = """url: https://www.northbridge.example
title: Northbridge Town
lang: en
locale: en_GB
timezone: Europe/London
destination: public
plugins: [jekyll-seo-tag]
exclude: [ogcheck.toml, public]
"""


def post(title: str, number: int, *lines: str) -> str:
    """A post of its own."""
    front = [
        "layout: default",
        f'title: "{title}"',
        f"description: What the change number {number} means for the town and its people.",
        f"image: /media/card-{number}.png",
        *lines,
    ]
    return "\n".join(["---", *front, "---", "", "Text of the post.", ""])


BRIDGE = "_posts/2026-03-13-bridge.md"
BUILT_BRIDGE = "public/2026/03/13/bridge.html"
FILES = {
    "_config.yml": CONFIG,
    "ogcheck.toml": 'site-url = "https://www.northbridge.example"\nbuild-dir = "public"\n'
    'static-dirs = ["."]\n',
    LAYOUT: DEFAULT,
    "index.md": post("News from the town", 1),
    BRIDGE: post("Harbour bridge and quay are closed", 2, "date: 2026-03-13 09:26:00 +0000"),
    "_posts/2026-03-14-market.md": post("Market moved to the quay", 3, "categories: [town]"),
    "_posts/2026-05-15-library.md": post("Library opens “on Sundays”", 4, "permalink: /library/"),
    "_posts/2126-03-16-fair.md": post("Fair of the next century", 5),
    "_drafts/idea.md": post("Not yet for anybody", 6),
    "about.md": post("About the town", 7, "permalink: /about/"),
    "hidden.md": post("Written and not published", 8, "published: false"),
    **{f"media/card-{number}.png": "" for number in range(1, 9)},
}
SOURCES = ("_posts", "_drafts", "index.md", "about.md", "hidden.md")


@pytest.fixture
def site(making: Making) -> Built:
    """The clean site, not built yet."""
    return making(FILES, ("jekyll", "build", "--quiet", "--disable-disk-cache"), SOURCES)


def places(site: Built, code: str, *options: str, sources_only: bool = False) -> list[str]:
    """Where a rule speaks once the site is built."""
    site.build()
    found = site.check(*options, sources_only=sources_only)
    return [one.path for one in found if one.code == code]


def by_hand(site: Built) -> None:
    """Let the template write what jekyll-seo-tag would."""
    site.edit(LAYOUT, "{% seo %}", CARD)


def test_nothing_is_wrong_with_the_clean_site(site: Built) -> None:
    site.build()
    assert not (site.folder / "public/2126").exists()
    assert (site.folder / "public/town/2026/03/14/market.html").exists()
    assert [one for one in site.check() if one.severity != "note"] == []
    assert site.check("--select", "SRC,SIT") == []


def test_a_template_by_hand_is_clean_too(site: Built) -> None:
    by_hand(site)
    site.build()
    assert site.check("--select", "SRC") == []


def test_the_template_drops_the_card(site: Built) -> None:
    site.edit(LAYOUT, "{% seo %}", "<title>{{ page.title }}</title>")
    assert places(site, "SRC003") == [
        BRIDGE,
        "_posts/2026-03-14-market.md",
        "_posts/2026-05-15-library.md",
        "about.md",
        "index.md",
    ]


def test_the_template_writes_the_description_of_the_site(site: Built) -> None:
    by_hand(site)
    site.edit(
        LAYOUT,
        'og:description" content="{{ page.description }}"',
        'og:description" content="{{ site.title }} and all that happens in it"',
    )
    assert BRIDGE in places(site, "SRC002")


def test_the_plugin_leaves_a_reference_in_json_ld(site: Built) -> None:
    site.edit(BRIDGE, "bridge and quay", "bridge & quay")
    site.build()
    found = [one for one in site.check() if one.severity != "note"]
    assert [(one.code, one.path) for one in found] == [("TXT010", BUILT_BRIDGE)]
    assert "ld:headline" in found[0].message


def test_the_template_escapes_the_title_twice(site: Built) -> None:
    by_hand(site)
    site.edit(BRIDGE, "bridge and quay", "bridge & quay")
    site.edit(
        LAYOUT,
        'og:title" content="{{ page.title }}"',
        'og:title" content="{{ page.title | escape | escape }}"',
    )
    assert BUILT_BRIDGE in places(site, "TXT010")
    assert BRIDGE in places(site, "SRC001", sources_only=True)


def test_a_zone_shifts_the_date(site: Built) -> None:
    site.edit(BRIDGE, "09:26:00 +0000", "02:26:00")
    assert places(site, "SRC004") == []
    # A time without a zone is UTC for Jekyll, and shown as what that is in the site's zone.
    site.edit("_config.yml", "Europe/London", "America/New_York")
    assert places(site, "SRC004") == [BRIDGE]


def test_the_address_of_the_site_is_another(site: Built) -> None:
    site.edit("_config.yml", "www.northbridge.example", "northbridge.github.io")
    assert "public/about/index.html" in places(site, "URL006")


def test_the_canonical_address_is_on_another_host(site: Built) -> None:
    by_hand(site)
    site.edit(
        LAYOUT,
        'rel="canonical" href="{{ page.url | absolute_url }}"',
        'rel="canonical" href="https://www.eastbridge.example{{ page.url }}"',
    )
    assert "public/about/index.html" in places(site, "URL006")


def test_two_pages_have_one_address(site: Built) -> None:
    site.edit("about.md", "permalink: /about/", "permalink: /library/")
    site.build()
    found = [one for one in site.check() if one.code == "SIT001"]
    assert [(one.path, one.related) for one in found] == [
        ("_posts/2026-05-15-library.md", ("about.md",))
    ]


def test_the_front_matter_gives_an_address_that_is_not_taken(site: Built) -> None:
    site.edit(BRIDGE, "date:", "canonical_url: https://www.northbridge.example/bridge/\ndate:")
    assert places(site, "SRC005") == []  # jekyll-seo-tag takes it
    by_hand(site)
    assert places(site, "SRC005") == [BRIDGE]


@pytest.mark.parametrize("is_by_hand", [False, True])
def test_a_site_below_a_path_is_as_clean_as_one_at_the_root(site: Built, is_by_hand: bool) -> None:
    if is_by_hand:
        by_hand(site)
    site.edit("_config.yml", "title:", "baseurl: /town\ntitle:")
    site.edit("ogcheck.toml", 'site-url = "https://www.northbridge.example"\n', "")
    address = "canonical_url: https://www.northbridge.example/town/about/"
    site.edit("about.md", "permalink:", f"{address}\npermalink:")
    site.build()
    about = (site.folder / "public/about/index.html").read_text()
    assert "https://www.northbridge.example/town/media/card-7.png" in about
    assert site.check("--select", "SRC,SIT,URL,IMG101") == []
    (site.folder / "media/card-2.png").unlink()
    assert BRIDGE in places(site, "IMG101", sources_only=True)
    assert BUILT_BRIDGE in places(site, "IMG101")
    site.edit("about.md", address, "canonical_url: https://www.northbridge.example/about/")
    assert "about.md" in places(site, "URL017")


def test_an_image_is_not_there(site: Built) -> None:
    assert places(site, "IMG101") == []
    (site.folder / "media/card-2.png").unlink()
    assert BRIDGE in places(site, "IMG101", sources_only=True)
    assert BUILT_BRIDGE in places(site, "IMG101")


def test_a_page_is_not_built(site: Built) -> None:
    site.build()
    (site.folder / "public/library/index.html").unlink()
    found = site.check("--select", "SRC006")
    assert [one.path for one in found] == ["_posts/2026-05-15-library.md"]
