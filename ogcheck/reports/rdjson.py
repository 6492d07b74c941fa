"""The Reviewdog Diagnostic Format, which reviewdog turns into comments with suggestions.

As ``proto/rdf/reviewdog.proto`` of reviewdog describes it (``DiagnosticResult``): lines and columns
count from 1, columns in bytes of UTF-8, ends are exclusive. A suggestion replaces one range, so a
fix of several edits is several suggestions; an unsafe one is among them, because reviewdog shows
it to a person before anything is changed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ogcheck.reports.base import Reporter
from ogcheck.reports.json_text import dump, is_carried

if TYPE_CHECKING:
    from ogcheck.problem import Problem
    from ogcheck.reports.summary import Summary

_SEVERITIES = {"error": "ERROR", "warning": "WARNING", "note": "INFO"}
_SOURCE = {"name": "ogcheck", "url": "https://ogcheck.readthedocs.io/"}


class RdjsonReporter(Reporter):
    """``{"diagnostics": […], "source": {…}}``, a diagnostic a line."""

    _separator = "\n"

    def begin(self) -> None:
        """Open the document and its list of diagnostics."""
        self.out.write('{"diagnostics": [')

    def problem(self, problem: Problem) -> None:
        """Write one problem as one line."""
        self.out.write(self._separator + self._dump(_diagnostic(problem)))
        self._separator = ",\n"

    def end(self, summary: Summary) -> None:
        """Close the list, say who found all that, and close the document."""
        close = "]" if self._separator == "\n" else "\n]"
        self.out.write(f'{close}, "source": {self._dump(_SOURCE)}}}\n')
        super().end(summary)

    def _dump(self, data: dict[str, Any]) -> str:
        return dump(data, ascii_only=self.screen.encoding is not None)


def _diagnostic(problem: Problem) -> dict[str, Any]:
    place = (problem.line, problem.byte_column, problem.end_line, problem.end_byte_column)
    found: dict[str, Any] = {
        "message": problem.text,
        "location": {"path": problem.path, "range": _range(*place)},
        "severity": _SEVERITIES[problem.severity],
        "code": {"value": problem.code, "url": problem.url},
    }
    if problem.fix is not None and is_carried(problem.fix):
        found["suggestions"] = [
            {
                "range": _range(r.line, r.byte_column, r.end_line, r.end_byte_column),
                "text": edit.text,
            }
            for edit, r in zip(problem.fix.edits, problem.edit_regions, strict=True)
        ]
    return found


def _range(line: int, column: int, end_line: int, end_column: int) -> dict[str, dict[str, int]]:
    return {
        "start": {"line": line, "column": column},
        "end": {"line": end_line, "column": end_column},
    }
