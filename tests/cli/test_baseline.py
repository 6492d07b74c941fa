"""Baselines: what is accepted is counted and not reported, whatever happens around it."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Cli = Callable[..., Any]

BAD = "---\ntitle: Fish &amp; chips\n---\n"
TWICE = "---\ntitle: Fish &amp; chips\nog_title: Our new scheme\n---\n"


@pytest.fixture
def known(cli: Cli, folder: Path) -> Path:
    """A site of two pages, all of whose problems are accepted."""
    (folder / "a.md").write_text(BAD)
    (folder / "news").mkdir()
    (folder / "news" / "b.md").write_text(TWICE)
    done = cli("check", "--write-baseline", "known.json")
    assert (done.status, done.out) == (0, "")
    assert done.err.endswith("Wrote 3 problems to known.json.\n")
    return folder / "known.json"


def test_what_is_accepted_is_not_reported(cli: Cli, known: Path) -> None:
    done = cli("check", "--baseline", "known.json")
    assert (done.status, done.out) == (0, "")
    assert "3 in the baseline" in done.err
    assert cli("check").status == 1


def test_the_file_is_sorted_and_has_a_line_for_each(known: Path) -> None:
    lines = known.read_text().splitlines()
    assert len(lines) == 5
    data = json.loads(known.read_text())
    assert [one["path"] for one in data["problems"]] == ["a.md", "news/b.md", "news/b.md"]
    assert data["problems"][0]["code"] == "TXT010"
    assert data["problems"][0]["message"].startswith("The page's title holds a character")


def test_a_new_problem_is_reported(cli: Cli, known: Path, folder: Path) -> None:
    (folder / "a.md").write_text("---\ntitle: Fish &amp; chips\nog_description: A &lt; b\n---\n")
    done = cli("check", "--baseline", "known.json", "--format", "concise")
    assert done.status == 1
    assert done.out.count("TXT010") == 1
    assert done.out.startswith("a.md:3:")


def test_the_same_problem_once_more_is_a_new_one(cli: Cli, known: Path, folder: Path) -> None:
    (folder / "c.md").write_text(BAD)
    done = cli("check", "--baseline", "known.json", "--format", "concise")
    assert done.out.startswith("c.md:2:")


def test_edits_elsewhere_do_not_bring_it_back(cli: Cli, known: Path, folder: Path) -> None:
    text = (folder / "a.md").read_text()
    (folder / "a.md").write_text(text.replace("title", "# one\n\n# two\nlayout: news\ntitle"))
    assert cli("check", "--baseline", "known.json").status == 0


def test_a_file_that_is_renamed_takes_its_problems_along(
    cli: Cli, known: Path, folder: Path
) -> None:
    subprocess.run(["git", "init", "-q"], cwd=folder, check=True)
    subprocess.run(["git", "add", "-A"], cwd=folder, check=True)
    subprocess.run(["git", "mv", "news/b.md", "moved.md"], cwd=folder, check=True)
    done = cli("check", "--baseline", "known.json")
    assert (done.status, done.out) == (0, "")
    assert "no longer" not in done.err


def test_a_file_whose_name_no_disk_can_hold_is_gone(cli: Cli, known: Path) -> None:
    known.write_text(known.read_text().replace("news/b.md", f"{'b' * 300}.md"))
    done = cli("check", "--baseline", "known.json")
    assert (done.status, done.out) == (0, "")


def test_what_no_longer_occurs_is_said_and_dropped(cli: Cli, known: Path, folder: Path) -> None:
    (folder / "a.md").write_text("---\ntitle: Fish and chips\n---\n")
    done = cli("check", "--baseline", "known.json")
    assert done.status == 0
    assert "1 entry of known.json no longer occurs (the first is TXT010 in a.md)" in done.err
    assert known.read_text().count("TXT010") == 2
    dropped = cli("check", "--baseline", "known.json", "--update-baseline")
    assert "Dropped 1 entry from known.json." in dropped.err
    assert known.read_text().count("TXT010") == 1
    again = cli("check", "--baseline", "known.json")
    assert (again.status, "no longer" in again.err) == (0, False)


def test_files_that_are_not_looked_at_lose_nothing(cli: Cli, known: Path) -> None:
    cli("check", "news", "--baseline", "known.json", "--update-baseline")
    assert known.read_text().count('"path"') == 3


def test_the_configuration_names_it_for_every_folder(
    cli: Cli, known: Path, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (folder / "ogcheck.toml").write_text('baseline = "known.json"\n')
    assert cli("check").status == 0
    monkeypatch.chdir(folder / "news")
    assert cli("check").status == 0
    assert cli("check", "../a.md").status == 0


def test_what_is_accepted_is_not_fixed(cli: Cli, known: Path, folder: Path) -> None:
    cli("check", "--fix", "--baseline", "known.json")
    assert (folder / "a.md").read_text() == BAD
    cli("check", "--fix")
    assert (folder / "a.md").read_text() == "---\ntitle: Fish & chips\n---\n"


def test_json_counts_what_is_known(cli: Cli, known: Path) -> None:
    report = json.loads(cli("check", "--baseline", "known.json", "--format", "json").out)
    assert report["summary"]["known"] == 3
    assert report["problems"] == []


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (None, "cannot be read: No such file"),
        ("[", "is not JSON."),
        ("[" * 100_000, "is not JSON."),
        ("[]", "is of another version of ogcheck."),
        ('{"version": 99}', "is of another version of ogcheck."),
        ('{"version": 1, "problems": [{"path": 1}]}', "holds an entry that is none"),
        ('{"version": 1, "problems": [{"path": "a", "code": "b", "fingerprint": "c", "count": 0}]}',
         "holds an entry that is none"),
    ],
)  # fmt: skip
def test_what_is_no_baseline(cli: Cli, folder: Path, text: str | None, message: str) -> None:
    if text is not None:
        (folder / "b.json").write_text(text)
    done = cli("check", "--baseline", "b.json")
    assert done.status == 2
    assert message in done.err


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (("--update-baseline",), "--update-baseline needs a baseline."),
        (("--write-baseline", "a", "--baseline", "b"), "--write-baseline makes a new one"),
        (("--write-baseline", "no/such/folder.json"), "cannot be written: No such file"),
    ],
)
def test_options_that_do_not_fit(cli: Cli, options: tuple[str, ...], message: str) -> None:
    done = cli("check", *options)
    assert done.status == 2
    assert message in done.err


def test_what_a_run_does_not_judge_may_still_occur(cli: Cli, known: Path) -> None:
    before = known.read_text()
    for words in (["--select", "URL"], ["--ignore", "TXT"]):
        done = cli("check", "--baseline", "known.json", "--update-baseline", *words)
        assert (done.status, "ropped" in done.err) == (0, False)
        assert known.read_text() == before
    done = cli("check", "--baseline", "known.json", "--select", "TXT010")
    assert "no longer" not in done.err


def test_notes_that_are_hidden_may_still_occur(cli: Cli, folder: Path) -> None:
    page = folder / "a.md"
    text = (
        "---\ntitle: Fish &amp; chips\nog_title: Fish &amp; chips\nog_description: A dish.\n---\n"
    )
    page.write_text(text)
    cli("check", "--select", "TXT", "--notes", "--write-baseline", "known.json")
    before = (folder / "known.json").read_text()
    assert '"severity": "note"' in before
    done = cli("check", "--select", "TXT", "--baseline", "known.json")
    assert (done.status, "no longer" in done.err) == (0, False)
    page.write_text(text.replace("&amp;", "&"))
    cli("check", "--select", "TXT", "--baseline", "known.json", "--update-baseline")
    after = (folder / "known.json").read_text()
    assert after.count("TXT010") == 0
    assert after.count('"severity": "note"') == before.count('"severity": "note"')


def test_lines_that_were_not_asked_for_may_still_occur(cli: Cli, known: Path) -> None:
    folder = known.parent
    for words in (
        ["init", "-q"],
        ["add", "-A"],
        ["-c", "user.name=a", "-c", "user.email=a@b.example", "commit", "-qm", "a"],
    ):
        subprocess.run(["git", *words], cwd=folder, check=True)
    (folder / "news" / "b.md").write_text(TWICE.replace("scheme", "schemes"))
    done = cli("check", "--baseline", "known.json", "--diff-base", "HEAD")
    assert "no longer" not in done.err


def test_a_site_that_is_not_asked_for_may_still_have_its_problems(cli: Cli, folder: Path) -> None:
    for name in ("a", "b"):
        title = f"What the harbour said about {name}"
        (folder / f"{name}.html").write_text(
            f'<html lang=en><head><title>{title}</title><meta property=og:title content="{title}">'
            f'<link rel="canonical" href="https://www.northbridge.example/harbour/">'
        )
    chosen = ["--select", "SIT", "--notes"]
    cli("check", "--site", *chosen, "--write-baseline", "known.json")
    before = (folder / "known.json").read_text()
    assert "SIT" in before
    done = cli("check", *chosen, "--baseline", "known.json", "--update-baseline")
    assert "ropped" not in done.err
    assert (folder / "known.json").read_text() == before
    (folder / "b.html").write_text("<html><head><title>b</title>")
    done = cli("check", "--site", *chosen, "--baseline", "known.json", "--update-baseline")
    assert "Dropped" in done.err


def test_images_of_folders_that_are_not_there_may_still_be_missing(cli: Cli, folder: Path) -> None:
    (folder / "ogcheck.toml").write_text(
        'site-url = "https://www.northbridge.example"\nstatic-dirs = ["static"]\n'
    )
    (folder / "static").mkdir()
    (folder / "static" / "other.jpg").write_bytes(b"")
    (folder / "a.md").write_text(
        "---\ntitle: A title\nog_title: A title\n"
        "og_image: https://www.northbridge.example/none.jpg\n---\n"
    )
    cli("check", "--select", "IMG101", "--write-baseline", "known.json")
    before = (folder / "known.json").read_text()
    assert "IMG101" in before
    (folder / "static" / "other.jpg").unlink()
    (folder / "static").rmdir()
    done = cli("check", "--select", "IMG101", "--baseline", "known.json", "--update-baseline")
    assert "ropped" not in done.err
    assert (folder / "known.json").read_text() == before
