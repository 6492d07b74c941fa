"""Input that is meant to crash, or to take forever: each is read, or refused with a finding."""

from __future__ import annotations

import pytest

from ogcheck.page import Page
from ogcheck.readers import Options, read
from ogcheck.source import Source

MANY = 100_000
FORCED = Options(preset="release")


def page(yaml: str, path: str = "a.md") -> Page:
    text = yaml if path.endswith(".yaml") else f"---\n{yaml}\n---\n"
    found = read(Source.from_text(path, text), FORCED)
    assert isinstance(found, Page), found
    return found


DEEP = {
    "lists": "a: " + "[" * MANY,
    "closed lists": "a: " + "[" * MANY + "]" * MANY,
    "mappings": "a: " + "{a: " * MANY,
    "pairs": "a: " + "[a: " * MANY,
    "keys in lists": "a: " + "[? " * MANY,
    "dashes": "a:\n " + "- " * MANY,
    "dashes at the key": "a:\n" + "- " * MANY,
    "questions": "? " * MANY,
    "dashes and questions": "a:\n " + "- ? " * MANY,
    "behind a lone CR": "a:\r " + "- " * MANY,
    "behind U+2028": "b: c\na:\u2028 " + "- " * MANY,
    "behind U+0085": "b: c\na:\x85 " + "? " * MANY,
    "indented": "".join(" " * i + "a:\n" for i in range(2000)),
    "indented lists": "".join(" " * i + f"a:\n{' ' * i}-\n" for i in range(500)),
    "just over": "a: " + "[" * 100 + "]" * 100,
    "half and half": "".join(" " * i + "a:\n" for i in range(60)) + " " * 60 + "[" * 41 + "]" * 41,
    "pairs just over": "a: " + "[a: " * 50 + "]" * 50,
}


@pytest.mark.parametrize("yaml", DEEP.values(), ids=DEEP)
@pytest.mark.parametrize("path", ["a.md", "a.yaml"])
def test_deep_nesting_is_refused(yaml: str, path: str) -> None:
    found = page(yaml, path)
    ((fault),) = found.faults
    assert fault.code == "FM009"
    assert "deeper than 100 levels" in fault.message
    assert found.root is None


@pytest.mark.parametrize(
    "yaml",
    [
        "a: " + "[" * 99 + "]" * 99,
        "".join(" " * i + "a:\n" for i in range(100)),
        'a: "' + "[" * MANY + '"',
        "a: '" + "{" * MANY + "'",
        "a: x" + "[" * MANY,
        "a: |\n  " + "- " * MANY,
        "# " + "[" * MANY + "\na: x",
        "a: x\n# " + "- " * MANY,
        "a:\n" + "- x\n" * 200,
    ],
)
def test_what_only_looks_deep_is_read(yaml: str) -> None:
    found = page(yaml)
    assert not found.faults
    assert "a" in found.data


@pytest.mark.parametrize(
    ("yaml", "message"),
    [
        (
            "a0: &a0 [x, x, x, x, x, x, x, x, x]\n"
            + "".join(f"a{i}: &a{i} [{', '.join([f'*a{i - 1}'] * 9)}]\n" for i in range(1, 30)),
            "more than 20,000 values",
        ),
        ("".join(f"a{i}: x\n" for i in range(MANY)), "more than 20,000 values"),
        ("og: &a\n  title: x\n  more: *a", "endless"),
        ("og: &a [*a]", "endless"),
        ("&a {a: b, c: [*a]}", "endless"),
        ("a: &a {<<: *a}", "endless"),
        (
            "a0: &a0 x\n" + "".join(f"a{i}: &a{i} [*a{i - 1}]\n" for i in range(1, 150)),
            "deeper than 100 levels",
        ),
    ],
    ids=["laughs", "keys", "loop", "list loop", "root loop", "merge loop", "chain"],
)
def test_expansion_is_bounded(yaml: str, message: str) -> None:
    found = page(yaml)
    ((fault),) = found.faults
    assert fault.code == "FM009"
    assert message in fault.message
    assert "a" in found.source.text[fault.start : fault.end] or fault.start > 0


def test_many_anchors_and_aliases() -> None:
    found = page(
        "".join(f"a{i}: &b{i} v{i}\n" for i in range(2000))
        + "".join(f"c{i}: *b{i}\n" for i in range(2000))
    )
    assert not found.faults
    assert found.data["c1999"] == "v1999"
    last = found.at("/c1999")
    assert last is not None
    assert last.alias is not None
    assert found.source.text[slice(*last.alias)] == "*b1999"


@pytest.mark.parametrize("value", ["x" * 5_000_000, '"' + "x" * 5_000_000 + '"'])
def test_a_very_long_value(value: str) -> None:
    found = page("title: " + value)
    one = found.written("page:title")
    assert one is not None
    assert len(one.value) == 5_000_000
    start, end = one.span_of(4_999_999, 5_000_000)
    assert found.source.text[start:end] == "x"
    assert end == one.span.end - (value[0] == '"')


@pytest.mark.parametrize(
    "tag", ["!!python/object/apply:os.system", "!!python/name:os.system", "!x", "!<tag:x,2026:y>"]
)
def test_tags_are_never_obeyed(tag: str) -> None:
    found = page(f"title: {tag} [echo]\nnote: {tag} x")
    assert [f.code for f in found.faults] == ["FM002", "FM002"]
    assert {found.source.text[f.start : f.end] for f in found.faults} == {tag}


@pytest.mark.parametrize(
    ("yaml", "data"),
    [
        (
            "1: a\ntrue: b\n~: c\n2026-01-01: d",
            {"1": "a", "true": "b", "~": "c", "2026-01-01": "d"},
        ),
        ("? a\n: b\n? c", {"a": "b", "c": None}),
        ("? [a, b]\n: c", {"[a, b]": "c"}),
        ("{a, b: c}", {"a": None, "b": "c"}),
        ("title: !!binary aGk=", {"title": "aGk="}),
        ("title: !!set {a, b}", {"title": {"a": None, "b": None}}),
        ("title: a\x85  b", {"title": "a b"}),
        ("title: 'a\u2028  b'", {"title": "a\u2028b"}),
        ('title: "\\0\\ud83d\\udc4d"', None),
        ("title: a\tb", {"title": "a\tb"}),
        ("'': x", {"": "x"}),
        ("a/b~c: x", {"a/b~c": "x"}),
    ],
)
def test_odd_but_legal(yaml: str, data: dict[str, object] | None) -> None:
    found = page(yaml)
    if data is None:
        assert found.unreadable
    else:
        assert found.data == data


@pytest.mark.parametrize("text", ["---\ntitle: x\ud83d\n---\n", "---\ntitle: a\0b\n---\n"])
def test_half_characters_and_nul_are_undecodable(text: str) -> None:
    found = read(Source.from_text("a.md", text))
    assert isinstance(found, Page)
    assert [f.code for f in found.faults] == ["FM006"]


LONG = {
    "spaces in a key": "a" + " " * MANY + "b\n",
    "spaces in a value": "title: x" + " " * MANY + "y: z\n",
    "colons": "a" + ":" * MANY,
    "colons and spaces": "a" + ": " * MANY,
    "quotes": "a: " + "' " * MANY,
    "double quotes": 'a: "b" ' + '"x" ' * MANY,
    "exclamation marks": "a: " + "! " * MANY,
    "blank lines behind an anchor": "a: &a" + " \n" * MANY + "x",
    "spaces behind an anchor": "a: &a" + " " * MANY + "b",
    "blank lines": "\n" * MANY + "a: b",
    "carriage returns": "\r" * MANY + "a: b",
    "fences": "a: |\n" + " ```x\n" * MANY,
    "og": "og\n" * MANY,
    "og and blank lines": "og:" + "\n" * MANY + "x",
    "url": "title: x\n" + "url " * MANY,
    "comments": "# x\n" * MANY + "a: b",
    "dashes": "a: b\n" + "-" * MANY + "\n",
    "white space": "a: b\n" + " \t" * MANY + "\n",
}


@pytest.mark.parametrize("body", LONG.values(), ids=LONG)
@pytest.mark.parametrize(
    "shape", ["---\n{}\n---\n", "---\n{}", "```yaml\n{}\n```\n", "```yaml\n{}", "{}"]
)
@pytest.mark.parametrize("path", ["a.md", "a.yaml"])
def test_repetition_takes_no_longer_than_its_length(body: str, shape: str, path: str) -> None:
    found = read(Source(path, shape.replace("{}", body)), FORCED)
    again = read(Source(path, shape.replace("{}", body)), FORCED)
    assert type(found) is type(again)
    if isinstance(found, Page):
        assert found.root is not None or found.faults or found.block is not None
