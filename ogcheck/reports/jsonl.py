"""One JSON document a line, each a problem, for what reads while a run is on.

A line is what ``$defs/problem`` of ``schemas/report.schema.json`` describes. There is no line for
the summary: every line is of one kind, and the counts are in the closing sentence and in ``json``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ogcheck.reports.base import Reporter
from ogcheck.reports.json import form
from ogcheck.reports.json_text import dump

if TYPE_CHECKING:
    from ogcheck.problem import Problem


class JsonLinesReporter(Reporter):
    """A problem a line, and nothing else."""

    def problem(self, problem: Problem) -> None:
        """Write one problem as one line."""
        ascii_only = self.screen.encoding is not None
        self.out.write(dump(form(problem), ascii_only=ascii_only) + "\n")
