"""The report that people read: each problem with its line of source and what to write instead."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ogcheck.reports.base import Reporter
from ogcheck.reports.snippet import draw, last_line
from ogcheck.reports.terminal import headline

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ogcheck.problem import Problem
    from ogcheck.reports.terminal import Screen

_NARROW = 40
"""Below this width the source line is not indented."""


class TextReporter(Reporter):
    """A headline, the message, the source line, and what more there is to say."""

    def problem(self, problem: Problem) -> None:
        """Write one problem and a blank line."""
        self.out.write("\n".join(_lines(problem, self.screen)) + "\n\n")


def _lines(problem: Problem, screen: Screen) -> Iterator[str]:
    number = str(problem.line)
    indent = "  " if screen.width >= _NARROW else ""
    margin = indent + " " * len(number) + " "
    yield f"{headline(problem, screen)} {screen.inline(problem.name)}"
    yield f"  {screen.inline(problem.message)}"
    through = _through(problem)
    if problem.source_line:
        room = screen.width - len(margin) - len("| ")
        snippet = draw(problem, screen, room)
        bar = screen.paint("|", "label")
        underline = "^" * snippet.carets
        if through and snippet.indent + snippet.carets + 1 + len(through) <= room:
            underline, through = f"{underline} {through}", ""
        yield f"{margin}{bar}"
        yield f"{indent}{screen.paint(number, 'label')} {bar} {snippet.text}"
        carets = screen.paint(underline, problem.severity)
        yield f"{margin}{bar} {' ' * snippet.indent}{carets}"
    for label, text in _remarks(problem, through):
        yield f"{margin}{screen.paint('=', 'label')} {screen.paint(label, 'bold')}: " + (
            screen.inline(text)
        )


def _through(problem: Problem) -> str:
    """How far a span of several lines goes; empty for one of one line."""
    last = last_line(problem)
    return f"through line {last}" if last > problem.line else ""


def _remarks(problem: Problem, through: str) -> Iterator[tuple[str, str]]:
    """The labelled lines below the source line, as label and text."""
    if through:
        yield "note", f"it goes on {through}"
    if problem.help:
        yield "help", problem.help
    if problem.fix:
        yield "fix", f"{problem.fix.message} ({problem.fix.applicability})"
    for place in problem.related:
        yield "note", f"{place.path}:{place.line}:{place.column}: {place.message}"
    for other in problem.also:
        yield "also", f"{other['code']} {other['message']}"
    yield "rule", f"ogcheck rule {problem.code}"
