"""Where reports go: files that appear whole or not at all, several at once, and what auto is."""

from __future__ import annotations

import json
import os
import signal
import stat
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest

from ogcheck.reports import FORMATS

Cli = Callable[..., Any]

BAD = "---\ntitle: Fish &amp; chips\n---\n"
"""One warning, TXT010, with a safe fix."""
GOOD = "---\ntitle: Fish & chips\n---\n"


@pytest.fixture
def pages(folder: Path) -> Path:
    (folder / "bad.md").write_text(BAD)
    (folder / "good.md").write_text(GOOD)
    return folder


def left(folder: Path) -> set[str]:
    """What lies there beside the pages."""
    return {one.name for one in folder.iterdir()} - {".git", "bad.md", "good.md", "ogcheck.toml"}


@pytest.mark.parametrize("name", FORMATS)
@pytest.mark.parametrize(
    ("options", "status"),
    [
        ((), 1),
        (("--exit-zero",), 0),
        (("--fail-on", "error"), 0),
        (("--fail-on", "never"), 0),
        (("--ignore", "TXT010"), 0),
        (("--select", "NOPE"), 2),
    ],
)
def test_the_exit_status_is_the_same_for_all_formats(
    cli: Cli, pages: Path, name: str, options: tuple[str, ...], status: int
) -> None:
    assert cli("check", "--format", name, *options).status == status


@pytest.mark.parametrize("name", FORMATS)
def test_a_file_holds_what_would_be_printed(cli: Cli, pages: Path, name: str) -> None:
    printed = cli("check", "--format", name)
    for options in (("--format", name, "--output", "out"), ("--format", f"{name}:out")):
        done = cli("check", *options)
        assert done == (printed.status, "", printed.err)
        assert (pages / "out").read_bytes().decode() == printed.out
    assert left(pages) == {"out"}


def test_several_at_once(cli: Cli, pages: Path) -> None:
    printed = cli("check")
    done = cli("check", "--format", "sarif:a.sarif", "--format", "text", "--format", "junit:b.xml")
    assert done == printed
    assert left(pages) == {"a.sarif", "b.xml"}
    assert len(json.loads((pages / "a.sarif").read_bytes())["runs"][0]["results"]) == 1
    assert ElementTree.fromstring((pages / "b.xml").read_bytes()).find(".//failure") is not None


def test_output_without_a_format_is_text(
    cli: Cli, pages: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    printed = cli("check", "--format", "text").out
    monkeypatch.setenv("GITHUB_ACTIONS", "true")
    assert cli("check", "--output", "out.txt").out == ""
    assert (pages / "out.txt").read_text("utf-8") == printed


def test_a_file_is_replaced_and_keeps_its_mode(cli: Cli, pages: Path) -> None:
    (pages / "real.json").write_text("before")
    (pages / "real.json").chmod(0o640)
    (pages / "out.json").symlink_to("real.json")
    cli("check", "--format", "json:out.json")
    assert (pages / "out.json").is_symlink()
    assert json.loads((pages / "real.json").read_bytes())["version"] == 1
    assert stat.S_IMODE((pages / "real.json").stat().st_mode) == 0o640


def test_a_new_file_has_the_mode_that_new_files_have(cli: Cli, pages: Path) -> None:
    cli("check", "--output", "out.txt")
    (pages / "other").touch()
    assert (pages / "out.txt").stat().st_mode == (pages / "other").stat().st_mode


@pytest.mark.skipif(not os.path.exists("/dev/null"), reason="none here")
def test_what_is_no_regular_file_is_written_to(cli: Cli, pages: Path) -> None:
    before = Path("/dev/null").stat()
    assert cli("check", "--output", "/dev/null").status == 1
    assert Path("/dev/null").stat().st_ino == before.st_ino
    assert left(pages) == set()


def test_a_file_is_coloured_only_if_that_is_asked_for(
    cli: Cli, pages: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FORCE_COLOR", "1")
    cli("check", "--output", "plain.txt")
    cli("check", "--output", "bright.txt", "--color", "always")
    cli("check", "--format", "sarif:out.sarif", "--color", "always")
    assert b"\x1b" not in (pages / "plain.txt").read_bytes()
    assert b"\x1b" in (pages / "bright.txt").read_bytes()
    assert b"\x1b" not in (pages / "out.sarif").read_bytes()


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (("--format", "json", "--format", "text"), "only one format can go to standard output"),
        (("--format", "json:a", "--format", "sarif:./a"), "two formats go to ./a: name two files"),
        (("--format", "json", "--format", "text:a", "--output", "b"), "--output is for one format"),
        (("--format", "json:a", "--output", "b"), "--output is for one format"),
        (("--format", "auto:a"), "the format auto depends on where it runs, and takes no file"),
        (("--format", "auto", "--output", "a"), "the format auto depends on where it runs"),
        (("--format", "json:"), "'json:' names no file"),
        (("--format", "x\x1b"), "'x\\\\x1b' is not one of 'text'"),
        (("--output", "none/a"), "none/a cannot be written: No such file or directory"),
        (("--output", "."), ". cannot be written: Is a directory"),
        (("--format", "json:a", "--format", "text:none/a"), "none/a cannot be written"),
        (("--statistics", "--format", "sarif"), "--statistics is for people"),
        (("--statistics", "--output", "a"), "--statistics goes to standard output"),
        (("--diff", "--output", "a"), "--diff shows changes, not problems"),
        (("--diff", "--format", "junit"), "--diff shows changes, not problems"),
        (("--show-files", "--output", "a"), "--show-files checks nothing"),
    ],
)
def test_what_cannot_be_is_refused(
    cli: Cli, pages: Path, options: tuple[str, ...], message: str
) -> None:
    done = cli("check", *options)
    assert (done.status, done.out) == (2, "")
    assert message in done.err
    assert left(pages) == set()


def test_formats_go_with_fixes(cli: Cli, pages: Path) -> None:
    done = cli("check", "--fix", "--format", "jsonl:out", "--format", "concise")
    assert (done.status, done.out) == (0, "")
    assert (pages / "out").read_bytes() == b""
    assert (pages / "bad.md").read_text() == GOOD
    done = cli("check", "-", "--fix", "--select", "TXT010", "--format", "gitlab", stdin=BAD)
    assert done.out == GOOD
    assert done.err.startswith("[]\n")


def test_formats_go_with_a_baseline(cli: Cli, pages: Path) -> None:
    cli("check", "--write-baseline", "known.json", "--format", "gitlab:out.json")
    assert json.loads((pages / "out.json").read_bytes()) == []
    done = cli("check", "--baseline", "known.json", "--format", "gitlab")
    assert (done.status, json.loads(done.out)) == (0, [])


def test_formats_go_with_a_revision(cli: Cli, pages: Path) -> None:
    git = ("git", "-c", "user.name=A", "-c", "user.email=a@example.org")
    (pages / ".git").rmdir()
    for command in (("init", "-q"), ("add", "bad.md"), ("commit", "-qm", "bad")):
        subprocess.run([*git, *command], cwd=pages, check=True, capture_output=True)
    (pages / "new.md").write_text(BAD)
    done = cli("check", "--diff-base", "HEAD", "--format", "rdjson")
    found = json.loads(done.out)["diagnostics"]
    assert [one["location"]["path"] for one in found] == ["new.md"]


def test_auto_under_github_actions(cli: Cli, pages: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    text = cli("check")
    github = cli("check", "--format", "github")
    markdown = cli("check", "--format", "markdown")
    assert cli("check", "--format", "auto") == text
    monkeypatch.setenv("GITHUB_ACTIONS", "true")
    assert cli("check") == github
    summary = pages / "summary"
    summary.write_text("# Before\n")
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(summary))
    for options in ((), ("--format", "auto"), ("--format", "auto", "--format", "sarif:out.sarif")):
        assert cli("check", *options) == github
    assert summary.read_text("utf-8") == "# Before\n" + 3 * markdown.out
    for option in ("--format=text", "--statistics", "--diff", "--show-files"):
        cli("check", option)
    assert summary.read_text("utf-8") == "# Before\n" + 3 * markdown.out


def test_a_job_summary_that_cannot_be_had_is_no_failure(
    cli: Cli, pages: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GITHUB_ACTIONS", "true")
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", "none/summary")
    done = cli("check")
    assert done.status == 1
    assert done.err.endswith(
        "ogcheck: the job summary none/summary cannot be written: No such file or directory.\n"
    )


def test_an_error_leaves_what_was_there(cli: Cli, pages: Path) -> None:
    (pages / "z").mkdir()
    (pages / "z/ogcheck.toml").write_text("nonsense = 1\n")
    (pages / "z/page.md").write_text(BAD)
    (pages / "old.json").write_text("before")
    done = cli("check", "--format", "json:old.json", "--format", "sarif:new.sarif")
    assert done.status == 2
    assert (pages / "old.json").read_text() == "before"
    assert left(pages) == {"old.json", "z"}


WAITS = '''"""A rule that says that it was reached, and waits."""

import sys

from ogcheck import Rule, Severity


class Waits(Rule):
    """It waits."""

    code = "WAIT001"
    name = "waits-here"
    severity = Severity.ERROR

    def check(self, page, context):
        print("reached", file=sys.stderr, flush=True)
        while True:  # in Python, so that no signal comes between
            pass


RULES = (Waits,)
'''


@pytest.mark.skipif(os.name != "posix", reason="there is no such signal")
@pytest.mark.usefixtures("hearing")
def test_ctrl_c_leaves_no_half_written_file(pages: Path) -> None:
    (pages / "waits.py").write_text(WAITS)
    (pages / "ogcheck.toml").write_text('plugins = ["waits.py"]\nextend-select = ["WAIT001"]\n')
    (pages / "old.json").write_text("before")
    order = ("check", "--format", "json:old.json", "--format", "sarif:new.sarif")
    with subprocess.Popen(
        [sys.executable, "-m", "ogcheck", *order], cwd=pages, stderr=subprocess.PIPE, text=True
    ) as process:
        assert process.stderr is not None
        assert process.stderr.readline() == "reached\n"
        assert any(name.endswith(".ogcheck-tmp") for name in left(pages))
        process.send_signal(signal.SIGINT)
        assert process.wait(60) == 130
        said = process.stderr.read().strip()
        assert said == "ogcheck: interrupted while WAIT001 looked at bad.md."
    assert (pages / "old.json").read_text() == "before"
    assert left(pages) - {"__pycache__"} == {"old.json", "waits.py"}


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="none here")
def test_a_full_disk_is_said(cli: Cli, pages: Path) -> None:
    done = cli("check", "--format", "json:/dev/full", "--format", "text:out.txt")
    assert done.status == 2
    assert done.err.endswith("ogcheck: No space left on device.\n")
    assert left(pages) == set()


@pytest.mark.parametrize("name", ["-", "/dev/stdout"])
def test_names_of_standard_output(cli: Cli, pages: Path, name: str) -> None:
    printed = cli("check", "--format", "json")
    assert cli("check", "--format", "json", "--output", name) == printed
    assert cli("check", "--format", f"json:{name}") == printed
    assert left(pages) == set()


@pytest.mark.parametrize(
    "options", [("--output", "bad.md", "good.md"), ("--format", "json:bad.md")]
)
def test_no_report_takes_the_place_of_a_page(
    cli: Cli, pages: Path, options: tuple[str, ...]
) -> None:
    """As ``--output *.md`` would have it."""
    done = cli("check", *options)
    assert (done.status, done.out) == (2, "")
    assert "bad.md has front matter: the report would take its place." in done.err
    assert (pages / "bad.md").read_text() == BAD
    for _ in range(2):  # what is a report may be written anew
        assert cli("check", "--format", "markdown:report.md").status == 1


@pytest.mark.parametrize(
    ("fail_on", "failures", "status"), [("error", 0, 0), ("warning", 1, 1), ("never", 0, 0)]
)
def test_junit_fails_where_the_run_does(
    cli: Cli, pages: Path, fail_on: str, failures: int, status: int
) -> None:
    done = cli("check", "--fail-on", fail_on, "--format", "junit")
    root = ElementTree.fromstring(done.out.encode())
    assert (done.status, root.get("failures")) == (status, str(failures))
    assert len(root.findall(".//failure")) == failures
    assert "TXT010" in "".join(root.itertext())


def test_the_report_for_browsers_is_no_finding(cli: Cli, pages: Path) -> None:
    cli("check", "--format", "html:report.html")
    assert "report.html" not in cli("check", "--notes", "--format", "concise").out
