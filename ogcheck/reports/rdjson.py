"""The Reviewdog Diagnostic Format, which reviewdog turns into comments with suggestions.

As ``proto/rdf/reviewdog.proto`` of reviewdog describes it (``DiagnosticResult``): lines and columns
count from 1, columns in bytes of UTF-8, ends are exclusive. A suggestion replaces one range, so a
fix of several lines is several suggestions; an unsafe one is among them, because reviewdog shows
it to a person before anything is changed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ogcheck.reports.base import Reporter
from ogcheck.reports.json_text import dump, is_carried

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ogcheck.problem import Fix, Problem, Region
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
                "text": text,
            }
            for text, r in _joined(problem, problem.fix)
        ]
    return found


def _joined(problem: Problem, fix: Fix) -> Iterator[tuple[str, Region]]:
    """What a fix writes, and where; what it writes on the problem's line in one piece.

    A suggestion for a line leaves all else of it as it was, so that several would undo each other.
    """
    pieces = [(e.text, r) for e, r in zip(fix.edits, problem.edit_regions, strict=True)]
    pieces.sort(key=lambda piece: (piece[1].line, piece[1].column))
    text, place = pieces[0]
    for more, region in pieces[1:]:
        between = None
        if place.end_line == region.line == problem.line:
            start, end = (c - problem.source_column for c in (place.end_column, region.column))
            if 0 <= start <= end <= len(problem.source_line):
                between = problem.source_line[start:end]
        if between is None:
            yield text, place
            text, place = more, region
        else:
            text += between + more
            place = region._replace(
                line=place.line, column=place.column, byte_column=place.byte_column
            )
    yield text, place


def _range(line: int, column: int, end_line: int, end_column: int) -> dict[str, dict[str, int]]:
    return {
        "start": {"line": line, "column": column},
        "end": {"line": end_line, "column": end_column},
    }
