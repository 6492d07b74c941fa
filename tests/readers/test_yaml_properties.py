"""What holds for any YAML: spans cut out values, and what is written reads back as it was meant.

The documents are made here, in every style that YAML has; what they mean is asked of PyYAML alone.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from typing import Any

import yaml
from hypothesis import HealthCheck, assume, example, given, settings
from hypothesis import strategies as st

from ogcheck.page import Node, Page, Property, Refusal, steps
from ogcheck.problem import Edit
from ogcheck.readers import NotAPage, Options, read
from ogcheck.source import Source, Span

moderately = settings(
    deadline=None,
    max_examples=int(os.environ.get("OGCHECK_EXAMPLES", "60")),
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
)

# Documents

LETTERS = st.sampled_from("abcXYZ019éßж中😀&;|@%?!-._~/()=+*,'\"\\#:")
WORD = st.one_of(
    st.text(LETTERS, min_size=1, max_size=6),
    st.sampled_from(
        "no 12:30 2017-02-29 ~ null 1e3 0x1F &amp; &amp;amp; https://x.example/a?b=1&amp;c=2 a:b "
        "it's a#b Yes 3.14 010 -x ?x :x <<".split()
    ),
)
TRAPS = st.sampled_from(
    ["", " ", "  x", "x  ", "no", "12:30", "2017-02-29", "---", "...", "a: b", "a #b", "# a", "- a",
     "? a", ": a", "[a", "{a}", "a, b]", "a\nb", "a\n", "\n", "\na", "a\n\nb\n\n", "a\r\nb", "\t",
     "a\tb",
     "\x00", "\x1b[0m", "\x85", "a\x85b", "\u2028", "\ufeff", "'", '"', "''", '"a"', "'a", "\\",
     "\\n",
     "%a", "@a", "`a", "&a", "*a", "!a", "|", ">", "=", "<<", "~", "null", "y", "N", "a:", ":",
     "-", "?",
     "--- a", "https://x.example/?a=1&b=2,3", "1_000", "0o17", "1e3", ".inf", "😀", "\ufffe",
     "a b", "a ?b"]
)  # fmt: skip
NEW_TEXT = st.one_of(
    TRAPS,
    st.text(st.characters(exclude_categories=["Cs"]), max_size=12),
    st.text(st.sampled_from("ab \n\t'\"#:,[]{}&*!|>%@`\\-?\r\x85\u2028é😀"), max_size=10),
)


@st.composite
def plain(draw: st.DrawFn, indent: int, flow: bool) -> str:
    words = draw(st.lists(WORD, min_size=1, max_size=4))
    if flow:
        words = [re.sub(r"[,?\[\]{}]", "", w) or "x" for w in words]
    words[0] = words[0].lstrip("!|>") or "x"  # what begins a tag or a block
    joints = st.sampled_from([" ", " ", "  ", "\n" + " " * indent, "\n\n" + " " * (indent + 2)])
    return words[0] + "".join(draw(joints) + word for word in words[1:])


@st.composite
def single(draw: st.DrawFn, indent: int) -> str:
    fold = "\n" + " " * indent
    part = st.one_of(
        WORD.map(lambda w: w.replace("'", "''")),
        st.sampled_from([" ", "  ", fold, "\n" + fold, " " + fold, "''", "\t", "\x85", "\u2028"]),
    )
    return "'" + "".join(draw(st.lists(part, max_size=6))) + "'"


@st.composite
def double(draw: st.DrawFn, indent: int) -> str:
    fold = "\n" + " " * indent
    part = st.one_of(
        WORD.map(lambda w: w.replace("\\", "\\\\").replace('"', '\\"')),
        st.sampled_from([" ", "  ", fold, "\n" + fold, " " + fold, "\t", "\u2028"]),
        st.sampled_from([rf"\{c}" for c in '0abtnvfre "/\\N_LP']),
        st.sampled_from([r"\x41", r"\xe9", r"\u201C", r"\U0001F600", r"\x0a", r"\u2028", r"\x20"]),
        st.sampled_from(["\\" + fold, " \\" + fold, "\\" + fold + "\\ ", "\\" + "\n" + fold]),
    )
    return '"' + "".join(draw(st.lists(part, max_size=6))) + '"'


@st.composite
def block(draw: st.DrawFn, indent: int, parent: int) -> str:
    style, chomp = draw(st.sampled_from("|>")), draw(st.sampled_from(["", "-", "+"]))
    given_indent = draw(st.booleans())
    size = indent - parent
    header = style + (draw(st.sampled_from([f"{size}{chomp}", f"{chomp}{size}"]))
                      if given_indent and size < 10 else chomp)  # fmt: skip
    lead = ["", "  ", "\t"] if given_indent else [""]
    lines = []
    for number in range(draw(st.integers(1, 4))):
        first = draw(st.sampled_from(lead if number == 0 else ["", "", "  ", "\t"]))
        words = " ".join(draw(st.lists(WORD, min_size=0 if number else 1, max_size=3)))
        lines.append(" " * indent + first + words if words else draw(st.sampled_from(["", "  "])))
    comment = draw(st.sampled_from(["", "", "  # why"]))
    tail = draw(st.sampled_from(["", "", "\n", "\n\n", "\n" + " " * (indent + 2)]))
    return header + comment + "\n" + "\n".join(lines) + tail


@st.composite
def scalar(draw: st.DrawFn, indent: int, parent: int, flow: bool, anchors: list[str]) -> str:
    """A scalar as it is written, with what stands before and behind it."""
    if anchors and draw(st.integers(0, 5)) == 0:
        return "*" + draw(st.sampled_from(anchors)) + (" " if flow else "")
    before = ""
    if draw(st.integers(0, 5)) == 0:
        name = f"a{len(anchors)}"
        anchors.append(name)
        before = f"&{name}" + draw(st.sampled_from([" ", "  ", "\n" + " " * indent]))
    if draw(st.integers(0, 7)) == 0:
        before += draw(st.sampled_from(["!!str ", "!!str  "]))
    styles = [plain(indent, flow), single(indent), double(indent)]
    if not flow:
        styles += [block(indent, parent), st.just("")]
    text = draw(st.one_of(styles))
    comment = ""
    if not flow and text[:1] not in ("|", ">"):
        comment = draw(st.sampled_from(["", "", " # &amp; *a0 comment"]))
    return before + text + comment


KEYS = st.lists(
    st.sampled_from(
        ["title", "description", "author", "date", "lang", "canonical_url", "note", '"x y"', "2nd",
         "'og:type'", "twitter_card"]
    ),
    max_size=4, unique=True,
)  # fmt: skip
OG_KEYS = st.lists(
    st.sampled_from(["title", "description", "image", "type", '"url"', "'locale'", "site_name"]),
    min_size=1, max_size=3, unique=True,
)  # fmt: skip


@st.composite
def content(draw: st.DrawFn) -> str:
    anchors: list[str] = []
    between = st.sampled_from(["", "", "# comment: *a0\n", "\n"])
    parts: list[str] = []

    def entry(key: str, column: int) -> None:
        colon = draw(st.sampled_from([": ", ":  "]))
        indent = column + draw(st.integers(1, 3))
        value = draw(scalar(indent, column, False, anchors))
        parts.append(" " * column + key + colon + value + "\n" + draw(between))

    keys = draw(KEYS)
    middle = draw(st.integers(0, len(keys)))
    for key in keys[:middle]:
        entry(key, 0)
    shape = draw(st.sampled_from(["block", "block", "flow", "list", "flow list"]))
    if shape == "block":
        column = draw(st.integers(1, 4))
        parts.append("og:" + draw(st.sampled_from(["", " # here", " &og", " !!map"])) + "\n")
        for key in draw(OG_KEYS):
            entry(key, column)
    elif shape == "flow":
        comma = draw(st.sampled_from([", ", " ,", ",\n  "]))
        pairs = [f"{key}: {draw(scalar(3, 0, True, anchors))}" for key in draw(OG_KEYS)]
        parts.append("og: {" + draw(st.sampled_from(["", " "])) + comma.join(pairs) + "}\n")
    elif shape == "list":
        column = draw(st.integers(0, 2))
        parts.append("og:\n  image:\n")
        for _ in range(draw(st.integers(1, 3))):
            item = draw(scalar(column + 4, column + 2, False, anchors))
            parts.append(" " * (column + 2) + "- " + item + "\n")
    else:
        items = [draw(scalar(3, 0, True, anchors)) for _ in range(draw(st.integers(1, 3)))]
        parts.append("og: {image: [" + ", ".join(items) + "]}\n")
    for key in keys[middle:]:
        entry(key, 0)
    return "".join(parts)


@st.composite
def sources(draw: st.DrawFn) -> Source:
    """A file with front matter, or a data file, with any line ends."""
    middle = draw(content())
    assume(not re.search(r"\{\{|\{%|<%|\$\{", middle))  # what does not parse then is a template
    kind = draw(st.sampled_from(["---", "...", "```", "~~~~", "data", "end"]))
    before = draw(st.sampled_from(["", "", "\n", "  \n\n"]))
    if kind == "data":
        text = draw(st.sampled_from(["", "---\n", "# first\n"])) + middle
        text = text.removesuffix("\n") if draw(st.booleans()) else text
    elif kind in ("---", "..."):
        text = f"{before}---\n{middle}{kind}\nThe body.\n\n---\n"
    elif kind == "end":
        text = f"{before}---\n{middle}---"
    else:
        text = f"{before}{kind}yaml\n{middle}{kind}\n\n# Body\n"
    text = text.replace("\n", draw(st.sampled_from(["\n", "\n", "\r\n", "\r"])))
    bom = draw(st.sampled_from(["", "", "\ufeff"]))
    return Source("a.yaml" if kind == "data" else "a.md", bom + text)


FORCED = Options(preset="generic")


def page_of(source: Source) -> Page:
    page = read(source, FORCED)
    assert isinstance(page, Page), page
    return page


def readable(source: Source) -> Page:
    page = page_of(source)
    assume(page.root is not None)
    return page


# PyYAML's own opinion


class Independent(yaml.SafeLoader):
    """PyYAML with dates as their text, and keys as they are written."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
        self.flatten_mapping(node)
        return {key.value: self.construct_object(value, True) for key, value in node.value}


Independent.add_constructor("tag:yaml.org,2002:timestamp", lambda _, node: node.value)
Independent.add_constructor("tag:yaml.org,2002:value", lambda _, node: node.value)
Independent.add_constructor("tag:yaml.org,2002:merge", lambda _, node: node.value)


class IndependentOfC(yaml.CSafeLoader):
    """The same on libyaml, which reads some documents that PyYAML's own parser refuses: a tab
    behind a plain value, a question mark in one."""

    construct_mapping = Independent.construct_mapping
    yaml_constructors = Independent.yaml_constructors


def loaded(block: str) -> Any:
    try:
        return Independent(block).get_single_data()
    except yaml.YAMLError:
        return IndependentOfC(block).get_single_data()


def block_of(page: Page) -> str:
    assert page.block is not None
    return page.source.text[slice(*page.block.content)]


def alone(written: str, *, flow: bool = False) -> str:
    """What a plain or quoted scalar says, cut out of its file; in brackets, if it stood there."""
    text = f"{{k: {written}}}" if flow else f"k: {written}"
    ((_, node),) = entries(text)
    return str(node.value)


def alone_as_key(written: str) -> str:
    """The same of a key; one of which only the tag is written is empty."""
    return str(entries(f"{written}: x")[0][0].value) if written else ""


def entries(text: str) -> list[tuple[yaml.ScalarNode, yaml.ScalarNode]]:
    root = yaml.compose(text, Loader=yaml.CSafeLoader)
    assert isinstance(root, yaml.MappingNode)
    return list(root.value)


def last_key(page: Page, pointer: str) -> str:
    """The last step of a pointer that is a key, and no index."""
    node, found = page.root, ""
    for step in steps(pointer):
        assert node is not None
        if node.kind == "mapping":
            found = step
        node = node.child(step)
    return found


def cut(page: Page, span: Span) -> str:
    return page.source.text[span.start : span.end]


def every_property(page: Page) -> list[Property]:
    return [*page.properties, *page.strays]


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


# Any text

FRAGMENTS = st.sampled_from(
    ["---", "...", "```yaml", "```", "~~~", "\n", "\r\n", "\r", " ", "  ", "\t", ":", ": ", "- ",
     "? ", "#", " #", "{", "}", "[", "]", ",", "'", '"', "\\", "|", ">", "|2-", "&a", "*a", "!!str",
     "!x", "<<",
     "og", "title", "og:\n  title: x\n", "og:title", "twitter", "url: https://x.example/", "no",
     "12:30",
     "\x00", "\x85", "\u2028", "\ufeff", "\ud83d", "%YAML 1.1", "{{ x }}", "é", "😀", "head",
     "property"]
)  # fmt: skip
ANY_TEXT = st.one_of(
    st.text(),
    st.lists(FRAGMENTS, max_size=25).map("".join),
    st.lists(FRAGMENTS, max_size=25).map(lambda parts: "---\n" + "".join(parts) + "\n---\n"),
    st.lists(FRAGMENTS, max_size=25).map(lambda parts: "```yaml\n" + "".join(parts) + "\n```\n"),
)
ANY_OPTIONS = st.sampled_from([Options(), FORCED, Options(preset="release")])
ANY_PATH = st.sampled_from(["a.md", "a.yaml", "b/404.yml", "_includes/c.md"])


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
    for one in every_property(result):
        for span in (one.span, one.key_span, one.alias or one.span):
            assert 0 <= span.start <= span.end <= size
        assert result.at(one.pointer) is one.node
        run = one.span_of(0, len(one.value))
        assert one.span.start <= run.start <= run.end <= one.span.end
    if not any(word in result.source.text for word in ("*", "<<")):
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
    source = Source.from_bytes(path, data)
    result = read(source, options)
    check_invariants(result)
    if source.fault is not None and isinstance(result, Page):
        assert {f.code for f in result.faults} <= {"FM005", "FM006"}


# Spans and values


@moderately
@given(sources())
@example(Source("a.md", "---\nog: {title: x, image: 0\t}\n---\n"))  # a tab ends no token
def test_the_data_is_what_pyyaml_loads(source: Source) -> None:
    page = readable(source)
    assert page.data == loaded(block_of(page))


@moderately
@given(sources())
def test_what_does_not_compose_is_one_fault(source: Source) -> None:
    page = page_of(source)
    try:
        composed = yaml.compose(block_of(page), Loader=yaml.CSafeLoader)
    except yaml.YAMLError:
        assert [f.code for f in page.faults] == ["FM002"]
    else:
        assert (page.root is None) == (composed is None)
        assert not page.unreadable
    check_invariants(page)


@moderately
@given(sources())
@example(Source("a.md", "---\nog:\n title: x\n image: &0:0\n---\n"))  # the anchor ends at the colon
@example(Source("a.md", "---\ntitle: &a 0 ,0\nog: {image: [*a ]}\n---\n"))  # written in no brackets
@example(Source("a.md", "---\nog:\n description:\n  0:\n  ::\n  !!str :\n---\n"))  # no indices
def test_spans_cut_out_values_and_keys(source: Source) -> None:
    page = readable(source)
    for one in every_property(page):
        written = cut(page, one.span)
        if one.node.style not in ("|", ">"):
            assert alone(written, flow=one.node.flow) == one.value
        else:
            assert written[0] == one.node.style
            assert written == written.rstrip(" \t\r\n")
        if cut(page, one.key_span)[:1] != "*":
            assert alone_as_key(cut(page, one.key_span)) == last_key(page, one.pointer)
        if one.alias is not None:
            assert cut(page, one.alias)[0] == "*"


@moderately
@given(sources())
def test_parts_of_a_value_map_back_to_the_text(source: Source) -> None:
    page = readable(source)
    for one in every_property(page):
        for run in re.finditer(r"[^ \t\r\n\x85\u2028\u2029]+", one.value):
            written = cut(page, one.span_of(run.start(), run.end()))
            if one.node.style == "'":
                written = written.replace("''", "'")
            elif one.node.style == '"':
                written = alone(f'"{written}"')
            assert written == run.group()
        assert one.span_of(0, 0).start >= one.span.start


# Writing


def apply(text: str, edits: tuple[Edit, ...]) -> str:
    for edit in sorted(edits, reverse=True):
        text = text[: edit.start] + edit.text + text[edit.end :]
    return text


def may_be_refused(page: Page, node: Node) -> bool:
    return node.alias is not None or node.shared or (
        bool(node.tag) or "&" in page.source.text[: node.span.start]
        and node.span.start == node.span.end
    )  # fmt: skip


def check_written(page: Page, pointer: str, edits: tuple[Edit, ...], text: str) -> None:
    """After ``edits`` the value at ``pointer`` is ``text``, a string, and the rest is as it was."""
    assert page.root is not None
    after = read(Source(page.source.path, apply(page.source.text, edits)), FORCED)
    assert isinstance(after, Page)
    assert after.root is not None, after.faults
    node = after.at(pointer)
    assert node is not None
    assert (node.value, node.kind) == (text, "string")
    olds = {p: (n.value, n.kind) for p, n in scalars_of(page.root) if p != pointer}
    news = {p: (n.value, n.kind) for p, n in scalars_of(after.root) if p != pointer}
    assert news == olds


@moderately
@given(sources(), NEW_TEXT, st.data())
def test_any_value_can_be_replaced_by_any_string(
    source: Source, text: str, data: st.DataObject
) -> None:
    page = readable(source)
    assume(every_property(page))
    one = data.draw(st.sampled_from(every_property(page)))
    edit = page.replace(one, text)
    if isinstance(edit, Refusal):
        assert may_be_refused(page, one.node), edit
        return
    assert one.span.start <= edit.start <= edit.end <= one.span.end
    check_written(page, one.pointer, (edit,), text)


@moderately
@given(sources(), NEW_TEXT, st.data())
def test_any_parts_of_a_value_can_be_rewritten(
    source: Source, text: str, data: st.DataObject
) -> None:
    page = readable(source)
    filled = [p for p in every_property(page) if p.value]
    assume(filled)
    one = data.draw(st.sampled_from(filled))
    places = data.draw(st.lists(st.integers(0, len(one.value)), min_size=2, max_size=4))
    places.sort()
    pieces = [(a, b, text) for a, b in zip(places[::2], places[1::2], strict=False) if a < b]
    assume(pieces)
    changed = one.value
    for start, end, new in reversed(pieces):
        changed = changed[:start] + new + changed[end:]
    edits = page.rewrite(one, pieces)
    if isinstance(edits, Refusal):
        assert may_be_refused(page, one.node), edits
        return
    assert all(one.span.start <= e.start <= e.end <= one.span.end for e in edits)
    check_written(page, one.pointer, edits, changed)


NAMES = st.sampled_from(["og:site_name", "og:image:alt", "og:url", "twitter:card", "page:title"])
FILES = st.sampled_from(
    ["---\n---\n", "---\n# nothing\n---\nBody\n", "---\ntitle: x\n---\n",
     "---\nog:\n  title: x\n---\n",
     "---\nog:\n    title: x\n    type: |+\n        website\n\n\nauthor: y\n---\n",
     "---\nog:\n  title: >\n    x\n    \n---\n", "---\nog: {title: x}\n---\n",
     "---\nog: {}\n---\n",
     "---\nog: { title: x, type: , }\n---\n", "---\n{og: {title: x}, author: y}\n---\n",
     "---\n{}\n---\n",
     "---\nog_title: x\nog_image: y\n---\n", "---\nog:title: x\n---\n", "---\nogTitle: x\n---\n",
     '---\n"og:title": x\n---\n', "---\nog-title: x\n---\n", "---\nog.title: x\n---\n",
     "---\nopenGraph:\n  title: x\n---\n", "---\nog:\n---\n", "---\nog: # soon\nauthor: x\n---\n",
     "---\nog:\n  image: https://x.example/a.png # an image\n---\n",
     "---\nog:\n  image:\n    url: x\n---\n",
     "---\nog:\n  image:\n  - url: x\n---\n", "---\nauthor: *a\n---\n",
     "---\nauthor: 'x\n\n  y' # z\n---",
     "---\nd: &d {lang: en}\n<<: *d\n---\n", "---\nd: &d {type: x}\nog:\n  <<: *d\n---\n",
     "---\nd: &d {type: x}\nog: {<<: *d}\n---\n",
     "---\nd: &d {type: x}\nog: {title: 1, <<: *d}\n---\n",
     "---\ntwitter:\n  site: '@x'\n---\n", "```yaml\nog:\n  title: x\n```\nBody\n",
     "\n\n~~~yml\n~~~\n",
     "---\nproperty=og:title: x\n---\n", "---\nog: ~\n---\n", "---\nog:\n - title: x\n---\n",
     "---\nog:\n  siteUrl: z\n  title: x\n---\n", "---\nog:\n  image_alt2: z\n---\n"]
)  # fmt: skip


@moderately
@given(st.one_of(FILES.map(lambda t: Source("a.md", t)), sources()), NAMES, NEW_TEXT,
       st.sampled_from(["\n", "\r\n", "\r"]), st.sampled_from(["generic", "release"]))  # fmt: skip
def test_any_property_can_be_inserted(
    source: Source, name: str, text: str, newline: str, preset: str
) -> None:
    source = Source(source.path, re.sub(r"\r\n|[\r\n]", newline, source.text))
    options = Options(preset=preset)
    page = read(source, options)
    assert isinstance(page, Page)
    assume(not page.unreadable and page.written(name) is None)
    edit = page.insert(name, text)
    if isinstance(edit, Refusal):
        assert re.search(r"shared|list|there already|ended|no brackets|line end", edit.reason)
        return
    assert edit.start == edit.end
    if newline in source.text:
        assert "\n" not in edit.text.replace(newline, "")
    after = read(Source(source.path, apply(source.text, (edit,))), options)
    assert isinstance(after, Page)
    assert not after.unreadable, after.faults
    written = after.written(name)
    assert written is not None
    assert (written.value, written.kind) == (text, "string")
    olds = {p: (n.value, n.kind) for p, n in scalars_of(page.root)} if page.root else {}
    news = {p: (n.value, n.kind) for p, n in scalars_of(after.root)} if after.root else {}
    assert news.pop(written.pointer) == (text, "string")
    assert {p: v for p, v in olds.items() if v != ("", "null") or p in news} == news
