"""TOML: what is read from it and where, what is wrong with it in plain words, how it is written."""

from __future__ import annotations

import pytest

from ogcheck.page import Node, Page, Refusal
from ogcheck.problem import Finding
from ogcheck.readers import NotAPage, Options, read
from ogcheck.readers.reading import Limits
from ogcheck.source import Source

MANY = 100_000


def page(toml: str, preset: str | None = "generic") -> Page:
    found = read(Source.from_text("a.md", f"+++\n{toml}+++\nBody\n"), Options(preset=preset))
    assert isinstance(found, Page), found
    return found


def body(text: str) -> str:
    return text.removeprefix("+++\n").removesuffix("+++\nBody\n")


def fault(toml: str) -> Finding:
    found = page(toml)
    ((one),) = found.faults
    assert found.unreadable
    assert found.data == {}
    return one


def placed(found: Page, one: Finding) -> tuple[int, int, str]:
    position = found.source.position(one.start)
    return position.line, position.column, found.source.text[one.start : one.end]


# Reading


@pytest.mark.parametrize(
    ("toml", "value", "kind", "style"),
    [
        ('title = "x"', "x", "string", '"'),
        ("title = 'a\\b'", "a\\b", "string", "'"),
        (r'title = "a\t\"\u00e9\U0001F600\\"', 'a\t"é😀\\', "string", '"'),
        ('title = ""', "", "string", '"'),
        ("title = ''", "", "string", "'"),
        ('title = """a\nb"""', "a\nb", "string", '"""'),
        ('title = """\na\\\n   \n  b"""', "ab", "string", '"""'),
        ('title = """a ""b"" """""', 'a ""b"" ""', "string", '"""'),
        ("title = '''\na'b\\'''", "a'b\\", "string", "'''"),
        ("title = ''''a'''''", "'a''", "string", "'''"),
        ('title = """"""', "", "string", '"""'),
        ("title = 1_000", "1_000", "number", ""),
        ("title = true", "true", "boolean", ""),
        ("title = 2026-03-26", "2026-03-26", "timestamp", ""),
        ("title = 2026-03-26 10:20:30Z # c", "2026-03-26 10:20:30Z", "timestamp", ""),
        ("title = 10:20:30", "10:20:30", "timestamp", ""),
    ],
)
def test_every_kind_of_value(toml: str, value: str, kind: str, style: str) -> None:
    found = page(toml + "\n")
    one = found.written("page:title")
    assert one is not None
    assert (one.value, one.kind, one.node.style) == (value, kind, style)
    written = found.source.text[slice(*one.span)]
    assert toml.removeprefix("title = ").startswith(written)
    assert len(written) >= len(value)
    assert found.source.text[slice(*one.key_span)] == "title"


TABLES = """\
title = "t"
a.b = 1
"a" . 'c d' = [1, 2.5, {x = 'y', z.w = 0x1F},] # c

[og]
site_name = "s"
image.url = "u"
[extra]
k = [
  "a", # first ]
  "b",
]
[[og.video]]
url = "v"
[[og.video]]
url = "w"
[og.video.more]
on = false
[later.below]
d = 1979-05-27
[later]
e = inf
"""


def test_tables_and_keys_of_every_kind() -> None:
    found = page(TABLES)
    assert found.data == {
        "title": "t",
        "a": {"b": 1, "c d": [1, 2.5, {"x": "y", "z": {"w": 31}}]},
        "og": {"site_name": "s", "image": {"url": "u"},
               "video": [{"url": "v"}, {"url": "w", "more": {"on": False}}]},
        "extra": {"k": ["a", "b"]},
        "later": {"below": {"d": "1979-05-27"}, "e": "inf"},
    }  # fmt: skip
    text = found.source.text
    assert [(p.name, p.pointer, p.group, text[slice(*p.key_span)]) for p in found.properties] == [
        ("page:title", "/title", (), "title"),
        ("og:site_name", "/og/site_name", (), "site_name"),
        ("og:image:url", "/og/image/url", (), "url"),
        ("og:video:url", "/og/video/0/url", (0,), "url"),
        ("og:video:url", "/og/video/1/url", (1,), "url"),
    ]


@pytest.mark.parametrize(
    ("pointer", "written", "style"),
    [
        ("/a", "a.b = 1\n\"a\" . 'c d' = [1, 2.5, {x = 'y', z.w = 0x1F},]", "dotted"),
        ("/a/c d/2", "{x = 'y', z.w = 0x1F}", "inline"),
        ("/og", '[og]\nsite_name = "s"\nimage.url = "u"', "table"),
        ("/og/image", 'image.url = "u"', "dotted"),
        ("/og/video/1", '[[og.video]]\nurl = "w"', "table"),
        ("/og/video/1/more", "[og.video.more]\non = false", "table"),
        ("/later", "[later]\ne = inf", "table"),
        ("/extra/k", '[\n  "a", # first ]\n  "b",\n]', "inline"),
    ],
)
def test_a_table_ends_behind_what_stands_directly_in_it(
    pointer: str, written: str, style: str
) -> None:
    found = page(TABLES)
    node = found.at(pointer)
    assert node is not None
    assert found.source.text[slice(*node.span)] == written
    assert node.style == style


def test_properties_come_in_the_order_of_the_text() -> None:
    found = page('[og.image]\nurl = "u"\n[twitter]\ncard = "c"\n[og]\ntitle = "t"\n')
    assert [p.name for p in found.properties] == ["og:image:url", "twitter:card", "og:title"]


def test_parts_of_a_value_are_placed_through_escapes_and_line_ends() -> None:
    found = read(Source("a.toml", 'og_title = """\r\na\\u0026amp;\r\nb\\\r\n  c"""\r\n'),
                 Options(preset="generic"))  # fmt: skip
    assert isinstance(found, Page)
    one = found.written("og:title")
    assert one is not None
    assert one.value == "a&amp;\nbc"
    text = found.source.text
    assert text[slice(*one.span_of(1, 6))] == "\\u0026amp;"
    assert text[slice(*one.span_of(6, 7))] == "\r\n"
    assert text[slice(*one.span_of(8, 9))] == "c"


@pytest.mark.parametrize(
    ("name", "text", "reason"),
    [
        ("package.toml", 'name = "x"\n[dependencies]\ntwitter-api = "1"\n', "no share metadata"),
        ("Cargo.toml", '[package]\nname = "og-cards"\n', "configuration"),
        ("pyproject.toml", '[tool.og]\ntitle = "x"\n', "configuration"),
        ("netlify.toml", '[og]\ntitle = "x"\n', "configuration"),
        ("hugo.toml", 'title = "x"\nurl = "https://x.example/"\n', "configuration"),
        ("config.toml", 'title = "x"\n[params.twitter]\nsite = "x"\n', "configuration"),
        ("ogcheck.toml", "[twitter]\n", "configuration"),
        ("a.toml", 'title = "x"\nurl = "/x/"\n', "no share metadata"),
        ("a.toml", "og: {}\n", "no share metadata"),
        ("a.toml", "[og]\ntitle = {{ .Title }}\n", "template"),
    ],
)
def test_which_files_are_no_pages(name: str, text: str, reason: str) -> None:
    found = read(Source(name, text))
    assert isinstance(found, NotAPage)
    assert reason in found.reason


@pytest.mark.parametrize(
    "text",
    ['[og]\ntitle = "x"\n', '[[og.image]]\nurl = "x"\n', 'og.title = "x"\n', '"og:title" = "x"\n',
     'og = {title = "x"}\n', 'title = "x"\nurl = "https://x.example/"\n', 'og_title = "x"\n'],
)  # fmt: skip
def test_which_data_files_are_pages(text: str) -> None:
    assert isinstance(read(Source("a.toml", text)), Page)
    assert isinstance(read(Source("a.md", f"```toml\n{text}```\n")), Page)


# What is wrong


@pytest.mark.parametrize(
    ("toml", "message", "advice", "place"),
    [
        ("a = 1\ntitle = at last # c\n", "no quotation marks", "in quotes", (3, 9, "at last")),
        ("title = 5 ways out\n", "no quotation marks", "in quotes", (2, 9, "5 ways out")),
        ('title = "x\na = 1\n', "never closed", "Close it", (2, 9, '"x')),
        ("a = 1\ntitle = 'x\n", "never closed", "Close it", (3, 9, "'x")),
        ('title = """x\na = 1\n', "never closed", "Close it", (2, 9, '"""x')),
        ('title = "a" b"\n', "closing quotation mark", "whole value", (2, 12, ' b"')),
        ('title = "a\\qb"\n', "escape that TOML does not know", "\\\\", (2, 11, "\\q")),
        ('title = "\\uzz00"\n', "escape that TOML does not know", "\\\\", (2, 10, "\\u")),
        ('title = "\\ud800"\n', "escape that TOML does not know", "\\\\", (2, 10, "\\u")),
        ("title =\n", "no value", '""', (2, 1, "title =")),
        ("title = # later\n", "no value", '""', (2, 1, "title = ")),
        ("date = 2026-3-5\n", "not a date as TOML writes it", "2026-03-05", (2, 8, "2026-3-5")),
        ("date = 26.03.2026\n", "not a date as TOML", "2026-03-05", (2, 8, "26.03.2026")),
        ("date = 2017-02-29\n", "February 2017 has 28 days", "Correct", (2, 8, "2017-02-29")),
        ("time = 9:30\n", "not a time", "09:30:00", (2, 8, "9:30")),
        ("draft = True\n", "True is no value", "Write true", (2, 9, "True")),
        ("draft = no\n", "no is no value", "Write false", (2, 9, "no")),
        ("title = null\n", "TOML has no null", "Leave the key out", (2, 9, "null")),
        ("title = “x”\n", "“ stands where", 'Write "', (2, 9, "“x”")),
        ("og = {title = 'x',}\n", "comma has nothing behind it", "comma out", (2, 18, ",")),
        ("og = {title = 'x',\nurl = 'y'}\n", "more than one line", "one line", (2, 18, ",")),
        ("og = {title = 'x' url = 'y'}\n", "comma is missing in it", "comma", (2, 6, "{")),
        ("tags = ['a' 'b']\n", "comma is missing in it", "] at its end", (2, 8, "[")),
        ("tags = ['[',\n 'b', # ]\n\na = 1\n", "before line 5", "] at", (2, 8, "[")),
        ("[og]\ntags = ['[', ['a']\n# ]\na = 1\n", "before line 5", "] at", (3, 8, "[")),
        ("tags = ['a',\n", "not closed", "] at its end", (2, 8, "[")),
        ("tags = ['a', news, 'b']\n", "no quotation marks", "in quotes", (2, 14, "news")),
        ("tags = [\n  news,\n]\n", "no quotation marks", "in quotes", (3, 3, "news")),
        ("tags = [\n  'a',,\n]\n", "value is missing", '""', (3, 7, ",")),
        ("a = 1,\n", "ends where its line does", "Leave , out", (2, 6, ",")),
        ("a = 01\n", "01 is not a number", "without zeros", (2, 5, "01")),
        ("a = 1.\n", "1. is not a number", "between digits", (2, 5, "1.")),
        ("= 1\n", "no key before it", "key = value", (2, 1, "= 1")),
        ("og = {title = yes}\n", "yes is no value", "Write true", (2, 15, "yes")),
        ("days = [2026-02-30]\n", "February 2026 has 28 days", "Correct", (2, 9, "2026-02-30")),
        ("[og\ntitle = 'x'\n", "does not end in ]", "Write ]", (2, 1, "[og")),
        ("[[og.image]\nurl = 'x'\n", "does not end in ]]", "Write ]]", (2, 1, "[[og.image]")),
        ("title: x\n", "colon stands where", "key = value", (2, 1, "title: x")),
        ("my title = 'x'\n", "without quotation marks", '"the key"', (2, 1, "my title = 'x'")),
        ("a = 1\n\nA line of text.\n", "neither a key", "key = value", (4, 1, "A line of text.")),
        ("- a\n", "neither a key", "key = value", (2, 1, "- a")),
        ("a = 1\rb = 2\n", "carriage return", "LF or CRLF", (2, 6, "\r")),
        ("a = '\x01'\n", "U+0001", "Remove it", (2, 6, "\x01")),
        (f"a = {'9' * 5000}\n", "more digits", "quotes", None),
    ],
)  # fmt: skip
def test_a_slip_is_told_in_plain_words(
    toml: str, message: str, advice: str, place: tuple[int, int, str] | None
) -> None:
    one = fault(toml)
    assert one.code == "FM002"
    assert message in one.message
    assert one.help is not None
    assert advice in one.help
    if place is not None:
        assert placed(page(toml), one) == place


@pytest.mark.parametrize(
    ("toml", "name", "second", "first"),
    [
        ("a = 1\nb = 2\na = 3\n", "a", 4, 2),
        ("[og]\na = 1\n[x]\n[og]\nb = 2\n", "og", 5, 2),
        ("a.b = 1\na.b.c = 2\n", "b", 3, 2),
        ("a.b = 1\n\n[a]\n", "a", 4, 2),
        ("og = {a = 1, a = 2}\n", "a", 2, 2),
        ("a = [1]\n[[a]]\n", "a", 3, 2),
        ("[[a]]\n[a]\n", "a", 3, 2),
        ("a = {b = 1}\n[a.c]\n", "a", 3, 2),
        ("a = 1\n'a' = 2\n# ]\n", "a", 3, 2),
    ],
)
def test_what_stands_twice_is_shown_in_both_places(
    toml: str, name: str, second: int, first: int
) -> None:
    found = page(toml)
    ((one),) = found.faults
    assert one.code == "FM003"
    assert f"The key {name} stands twice" in one.message
    assert found.source.position(one.start).line == second
    ((other),) = one.related
    assert found.source.position(other.start).line == first
    assert found.source.text[one.start : one.end].strip("'\"") == name
    assert found.unreadable


@pytest.mark.parametrize(
    ("toml", "mended"),
    [
        ("title = Bridge closed\n", 'title = "Bridge closed"\n'),
        ("title = Bridge closed\nb = also bare\n", None),
        ("title = a\\b\n", 'title = "a\\\\b"\n'),
        ("title = Bridge # closed\n", None),
        ("title = [x]\n", None),
        ("title = yes\n", None),
        ("title = null\n", None),
    ],
)
def test_a_text_is_put_in_quotes_where_that_alone_helps(toml: str, mended: str | None) -> None:
    one = fault(toml)
    if mended is None:
        assert one.fix is None
        return
    assert one.fix is not None
    ((edit),) = one.fix.edits  # type: ignore[union-attr]
    source = page(toml).source.text
    assert body(source[: edit.start] + edit.text + source[edit.end :]) == mended


# Size


@pytest.mark.parametrize(
    "toml",
    [
        "a = " + "[" * MANY,
        "a = " + "[" * MANY + "]" * MANY,
        "a = " + "{a = " * MANY,
        "a." * MANY + "a = 1",
        "[" + "a." * MANY + "a]",
        "a" + " . a" * MANY + " = 1",
        "a = {" + "'b'." * MANY + "b = 1}",
        "a = " + "[" * 101 + "]" * 101,
        ".".join("a" * 60) + " = {" + ".".join("a" * 60) + " = 1}",
    ],
)
def test_deep_nesting_is_refused(toml: str) -> None:
    one = fault(toml + "\n")
    assert one.code == "FM009"
    assert "deeper than 100 levels" in one.message


@pytest.mark.parametrize(
    "toml",
    [
        "a = " + "[" * 98 + "]" * 98,
        'a = "' + "[" * MANY + '"',
        "a = '" + "a." * MANY + "'",
        'a = """' + "{\n" * MANY + '"""',
        "# " + "[" * MANY + "\na = 1",
        "".join(f"[t{i}.a.b]\n" for i in range(500)),
        "\n".join(f"a{i} = 1.5" for i in range(500)),
    ],
)
def test_what_only_looks_deep_is_read(toml: str) -> None:
    found = page(toml + "\n")
    assert not found.faults
    assert found.data


@pytest.mark.parametrize(
    "toml",
    [
        "\n".join(f"a{i} = 1" for i in range(30_000)),
        "a = [" + "1," * 30_000 + "]",
        "[[a]]\n" * 30_000,
        "\n".join(f"[a{i}]" for i in range(30_000)),
    ],
)
def test_many_values_are_refused(toml: str) -> None:
    one = fault(toml + "\n")
    assert one.code == "FM009"
    assert "more than 20,000 values" in one.message


def test_limits_are_options() -> None:
    text = "+++\na = [[1, 2, 3]]\n+++\n"
    for limits in (Limits(depth=1), Limits(nodes=3)):
        found = read(Source("a.md", text), Options(preset="generic", limits=limits))
        assert isinstance(found, Page)
        assert [f.code for f in found.faults] == ["FM009"]


@pytest.mark.parametrize(
    "toml",
    ["a = '''" + "'' " * MANY, 'a = """' + '\\"""\n' * MANY, 'a = "' + '\\"' * MANY, "'" * MANY,
     '"' * MANY, "a = " * MANY, "#" * MANY, "a=1 " * MANY, "= " * MANY, "[a" * MANY, "\r" * MANY,
     "a = 1\n" * MANY, 'a = """' + "\\\n" * MANY + '"""', "a = '''" + "\r\n" * MANY + "'''",
     "a = [" + "#\n" * MANY + "]", " " * MANY + "a", "a" + " " * MANY + "b", "1-" * MANY,
     "a = \"\"\"" + '""\\' * MANY],
)  # fmt: skip
def test_repetition_takes_no_longer_than_its_length(toml: str) -> None:
    found = page("b = 1\n" + toml + "\n")
    assert found.root is not None or found.faults


@pytest.mark.parametrize(
    "text", [" " * MANY, "[" + " " * MANY, "[ \n" * MANY, '"og"' + " " * MANY, "og" + " " * MANY,
             'title = "x"\n' * MANY, "\t" * MANY + "title", "url" + " " * MANY]
)  # fmt: skip
@pytest.mark.parametrize("path", ["a.toml", "a.json"])
def test_the_quick_look_takes_no_longer_than_the_text(text: str, path: str) -> None:
    found = read(Source(path, text))
    assert isinstance(found, NotAPage)
    assert found.reason == "it holds no share metadata"


def test_nothing_is_an_empty_page() -> None:
    for toml in ("", "\n", "# c\n"):
        found = page(toml)
        assert found.root is None
        assert not found.unreadable
        assert found.data == {}


# Writing


@pytest.mark.parametrize(
    ("toml", "text", "expected"),
    [
        ('title = "x" # c\n', 'y "z" \\', 'title = "y \\"z\\" \\\\" # c\n'),
        ("title = 'x'\n", "y \\z", "title = 'y \\z'\n"),
        ("title = 'x'\n", "it's", 'title = "it\'s"\n'),
        ("title = 'x'\n", "a\nb", 'title = "a\\nb"\n'),
        ("title = 'x'\n", "a\tb", "title = 'a\tb'\n"),
        ("title = '''x'''\n", "it's\nso", "title = '''\nit's\nso'''\n"),
        ("title = '''x'''\n", "a'''b", 'title = "a\'\'\'b"\n'),
        ("title = '''x'''\n", "so'", 'title = "so\'"\n'),
        ('title = """\nx"""\n', 'a\n"b"', 'title = """\na\n"b\\""""\n'),
        ('title = """x"""\n', "\na\\", 'title = """\n\na\\\\"""\n'),
        ('title = """x"""\n', '"""', 'title = """""\\""""\n'),
        ('title = """x"""\n', '""""""', 'title = """""\\"""\\""""\n'),
        ('title = """x"""\n', "a\n+++\nb", 'title = "a\\n+++\\nb"\n'),
        ('title = "x"\n', "\x00\x7f\u2028\ufeffé😀", 'title = "\\u0000\\u007F\\u2028\\uFEFFé😀"\n'),
        ("title = 12\n", "y", 'title = "y"\n'),
        ("title = true\n", "true", 'title = "true"\n'),
        ("title = 2026-03-26 # c\n", "2026-03-27T10:00:00Z", "title = 2026-03-27T10:00:00Z # c\n"),
        ("title = 2026-03-26\n", "2026-03-27 10:00:00", "title = 2026-03-27 10:00:00\n"),
        ("title = 2026-03-26\n", "2026-03-27T10:00:00.125-05:00",
         "title = 2026-03-27T10:00:00.125-05:00\n"),
        ("title = 2026-03-26\n", "2026-03-27T10:00", 'title = "2026-03-27T10:00"\n'),
        ("title = 2026-03-26\n", "2026-02-30", 'title = "2026-02-30"\n'),
        ("title = 2026-03-26\n", "soon", 'title = "soon"\n'),
        ("title = '2026-03-26'\n", "2026-03-27", "title = '2026-03-27'\n"),
    ],
)  # fmt: skip
def test_a_value_is_replaced_in_its_kind(toml: str, text: str, expected: str) -> None:
    found = page(toml)
    edit = found.replace(found.properties[0], text)
    assert not isinstance(edit, Refusal)
    source = found.source.text
    assert body(source[: edit.start] + edit.text + source[edit.end :]) == expected


def test_line_ends_of_the_file_are_written() -> None:
    source = Source("a.toml", "og_title = '''x'''\r\n")
    found = read(source, Options(preset="generic"))
    assert isinstance(found, Page)
    edit = found.replace(found.properties[0], "a\nb")
    assert not isinstance(edit, Refusal)
    assert edit.text == "'''\r\na\r\nb'''"


@pytest.mark.parametrize(
    ("toml", "old", "new", "expected"),
    [
        ('title = "a &amp; \\u201C"\n', "&amp;", "&", 'title = "a & \\u201C"\n'),
        ('title = "a &quot;"\n', "&quot;", '"', 'title = "a \\""\n'),
        ("title = 'a &quot;'\n", "&quot;", '"', "title = 'a \"'\n"),
        ("title = 'a &#39; \\'\n", "&#39;", "'", 'title = "a \' \\\\"\n'),
        ('title = """\na &amp;\\\n  b"""\n', "&amp;", "&", 'title = """\na &\\\n  b"""\n'),
        ('title = """a &#10;b"""\n', "&#10;", "\n", 'title = """a \nb"""\n'),
        ('title = """&#10;b"""\n', "&#10;", "\n", 'title = """\n\nb"""\n'),
        ("title = '''a\n&amp;'''\n", "&amp;", "+++", 'title = "a\\n+++"\n'),
        ("title = 12\n", "1", "x", 'title = "x2"\n'),
    ],
)
def test_parts_are_rewritten_where_they_stand(toml: str, old: str, new: str, expected: str) -> None:
    found = page(toml)
    one = found.properties[0]
    at = one.value.index(old)
    edits = found.rewrite(one, [(at, at + len(old), new)])
    assert not isinstance(edits, Refusal)
    ((edit),) = edits
    source = found.source.text
    assert body(source[: edit.start] + edit.text + source[edit.end :]) == expected


@pytest.mark.parametrize(
    ("toml", "name", "expected"),
    [
        ("", "page:title", 'title = "x"\n'),
        ("", "og:url", '[og]\nurl = "x"\n'),
        ("# c\n", "og:url", '# c\n\n[og]\nurl = "x"\n'),
        ("lang = 'y'\n", "page:title", "lang = 'y'\ntitle = \"x\"\n"),
        ("lang = 'y'\n", "og:image:alt", "lang = 'y'\n\n[og.image]\nalt = \"x\"\n"),
        ("[extra]\na = 1\n", "page:title", 'title = "x"\n\n[extra]\na = 1\n'),
        ("lang = 'y' # c\n\n[og]\na = 1\n", "page:title",
         "lang = 'y' # c\ntitle = \"x\"\n\n[og]\na = 1\n"),
        ("[og]\ntitle = 'y' # c\n\n[z]\n", "og:url", "[og]\ntitle = 'y' # c\nurl = \"x\"\n\n[z]\n"),
        ("[og] # c\n[z]\n", "og:url", '[og] # c\nurl = "x"\n[z]\n'),
        ("[og]\n  title = 'y'\n", "og:image:alt", "[og]\n  title = 'y'\n  image.alt = \"x\"\n"),
        ("[og]\nimage = 'y'\n", "og:image:alt", "[og]\nimage = 'y'\nimage_alt = \"x\"\n"),
        ("[[og.image]]\nurl = 'y'\n", "og:image:alt", "[[og.image]]\nurl = 'y'\nalt = \"x\"\n"),
        ("[og.image]\nurl = 'y'\n", "og:image:alt", "[og.image]\nurl = 'y'\nalt = \"x\"\n"),
        ("[og.image]\nurl = 'y'\n", "og:url", "[og.image]\nurl = 'y'\n\n[og]\nurl = \"x\"\n"),
        ("og = {title = 'y'}\n", "og:url", "og = {title = 'y', url = \"x\"}\n"),
        ("og = {}\n", "og:url", 'og = {url = "x"}\n'),
        ("og = { image.url = 'y' }\n", "og:image:alt",
         "og = { image.url = 'y', image.alt = \"x\" }\n"),
        ("og.title = 'y'\nlang = 'z'\n", "og:url", "og.title = 'y'\nog.url = \"x\"\nlang = 'z'\n"),
        ("og.title = 'y'\n", "twitter:card", "og.title = 'y'\ntwitter.card = \"x\"\n"),
        ("[og]\nimage.url = 'y'\n", "og:image:alt", "[og]\nimage.url = 'y'\nimage.alt = \"x\"\n"),
        ("og_title = 'y'\n\n[z]\n", "og:url", "og_title = 'y'\nog_url = \"x\"\n\n[z]\n"),
        ("'og:title' = 'y'\n", "og:url", "'og:title' = 'y'\n\"og:url\" = \"x\"\n"),
        ("[openGraph]\ntitle = 'y'\n", "og:site_name",
         "[openGraph]\ntitle = 'y'\nsiteName = \"x\"\n"),
        ("og.title = '''\ny'''\n", "og:url", "og.title = '''\ny'''\nog.url = \"x\"\n"),
    ],
)  # fmt: skip
def test_a_key_goes_into_its_table(toml: str, name: str, expected: str) -> None:
    found = page(toml)
    edit = found.insert(name, "x")
    assert not isinstance(edit, Refusal)
    source = found.source.text
    assert body(source[: edit.start] + edit.text + source[edit.end :]) == expected


def test_a_data_file_without_a_last_line_end() -> None:
    found = read(Source("a.toml", "[og]\ntitle = 'y'"), Options(preset="generic"))
    assert isinstance(found, Page)
    for name, text in (("og:url", '\nurl = "x"'), ("twitter:card", '\n\n[twitter]\ncard = "x"')):
        edit = found.insert(name, "x")
        assert not isinstance(edit, Refusal)
        assert (edit.start, edit.text) == (len(found.source.text), text)


def test_the_byte_order_mark_of_a_data_file_stays_first() -> None:
    found = read(Source("a.toml", "\ufeff[og]\ntitle = 'y'\n"), Options(preset="generic"))
    assert isinstance(found, Page)
    edit = found.insert("page:title", "x")
    assert not isinstance(edit, Refusal)
    assert (edit.start, edit.text) == (1, 'title = "x"\n\n')


@pytest.mark.parametrize(
    ("toml", "name", "new", "expected"),
    [
        ("[og]\nsite = 'x'\n", "og:site", "og:site_name", "[og]\nsite_name = 'x'\n"),
        ("og.\"site\" = 'x'\n", "og:site", "og:site_name", "og.\"site_name\" = 'x'\n"),
        ("og = {site = 'x'}\n", "og:site", "og:site_name", "og = {site_name = 'x'}\n"),
        ("og_site = 'x'\n", "og:site", "og:site_name", "og_site_name = 'x'\n"),
        ("'og:site' = 'x'\n", "og:site", "og:site_name", "'og:site_name' = 'x'\n"),
    ],
)
def test_a_key_is_renamed(toml: str, name: str, new: str, expected: str) -> None:
    found = page(toml)
    one = next(p for p in found.strays if p.name == name)
    edit = found.rename(one, new)
    assert not isinstance(edit, Refusal)
    source = found.source.text
    assert body(source[: edit.start] + edit.text + source[edit.end :]) == expected


def test_a_value_becomes_several() -> None:
    found = page("[og]\ntype = 'a, b' # c\nurl = \"y\"\n")
    kind, url = found.written("og:type"), found.written("og:url")
    assert kind is not None
    assert url is not None
    edit = found.divide(kind, ["a", "it's"])
    assert not isinstance(edit, Refusal)
    assert edit.text == "['a', \"it's\"]"
    edit = found.divide(url, ["a", "b"])
    assert not isinstance(edit, Refusal)
    assert edit.text == '["a", "b"]'


def test_the_lines_of_a_value_are_left_where_it_becomes_several() -> None:
    found = page('[og]\ntype = """\na, b"""\n')
    kind = found.written("og:type")
    assert kind is not None
    edit = found.divide(kind, ["a", "b"])
    assert not isinstance(edit, Refusal)
    assert edit.text == '["a", "b"]'


@pytest.mark.parametrize(
    ("toml", "name", "text", "reason"),
    [
        ("[og]\nimage = ['a', 'b']\n", "og:image:alt", "x", "a list"),
        ("[[og.image]]\nurl = 'a'\n[[og.image]]\nurl = 'b'\n", "og:image:alt", "x", "a list"),
        ("[og]\nurl = ['a']\n", "og:url", "x", "there already"),
        ("[[head]]\nproperty = 'og:title'\ncontent = 'x'\n", "og:url", "x", "in a list"),
        ("title = x\n", "og:url", "x", "does not parse"),
        ("title = 'x'\n", "og:url", "\ud83d", "half a character"),
    ],
)
def test_what_is_not_inserted_says_why(toml: str, name: str, text: str, reason: str) -> None:
    refusal = page(toml).insert(name, text)
    assert isinstance(refusal, Refusal)
    assert reason in refusal.reason


def test_what_is_not_replaced_says_why() -> None:
    found = page("[og]\ntitle = 'x'\n")
    one = found.written("og:title")
    table = found.at("/og")
    assert one is not None
    assert isinstance(table, Node)
    for refusal, reason in (
        (found.replace(one, "\udc80"), "half a character"),
        (found.rewrite(one, [(0, 1, "\udc80")]), "half a character"),
        (found.divide(one, ["\udc80"]), "half a character"),
        (found.dialect.replace(found, table, "x"), "not a scalar"),
    ):
        assert isinstance(refusal, Refusal)
        assert reason in refusal.reason
