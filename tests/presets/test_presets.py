"""Every preset: the names of its generator, what it derives, and what it is read with."""

from __future__ import annotations

from typing import Any

import pytest

import ogcheck
from ogcheck import presets, vocabulary
from ogcheck.names import vocabulary_words
from ogcheck.values import dates
from ogcheck.values.implicit import READERS

SITE = "https://www.northbridge.example"


def read(preset: str, *lines: str) -> ogcheck.Page:
    text = "\n".join(["---", *lines, "---", ""])
    page = ogcheck.read_page("content/a.md", text, config={"preset": preset})
    assert page is not None
    return page


@pytest.mark.parametrize("name", presets.NAMES)
def test_a_preset_holds_together(name: str) -> None:
    preset = presets.load(name)
    assert preset.summary
    assert set(preset.yaml) <= set(READERS)
    assert preset.spelling in ("nested", "words")
    for canonical in (*preset.keys, *preset.derives, *preset.cleans):
        assert canonical in vocabulary.PROPERTIES, canonical
    for canonical, sources in preset.derives.items():
        assert "?" not in sources[:-1]
        for source in sources:
            assert source == "?" or source in preset.keys, (canonical, source)
    for one in preset.date_formats:
        dates.pattern(one)
    for path, canonical in vocabulary_words().items():  # no name of its own hides one of these
        assert preset.lookup[path] == canonical, path


def test_every_file_is_a_preset_and_every_preset_a_file() -> None:
    from importlib.resources import files

    found = {path.name.removesuffix(".toml") for path in files("ogcheck.presets").iterdir()
             if path.name.endswith(".toml")}  # fmt: skip
    assert found == {*presets.NAMES, presets.HTML}


@pytest.mark.parametrize(
    ("preset", "lines", "expected"),
    [
        ("hugo", ["images: [a.png]", "publishDate: 2026-03-26", "lastmod: 2026-03-27"],
         {"page:image": "a.png", "page:published": "2026-03-26", "page:modified": "2026-03-27"}),
        ("hugo", ["cover: {image: a.png}", f"canonicalURL: {SITE}/a/"],
         {"page:image": "a.png", "page:canonical": f"{SITE}/a/"}),
        ("hugo", ["url: /about/", "slug: b"], {}),
        ("jekyll", ["image: {path: a.png, alt: A}", "last_modified_at: 2026-03-27"],
         {"page:image": "a.png", "og:image:alt": "A", "page:modified": "2026-03-27"}),
        ("jekyll", ["excerpt: Closed.", "published: true", "twitter: {card: summary}"],
         {"page:description": "Closed.", "twitter:card": "summary"}),
        ("minimal-mistakes", ["header: {og_image: a.png}", "excerpt: Closed."],
         {"page:image": "a.png", "page:description": "Closed."}),
        ("eleventy", ["ogImage: a.png", "updated: 2026-03-27"],
         {"og:image": "a.png", "page:modified": "2026-03-27"}),
        ("astro", ["heroImage: a.png", "pubDate: 2026-03-26"],
         {"page:image": "a.png", "page:published": "2026-03-26"}),
        ("astro", ["openGraph: {basic: {title: A, image: b.png}}"],
         {"og:title": "A", "og:image": "b.png"}),
        ("starlight", ["lastUpdated: 2026-03-27",
                       "head: [{tag: meta, attrs: {property: og:image, content: a.png}}]"],
         {"page:modified": "2026-03-27", "og:image": "a.png"}),
        ("docusaurus", ["image: a.png", "last_update: {date: 2026-03-27}", "slug: /b"],
         {"page:image": "a.png", "page:modified": "2026-03-27"}),
        ("mkdocs-material", ["date: {created: 2026-03-26, updated: 2026-03-27}"],
         {"page:published": "2026-03-26", "page:modified": "2026-03-27"}),
        ("hexo", ["photos: [a.png]", "language: de", "updated: 2026-03-27"],
         {"page:image": "a.png", "page:lang": "de", "page:modified": "2026-03-27"}),
        ("zola", ["date: 2026-03-26", "extra: {og_image: a.png}", "authors: [Jane]"],
         {"page:published": "2026-03-26", "page:image": "a.png", "page:author": "Jane"}),
        ("next", ["openGraph: {title: A, images: [{url: a.png, alt: B}]}"],
         {"og:title": "A", "og:image": "a.png", "og:image:alt": "B"}),
        ("gatsby", [f"canonicalLink: {SITE}/a/", "twittercard: summary"],
         {"page:canonical": f"{SITE}/a/", "twitter:card": "summary"}),
        ("quarto", ["image: a.png", "image-alt: A", "open-graph: {title: B, site-name: C}",
                    "twitter-card: {creator: '@a', card-style: summary}"],
         {"page:image": "a.png", "og:image:alt": "A", "og:title": "B", "og:site_name": "C",
          "twitter:creator": "@a", "twitter:card": "summary"}),
        ("vitepress", ["head: [[meta, {property: og:image, content: a.png}]]"],
         {"og:image": "a.png"}),
        ("ghost", ["feature_image: a.png", "og_title: A", "meta_description: B"],
         {"page:image": "a.png", "og:title": "A", "page:description": "B"}),
        ("drupal-metatag", ["og_image_secure_url: a.png", "article_published_time: 2026-03-26",
                            "og_locale_alternative: cy_GB"],
         {"og:image:secure_url": "a.png", "article:published_time": "2026-03-26",
          "og:locale:alternate": "cy_GB"}),
        ("dev-to", ["published: true", "cover_image: a.png"], {"page:image": "a.png"}),
    ],
)  # fmt: skip
def test_the_names_of_a_generator(preset: str, lines: list[str], expected: dict[str, str]) -> None:
    page = read(preset, "title: Bridge closed", *lines)
    found = {p.name: p.value for p in page.properties}
    assert found.pop("page:title") == "Bridge closed"
    assert found == expected
    assert [p.name for p in page.strays] == []


@pytest.mark.parametrize(
    ("preset", "lines", "name", "state", "source"),
    [
        ("hugo", [], "og:title", "known", "page:title"),
        ("hugo", [], "og:description", "unknown", None),  # the summary
        ("hugo", ["description: A"], "og:description", "known", "page:description"),
        ("hugo", [], "og:url", "unknown", None),
        ("jekyll", [f"canonical_url: {SITE}/a/"], "og:url", "known", "page:canonical"),
        ("ghost", ["feature_image: a.png"], "og:image", "known", "page:image"),
        ("eleventy", [], "og:title", "unknown", None),
        ("vitepress", [], "og:image", "unknown", None),
        ("release", [], "og:title", "absent", None),
    ],
)
def test_what_a_generator_derives(
    preset: str, lines: list[str], name: str, state: str, source: str | None
) -> None:
    found = read(preset, "title: Bridge closed", *lines).derived(name)
    assert (found.state, found.property.name if found.property else None) == (state, source)


def codes(preset: str, *lines: str, **config: Any) -> set[str]:
    text = "\n".join(["---", *lines, "---", ""])
    config = {"preset": preset, **config}
    return {p.code for p in ogcheck.check_text(text, "content/a.md", config=config)}


@pytest.mark.parametrize(
    ("preset", "value", "speaks"),
    [
        ("jekyll", "no", True), ("hugo", "no", False), ("astro", "no", False),
        ("jekyll", "12:30", True), ("eleventy", "12:30", True), ("astro", "12:30", False),
        ("jekyll", "1e3", False), ("astro", "1e3", True),
    ],
)  # fmt: skip
def test_types_are_guessed_as_the_generators_reader_does(
    preset: str, value: str, speaks: bool
) -> None:
    assert ("FM008" in codes(preset, f"title: {value}")) is speaks


def test_a_zone_is_missing_only_where_the_reader_leaves_it_out() -> None:
    lines = ("og_title: Bridge closed", "article_published_time: 2026-03-26T09:26:00")
    assert "DAT003" in codes("jekyll", *lines)
    assert "DAT003" not in codes("astro", *lines)
    assert "DAT003" in codes("astro", lines[0], "article_published_time: '2026-03-26T09:26:00'")


def test_jekyll_cleans_titles_and_descriptions() -> None:
    lines = ("title: Fish &amp; chips", "description: The <b>old</b> bridge")
    assert codes("jekyll", *lines) & {"TXT010", "TXT012"} == set()
    assert codes("hugo", *lines) >= {"TXT010", "TXT012"}
    assert "TXT010" in codes("jekyll", "title: A", "og_title: Fish &amp; chips")


@pytest.mark.parametrize(
    ("preset", "severity"), [("hugo", None), ("vitepress", "error"), ("eleventy", "note")]
)
def test_relative_images_as_the_generator_takes_them(preset: str, severity: str | None) -> None:
    text = "---\ntitle: A\nog_image: /a.png\n---\n"
    problems = ogcheck.check_text(text, "content/a.md", config={"preset": preset})
    assert [str(p.severity) for p in problems if p.code == "URL003"] == (
        [] if severity is None else [severity]
    )


@pytest.mark.parametrize(
    ("preset", "date", "speaks"),
    [
        ("jekyll", "2026-03-26 09:26:00 +0100", False), ("jekyll", "March 26, 2026", True),
        ("hugo", "26 Mar 2026", False), ("hugo", "2026-03-26T09:26:00.123Z", False),
        ("zola", "2026-03-26T09:26:00+01:00", False), ("zola", "26/03/2026", True),
        ("hexo", "2026/03/26 09:26:00", False), ("next", "March 26, 2026", False),
    ],
)  # fmt: skip
def test_dates_as_the_generator_reads_them(preset: str, date: str, speaks: bool) -> None:
    assert ("DAT001" in codes(preset, "title: A", f"date: '{date}'")) is speaks
