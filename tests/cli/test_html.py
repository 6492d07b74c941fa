"""HTML from the command line: which files are pages, and what is said of those that are none."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

Cli = Callable[..., Any]

PAGE = (
    "<!doctype html>\n<html>\n<head>\n<title>A</title>\n"
    '<meta property="og:title" content="&amp;amp;">\n</head>\n'
)


def test_a_built_site_that_git_ignores_is_checked_when_it_is_named(folder: Path, cli: Cli) -> None:
    (folder / ".gitignore").write_text("public/\n_site/\n")
    for name in ("public/index.html", "_site/news/a.HTM", "docs/b.xhtml"):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(PAGE)
    done = cli("check", "--show-files")
    assert done.out == "docs/b.xhtml\n"
    done = cli("check", "--show-files", "public", "_site")
    assert done.out == "_site/news/a.HTM\npublic/index.html\n"
    done = cli("check", "--show-files", "public/index.html")
    assert done.out == "public/index.html\n"


def test_what_is_passed_over_says_why(folder: Path, cli: Cli) -> None:
    (folder / "page.html").write_text(PAGE)
    (folder / "layout.html").write_text("<html><head>{% include head.html %}</head></html>")
    (folder / "part.html").write_text("<nav></nav>")
    done = cli("check", "--verbose", "--format", "concise", "--select", "TXT010")
    assert done.out.startswith("page.html:5:36: warning TXT010 ")
    assert done.out.count("\n") == 1
    assert "layout.html: passed over: it is a template: its head holds template code" in done.err
    assert "part.html: passed over: it is a fragment: no doctype, html" in done.err


def test_standard_input_is_html_by_its_name_or_its_content(cli: Cli) -> None:
    for arguments in (("--stdin-filename", "x.html"), ()):
        done = cli(
            "check", "-", "--format", "concise", "--select", "TXT010", *arguments, stdin=PAGE
        )
        assert ":5:36: warning TXT010" in done.out
        assert done.status == 1


def test_a_page_that_is_not_utf8_offers_no_fix(folder: Path, cli: Cli) -> None:
    text = PAGE.replace("<title>A", "<meta charset=latin1><title>Brücke")
    (folder / "a.html").write_bytes(text.encode("latin-1"))
    done = cli("check", "--format", "json", "--select", "TXT010")
    assert '"code": "TXT010"' in done.out
    assert '"fix": null' in done.out
    (folder / "a.html").write_bytes(text.encode())
    (folder / "a.html").write_text(text.replace("latin1", "utf-8"), "utf-8")
    assert '"fix": null' not in cli("check", "--format", "json", "--select", "TXT010").out
