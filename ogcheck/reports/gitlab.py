"""GitLab's code quality report, which it shows in a merge request.

The fields are those of "Code Quality report format" in GitLab's documentation (docs.gitlab.com,
ci/testing/code_quality, read in November 2026). GitLab takes two entries of one fingerprint for one
problem, in the whole report: so the path is a part of it, and the number in the file.
"""

from __future__ import annotations

from hashlib import blake2b
from typing import TYPE_CHECKING, Any

from ogcheck.reports.base import Reporter
from ogcheck.reports.json_text import dump
from ogcheck.reports.occurrences import Occurrences

if TYPE_CHECKING:
    from ogcheck.problem import Problem
    from ogcheck.reports.summary import Summary

_SEVERITIES = {"error": "major", "warning": "minor", "note": "info"}
"""GitLab knows info, minor, major, critical and blocker; no card that is wrong stops a service."""


class GitLabReporter(Reporter):
    """A JSON array, an entry a line."""

    _separator = "\n"

    def begin(self) -> None:
        """Open the list."""
        self._occurrences = Occurrences()
        self.out.write("[")

    def problem(self, problem: Problem) -> None:
        """Write one problem as one line."""
        entry = dump(self._entry(problem), ascii_only=self.screen.encoding is not None)
        self.out.write(self._separator + entry)
        self._separator = ",\n"

    def end(self, summary: Summary) -> None:
        """Close the list."""
        self.out.write("]\n" if self._separator == "\n" else "\n]\n")
        super().end(summary)

    def _entry(self, problem: Problem) -> dict[str, Any]:
        about = f"{problem.path}\0{self._occurrences.name(problem)}"
        key = about.encode("utf-8", "surrogatepass")
        return {
            "description": problem.text,
            "check_name": problem.code,
            "fingerprint": blake2b(key, digest_size=16).hexdigest(),
            "severity": _SEVERITIES[problem.severity],
            "location": {"path": problem.path, "lines": {"begin": problem.line}},
        }
