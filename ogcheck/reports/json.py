"""One JSON document, as ``schemas/report.schema.json`` describes it.

Problems are written as they come, each on a line of its own, so that a report of any size needs no
memory and two reports can be compared line by line.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ogcheck.reports.base import Reporter
from ogcheck.reports.json_text import dump, is_carried

if TYPE_CHECKING:
    from ogcheck.problem import Problem
    from ogcheck.reports.summary import Summary

VERSION = 1
"""Of the document's shape; it grows when a key changes its meaning or goes."""


class JsonReporter(Reporter):
    """``{"version": 1, "problems": […], "summary": {…}}``."""

    _separator = "\n"

    def begin(self) -> None:
        """Open the document and its list of problems."""
        self.out.write(f'{{"version": {VERSION}, "problems": [')

    def problem(self, problem: Problem) -> None:
        """Write one problem as one line."""
        self.out.write(self._separator + self._dump(form(problem)))
        self._separator = ",\n"

    def end(self, summary: Summary) -> None:
        """Close the list, write the summary and close the document."""
        close = "]" if self._separator == "\n" else "\n]"
        self.out.write(f'{close}, "summary": {self._dump(summary.to_dict())}}}\n')
        super().end(summary)

    def _dump(self, data: dict[str, Any]) -> str:
        return dump(data, ascii_only=self.screen.encoding is not None)


def form(problem: Problem) -> dict[str, Any]:
    """The JSON form of ``problem``, without a fix that JSON cannot carry."""
    data = problem.to_dict()
    if problem.fix is not None and not is_carried(problem.fix):
        data["fix"] = None
    return data
