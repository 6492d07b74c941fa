"""A summary in GitHub's Markdown: for a job's page, a comment, a mail.

What comes from pages is text and stays text: every character that Markdown or GitHub could obey is
escaped. The list is cut where nobody reads on (GitHub takes 1 MiB of summary for each step), the
totals never are.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, NamedTuple

from ogcheck.problem import DOCS_URL, Severity
from ogcheck.reports.base import Reporter
from ogcheck.reports.summary import sentence
from ogcheck.values.patterns import late

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import TextIO

    from ogcheck.problem import Problem
    from ogcheck.reports.summary import Summary

SHOWN = 100
"""How many problems are listed: errors before warnings before notes."""
LENGTH = 500
"""How many characters of a message are shown."""

_MARKUP = late(r"[\\`*_\[\]<>|~$#&]|(?<=www)\.|:(?=//)|@(?=\w)")
_MARKS = {"error": "🔴", "warning": "🟡", "note": "🔵"}


class _Row(NamedTuple):
    """A problem as a row of its file's table, and which one of the run it is."""

    number: int
    path: str
    text: str


class MarkdownReporter(Reporter):
    """Totals, a table of rules, and the problems of each file in a table."""

    def __init__(self, out: TextIO, **how: Any) -> None:
        super().__init__(out, **how)
        self._rows: dict[int, list[_Row]] = {severity.rank: [] for severity in Severity}
        self._number = 0

    def problem(self, problem: Problem) -> None:
        """Take one problem in."""
        self._number += 1
        rows = self._rows[problem.severity.rank]
        if len(rows) == SHOWN:
            return
        text = (
            f"| {problem.line}:{problem.column} | {self._severity(problem.severity)} "
            f"| {self._link(problem.code)} | {self._escaped(problem.text)} |"
        )
        rows.append(_Row(self._number, problem.path, text))

    def end(self, summary: Summary) -> None:
        """Write the document."""
        for line in self._lines(summary):
            self.out.write(line + "\n")
        super().end(summary)

    def _lines(self, summary: Summary) -> Iterator[str]:
        yield "## ogcheck"
        yield ""
        yield self._escaped(sentence(summary))
        if summary.counts:
            yield from ("", "| problems | severity | rule |", "|---:|---|---|")
            for one in summary.rows():
                yield (
                    f"| {one.number:,} | {self._severity(one.severity)} "
                    f"| {self._link(one.code)} {self._escaped(one.name)} |"
                )
        worst = [row for rank in sorted(self._rows) for row in self._rows[rank]][:SHOWN]
        files: dict[str, list[str]] = {}
        for row in sorted(worst):
            files.setdefault(row.path, []).append(row.text)
        for path, texts in files.items():
            yield from ("", f"### {self._escaped(path)}", "")
            yield from ("| place | severity | rule | what |", "|---|---|---|---|")
            yield from texts
        more = self._number - len(worst)
        if more:
            yield from ("", f"**{more:,} more** {'is' if more == 1 else 'are'} not listed here.")

    def _severity(self, severity: str) -> str:
        mark = _MARKS[severity]
        return severity if self.screen.inline(mark) != mark else f"{mark} {severity}"

    def _link(self, code: str) -> str:
        address = "".join(c for c in code if c.isascii() and c.isalnum())
        return f"[{self._escaped(code)}]({DOCS_URL}{address}/)"

    def _escaped(self, text: str) -> str:
        shown = self.screen.inline(text if len(text) <= LENGTH else text[:LENGTH] + "…")
        return _MARKUP.sub(_escape, shown)


def _escape(match: re.Match[str]) -> str:
    character = match.group()
    return "&amp;" if character == "&" else "&lt;" if character == "<" else "\\" + character
