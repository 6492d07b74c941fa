"""The report that people read: each problem with its line of source and what to write instead.

One code with one value and one advice on many pages (a default image, a name that is declared
nowhere) is one entry with a count, so entries are written when all problems are known. Of these
there are a thousand screens at most, which bounds the memory of a run; what is beyond is counted.
"""

from __future__ import annotations

from dataclasses import field
from typing import TYPE_CHECKING, Any

from ogcheck.frozen import slotted
from ogcheck.reports.base import Reporter
from ogcheck.reports.snippet import draw, last_line
from ogcheck.reports.terminal import headline

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import TextIO

    from ogcheck.problem import Problem
    from ogcheck.reports.summary import Summary
    from ogcheck.reports.terminal import Screen

_NARROW = 40
"""Below this width the source line is not indented."""

ENTRIES = 50_000
"""How many entries are shown; of more, those that come first. They take some 50 MB."""
_SHOWN = 5
"""How many of the further places of one entry are named."""


@slotted
class _Entry:
    """A problem, and where else it stands."""

    problem: Problem
    more: int = 0
    """On how many further pages."""
    places: list[str] = field(default_factory=list)
    """The first of them."""


class TextReporter(Reporter):
    """A headline, the message, the source line, and what more there is to say."""

    def __init__(self, out: TextIO, **how: Any) -> None:
        super().__init__(out, **how)
        self.entries: dict[Any, _Entry] = {}
        self._left_out = 0

    def problem(self, problem: Problem) -> None:
        """Take one problem in."""
        key = (problem.code, problem.severity, problem.message, problem.value, *_advice(problem))
        entry = self.entries.get(key)
        if entry is not None and entry.problem.path != problem.path:
            entry.more += 1
            if len(entry.places) < _SHOWN:
                entry.places.append(f"{problem.path}:{problem.line}:{problem.column}")
        elif len(self.entries) == ENTRIES:
            self._left_out += 1
        else:
            again = () if entry is None else (problem.path, problem.offset)
            self.entries[(*key, *again)] = _Entry(problem)

    def end(self, summary: Summary) -> None:
        """Write every entry and a blank line, then the closing sentence."""
        for entry in self.entries.values():
            self.out.write("\n".join(_lines(entry, self.screen)) + "\n\n")
        if self._left_out:
            are = "problem is" if self._left_out == 1 else "problems are"
            self.out.write(
                f"{self._left_out:,} more {are} not shown (--format concise lists all).\n\n"
            )
        super().end(summary)


def _lines(entry: _Entry, screen: Screen) -> Iterator[str]:
    problem = entry.problem
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
    for label, text in _remarks(entry, through):
        yield f"{margin}{screen.paint('=', 'label')} {screen.paint(label, 'bold')}: " + (
            screen.inline(text)
        )


def _advice(problem: Problem) -> Iterator[object]:
    """What is said below the source line: entries are one only if it holds for all their pages."""
    yield problem.help
    yield problem.fix and (problem.fix.message, problem.fix.safe)
    yield from ((other["code"], other["message"]) for other in problem.also)


def _through(problem: Problem) -> str:
    """How far a span of several lines goes; empty for one of one line."""
    last = last_line(problem)
    return f"through line {last}" if last > problem.line else ""


def _remarks(entry: _Entry, through: str) -> Iterator[tuple[str, str]]:
    """The labelled lines below the source line, as label and text."""
    problem = entry.problem
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
    if entry.more:
        rest = entry.more - len(entry.places)
        pages = "page" if entry.more == 1 else "pages"
        tail = f" and {rest:,} more (--format concise lists all)" if rest else ""
        yield "same", f"on {entry.more:,} more {pages}: {', '.join(entry.places)}{tail}"
    yield "rule", f"ogcheck rule {problem.code}"
