"""The commands beside ``check``, and the group that holds them."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click
import pytest

import ogcheck
from ogcheck.cli.check import command as check
from ogcheck.rules import registry
from ogcheck.schema import published_text

Cli = Callable[..., Any]


def test_alone_it_shows_help(cli: Cli) -> None:
    alone = cli()
    assert alone == cli("--help") == cli("-h")
    assert (alone.status, alone.err) == (0, "")
    assert alone.out.startswith("Usage: ogcheck [OPTIONS] COMMAND")
    assert "Exit status: 0 nothing found" in alone.out


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("chek",), "No such command 'chek'. Did you mean check?"),
        (("rule5",), "No such command 'rule5'. Did you mean rule"),
        (("a.md",), "No such command 'a.md'. To check files: ogcheck check a.md"),
        (("zzz",), "No such command 'zzz'.\n"),
        (("--chek",), "No such option '--chek'"),
        (("rule",), "Missing argument 'CODE|NAME'"),
        (("rule", "DAT1"), "DAT1 is no rule. Did you mean DAT001?"),
        (("rule", "escapedtext"), "escapedtext is no rule. Did you mean escaped-text?"),
        (("rule", "\x1b[31m"), "\\x1b[31m is no rule. ogcheck rules lists them."),
        (("schema", "relese"), "there is no schema relese. There are"),
        (("config", "nope"), "nope: there is no such file or directory."),
    ],
)
def test_slips_are_answered_with_a_way_out(
    cli: Cli, folder: Path, arguments: tuple[str, ...], message: str
) -> None:
    (folder / "a.md").touch()
    done = cli(*arguments)
    assert (done.status, done.out) == (2, "")
    assert message in done.err


@pytest.mark.parametrize("option", ["--version", "-V"])
def test_version(cli: Cli, shell: Cli, option: str) -> None:
    assert cli(option) == shell(option) == (0, f"ogcheck {ogcheck.__version__}\n", "")


def test_every_option_is_documented(cli: Cli) -> None:
    text = cli("check", "--help").out
    for parameter in check.params:
        if isinstance(parameter, click.Option):
            assert parameter.help, parameter.name
            assert all(name in text for name in parameter.opts)


CONFIGURATION = """\
# what we decided
site-name = "Northbridge Police"
ignore = ["IMG003"]
exclude = ["drafts/"]
fail-on = "error"

[severity]
TXT003 = "warning"

[[schemas]]
files = ["news/*.md"]
schema = "own.json"

[[overrides]]
files = ["news/**"]
preset = "release"
ignore = ["URL"]
"""


@pytest.fixture
def newsroom(folder: Path) -> Path:
    (folder / "ogcheck.toml").write_text(CONFIGURATION)
    for name in ("news", "drafts"):
        (folder / name).mkdir()
        (folder / name / "a.md").write_text("---\ntitle: Fish\n---\n")
    return folder


def settings(text: str) -> dict[str, str]:
    """The rows of ``ogcheck config``."""
    rows = (line.split(" = ", 1) for line in text.splitlines() if " = " in line)
    return {key.strip(): value for key, value in rows}


def test_config_names_the_origin_of_every_setting(cli: Cli, newsroom: Path) -> None:
    done = cli("config", "news/a.md", "--ignore", "DAT", "--config", "timezone=Europe/London")
    assert done.status == 0
    assert done.out.startswith(
        "news/a.md\n"
        "configuration: ogcheck.toml\n"
        "page: yes (1 properties)\n"
        "preset: release (set by ogcheck.toml:16, overrides news/**)\n"
        "schema: own.json (ogcheck.toml:12, schemas news/*.md)\n"
    )
    assert settings(done.out) == {
        "fail-on": '"error"  # ogcheck.toml:5',
        "preset": '"release"  # ogcheck.toml:16, overrides news/**',
        "site-url": "not set  # default",
        "site-name": '"Northbridge Police"  # ogcheck.toml:2',
        "timezone": '"Europe/London"  # --config timezone=Europe/London',
        "date-formats": "not set  # default",
        "build-dir": "not set  # default",
        "static-dirs": "not set  # default",
        "url-map": "not set  # default",
        "permalink": "not set  # default",
        "locale": "not set  # default",
        "platforms": "not set  # default",
        "select": "not set  # default",
        "extend-select": "not set  # default",
        "ignore": '["IMG003", "URL", "DAT"]  # ogcheck.toml:3; ogcheck.toml:17, overrides news/**; '
        "--ignore",
        "severity": '{"TXT003": "warning"}  # ogcheck.toml:7',
        "rules": "not set  # default",
        "fixable": "not set  # default",
        "unfixable": "not set  # default",
        "schemas": '"own.json"  # ogcheck.toml:12, schemas news/*.md',
        "exclude": '["drafts/"]  # ogcheck.toml:4',
    }


def test_config_of_a_folder_an_excluded_file_and_no_page(cli: Cli, newsroom: Path) -> None:
    folder = cli("config", "news").out
    assert "page:" not in folder
    assert settings(folder)["preset"] == '"release"  # ogcheck.toml:16, overrides news/**'
    assert cli("config").out.startswith(".\nconfiguration: ogcheck.toml\n")
    assert "excluded: yes" in cli("config", "drafts/a.md").out
    assert "excluded" not in cli("config", "news/a.md").out
    (newsroom / "README.md").write_text("# x\n")
    assert "page: no (it has no front matter)\n" in cli("config", "README.md").out
    assert "configuration: none\n" in cli("config", "--isolated", "news/a.md").out


@pytest.mark.parametrize(
    ("text", "options", "preset"),
    [
        ("---\ntitle: Fish\n---\n", (), "generic (nothing else is known of it)"),
        ("---\ntitle: Fish\n---\n", ("--preset", "release"), "release (set by --preset)"),
    ],
)
def test_config_says_which_preset_and_why(
    cli: Cli, folder: Path, text: str, options: tuple[str, ...], preset: str
) -> None:
    (folder / "a.md").write_text(text)
    assert f"preset: {preset}\n" in cli("config", "a.md", *options).out


def test_config_tells_the_seeds_preset_from_its_shape(cli: Cli) -> None:
    seeds = Path(__file__).parents[2] / "seeds"
    seed = next(seeds.glob("six-men-*.md"))
    text = cli("config", "--isolated", str(seed)).out
    (preset,) = [line for line in text.splitlines() if line.startswith("preset: ")]
    assert preset.startswith("preset: release (")
    assert "shape" in preset or "og" in preset
    assert "schema: release (the preset release)\n" in text


def test_config_as_json(cli: Cli, newsroom: Path) -> None:
    data = json.loads(cli("config", "news/a.md", "--format", "json").out)
    assert data["path"] == "news/a.md"
    assert data["configuration"] == "ogcheck.toml"
    assert data["settings"]["fail-on"] == {"value": "error", "origin": "ogcheck.toml:5"}
    assert data["settings"]["timezone"] == {"value": None, "origin": "default"}
    assert data["reading"]["preset"]["value"] == "release"


def test_config_shows_nothing_that_a_terminal_obeys(cli: Cli, folder: Path) -> None:
    (folder / "ogcheck.toml").write_text('site-name = "a\\u001b[31m\\u202e"\n')
    (folder / "b\x1b[1m.md").write_text("---\ntitle: x\n---\n")
    done = cli("config", "b\x1b[1m.md")
    assert done.status == 0
    assert not set(done.out) & {"\x1b", "\u202e"}


def test_rule_explains_by_code_and_by_name(cli: Cli) -> None:
    by_code, by_name = cli("rule", "TXT010"), cli("rule", "escaped-text")
    assert by_code == by_name == cli("rule", "txt010")
    assert by_code.status == 0
    for heading in ("# TXT010 escaped-text", "## What it does", "## Why it matters", "## Options"):
        assert heading in by_code.out
    data = json.loads(cli("rule", "FM009", "--format", "json").out)
    assert [option["name"] for option in data["options"]] == ["max-size", "max-depth", "max-nodes"]


def test_rules_lists_all(cli: Cli) -> None:
    lines = cli("rules").out.splitlines()
    data = json.loads(cli("rules", "--format", "json").out)
    assert [line.split()[0] for line in lines] == list(registry.builtin().rules)
    assert [one["code"] for one in data] == list(registry.builtin().rules)
    assert {"code", "name", "severity", "on", "fix", "summary", "options"} == set(data[0])


def test_schema_prints_and_lists(cli: Cli) -> None:
    assert cli("schema").out.splitlines() == [
        "astro-blog", "config", "docusaurus", "hugo", "jekyll", "open-graph", "release", "report",
        "zola",
    ]  # fmt: skip
    assert cli("schema", "release").out == published_text("release")
    assert json.loads(cli("schema", "report").out)["title"] == "ogcheck report"
