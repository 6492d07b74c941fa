"""Comments for ogcheck, told from text that only looks like one, in every dialect."""

from __future__ import annotations

import time

import pytest

from ogcheck.page import Page
from ogcheck.readers import read
from ogcheck.readers.comments import comments, toml_strings
from ogcheck.rules.examples import post
from ogcheck.source import Source, Span

SAID = "ogcheck: ignore[A]"
HASH = f"# {SAID}"
MARKUP = f"<!-- {SAID} -->"


def found(text: str, path: str = "a.md") -> list[str]:
    """What the comments say; each is cut out of the text by its span, signs included."""
    source = Source.from_text(path, text)
    page = read(source)
    assert isinstance(page, Page), page
    every = comments(page)
    for one in every:
        cut = text[slice(*one.span)]
        assert cut.startswith(("#", "<!--"))
        assert text[slice(*one.said)] in cut
    return [text[slice(*one.said)] for one in every]


@pytest.mark.parametrize(
    ("lines", "number"),
    [
        ((HASH, "title: x"), 1),
        (("title: x", HASH), 1),
        ((f"title: x {HASH}",), 1),
        ((f"title: x\t{HASH}",), 1),
        ((f"title: x # why {HASH}",), 1),
        ((f"{HASH} one {HASH} two", "title: x"), 2),
        ((f"title: |  {HASH}", "  x"), 1),
        (("title: |", "  x", HASH, "a: b"), 1),
        (("title: [x,", f"  {HASH}", "  y]"), 1),
        (("#ogcheck: ignore", "title: x"), 1),
        ((f"title: x{HASH}",), 0),
        ((f"title: 'x {HASH}'",), 0),
        ((f'title: "x {HASH}"',), 0),
        (("title: 'x", f"  {HASH}", "  y'"), 0),
        (("title: |", f"  {HASH}"), 0),
        (("title: >-", "  x", f"  {HASH}", "a: b"), 0),
        ((f"'x {HASH}': y",), 0),
        ((f"a: [b, 'x {HASH}']",), 0),
        (("title: x # ogcheck", "a: b"), 0),
    ],
)
def test_in_yaml(lines: tuple[str, ...], number: int) -> None:
    expected = [one for one in found(post(*lines)) if one.startswith("ogcheck:")]
    assert len(expected) == number


def test_two_on_a_line_end_where_the_next_begins() -> None:
    text = post(f"title: x {HASH} one  {HASH} two")
    assert found(text) == [f"{SAID} one", f"{SAID} two"]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_a_comment_ends_with_its_line(end: str) -> None:
    text = post(f"{HASH} why  ", "title: x").replace("\n", end)
    assert found(text) == [f"{SAID} why"]
    assert found("\ufeff" + text) == [f"{SAID} why"]


@pytest.mark.parametrize(
    ("toml", "strings"),
    [
        ('a = "x # ogcheck: ignore" # b', ['"x # ogcheck: ignore"']),
        ("a = 'x # \"' # 'b'", ["'x # \"'"]),
        ('a = """x\n# y "" \\""" z""""\nb = 1', ['"""x\n# y "" \\""" z""""']),
        ("a = '''x\n# \\'''' # b", ["'''x\n# \\''''"]),
        ('# "a\nb = "c"', ['"c"']),
        ('a = "\\"# b" # "', ['"\\"# b"']),
        ('"a # b" = 1', ['"a # b"']),
        ('a = """x # y', ['"""x # y']),
    ],
)
def test_strings_of_toml(toml: str, strings: list[str]) -> None:
    spans = toml_strings(toml, Span(0, len(toml)))
    assert [toml[slice(*one)] for one in spans] == strings


@pytest.mark.parametrize(
    ("markup", "number"),
    [
        (MARKUP, 1),
        (f"<meta name=a>{MARKUP}<meta name=b>", 1),
        ("<!--ogcheck: ignore[A] why-->", 1),
        ("<!--\n  ogcheck: ignore[A]\n  why\n-->", 1),
        (f"{MARKUP}{MARKUP}", 2),
        (f"<title>{MARKUP}</title>", 0),
        (f'<meta name="a" content="{MARKUP}">', 0),
        (f"<script>var a = '{MARKUP}'</script>", 0),
        (f'<script type="application/ld+json">{{"a": "{MARKUP}"}}</script>', 0),
        (f"<style>{MARKUP}</style>", 0),
        (f"<!-- x {SAID} -->", 0),
        ("<!-- ogcheck: ignore[A]", 0),
    ],
)
@pytest.mark.parametrize("end", ["\n", "\r\n"])
@pytest.mark.parametrize("mark", ["", "\ufeff", MARKUP, f"\ufeff{MARKUP}"])
def test_in_html(markup: str, number: int, end: str, mark: str) -> None:
    text = f"{mark}<!doctype html>\n<head>\n<title>x</title>\n{markup}\n</head>"
    assert len(found(text.replace("\n", end), "a.html")) == number + (MARKUP in mark)


@pytest.mark.parametrize(
    ("body", "number"),
    [
        (MARKUP, 1),
        (f"   {MARKUP}", 1),
        (f"Text.\n{MARKUP}\nMore.", 1),
        (f"```\n{MARKUP}\n```\n{MARKUP}", 1),
        (f"Text {MARKUP}", 0),
        (f"`{MARKUP}`", 0),
        (f"    {MARKUP}", 0),
        (f"```html\n{MARKUP}\n```", 0),
        (f"~~~~\n~~~\n{MARKUP}\n~~~~", 0),
        (f"```\n{MARKUP}", 0),
        (HASH, 0),
    ],
)
def test_in_the_body_of_markdown(body: str, number: int) -> None:
    assert len(found(post("title: x", body=body))) == number


@pytest.mark.parametrize(
    ("text", "path"),
    [
        (post("title: x", body="<!-- ogcheck: " * 100_000), "a.md"),
        (post("title: x", body="<!--" + " " * 500_000), "a.md"),
        (post("title: x", *[HASH] * 20_000), "a.md"),
        ("<title>x</title>" + "<!-- ogcheck: " * 100_000, "a.html"),
        (post("title: x", *(f"a{n}: 'x' {HASH}" for n in range(9_000))), "a.md"),
    ],
)
def test_hostile_pages_take_no_time(text: str, path: str) -> None:
    page = read(Source.from_text(path, text))
    assert isinstance(page, Page)
    start = time.perf_counter()
    comments(page)
    assert time.perf_counter() - start < 3
