"""One line a problem, for editors, ``grep`` and narrow logs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ogcheck.reports.base import Reporter
from ogcheck.reports.terminal import headline

if TYPE_CHECKING:
    from ogcheck.problem import Problem


class ConciseReporter(Reporter):
    """``path:line:column: severity CODE message``."""

    def problem(self, problem: Problem) -> None:
        """Write one problem as one line."""
        message = self.screen.inline(problem.message)
        self.out.write(f"{headline(problem, self.screen)} {message}\n")
