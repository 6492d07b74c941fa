"""What every format writes for every awkward case, to the letter."""

from __future__ import annotations

import html
import io
import json
import re
import subprocess
import sys
import unicodedata
from pathlib import Path
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree

import jsonschema
import pytest
from wcwidth import width as cells

from ogcheck.problem import Edit, Finding, Fix, Severity, complete
from ogcheck.reports import FORMATS, reporter
from ogcheck.reports.summary import Summary, sentence
from ogcheck.source import Source

if TYPE_CHECKING:
    from collections.abc import Callable

SCHEMA = json.loads((Path(__file__).parents[2] / "schemas/report.schema.json").read_text())
COLOUR = re.compile(r"\x1b\[[0-9;]*m")


@pytest.mark.parametrize("name", FORMATS)
def test_exact_output(case: Any, name: str, check: Callable[[Any, str], None]) -> None:
    check(case, name)


@pytest.mark.parametrize("name", FORMATS)
def test_nothing_but_visible_text_is_written(case: Any, name: str) -> None:
    written = case.report(name)
    written.encode()
    for c in set(written.replace("\n", "")):
        joiner = c == "\u200d" and "emoji" in case.name
        assert joiner or unicodedata.category(c) not in {"Cc", "Cf", "Cs", "Zl", "Zp"}, repr(c)


@pytest.mark.parametrize("name", FORMATS)
def test_colour_only_adds_colours(case: Any, name: str) -> None:
    assert COLOUR.sub("", case.report(name, color=True)) == case.report(name)


def test_colours() -> None:
    out = io.StringIO()
    source = Source("p.md", "og: x\n")
    finding = Finding("OG001", "Wrong.", 4, 5)
    problem = complete(finding, source, name="odd", severity=Severity.WARNING)
    writer = reporter("text", out, color=True)
    writer.problem(problem)
    writer.end(Summary())
    assert out.getvalue() == (
        "\x1b[1mp.md:1:5\x1b[0m: \x1b[1;33mwarning\x1b[0m \x1b[1mOG001\x1b[0m odd\n"
        "  Wrong.\n"
        "    \x1b[1;34m|\x1b[0m\n"
        "  \x1b[1;34m1\x1b[0m \x1b[1;34m|\x1b[0m og: x\n"
        "    \x1b[1;34m|\x1b[0m     \x1b[1;33m^\x1b[0m\n"
        "    \x1b[1;34m=\x1b[0m \x1b[1mrule\x1b[0m: ogcheck rule OG001\n\n"
    )


def test_source_lines_fit(case: Any) -> None:
    lines = case.report("text").split("\n")
    for line in lines:
        if re.match(r" *\d* \|", line) and case.name != "width 20, escapes":
            assert cells(line) <= (case.width or 100), line


def test_concise_is_one_line_a_problem(case: Any) -> None:
    assert case.report("concise").count("\n") == len(case.problems) + 1


def test_json_is_as_its_schema_says(case: Any) -> None:
    document = json.loads(case.report("json").rsplit("\n", 2)[0])
    jsonschema.Draft202012Validator.check_schema(SCHEMA)
    jsonschema.validate(document, SCHEMA)
    assert len(document["problems"]) == len(case.problems)
    for problem, one in zip(document["problems"], case.problems, strict=True):
        assert {k: problem[k] for k in ("line", "column", "offset", "end_offset")} == {
            "line": one.line,
            "column": one.column,
            "offset": one.offset,
            "end_offset": one.end_offset,
        }


def test_every_object_of_the_schema_is_closed_and_described() -> None:
    def walk(node: Any, titled: bool) -> None:
        if titled and "$ref" not in node:
            assert {"title", "description"} <= node.keys(), node
        if node.get("type") == "object":
            assert node["additionalProperties"] is False
            assert set(node["required"]) == node["properties"].keys()
        for child in node.get("properties", {}).values():
            walk(child, titled=True)
        for child in node.get("$defs", {}).values():
            walk(child, titled=True)

    walk(SCHEMA, titled=True)


def _problem(path: str = "p.md", text: str = "title: é…\n") -> Any:
    finding = Finding("OG001", "“Wrong” 警", 0, 5)
    return complete(finding, Source(path, text), name="odd", severity=Severity.ERROR)


@pytest.mark.parametrize(
    "name", ["concise", "json", "jsonl", "sarif", "github", "gitlab", "rdjson"]
)
def test_problems_are_written_as_they_come(name: str) -> None:
    out = io.StringIO()
    writer = reporter(name, out)
    writer.begin()
    for i in range(3):
        before = len(out.getvalue())
        writer.problem(_problem(f"p{i}.md"))
        assert f"p{i}.md" in out.getvalue()[before:]
    writer.end(Summary())


def _named(
    path: str, value: str | None, message: str = "It is a default image.", **advice: Any
) -> Any:
    finding = Finding("IMG003", message, 4, 9, value=value, **advice)
    return complete(finding, Source(path, "og: a.png"), name="odd", severity=Severity.WARNING)


def test_text_says_one_value_on_many_pages_once() -> None:
    out = io.StringIO()
    writer = reporter("text", out)
    for number in range(8):
        writer.problem(_named(f"p{number}.md", "a.png"))
    writer.problem(_named("p8.md", "b.png"))  # another value
    writer.problem(_named("p8.md", "b.png"))  # the same page: both have their place
    writer.problem(_named("p8.md", "a.png", "It is small."))  # another message
    writer.end(Summary())
    entries = out.getvalue().split("\n\n")
    assert [entry.split(":", 1)[0] for entry in entries] == ["p0.md", "p8.md", "p8.md", "p8.md", ""]
    same = [line for line in out.getvalue().splitlines() if " same: " in line]
    assert same == [
        "    = same: on 7 more pages: p1.md:1:5, p2.md:1:5, p3.md:1:5, p4.md:1:5, p5.md:1:5"
        " and 2 more (--format concise lists all)"
    ]


def test_text_gives_each_page_its_own_advice() -> None:
    out = io.StringIO()
    writer = reporter("text", out)
    fixes = [Fix(True, f"Write {n}", (Edit(4, 9, str(n)),)) for n in (1, 1, 2)]
    for number, fix in enumerate(fixes):
        writer.problem(_named(f"f{number}.md", "a.png", fix=fix))
    for number, advice in enumerate(("Take 1.", "Take 1.", "Take 2.")):
        writer.problem(_named(f"h{number}.md", "a.png", help=advice))
    writer.end(Summary())
    entries = out.getvalue().split("\n\n")
    assert [entry.split(":", 1)[0] for entry in entries] == ["f0.md", "f2.md", "h0.md", "h2.md", ""]
    assert ["same: on 1 more" in entry for entry in entries] == [True, False, True, False, False]


@pytest.mark.parametrize("encoding", ["ascii", "cp1252", "cp437", "utf-8"])
@pytest.mark.parametrize("name", FORMATS)
def test_any_stream_takes_it(name: str, encoding: str) -> None:
    data = io.BytesIO()
    out = io.TextIOWrapper(data, encoding=encoding, newline="")
    writer = reporter(name, out, width=20, summary_out=out)
    writer.begin()
    problem = _problem(text=f"title: é{'警' * 40}…\n")
    writer.problem(problem)
    writer.end(Summary(files=1, pages=1))
    out.flush()
    written = data.getvalue().decode(encoding)
    closing = f"{sentence(Summary(files=1, pages=1))}\n"
    report = written.removesuffix(closing)
    if name == "junit":
        assert "“Wrong” 警" in str(ElementTree.fromstring(report).findtext(".//failure"))
    elif name == "html":
        assert "<p>“Wrong” 警</p>" in html.unescape(report)
    elif name not in ("text", "concise", "github", "markdown"):
        report = json.loads(report)
        message = {
            "json": lambda: report["problems"][0]["message"],
            "jsonl": lambda: report["message"],
            "sarif": lambda: report["runs"][0]["results"][0]["message"]["text"],
            "gitlab": lambda: report[0]["description"],
            "rdjson": lambda: report["diagnostics"][0]["message"],
        }
        assert message[name]() == "“Wrong” 警"
    else:
        assert ("警" in written) is (encoding == "utf-8")
        assert ("\\u8b66" in written) is (encoding != "utf-8")


def test_text_ascii_stream() -> None:
    data = io.BytesIO()
    out = io.TextIOWrapper(data, encoding="ascii", newline="")
    writer = reporter("text", out, width=40)
    writer.problem(_problem(text=f"title: é{'x' * 400}\n"))
    writer.end(Summary())
    assert data.getvalue().decode() == (
        "p.md:1:1: error OG001 odd\n"
        "  \\u201cWrong\\u201d \\u8b66\n"
        "    |\n"
        "  1 | title: \\u00e9xxxxxxxxxxxxxxxxxx...\n"
        "    | ^^^^^\n"
        "    = rule: ogcheck rule OG001\n\n"
    )


def test_the_summary_goes_to_its_own_stream() -> None:
    for name in FORMATS:
        out, summary_out = io.StringIO(), io.StringIO()
        writer = reporter(name, out, summary_out=summary_out)
        writer.begin()
        writer.end(Summary(files=2, pages=2))
        assert summary_out.getvalue() == "No problems in 2 files.\n"
        # Those that are documents tell it, too.
        is_told = name in ("markdown", "html")
        assert ("No problems in 2 files." in out.getvalue()) is is_told


def test_an_unknown_format_is_refused() -> None:
    with pytest.raises(ValueError, match="no report format 'xml': choose from text, concise, json"):
        reporter("xml", io.StringIO())


def test_formats_are_imported_when_used() -> None:
    script = (
        "import io, sys\n"
        "from ogcheck.problem import Finding, Severity, complete\n"
        "from ogcheck.reports import reporter\n"
        "from ogcheck.source import Source\n"
        "source = Source('p.md', 'title: “It’s” — naïve\\n')\n"
        "one = complete(Finding('X1', 'm', 0, 5), source, name='n', severity=Severity.ERROR)\n"
        "writer = reporter('text', io.StringIO())\n"
        "writer.problem(one)\n"
        "from ogcheck.reports.summary import Summary\n"
        "writer.end(Summary())\n"
        "print(sorted({'json', 'wcwidth', 'ogcheck.reports.json', 'unicodedata', 'shutil'}"
        " & sys.modules.keys()))\n"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, check=True)
    assert done.stdout.decode().strip() == "[]"
