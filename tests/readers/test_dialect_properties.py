"""What holds for any TOML and any JSON: spans cut out values, and what is written reads back.

The documents are made here, in every style that there is; what they mean is asked of ``tomllib``
and ``json`` alone.
"""

from __future__ import annotations

import datetime
import json
import math
import os
import re
import tomllib
from collections.abc import Callable, Iterator
from typing import Any

from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from ogcheck.page import Node, Page, Refusal
from ogcheck.problem import Edit
from ogcheck.readers import NotAPage, Options, read
from ogcheck.source import Source, Span

moderately = settings(
    deadline=None,
    max_examples=int(os.environ.get("OGCHECK_EXAMPLES", "60")),
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
)
FORCED = Options(preset="generic")

# Texts

WORD = st.one_of(
    st.text(st.sampled_from("abcXYZ019éßж中😀&;|@%?!._~/()=*,#:[]{}-"), min_size=1, max_size=6),
    st.sampled_from(
        "no 12:30 &amp; https://x.example/a?b=1&amp;c=2 # 1_0 C++ \u2028 \x85".split(" ")
    ),
)
TRAPS = st.sampled_from(
    ["", " ", "a\nb", "\n", "\na", "a\n", "a\r\nb", "\r", "\t", "\x00", "\x1f", "\x7f", "\x85",
     "\u2028", "\ufeff", "'", '"', "''", '""', "'''", '"""', "a'''", 'a"""b"', '"""""', "\\", "\\n",
     "\\\n x", "a\\", "+++", "---", "\n+++\n", "\n---\n", "```", "\n```\n", "2026-03-26", "true",
     "12:30:00", "}", "{", "😀", "\ufffe", "&amp;", "  a  ", "#", "</script>", ";;;", "null"]
)  # fmt: skip
NEW_TEXT = st.one_of(
    TRAPS,
    st.text(st.characters(exclude_categories=["Cs"]), max_size=12),
    st.text(st.sampled_from("ab \n\t'\"#=,[]{}\\\r\x85\u2028é😀\x00\x7f"), max_size=10),
)
WORDS = st.lists(WORD, max_size=4).map(" ".join)

# TOML

KEYS = ["title", "description", "author", "date", "lang", "canonical_url", "note", '"x y"', "2nd",
        "'a.b'", "twitter_card", '"d\\u00e9j\\u00e0"', '""']  # fmt: skip
OG_KEYS = ["title", "description", "type", '"url"', "'locale'", "site_name", '"imag\\u0065"']


@st.composite
def toml_string(draw: st.DrawFn) -> str:
    words = draw(WORDS)
    kind = draw(st.sampled_from(['"', "'", '"""', "'''"]))
    if kind[0] == "'":
        words = words.replace("'", "").replace("\x00", "")
    else:
        words = words.replace("\\", "\\\\").replace('"', '\\"')
        tails = [r"\"", r"\\", r"\u00e9", r"\U0001F600", r"\n", r"\t", r"\b", r"\f", r"\r", ""]
        words += draw(st.sampled_from(tails)) + draw(st.sampled_from(tails))
    if len(kind) == 3:
        more = draw(WORDS.map(lambda w: re.sub(r"['\"\\]", "", w)))
        middles = ["\n", "\n\n  ", " ", f" {kind[0]} ", f" {kind[0] * 2} "]
        if kind[0] == '"':
            middles += ["\\\n   \n  ", "\\  \n\t"]
        words += draw(st.sampled_from(middles)) + more
        words = draw(st.sampled_from(["", "\n", "\n\n"])) + words
        words += draw(st.sampled_from(["", "\n", f"x{kind[0]}", f" {kind[0] * 2}"]))
    return f"{kind}{words}{kind}"


TOML_PLAIN = st.sampled_from(
    ["1", "-17", "+1_000", "0xDEAD_beef", "0o17", "0b101", "1.5", "-1e5", "6.02E+23", "inf", "-nan",
     "true", "false", "2026-03-26", "2026-03-26T10:20:30Z", "2026-03-26 10:20:30.5+01:00",
     "2026-03-26t10:20:30", "10:20:30", "10:20:30.25"]
)  # fmt: skip


@st.composite
def toml_value(draw: st.DrawFn, depth: int = 0, *, one_line: bool = False) -> str:
    shape = draw(st.integers(0, 9))
    if shape == 0 and depth < 2:
        items = draw(st.lists(toml_value(depth + 1, one_line=one_line), max_size=3))
        gap = draw(st.sampled_from(["", " "] if one_line else ["", " ", "\n  ", " # c ]\n"]))
        comma = draw(st.sampled_from(["", ","])) if items else ""
        return "[" + gap + f"{gap},{gap}".join(items) + gap + comma + gap + "]"
    if shape == 1 and depth < 2:
        keys = draw(st.lists(st.sampled_from([*KEYS, "a.b", "a . 'c d'"]), max_size=3, unique=True))
        pairs = [f"{key} = {draw(toml_value(depth + 1, one_line=True))}" for key in keys]
        gap = draw(st.sampled_from(["", " "]))
        return "{" + gap + f"{gap}, ".join(pairs) + gap + "}"
    return draw(TOML_PLAIN if shape == 2 else toml_string())


@st.composite
def toml_content(draw: st.DrawFn) -> str:  # noqa: C901 (one function for each shape of a table)
    parts: list[str] = []
    between = st.sampled_from(["", "", "# a comment: '\"\n", "\n"])
    equals = st.sampled_from([" = ", "=", "\t=  "])

    def pair(key: str, indent: str = "") -> None:
        tail = draw(st.sampled_from(["", " # &amp; ' comment", "  "]))
        parts.append(f"{indent}{key}{draw(equals)}{draw(toml_value())}{tail}\n{draw(between)}")

    def pairs(keys: list[str], prefix: str = "", indent: str = "") -> None:
        for key in draw(st.lists(st.sampled_from(keys), max_size=3, unique=True)):
            pair(prefix + key, indent)

    def images() -> None:
        for _ in range(draw(st.integers(1, 3))):
            parts.append("[[og.image]]\n")
            pairs(["url", "alt", "width"])
            if draw(st.booleans()):
                parts.append("[og.image.more]\n")
                pairs(KEYS)

    def image_first(*, and_og: bool) -> None:
        parts.append("[og.image]\n")
        pairs(["url", "alt", "width"])
        if and_og:
            parts.append("[extra]\n")
            pairs(KEYS)
            parts.append("[og]\n")
            pairs(OG_KEYS[:-1])

    def table() -> None:
        parts.append(draw(st.sampled_from(["[og]\n", " [ 'og' ] # c\n", '["og"]\n'])))
        pairs(OG_KEYS, indent=draw(st.sampled_from(["", "  "])))

    def inline() -> None:
        keys = draw(st.lists(st.sampled_from(OG_KEYS), max_size=3, unique=True))
        inner = [f"{key} = {draw(toml_value(1, one_line=True))}" for key in keys]
        parts.append("og = {" + ", ".join(inner) + "}\n")

    shapes: list[Callable[[], None]] = [
        lambda: None, table, inline, images,
        lambda: pairs(OG_KEYS, draw(st.sampled_from(["og.", '"og" . ']))),
        lambda: image_first(and_og=False), lambda: image_first(and_og=True),
    ]  # fmt: skip
    parts.append(draw(between))
    pairs(KEYS)
    draw(st.sampled_from(shapes))()
    if draw(st.booleans()):
        parts.append("[params.deep]\n")
        pairs(KEYS)
    return "".join(parts)


@st.composite
def toml_sources(draw: st.DrawFn) -> Source:
    middle = draw(toml_content())
    assume(not re.search(r"\{\{|\{%|<%|\$\{", middle))
    kind = draw(st.sampled_from(["+++", "---toml", "```toml", "~~~~ TOML", "data"]))
    if kind == "data":
        text = middle.removesuffix("\n") if draw(st.booleans()) else middle
    else:
        fence = re.match(r"\W+", kind)
        assert fence is not None
        closing = fence.group().strip()
        assume(not re.search(rf"^ {{0,3}}{re.escape(closing)}", middle, re.M))
        text = f"{draw(st.sampled_from(['', chr(10)]))}{kind}\n{middle}{closing}\nThe body.\n"
    text = text.replace("\n", draw(st.sampled_from(["\n", "\n", "\r\n"])))
    return Source(
        "a.toml" if kind == "data" else "a.md", draw(st.sampled_from(["", "\ufeff"])) + text
    )


def toml_data(value: Any, raw: Any = None) -> Any:
    """``tomllib``'s data as JSON's types; dates, which JSON has not, as None."""
    if isinstance(value, dict):
        return {k: toml_data(v) for k, v in value.items()}
    if isinstance(value, list):
        return [toml_data(v) for v in value]
    if isinstance(value, datetime.date | datetime.time):
        return None
    if isinstance(value, float) and not math.isfinite(value):
        return None
    return value


# JSON


def json_string(draw: st.DrawFn, text: str) -> str:
    """``text`` as a JSON string, in one of many spellings."""
    parts = []
    for character in text:
        plain = json.dumps(character, ensure_ascii=False)[1:-1]
        escaped = json.dumps(character)[1:-1]
        if len(escaped) == 1:
            escaped = f"\\u{ord(character):04X}"
        parts.append(escaped if draw(st.integers(0, 7)) == 0 else plain)
    return '"' + "".join(parts).replace("/", draw(st.sampled_from(["/", "\\/"]))) + '"'


JSON_PLAIN = st.sampled_from("1 -17 1.5 -1E5 0 -0 6.02e+23 true false null".split())


def json_text(draw: st.DrawFn, value: Any, depth: int, step: str | None) -> str:
    """A value with white space where there may be some; strings in lists stand for plain ones."""
    if isinstance(value, str):
        return json_string(draw, value)
    if isinstance(value, tuple):
        return str(value[0])
    gap = draw(st.sampled_from(["", " ", "\t"])) if step is None else "\n" + step * (depth + 1)
    end = gap if step is None else "\n" + step * depth
    if isinstance(value, list):
        items = [json_text(draw, v, depth + 1, step) for v in value]
        return "[" + gap + ("," + gap).join(items) + end + "]"
    pairs = [f"{json_string(draw, k)}{draw(st.sampled_from([':', ': ', ' :  ']))}"
             f"{json_text(draw, v, depth + 1, step)}" for k, v in value.items()]  # fmt: skip
    return "{" + (gap + ("," + gap).join(pairs) + end if pairs else end) + "}"


JSON_SCALAR = st.one_of(WORDS, NEW_TEXT, JSON_PLAIN.map(lambda t: (t,)))
JSON_KEY = st.sampled_from("title description author date lang note x/y~z é og_x 1".split())
JSON_VALUE = st.recursive(
    JSON_SCALAR,
    lambda inner: st.one_of(
        st.lists(inner, max_size=3), st.dictionaries(JSON_KEY, inner, max_size=3)
    ),
    max_leaves=6,
)
OG_VALUE = st.one_of(
    st.dictionaries(
        st.sampled_from("title description image type url locale site_name".split()),
        st.one_of(JSON_SCALAR, st.lists(JSON_SCALAR, max_size=2)),
        max_size=4,
    ),
    st.fixed_dictionaries(
        {"image": st.lists(st.dictionaries(st.sampled_from("url alt width".split()), JSON_SCALAR),
                           max_size=2)}
    ),
)  # fmt: skip


@st.composite
def json_sources(draw: st.DrawFn) -> Source:
    data = draw(st.dictionaries(JSON_KEY, JSON_VALUE, max_size=4))
    if draw(st.integers(0, 3)):
        data["og"] = draw(OG_VALUE)
    step = draw(st.sampled_from([None, "  ", "    ", "\t"]))
    middle = json_text(draw, data, 0, step)
    kind = draw(st.sampled_from(["{", "---json", "```json", ";;;", "data"]))
    if kind == "data":
        text = middle + draw(st.sampled_from(["", "\n"]))
    elif kind == "{":
        assume(data)
        text = f"{middle}\nThe body }} of it.\n"
    elif kind == ";;;":
        text = f";;;\n{middle[1:-1].strip(chr(10))}\n;;;\nThe body.\n"
    else:
        closing = kind.removesuffix("json")
        text = f"\n{kind}\n{middle}\n{closing}\nThe body.\n"
    text = text.replace("\n", draw(st.sampled_from(["\n", "\n", "\r\n", "\r"])))
    return Source(
        "a.json" if kind == "data" else "a.md", draw(st.sampled_from(["", "\ufeff"])) + text
    )


SOURCES = st.one_of(toml_sources(), json_sources())


def page_of(source: Source) -> Page:
    page = read(source, FORCED)
    if isinstance(page, NotAPage) and page.reason == "it holds no share metadata":
        assert not source.path.endswith(".md")
    assume(isinstance(page, Page) or source.path.endswith(".md"))
    assert isinstance(page, Page), page
    return page


def readable(source: Source) -> Page:
    page = page_of(source)
    assert not page.unreadable, (source.text, page.faults)
    assume(page.root is not None)
    return page


def block_of(page: Page) -> str:
    assert page.block is not None
    text = page.source.text[slice(*page.block.content)]
    return text if page.block.braces else f"{{{text}}}"


def loaded(page: Page) -> Any:
    if page.dialect.name == "toml":
        return tomllib.loads(block_of(page))
    return json.loads(block_of(page)) if block_of(page).strip() else {}


def cut(page: Page, span: Span) -> str:
    return page.source.text[span.start : span.end]


def scalars_of(node: Node, pointer: str = "") -> Iterator[tuple[str, Node]]:
    if node.kind == "mapping":
        for entry in node.entries:
            step = entry.key.replace("~", "~0").replace("/", "~1")
            yield from scalars_of(entry.node, f"{pointer}/{step}")
    elif node.kind == "sequence":
        for index, item in enumerate(node.items):
            yield from scalars_of(item, f"{pointer}/{index}")
    else:
        yield pointer, node


def every_scalar(page: Page) -> list[tuple[str, Node]]:
    assert page.root is not None
    return list(scalars_of(page.root))


def alone(page: Page, written: str) -> Any:
    """What a value says that is cut out of its file."""
    if page.dialect.name == "toml":
        return tomllib.loads(f"k = {written}")["k"]
    return json.loads(written)


# Any text

FRAGMENTS = st.sampled_from(
    ["+++", "---", "---json", "---toml", ";;;", "```toml", "```json", "```", "~~~", "\n", "\r\n",
     "\r", " ", "\t", "=", " = ", ".", ",", "#", "[", "]", "[[", "]]", "{", "}", ":", "'", '"',
     "'''", '"""', "\\", "\\u", "\\ud83d", "\\ude00", "\\U00110000", "og", "title", "[og]\n",
     'title = "x"\n', '"title": "x"', '{"og": {"title": "x"}}', "a.b = 1\n", "[[a]]\n", "1",
     "2026-", "03-26", "T10:20:30", "NaN", "Infinity", "true", "null", "\x00", "\x85", "\u2028",
     "\ufeff", "\ud83d", "{{ x }}", "é", "😀", "head", "property", "1e999", "-"]
)  # fmt: skip
PARTS = st.lists(FRAGMENTS, max_size=25).map("".join)
ANY_TEXT = st.one_of(
    st.text(),
    PARTS,
    PARTS.map(lambda t: f"+++\n{t}\n+++\n"),
    PARTS.map(lambda t: f"---json\n{t}\n---\n"),
    PARTS.map(lambda t: f"---toml\n{t}\n---\n"),
    PARTS.map(lambda t: f";;;\n{t}\n;;;\n"),
    PARTS.map(lambda t: '{"a": 1, ' + t + "}\n"),
    PARTS.map(lambda t: f"```toml\n{t}\n```\n"),
)
ANY_OPTIONS = st.sampled_from([Options(), FORCED, Options(preset="release")])
ANY_PATH = st.sampled_from(["a.md", "a.toml", "a.json", "b/404.json", "_includes/c.md"])


def check_invariants(result: Page | NotAPage) -> None:
    if isinstance(result, NotAPage):
        assert result.reason
        return
    size = len(result.source.text)
    for fault in result.faults:
        assert 0 <= fault.start <= fault.end <= size
        assert all(0 <= p.start <= p.end <= size for p in fault.related)
        assert fault.message
        assert fault.code in {"FM002", "FM003", "FM004", "FM005", "FM006", "FM009"}
    assert result.unreadable <= bool(result.faults)
    assert 0 <= result.body.start <= result.body.end <= size
    last = 0
    for one in [*result.properties, *result.strays]:
        for span in (one.span, one.key_span):
            assert 0 <= span.start <= span.end <= size
        assert result.at(one.pointer) is one.node
        run = one.span_of(0, len(one.value))
        assert one.span.start <= run.start <= run.end <= one.span.end
    for one in result.properties:
        assert one.span.start >= last
        last = one.span.end
    assert isinstance(result.data, dict)


@moderately
@given(ANY_TEXT, ANY_PATH, ANY_OPTIONS)
def test_any_text_reads(text: str, path: str, options: Options) -> None:
    check_invariants(read(Source.from_text(path, text), options))


@moderately
@given(st.one_of(st.binary(), ANY_TEXT.map(lambda t: t.encode("utf-16", "surrogatepass")),
                 ANY_TEXT.map(lambda t: t.encode("utf-8", "surrogatepass"))),
       ANY_PATH, ANY_OPTIONS)  # fmt: skip
def test_any_bytes_read(data: bytes, path: str, options: Options) -> None:
    check_invariants(read(Source.from_bytes(path, data), options))


@moderately
@given(SOURCES, st.integers(0, 10_000), st.integers(0, 3), FRAGMENTS)
def test_a_slip_is_one_fault_where_the_parser_refuses(
    source: Source, at: int, gone: int, new: str
) -> None:
    before = page_of(source)
    assert before.block is not None
    start, end = before.block.content
    at = min(start + at % max(1, end - start), end)
    text = source.text[:at] + new + source.text[min(at + gone, end) :]
    after = read(Source.from_text(source.path, text), FORCED)
    check_invariants(after)
    if isinstance(after, NotAPage) or after.source.fault is not None or after.block is None:
        return
    if any(f.code in ("FM005", "FM009") for f in after.faults):
        return
    try:
        data = loaded(after)
    except (ValueError, RecursionError):
        assert [f.code for f in after.faults] in (["FM002"], ["FM003"])
        assert after.unreadable
    else:
        if after.unreadable:  # half a character, a list, a value that is no JSON
            assert after.faults[0].code in ("FM002", "FM004")
        else:
            assert after.data.keys() == data.keys()


# Spans and values


@moderately
@given(SOURCES)
def test_the_data_is_what_the_parser_loads(source: Source) -> None:
    page = page_of(source)
    assert not page.unreadable, page.faults
    data = loaded(page)
    if page.dialect.name == "json":
        assert page.data == data
        return
    assert unplaced(page.data, data) == toml_data(data)


def unplaced(ours: Any, theirs: Any) -> Any:
    """Our data without what JSON has no type for, which stays as it is written."""
    if isinstance(theirs, dict):
        assert ours.keys() == theirs.keys()
        return {k: unplaced(ours[k], theirs[k]) for k in theirs}
    if isinstance(theirs, list):
        return [unplaced(a, b) for a, b in zip(ours, theirs, strict=True)]
    if toml_data(theirs) is None:
        assert repr(tomllib.loads(f"k = {ours}")["k"]) == repr(theirs)
        return None
    assert type(ours) is type(theirs)
    return ours


@moderately
@given(SOURCES)
def test_spans_cut_out_values_and_keys(source: Source) -> None:
    page = readable(source)
    for pointer, node in every_scalar(page):
        found = alone(page, cut(page, node.span))
        if node.kind == "string":
            assert found == node.value
        else:
            assert not isinstance(found, str)
            assert cut(page, node.span) == node.value
        assert page.at(pointer) is node
    check_keys(page, page.root)


def check_keys(page: Page, node: Node | None) -> None:
    for entry in node.entries if node is not None else ():
        written = cut(page, entry.key_span)
        if page.dialect.name == "json":
            assert json.loads(written) == entry.key
        else:
            assert [*tomllib.loads(f"{written} = 1")] == [entry.key]
        check_keys(page, entry.node)
    for item in node.items if node is not None else ():
        check_keys(page, item)


@moderately
@given(SOURCES)
def test_parts_of_a_value_map_back_to_the_text(source: Source) -> None:
    page = readable(source)
    for _, node in every_scalar(page):
        where = page.dialect.offsets(page.source.text, node)
        assert where is not None
        assert len(where) == len(node.value)
        last = node.span.start
        for character, (begin, end) in zip(node.value, where, strict=True):
            assert last <= begin < end <= node.span.end
            last = end
            written = page.source.text[begin:end]
            if node.style[:1] == '"' and written[0] == "\\":
                assert alone(page, f'"{written}"') == character
            elif written == "\r\n":
                assert character == "\n"
            else:
                assert written == character


# Writing


def apply(text: str, edits: tuple[Edit, ...]) -> str:
    for edit in sorted(edits, reverse=True):
        text = text[: edit.start] + edit.text + text[edit.end :]
    return text


def check_written(page: Page, pointer: str, edits: tuple[Edit, ...], text: str) -> None:
    """After ``edits`` the value at ``pointer`` is ``text``, and the rest is as it was."""
    after = page_of(Source(page.source.path, apply(page.source.text, edits)))
    assert after.root is not None, after.faults
    node = after.at(pointer)
    assert node is not None
    assert node.value == text
    if node.kind == "timestamp":
        old = page.at(pointer)
        assert old is not None
        assert old.kind == "timestamp"
    else:
        assert node.kind == "string"
    olds = {p: (n.value, n.kind) for p, n in every_scalar(page) if p != pointer}
    news = {p: (n.value, n.kind) for p, n in every_scalar(after) if p != pointer}
    assert news == olds


@moderately
@given(SOURCES, NEW_TEXT, st.data())
def test_any_value_can_be_replaced_by_any_string(
    source: Source, text: str, data: st.DataObject
) -> None:
    page = readable(source)
    assume(every_scalar(page))
    pointer, node = data.draw(st.sampled_from(every_scalar(page)))
    edit = page.dialect.replace(page, node, text)
    assert isinstance(edit, Edit), edit
    assert (edit.start, edit.end) == node.span
    check_written(page, pointer, (edit,), text)


@moderately
@given(SOURCES, NEW_TEXT, st.data())
def test_any_parts_of_a_value_can_be_rewritten(
    source: Source, text: str, data: st.DataObject
) -> None:
    page = readable(source)
    filled = [(p, n) for p, n in every_scalar(page) if n.value]
    assume(filled)
    pointer, node = data.draw(st.sampled_from(filled))
    places = data.draw(st.lists(st.integers(0, len(node.value)), min_size=2, max_size=4))
    places.sort()
    pieces = [(a, b, text) for a, b in zip(places[::2], places[1::2], strict=False) if a < b]
    assume(pieces)
    changed = node.value
    for start, end, new in reversed(pieces):
        changed = changed[:start] + new + changed[end:]
    edits = page.dialect.rewrite(page, node, pieces)
    assert not isinstance(edits, Refusal)
    assert all(node.span.start <= e.start <= e.end <= node.span.end for e in edits)
    check_written(page, pointer, edits, changed)


NAMES = st.sampled_from(
    ["og:site_name", "og:image:alt", "og:url", "twitter:card", "page:title", "og:video:url"]
)


@moderately
@given(SOURCES, NAMES, NEW_TEXT, st.sampled_from(["generic", "release"]))
def test_any_property_can_be_inserted(source: Source, name: str, text: str, preset: str) -> None:
    options = Options(preset=preset)
    page_of(source)
    page = read(source, options)
    assert isinstance(page, Page)
    assume(not page.unreadable and page.written(name) is None)
    edit = page.insert(name, text)
    if isinstance(edit, Refusal):
        assert re.search(r"a list|there already", edit.reason), edit
        return
    after = read(Source(source.path, apply(source.text, (edit,))), options)
    assert isinstance(after, Page)
    assert not after.unreadable, (after.source.text, after.faults)
    written = after.written(name)
    assert written is not None
    assert (written.value, written.kind) == (text, "string")
    olds = dict(every_scalar(page)) if page.root is not None else {}
    news = dict(every_scalar(after))
    del news[written.pointer]
    gone = {p: n for p, n in olds.items() if p not in news}
    assert all(node.kind == "null" for node in gone.values())
    for pointer, node in news.items():
        assert (node.value, node.kind) == (olds[pointer].value, olds[pointer].kind)


TOML_SHAPES = st.sampled_from(
    ["[og]\ntype = {}\n", "[ og ] # c\n 'type' = {} # c\n[z]\n", "og.type = {}\n",
     'og."ty\\u0070e"={}\n', "og = {a = 1, type = {}}\n", "og_type = {}\n", "'og:type' = {}\n",
     "[openGraph]\nurl = 'x'\ntype = {}\n"]
)  # fmt: skip
JSON_SHAPES = st.sampled_from(
    ['{"og": {"type": {}}}', '{\n  "og": {\n    "ty\\u0070e" : {}\n  }\n}', '{"og_type": {}}',
     '{"a": 1, "og:type": {}}', '{"openGraph": {"url": "x", "type": {}}}']
)  # fmt: skip


@st.composite
def typed_sources(draw: st.DrawFn) -> Source:
    """A file that writes og:type."""
    if draw(st.booleans()):
        value = draw(st.one_of(toml_string(), TOML_PLAIN))
        return Source("a.md", f"+++\n{draw(TOML_SHAPES).replace('{}', value)}+++\nBody\n")
    value = json_text(draw, draw(JSON_SCALAR), 0, None)
    return Source("a.md", f"---json\n{draw(JSON_SHAPES).replace('{}', value)}\n---\nBody\n")


@moderately
@given(typed_sources(), st.sampled_from(["og:determiner", "og:locale", "og:site_name"]),
       st.lists(NEW_TEXT, min_size=2, max_size=3))  # fmt: skip
def test_a_property_can_be_renamed_and_divided(source: Source, name: str, texts: list[str]) -> None:
    page = readable(source)
    one = page.written("og:type")
    assert one is not None
    edit = page.rename(one, name)
    assert isinstance(edit, Edit), edit
    after = page_of(Source(source.path, apply(source.text, (edit,))))
    renamed = after.written(name)
    assert renamed is not None
    assert (renamed.value, renamed.kind) == (one.value, one.kind)
    assert after.written("og:type") is None
    divided = page.divide(one, texts)
    assert isinstance(divided, Edit), divided
    after = page_of(Source(source.path, apply(source.text, (divided,))))
    node = after.at(one.pointer)
    assert node is not None
    assert [(item.value, item.kind) for item in node.items] == [(text, "string") for text in texts]
