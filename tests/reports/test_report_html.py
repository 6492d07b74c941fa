"""The HTML page: valid, complete, and with nothing in it that a page under check has sent."""

from __future__ import annotations

import base64
import hashlib
import re
from collections import Counter
from functools import partial
from typing import TYPE_CHECKING, Any
from xml.etree.ElementTree import Element

import html5lib  # type: ignore[import-untyped]
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ogcheck.problem import Edit, Finding, Fix, Place, Severity, complete
from ogcheck.reports.folders import folders, parents
from ogcheck.reports.html import SHOWN
from ogcheck.reports.html_problem import EDITS, LENGTH
from ogcheck.reports.summary import Summary, sentence
from ogcheck.reports.terminal import Screen
from ogcheck.source import Source
from tests.reports.writing import report_of

if TYPE_CHECKING:
    from ogcheck.problem import Problem

RULES = "https://ogcheck.readthedocs.io/rules/"
ELEMENTS = {
    *("html", "head", "meta", "title", "style", "body", "header", "main", "footer", "script"),
    *("h1", "h2", "h3", "p", "section", "div", "table", "thead", "tbody", "tr", "th", "td"),
    *("dl", "dt", "dd", "ol", "li", "b", "a", "span", "code", "pre", "mark", "ins", "br"),
    *("form", "label", "input", "select", "option", "button"),
}
ATTRIBUTES = {
    *("lang", "charset", "http-equiv", "content", "name", "id", "class", "role", "tabindex"),
    *("aria-label", "aria-labelledby", "scope", "href", "rel", "for", "type", "value", "hidden"),
    *("autocomplete", "data-filter", "data-value", "data-order", "data-folders"),
    *("data-severity", "data-rule"),
}
"""All that the page is made of: no event handler, no style, no source."""


written = partial(report_of, name="html")


def parsed(page: str) -> Element:
    """The page as a browser reads it; what is not valid is an exception."""
    parser = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False)
    root: Element = parser.parse(page)
    return root


def text(element: Element | None) -> str:
    """What is shown of an element."""
    return "" if element is None else "".join(element.itertext())


def own_only(root: Element) -> None:
    """Assert that nothing in the page is of another's making."""
    for element in root.iter():
        assert element.tag in ELEMENTS
        assert set(element.attrib) <= ATTRIBUTES
    for link in root.iter("a"):
        assert re.fullmatch(re.escape(RULES) + r"[A-Za-z0-9]*/", link.attrib["href"])


def rows(root: Element, table: str) -> list[list[str]]:
    """The cells of a table's body."""
    found = root.findall(f".//table[@data-filter='{table}']/tbody/tr")
    return [[text(cell) for cell in row] for row in found]


def problem(path: str = "p.md", **more: Any) -> Problem:
    """A problem of which only what is given matters."""
    severity = more.pop("severity", Severity.ERROR)
    start, end = more.pop("span", (0, 1))
    finding = Finding(more.pop("code", "OG001"), more.pop("message", "Wrong."), start, end, **more)
    return complete(finding, Source(path, "og: x\n"), name="odd", severity=severity)


def test_it_is_valid_and_all_its_own(case: Any) -> None:
    root = parsed(case.report("html").rsplit("\n", 2)[0])
    own_only(root)
    identifiers = [one.attrib["id"] for one in root.iter() if "id" in one.attrib]
    assert len(set(identifiers)) == len(identifiers)
    for label in root.iter("label"):
        assert label.attrib["for"] in identifiers


def test_only_its_own_style_and_script_may_run(case: Any) -> None:
    root = parsed(case.report("html").rsplit("\n", 2)[0])
    meta = root.find(".//meta[@http-equiv='Content-Security-Policy']")
    assert meta is not None
    rules = dict(one.split(" ", 1) for one in meta.attrib["content"].split("; "))
    assert rules.pop("default-src") == rules.pop("base-uri") == rules.pop("form-action") == "'none'"
    for kind in ("style", "script"):
        allowed = rules.pop(f"{kind}-src")
        for element in root.iter(kind):
            digest = hashlib.sha256(text(element).encode()).digest()
            assert allowed == f"'sha256-{base64.b64encode(digest).decode()}'"
    assert not rules
    assert len(list(root.iter("script"))) == bool(case.problems)


def test_every_part_of_every_problem_is_shown(case: Any) -> None:
    root = parsed(case.report("html").rsplit("\n", 2)[0])
    inline = Screen().inline
    summary = Summary(files=1, pages=1)
    for one in case.problems:
        summary.add(one)
    assert text(root.find(".//header/p")) == sentence(summary)
    sections = root.findall(".//div[@id='list']/section")
    paths = list(dict.fromkeys(one.path for one in case.problems))
    items = {}
    for section, path in zip(sections, paths, strict=True):
        found = section.findall("ol/li")
        items[path] = iter(found)
        assert text(section.find("h3")) == f"{inline(path)} ({len(found)})"
    for one in case.problems:
        item = next(items[one.path])
        assert item.attrib == {"data-severity": one.severity, "data-rule": one.code}
        head, message = item.findall("p")
        place = f"{inline(one.path)}:{one.line}:{one.column}"
        assert text(head) == f"{one.severity} {one.code} {one.name} {place}"
        assert text(message) == inline(one.message)
        assert (item.find("pre") is not None) is bool(one.source_line)
        labels = [text(label) for label in item.findall("dl/dt")]
        remarks = [text(remark) for remark in item.findall("dl/dd")]
        told = Counter(labels)
        assert told["help"] == bool(one.help)
        assert told["fix"] == bool(one.fix)
        assert told["also"] == len(one.also)
        for said in (one.help, *(other["message"] for other in one.also)):
            assert said is None or any(remark.endswith(inline(said)) for remark in remarks)
        if one.fix:
            fix = remarks[labels.index("fix")].split("\n")
            assert fix[0] == f"{inline(one.fix.message)} ({one.fix.applicability})"
            for edit, line in zip(one.fix.edits, fix[1:], strict=True):
                assert inline(edit.text) in line
        for place in one.related:
            where = f"{inline(place.path)}:{place.line}:{place.column} {inline(place.message)}"
            assert where in remarks


def marked(one: Problem) -> tuple[str, str, str]:
    """The source line that is shown: before the mark, the mark, and what follows."""
    pre = parsed(written([one])).find(".//pre")
    assert pre is not None
    (mark,) = pre
    return pre.text or "", text(mark), mark.tail or ""


def test_the_span_is_marked_wherever_it_is(case: Any) -> None:
    for one in case.problems:
        if not one.source_line:
            continue
        before, mark, after = marked(one)
        screen = Screen()
        line = "".join(cell.text for cell in screen.cells(one.source_line))
        plain = one.source_line.isascii() and one.source_line.isprintable()
        if plain:
            assert (before + mark + after).strip("…") == line.strip("…")
            assert mark == one.subject.split("\n")[0][: len(mark)]
        assert mark or one.subject in ("", "\n", "\ufeff")


@pytest.mark.parametrize(
    ("span", "expected"),
    [
        ((4, 7), ("é: ", "a&b", "<警\\x1b")),
        ((0, 1), ("", "", "é: a&b<警\\x1b")),  # a byte-order mark is no part of the line
        ((1, 2), ("", "é", ": a&b<警\\x1b")),
        ((8, 10), ("é: a&b<", "警\\x1b", "")),
        ((10, 11), ("é: a&b<警\\x1b", "", "")),
        ((8, 13), ("é: a&b<", "警\\x1b", "")),
        ((3, 3), ("é:", "", " a&b<警\\x1b")),
    ],
)
def test_marks(span: tuple[int, int], expected: tuple[str, str, str]) -> None:
    source = Source("p.md", "\ufeffé: a&b<警\x1b\nx: y\n")
    one = complete(Finding("OG001", "m", *span), source, name="n", severity=Severity.ERROR)
    assert marked(one) == expected


ANY = st.text(
    st.characters(exclude_categories=())
    | st.sampled_from("\n\r\t\0\x1b\u202e\ud83d\udcff<>&'\"=/-![]`\u0338"),
    min_size=1,
    max_size=30,
) | st.sampled_from(
    ["javascript:x()", "</pre><script>x()</script>", "<!--", '" onclick="x()', "&lt;", "]]>"]
)
"""Any text, lone surrogates and controls among it."""


@settings(max_examples=150, deadline=None)
@given(path=ANY, code=ANY, message=ANY, help=ANY, edit=ANY, line=ANY)
def test_any_text_is_text(
    path: str, code: str, message: str, help: str, edit: str, line: str
) -> None:
    fix = Fix(True, message, (Edit(0, 1, edit),))
    finding = Finding(code, message, 0, 1, help=help, fix=fix, related=(Place(0, 1, message),),
                      also=(Finding(code, message, 0, 1),))  # fmt: skip
    one = complete(finding, Source(path, line), name=message, severity=Severity.ERROR)
    page = written([one])
    page.encode()
    root = parsed(page)
    own_only(root)
    inline = Screen().inline
    (item,) = root.findall(".//li")
    assert text(item.findall("p")[1]) == inline(message)
    assert inline(help) in [text(one) for one in item.iter("dd")]
    assert text(item.find(".//ins")) == inline(edit)
    assert item.attrib["data-rule"] == inline(code)
    assert text(root.find(".//h3")) == f"{inline(path)} (1)"
    assert not re.search("[\0-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", page)


def test_what_goes_on_is_cut() -> None:
    fix = Fix(True, "Write", tuple(Edit(i % 5, i % 5, "&" * 500) for i in range(EDITS + 2)))
    root = parsed(written([problem(message="<" * (LENGTH + 1), fix=fix)]))
    assert text(root.findall(".//li/p")[1]) == "<" * LENGTH + "…"
    assert [text(one) for one in root.iter("ins")] == ["&" * 400 + "…"] * EDITS
    assert text(root.find(".//li//dd")).endswith("\nand 2 more changes")


@pytest.mark.parametrize(
    ("edit", "expected"),
    [
        (Edit(4, 5, "y"), "write y for 1:5 to 1:6"),
        (Edit(4, 6, "y\n"), "write y\\n for 1:5 to 2:1"),
        (Edit(4, 4, "y"), "insert y at 1:5"),
        (Edit(4, 5, ""), "delete 1:5 to 1:6"),
    ],
)
def test_a_fix_says_what_it_does(edit: Edit, expected: str) -> None:
    root = parsed(written([problem(fix=Fix(False, "Mend it", (edit,)))]))
    assert text(root.find(".//li//dd")) == f"Mend it (unsafe)\n{expected}"


def test_the_table_of_rules() -> None:
    found = [
        *(problem(code="B1") for _ in range(2)),
        problem(code="A1", severity=Severity.NOTE),
        problem(code="A1", severity=Severity.WARNING),
        *(problem(code="C1", severity=Severity.NOTE) for _ in range(1000)),
    ]
    root = parsed(written(found))
    assert rows(root, "rule") == [
        ["C1 odd", "1,000", "0", "0", "1,000", ""],
        ["A1 odd", "2", "0", "1", "1", ""],
        ["B1 odd", "2", "2", "0", "0", ""],
    ]
    assert rows(root, "folder") == [["./", "1", "1,004", "2", "1", "1,001"]]
    assert [text(one) for one in root.findall(".//dl[@class='totals']/div/dd")] == (
        ["2", "1", "1,001", "1", "1", "0"]
    )
    choices = [text(one) for one in root.findall(".//select[@id='rule']/option")]
    assert choices == ["all", "C1 odd", "A1 odd", "B1 odd"]
    choices = [text(one) for one in root.findall(".//select[@id='severity']/option")]
    assert choices == ["all", "error", "warning", "note"]


def test_a_section_names_its_folders() -> None:
    paths = ("a/b/1.md", "a/b/2.md", "a/c/3.md", "4.md", "/d/5.md")
    root = parsed(written(problem(path) for path in paths))
    assert [row[:3] for row in rows(root, "folder")] == [
        ["/d/", "1", "1"],
        ["./", "4", "4"],
        ["a/", "3", "3"],
        ["a/b/", "2", "2"],
    ]
    values = {row[0]: str(i) for i, row in enumerate(rows(root, "folder"))}
    sections = root.findall(".//div[@id='list']/section")
    named = [one.attrib["data-folders"].split() for one in sections]
    assert named == [
        [values["./"], values["a/"], values["a/b/"]],
        [values["./"], values["a/"], values["a/b/"]],
        [values["./"], values["a/"]],
        [values["./"]],
        [values["/d/"]],
    ]


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("a.md", ["./"]),
        ("a/b.md", ["./", "a/"]),
        ("a/b/c.md", ["./", "a/", "a/b/"]),
        ("/a.md", ["/"]),
        ("/a/b.md", ["/", "/a/"]),
        ("C:/a/b.md", ["C:/", "C:/a/"]),
        ("<stdin>", ["./"]),
    ],
)
def test_the_folders_of_a_path(path: str, expected: list[str]) -> None:
    assert parents(path) == expected


@pytest.mark.parametrize(
    ("paths", "expected"),
    [
        ((), {}),
        (("a.md",), {"./": 1}),
        (("a/b/c.md",), {"a/b/": 1}),
        (("a/b/c.md", "a/b/d.md"), {"a/b/": 2}),
        # Folders with one file each are told by the folder above them.
        (("a/b/index.md", "a/c/index.md", "a/d/index.md"), {"a/": 3}),
        (("a/b/1.md", "a/b/2.md", "a/c.md"), {"a/": 3, "a/b/": 2}),
        (("a/1.md", "a/2.md", "b/1.md", "b/2.md"), {"./": 4, "a/": 2, "b/": 2}),
        (("/a.md",), {"/": 1}),
        (("/x/a.md", "/x/b/c.md"), {"/x/": 2}),
        (("C:/x/a.md", "b.md"), {"./": 1, "C:/x/": 1}),
        (("a b/1.md", "a/1.md", "a b/2.md", "a/2.md"), {"./": 4, "a/": 2, "a b/": 2}),
    ],
)
def test_folders(paths: tuple[str, ...], expected: dict[str, int]) -> None:
    found = folders({path: Counter({"error": 1, "note": 2}) for path in paths})
    assert {one.path: one.files for one in found} == expected
    assert [one.path for one in found] == list(expected)
    for one in found:
        assert one.counts == {"error": one.files, "note": 2 * one.files}


def test_more_than_browsers_open_are_cut_with_a_count() -> None:
    notes = [problem(f"{i % 9}.md", severity=Severity.NOTE) for i in range(SHOWN)]
    found = [*notes, problem("z.md"), problem("0.md", severity=Severity.WARNING)]
    page = written(found)
    assert page.count("<li ") == SHOWN
    assert page.count('<b class="note">note</b> <a') == SHOWN - 2
    assert "<h3>z.md <span>(1)</span></h3>" in page
    assert (
        "<p>20,000 of 20,002 problems are listed here, errors before\n"
        "warnings before notes. The totals count all.</p>" in page
    )
    assert rows(parsed(page), "rule") == [["OG001 odd", "20,002", "1", "1", "20,000", ""]]
    assert "are listed here" not in written(notes)
