"""``ogcheck init``: what is learned of a site, and the configuration that is written."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import jsonschema
import pytest

Cli = Callable[..., Any]
CORPUS = Path(__file__).parents[3] / "shared" / "corpus"
SITE = "https://www.northbridge.example"


def release(number: int, date: str, affix: str = " | Northbridge Police") -> str:
    return (
        f"---\nog:\n  title: Bridge {number} is closed\n  url: {SITE}/{number}/\n"
        f"publish:\n  date: {date}\ntitle: Bridge {number} is closed{affix}\n"
        f"url: {SITE}/{number}/\n---\n"
    )


@pytest.fixture
def newsroom(folder: Path) -> Path:
    """Five releases of one newsroom."""
    for number, date in enumerate(
        ("13/03/2026", "05/01/2026", "26/03/2026", "3 June 2026", "soon")
    ):
        (folder / f"{number}.md").write_text(release(number, date))
    return folder


def test_what_is_learned_is_told_and_written(cli: Cli, newsroom: Path) -> None:
    done = cli("init")
    assert done.status == 0
    assert done.err == "Wrote ogcheck.toml.\n"
    said = done.out.splitlines()
    assert said[0] == "5 pages in 5 files"
    assert "Presets: release 5" in said
    assert "Titles carry “Northbridge Police” on 5 of 5 pages with both titles" in said
    assert f"Addresses on {SITE}: 5" in said
    assert "       3  %d/%m/%Y" in said
    assert "       1  of these may have day or month first" in said
    assert "       1  in no known form, as 'soon'" in said
    assert "   100%  og:url" in said
    written = tomllib.loads((newsroom / "ogcheck.toml").read_text())
    assert written == {
        "preset": "release", "site-name": "Northbridge Police", "site-url": SITE,
        "date-formats": ["%d/%m/%Y", "%d %B %Y"],
    }  # fmt: skip


def test_what_is_written_is_a_configuration(cli: Cli, newsroom: Path) -> None:
    cli("init")
    done = cli("check", "--format", "concise", "--select", "DAT001,DAT004")
    assert [line.split(":")[0] for line in done.out.splitlines()] == ["4.md"]
    every = (newsroom / "ogcheck.toml").read_text()
    bare = "\n".join(
        line.removeprefix("# ") if " = " in line and line.startswith("# ") else line
        for line in every.splitlines()
    )
    (newsroom / "ogcheck.toml").write_text(bare)
    (newsroom / "ogcheck-baseline.json").write_text('{"version": 1, "problems": []}')
    assert cli("config").status == 0  # the settings that stand as comments are right, too


def test_months_may_come_first(cli: Cli, folder: Path) -> None:
    for number, date in enumerate(("03/13/2026", "05/01/2026", "12/25/2026")):
        (folder / f"{number}.md").write_text(release(number, date))
    cli("init")
    assert tomllib.loads((folder / "ogcheck.toml").read_text())["date-formats"] == ["%m/%d/%Y"]


def test_nothing_is_overwritten(cli: Cli, newsroom: Path) -> None:
    (newsroom / "ogcheck.toml").write_text("# mine\n")
    done = cli("init")
    assert done.status == 2
    assert "ogcheck.toml is there already. --force overwrites it." in done.err
    assert (newsroom / "ogcheck.toml").read_text() == "# mine\n"
    assert cli("init", "--force").status == 0
    assert "preset" in (newsroom / "ogcheck.toml").read_text()


def test_a_dry_run_writes_nothing(cli: Cli, newsroom: Path) -> None:
    done = cli("init", "--dry-run", "--schema", "front.json")
    assert tomllib.loads(done.out)["preset"] == "release"
    assert {p.suffix for p in newsroom.iterdir()} == {"", ".md"}


def test_a_schema_of_what_is_in_use(cli: Cli, newsroom: Path) -> None:
    (newsroom / "5.md").write_text(
        release(5, "[2026, 3]").replace("title: Bridge 5", "area: 5\ntitle: 5", 1)
    )
    assert cli("init", "--schema", "front.json").status == 0
    data = json.loads((newsroom / "front.json").read_text())
    jsonschema.Draft202012Validator.check_schema(data)
    assert data["required"] == ["og", "publish", "title", "url"]
    assert data["properties"]["og"] == {"type": "object"}
    config = 'schemas=[{files=["*.md"],schema="front.json"}]'
    assert cli("check", "--config", config, "--select", "SCH").status == 0


def test_a_generator_says_it_itself(cli: Cli, folder: Path) -> None:
    (folder / "hugo.toml").write_text('baseURL = "https://a.example"\ntitle = "A"\n')
    (folder / "content").mkdir()
    (folder / "content" / "a.md").write_text("---\ntitle: A\ndate: 2026-03-26\n---\n")
    done = cli("init")
    assert "Generator: hugo, told by hugo.toml" in done.out
    text = (folder / "ogcheck.toml").read_text()
    assert tomllib.loads(text) == {}
    assert '# site-url = "https://a.example"   # as the generator\'s configuration says' in text


def test_an_empty_folder(cli: Cli, folder: Path) -> None:
    done = cli("init")
    assert (done.status, done.out) == (0, "0 pages in 0 files\n")
    assert tomllib.loads((folder / "ogcheck.toml").read_text()) == {}
    assert cli("init", "nowhere").status == 2


@pytest.mark.skipif(not CORPUS.is_dir(), reason="the corpus of real files is not there")
@pytest.mark.parametrize(
    ("force", "name", "date_format"),
    [
        ("staffordshire", "Staffordshire Police", "%H:%M %d/%m/%Y"),
        ("metropolitan", "Metropolitan Police", None),
        ("north-yorkshire", "North Yorkshire Police", None),
    ],
)
def test_a_real_newsroom(cli: Cli, force: str, name: str, date_format: str | None) -> None:
    written = tomllib.loads(cli("init", str(CORPUS / "police-news" / force), "--dry-run").out)
    assert written["preset"] == "release"
    assert written["site-name"] == name
    assert written.get("date-formats", [None])[0] == date_format


@pytest.mark.skipif(not CORPUS.is_dir(), reason="the corpus of real files is not there")
@pytest.mark.parametrize(
    ("site", "generator"),
    [
        ("11ty-website", "eleventy"), ("18f.gsa.gov", "eleventy"), ("astro-theme-cactus", "astro"),
        ("babel-website/website", "docusaurus"), ("digitalgov.gov", "hugo"), ("hexo-site", "hexo"),
        ("mkdocs-material", "mkdocs-material"), ("nickyt.co", "eleventy"),
        ("opensource.guide", "jekyll"), ("opentelemetry.io", "hugo"), ("react.dev", "next"),
        ("rust-blog", "zola"), ("swift-org", "jekyll"), ("tailwind-nextjs-blog", "next"),
    ],
)  # fmt: skip
def test_a_real_site(cli: Cli, site: str, generator: str) -> None:
    done = cli("init", str(CORPUS / "sites" / site), "--dry-run")
    assert f"Generator: {generator}, told by " in done.err
