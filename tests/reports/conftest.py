"""Awkward problems that every format has to show, as ``case``; ``check`` compares what it wrote.

What each format should write stands in ``expected/FORMAT.txt``, a section for each case; of the
HTML page without its style and script, which are files of their own, and their hashes. After a
change that is meant, ``OGCHECK_WRITE_EXPECTED=1 pytest tests/reports`` writes these files anew:
read the difference.
"""

from __future__ import annotations

import io
import os
import re
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from ogcheck import __version__
from ogcheck.problem import Edit, Finding, Fix, Place, Severity, complete
from ogcheck.reports import reporter
from ogcheck.reports.summary import Summary
from ogcheck.rules.base import Rule
from ogcheck.source import Source

if TYPE_CHECKING:
    from collections.abc import Callable

    from ogcheck.problem import Problem

EXPECTED = Path(__file__).parent / "expected"
SELF_CONTAINED = re.compile(
    "(?<=<style>)[^<]+|(?<=<script>).+?(?=</script>)|sha256-[^']+", re.DOTALL
)
WRITE = bool(os.environ.get("OGCHECK_WRITE_EXPECTED"))


class Escaped(Rule):
    """A text with “character references” in it.

    ## What it does

    Reports `&amp;`.

    ## Why it matters

    It is shown as it is written.

    ## Fix

    The character itself is written.
    """

    code = "TXT010"
    name = "escaped-text"
    severity = Severity.WARNING
    fix = "safe"


RULES = {"TXT010": Escaped}
"""What formats know of rules: of the other codes nothing."""


@dataclass(frozen=True)
class Case:
    """Problems to report, at a width."""

    name: str
    problems: tuple[Problem, ...]
    width: int | None = None

    def report(self, name: str, *, color: bool = False) -> str:
        """The report in the format ``name``, its summary sentence included."""
        out = io.StringIO()
        writer = reporter(name, out, color=color, width=self.width, summary_out=out, rules=RULES)
        summary = Summary(files=1, pages=1)
        writer.begin()
        for one in self.problems:
            summary.add(one)
            writer.problem(one)
        writer.end(summary)
        return out.getvalue()


def mark(
    text: str | bytes,
    needle: str,
    *,
    path: str = "page.md",
    code: str = "TXT010",
    message: str = "og:title is not as it should be",
    severity: Severity = Severity.ERROR,
    help: str | None = None,
    fix: Fix | None = None,
    related: tuple[str, ...] = (),
    also: tuple[tuple[str, str], ...] = (),
    at: int | None = None,
    size: int | None = None,
) -> Problem:
    """A problem at ``needle`` in ``text``, or ``at`` an offset, ``size`` characters long."""
    data = text if isinstance(text, bytes) else text.encode()
    source = Source.from_bytes(path, data)
    start = source.text.index(needle) if at is None else at
    end = start + (len(needle) if size is None else size)
    places = (Place((i := source.text.index(r)), i + len(r), "see this place") for r in related)
    finding = Finding(
        code,
        message,
        start,
        end,
        help=help,
        property="og:title",
        pointer="/og/title",
        related=tuple(places),
        fix=fix,
        also=tuple(Finding(c, m, start, end) for c, m in also),
    )
    return complete(finding, source, name="escaped-text", severity=severity)


PLAIN = "---\ntitle: A & B\nog:\n  title: A &amp; B\n---\n"
LONG = f"  image: https://example.org/{'a' * 2500}&amp;w={'b' * 2460}\n"
CASES = (
    Case("no problems", ()),
    Case(
        "all parts",
        (
            mark(
                PLAIN,
                "&amp;",
                help="Write & instead.",
                fix=Fix(True, "Decode the reference", (Edit(32, 37, "&"),)),
                related=("A & B",),
                also=(("SCH009", "does not name the same title"),),
            ),
            mark(PLAIN, "title", code="OG007", severity=Severity.WARNING, message="A warning."),
            mark(PLAIN, "og", code="OG021", severity=Severity.NOTE, message="A note."),
        ),
    ),
    Case(
        "unsafe fix",
        (mark(PLAIN, "&amp;", fix=Fix(False, "Delete it", (Edit(32, 37, ""),))),),
    ),
    Case("wide characters", (mark("title: 東京警察 발표 😀 警告 fin\n", "警告"),)),
    Case("emoji", (mark("title: 👩\u200d👩\u200d👧 👍🏽 🇩🇪 ❤\ufe0f &amp; x\n", "&amp;"),)),
    Case("emoji marked", (mark("title: a 👩\u200d👩\u200d👧 b\n", "👩\u200d👩\u200d👧"),)),
    Case("joiner marked", (mark("title: می\u200cخواهم\n", "\u200c"),)),
    Case("combining characters", (mark("title: Cafe\u0301 a\u0308\u0323 &amp;\n", "&amp;"),)),
    Case("skin tone marked", (mark("title: 👍🏽 b\n", "🏽"),)),
    Case("half a flag marked", (mark("title: 🇩🇪🇫🇷\n", "🇩"),)),
    Case("combining mark marked", (mark("title: Cafe\u0301 noir\n", "\u0301"),)),
    Case("combining mark alone", (mark("\u0301title: x\n", "x"),)),
    Case("curly quotes", (mark("title: “It’s” — naïve &amp;\n", "&amp;"),)),
    Case("tabs", (mark("\ttitle:\tA\t&amp;\n", "&amp;"),)),
    Case("tab marked", (mark("og:\n\ttitle: x\n", "\t"),)),
    Case(
        "controls and terminal escapes",
        (
            mark(
                "title: \x1b[31mred\x1b]0;owned\x07 \x85\x9b\x00 &amp; \u202ereversed\n",
                "&amp;",
                message="og:title is “\x1b[2Jx\r\ny\u202e”",
                help="Write \x1b[0m\n\nthis.",
                fix=Fix(True, "Write \x07\ttab", (Edit(0, 1, "\x1b\u202e\x9b"),)),
                related=("red",),
                also=(("SCH009", "not\x08this"),),
            ),
        ),
    ),
    Case("invisible characters", (mark("title: a\u200bb\ufeffc\u00add\u2028e &amp;\n", "&amp;"),)),
    Case("invisible character marked", (mark("title: a\u200bb\n", "\u200b"),)),
    Case("span of several lines", (mark("d: |\n  one\n  two\n  three\nx: y\n", "one\n  two"),)),
    Case("span with its line end", (mark("d: one\nx: y\n", "one\n"),)),
    Case(
        "span of several lines without room",
        (mark(f"d: {'x' * 90}\n  two\n", f"{'x' * 90}\n  two"),),
    ),
    Case("span at the end of the file", (mark("og:\n  title: A", "A"),)),
    Case("no length", (mark("og:\n  title: A\n", "title", size=0),)),
    Case("no length at the end of a line", (mark("og:\n  title:\n", "\n  ", size=0),)),
    Case("no length at the end of the file", (mark("og:\n  title: A\n", "", at=15),)),
    Case("no length between CR and LF", (mark("og: x\r\ntitle: A\r\n", "", at=6),)),
    Case("empty file", (mark("", "", message="The file is empty."),)),
    Case("long line", (mark(LONG, "&amp;"),)),
    Case("long line, span at its start", (mark(LONG, "image"),)),
    Case("long line, span at its end", (mark(LONG, "bbb\n", size=3),)),
    Case("long line, span of 4,000", (mark(LONG, "a" * 2500 + "&amp;", size=4000),)),
    Case("long line, wide terminal", (mark(LONG, "&amp;"),), width=450),
    Case("line of exactly 400, wide terminal", (mark("é" * 395 + "&amp;", "&amp;"),), width=450),
    Case("byte-order mark", (mark("\ufefftitle: A &amp; B\n", "&amp;"),)),
    Case("byte-order mark marked", (mark("\ufefftitle: A\n", "\ufeff"),)),
    Case(
        "awkward path", (mark(PLAIN, "&amp;", path="a b/\x1b[31m\nnew\u202e.md", related=("og",)),)
    ),
    Case(
        "undecodable bytes",
        (
            mark(
                b"title: caf\xe9 &amp; \xff\n",
                "&amp;",
                path="caf\udce9.md",
                message="og:title is “caf\udce9”",
                fix=Fix(True, "Decode it", (Edit(0, 1, "caf\udce9"),)),
            ),
        ),
    ),
    Case("Windows path", (mark(PLAIN, "&amp;", path="C:/Users/Zoë/news/a b.md"),)),
    Case(
        "path outside",
        (mark(PLAIN, "&amp;", path="/srv/news/a:b.md", related=("og",)),),
    ),
    Case(
        "what formats would obey",
        (
            mark(
                "title: x\n",
                "x",
                path="a|b`c`/<b>,100%: d]]>.md",
                message="og:title is “]]>%0A::error::x ##[group]y | `z` \\| <b>b</b> &lt; "
                "[link](https://example.org/) {0} **x** _y_ ~~z~~ $1$ #2 @who "
                "www.example.org ![](a)”",
                help="Write \"this\" & 'that'.",
                fix=Fix(True, "Write [a](b) ]]>", (Edit(7, 8, "::set-output ]]> | [a](b)"),)),
            ),
        ),
    ),
    Case(
        "fix of several edits",
        (
            mark(
                "\ufefftitle: “警 &amp; b\nd: é &amp;\r\nx: 1\r\n",
                "&amp;",
                fix=Fix(
                    True,
                    "Decode the references",
                    (Edit(11, 16, "&"), Edit(24, 29, "&"), Edit(31, 31, "y: 2\r\n")),
                ),
            ),
        ),
    ),
    Case(
        "fix of several edits on one line",
        (
            mark(
                "\ufefftitle: “é &amp; 😀 &lt; b &gt;” c\nd: e\n",
                "&amp;",
                fix=Fix(
                    True,
                    "Decode the references",
                    (Edit(11, 16, "&"), Edit(19, 23, "<"), Edit(26, 30, ">"), Edit(34, 35, "x")),
                ),
            ),
        ),
    ),
    Case("one thing twice", (mark(PLAIN, "&amp;"), mark(PLAIN, "&amp;"))),
    Case(
        "many",
        tuple(
            mark(PLAIN, "&amp;", path=f"{severity}/{i // 6}.md", severity=severity)
            for severity in Severity
            for i in range(10 + severity.rank)
        ),
    ),
    Case("undecodable byte marked", (mark(b"title: caf\xe9\n", "\udce9"),)),
    Case("lone surrogate", (mark(b"title: x\n", "x", message="a \ud83d b"),)),
    Case("width 20", (mark(PLAIN, "&amp;"), mark(LONG, "&amp;")), width=20),
    Case("width 20, wide characters", (mark(f"{'警' * 30}&amp;{'警' * 30}", "&amp;"),), width=20),
    Case(
        "width 20, long span",
        (mark("title: 東京警察発表東京警察発表\n", "東京警察発表" * 2),),
        width=20,
    ),
    Case(
        "width 20, several lines",
        (mark("\n" * 99 + "d: one two\n  three\n", "one two\n  three"),),
        width=20,
    ),
    Case(
        "width 20, escapes", (mark("\U000e0041" * 9 + "\n", "\U000e0041", at=5, size=1),), width=20
    ),
    Case("more than width", (mark(f"{'x' * 80}…{'y' * 13}…\n", "y" * 13 + "…"),)),
)


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Run each test that asks for ``case`` with all of them."""
    if "case" in metafunc.fixturenames:
        metafunc.parametrize("case", CASES, ids=lambda case: case.name)


@pytest.fixture
def cases() -> tuple[Case, ...]:
    """All of them at once."""
    return CASES


@pytest.fixture
def check() -> Callable[[Case, str], None]:
    """Compares a case's report in a format with what is expected of it."""

    def compare(case: Case, name: str) -> None:
        path = EXPECTED / f"{name}.txt"
        sections = _sections(path)
        written = case.report(name).replace(f'"{__version__}"', '"VERSION"')
        if name == "html":
            written = SELF_CONTAINED.sub("...", written.replace(__version__, "VERSION"))
        if WRITE:
            sections[case.name] = written
            known = [c.name for c in CASES if c.name in sections]
            text = "".join(f"#### {key}\n{sections[key]}" for key in known)
            path.write_bytes(text.encode())
        assert written == sections[case.name]

    return compare


def _sections(path: Path) -> dict[str, str]:
    if not path.exists():
        return {}
    _, *sections = path.read_text(encoding="utf-8").split("#### ")
    return dict(section.split("\n", 1) for section in sections)
