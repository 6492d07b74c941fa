"""``ogcheck --version``: quick alone, and all that a bug report needs with ``--verbose``."""

from __future__ import annotations

import platform
import sys
from collections.abc import Callable
from importlib import metadata
from pathlib import Path
from typing import Any

import pytest

import ogcheck

Cli = Callable[..., Any]


@pytest.mark.parametrize("option", ["--version", "-V"])
def test_alone_it_imports_next_to_nothing(shell: Cli, option: str) -> None:
    done = shell(option, flags=("-X", "importtime", "-I"))
    assert done.out == f"ogcheck {ogcheck.__version__}\n"
    imported = {line.rpartition("|")[2].strip() for line in done.err.splitlines()}
    assert {name for name in imported if name.startswith("ogcheck")} == {
        "ogcheck", "ogcheck.cli", "ogcheck.cli.leaving",
    }  # fmt: skip
    assert not imported & {"click", "dataclasses", "signal", "threading"}


@pytest.mark.parametrize(
    "options",
    [("--version", "--verbose"), ("--verbose", "--version"), ("-V", "-v"), ("-Vv",)],
)
def test_what_a_bug_report_needs(cli: Cli, folder: Path, options: tuple[str, ...]) -> None:
    done = cli(*options)
    assert (done.status, done.err) == (0, "")
    first, *rest = done.out.splitlines()
    assert first == f"ogcheck {ogcheck.__version__}"
    facts = dict(line.split(": ", 1) for line in rest)
    assert list(facts) == [
        "python", "platform", "dependencies", "configuration", "encodings", "locale", "streams",
        "environment",
    ]  # fmt: skip
    assert platform.python_version() in facts["python"]
    assert facts["configuration"] == "none"
    for name in ("click", "jsonschema", "jsonschema-rs", "pyyaml", "wcwidth"):
        assert f"{name} {metadata.version(name)}" in facts["dependencies"].lower()
    assert "libyaml " in facts["dependencies"]
    assert "pytest" not in facts["dependencies"]
    assert sys.getfilesystemencoding() in facts["encodings"]


def test_the_configuration_is_found_and_no_plugin_runs(cli: Cli, folder: Path) -> None:
    (folder / "evil.py").write_text("raise SystemExit(7)\n")
    (folder / "ogcheck.toml").write_text(
        'preset = "hugo"\nplugins = ["evil.py", "house-rules"]\nsite-url = "https://x.example"\n'
    )
    done = cli("--version", "--verbose")
    assert f"configuration: {folder}/ogcheck.toml\n" in done.out
    assert "preset: hugo\nplugins: evil.py, house-rules\n" in done.out
    assert "x.example" not in done.out


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("preset = ", "cannot be used: ogcheck.toml:1: is not TOML"),
        ('preset = 5\nplugins = "x"\n', "preset: 5\nplugins: none\n"),
        ('plugins = ["\\u001b[31m"]\n', "plugins: \\x1b[31m\n"),
    ],
)
def test_a_broken_configuration_does_not_stop_it(
    cli: Cli, folder: Path, text: str, said: str
) -> None:
    (folder / "ogcheck.toml").write_text(text)
    done = cli("--version", "--verbose")
    assert (done.status, done.err) == (0, "")
    assert said in done.out


def test_nothing_is_told_of_the_rest_of_the_environment(
    cli: Cli, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOME", str(folder))
    monkeypatch.setenv("GITHUB_TOKEN", "hush-hush")
    monkeypatch.setenv("NO_COLOR", "1")
    (folder / "ogcheck.toml").touch()
    done = cli("--version", "--verbose")
    assert "hush-hush" not in done.out
    assert "NO_COLOR=1" in done.out
    assert "configuration: ~/ogcheck.toml\n" in done.out
    assert str(folder) not in done.out
    monkeypatch.setenv("HOME", str(folder)[:-1])
    assert f"configuration: {folder}/ogcheck.toml\n" in cli("--version", "--verbose").out


def test_verbose_alone_is_refused(cli: Cli) -> None:
    done = cli("--verbose")
    assert (done.status, done.out) == (2, "")
    assert done.err.startswith(
        "ogcheck: --verbose stands behind the command, or beside --version.\n"
    )


def test_on_a_terminal_its_size_is_told(on_terminal: Cli) -> None:
    done = on_terminal((sys.executable, "-m", "ogcheck", "-Vv"), {"TERM": "xterm"}, columns=71)
    assert "terminal: 71 columns, 24 lines" in done.lines
    assert "streams: input terminal, output terminal, errors terminal" in done.lines
