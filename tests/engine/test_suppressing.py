"""Suppressions that are written: where they stand, that nothing else changes, that once will do."""

from __future__ import annotations

import json
import os
from datetime import UTC, datetime
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ogcheck.api import make_checker
from ogcheck.engine.check import Checker
from ogcheck.engine.suppressing import Suppressed, fault_of, in_key, suppress
from ogcheck.page import Page
from ogcheck.problem import Edit
from ogcheck.readers import Options, read
from ogcheck.rules.examples import SITE, built_text, post, release_text
from ogcheck.source import Source

moderately = settings(
    deadline=None,
    max_examples=int(os.environ.get("OGCHECK_EXAMPLES", "60")),
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
)
NOW = datetime(2026, 6, 1, tzinfo=UTC)
WHY = "known before"
BAD = "title: Fish &amp; chips"
ESCAPED = '<meta property="og:title" content="Fish &amp;amp; chips">'


def checker_for(*, notes: bool = False, **config: Any) -> Checker:
    """A checker for these settings, or that of the defaults; notes are asked for or not."""
    made = make_checker(Path.cwd(), config, NOW)
    return Checker(made.resolver, NOW, notes=notes)


def done(
    text: str | bytes, path: str = "a.md", *, notes: bool = False, **config: Any
) -> Suppressed:
    """What becomes of a text; that once is enough, and that nothing else is read, is asserted."""
    checker = checker_for(notes=notes, **config)
    data = text.encode() if isinstance(text, str) else text
    place = Path(path).absolute()
    before = checker.check(Source.from_bytes(path, data), place)
    result = suppress(checker, path, place, data, WHY)
    again = suppress(checker, path, place, result.data, WHY)
    assert (again.data, again.added) == (result.data, 0)
    shown = [p for p in result.checked.problems if not p.suppressed]
    refused = {p.code for p, _ in result.refused}
    assert {p.code for p in shown} <= refused | {"OGX001", "OGX002", "OGX003", "OGX004"}
    page, other = before.page, result.checked.page
    if page is not None:
        assert other is not None
        assert page.data == other.data
        assert [(p.name, p.value, p.kind, p.pointer) for p in page.properties] == \
            [(p.name, p.value, p.kind, p.pointer) for p in other.properties]  # fmt: skip
    if not result.added:
        assert result.data == data
    return result


def written(text: str, path: str = "a.md", *, notes: bool = False, **config: Any) -> str:
    """The text with suppressions."""
    return done(text, path, notes=notes, **config).data.decode()


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ((BAD,), (f"# ogcheck: ignore[TXT010] {WHY}", BAD)),
        (("a: b", BAD, "c: d"), ("a: b", f"# ogcheck: ignore[TXT010] {WHY}", BAD, "c: d")),
        (("og:", "    title: A &amp; B |"),
         ("og:", f"    # ogcheck: ignore[TXT010, TXT015] {WHY}", "    title: A &amp; B |")),
        (("a: b", "title: >", "  Fish", "  &amp; chips"),
         ("a: b", f"# ogcheck: ignore[TXT010] {WHY}", "title: >", "  Fish", "  &amp; chips")),
        (("a: b", "title: 'Fish", "  &amp; chips'"),
         ("a: b", f"# ogcheck: ignore[TXT010] {WHY}", "title: 'Fish", "  &amp; chips'")),
        (("a: |", "  text", BAD), ("a: |", "  text", f"# ogcheck: ignore[TXT010] {WHY}", BAD)),
        (("a: |+", "  text", "", "", BAD),
         ("a: |+", "  text", "", "", f"# ogcheck: ignore[TXT010] {WHY}", BAD)),
        # A line that begins within a scalar has no place for a comment.
        (('{"a": "b', '  c", "title": "A &amp; B"}',),
         (f"# ogcheck: ignore-file[TXT010] {WHY}", '{"a": "b', '  c", "title": "A &amp; B"}')),
        (("title: a: b",), (f"# ogcheck: ignore-file[FM002] {WHY}", "title: a: b")),
        # One more beside what stands there.
        (("a: b", f"# ogcheck: ignore[TXT010] {WHY}", f"{BAD} |"),
         ("a: b", f"# ogcheck: ignore[TXT010, TXT015] {WHY}", f"{BAD} |")),
        (("a: b", "# ogcheck: ignore[TXT010] other", f"{BAD} |"),
         ("a: b", "# ogcheck: ignore[TXT010] other", f"# ogcheck: ignore[TXT015] {WHY}",
          f"{BAD} |")),
        (("a: b", f"{BAD} | # ogcheck: ignore[TXT010] {WHY}"),
         ("a: b", f"{BAD} | # ogcheck: ignore[TXT010, TXT015] {WHY}")),
        # What ogcheck says of itself stays.
        (("# ogcheck: ignore[URL] x", "title: x"), ("# ogcheck: ignore[URL] x", "title: x")),
    ],
)  # fmt: skip
def test_in_front_matter(before: tuple[str, ...], after: tuple[str, ...]) -> None:
    for end in ("\n", "\r\n"):
        for mark in ("", "\ufeff"):
            text, expected = (mark + post(*one).replace("\n", end) for one in (before, after))
            assert written(text, unfixable=["ALL"]) == expected


def test_what_is_said_of_the_page_stands_on_top() -> None:
    text = post("url: " + SITE + "/a/", "title: x &amp; y", body="Text.")
    top = f"# ogcheck: ignore[OG000] {WHY}"
    below = f"# ogcheck: ignore[TXT010] {WHY}"
    assert written(text, preset="release", select=["OG000", "TXT010"]) == post(
        top, "url: " + SITE + "/a/", below, "title: x &amp; y"
    )
    text = post(BAD, "url: " + SITE + "/a/")
    assert written(text, preset="release", select=["OG000", "TXT010"]) == post(
        f"# ogcheck: ignore[OG000, TXT010] {WHY}", BAD, "url: " + SITE + "/a/"
    )


@pytest.mark.parametrize(
    ("text", "path", "start"),
    [
        ("og:\n  title: A &amp; B\n", "a.yml", "og:\n  # ogcheck: ignore[TXT010]"),
        ("\ufeffog_title: A &amp; B\n", "a.yml", "\ufeff# ogcheck: ignore[TXT010]"),
        ("---\nog_title: A &amp; B\n", "a.yml", "---\n# ogcheck: ignore[TXT010]"),
        ("---\ntitle: x\n", "a.md", "---\n# ogcheck: ignore-file[FM005]"),
        ("---\n# c\n- x\n---\n", "a.md", "---\n# ogcheck: ignore-file[FM004]"),
        ("---\nog_title: A &amp; B\n--- \n", "a.md", "---\n# ogcheck: ignore[TXT010]"),
    ],
)
def test_other_files(text: str, path: str, start: str) -> None:
    new = written(text, path, select=["TXT010", "FM"])
    assert new.startswith(f"{start} {WHY}\n")


def test_all_of_a_release() -> None:
    text = release_text(
        {"og.title": "Other &amp; worse |", "og.type": "Article", "og.url": "/x",
         "publish.date": "31 April 2026",
         "og.image.url": f"{SITE}/a.svg", "twitter.card": None, "og.locale": "en-GB"}
    )  # fmt: skip
    result = done(text, "release.md", notes=True)
    assert not result.refused
    assert result.added >= 7
    new = result.data.decode()
    lines = new.splitlines()
    comments = [line for line in lines if "ogcheck:" in line]
    assert "\n".join(line for line in lines if "ogcheck:" not in line) + "\n" == text
    assert len(comments) < result.added
    for comment, below in pairwise(lines):
        if "ogcheck:" in comment:
            assert "ogcheck:" not in below
            assert len(comment) - len(comment.lstrip()) == len(below) - len(below.lstrip())


def test_notes_only_where_they_are_asked_for() -> None:
    text = post("og_url: /a/", BAD)
    assert "URL003" not in written(text)
    assert "URL003" in written(text, notes=True)
    exact: Any = {"extend-select": ["URL003"]}
    assert "URL003" in written(text, **exact)


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_in_html(end: str) -> None:
    comment = f"  <!-- ogcheck: ignore[TXT010] {WHY} -->\n"
    for tag in (
        ESCAPED,
        ESCAPED.replace(" content", "\n    content"),
        ESCAPED.replace("Fish", "\n\nFish"),
        f"<meta name=a>{ESCAPED}",
    ):
        text = built_text({"og:title": tag})
        at = text.index(tag) - 2
        expected = (text[:at] + comment + text[at:]).replace("\n", end)
        assert written(text.replace("\n", end), "a.html", select=["TXT010"]) == expected


def test_where_no_comment_may_stand_in_html() -> None:
    said = f"<!-- ogcheck: ignore-file[TXT010] {WHY} -->"
    one_line = built_text({"og:title": ESCAPED}).replace("\n", "")
    assert written(one_line, "a.html", select=["TXT010"]) == \
        one_line.replace("<head>", f"<head>{said}")  # fmt: skip
    inside = built_text({"title": f"<title>a\nb</title>{ESCAPED}", "og:title": None})
    assert written(inside, "a.html", select=["TXT010"]) == \
        inside.replace("<head>", f"<head>\n  {said}")  # fmt: skip
    in_style = built_text({"title": f"<title>a</title><style>\n</style>{ESCAPED}",
                           "og:title": None})  # fmt: skip
    assert written(in_style, "a.html", select=["TXT010"]) == \
        in_style.replace("<head>", f"<head>\n  {said}")  # fmt: skip
    headless = f"<title>a\n</title>{ESCAPED}"
    assert written(headless, "a.html", select=["TXT010"]) == f"{headless}\n{said}\n"


def test_a_comment_in_html_goes_to_the_head_for_what_is_missing() -> None:
    text = built_text({"og:title": None})
    assert f"<!-- ogcheck: ignore[OG001] {WHY} -->\n<head>" in written(text, "a.html")


def test_what_a_comment_pushes_too_far_down_is_silenced_as_well() -> None:
    # The charset is to stand in the first 1,024 bytes, and metadata behind it.
    charset = '<meta charset="utf-8">'
    filler = "<!--" + "x" * 900 + "-->"
    text = built_text({"charset": None, "title": f"<title>é &amp;amp; b</title>\n  {charset}"},
                      first=filler)  # fmt: skip
    result = done(text, "a.html")
    assert not result.refused


@pytest.mark.parametrize(
    ("encoding", "label"), [("cp1252", "windows-1252"), ("shift-jis", "shift_jis"), ("utf-16", "")]
)
def test_other_encodings_are_kept(encoding: str, label: str) -> None:
    charset = f'<meta charset="{label}">' if label else None
    text = built_text({"og:title": ESCAPED, "charset": charset})
    data = text.encode(encoding)
    result = done(data, "a.html", select=["TXT010"])
    assert result.added == 1
    expected = text.replace(
        f"  {ESCAPED}", f"  <!-- ogcheck: ignore[TXT010] {WHY} -->\n  {ESCAPED}"
    )
    assert result.data == expected.encode(encoding)


def test_what_would_be_read_in_another_encoding_is_left() -> None:
    # The comment would push the declaration out of the 1,024 bytes that browsers look at.
    filler = "<!--" + "x" * 900 + "-->"
    text = built_text({"charset": None, "og:title": None,
                       "title": "<title>橋 &amp;amp;</title>\n  <meta charset=shift_jis>"},
                      first=filler)  # fmt: skip
    data = text.encode("shift-jis")
    assert 960 < data.index(b"<meta charset") < 1000
    result = done(data, "a.html", select=["TXT010"])
    assert result.data == data
    assert [why for _, why in result.refused] == ["no comment can stand there"]


@pytest.mark.parametrize(
    ("data", "path", "why"),
    [
        (b"---\ntitle: Fish \xff\n---\n", "a.md", "its text cannot be decoded"),
        (b"---\ntitle: Fish \0\n---\n", "a.md", "its text cannot be decoded"),
        ('<meta charset="gbk"><title>\u00e9\ufffd &amp;amp;</title>'.encode(), "a.html",
         "it could not be written back in gbk"),
    ],
)  # fmt: skip
def test_what_cannot_be_written_is_left_and_named(data: bytes, path: str, why: str) -> None:
    result = done(data, path)
    assert result.data == data
    assert {one for _, one in result.refused} == {why}


def test_a_file_that_is_too_large_is_left() -> None:
    text = post(BAD).encode()
    result = done(text, rules={"FM009": {"max-size": 9}})
    assert (result.data, [w for _, w in result.refused]) == (text, ["it is too large to be read"])


@pytest.mark.parametrize(
    ("reason", "fault"),
    [
        ("known before", None),
        ("bekannt: siehe #12, „später“", None),
        ("", "it says nothing"),
        (" - ", "it says nothing"),
        ("a\nb", "it has to be on one line, without control characters"),
        ("a\x1bb", "it has to be on one line, without control characters"),
        ("a \udcff", "it has to be on one line, without control characters"),
        ("a -- b", "it holds --, which no comment in HTML may"),
        ("a # ogcheck: ignore", "it holds ogcheck:, which begins another suppression"),
    ],
)
def test_reasons(reason: str, fault: str | None) -> None:
    assert fault_of(reason) == fault
    if fault is not None:
        with pytest.raises(ValueError, match=fault[:10]):
            suppress(checker_for(), "a.md", Path("a.md").absolute(), post(BAD).encode(), reason)


# JSON, which has no comments. YAML reads it, too.


def json_page(text: str) -> Page:
    """The page that an object of JSON is."""
    page = read(Source.from_text("a.yml", text), Options(preset="generic"))
    assert isinstance(page, Page), page
    return page


WRITTEN = {"ignore": ["A1", "B2"], "reason": WHY}


@pytest.mark.parametrize(
    ("text", "key", "layout"),
    [
        ('{"og": {"title": "x"}}', WRITTEN, '{"og": {"title": "x"}, "ogcheck": {'),
        ('{\n  "og": {\n    "title": "x"\n  }\n}\n', WRITTEN, '\n  },\n  "ogcheck": {'),
        ('{\r\n\t"og": {"title": "x"}\r\n}', WRITTEN, '},\r\n\t"ogcheck": {'),
        ('{"og": {"title": "x"}, "ogcheck": {"ignore": ["C3"], "reason": "other"}}',
         {"ignore": ["C3", "A1", "B2"], "reason": "other"}, '["C3", "A1", "B2"]'),
        ('{"og": {"title": "x"}, "ogcheck": {"ignore": []}}', WRITTEN, '["A1", "B2"], "reason"'),
        ('{"og": {"title": "x"}, "ogcheck": {\n "ignore": [\n  "C3"\n ]\n}}',
         {"ignore": ["C3", "A1", "B2"], "reason": WHY}, '"C3",\n  "A1", "B2"\n ], "reason"'),
        ('{"og": {"title": "x"}, "ogcheck": {"reason": "other"}}',
         {"reason": "other", "ignore": ["A1", "B2"]}, '"other", "ignore"'),
        ('{"og": {"title": "x"}, "ogcheck": {}}', WRITTEN, '"ogcheck": {"ignore"'),
    ],
)  # fmt: skip
def test_the_key(text: str, key: dict[str, object], layout: str) -> None:
    page = json_page(text)
    edits = in_key(page, ["A1", "B2"], WHY)
    assert edits is not None
    new = applied(text, edits)
    assert layout in new
    before, after = json.loads(text), json.loads(new)
    assert after.pop("ogcheck") == key
    before.pop("ogcheck", None)
    assert before == after


@pytest.mark.parametrize(
    "text",
    ['{"og": {"title": "x"}, "ogcheck": true}',
     '{"og": {"title": "x"}, "ogcheck": {"ignore": "C3"}}'],
)  # fmt: skip
def test_a_key_that_holds_something_else_is_left(text: str) -> None:
    assert in_key(json_page(text), ["A1"], WHY) is None


def applied(text: str, edits: list[Edit]) -> str:
    """The text after edits."""
    for start, end, new in sorted(edits, reverse=True):
        text = text[:start] + new + text[end:]
    return text


# Whatever the file

VALUES = st.sampled_from(
    [
        "Fish &amp; chips",
        "'Fish &amp; # ogcheck: ignore[TXT010]'",
        '"Fish\n    &amp; chips"',
        "|\n    Fish &amp; chips\n",
        ">+\n    Fish &amp;\n\n    # chips\n\n",
        "Fish\n    &amp; chips",
        "&a http://localhost/x &amp;",
        "[a &amp; b,\n    'c # d']",
        "{url: 'http://x.example/a&amp;b',\n    alt: image}",
        "2026-13-45",
        "no",
        "",
        "''",
        "/a b/",
        "Title | | ",
    ]
)
KEYS = ("title", "description", "url", "image", "type", "locale", "site_name")


@st.composite
def front_matter(draw: st.DrawFn) -> str:
    """A page with all that may be wrong with it."""
    lines = []
    for key in draw(st.permutations(KEYS))[: draw(st.integers(0, 5))]:
        lines.append(f"{key}: {draw(VALUES)}")
        if draw(st.booleans()):
            lines.append(draw(st.sampled_from(["# note", "", "  # deeper", "x: y"])))
    if draw(st.booleans()):
        lines.append("og:")
        chosen = draw(st.permutations(KEYS))[: draw(st.integers(1, 5))]
        lines += [f"  {key}: {draw(VALUES)}" for key in chosen]
    text = post(*lines)
    if draw(st.booleans()):
        text = text.replace("\n", draw(st.sampled_from(["\r\n", "\r"])))
    return ("\ufeff" if draw(st.booleans()) else "") + text


@moderately
@given(front_matter(), st.sampled_from(["generic", "release", "hugo"]), st.booleans())
def test_any_front_matter_reads_as_before(text: str, preset: str, notes: bool) -> None:
    result = done(text, preset=preset, notes=notes)
    assert not result.refused
    kept = [line for line in _lines(result.data.decode()) if f"] {WHY}" not in line]
    assert "".join(kept) == text


def _lines(text: str) -> list[str]:
    parts = text.replace("\r\n", "\0").replace("\r", "\1").replace("\n", "\2")
    found, line = [], ""
    for character in parts:
        line += {"\0": "\r\n", "\1": "\r", "\2": "\n"}.get(character, character)
        if character in "\0\1\2":
            found.append(line)
            line = ""
    return [*found, line]


TAGS = st.sampled_from(
    [
        ESCAPED,
        '<meta property="og:url" content="http://localhost/">',
        '<meta name="og:image"\n content="/a.svg">',
        "<title>a &amp;amp; b\n</title>",
        "<title>x</title><title>y</title>",
        '<link rel="canonical" href="/x">',
        '<link rel="canonical" href="/y">',
        '<script type="application/ld+json">\n{"@type": "Article",\n "headline": "&amp;amp;"}\n'
        "</script>",
        '<script type="application/ld+json">{</script>',
        "<script>\n// <!-- \n</script>",
        "<!-- a\n b -->",
        "<style>\n\n</style>",
        "<div>",
        "text",
        "\n",
        "  ",
        '<meta property="og:type" content="Article"><meta charset="utf-8">',
    ]
)


@moderately
@given(
    st.lists(TAGS, max_size=8),
    st.sampled_from(["<!doctype html>\n<html>\n<head>\n", "<head>", "<!doctype html>\n", ""]),
    st.sampled_from(["\n", "\r\n"]),
    st.booleans(),
    st.booleans(),
)
def test_any_html_reads_as_before(
    tags: list[str], first: str, joint: str, mark: bool, notes: bool
) -> None:
    text = ("\ufeff" if mark else "") + first + "\n".join(["<title>t</title>", *tags])
    result = done(text.replace("\n", joint), "a.html", notes=notes)
    assert not result.refused
