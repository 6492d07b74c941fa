"""JSON: what is read from it and where, what is wrong with it in plain words, how it is written."""

from __future__ import annotations

import pytest

from ogcheck.page import Page, Refusal
from ogcheck.problem import Finding
from ogcheck.readers import NotAPage, Options, read
from ogcheck.readers.reading import Limits
from ogcheck.source import Source

MANY = 100_000


def page(json: str) -> Page:
    found = read(
        Source.from_text("a.md", f"---json\n{json}\n---\nBody\n"), Options(preset="generic")
    )
    assert isinstance(found, Page), found
    return found


def body(text: str) -> str:
    return text.removeprefix("---json\n").removesuffix("\n---\nBody\n")


def fault(json: str) -> Finding:
    found = page(json)
    ((one),) = found.faults
    assert found.unreadable
    assert found.data == {}
    return one


def placed(found: Page, one: Finding) -> tuple[int, int, str]:
    position = found.source.position(one.start)
    return position.line, position.column, found.source.text[one.start : one.end]


# Reading


@pytest.mark.parametrize(
    ("json", "value", "kind"),
    [
        ('"x"', "x", "string"),
        ('""', "", "string"),
        (r'"a\"\\\/\b\f\n\r\t\u00e9"', 'a"\\/\b\f\n\r\té', "string"),
        (r'"\ud83d\ude00!"', "😀!", "string"),
        ("-1.5E+3", "-1.5E+3", "number"),
        ("true", "true", "boolean"),
        ("null", "null", "null"),
    ],
)
def test_every_kind_of_value(json: str, value: str, kind: str) -> None:
    found = page(f'{{"title" : {json} }}')
    one = found.written("page:title")
    assert one is not None
    assert (one.value, one.kind) == (value, kind)
    assert found.source.text[slice(*one.span)] == json
    assert found.source.text[slice(*one.key_span)] == '"title"'


OBJECT = """\
{
  "title": "t", "og": {"image": [{"url": "u"}, {"url": "v", "alt": "a"}],
    "t\\u0069tle": "s"},
  "a/b": [[], {}, 1]
}"""


@pytest.mark.parametrize(
    ("before", "json", "after"),
    [
        ("", OBJECT, "\nBody }\n"),
        ("\ufeff\n", OBJECT, ""),
        ("---json\n", OBJECT, "\n---\n"),
        (";;;", OBJECT[1:-1], ";;;\n"),
        ("```json\n", OBJECT, "\n```\n"),
        ("---json\r\n", OBJECT.replace("\n", "\r\n"), "\r\n---\r\n"),
    ],
)
def test_the_same_object_between_any_fences(before: str, json: str, after: str) -> None:
    found = read(Source("a.md", before + json + after))
    assert isinstance(found, Page)
    assert found.data == {
        "title": "t",
        "og": {"image": [{"url": "u"}, {"url": "v", "alt": "a"}], "title": "s"},
        "a/b": [[], {}, 1],
    }
    text = found.source.text
    shown = [(p.name, p.pointer, p.group, text[slice(*p.key_span)], text[slice(*p.span)])
             for p in found.properties]  # fmt: skip
    assert shown == [
        ("page:title", "/title", (), '"title"', '"t"'),
        ("og:image:url", "/og/image/0/url", (0,), '"url"', '"u"'),
        ("og:image:url", "/og/image/1/url", (1,), '"url"', '"v"'),
        ("og:image:alt", "/og/image/1/alt", (1,), '"alt"', '"a"'),
        ("og:title", "/og/title", (), '"t\\u0069tle"', '"s"'),
    ]
    node = found.at("/og/image/1")
    assert node is not None
    assert text[slice(*node.span)] == '{"url": "v", "alt": "a"}'
    node = found.at("/a~1b/1")
    assert node is not None
    assert text[slice(*node.span)] == "{}"
    assert after.endswith(text[found.body.start :])


def test_parts_of_a_value_are_placed_through_escapes() -> None:
    found = page(r'{"title": "a\u0026amp;\ud83d\ude00\n!"}')
    one = found.written("page:title")
    assert one is not None
    assert one.value == "a&amp;😀\n!"
    text = found.source.text
    assert text[slice(*one.span_of(1, 6))] == r"\u0026amp;"
    assert text[slice(*one.span_of(6, 7))] == r"\ud83d\ude00"
    assert text[slice(*one.span_of(8, 9))] == "!"


@pytest.mark.parametrize("pair", [r"\ud800\udc00", r"\udbff\udfff"])
def test_two_escapes_that_are_one_character_have_one_place(pair: str) -> None:
    found = page(f'{{"title": "a{pair}b"}}')
    one = found.written("page:title")
    assert one is not None
    assert found.source.text[slice(*one.span_of(1, 2))] == pair
    assert found.source.text[slice(*one.span_of(2, 3))] == "b"


@pytest.mark.parametrize(
    ("name", "text", "reason"),
    [
        (
            "a.json",
            '{"name": "x", "twitter": "@x", "url": "https://x.example/"}',
            "no share metadata",
        ),
        ("package.json", '{"og": {"title": "x"}}', "configuration"),
        ("PACKAGE.JSON", '{"title": "x", "url": "https://x.example/"}', "configuration"),
        ("tsconfig.json", "{// a comment\n}", "configuration"),
        ("a.json", '[{"og": {"title": "x"}}]', "not a mapping"),
        ("a.json", '{"title": "x", "links": {"url": "https://x.example/"}}', "no share metadata"),
        ("a.json", '{"title": "x", "url": "https://x.example/",}', "does not parse"),
        ("a.json", "", "no share metadata"),
    ],
)
def test_which_files_are_no_pages(name: str, text: str, reason: str) -> None:
    found = read(Source(name, text))
    assert isinstance(found, NotAPage)
    assert reason in found.reason


@pytest.mark.parametrize(
    "text",
    ['{"$schema": "x", "title": "x", "properties": {"og": {"type": "object"}}}', '["og:title"]',
     '{"version": 1, "problems": [{"property": "og:title"}]}', '{"og": {"title": "x",}'],
)  # fmt: skip
def test_a_preset_for_all_makes_no_pages_of_other_data(text: str) -> None:
    found = read(Source("a.json", text), Options(preset="release"))
    assert isinstance(found, NotAPage) or found.unreadable
    assert isinstance(found, Page) is text.startswith('{"og"')


@pytest.mark.parametrize(
    "text",
    ['{"og": {"title": "x"}}', '{"og":{"title":"x"}}', '{"og:title": "x"}', '{"og_title": "x"}',
     '{"title": "x", "url": "https://x.example/"}', '{"a": 1, "twitter" : {"card": "summary"}}'],
)  # fmt: skip
def test_which_data_files_are_pages(text: str) -> None:
    assert isinstance(read(Source("a.json", text)), Page)
    assert isinstance(read(Source("a.md", f"```json\n{text}\n```\n")), Page)


# What is wrong


@pytest.mark.parametrize(
    ("json", "message", "advice", "place"),
    [
        ('{"a": 1,}', "comma has nothing behind it", "comma out", (2, 8, ",")),
        ('{\n"a": [1, 2,\n]\n}', "comma has nothing behind it", "comma out", (3, 11, ",")),
        ('{"a": 1 // c\n}', "comment", "JSON has none", (2, 9, "/")),
        ('{"a": 1, /* c */ "b": 2}', "comment", "JSON has none", (2, 10, "/")),
        ('{\n# c\n"a": 1}', "comment", "JSON has none", (3, 1, "#")),
        ("{'a': 1}", "' stands where", 'Write "', (2, 2, "'")),
        ("{\"a\": 'x'}", "' stands where", 'Write "', (2, 7, "'")),
        ('{“a”: 1}', "“ stands where", 'Write "', (2, 2, "“")),
        ("{a: 1}", "key has no quotation marks", '"key": value', (2, 2, "a")),
        ('{"a": x}', "text has no quotation marks", 'in "', (2, 7, "x")),
        ('{"a": True}', "True is no value in JSON", "Write true", (2, 7, "T")),
        ('{"a": None, "b": 1}', "None is no value in JSON", "Write null", (2, 7, "N")),
        ('{"a": NaN}', "NaN is no value in JSON", "null", (2, 7, "N")),
        ('{"a": "NaN", "b": -Infinity}', "-Infinity is no value", "null", (2, 19, "-")),
        ('{"a": }', "value is missing", '""', (2, 7, "}")),
        ('{"a" 1}', "no colon", "colon", (2, 6, "1")),
        ('{"a": 1 "b": 2}', "comma is missing", '\\"', (2, 9, '"')),
        ('{"a": "x "y" z"}', "quotation mark inside a string", '\\"', (2, 11, "y")),
        ('{"a": "x\n"}', "line break stands inside a string", "\\n", (2, 8, "x")),
        ('{"a": "x\ty"}', "tab stands inside a string", "\\t", (2, 9, "\t")),
        ('{"a": "\\x"}', "backslash", "\\\\", (2, 8, "\\")),
        ('{"a": 1} x', "behind its end", "Leave it out", (2, 10, "x")),
        ('{"a": 1}}', "behind its end", "Leave it out", (2, 9, "}")),
        ('{"a": "\\ud83d"}', "half a character", "both of its escapes", (2, 8, "\\ud83d")),
        ('{"a": "\\ude00\\ud83d"}', "half a character", "both", (2, 8, "\\ude00")),
        (f'{{"a": "{"9" * 5000}", "b": {"9" * 5000}}}', "more digits", "quotation marks", None),
        ('{"a": 01}', "comma is missing", "", (2, 8, "1")),
        ('{"a"', "colon", "", (2, 4, '"')),
    ],
)  # fmt: skip
def test_a_slip_is_told_in_plain_words(
    json: str, message: str, advice: str, place: tuple[int, int, str] | None
) -> None:
    one = fault(json)
    assert one.code == "FM002"
    assert message in one.message
    assert one.help is not None
    assert advice in one.help
    if place is not None:
        assert placed(page(json), one) == place


def test_escapes_that_belong_together_are_no_halves() -> None:
    found = page(r'{"a": "\\ud83d \ud83d\ude00 \uD83D\uDE00"}')
    assert found.data == {"a": "\\ud83d 😀 😀"}


def test_what_stands_twice_is_shown_in_both_places() -> None:
    found = page('{"og": {"title": "x",\n"t\\u0069tle": "y"}, "og": 1}')
    text = found.source.text
    assert [(f.code, text[f.start : f.end]) for f in found.faults] == [
        ("FM003", '"t\\u0069tle"'),
        ("FM003", '"og"'),
    ]
    assert [found.source.position(f.related[0].start) for f in found.faults] == [(2, 9), (2, 2)]
    assert found.data == {"og": 1}
    assert not found.unreadable


@pytest.mark.parametrize(
    ("json", "mended"),
    [
        ('{"a": [1, 2,], "b": ","}', '{"a": [1, 2], "b": ","}'),
        ('{"a": 1, }', '{"a": 1 }'),
        ('{"a": 1,, "b": 2}', '{"a": 1, "b": 2}'),
        ('{"a": [1,], "b": [1,]}', None),
        ('{"a": [,]}', None),
        ('{"a": 1, // c\n}', None),
    ],
)
def test_a_comma_is_left_out_where_that_alone_helps(json: str, mended: str | None) -> None:
    one = fault(json)
    if mended is None:
        assert one.fix is None
        return
    assert one.fix is not None
    ((edit),) = one.fix.edits  # type: ignore[union-attr]
    source = page(json).source.text
    assert body(source[: edit.start] + edit.text + source[edit.end :]) == mended


def test_a_comma_is_left_out_without_braces() -> None:
    found = read(Source("a.md", ';;;\n"a": 1,\n;;;\n'))
    assert isinstance(found, Page)
    ((one),) = found.faults
    assert one.fix is not None
    assert [(e.start, e.end) for e in one.fix.edits] == [(10, 11)]  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ('{\n  "title": "x"\n\nBody\n', "FM005"),
        ('---json\n{"title": "x"}\n', "FM005"),
        (';;;\n"title": "x"\n', "FM005"),
        ("---json\n[1]\n---\n", "FM004"),
        ('---json\n"x"\n---\n', "FM004"),
        ('{"title": "\0"}\n', "FM006"),
        ('{"title": "\ud83d"}\n', "FM006"),
    ],
)
def test_other_faults_of_reading(text: str, code: str) -> None:
    found = read(Source.from_text("a.md", text))
    assert isinstance(found, Page)
    assert [f.code for f in found.faults] == [code]
    assert found.unreadable


# Size


@pytest.mark.parametrize(
    "json",
    ["[" * MANY, "[" * MANY + "]" * MANY, '{"a": ' * MANY, '{"a": [' * MANY,
     '{"a": ' + "[" * 100 + "]" * 100 + "}"],
)  # fmt: skip
def test_deep_nesting_is_refused(json: str) -> None:
    one = fault(json)
    assert one.code == "FM009"
    assert one.end - one.start == 1
    assert "deeper than 100 levels" in one.message


@pytest.mark.parametrize(
    "json",
    ['{"a": ' + "[" * 99 + "]" * 99 + "}", '{"a": "' + "[" * MANY + '"}',
     '{"a": [' + "[]," * 500 + "[]]}", '{"a": "' + '\\"{' * MANY + '"}'],
)  # fmt: skip
def test_what_only_looks_deep_is_read(json: str) -> None:
    found = page(json)
    assert not found.faults
    assert found.data


@pytest.mark.parametrize(
    "json",
    ['{"a": [' + "1," * 50_000 + "1]}",
     "{" + ",".join(f'"a{i}": 1' for i in range(30_000)) + "}"],
)  # fmt: skip
def test_many_values_are_refused(json: str) -> None:
    one = fault(json)
    assert one.code == "FM009"
    assert "more than 20,000 values" in one.message


def test_limits_are_options() -> None:
    for limits, option in ((Limits(depth=2), "max-depth"), (Limits(nodes=4), "max-nodes")):
        found = read(
            Source("a.md", '{"a": [[1, 2, 3]]}\n'), Options(preset="generic", limits=limits)
        )
        assert isinstance(found, Page)
        ((one),) = found.faults
        assert one.code == "FM009"
        assert one.help is not None
        assert f"rules.FM009.{option}" in one.help


@pytest.mark.parametrize(
    "json",
    ['"' * MANY, '{"a": "' + '\\"' * MANY, '{"a": "' + "\\" * MANY, "{" + "," * MANY, "-" * MANY,
     "{" + " " * MANY, '{"a": ' + "1" * MANY + "}", '{"a": ' + "1." * MANY, '{"a":1}' * MANY,
     '{"' + "a" * MANY, "NaN" * MANY, '{"a": "' + "\\ud83d" * MANY + '"}', "//" * MANY],
)  # fmt: skip
def test_repetition_takes_no_longer_than_its_length(json: str) -> None:
    one = fault(json)
    assert one.code in ("FM002", "FM009")


@pytest.mark.parametrize(
    "text",
    ["---json\n---\n", "---json\n \n---\n", ";;;\n;;;\n", "---json\n{}\n---\n", ";;;\n\n;;;\n"],
)
def test_nothing_is_an_empty_page(text: str) -> None:
    found = read(Source("a.md", text))
    assert isinstance(found, Page)
    assert not found.faults
    assert found.data == {}


# Writing


@pytest.mark.parametrize(
    ("json", "text", "expected"),
    [
        ('{"title": "x" }', 'y "z" \\', '{"title": "y \\"z\\" \\\\" }'),
        ('{"title": "x"}', "a\nb\t\x00\x7f", '{"title": "a\\nb\\t\\u0000\x7f"}'),
        ('{"title": "x"}', "é😀", '{"title": "é😀"}'),
        ('{"title": "\\u00e9"}', "é😀", '{"title": "\\u00e9\\ud83d\\ude00"}'),
        ('{"title": 12}', "y", '{"title": "y"}'),
        ('{"title": null}', "null", '{"title": "null"}'),
        ('{"title": true}', "", '{"title": ""}'),
    ],
)
def test_a_value_is_replaced(json: str, text: str, expected: str) -> None:
    found = page(json)
    edit = found.replace(found.properties[0], text)
    assert not isinstance(edit, Refusal)
    source = found.source.text
    assert body(source[: edit.start] + edit.text + source[edit.end :]) == expected


@pytest.mark.parametrize(
    ("json", "old", "new", "expected"),
    [
        ('{"title": "a &amp; \\u201C"}', "&amp;", "&", '{"title": "a & \\u201C"}'),
        ('{"title": "a &quot;"}', "&quot;", '"', '{"title": "a \\""}'),
        ('{"title": "\\ud83d\\ude00 &amp;"}', "😀 ", "", '{"title": "&amp;"}'),
        ('{"title": 12}', "1", "x", '{"title": "x2"}'),
    ],
)
def test_parts_are_rewritten_where_they_stand(json: str, old: str, new: str, expected: str) -> None:
    found = page(json)
    one = found.properties[0]
    at = one.value.index(old)
    edits = found.rewrite(one, [(at, at + len(old), new)])
    assert not isinstance(edits, Refusal)
    ((edit),) = edits
    source = found.source.text
    assert body(source[: edit.start] + edit.text + source[edit.end :]) == expected


@pytest.mark.parametrize(
    ("json", "name", "expected"),
    [
        ("{}", "page:title", '{"title": "x"}'),
        ("{\n}", "page:title", '{\n  "title": "x"\n}'),
        ("{}", "og:url", '{"og": {"url": "x"}}'),
        ('{"title": "y"}', "og:url", '{"title": "y", "og": {"url": "x"}}'),
        ('{"title": "y" }', "page:lang", '{"title": "y", "lang": "x" }'),
        ('{\n  "a": 1\n}', "page:title", '{\n  "a": 1,\n  "title": "x"\n}'),
        ('{\n\t"a": 1\n}', "og:image:alt",
         '{\n\t"a": 1,\n\t"og": {\n\t\t"image": {\n\t\t\t"alt": "x"\n\t\t}\n\t}\n}'),
        ('{\n    "og": {\n        "title": "y"\n    },\n    "a": 1\n}', "og:url",
         '{\n    "og": {\n        "title": "y",\n        "url": "x"\n    },\n    "a": 1\n}'),
        # A level is indented as one that is there, not as the first is from the edge.
        ('{\n  "a": {\n      "b": 1\n  }\n}', "og:url",
         '{\n  "a": {\n      "b": 1\n  },\n  "og": {\n      "url": "x"\n  }\n}'),
        ('{\n  "og": {"title": "y"}\n}', "og:url", '{\n  "og": {"title": "y", "url": "x"}\n}'),
        ('{\n  "og": {}\n}', "og:url", '{\n  "og": {"url": "x"}\n}'),
        ('{\n  "og": null\n}', "og:url", '{\n  "og": {\n    "url": "x"\n  }\n}'),
        ('{"og": null}', "og:url", '{"og": {"url": "x"}}'),
        ('{\n  "og": {"image": "y"}\n}', "og:image:alt",
         '{\n  "og": {"image": "y", "image_alt": "x"}\n}'),
        ('{"og": {"image": [{"url": "y"}]}}', "og:image:alt",
         '{"og": {"image": [{"url": "y", "alt": "x"}]}}'),
        ('{\n  "og_title": "y"\n}', "og:url", '{\n  "og_title": "y",\n  "og_url": "x"\n}'),
        ('{"og:title": "y"}', "og:url", '{"og:title": "y", "og:url": "x"}'),
        ('{"openGraph": {"title": "y"}}', "og:site_name",
         '{"openGraph": {"title": "y", "siteName": "x"}}'),
    ],
)  # fmt: skip
def test_a_key_goes_into_its_object(json: str, name: str, expected: str) -> None:
    found = page(json)
    edit = found.insert(name, "x")
    assert not isinstance(edit, Refusal)
    source = found.source.text
    assert body(source[: edit.start] + edit.text + source[edit.end :]) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (';;;\n"a": 1\n;;;\n', ';;;\n"a": 1,\n"title": "x"\n;;;\n'),
        (';;;\r\n  "a": 1\r\n;;;\r\n', ';;;\r\n  "a": 1,\r\n  "title": "x"\r\n;;;\r\n'),
        (";;;\n;;;\n", ';;;\n"title": "x"\n;;;\n'),
        ("---json\n---\n", '---json\n{"title": "x"}\n---\n'),
        ('{\r\n  "a": 1\r\n}\r\nBody\r\n', '{\r\n  "a": 1,\r\n  "title": "x"\r\n}\r\nBody\r\n'),
    ],
)
def test_a_key_between_other_fences(text: str, expected: str) -> None:
    found = read(Source("a.md", text))
    assert isinstance(found, Page)
    edit = found.insert("page:title", "x")
    assert not isinstance(edit, Refusal)
    assert text[: edit.start] + edit.text + text[edit.end :] == expected


@pytest.mark.parametrize(
    ("json", "name", "new", "expected"),
    [
        ('{"og": {"site": "x"}}', "og:site", "og:site_name", '{"og": {"site_name": "x"}}'),
        ('{"og_site": "x"}', "og:site", "og:site_name", '{"og_site_name": "x"}'),
        ('{"og:site": "x"}', "og:site", "og:site_name", '{"og:site_name": "x"}'),
        ('{"og": {"s\\u0069te": "x"}}', "og:site", "og:site_name", '{"og": {"site_name": "x"}}'),
    ],
)
def test_a_key_is_renamed(json: str, name: str, new: str, expected: str) -> None:
    found = page(json)
    one = next(p for p in found.strays if p.name == name)
    edit = found.rename(one, new)
    assert not isinstance(edit, Refusal)
    source = found.source.text
    assert body(source[: edit.start] + edit.text + source[edit.end :]) == expected


def test_a_value_becomes_several() -> None:
    found = page('{"og": {"type": "a, b"}}')
    one = found.written("og:type")
    assert one is not None
    edit = found.divide(one, ["a", 'b"'])
    assert not isinstance(edit, Refusal)
    assert edit.text == '["a", "b\\""]'


@pytest.mark.parametrize(
    ("json", "name", "text", "reason"),
    [
        ('{"og": {"image": ["a", "b"]}}', "og:image:alt", "x", "a list"),
        ('{"og": {"url": ["a"]}}', "og:url", "x", "there already"),
        ('{"head": [{"property": "og:title", "content": "x"}]}', "og:url", "x", "in a list"),
        ('{"title": x}', "og:url", "x", "does not parse"),
        ('{"title": "x"}', "og:url", "\ud83d", "half a character"),
    ],
)
def test_what_is_not_inserted_says_why(json: str, name: str, text: str, reason: str) -> None:
    refusal = page(json).insert(name, text)
    assert isinstance(refusal, Refusal)
    assert reason in refusal.reason


def test_a_tag_in_a_list_does_not_become_a_list_itself() -> None:
    found = page('{"head": [{"property": "article:section", "content": "a, b"}]}')
    section = found.written("article:section")
    assert section is not None
    refusal = found.divide(section, ["a", "b"])
    assert isinstance(refusal, Refusal)
    assert "one of a list" in refusal.reason


def test_what_is_not_replaced_says_why() -> None:
    found = page('{"og": {"title": "x", "image": ["y"]}}')
    one, image, node = found.written("og:title"), found.written("og:image"), found.at("/og")
    assert one is not None
    assert image is not None
    assert node is not None
    for refusal, reason in (
        (found.replace(one, "\udc80"), "half a character"),
        (found.rewrite(one, [(0, 1, "\udc80")]), "half a character"),
        (found.divide(one, ["\udc80"]), "half a character"),
        (found.divide(image, ["a", "b"]), "one of a list"),
        (found.dialect.replace(found, node, "x"), "not a scalar"),
    ):
        assert isinstance(refusal, Refusal)
        assert reason in refusal.reason
