"""Exit statuses: what ogcheck promises, for every format and every situation."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from ogcheck.reports import FORMATS

Cli = Callable[..., Any]

CLEAN = "---\ntitle: Fish & chips\n---\n"
WARNING = "---\ntitle: Fish &amp; chips\n---\n"
ERROR = "---\ntitle: a\ntitle: b\n---\n"
PAGES = {"clean.md": CLEAN, "warning.md": WARNING, "error.md": ERROR}

SITUATIONS: dict[str, tuple[int, tuple[str, ...]]] = {
    "clean": (0, ("clean.md",)),
    "a warning": (1, ("warning.md",)),
    "a warning, where only errors fail": (0, ("warning.md", "--fail-on", "error")),
    "an error": (1, ("error.md",)),
    "an error, where only errors fail": (1, ("error.md", "--fail-on", "error")),
    "an error, where nothing fails": (0, ("error.md", "--fail-on", "never")),
    "an error, with --exit-zero": (0, ("error.md", "--exit-zero")),
    "all of them": (1, (".",)),
    "several, quietly": (1, ("clean.md", "error.md", "-q")),
    "nothing to check": (0, ("empty",)),
    "a bad option": (2, ("clean.md", "--no-such-option")),
    "a bad value": (2, ("clean.md", "--fail-on", "nothing")),
    "a rule that there is not": (2, ("clean.md", "--select", "NOPE")),
    "a bad configuration": (2, ("clean.md", "--config", "bad.toml")),
    "a configuration that is not there": (2, ("clean.md", "--config", "none.toml")),
    "a bad configuration further down": (2, ("warning.md", "below")),
    "no such path": (2, ("warning.md", "none.md")),
    "a plugin that does not load": (2, ("clean.md", "--config", 'plugins=["broken.py"]')),
    "a plugin that is not there": (2, ("clean.md", "--config", 'plugins=["none.py"]')),
    "a file that cannot be read": (1, ("unreadable.md",)),
    "a dangling link": (1, ("dangling.md",)),
    "a schema that is not there": (2, ("clean.md", "--config", 'schema="none.json"')),
}


@pytest.fixture
def site(folder: Path) -> Path:
    for name, text in PAGES.items():
        (folder / name).write_text(text)
    for name in ("empty", "below"):
        (folder / name).mkdir()
    (folder / "bad.toml").write_text("nonsense = 1\n")
    (folder / "below/ogcheck.toml").write_text("nonsense = 1\n")
    (folder / "below/page.md").write_text(WARNING)
    (folder / "broken.py").write_text("1 / 0\n")
    # It opens, and fails at the first byte, root or not.
    (folder / "unreadable.md").symlink_to("/proc/self/mem")
    (folder / "dangling.md").symlink_to("nowhere")
    return folder


@pytest.mark.parametrize("name", SITUATIONS)
def test_every_format_has_the_same(cli: Cli, shell: Cli, site: Path, name: str) -> None:
    expected, options = SITUATIONS[name]
    if name == "a file that cannot be read" and not os.path.exists("/proc/self/mem"):
        pytest.skip("there is no /proc")
    if name == "all of them":  # without what ends a run
        (site / "below/ogcheck.toml").unlink()
    found = {one: cli("check", "--format", one, *options).status for one in FORMATS}
    found["a file"] = cli("check", "--output", "out", *options).status
    several = ("--format", "sarif:out", "--format", "junit:other", "--format", "concise")
    found["several"] = cli("check", *several, *options).status
    found["auto"] = cli("check", *options).status
    found["statistics"] = cli("check", "--statistics", *options).status
    found["as a process"] = shell("check", *options).status
    assert found == dict.fromkeys(found, expected)


@pytest.mark.parametrize(
    ("arguments", "status"),
    [
        ((), 0),
        (("--help",), 0),
        (("--version",), 0),
        (("-V",), 0),
        (("-V", "-v"), 0),
        (("--verbose",), 2),
        (("chek",), 2),
        (("--nope",), 2),
        (("rule",), 2),
        (("rule", "NOPE"), 2),
        (("schema", "nope"), 2),
        (("explain", "none.md"), 2),
        (("config", "none.md"), 2),
        (("completion", "bash"), 0),
        (("completion",), 2),
    ],
)
def test_other_commands(cli: Cli, site: Path, arguments: tuple[str, ...], status: int) -> None:
    done = cli(*arguments)
    assert done.status == status
    assert bool(done.out) == (status == 0)
    assert done.err.startswith("ogcheck: ") == (status == 2)
