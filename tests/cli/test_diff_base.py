"""``--diff-base``: only what was changed since a revision."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Cli = Callable[..., Any]

OLD = "---\ntitle: Fish &amp; chips\nog_title: Fish &amp; chips\nlayout: post\n---\n\nText.\n"


def git(folder: Path, *arguments: str) -> None:
    who = ["-c", "user.name=A", "-c", "user.email=a@northbridge.example"]
    subprocess.run(["git", *who, *arguments], cwd=folder, check=True, capture_output=True)


@pytest.fixture
def site(folder: Path) -> Path:
    """A repository of two pages with faults that were committed."""
    (folder / ".git").rmdir()
    git(folder, "init", "-q", "-b", "main")
    for name in ("a.md", "b.md", "größe.md"):
        (folder / name).write_text(OLD)
    git(folder, "add", "-A")
    git(folder, "commit", "-q", "-m", "pages")
    return folder


def found(cli: Cli, *options: str) -> list[str]:
    done = cli("check", "--diff-base", "HEAD", "--format", "concise", "-q", *options)
    return [line.split(" ")[0] for line in done.out.splitlines()]


def test_nothing_changed_is_nothing_checked(cli: Cli, site: Path) -> None:
    assert found(cli) == []
    assert len(cli("check", "--format", "concise").out.splitlines()) == 6


def test_only_changed_lines_count(cli: Cli, site: Path) -> None:
    (site / "a.md").write_text(OLD.replace("og_title: Fish", "og_title: Cod"))
    lines = found(cli, "--select", "TXT010")
    assert lines == ["a.md:3:15:"]


def test_a_body_is_no_front_matter(cli: Cli, site: Path) -> None:
    (site / "a.md").write_text(OLD + "More text.\n")
    assert found(cli) == []


def test_a_new_file_counts_as_a_whole(cli: Cli, site: Path) -> None:
    (site / "new.md").write_text(OLD)
    assert [line.partition(":")[0] for line in found(cli)] == ["new.md", "new.md"]
    git(site, "add", "new.md")
    assert len(found(cli)) == 2


def test_names_beyond_ascii(cli: Cli, site: Path) -> None:
    (site / "größe.md").write_text(OLD.replace("title: Fish", "title: Cod", 1))
    assert "größe.md:2:12:" in found(cli)


def test_a_place_that_is_related_counts(cli: Cli, site: Path) -> None:
    (site / "a.md").write_text(OLD.replace("title: Fish &amp; chips", "title: Bridge closed", 1))
    assert "a.md:3:11:" in found(cli, "--select", "TXT001")  # it stands at og_title


def test_what_is_missing_counts_where_the_front_matter_changed(cli: Cli, site: Path) -> None:
    page = site / "a.html"
    page.write_text('<html><head>\n<title>A</title>\n<meta property="og:title" content="A">\n'
                    "</head><body>\n<p>A</p>\n</body></html>\n")  # fmt: skip
    git(site, "add", "a.html")
    git(site, "commit", "-q", "-m", "a page")
    page.write_text(page.read_text().replace("<p>A</p>", "<p>B</p>"))
    assert found(cli) == []
    page.write_text(page.read_text().replace("<title>A</title>", "<title>A </title>"))
    assert any(line.startswith("a.html:1:7") for line in found(cli, "--select", "OG002"))


def test_lines_that_were_taken_out(cli: Cli, site: Path) -> None:
    (site / "a.md").write_text(OLD.replace("layout: post\n", ""))
    assert found(cli, "--select", "TXT010") == ["a.md:3:16:"]  # the line above


def test_whole_files_that_were_changed(cli: Cli, site: Path) -> None:
    (site / "a.md").write_text(OLD + "More text.\n")
    (site / "new.md").write_text(OLD)
    lines = found(cli, "--whole-files", "--select", "TXT010")
    assert lines == ["a.md:2:13:", "a.md:3:16:", "new.md:2:13:", "new.md:3:16:"]


def test_whole_files_without_a_revision(cli: Cli, site: Path) -> None:
    done = cli("check", "--whole-files")
    assert done.status == 2
    assert done.err == "ogcheck: --whole-files goes with --diff-base.\n"


def test_from_a_folder_below(cli: Cli, site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (site / "news").mkdir()
    (site / "news" / "c.md").write_text(OLD)
    (site / "a.md").write_text(OLD.replace("Fish", "Cod"))
    monkeypatch.chdir(site / "news")
    assert {line.partition(":")[0] for line in found(cli)} == {"c.md"}


def test_outside_a_repository(cli: Cli, folder: Path) -> None:
    (folder / ".git").rmdir()
    done = cli("check", "--diff-base", "HEAD")
    assert done.status == 2
    assert done.err.startswith("ogcheck: --diff-base works inside a git repository only.")


@pytest.mark.parametrize("revision", ["nowhere", "--output=x", "HEAD~99"])
def test_an_unknown_revision(cli: Cli, site: Path, revision: str) -> None:
    done = cli("check", f"--diff-base={revision}")
    assert done.status == 2
    assert f"--diff-base {revision} names no commit." in done.err
    assert not (site / "x").exists()


def commit(site: Path) -> None:
    git(site, "add", "-A")
    git(site, "commit", "-q", "-m", "more")


def test_a_file_that_is_only_renamed_has_no_changed_line(cli: Cli, site: Path) -> None:
    (site / "news").mkdir()
    git(site, "mv", "a.md", "news/[a]*.md")
    assert found(cli) == []
    assert len(found(cli, "--whole-files")) == 2
    (site / "news/[a]*.md").write_text(OLD.replace("og_title: Fish", "og_title: Cod"))
    assert found(cli, "--select", "TXT010") == ["news/[a]*.md:3:15:"]
    commit(site)
    assert found(cli, "--select", "TXT010", "--diff-base", "HEAD~1") == ["news/[a]*.md:3:15:"]


@pytest.mark.parametrize("attribute", ["-diff", "diff=up", "binary"])
def test_attributes_hide_no_line(cli: Cli, site: Path, attribute: str) -> None:
    (site / ".gitattributes").write_text(f"*.md {attribute}\n")
    git(site, "config", "diff.up.textconv", "tail -n +4")
    git(site, "config", "diff.interHunkContext", "9")
    (site / "a.md").write_text(OLD.replace("og_title: Fish", "og_title: Cod"))
    assert found(cli, "--select", "TXT010") == ["a.md:3:15:"]


def test_what_git_ignores_is_checked_where_it_is_named(
    cli: Cli, site: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    (site / ".gitignore").write_text("public/\nown.md\n")
    (site / "public" / "en").mkdir(parents=True)
    (site / "public" / "en" / "a.md").write_text(OLD)
    (site / "own.md").write_text(OLD)
    assert found(cli, "--whole-files") == []
    lines = found(cli, "public/en", "own.md", "a.md", str(tmp_path_factory.mktemp("outside")))
    assert {line.partition(":")[0] for line in lines} == {"own.md", "public/en/a.md"}
    assert len(found(cli, "public", "--whole-files")) == 2


def test_a_repository_within_is_none_of_ours(cli: Cli, site: Path) -> None:
    (site / "theirs").mkdir()
    git(site / "theirs", "init", "-q")
    (site / "theirs" / "a.md").write_text(OLD)
    commit(site / "theirs")
    commit(site)
    (site / "b.md").write_text(OLD.replace("og_title: Fish", "og_title: Cod"))
    (site / ".git" / "info" / "exclude").write_text("own.md\n")
    (site / "own.md").write_text(OLD)
    done = cli("check", "--diff-base", "HEAD", "--format", "concise", "theirs/a.md",
               "theirs", "b.md", "own.md")  # fmt: skip
    assert [line.partition(":")[0] for line in done.out.splitlines()] == [
        "b.md",
        "own.md",
        "own.md",
    ]


def test_a_link_that_is_new_is_checked(cli: Cli, site: Path) -> None:
    (site / "link.md").symlink_to("a.md")
    for options in ((), ("--whole-files",)):
        assert [line.partition(":")[0] for line in found(cli, *options)] == ["link.md"] * 2
    commit(site)
    assert found(cli) == []
    assert len(found(cli, "--diff-base", "HEAD~1")) == 2
