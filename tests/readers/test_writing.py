"""New values and new keys, exactly as they are written into the file."""

from __future__ import annotations

import pytest

from ogcheck.page import Page, Refusal
from ogcheck.problem import Edit
from ogcheck.readers import Options, read
from ogcheck.source import Source


def page(yaml: str, preset: str | None = None) -> Page:
    found = read(Source("a.md", f"---\n{yaml}---\n"), Options(preset=preset))
    assert isinstance(found, Page), found
    return found


def body(text: str) -> str:
    return text.removeprefix("---\n").removesuffix("---\n")


@pytest.mark.parametrize(
    ("yaml", "text", "expected"),
    [
        ("title: x # c\n", "y z", "title: y z # c\n"),
        ("title: x\n", "no", "title: 'no'\n"),
        ("title: x\n", "12:30", "title: '12:30'\n"),
        ("title: x\n", "2026-11-19", "title: '2026-11-19'\n"),
        ("title: x\n", "a: b", "title: 'a: b'\n"),
        ("title: x\n", "it's", "title: it's\n"),
        ("title: x\n", "it's: so", "title: 'it''s: so'\n"),
        ("title: x\n", "a\nb", 'title: "a\\nb"\n'),
        ("title: x\n", "", "title: ''\n"),
        ("title: x\n", "https://x.example/?a=1&b=2", "title: https://x.example/?a=1&b=2\n"),
        ("{title: x}\n", "a, b", "{title: 'a, b'}\n"),
        ("title: 'x'\n", "y", "title: 'y'\n"),
        ("title: 'x'\n", "a\tb", 'title: "a\\tb"\n'),
        ('title: "x"\n', 'a "b" \\', 'title: "a \\"b\\" \\\\"\n'),
        ('title: "x"\n', "é\x07\u2028😀", 'title: "é\\a\\u2028😀"\n'),
        ("title:\n", "x", "title: x\n"),
        ("title: # c\n", "x", "title: x # c\n"),
        ("{title: }\n", "x", "{title: x}\n"),
        ("title: !!str 12\n", "x", "title: !!str x\n"),
        ("title: &a x\n", "z", "title: &a z\n"),
        ("title: >\n  a\n  b\n\nlang: en\n", "c\n", "title: >\n  c\n\nlang: en\n"),
        ("title: |\n    a\n    b\n", "c\nd\n", "title: |\n    c\n    d\n"),
        ("title: |\n  a\n", "c\nd", "title: |-\n  c\n  d\n"),
        ("title: |\n  a\n", " c", 'title: " c"\n'),
        ("title: |2\n  a\n", "c", 'title: "c"\n'),
    ],
)
def test_a_value_is_replaced_in_its_style(yaml: str, text: str, expected: str) -> None:
    found = page(yaml)
    edit = found.replace(found.properties[0], text)
    assert not isinstance(edit, Refusal)
    source = found.source.text
    assert body(source[: edit.start] + edit.text + source[edit.end :]) == expected


@pytest.mark.parametrize(
    ("yaml", "old", "new", "expected"),
    [
        ("title: a &amp; b\n", "&amp;", "&", "title: a & b\n"),
        ("title: 'a &#39; b'\n", "&#39;", "'", "title: 'a '' b'\n"),
        ('title: "a &quot; \\u201C"\n', "&quot;", '"', 'title: "a \\" \\u201C"\n'),
        ("title: >\n  a &amp;\n  b\n", "&amp;", "&", "title: >\n  a &\n  b\n"),
        ("title: |\n  a &amp;\n   b\n", "&amp;", "&", "title: |\n  a &\n   b\n"),
        ("title: a &amp;\n  b # c\n", "&amp;", "&", "title: a &\n  b # c\n"),
        ("title: a &amp; b\n", "a &amp;", "&", "title: '& b'\n"),
        ("title: a\n  &amp;\n", " &amp;", "", "title: a\n"),
        ("title: a &#58; b\n", "&#58;", ":", "title: 'a : b'\n"),
        ('title: "a\\\n  &amp; b"\n', "&amp;", "&", 'title: "a\\\n  & b"\n'),
    ],
)
def test_parts_are_rewritten_where_they_stand(yaml: str, old: str, new: str, expected: str) -> None:
    found = page(yaml)
    one = found.properties[0]
    at = one.value.index(old)
    edits = found.rewrite(one, [(at, at + len(old), new)])
    assert not isinstance(edits, Refusal)
    ((edit),) = edits
    source = found.source.text
    assert body(source[: edit.start] + edit.text + source[edit.end :]) == expected


@pytest.mark.parametrize(
    ("yaml", "name", "expected"),
    [
        ("", "og:site_name", "og:\n  site_name: x\n"),
        ("# c\n", "page:title", "# c\ntitle: x\n"),
        ("title: y\n", "og:image:alt", "title: y\nog:\n  image:\n    alt: x\n"),
        ("og:\n    title: y\nlang: en\n", "og:url", "og:\n    title: y\n    url: x\nlang: en\n"),
        ("og:\n  image: y # c\n", "og:image:alt", "og:\n  image: y # c\n  image_alt: x\n"),
        ("og:\n  image:\n  - url: y\n", "og:image:alt", "og:\n  image:\n  - url: y\n    alt: x\n"),
        ("og: {title: y}\n", "og:site_name", "og: {title: y, site_name: x}\n"),
        ("og: {}\n", "og:site_name", "og: {site_name: x}\n"),
        ("og:\nlang: en\n", "og:url", "og:\n  url: x\nlang: en\n"),
        ("og: # c\nlang: en\n", "og:url", "og: # c\n  url: x\nlang: en\n"),
        # Below these nothing can stand.
        ("{lang: en, og: }\n", "og:url", "{lang: en, og: , og_url: x}\n"),
        ("og: ~\nlang: en\n", "og:url", "og: ~\nlang: en\nog_url: x\n"),
        ("og: &a\nlang: en\n", "og:url", "og: &a\nlang: en\nog_url: x\n"),
        ("? og\n", "og:url", "? og\nog_url: x\n"),
        ("og_title: y\n", "og:site_name", "og_title: y\nog_site_name: x\n"),
        ("og_title: y\n", "twitter:card", "og_title: y\ntwitter_card: x\n"),
        ("og:title: y\n", "og:site_name", "og:title: y\nog:site_name: x\n"),
        ("og:title: y\n", "twitter:card", "og:title: y\ntwitter:card: x\n"),
        ("og-title: y\n", "og:image:alt", "og-title: y\nog-image-alt: x\n"),
        ("ogTitle: y\n", "og:site_name", "ogTitle: y\nogSiteName: x\n"),
        ("ogTitle: y\n", "og:image:alt", "ogTitle: y\nogImageAlt: x\n"),
        ("ogTitle: y\n", "twitter:card", "ogTitle: y\ntwitterCard: x\n"),
        ("openGraphTitle: y\n", "og:url", "openGraphTitle: y\nopenGraphUrl: x\n"),
        ("openGraph:\n  title: y\n", "og:site_name", "openGraph:\n  title: y\n  siteName: x\n"),
        ("og: {siteUrl: y}\n", "og:site_name", "og: {siteUrl: y, siteName: x}\n"),
        ("property=og:title: y\n", "og:url", "property=og:title: y\nproperty=og:url: x\n"),
        ("og:\n  type: |+\n    y\n\nlang: en\n", "og:url",
         "og:\n  type: |+\n    y\n\n  url: x\nlang: en\n"),
    ],
)  # fmt: skip
def test_a_key_is_spelt_as_the_file_spells_its_keys(yaml: str, name: str, expected: str) -> None:
    found = page(yaml, "generic")
    edit = found.insert(name, "x")
    assert not isinstance(edit, Refusal)
    source = found.source.text
    assert body(source[: edit.start] + edit.text + source[edit.end :]) == expected


def test_a_release_nests_its_keys() -> None:
    found = page("og:\n  title: y\nurl: https://x.example/\n")
    edit = found.insert("og:site_name", "x")
    assert not isinstance(edit, Refusal)
    assert edit.text == "\n  site:\n    name: x"


@pytest.mark.parametrize(
    ("key", "written"),
    [("siteUrl", "siteName"), ("site-url", "site-name"), ("site_a", "site_name")],
)
def test_a_release_that_does_not_nest_its_keys_is_left_so(key: str, written: str) -> None:
    found = page(f"og:\n  {key}: y\n", "release")
    edit = found.insert("og:site_name", "x")
    assert not isinstance(edit, Refusal)
    assert edit.text == f"\n  {written}: x"


@pytest.mark.parametrize(
    ("yaml", "name", "text", "reason"),
    [
        ("a: &a x\ntitle: *a\n", "page:title", "y", "through an alias"),
        ("title: &a x\nb: *a\n", "page:title", "y", "aliases elsewhere"),
        ("b: &b {title: x}\nog: *b\n", "og:title", "y", "through an alias"),
        ("title: !!int 12\n", "page:title", "y", "the tag !!int"),
        ("title: ! 12\n", "page:title", "y", "the tag !"),
        ("title: x\n", "page:title", "\ud83d", "half a character"),
        ("{title, lang: en}\n", "page:title", "y", "no colon"),
    ],
)
def test_what_is_not_replaced_says_why(yaml: str, name: str, text: str, reason: str) -> None:
    found = page(yaml)
    one = found.written(name)
    assert one is not None
    refusal = found.replace(one, text)
    assert isinstance(refusal, Refusal)
    assert reason in refusal.reason
    assert isinstance(found.rewrite(one, [(0, 1, text)]), Refusal)


@pytest.mark.parametrize(
    ("yaml", "name", "text", "reason"),
    [
        ("b: &b {title: x}\nog: *b\n", "og:url", "y", "shared"),
        ("og: &b {title: x}\nb: *b\n", "og:url", "y", "shared"),
        ("og:\n  image: [a, b]\n", "og:image:alt", "y", "a list"),
        ("og:\n  url: [a, b]\n", "og:url", "y", "there already"),
        ("head:\n- {property: 'og:title', content: x}\n", "og:url", "y", "in a list"),
        ("title: 'x\n", "og:url", "y", "does not parse"),
        ("title: x\n", "og:url", "\ud83d", "half a character"),
    ],
)
def test_what_is_not_inserted_says_why(yaml: str, name: str, text: str, reason: str) -> None:
    refusal = page(yaml).insert(name, text)
    assert isinstance(refusal, Refusal)
    assert reason in refusal.reason


@pytest.mark.parametrize(
    ("end", "is_refused"),
    [
        ("|\n    x", True),
        (">2+\n    x", True),
        ("|+2\n    x", True),
        ("|-\n    x", False),
        (">2-\n    x", False),
        ("|-2\n    x", False),
        ("|\n    x\n      ", True),
        ("|-\n    x\n      ", True),
        ("|\n    x\n", False),
        ("x", False),
    ],
)
def test_a_text_that_ends_the_file_gets_no_line_end(end: str, is_refused: bool) -> None:
    found = read(Source("a.yaml", f"og:\n  title: {end}"), Options(preset="generic"))
    assert isinstance(found, Page)
    edit = found.insert("og:url", "y")
    assert isinstance(edit, Refusal) is is_refused
    if isinstance(edit, Edit):
        assert edit.text == "\n  url: 'y'"
