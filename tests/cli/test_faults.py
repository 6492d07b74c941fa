"""What goes wrong around a run: it goes on or says one sentence, and no file is half written."""

from __future__ import annotations

import json
import os
import resource
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.cli.house import plugin

Cli = Callable[..., Any]

BAD = "---\nog_title: a &amp; b\n---\n"


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_a_file_that_is_gone_when_it_is_its_turn(cli: Cli, site: Path, jobs: str) -> None:
    # It was listed together with the one before it.
    plugin(site, "if name == 'd7/119.md': Path('d7/127.md').unlink()")
    done = cli("check", "--format", "concise", "--no-cache", "--jobs", jobs)
    (said,) = (line for line in done.out.splitlines() if "d7/127.md" in line)
    assert said == (
        "d7/127.md:1:1: error OGX004 The file cannot be read: no such file or directory."
    )
    assert done.status == 1
    assert " 146 files" in done.err


def test_a_file_that_changes_before_its_turn_counts_as_it_is_read(cli: Cli, site: Path) -> None:
    plugin(site, f"Path('d7/127.md').write_text({BAD!r})")
    order = ("check", "--format", "concise", "--jobs", "1")
    done = cli(*order)
    (said,) = (line for line in done.out.splitlines() if "d7/127.md" in line and "TXT010" in line)
    assert said.startswith("d7/127.md:2:13: ")
    assert cli(*order) == done
    plugin(site, "pass")
    (site / "d7" / "127.md").write_text("---\nog_title: a and b  \n---\n")
    assert "d7/127.md:2:13" not in cli(*order).out


@pytest.mark.skipif(os.name != "posix", reason="there is no such limit")
def test_a_full_disk_leaves_files_whole(folder: Path) -> None:
    """A limit of a file's size stands for it: no write beyond it gets through."""
    text = "---\nog_title: a &amp; b\n---\n" + "A line of text.\n" * 200
    (folder / "a.md").write_text(text)
    (folder / "old.json").write_text("before")

    def run(*options: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-m", "ogcheck", "check", *options],
            cwd=folder, env={**os.environ, "PYTHONDONTWRITEBYTECODE": "1"}, capture_output=True,
            text=True, check=False,
            preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (100, 100)),
        )  # fmt: skip

    done = run("--fix")
    assert done.returncode == 1  # the problem is still there
    assert "a.md" in done.stderr
    assert "cannot be written: File too large." in done.stderr
    assert (folder / "a.md").read_text() == text
    done = run("--format", "json:old.json")
    assert (done.returncode, done.stderr) == (2, "ogcheck: File too large.\n")
    assert (folder / "old.json").read_text() == "before"
    for options in (("--write-baseline", "new.json"), ("--write-baseline", "old.json")):
        done = run(*options)
        assert done.returncode == 2
        assert "File too large" in done.stderr
    assert (folder / "old.json").read_text() == "before"
    assert {one.name for one in folder.iterdir()} <= {".git", "a.md", "old.json"}


def test_a_baseline_that_is_cut(cli: Cli, folder: Path) -> None:
    for name in ("a.md", "b.md", "c.md"):
        (folder / name).write_text(BAD)
    cli("check", "--write-baseline", "known.json")
    whole = (folder / "known.json").read_bytes()
    assert cli("check", "--baseline", "known.json").status == 0
    for size in range(0, len(whole) - 2, 7):
        (folder / "known.json").write_bytes(whole[:size])
        for more in ((), ("--update-baseline",)):
            done = cli("check", "--baseline", "known.json", *more)
            assert (done.status, done.out) == (2, "")
            assert done.err == f"ogcheck: the baseline {folder / 'known.json'} is not JSON.\n"
        assert (folder / "known.json").read_bytes() == whole[:size]


@pytest.mark.parametrize("length", [1, 2, 5])
def test_configurations_that_extend_each_other_in_a_loop(
    cli: Cli, folder: Path, length: int
) -> None:
    (folder / "a.md").write_text(BAD)
    names = ["ogcheck.toml", *(f"{number}.toml" for number in range(1, length))]
    for name, other in zip(names, [*names[1:], names[0]], strict=True):
        (folder / name).write_text(f'extend = "{other}"\n')
    done = cli("check")
    assert (done.status, done.out, done.err.count("\n")) == (2, "", 1)
    assert "extend" in done.err


def test_one_file_with_very_many_problems(cli: Cli, folder: Path) -> None:
    tags = "".join(f'<meta property="og:image" content="/{n}.jpg">\n' for n in range(5_000))
    (folder / "a.html").write_text(f"<!doctype html><title>x</title>\n{tags}")
    done = cli("check", "--format", "json")
    data = json.loads(done.out)
    assert data["summary"]["errors"] + data["summary"]["warnings"] == len(data["problems"])
    assert len(data["problems"]) > 5_000
