"""A whole site from the command line: when it is one, and that all a run can do works on it."""

from __future__ import annotations

import json
import os
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from ogcheck.rules.examples import SITE, built_text, post

Cli = Callable[..., Any]
CONFIG = 'build-dir = "public"\n'
NOW = ("--now", "2026-06-01T12:00:00+00:00")


def meta(title: str, address: str) -> dict[str, str | None]:
    """The tags of a page of its own."""
    return {
        "title": f"<title>{title}</title>",
        "og:title": f'<meta property="og:title" content="{title}">',
        "description": f'<meta name="description" content="What is known of {title}.">',
        "og:description": None,
        "canonical": f'<link rel="canonical" href="{SITE}{address}">',
        "og:url": f'<meta property="og:url" content="{SITE}{address}">',
    }


def write(folder: Path, path: str, text: str) -> None:
    """Write one file."""
    (folder / path).parent.mkdir(parents=True, exist_ok=True)
    (folder / path).write_text(text, "utf-8")


@pytest.fixture
def site(folder: Path) -> Path:
    """Eighty posts and their pages; two of the pages name one address."""
    for number in range(80):
        name = f"Change number {number} of the town"
        write(folder, f"content/c{number:02}.md", post(f"title: {name}"))
        own = 7 if number == 55 else number
        write(folder, f"public/c{number:02}/index.html",
              built_text(meta(name, f"/c{own:02}/")))  # fmt: skip
    return folder


def codes(cli: Cli, *arguments: str) -> list[tuple[str, str]]:
    """Where rules on sites and pairs speak."""
    done = cli("check", *arguments, *NOW, "--select", "SIT,SRC", "--format", "json", "--exit-zero")
    assert done.status == 0, done.err
    return [(p["code"], p["path"]) for p in json.loads(done.out)["problems"]]


SHARED = ("SIT001", "public/c07/index.html")


def test_a_few_files_are_no_site(cli: Cli, site: Path) -> None:
    two = ("public/c07/index.html", "public/c55/index.html")
    assert codes(cli, *two) == []
    assert codes(cli, "public") == []  # nothing says that it is a site
    assert codes(cli, *two, "--site") == [SHARED]
    write(site, "ogcheck.toml", CONFIG)
    assert codes(cli, *two) == []
    assert codes(cli, "public") == [SHARED]
    assert codes(cli) == [SHARED]  # the working directory


def test_a_page_that_names_another_as_the_original_is_no_second_one(cli: Cli, site: Path) -> None:
    write(site, "ogcheck.toml", CONFIG)
    assert codes(cli, "public") == [SHARED]
    write(site, "ogcheck.toml", f'{CONFIG}site-url = "{SITE}"\n')
    assert codes(cli, "public") == []
    # One address all the same: two files of which the server has to choose.
    write(site, "public/c08.html", built_text(meta("The other one", "/c08/")))
    assert codes(cli, "public") == [("SIT001", "public/c08/index.html")]
    (site / "public/c08.html").unlink()
    for count, found in ((38, []), (60, [("SIT001", "public/c00/index.html")])):
        for number in range(count):  # a template that writes one address
            write(
                site, f"public/c{number:02}/index.html", built_text(meta(f"No {number}", "/c07/"))
            )
        assert codes(cli, "public") == found


def test_sources_are_compared_where_it_is_said_where_they_are_built(cli: Cli, site: Path) -> None:
    write(site, "public/c03/index.html", built_text(meta("Another text", "/c03/")))
    lost = ("SRC001", "content/c03.md")
    assert codes(cli, "content") == []
    assert codes(cli, "content", "--built", "public") == [lost]
    assert codes(cli, "content/c03.md", "--built", "public") == [lost]
    write(site, "ogcheck.toml", CONFIG)
    assert codes(cli, "content") == [lost]
    assert codes(cli, "content/c03.md") == []


def test_another_source_whose_configuration_is_broken_stops_nothing(cli: Cli, site: Path) -> None:
    write(site, "content/drafts/c03.md", post("title: Another c03"))
    write(site, "content/drafts/ogcheck.toml", "this is none")
    assert codes(cli, "content/c03.md", "--built", "public") == []


def test_that_nothing_was_built_is_said(cli: Cli, site: Path) -> None:
    write(site, "empty/style.css", "")
    done = cli("check", "content", "--built", "empty", "--select", "SRC", *NOW)
    assert done.status == 0
    assert done.err.splitlines()[0] == "--built empty: no built page was found there."
    assert "no built page" not in cli("check", "content", "--built", "public", *NOW).err


def test_a_build_whose_name_no_disk_can_hold_is_none(cli: Cli, site: Path) -> None:
    write(site, "ogcheck.toml", CONFIG.replace('"public"', f'"{"p" * 300}"'))
    assert codes(cli, "content") == []


def test_a_page_built_before_its_source_was_written_says_nothing(cli: Cli, site: Path) -> None:
    write(site, "ogcheck.toml", CONFIG)
    write(site, "public/c03/index.html", built_text(meta("Another text", "/c03/")))
    os.utime(site / "public/c03/index.html", (1, 1))
    assert codes(cli, "content") == []  # it is being written
    assert codes(cli, "content", "--built", "public") == [("SRC001", "content/c03.md")]


def test_of_what_was_changed_no_site_is_made(cli: Cli, site: Path) -> None:
    write(site, "ogcheck.toml", CONFIG)
    (site / ".git").rmdir()
    for arguments in (("init", "-q"), ("add", "-A"), ("commit", "-qm", "All")):
        subprocess.run(("git", "-c", "user.name=A", "-c", "user.email=a@b.example", *arguments),
                       cwd=site, check=True)  # fmt: skip
    for number in (7, 55):
        path = f"public/c{number:02}/index.html"
        write(site, path, (site / path).read_text("utf-8").replace("Change", "Changed"))
    assert SHARED in codes(cli)
    assert codes(cli, "--diff-base", "HEAD") == []


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("--site", "-"), "--site needs the files of a site"),
        (("--site", "--diff-base", "HEAD", "public"), "--site and --diff-base do not go together"),
        (("--site", "--diff", "--fix", "public"), "--site and --diff do not go together"),
        (("--built", "nowhere", "content"), "--built nowhere: there is no such directory"),
    ],
)
def test_what_does_not_go_together(
    cli: Cli, site: Path, arguments: tuple[str, ...], words: str
) -> None:
    done = cli("check", *arguments)
    assert done.status == 2
    assert words in done.err


def test_the_way_a_pair_was_found_is_told(cli: Cli, site: Path) -> None:
    (site / "public/c03/index.html").unlink()
    done = cli("check", "content", "--built", "public", "-v", *NOW)
    assert "content/c02.md: built as public/c02/index.html, by its place\n" in done.err
    assert "content/c03.md: no page was found that is built from it\n" in done.err


def test_whoever_does_the_work_says_the_same(cli: Cli, site: Path) -> None:
    write(site, "ogcheck.toml", CONFIG)
    write(site, "public/c79/index.html", built_text(meta("Another text", "/c79/")))
    runs = [
        ("--jobs", "1", "--no-cache"),
        ("--jobs", "2", "--no-cache"),
        ("--jobs", "1", "--cache-dir", "kept"),
        ("--jobs", "1", "--cache-dir", "kept"),
        ("--jobs", "2", "--cache-dir", "kept"),
    ]
    said = [cli("check", "content", "public", "--notes", *NOW, *one) for one in runs]
    assert {one.out for one in said} == {said[0].out}
    assert {one.status for one in said} == {1}
    assert "SIT001" in said[0].out
    assert "SRC001" in said[0].out


def test_what_is_kept_knows_no_site_and_no_built_page(cli: Cli, site: Path) -> None:
    kept = ("--cache-dir", "kept")
    assert codes(cli, "content", "public", *kept) == []
    assert codes(cli, "content", "public", "--site", *kept) == [SHARED]
    both = ("content", "public", "--site", "--built", "public", *kept)
    assert codes(cli, *both) == [SHARED]
    write(site, "public/c03/index.html", built_text(meta("Another text", "/c03/")))
    assert codes(cli, *both) == [("SRC001", "content/c03.md"), SHARED]


def test_a_baseline_holds_problems_of_the_site(cli: Cli, site: Path) -> None:
    only = ("public", "--site", "--select", "SIT001", *NOW)
    assert cli("check", *only).status == 1
    assert cli("check", *only, "--write-baseline", "known.json").status == 0
    done = cli("check", *only, "--baseline", "known.json")
    assert (done.status, done.out) == (0, "")
    assert "1 in the baseline" in done.err


def test_they_are_counted_as_others_are(cli: Cli, site: Path) -> None:
    done = cli("check", "public", "--site", "--statistics", "--select", "SIT", *NOW)
    assert "SIT001" in done.out
    assert done.status == 1
    assert cli("check", "public", "--site", "--ignore", "SIT001", "--select", "SIT").status == 0


def test_they_follow_the_problems_of_the_pages(cli: Cli, site: Path) -> None:
    write(site, "public/z.html", built_text({"title": "<title>Fish &amp;amp; chips</title>"}))
    done = cli("check", "public", "--site", "--format", "concise", "--select", "TXT010,SIT001")
    assert [line.split(":")[0] for line in done.out.splitlines()] == [
        "public/z.html",
        "public/c07/index.html",
    ]


@pytest.mark.skipif(os.name != "posix", reason="there are no pipes and devices among files")
def test_only_files_of_the_built_folder_are_read(cli: Cli, site: Path) -> None:
    write(site, "secret.html", built_text(meta("The key to the safe", "/c03/")))
    places = [site / f"public/c{number:02}/index.html" for number in (3, 4, 5)]
    for place in places:
        place.unlink()
    places[0].symlink_to(site / "secret.html")
    places[1].symlink_to("/dev/zero")
    os.mkfifo(places[2])
    done = cli("check", "content", "--built", "public", *NOW, "--select", "SRC", "--format", "json")
    assert (done.status, json.loads(done.out)["problems"]) == (0, [])
    (site / "public/c06/index.html").write_bytes(b"<title>Large</title>" + b" " * 11_000_000)
    assert codes(cli, "content", "--built", "public") == []


def test_a_configuration_that_was_copied_into_the_build_governs_nothing(
    cli: Cli, site: Path
) -> None:
    write(site, "ogcheck.toml", CONFIG)
    write(site, "public/ogcheck.toml", f"{CONFIG}# this is not read: [")
    write(site, "public/c07/ogcheck.toml", 'ignore = ["SIT001"]')
    assert codes(cli) == [SHARED]
    assert codes(cli, "public") == [SHARED]
    # Elsewhere one below another governs as ever.
    write(site, "ogcheck.toml", 'build-dir = "out"')
    write(site, "public/ogcheck.toml", 'ignore = ["SIT001"]')
    (site / "public/c07/ogcheck.toml").unlink()
    assert codes(cli, "public", "--site") == []
    write(site, "ogcheck.toml", 'build-dir = "."')
    assert codes(cli, "public", "--site") == []
