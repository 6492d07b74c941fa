"""JUnit's XML, which most CI servers show as test results.

A file with what makes the run fail (errors and warnings, or as ``--fail-on`` says) is a test case
that fails, once, with all of that; the rest fails nothing and stands in its ``system-out``. Files
without problems are not listed; if there is nothing at all to list, one test case passes, because
servers take a report without any for an accident. There is no time and no host in it: the same
input gives the same report. The counts stand before the test cases, so it is written when all
problems are known.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from ogcheck.reports.base import Reporter
from ogcheck.reports.terminal import Screen

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import TextIO

    from ogcheck.problem import Problem
    from ogcheck.reports.summary import Summary


@dataclass(slots=True)
class _Case:
    """What was found in one file, as lines."""

    failures: list[str] = field(default_factory=list)
    rest: list[str] = field(default_factory=list)
    """What fails nothing."""
    counts: Counter[str] = field(default_factory=Counter)
    """Of the failures, by severity."""
    worst: str = ""
    """The code of the first error, else of the first warning."""
    has_error: bool = False


class JUnitReporter(Reporter):
    """One ``testsuite``, a ``testcase`` for each file with problems."""

    def __init__(self, out: TextIO, **how: Any) -> None:
        super().__init__(out, **how)
        self._cases: dict[str, _Case] = {}
        self._encoding = self.screen.encoding
        self.screen = Screen()  # what the stream cannot take becomes a character reference

    def problem(self, problem: Problem) -> None:
        """Take one problem in."""
        case = self._cases.setdefault(problem.path, _Case())
        inline = self.screen.inline
        fails = problem.severity.fails(self.fail_on)
        (case.failures if fails else case.rest).append(
            f"{problem.line}:{problem.column}: {problem.severity} {inline(problem.code)} "
            f"{inline(problem.name)}: {inline(problem.text)}"
        )
        if not fails:
            return
        case.counts[problem.severity] += 1
        is_error = problem.severity == "error"
        if not case.worst or is_error and not case.has_error:
            case.worst = problem.code
            case.has_error = is_error

    def end(self, summary: Summary) -> None:
        """Write the document."""
        for line in self._lines():
            self.out.write(self._taken(line) + "\n")
        super().end(summary)

    def _lines(self) -> Iterator[str]:
        tests = max(1, len(self._cases))
        failures = sum(bool(case.failures) for case in self._cases.values())
        counts = f'tests="{tests}" failures="{failures}" errors="0"'
        yield '<?xml version="1.0" encoding="utf-8"?>'
        yield f'<testsuites name="ogcheck" {counts} time="0">'
        yield f'<testsuite name="ogcheck" {counts} skipped="0" time="0">'
        if not self._cases:
            yield '<testcase classname="ogcheck" name="no problems" time="0"/>'
        for path, case in self._cases.items():
            name = _escaped(self.screen.inline(path))
            yield f'<testcase classname="ogcheck" name="{name}" time="0">'
            if case.failures:
                kind = _escaped(self.screen.inline(case.worst))
                yield f'<failure type="{kind}" message="{_number(case.counts)}">'
                yield from map(_escaped, case.failures)
                yield "</failure>"
            if case.rest:
                yield "<system-out>"
                yield from map(_escaped, case.rest)
                yield "</system-out>"
            yield "</testcase>"
        yield "</testsuite>"
        yield "</testsuites>"

    def _taken(self, line: str) -> str:
        if self._encoding is None:
            return line
        return line.encode("ascii", "xmlcharrefreplace").decode("ascii")


def _number(counts: Counter[str]) -> str:
    """``2 errors and 1 warning``."""
    return " and ".join(
        f"{counts[kind]:,} {kind}{'' if counts[kind] == 1 else 's'}"
        for kind in ("error", "warning")
        if counts[kind]
    )


def _escaped(text: str) -> str:
    """``text`` for XML's content and attributes; what XML has no place for was spelt out before."""
    for character, reference in (("&", "&amp;"), ("<", "&lt;"), (">", "&gt;"), ('"', "&quot;")):
        text = text.replace(character, reference)
    return text
