"""Workflow commands of GitHub Actions: annotations at the lines, a foldable group for each file.

Data escapes ``%``, CR and LF, properties also ``:`` and ``,``, as the runner undoes it ("Workflow
commands for GitHub Actions", docs.github.com, 2026). GitHub keeps ten errors, ten warnings and ten
notices of a step and drops the rest without a word, so what is more is written to the log as text.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from ogcheck.reports.base import Reporter
from ogcheck.reports.snippet import last_line

if TYPE_CHECKING:
    from ogcheck.problem import Problem
    from ogcheck.reports.summary import Summary

CAP = 10
"""How many annotations of one kind GitHub keeps of one step."""
_COMMANDS = {"error": "error", "warning": "warning", "note": "notice"}


class GitHubReporter(Reporter):
    """``::error file=…,line=…,title=CODE name::message``."""

    _path: str | None = None

    def begin(self) -> None:
        """Count from nothing."""
        self._counts: Counter[str] = Counter()

    def problem(self, problem: Problem) -> None:
        """Write one problem as an annotation, or where there are enough as a line of the log."""
        if problem.path != self._path:
            self._close()
            self._path = problem.path
            self.out.write(f"::group::{_data(self.screen.inline(problem.path))}\n")
        command = _COMMANDS[problem.severity]
        self._counts[command] += 1
        place = f"{self.screen.inline(problem.path)}:{problem.line}:{problem.column}"
        message = f"{place}: {self.screen.inline(problem.text)}"
        code = self.screen.inline(problem.code)
        if self._counts[command] > CAP:
            # The runner obeys its older commands, ##[…], anywhere in a line.
            self.out.write(f"{command} {code} {message}".replace("##[", "## [") + "\n")
            return
        properties = ",".join(f"{k}={_property(v)}" for k, v in self._place(problem).items())
        self.out.write(f"::{command} {properties}::{_data(message)}\n")

    def end(self, summary: Summary) -> None:
        """Close the last group, and say how many annotations GitHub would have dropped."""
        self._close()
        more = [
            f"{count - CAP:,} more {command}{'' if count - CAP == 1 else 's'}"
            for command in _COMMANDS.values()
            if (count := self._counts[command]) > CAP
        ]
        if more:
            them = more[0] if len(more) == 1 else f"{', '.join(more[:-1])} and {more[-1]}"
            self.out.write(
                f"GitHub shows {CAP} annotations of a kind for each step: "
                f"{them} stand in this log only.\n"
            )
        super().end(summary)

    def _close(self) -> None:
        if self._path is not None:
            self.out.write("::endgroup::\n")

    def _place(self, problem: Problem) -> dict[str, str]:
        last = last_line(problem)
        place = {"file": self.screen.inline(problem.path), "line": str(problem.line)}
        if last == problem.line:  # GitHub knows columns on one line only
            place["col"] = str(problem.column)
            if problem.end_line == problem.line and problem.end_column > problem.column:
                place["endColumn"] = str(problem.end_column)
        else:
            place["endLine"] = str(last)
        title = f"{problem.code} {problem.name}"
        return {**place, "title": self.screen.inline(title)}


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
