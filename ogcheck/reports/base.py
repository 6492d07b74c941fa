"""What every format has in common: problems come one at a time, the summary last."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ogcheck.reports.summary import sentence
from ogcheck.reports.terminal import Screen

if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import TextIO

    from ogcheck.problem import Problem
    from ogcheck.reports.summary import Summary
    from ogcheck.rules.base import Rule


class Reporter:
    """Writes a report while the problems come; call ``begin``, ``problem`` for each, ``end``.

    ``out`` takes the report, ``summary_out`` one closing sentence (none without it). ``color``
    allows ANSI colours; ``width`` is in terminal cells. A reporter lists whatever it is given:
    what is hidden or suppressed is its caller's decision. It never closes its streams. ``rules``
    are those of the run by code, for formats that explain them; ``fail_on`` is what makes the run
    fail (``error``, ``warning`` or ``never``), for formats that say what failed.
    """

    def __init__(
        self,
        out: TextIO,
        *,
        color: bool = False,
        width: int | None = None,
        summary_out: TextIO | None = None,
        rules: Mapping[str, type[Rule]] | None = None,
        fail_on: str = "warning",
    ) -> None:
        self.out = out
        self.screen = Screen.of(out, color=color, width=width)
        self.summary_out = summary_out
        self.rules = rules if rules is not None else {}
        self.fail_on = fail_on

    def begin(self) -> None:
        """Write what stands before the problems."""

    def problem(self, problem: Problem) -> None:
        """Write one problem."""
        raise NotImplementedError

    def end(self, summary: Summary) -> None:
        """Write what stands after the problems, then the closing sentence."""
        self.out.flush()
        if self.summary_out is not None:
            self.summary_out.write(sentence(summary) + "\n")
