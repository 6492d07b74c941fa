"""Which generator builds a site, and what its configuration file says of the site."""

from __future__ import annotations

from pathlib import Path

import pytest

import ogcheck
from ogcheck.config import Resolver
from ogcheck.presets.detecting import detect

POST = "---\ntitle: Bridge closed\n---\n"


@pytest.mark.parametrize(
    ("name", "text", "preset"),
    [
        ("hugo.toml", 'baseURL = "https://a.example"', "hugo"),
        ("hugo.yaml", "", "hugo"),
        ("config/_default/hugo.yaml", "baseURL: https://a.example", "hugo"),
        ("config.toml", 'baseurl = "https://a.example"', "hugo"),
        ("config.json", '{"baseURL": "https://a.example"}', "hugo"),
        ("config.toml", 'base_url = "https://a.example"', "zola"),
        ("config.toml", 'name = "a program"', None),
        ("config.yml", "version: 2", None),
        ("_config.yml", "title: A\nplugins:\n  - jekyll-seo-tag\n", "jekyll"),
        ("_config.yml", "title: A", "jekyll"),
        ("_config.yml", "theme: minimal-mistakes-jekyll", "minimal-mistakes"),
        ("_config.yml", 'remote_theme: "mmistakes/minimal-mistakes@4.26"', "minimal-mistakes"),
        ("_config.yml", "title: A\nnew_post_name: :title.md\npost_asset_folder: true\n", "hexo"),
        ("mkdocs.yml", "site_name: A\ntheme:\n  # comment\n  name: material\n", "mkdocs-material"),
        ("mkdocs.yml", "site_name: A\ntheme: material", "mkdocs-material"),
        ("mkdocs.yml", "site_name: A\ntheme:\n  name: readthedocs\n", None),
        ("docusaurus.config.ts", "throw 1", "docusaurus"),
        ("astro.config.mjs", "throw 1", "astro"),
        (".eleventy.js", "throw 1", "eleventy"),
        ("eleventy.config.mjs", "throw 1", "eleventy"),
        ("gatsby-config.js", "throw 1", "gatsby"),
        ("next.config.mjs", "throw 1", "next"),
        (".vitepress/config.mts", "throw 1", "vitepress"),
        ("_quarto.yml", "project: {type: website}", "quarto"),
    ],
)
def test_what_tells_a_generator(tmp_path: Path, name: str, text: str, preset: str | None) -> None:
    path = tmp_path / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)
    found = detect(tmp_path, lambda p: p.name)
    assert (None if found is None else found.preset) == preset


def test_starlight_is_told_from_astro_by_its_package(tmp_path: Path) -> None:
    (tmp_path / "astro.config.mjs").write_text("")
    (tmp_path / "package.json").write_text('{"dependencies": {"@astrojs/starlight": "^0.30"}}')
    found = detect(tmp_path, str)
    assert found is not None
    assert found.preset == "starlight"


@pytest.mark.parametrize(
    ("name", "text", "settings"),
    [
        ("hugo.toml", 'baseURL = "https://a.example/"\ntitle = "A"\nlanguageCode = "en-gb"\n'
         'timeZone = "Europe/London"',
         {"site-url": "https://a.example", "site-name": "A", "locale": "en_GB",
          "timezone": "Europe/London"}),
        ("hugo.toml", 'baseURL = "/"\ntitle = "{{ x }}"\nlanguageCode = "en"', {}),
        ("hugo.toml", 'baseURL = "http://localhost:1313/"\ntimeZone = "Nowhere"', {}),
        ("hugo.toml", 'baseURL = "https://example.com/"', {}),
        ("_config.yml", "url: 'https://a.example' # the host\ntitle: \"A: B\"\ntimezone: UTC\n"
         "nested:\n  url: https://b.example\n",
         {"site-url": "https://a.example", "site-name": "A: B", "timezone": "UTC"}),
        ("_config.yml", "title: A # not: B", {"site-name": "A"}),
        ("_config.yml", "url: https://a.example\nbaseurl: /town",
         {"site-url": "https://a.example/town"}),
        ("_config.yml", "url: https://a.example/\nbaseurl: 'new/town/' # below it",
         {"site-url": "https://a.example/new/town"}),
        ("_config.yml", "url: https://a.example\nbaseurl: /\n", {"site-url": "https://a.example"}),
        ("_config.yml", "url: https://a.example\nbaseurl: ''\n", {"site-url": "https://a.example"}),
        ("_config.yml", "url: https://a.example\nbaseurl:\n", {"site-url": "https://a.example"}),
        ("_config.yml", "url: https://a.example\nbaseurl: https://a.example/town",
         {"site-url": "https://a.example"}),
        ("_config.yml", "url: https://a.example/town\nbaseurl: /town",
         {"site-url": "https://a.example/town"}),
        ("_config.yml", "baseurl: /town\nplugins: []", {}),
        ("_config.yml", "theme: minimal-mistakes-jekyll\nurl: https://a.example\nbaseurl: /town",
         {"site-url": "https://a.example/town"}),
        ("_config.toml", 'url = "https://a.example"\nbaseurl = "/town"',
         {"site-url": "https://a.example/town"}),
        ("_config.yml", "url: https://a.example/town\nroot: /town/\nsource_dir: source\n"
         "new_post_name: x\n", {"site-url": "https://a.example/town"}),
        ("config.toml", 'base_url = "https://a.example"', {"site-url": "https://a.example"}),
        ("hugo.toml", "this is no TOML", {}),
        ("hugo.json", "[" * 100_000, {}),
        ("hugo.yaml", "{" * 100_000, {}),
    ],
)  # fmt: skip
def test_what_the_file_says_of_the_site(
    tmp_path: Path, name: str, text: str, settings: dict[str, str]
) -> None:
    (tmp_path / name).write_text(text)
    found = detect(tmp_path, str)
    assert found is not None
    assert dict(found.settings) == settings


def test_the_origin_of_an_address_names_both_keys(tmp_path: Path) -> None:
    (tmp_path / "_config.yml").write_text("url: https://a.example\nbaseurl: /town\n")
    settings = Resolver(tmp_path).settings(tmp_path / "a.md")
    assert settings.values["site-url"] == "https://a.example/town"
    assert settings.origins["site-url"].endswith("_config.yml: url, baseurl")


def site(root: Path) -> Path:
    (root / ".git").mkdir()
    (root / "hugo.toml").write_text('baseURL = "https://a.example/"\ntitle = "A"\n')
    page = root / "content" / "news" / "a.md"
    page.parent.mkdir(parents=True)
    page.write_text(POST)
    return page


def test_the_nearest_file_above_counts(tmp_path: Path) -> None:
    page = site(tmp_path)
    settings = Resolver(tmp_path).settings(page)
    assert settings.generator is not None
    assert settings.generator.preset == "hugo"
    assert settings.values["site-url"] == "https://a.example"
    assert settings.origins["site-url"].endswith("hugo.toml: baseURL")
    (page.parent / ".eleventy.js").write_text("")
    nearer = Resolver(tmp_path).settings(page)
    assert nearer.generator is not None
    assert nearer.generator.preset == "eleventy"
    assert "site-url" not in nearer.values


def test_a_repository_does_not_look_above_itself(tmp_path: Path) -> None:
    (tmp_path / "hugo.toml").write_text("")
    inner = tmp_path / "inner"
    inner.mkdir()
    (inner / ".git").mkdir()
    assert Resolver(inner).settings(inner / "a.md").generator is None


def test_what_is_configured_counts_before_what_is_found(tmp_path: Path) -> None:
    page = site(tmp_path)
    (tmp_path / "ogcheck.toml").write_text('site-name = "Northbridge"\n')
    settings = Resolver(tmp_path).settings(page)
    assert (settings.values["site-name"], settings.values["site-url"]) == (
        "Northbridge", "https://a.example",
    )  # fmt: skip
    (tmp_path / "ogcheck.toml").write_text('preset = "generic"\n')
    settings = Resolver(tmp_path).settings(page)
    assert settings.generator is None
    assert "site-url" not in settings.values
    (tmp_path / "ogcheck.toml").write_text('preset = "hugo"\n')
    assert Resolver(tmp_path).settings(page).values["site-url"] == "https://a.example"


def test_a_page_says_what_told_its_preset(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    page = site(tmp_path)
    monkeypatch.chdir(tmp_path)
    read = ogcheck.read_page(page)
    assert read is not None
    assert (read.preset.name, read.preset_reason) == ("hugo", "told by hugo.toml")
    monkeypatch.chdir(page.parent)
    below = ogcheck.read_page("a.md")
    assert below is not None
    assert below.preset_reason == f"told by {tmp_path.as_posix()}/hugo.toml"


def test_a_data_file_is_no_page_for_its_generator(tmp_path: Path) -> None:
    page = site(tmp_path)
    data = page.parent / "menu.yml"
    data.write_text("title: Menu\nitems: [a]\n")
    assert ogcheck.read_page(data) is None
