"""``ogcheck explain``: what is read from a page, and what each platform ends up with."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from ogcheck import platforms

Cli = Callable[..., Any]

PAGE = """<!DOCTYPE html>
<html lang="en-GB">
<head>
<meta charset="utf-8">
<title>Bridge closed | Northbridge</title>
<meta property="og:title" content="Bridge &amp; harbour closed">
<meta name="og:description" content="{description}">
<meta property="og:titel" content="Closed">
<meta name="twitter:title" content="Bridge closed, says X">
<link rel="canonical" href="https://www.northbridge.example/bridge/">
<script type="application/ld+json">
{{"@context": "https://schema.org", "@type": "NewsArticle",
 "headline": "Bridge closed, says JSON", "author": {{"name": "Jane Doe"}}}}
</script>
</head>
<body><h1>Bridge closed</h1></body>
</html>
"""


@pytest.fixture
def page(folder: Path) -> Path:
    path = folder / "bridge.html"
    path.write_text(PAGE.format(description="word " * 50), "utf-8")
    return path


def rows(text: str, heading: str) -> list[str]:
    """The lines of a section, white space folded."""
    body = text.split(f"{heading}\n", 1)[1].split("\n\n", 1)[0]
    return [" ".join(line.split()) for line in body.rstrip("\n").split("\n")]


def test_every_property_is_shown_with_its_place_and_how_it_was_found(cli: Cli, page: Path) -> None:
    done = cli("explain", "bridge.html")
    assert (done.status, done.err) == (0, "")
    assert done.out.startswith("bridge.html: HTML in utf-8, preset html (it is HTML)\n")
    found = rows(done.out, "Found")
    assert found[0] == "page:lang 2:13 <html lang> en-GB"
    assert found[1] == "page:title 5:8 <title> Bridge closed | Northbridge"
    assert found[2] == "og:title 6:36 <meta property> Bridge & harbour closed"
    assert found[3].startswith("og:description 7:38 <meta name> word word")
    assert found[4] == "og:titel 8:36 <meta property> Closed (no platform is known to read it)"
    assert found[6] == (
        "page:canonical 10:29 <link rel=canonical> https://www.northbridge.example/bridge/"
    )
    assert "ld:author 13:61 JSON-LD author.name Jane Doe" in found


def test_what_is_not_written_is_said(cli: Cli, page: Path) -> None:
    missing = rows(cli("explain", "bridge.html").out, "Not written")
    assert missing[0] == "og:image the page will not carry it"
    assert not any(row.startswith(("og:title", "og:description")) for row in missing)


def test_each_platform_gets_what_its_fallbacks_give(cli: Cli, page: Path) -> None:
    data = json.loads(cli("explain", "bridge.html", "--format", "json").out)
    seen = data["platforms"]
    assert set(seen) == set(platforms.PLATFORMS)
    assert seen["Facebook"]["title"]["text"] == "Bridge & harbour closed"
    assert seen["X"]["title"]["property"] == "twitter:title"
    assert seen["Mastodon"]["title"]["property"] == "ld:headline"
    # og:description stands in name=, which Signal and Misskey do not read; they have no other.
    assert seen["Facebook"]["description"]["property"] == "og:description"
    assert seen["Signal"]["description"] is None
    assert seen["WhatsApp"]["image"] is None
    assert seen["Mastodon"]["url"]["property"] == "page:canonical"


def test_what_a_platform_cuts_is_cut(cli: Cli, page: Path) -> None:
    data = json.loads(cli("explain", "bridge.html", "--format", "json").out)
    of_x = data["platforms"]["X"]["description"]
    assert (len(of_x["text"]), of_x["cut"]) == (200, True)
    assert data["platforms"]["LinkedIn"]["description"]["cut"] is False
    text = cli("explain", "bridge.html").out
    assert "(og:description, 7:38, cut after 200 characters)" in text
    advice = data["platforms"]["WhatsApp"]["description"]  # 80 will suffice, and nothing is cut
    assert advice["cut"] is False


def test_front_matter_is_told_from_what_a_template_may_write(cli: Cli, folder: Path) -> None:
    (folder / "bridge.md").write_text(
        "---\ntitle: Bridge closed\nog_image: https://a.example/b.jpg\n---\n"
    )
    done = cli("explain", "bridge.md")
    assert done.out.startswith("bridge.md: front matter, preset generic (")
    assert rows(done.out, "Found") == [
        "page:title 2:8 title Bridge closed",
        "og:image 3:11 og_image https://a.example/b.jpg",
    ]
    assert "og:title its template may write it" in rows(done.out, "Not written")
    assert "nothing in this file" in rows(done.out, "URL, by platform")
    assert done.out.endswith("a template may write more.\n")


def test_standard_input_and_its_name(cli: Cli, page: Path) -> None:
    text = page.read_text("utf-8")
    assert cli("explain", "-", stdin=text).out.startswith("<stdin>: HTML")
    done = cli("explain", "-", "--stdin-filename", "x/a.md", stdin="---\ntitle: A\n---\n")
    assert done.out.startswith("x/a.md: front matter")


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("nope.md",), "nope.md: there is no such file"),
        (("empty",), "empty is a directory: name one page of it."),
        (("plain.md",), "plain.md is no page: it has no front matter."),
        (("plain.md", "--stdin-filename", "x"), "--stdin-filename goes with -."),
    ],
)
def test_errors(cli: Cli, folder: Path, arguments: tuple[str, ...], message: str) -> None:
    (folder / "empty").mkdir()
    (folder / "plain.md").write_text("# Nothing\n")
    done = cli("explain", *arguments)
    assert (done.status, done.out) == (2, "")
    assert done.err.startswith(f"ogcheck: {message}")


def test_nothing_in_a_page_reaches_the_terminal_as_it_is(cli: Cli, folder: Path) -> None:
    (folder / "a.html").write_text(
        '<title>A</title><meta property="og:title" content="\x1b[31mred\u202e">'
    )
    for report in ("text", "json"):
        out = cli("explain", "a.html", "--format", report).out
        assert "\x1b" not in out
    assert "\u202e" not in cli("explain", "a.html").out


def test_a_draft_is_said_to_be_one(cli: Cli, folder: Path) -> None:
    (folder / "a.md").write_text("---\ntitle: A\ndraft: true\n---\n")
    assert "asked for nothing that it lacks: it is a draft." in cli("explain", "a.md").out
