"""A source line and its span: underlined and cut to a terminal's width, or in three parts."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from ogcheck.problem import LINE_LIMIT

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ogcheck.problem import Problem
    from ogcheck.reports.terminal import Cell, Screen

_LEAST_SPLIT = 36
"""With this many cells left of the span, a cut line also shows how it begins: its key."""


class Snippet(NamedTuple):
    """A line to show, and where below it the underline stands, in cells."""

    text: str
    indent: int
    carets: int


class Parts(NamedTuple):
    """A line to show where it may wrap: what stands before the span, the span, what follows."""

    before: str
    marked: str
    after: str


class _Strip(NamedTuple):
    """A piece of a line, measured."""

    cells: list[Cell]
    width: int


class _Cut(NamedTuple):
    """A line in three pieces, and whether the problem's own line was cut already."""

    before: _Strip
    marked: _Strip
    after: _Strip
    left: bool
    right: bool


def draw(problem: Problem, screen: Screen, room: int) -> Snippet:
    """The line at the problem's start in at most ``room`` cells, the span always in view.

    The span is underlined to its end or to where the line (or the room) ends; one of no length
    gets one caret. ``room`` is exceeded only by a single spelt-out character that is wider.
    """
    cut = _pieces(problem, screen)
    ending: list[Cell] = []
    if not cut.left and not cut.right and _fits(cut, room):
        left, right = cut.before.cells, [*cut.marked.cells, *cut.after.cells]
    else:
        left = _left(cut, screen.ellipsis, room)
        right, ending = _right(cut, screen.ellipsis, room - _width(left))
    carets = _width(right[: len(cut.marked.cells)])
    text = "".join([cell.text for cell in (*left, *right, *ending)])
    return Snippet(text, _width(left), max(1, carets))


def split(problem: Problem, screen: Screen) -> Parts:
    """The line at the problem's start, all that the problem carries of it, at its span.

    The parts are visible text, none of which merges with the one before it. The span is empty where
    it has no length, or is nothing but the line's end.
    """
    cut = _pieces(problem, screen)
    ellipsis = screen.ellipsis.text
    strips = (cut.before, cut.marked, cut.after)
    before, marked, after = ("".join([cell.text for cell in strip.cells]) for strip in strips)
    return Parts(ellipsis * cut.left + before, marked, after + ellipsis * cut.right)


def last_line(problem: Problem) -> int:
    """The last line that the span holds a character of; a line's end belongs to that line."""
    if problem.end_line > problem.line and problem.end_column == 1:
        return problem.end_line - 1
    return problem.end_line


def _pieces(problem: Problem, screen: Screen) -> _Cut:
    line, first = problem.source_line, problem.source_column
    start = min(max(problem.column - first, 0), len(line))
    end = len(line)
    if problem.end_line == problem.line:
        end = min(max(problem.end_column - first, start), end)
    before = screen.cells(line[:start])
    marked = screen.cells(line[start:end], _last(before))
    after = screen.cells(line[end:], _last(marked or before))
    # A line that was cut has its span in the middle, unless the line's own end came first.
    expected = (LINE_LIMIT - min(end - start, LINE_LIMIT // 2)) // 2
    return _Cut(
        _Strip(before, _width(before)),
        _Strip(marked, _width(marked)),
        _Strip(after, _width(after)),
        left=first > 1,
        right=len(line) == LINE_LIMIT and start <= expected,
    )


def _last(cells: list[Cell]) -> str:
    return cells[-1].text if cells else " "


def _fits(cut: _Cut, room: int) -> bool:
    return cut.before.width + max(1, cut.marked.width + cut.after.width) <= room


def _left(cut: _Cut, ellipsis: Cell, room: int) -> list[Cell]:
    """What is shown before the span: all, or its end, or its beginning and its end."""
    marked = max(1, cut.marked.width)
    after = cut.after.width + ellipsis.width * cut.right
    whole = cut.before.width + ellipsis.width * cut.left
    share = max(room // 4, (room - marked) // 2, room - marked - after)
    if marked > room - share and whole <= room // 2:
        share = whole  # The span does not fit anyhow: rather show what it belongs to.
    least = max(1, _width((cut.marked.cells or cut.after.cells)[:1]))
    share = max(0, min(share, room - least - ellipsis.width))
    if whole <= share:
        return [ellipsis, *cut.before.cells] if cut.left else cut.before.cells
    if share < ellipsis.width:
        return []
    head = [] if cut.left or share < _LEAST_SPLIT else _take(cut.before.cells, share // 3)
    tail = _take(reversed(cut.before.cells), share - _width(head) - ellipsis.width)
    return [*head, ellipsis, *reversed(tail)]


def _right(cut: _Cut, ellipsis: Cell, room: int) -> tuple[list[Cell], list[Cell]]:
    """The span and what follows it, as far as there is room; and the ellipsis, if one is due."""
    cells = [*cut.marked.cells, *cut.after.cells]
    if not cut.right and cut.marked.width + cut.after.width <= room:
        return cells, []
    return _take(cells, room - ellipsis.width) or cells[:1], [ellipsis]


def _take(cells: Iterable[Cell], room: int) -> list[Cell]:
    """As many of ``cells`` as fit."""
    taken = []
    for cell in cells:
        room -= cell.width
        if room < 0:
            break
        taken.append(cell)
    return taken


def _width(cells: Iterable[Cell]) -> int:
    return sum([cell.width for cell in cells])
