"""Files to pages: which are pages, what their keys mean, what is wrong with them."""

from __future__ import annotations

import pytest
import yaml

from ogcheck.page import Page, Refusal
from ogcheck.problem import Finding, Fix
from ogcheck.readers import NotAPage, Options, read
from ogcheck.readers.yaml import Limits
from ogcheck.source import Source


def page(text: str, path: str = "a.md", options: Options | None = None) -> Page:
    found = read(Source.from_text(path, text), options)
    assert isinstance(found, Page), found
    return found


def post(yaml: str) -> str:
    return f"---\n{yaml}\n---\nBody\n"


def cut(page: Page, one: Finding) -> str:
    return page.source.text[one.start : one.end]


# What is a page

RELEASE = (
    "og:\n  title: x\n  image: https://x.example/a.png\n"
    "publish:\n  date: 09:26 26/03/2021\ntitle: x | News\nurl: https://x.example/x/\n"
)


@pytest.mark.parametrize(
    ("path", "text", "preset"),
    [
        ("a.md", post("title: x"), "generic"),
        ("a.md", post(""), "generic"),
        ("README.md", post("layout: home"), "generic"),
        ("a.MD", f"```yaml\n{RELEASE}```\n", "release"),
        ("a.md", f"~~~yml\n{RELEASE}~~~\n", "release"),
        ("a.md", "```yaml\ntitle: x\nurl: https://x.example/\n```\n", "release"),
        ("a.md", "```yaml\nog:\n  title: x\n```\n", "release"),
        ("a.md", "```yaml\ntitle: 'x\nurl: https://x.example/\n```\n", "generic"),
        ("a.md", post("url: https://x.example/\nog:\n  title: x"), "release"),
        ("a.md", post("url: https://x.example/\npublish:\n  date: 26/03/2021"), "release"),
        ("a.md", post("og:\n  title: x\npublish:\n  date: 26/03/2021"), "release"),
        ("a.md", post("url: /x/\npublish:\n  date: 26/03/2021"), "generic"),
        ("a.md", post("url: https://x.example/\npublish: 26/03/2021"), "generic"),
        ("a.yaml", RELEASE, "release"),
        ("a.yml", RELEASE.replace("\n", "\r"), "release"),
        ("a.yml", "\ufeff" + RELEASE, "release"),
        ("a.yaml", "---\n" + RELEASE + "...\n", "release"),
        ("a.yaml", "{title: x, url: 'https://x.example/'}", None),
        ("a.yaml", "title: x\nurl: https://x.example/\n", "generic"),
        ("a.yaml", "og_title: x\n", "generic"),
        ("a.yaml", "og: {title: x}\n", "generic"),
        ("a.yaml", "twitter:\n  card: summary\n", "generic"),
        ("a.yaml", "openGraph:\n  title: x\n", "generic"),
        ("a.yaml", "\ufeffog:\n  title: x", "generic"),
    ],
)
def test_what_is_a_page(path: str, text: str, preset: str | None) -> None:
    found = read(Source.from_text(path, text))
    if preset is None:
        assert isinstance(found, NotAPage)
    else:
        assert isinstance(found, Page), found
        assert found.preset.name == preset


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("README.md", "# ogcheck\n\n```yaml\nog:\n  title: x\n```\n"),
        ("README.md", "```yaml\nrepos:\n- repo: https://x.example/\n  rev: v1\n```\n"),
        ("README.md", "```yaml\non: push\njobs: {}\n\nNever closed\n"),
        ("a.md", "Body\n"),
        (".github/workflows/ci.yml", "name: CI\non: [push]\njobs:\n  a:\n    steps: []\n"),
        ("docker-compose.yml", "services:\n  web:\n    image: nginx\n    ports: ['80:80']\n"),
        ("mkdocs.yml", "site_name: x\nog:\n  title: x\n"),
        ("docs/_config.yml", "title: x\nurl: https://x.example\ntwitter:\n  username: y\n"),
        ("k8s.yaml", "kind: Service\nmetadata: {name: a}\n---\nkind: Pod\n"),
        ("openapi.yaml", "openapi: 3.0.0\ninfo:\n  title: x\nservers:\n- url: https://x.example\n"),
        ("api.yml", "openapi: 3.0.0\ninfo:\n  title: x\nservers:\n- url: https://x.example\n"),
        ("chart.yaml", "a: {{ .Values.a }}\n"),
        ("list.yaml", "- og:title: x\n"),
        ("data.yaml", "og: 1\n"),
        ("data.yaml", "title: 'x\nurl: https://x.example/\n"),
        ("data.yaml", "article: the\n"),
        ("empty.yaml", ""),
        ("nul.yaml", "a\0b"),
        ("archetypes/post.md", "---\ntitle: {{ .Name }}: x\n---\n"),
        ("a.md", "---\ntitle: {{ title }\n---\n"),
    ],
)
def test_what_is_passed_over(path: str, text: str) -> None:
    found = read(Source.from_text(path, text))
    assert isinstance(found, NotAPage), found.properties
    assert found.reason


@pytest.mark.parametrize(
    ("path", "yaml", "reason"),
    [
        ("a.md", "draft: true", "it is a draft"),
        ("a.md", "published: no\n", None),
        ("a.md", "published: false", "it is not published"),
        ("a.md", "publish:\n  date: x", None),
        ("a.md", "redirect_to: /a", "it is a redirect"),
        ("a.md", "redirect_to: [/a]", "it is a redirect"),
        ("a.md", "redirect: false", None),
        ("a.md", "layout: redirect", "its layout is redirect"),
        ("a.md", "noindex: true", "it is noindex"),
        ("a.md", "robots: 'noindex, follow'", "it is noindex"),
        ("a.md", "permalink: /404.html", "it is an error page"),
        ("404.md", "title: x", "it is an error page"),
        ("404.en.md", "title: x", "it is an error page"),
        ("404s.md", "title: x", None),
        ("_includes/a.md", "title: x", "it lies in _includes"),
        ("a.md", "title: draft", None),
    ],
)
def test_what_is_asked_for_nothing(path: str, yaml: str, reason: str | None) -> None:
    assert page(post(yaml), path).exempt == reason


# What keys mean


@pytest.mark.parametrize(
    "yaml",
    [
        "og:\n  site:\n    name: x",
        "og: {site_name: x}",
        "og_site_name: x",
        "og:site_name: x",
        "og.site.name: x",
        "og-site-name: x",
        "ogSiteName: x",
        "openGraph:\n  siteName: x",
        "openGraph.siteName: x",
        '"property=og:site_name": x',
        '"name=og:site_name": x',
        '"itemprop=og:site_name": x',
        "head:\n- property: og:site_name\n  content: x",
        "head:\n- tag: meta\n  attrs:\n    property: og:site_name\n    content: x",
        "head:\n  - [meta, {property: 'og:site_name', content: x}]",
        "head:\n- - meta\n  - content: x\n    name: OG:SITE_NAME",
        "d: &d {site_name: x}\nog: {<<: *d}",
        "og: {site_name: y}\nog: {site_name: x}",
    ],
)
def test_every_spelling_means_the_name(yaml: str) -> None:
    ((one),) = page(post(yaml)).all("og:site_name")
    assert one.value == "x"


@pytest.mark.parametrize(
    ("yaml", "found"),
    [
        ("head:\n- [link, {rel: canonical, href: /x}]\n- [meta, {name: robots, content: x}]", []),
        ("head: x", []),
        ("seo:\n  og:\n    title: x", []),
        ("url: /about/", []),
        ("url: https://x.example/", [("page:canonical", ())]),
        ("og:\n  image: a", [("og:image", ())]),
        ("og:\n  image: [a, b]", [("og:image", (0,)), ("og:image", (1,))]),
        (
            "og:\n  image:\n  - url: a\n    alt: b\n  - src: c",
            [("og:image:url", (0,)), ("og:image:alt", (0,)), ("og:image:url", (1,))],
        ),
        ("og_image: a\nog_image_alt: b", [("og:image", ()), ("og:image:alt", ())]),
        ("image:\n  path: a", [("page:image", ())]),
        ("article:\n  tag: [a, b]", [("article:tag", (0,)), ("article:tag", (1,))]),
        ("og: [[a]]", []),
    ],
)
def test_names_and_groups(yaml: str, found: list[tuple[str, tuple[int, ...]]]) -> None:
    assert [(p.name, p.group) for p in page(post(yaml)).properties] == found


def test_what_is_in_no_vocabulary_is_a_stray() -> None:
    found = page(post("og:\n  tittle: x\n  title: y\ntwitter_crad: z\nblog: {title: z}"))
    assert [p.name for p in found.strays] == ["og:tittle", "twitter:crad"]
    assert [p.name for p in found.properties] == ["og:title"]


# Kinds, and what is merged or shared


@pytest.mark.parametrize(
    ("written", "kind", "data"),
    [
        ("x", "string", "x"),
        ("'12'", "string", "12"),
        ("12", "number", 12),
        ("1_000", "number", 1000),
        ("010", "number", 8),
        ("0x1F", "number", 31),
        ("12:30", "number", 750),
        ("1.5", "number", 1.5),
        (".inf", "number", ".inf"),
        ("1e3", "string", "1e3"),
        ("yes", "boolean", True),
        ("off", "boolean", False),
        ("~", "null", None),
        ("", "null", None),
        ("2026-11-19", "timestamp", "2026-11-19"),
        ("2017-02-29", "timestamp", "2017-02-29"),
        ("2026-11-19 08:30", "string", "2026-11-19 08:30"),
        ("!!str 12", "string", "12"),
        ("!!binary aGk=", "string", "aGk="),
        ("!!int x", "number", "x"),
        ("=", "string", "="),
    ],
)
def test_kinds_and_data(written: str, kind: str, data: object) -> None:
    found = page(post(f"title: {written}"))
    assert found.properties[0].kind == kind
    assert found.data == {"title": data}
    assert not found.faults


@pytest.mark.parametrize("escape", [*'0abtnvfre "/\\N_LP', "\t", "x07", "u20ac", "U0001f309"])
def test_an_escape_of_yaml_is_one_character(escape: str) -> None:
    written = f'"a\\{escape}b"'
    found = page(post(f"title: {written}"))
    (one,) = found.properties
    assert one.value == yaml.safe_load(written)
    assert found.source.text[slice(*one.span_of(1, 2))] == f"\\{escape}"
    # And it is written as people write it: by its letter, if it needs one.
    edit = found.replace(one, one.value + "!")
    assert not isinstance(edit, Refusal)
    assert yaml.safe_load(edit.text) == one.value + "!"
    assert (f"\\{escape}" in edit.text) is (escape in [*'0abtnvfre"\\'])


def test_timestamps_are_gathered_wherever_they_stand() -> None:
    found = page(
        post("date: 2017-02-29\nextra: [2026-01-01, '2026-01-02']\nb: &b {c: 2026-01-03}\nd: *b")
    )
    assert [node.value for node in found.timestamps] == ["2017-02-29", "2026-01-01", "2026-01-03"]


@pytest.mark.parametrize(
    ("yaml", "value", "alias"),
    [
        ("note: &t x\n# *t\ntitle: *t", "x", "*t"),
        ("note: &t x # *t\nother: '*t'\ntitle:  *t # *t", "x", "*t"),
        ("a: &a y\nb: &t x\nc: [*a, *t]\ntitle: *t", "x", "*t"),
        ("&t x: y\ntitle: *t", "x", "*t"),
    ],
)
def test_an_alias_is_shown_at_its_anchor(yaml: str, value: str, alias: str) -> None:
    found = page(post(yaml))
    one = found.written("page:title")
    assert one is not None
    assert one.value == value
    assert found.source.text[slice(*one.span)] == value
    assert one.alias is not None
    assert found.source.text[slice(*one.alias)] == alias
    assert one.alias.start > found.source.text.index("title: ")


def test_merge_keys_bring_in_what_is_not_there() -> None:
    found = page(post(
        "a: &a {title: a, lang: a, author: a}\nb: &b {title: b, lang: b, date: b}\n"
        "<<: [*a, *b]\ntitle: own"
    ))  # fmt: skip
    assert not found.faults
    values = {name: found.data[name] for name in ("title", "lang", "author", "date")}
    assert values == {"title": "own", "lang": "a", "author": "a", "date": "b"}


# What is wrong


@pytest.mark.parametrize(
    ("yaml", "place", "message", "advice", "fixed"),
    [
        ("title: Update: x", (2, 14), "holds a colon", "in quotes", "title: 'Update: x'"),
        ("title:\tOn: x", (2, 10), "holds a colon", "in quotes", "title:\t'On: x'"),
        ("title: it's: x", (2, 12), "holds a colon", "in quotes", "title: 'it''s: x'"),
        ("og: x: y", (2, 6), "holds a colon", "in quotes", None),
        ("title: a: b # c", (2, 9), "holds a colon", "in quotes", None),
        ("title: x\n author: y", (3, 8), "indentation", "Align", None),
        ("title: x\n\tauthor: y", (3, 1), "A tab", "spaces", None),
        ("title: 'x", (2, 8), "never closed", "Close it", None),
        ('title: "x\nauthor: y', (2, 8), "never closed", "Close it", None),
        ("title: @x", (2, 8), "cannot begin with @", "in quotes", "title: '@x'"),
        ("title: `x`", (2, 8), "cannot begin with `", "in quotes", "title: '`x`'"),
        ("title: %x", (2, 8), "cannot begin with %", "in quotes", "title: '%x'"),
        ("title: ]x", (2, 8), "cannot begin with ]", "in quotes", "title: ']x'"),
        ("title: ? x", (2, 8), "cannot begin with ?", "in quotes", "title: '? x'"),
        ("title: *", (2, 8), "cannot begin with *", "in quotes", "title: '*'"),
        ("title: & x", (2, 8), "cannot begin with &", "in quotes", "title: '& x'"),
        ("title: [A] b", (2, 8), "cannot begin with [", "in quotes", "title: '[A] b'"),
        ("title: {A} b", (2, 8), "cannot begin with {", "in quotes", "title: '{A} b'"),
        ("title: [a], b", (2, 8), "cannot begin with [", "in quotes", None),
        ("title: !A! b", (2, 8), "cannot begin with !", "in quotes", "title: '!A! b'"),
        ("title: a b:", (2, 11), "ends in a colon", "in quotes", "title: 'a b:'"),
        ("title: *x", (2, 8), "names an anchor", "in quotes", "title: '*x'"),
        ("title: - x", (2, 8), "list item", "in quotes", "title: '- x'"),
        ('title: "a\\q"', (2, 10), "backslash", "single quotes", None),
        ('title: "a\\xZZ"', (2, 12), "backslash", "single quotes", None),
        ('title: "a" b', (2, 12), "closing quotation mark", "whole value", None),
        ('title: "a": b', (2, 11), "closing quotation mark", "whole value", None),
        ("title: x\nauthor\ndate: y", (3, 1), "neither a key", "key: value", None),
        ("title: [a, b\nauthor: x", (2, 8), "[ that opens", "Close it", None),
        ("og: {title: x", (2, 5), "{ that opens", "Close it", None),
        ("{title: x}}", (2, 11), "behind the end", "Remove", None),
        ("og:\n    title: x\n  type: y", (4, 3), "does not fit", "Align", None),
        ("title: | x\n  y", (2, 10), "block of text", "next line", None),
        ("title: a\x07b", (2, 9), "U+0007", "Remove it", None),
        ("title: !x y", (2, 8), "The tag !x", "Remove the tag", None),
        ("? [a]\n: b", (2, 3), "where a key should", "Quote the key", None),
        ("title: x\n<<: y", (3, 5), "Only a mapping", "alias to a mapping", None),
    ],
)
def test_syntax_faults_are_explained(
    yaml: str, place: tuple[int, int], message: str, advice: str, fixed: str | None
) -> None:
    found = page(post(yaml))
    ((fault),) = found.faults
    assert fault.code == "FM002"
    assert found.source.position(fault.start) == place
    assert message in fault.message
    assert fault.help is not None
    assert advice in fault.help
    if fixed is None:
        assert fault.fix is None
        return
    assert isinstance(fault.fix, Fix)
    ((edit),) = fault.fix.edits
    text = found.source.text
    after = page(text[: edit.start] + edit.text + text[edit.end :])
    assert after.source.text == post(fixed)
    assert not after.faults
    assert after.written("page:title")


def test_a_second_document_in_a_data_file() -> None:
    found = page("og:\n  title: x\n---\ntitle: y\n", "a.yaml")
    ((fault),) = found.faults
    assert fault.code == "FM002"
    assert "second document" in fault.message
    assert found.source.position(fault.start) == (3, 1)


@pytest.mark.parametrize(
    ("yaml", "key", "places"),
    [
        ("title: x\nauthor: y\ntitle: z", "title", ((4, 1), (2, 1))),
        ("og: {type: x, 'type': y}", "'type'", ((2, 15), (2, 6))),
        ("og:\n  title: x\n  &a title: y", "title", ((4, 6), (3, 3))),
    ],
)
def test_duplicate_keys(yaml: str, key: str, places: tuple[tuple[int, int], ...]) -> None:
    found = page(post(yaml))
    ((fault),) = found.faults
    ((first),) = fault.related
    assert fault.code == "FM003"
    assert cut(found, fault) == key
    assert tuple(found.source.position(at) for at in (fault.start, first.start)) == places
    assert not found.unreadable


@pytest.mark.parametrize(
    ("path", "data", "code", "message", "span"),
    [
        ("a.md", b"---\n# x\n- a\n- b\n---\n", "FM004", "a list", "- a"),
        ("a.md", b"---\n&a title\n# x: y\n---\n", "FM004", "a single value", "title"),
        ("a.md", b"---\ntitle: x\n", "FM005", "never closed", "---"),
        ("a.md", b"```yaml\nog:\n  title: x\n", "FM005", "with ```", "```yaml"),
        ("a.md", b"---\ntitle: \xff\n---\n", "FM006", "Byte 11 (0xFF)", "\udcff"),
        ("a.md", b"---\ntitle: \0\n---\n", "FM006", "Byte 11 is NUL", "\0"),
        ("a.md", "\ufeff---\ntitle: x\n---\n".encode("utf-16-le"), "FM006", "UTF-16", "-"),
        ("a.yaml", b"og:\n  title: \xff\n", "FM006", "Byte 13 (0xFF)", "\udcff"),
    ],
)
def test_other_faults(path: str, data: bytes, code: str, message: str, span: str) -> None:
    found = read(Source.from_bytes(path, data))
    assert isinstance(found, Page), found
    ((fault),) = found.faults
    assert (fault.code, cut(found, fault)) == (code, span)
    assert message in fault.message
    assert found.unreadable


@pytest.mark.parametrize(
    ("limits", "message", "option"),
    [
        (Limits(size=10), "over the limit of 10", "max-size"),
        (Limits(depth=1), "deeper than 1 levels", "max-depth"),
        (Limits(nodes=3), "more than 3 values", "max-nodes"),
    ],
)
def test_limits(limits: Limits, message: str, option: str) -> None:
    found = page(post("og: {title: x, type: y}"), options=Options(limits=limits))
    ((fault),) = found.faults
    assert fault.code == "FM009"
    assert message in fault.message
    assert fault.help is not None
    assert option in fault.help
    assert found.unreadable
    assert not found.properties


@pytest.mark.parametrize(
    "path",
    [".pre-commit-config.yaml", "site/.gitlab-ci.yml", ".github/workflows/ci.yml",
     "a/.circleci/config.yml", "_config.yml", "Docker-Compose.yml"],
)  # fmt: skip
def test_a_preset_for_all_makes_no_pages_of_configurations(path: str) -> None:
    """Not even of one that holds what looks like share metadata."""
    found = read(Source(path, "og:\n  title: x\n"), Options(preset="release"))
    assert isinstance(found, NotAPage)
    assert isinstance(read(Source("news/a.yml", "og:\n  title: x\n")), Page)
