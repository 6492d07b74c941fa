"""For any text and any span: the source line fits, and the underline is below the span."""

from __future__ import annotations

import os
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st
from wcwidth import iter_graphemes, width

from ogcheck.problem import Finding, Problem, Severity, complete
from ogcheck.reports.snippet import draw
from ogcheck.reports.terminal import Screen
from ogcheck.source import Source

AWKWARD = (
    "a é\t\n\r\x00\x1b\x9b\u0301\u200b\u200d\u200c\u202e\ufeff…\u1100\u1161\u11a8\u0e33"
    "警한क\u094dष👩🏽🇩❤\ufe0f\udcff\ud83d\U000e0041ا"
)
LONG = st.builds(lambda a, n, b: a * n + b, st.text(AWKWARD), st.integers(0, 60), st.text(AWKWARD))
TEXTS = st.one_of(st.text(AWKWARD), st.text(), LONG, st.builds(str.__mul__, LONG, st.just(9)))


@st.composite
def problems(pick: st.DrawFn) -> Problem:
    text = pick(TEXTS)
    start = pick(st.integers(0, len(text)))
    end = pick(st.integers(start, len(text)))
    finding = Finding("X1", "m", start, end)
    return complete(finding, Source("p", text), name="n", severity=Severity.ERROR)


@given(problems(), st.integers(9, 500), st.sampled_from([None, "ascii", "cp1252"]))
def test_any_span(problem: Problem, room: int, encoding: str | None) -> None:
    screen = Screen(encoding=encoding)
    snippet = draw(problem, screen, room)
    start = min(problem.column - problem.source_column, len(problem.source_line))
    end = len(problem.source_line)
    if problem.end_line == problem.line:
        end = max(start, min(problem.end_column - problem.source_column, end))
    before = screen.cells(problem.source_line[:start])
    marked = screen.cells(problem.source_line[start:end], before[-1].text if before else " ")
    assert width(snippet.text) <= max(room, len("\\U0010ffff") + 2 * screen.ellipsis.width)
    assert snippet.carets >= 1
    underlined = _columns(snippet.text, snippet.indent, snippet.carets)
    whole = "".join(cell.text for cell in marked)
    if marked:
        assert underlined
        assert whole.startswith(underlined)
    if whole != underlined and marked:
        assert snippet.text.endswith(screen.ellipsis.text)


def _columns(text: str, indent: int, size: int) -> str:
    """What stands in ``size`` cells of ``text`` from cell ``indent``, found independently."""
    shown, at = "", 0
    for cluster in iter_graphemes(text):
        if indent <= at < indent + size:
            shown += cluster
        at += width(cluster)
    return shown


@given(st.one_of(st.text(AWKWARD), st.text()))
def test_inline_text_is_one_visible_line(text: str) -> None:
    shown = Screen().inline(text)
    assert len(shown.splitlines()) <= 1
    assert not any(c < " " or "\x7f" <= c <= "\x9f" or "\ud800" <= c <= "\udfff" for c in shown)
    assert not any("\u202a" <= c <= "\u202e" or "\u2066" <= c <= "\u2069" for c in shown)
    Screen(encoding="ascii").inline(text).encode("ascii")


@pytest.mark.skipif(sys.platform == "win32", reason="needs a pseudo-terminal")
def test_the_width_is_that_of_the_terminal() -> None:
    import fcntl
    import pty
    import struct
    import termios

    main, side = pty.openpty()
    with os.fdopen(main, "rb"), os.fdopen(side, "w") as out:
        fcntl.ioctl(out, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 61, 0, 0))
        assert Screen.of(out).width == 61
        assert Screen.of(out, width=33).width == 33
        fcntl.ioctl(out, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 5, 0, 0))
        assert Screen.of(out).width == 20
        fcntl.ioctl(out, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 0, 0, 0))
        assert Screen.of(out).width == 100
