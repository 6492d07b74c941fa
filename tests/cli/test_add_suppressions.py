"""``ogcheck check --add-suppressions``: what it writes, what it says, and how it ends."""

from __future__ import annotations

import json
import re
import stat
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Cli = Callable[..., Any]

ADD = ("check", "--add-suppressions", "--reason", "known before")
BAD = "---\ntitle: Fish &amp; chips\n---\n"
SILENT = "---\n# ogcheck: ignore[TXT010] known before\ntitle: Fish &amp; chips\n---\n"
HTML = (
    '<!doctype html>\n<html lang="en">\n<head>\n  <meta charset="utf-8">\n'
    "  <title>Fish &amp;amp; chips</title>\n</head>\n<body></body>\n</html>\n"
)


def test_what_is_found_is_silenced_and_once_is_enough(cli: Cli, folder: Path) -> None:
    (folder / "a.md").write_text(BAD)
    (folder / "b.html").write_text(HTML)
    (folder / "c.md").write_text("---\ntitle: x\n---\n")
    assert cli("check").status == 1
    done = cli(*ADD)
    assert (done.status, done.out) == (0, "")
    assert "(3 suppressed)" in done.err
    assert done.err.endswith("\nSuppressed 3 problems in 2 files.\n")
    assert (folder / "a.md").read_text() == SILENT
    assert (folder / "b.html").read_text().count("ogcheck: ignore[") == 2
    before = {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()}
    again = cli(*ADD)
    assert (again.status, again.out) == (0, "")
    assert again.err.endswith("No suppressions added.\n")
    assert {p.name: p.read_bytes() for p in folder.iterdir() if p.is_file()} == before
    assert cli("check").status == 0


def test_only_the_paths_that_are_named(cli: Cli, folder: Path) -> None:
    for name in ("a.md", "b.md"):
        (folder / name).write_text(BAD)
    assert cli(*ADD, "a.md").err.endswith("Suppressed 1 problem in 1 file.\n")
    assert ((folder / "a.md").read_text(), (folder / "b.md").read_text()) == (SILENT, BAD)


@pytest.mark.parametrize(
    ("options", "codes"),
    [
        ((), {"TXT010"}),
        (("--notes",), {"TXT010", "URL003"}),
        (("--select", "TXT"), {"TXT010"}),
        (("--extend-select", "URL003"), {"TXT010", "URL003"}),
        (("--ignore", "TXT010"), set()),
    ],
)
def test_what_the_run_would_show(
    cli: Cli, folder: Path, options: tuple[str, ...], codes: set[str]
) -> None:
    (folder / "a.md").write_text("---\nog_url: /a/\nog_title: Fish &amp; chips\n---\n")
    cli(*ADD, *options)
    text = (folder / "a.md").read_text()
    assert set(re.findall(r"TXT010|URL003", text)) == codes


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--add-suppressions",), "--add-suppressions needs a reason."),
        (("--add-suppressions", "--reason", " "), "--reason cannot be written: it says nothing."),
        (("--add-suppressions", "--reason", "a -- b"), "it holds --, which no comment in HTML may"),
        (("--add-suppressions", "--reason", "a\nb"), "it has to be on one line"),
        (("--reason", "why"), "--reason goes with --add-suppressions."),
        (("--add-suppressions", "--reason", "why", "-"), "- is standard input."),
        (("--add-suppressions", "--reason", "why", "--fix"), "and --fix are two steps"),
        (("--add-suppressions", "--reason", "why", "--diff"), "and --diff are two steps"),
        (
            ("--add-suppressions", "--reason", "why", "--write-baseline", "b.json"),
            "and --write-baseline are two steps",
        ),
    ],
)
def test_what_is_refused(cli: Cli, folder: Path, arguments: tuple[str, ...], said: str) -> None:
    (folder / "a.md").write_text(BAD)
    done = cli("check", *arguments)
    assert (done.status, done.out) == (2, "")
    assert said in done.err
    assert (folder / "a.md").read_text() == BAD


def test_the_file_keeps_its_bytes_its_mode_and_its_link(cli: Cli, folder: Path) -> None:
    text = "\ufeff" + BAD.replace("\n", "\r\n")
    (folder / "real.md").write_bytes(text.encode())
    (folder / "real.md").chmod(0o640)
    (folder / "link.md").symlink_to("real.md")
    assert cli(*ADD, "link.md").status == 0
    assert (folder / "link.md").is_symlink()
    assert (folder / "real.md").read_bytes() == ("\ufeff" + SILENT.replace("\n", "\r\n")).encode()
    assert stat.S_IMODE((folder / "real.md").stat().st_mode) == 0o640
    assert sorted(p.name for p in folder.iterdir()) == [".git", "link.md", "real.md"]


def test_what_cannot_be_silenced_is_named_and_still_reported(cli: Cli, folder: Path) -> None:
    (folder / "a.md").write_bytes(b"---\ntitle: Fish \xff\n---\n")
    (folder / "b.md").write_text("---\n# ogcheck: ignore[URL] why\ntitle: x\n---\n")
    done = cli(*ADD, "--format", "concise")
    assert done.status == 1
    assert done.out.count("\n") == 2
    assert "error FM006" in done.out
    assert "warning OGX002" in done.out
    assert "a.md:2: FM006 is not suppressed: its text cannot be decoded.\n" in done.err
    assert done.err.endswith("No suppressions added.\n")


def test_a_folder_that_cannot_be_written_to(
    cli: Cli, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    sub = folder / "sub"
    sub.mkdir()
    (sub / "a.md").write_text(BAD)
    sub.chmod(0o500)
    try:
        if _can_write(sub):
            pytest.skip("this user may write anywhere")
        done = cli(*ADD)
    finally:
        sub.chmod(0o700)
    assert done.status == 1
    assert "sub/a.md: not suppressed: it cannot be written: " in done.err
    assert (sub / "a.md").read_text() == BAD


def _can_write(path: Path) -> bool:
    try:
        (path / "probe").touch()
    except OSError:
        return False
    (path / "probe").unlink()
    return True


def test_what_a_baseline_accepts_is_left(cli: Cli, folder: Path) -> None:
    (folder / "a.md").write_text(BAD)
    assert cli("check", "--write-baseline", "known.json").status == 0
    (folder / "a.md").write_text(BAD.replace("title", "date: 2026-13-45\ntitle"))
    done = cli(*ADD, "--baseline", "known.json")
    assert (done.status, done.out) == (0, "")
    text = (folder / "a.md").read_text()
    assert text.startswith("---\n# ogcheck: ignore[DAT005] known before\ndate: 2026-13-45\ntitle:")
    assert "TXT010" not in text


def test_nothing_is_written_outside_of_what_was_given(cli: Cli, folder: Path) -> None:
    (folder / "in").mkdir()
    (folder / "out.md").write_text(BAD)
    (folder / "in/a.md").symlink_to("../out.md")
    done = cli(*ADD, "in")
    assert (folder / "out.md").read_text() == BAD
    assert done.status == 1 or "No files to check" in done.err


def test_json_and_quiet(cli: Cli, folder: Path) -> None:
    (folder / "a.md").write_text(BAD)
    done = cli(*ADD, "--format", "json", "--quiet")
    assert done.err == ""
    report = json.loads(done.out)
    assert report["problems"] == []
    assert report["summary"]["suppressed"] == 1


def test_the_installed_command(shell: Cli, folder: Path) -> None:
    (folder / "a.md").write_text(BAD)
    done = shell(*ADD)
    assert (done.status, done.out) == (0, "")
    assert (folder / "a.md").read_text() == SILENT
    assert shell("check") == (0, "", "No problems in 1 file (1 suppressed).\n")


def test_an_unused_suppression_fails_a_run_and_is_counted(cli: Cli, folder: Path) -> None:
    (folder / "a.md").write_text(SILENT.replace("&amp;", "&"))
    done = cli("check", "--format", "concise")
    assert done.status == 1
    assert done.out == "a.md:2:1: warning OGX002 TXT010 silences nothing here.\n"
    assert cli("check", "--select", "URL").status == 0
    data = json.loads(cli("check", "--format", "json").out)
    (problem,) = data["problems"]
    assert problem["fix"]["applicability"] == "safe"
    start, end = problem["fix"]["edits"][0]["offset"], problem["fix"]["edits"][0]["end_offset"]
    text = (folder / "a.md").read_text()
    assert text[:start] + text[end:] == BAD.replace("&amp;", "&")
