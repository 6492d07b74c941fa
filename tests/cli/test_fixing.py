"""``--fix``, ``--unsafe-fixes``, ``--diff``: what is written, what is said, how the run ends."""

from __future__ import annotations

import os
import shutil
import stat
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Cli = Callable[..., Any]

BAD = '---\ntitle: Fish &amp; chips  # by hand\nog_title: "It\'s open |"\n---\n\nText &amp; more.\n'
SAFE = '---\ntitle: Fish & chips  # by hand\nog_title: "It\'s open"\n---\n\nText &amp; more.\n'
SEED = Path(__file__).parents[2] / "seeds" / (
    "six-men-arrested-following-operation-safenet-warrants.md")  # fmt: skip


def test_safe_fixes_are_written_and_the_rest_is_left_as_it_is(cli: Cli, folder: Path) -> None:
    page = folder / "a.md"
    page.write_text(BAD)
    page.chmod(0o640)
    done = cli("check", "--fix", "--select", "TXT010,TXT015")
    assert page.read_text() == SAFE
    assert stat.S_IMODE(page.stat().st_mode) == 0o640
    assert (done.status, done.out) == (0, "")
    assert done.err == "No problems in 1 file (2 fixed).\n"
    assert [p.name for p in folder.iterdir() if p.name != ".git"] == ["a.md"]  # nothing beside it


def test_a_second_run_changes_nothing(cli: Cli, folder: Path) -> None:
    page = folder / "a.md"
    page.write_text(BAD)
    cli("check", "--fix")
    before = page.stat()
    cli("check", "--fix")
    assert page.stat().st_mtime_ns == before.st_mtime_ns


def test_what_is_left_is_reported_and_decides_the_status(cli: Cli, folder: Path) -> None:
    page = folder / "a.md"
    page.write_text("---\ntitle: Fish &amp; chips\nog_title: Our new recycling scheme\n---\n")
    done = cli("check", "--fix", "--format", "concise")
    assert done.status == 1
    assert done.out.startswith("a.md:3:11: warning TXT001")
    assert "TXT010" not in done.out


def test_the_seed_loses_its_three_references_and_nothing_else(cli: Cli, folder: Path) -> None:
    shutil.copy(SEED, folder / "seed.md")
    cli("check", "--fix", "seed.md", "--isolated")
    before, after = SEED.read_bytes(), (folder / "seed.md").read_bytes()
    assert before.count(b"&amp;") == 3
    assert after == before.replace(b"&amp;", b"&")


@pytest.mark.parametrize(
    ("options", "title"),
    [
        (("--fix",), "Bridge closed. | Northbridge"),
        (("--fix", "--unsafe-fixes"), "Bridge closed. | Northbridge"),  # the notes are not shown
        (("--fix", "--unsafe-fixes", "--notes"), "Bridge closed."),
        (("--fix", "--unsafe-fixes", "--extend-select", "TXT002"), "Bridge closed."),
        (("--fix", "--notes"), "Bridge closed. | Northbridge"),
    ],
)
def test_what_is_shown_is_what_is_fixed(
    cli: Cli, folder: Path, options: tuple[str, ...], title: str
) -> None:
    page = folder / "a.md"
    page.write_text("---\ntitle: Bridge closed.\nog_title: Bridge closed. | Northbridge\n"
                    "og_site_name: Northbridge\n---\n")  # fmt: skip
    cli("check", *options)
    assert f"og_title: {title}\n" in page.read_text()


@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_line_endings_and_the_mark_stay(cli: Cli, folder: Path, ending: str, mark: str) -> None:
    page = folder / "a.md"
    page.write_bytes((mark + BAD.replace("\n", ending)).encode())
    cli("check", "--fix")
    assert page.read_bytes() == (mark + SAFE.replace("\n", ending)).encode()


def test_html_is_fixed_in_its_own_quotes(cli: Cli, folder: Path) -> None:
    page = folder / "a.html"
    page.write_text("<title>A</title><meta name='og:title' content='Fish &amp;amp; \"chips\"'>")
    cli("check", "--fix")
    assert page.read_text() == (
        "<title>A</title><meta property='og:title' content='Fish &amp; \"chips\"'>"
    )


def test_a_page_that_is_not_utf_8_is_left_alone(cli: Cli, folder: Path) -> None:
    data = '<meta charset="latin1"><meta name="og:title" content="Caf\xe9">'.encode("latin-1")
    (folder / "a.html").write_bytes(data)
    done = cli("check", "--fix", "--format", "concise")
    assert (folder / "a.html").read_bytes() == data
    assert "HTM001" in done.out


# --diff


def test_a_diff_is_one_that_git_applies(cli: Cli, folder: Path) -> None:
    for name in ("a.md", "b.md", "c.md"):
        (folder / name).write_text(BAD if name != "c.md" else "---\ntitle: A\n---\n")
    done = cli("check", "--diff")
    assert done.status == 1
    assert done.err == ""
    assert (folder / "a.md").read_text() == BAD
    assert "+title: Fish & chips  # by hand\n" in done.out
    subprocess.run(["git", "init", "-q"], cwd=folder, check=True)
    subprocess.run(["git", "apply"], cwd=folder, check=True, input=done.out.encode())
    assert (folder / "a.md").read_text() == (folder / "b.md").read_text() == SAFE
    assert cli("check", "--diff") == (0, "", "")


def test_a_diff_of_a_file_without_a_newline_at_its_end(cli: Cli, folder: Path) -> None:
    (folder / "a.html").write_bytes(b'<title>A</title>\r\n<meta name="og:title" content="A">')
    done = cli("check", "--diff")
    subprocess.run(["git", "init", "-q"], cwd=folder, check=True)
    subprocess.run(["git", "apply"], cwd=folder, check=True, input=done.out.encode())
    assert (folder / "a.html").read_bytes() == (
        b'<title>A</title>\r\n<meta property="og:title" content="A">'
    )


# Standard input


def test_standard_input_is_fixed_to_standard_output(cli: Cli) -> None:
    done = cli("check", "--fix", "-", "--stdin-filename", "a.md", stdin=BAD)
    assert done.out == SAFE
    assert "2 fixed" in done.err
    again = cli("check", "--fix", "-", "--stdin-filename", "a.md", stdin=SAFE)
    assert again.out == SAFE
    shown = cli("check", "--diff", "-", "--stdin-filename", "a.md", stdin=BAD)
    assert shown.out.startswith("--- a/a.md\n+++ b/a.md\n")
    assert shown.status == 1


# How it ends


def test_the_status_after_fixing(cli: Cli, folder: Path) -> None:
    page = folder / "a.md"
    page.write_text(BAD)
    options = ("--fix", "--exit-non-zero-on-fix", "--ignore", "TXT001")
    assert cli("check", *options).status == 1
    assert cli("check", *options).status == 0


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (("--unsafe-fixes",), "--unsafe-fixes goes with --fix or --diff."),
        (("--exit-non-zero-on-fix",), "--exit-non-zero-on-fix goes with --fix."),
        (("--fix", "--diff"), "--fix writes and --diff does not: name one of them."),
        (("--diff", "--format", "json"), "--diff shows changes, not problems"),
    ],
)
def test_options_that_do_not_fit(cli: Cli, options: tuple[str, ...], message: str) -> None:
    done = cli("check", *options)
    assert (done.status, done.out) == (2, "")
    assert done.err.startswith(f"ogcheck: {message}")


# What is not written


def test_a_link_is_followed_only_where_it_may_be(
    cli: Cli, folder: Path, tmp_path_factory: Any
) -> None:
    outside = tmp_path_factory.mktemp("outside") / "a.md"
    outside.write_text(BAD)
    inner = folder / "site"
    inner.mkdir()
    (inner / "link.md").symlink_to(outside)
    done = cli("check", "--fix", "site")
    assert outside.read_text() == BAD
    assert "site/link.md: not fixed: it is a link to a file outside" in done.err
    assert done.status == 1
    (folder / "real.md").write_text(BAD)
    (inner / "link.md").unlink()
    (inner / "link.md").symlink_to(folder / "real.md")
    cli("check", "--fix", "site")
    assert (folder / "real.md").read_text() == BAD  # not among what was given
    cli("check", "--fix", "site/link.md")
    assert (folder / "real.md").read_text() == SAFE  # named, and of the project
    assert (inner / "link.md").is_symlink()


@pytest.mark.skipif(os.name != "posix" or os.geteuid() == 0, reason="root may write anywhere")
def test_a_folder_that_may_not_be_written_is_named(cli: Cli, folder: Path) -> None:
    inner = folder / "site"
    inner.mkdir()
    (inner / "a.md").write_text(BAD)
    inner.chmod(0o500)
    try:
        done = cli("check", "--fix")
    finally:
        inner.chmod(0o700)
    assert "site/a.md: not fixed: it cannot be written: Permission denied" in done.err


def test_an_alias_is_not_fixed_and_the_problem_stays(cli: Cli, folder: Path) -> None:
    text = "---\ntitle: &t Fish &amp; chips\nog_title: *t\n---\n"
    (folder / "a.md").write_text(text)
    done = cli("check", "--fix", "--format", "concise")
    assert (folder / "a.md").read_text() == text
    assert "TXT010" in done.out
