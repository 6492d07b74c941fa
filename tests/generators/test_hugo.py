"""A site that Hugo builds: clean as it is, and each fault found at its place."""

from __future__ import annotations

import shutil

import pytest

from tests.generators.conftest import Built, Making

pytestmark = pytest.mark.skipif(
    shutil.which("hugo") is None, reason="hugo is not installed (Debian: apt-get install hugo)"
)

BASE = """<!DOCTYPE html>
<html lang="{{ site.Language.Lang }}">
<head>
<meta charset="utf-8">
<title>{{ if .IsHome }}{{ site.Title }}{{ else }}{{ .Title }} | {{ site.Title }}{{ end }}</title>
<meta name="description" content="{{ .Description }}">
<link rel="canonical" href="{{ .Permalink }}">
{{ range .Translations }}<link rel="alternate" hreflang="{{ .Lang }}" href="{{ .Permalink }}">
{{ end }}{{ template "_internal/opengraph.html" . }}
<meta property="og:site_name" content="{{ site.Title }}">
{{ template "_internal/twitter_cards.html" . }}
</head>
<body><h1>{{ .Title }}</h1>{{ block "main" . }}{{ .Content }}{{ end }}</body>
</html>
"""
OPEN_GRAPH = '{{ template "_internal/opengraph.html" . }}'
BY_HAND = """<meta property="og:title" content="{{ .Title }}">
<meta property="og:description" content="{{ .Description }}">
<meta property="og:type" content="{{ if .IsPage }}article{{ else }}website{{ end }}">
<meta property="og:url" content="{{ .Permalink }}">
{{ with index (.Params.images | default (slice)) 0 }}
<meta property="og:image" content="{{ . | absURL }}">
{{ end }}
{{ $format := "2006-01-02T15:04:05Z07:00" }}
{{ if .IsPage }}
<meta property="article:published_time" content="{{ .Date.Format $format }}">
{{ end }}"""
LIST = """{{ define "main" }}{{ range .Pages }}<a href="{{ .Permalink }}">{{ .Title }}</a>
{{ end }}{{ end }}
"""


def post(title: str, number: int, *lines: str, date: str = "") -> str:
    """A post of its own."""
    date = date or f"2026-03-{10 + number}T09:26:00Z"
    front = [
        f'title: "{title}"',
        f"description: What the change number {number} means for the town and its people.",
        f"date: {date}",
        f"images: [/media/card-{number}.png]",
        *lines,
    ]
    return "\n".join(["---", *front, "---", "", "Text of the post.", ""])


FILES = {
    "hugo.toml": 'baseURL = "https://www.northbridge.example/"\ntitle = "Northbridge Town"\n'
    'languageCode = "en-GB"\ndisableKinds = ["taxonomy", "term", "RSS", "sitemap"]\n'
    '[params]\ndescription = "The town in a sentence."\n',
    "ogcheck.toml": 'site-url = "https://www.northbridge.example"\nbuild-dir = "public"\n',
    "layouts/_default/baseof.html": BASE,
    "layouts/_default/single.html": '{{ define "main" }}{{ .Content }}{{ end }}',
    "layouts/_default/list.html": LIST,
    "layouts/index.html": LIST,
    "content/_index.md": post("Northbridge Town", 1),
    "content/posts/_index.md": post("All posts", 2),
    "content/posts/bridge.md": post("Harbour bridge & quay are closed", 3),
    "content/posts/2026-03-14-market.md": post("Market moved to the quay", 4),
    "content/posts/library/index.md": post(
        "Library opens on Sundays", 5, "slug: library-on-sundays", date="2026-03-15"
    ),
    "content/posts/street.md": post("Mill Street is “open” again", 6, "url: /streets/mill/"),
    "content/posts/draft.md": post("Not yet for anybody", 7, "draft: true"),
    "content/posts/future.md": post(
        "Fair of the next century", 8, date="2126-03-18 # ogcheck: ignore[DAT006] it is planned"
    ),
    "content/posts/expired.md": post("Fair of the last year", 9, "expiryDate: 2026-04-01"),
    **{f"static/media/card-{n}.png": "" for n in range(1, 10)},
}


@pytest.fixture
def site(making: Making) -> Built:
    """The clean site, not built yet."""
    return making(FILES, ("hugo", "--quiet"), ("content",))


def places(site: Built, code: str, *options: str, sources_only: bool = False) -> list[str]:
    """Where a rule speaks once the site is built anew."""
    shutil.rmtree(site.folder / "public", ignore_errors=True)
    site.build()
    found = site.check(*options, sources_only=sources_only)
    return [one.path for one in found if one.code == code]


def test_nothing_is_wrong_with_the_clean_site(site: Built) -> None:
    site.build()
    assert not (site.folder / "public/posts/draft").exists()
    assert [one for one in site.check() if one.severity != "note"] == []
    # Not one of the pages is missed either: the others are not published.
    assert site.check("--select", "SRC006,SIT") == []


def test_the_template_drops_the_image(site: Built) -> None:
    by_hand = "\n".join(line for line in BY_HAND.splitlines() if "og:image" not in line)
    site.edit("layouts/_default/baseof.html", OPEN_GRAPH, by_hand)
    site.edit("layouts/_default/baseof.html", '{{ template "_internal/twitter_cards.html" . }}', "")
    assert places(site, "SRC003") == [
        "content/_index.md",
        "content/posts/2026-03-14-market.md",
        "content/posts/_index.md",
        "content/posts/bridge.md",
        "content/posts/library/index.md",
        "content/posts/street.md",
    ]


def test_the_template_writes_its_own_image(site: Built) -> None:
    site.edit("layouts/_default/baseof.html", OPEN_GRAPH, BY_HAND)
    site.edit("layouts/_default/baseof.html", '{{ template "_internal/twitter_cards.html" . }}', "")
    assert places(site, "SRC003") == []
    site.edit(
        "layouts/_default/baseof.html", "{{ . | absURL }}", '{{ "media/card-1.png" | absURL }}'
    )
    assert "content/posts/bridge.md" in places(site, "SRC003")
    assert "content/_index.md" not in places(site, "SRC003")


def test_an_image_is_not_among_the_static_files(site: Built) -> None:
    site.build()
    assert [one for one in site.check() if one.code == "IMG101"] == []
    (site.folder / "static/media/card-3.png").unlink()
    assert places(site, "IMG101", sources_only=True) == ["content/posts/bridge.md"]
    assert places(site, "IMG101") == [
        "content/posts/bridge.md",
        "public/posts/bridge/index.html",
    ]


def test_the_address_of_the_site_is_another(site: Built) -> None:
    site.edit("hugo.toml", "www.northbridge.example", "northbridge.netlify.app")
    assert "public/posts/bridge/index.html" in places(site, "URL006")


def test_the_address_of_the_site_is_this_machine(site: Built) -> None:
    site.edit("hugo.toml", "https://www.northbridge.example/", "http://localhost:1313/")
    assert "public/posts/bridge/index.html" in places(site, "URL005")


def test_a_draft_is_no_missing_page_and_a_page_that_is_gone_is(site: Built) -> None:
    site.build()
    shutil.rmtree(site.folder / "public/posts/bridge")
    found = site.check("--select", "SRC006")
    assert [one.path for one in found] == ["content/posts/bridge.md"]


def test_a_zone_shifts_the_date(site: Built) -> None:
    site.edit("layouts/_default/baseof.html", OPEN_GRAPH, BY_HAND)
    assert places(site, "SRC004") == []
    site.edit("hugo.toml", "[params]", 'timeZone = "Pacific/Auckland"\n[params]')
    site.edit("layouts/_default/baseof.html", "{{ .Date.Format", "{{ .Date.UTC.Format")
    # The one post whose date has no time: a moment is the same in any zone.
    assert places(site, "SRC004") == ["content/posts/library/index.md"]


def test_the_template_drops_the_date(site: Built) -> None:
    by_hand = "\n".join(line for line in BY_HAND.splitlines() if "published_time" not in line)
    site.edit("layouts/_default/baseof.html", OPEN_GRAPH, by_hand)
    assert places(site, "SRC004") == [
        "content/posts/2026-03-14-market.md",
        "content/posts/bridge.md",
        "content/posts/library/index.md",
        "content/posts/street.md",
    ]


def test_two_posts_have_one_slug(site: Built) -> None:
    site.edit("content/posts/bridge.md", "---\n\n", "slug: library-on-sundays\n---\n\n")
    site.build()
    found = [one for one in site.check() if one.code == "SIT001"]
    assert [(one.path, one.related) for one in found] == [
        ("content/posts/bridge.md", ("content/posts/library/index.md",))
    ]


def test_the_template_escapes_the_title_twice(site: Built) -> None:
    site.edit("layouts/_default/baseof.html", OPEN_GRAPH, BY_HAND)
    site.edit(
        "layouts/_default/baseof.html",
        'og:title" content="{{ .Title }}"',
        'og:title" content="{{ .Title | htmlEscape | htmlEscape }}"',
    )
    # Once: in the built page where that is checked, else at the source.
    assert places(site, "TXT010") == ["public/posts/bridge/index.html"]
    assert places(site, "SRC001") == []
    assert places(site, "SRC001", sources_only=True) == ["content/posts/bridge.md"]


def test_the_template_writes_the_description_of_the_site(site: Built) -> None:
    site.edit("layouts/_default/baseof.html", OPEN_GRAPH, BY_HAND)
    site.edit(
        "layouts/_default/baseof.html",
        'og:description" content="{{ .Description }}"',
        'og:description" content="{{ site.Params.description }}"',
    )
    assert "content/posts/street.md" in places(site, "SRC002")


def test_the_template_writes_the_title_of_the_site(site: Built) -> None:
    site.edit("layouts/_default/baseof.html", OPEN_GRAPH, BY_HAND)
    site.edit(
        "layouts/_default/baseof.html",
        'og:title" content="{{ .Title }}"',
        'og:title" content="{{ site.Title }}"',
    )
    found = places(site, "SRC001")
    assert "content/posts/bridge.md" in found
    assert "content/_index.md" not in found  # there it is the title


def test_the_canonical_address_is_on_another_host(site: Built) -> None:
    site.edit(
        "layouts/_default/baseof.html",
        'rel="canonical" href="{{ .Permalink }}"',
        'rel="canonical" href="https://www.eastbridge.example{{ .RelPermalink }}"',
    )
    assert "public/posts/bridge/index.html" in places(site, "URL006")


def test_all_pages_name_one_address(site: Built) -> None:
    site.edit("layouts/_default/baseof.html", OPEN_GRAPH, BY_HAND)
    one = "https://www.northbridge.example/posts/bridge/"
    for name in ('rel="canonical" href="', 'og:url" content="'):
        site.edit("layouts/_default/baseof.html", f"{name}{{{{ .Permalink }}}}", name + one)
    site.build()
    found = [said for said in site.check() if said.code == "SIT001"]
    assert [said.path for said in found] == ["public/index.html"]
    assert "6 pages" in found[0].message
    # The front matter of one of them gives it an address.
    assert places(site, "SRC005") == ["content/posts/street.md"]


def test_a_translation_is_not_named_back(site: Built) -> None:
    site.edit("hugo.toml", "[params]", 'defaultContentLanguage = "en"\n[languages.en]\nweight = 1\n'
              "[languages.cy]\nweight = 2\n[params]")  # fmt: skip
    site.write("content/posts/bridge.cy.md", post("Pont yr harbwr a'r cei ar gau", 9))
    assert places(site, "SIT007") == []
    site.edit("layouts/_default/baseof.html", "{{ range .Translations }}",
              '{{ range where .Translations "Lang" "cy" }}')  # fmt: skip
    site.build()
    found = [said for said in site.check() if said.code == "SIT007"]
    assert [(said.path, said.related) for said in found] == [
        (
            "public/index.html",
            ("public/cy/index.html", "public/posts/bridge/index.html", "public/posts/index.html"),
        )
    ]
