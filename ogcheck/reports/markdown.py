"""A summary in GitHub's Markdown: for a job's page, a comment, a mail.

What comes from pages is text and stays text: every character that Markdown or GitHub could obey is
escaped. The list is cut where nobody reads on (GitHub takes 1 MiB of summary for each step), the
totals never are.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from ogcheck.problem import DOCS_URL
from ogcheck.reports.base import Reporter
from ogcheck.reports.summary import sentence
from ogcheck.values.patterns import late

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import TextIO

    from ogcheck.problem import Problem
    from ogcheck.reports.summary import Summary

SHOWN = 100
"""How many problems are listed."""
LENGTH = 500
"""How many characters of a message are shown."""

_MARKUP = late(r"[\\`*_\[\]<>|~$#&]|(?<=www)\.|:(?=//)|@(?=\w)")
_MARKS = {"error": "🔴", "warning": "🟡", "note": "🔵"}


class MarkdownReporter(Reporter):
    """Totals, a table of rules, and the problems of each file in a table."""

    def __init__(self, out: TextIO, **how: Any) -> None:
        super().__init__(out, **how)
        self._files: dict[str, list[str]] = {}
        self._listed = 0

    def problem(self, problem: Problem) -> None:
        """Take one problem in."""
        if self._listed == SHOWN:
            return
        self._listed += 1
        row = (
            f"| {problem.line}:{problem.column} | {self._severity(problem.severity)} "
            f"| {self._link(problem.code)} | {self._escaped(problem.text)} |"
        )
        self._files.setdefault(problem.path, []).append(row)

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
            for code, one in sorted(summary.counts.items(), key=lambda i: (-i[1].count, i[0])):
                yield (
                    f"| {one.count:,} | {self._severity(one.severity)} "
                    f"| {self._link(code)} {self._escaped(one.name)} |"
                )
        for path, rows in self._files.items():
            yield from ("", f"### {self._escaped(path)}", "")
            yield from ("| place | severity | rule | what |", "|---|---|---|---|")
            yield from rows
        more = summary.listed - self._listed
        if more > 0:
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
