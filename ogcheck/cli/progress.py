"""How far a long run has come: one line at the bottom of the terminal behind standard error.

It appears after half a second, and is gone before anything else is written: while it may be shown,
standard output and standard error, where they are terminals, go through :class:`_Above`, which
erases it first. Where the last line that was written is not complete it is not shown.
"""

from __future__ import annotations

import os
import stat
import sys
import time
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any, Self, TextIO, TypeVar, cast

if TYPE_CHECKING:
    from types import TracebackType

_DELAY = 0.5
"""Seconds before it appears: most runs are over by then."""
_PAUSE = 0.1
"""Seconds between two looks: more often than an eye follows costs, and flickers."""
_LEAST_BAR, _LONGEST_BAR = 8, 40

One = TypeVar("One")


def is_wanted(*, quiet: bool) -> bool:
    """Whether there is anyone to show it to: a terminal that can, and neither --quiet nor CI.

    Nor where standard output is a pipe: whoever reads it may write on the same terminal, and that
    cannot be known before.
    """
    return (
        not quiet
        and sys.stderr is not None
        and sys.stderr.isatty()
        and os.environ.get("TERM") != "dumb"
        and os.environ.get("CI", "").lower() in ("", "0", "false")
        and not _is_pipe(sys.stdout)
    )


def _is_pipe(stream: TextIO | None) -> bool:
    try:
        return stream is not None and stat.S_ISFIFO(os.fstat(stream.fileno()).st_mode)
    except (OSError, ValueError):  # it has no file behind it
        return False


class Progress:
    """Counts files, and shows how many; without a terminal it does nothing.

    A context: at its end, however that comes, the line is gone and the streams are as they were.
    """

    def __init__(
        self,
        terminal: TextIO | None,
        *,
        clock: Callable[[], float] = time.monotonic,
        columns: Callable[[], int] | None = None,
    ) -> None:
        """``terminal`` takes the line, None for none; ``clock`` tells seconds, ``columns`` how wide
        it is."""  # fmt: skip
        self._terminal = terminal
        self._clock = clock
        self._columns = columns or self._width
        self._due = clock() + _DELAY
        self._shown = 0
        self._is_at_margin = True
        self._total = 0
        self._done = 0
        self._replaced: dict[str, TextIO] = {}

    @classmethod
    def wanted(cls, *, quiet: bool) -> Self:
        """One for this process: it shows nothing where nobody would see it."""
        return cls(sys.stderr if is_wanted(quiet=quiet) else None)

    def __enter__(self) -> Self:
        if self._terminal is not None:
            for name in ("stdout", "stderr"):
                stream = getattr(sys, name)
                if stream is not None and stream.isatty():
                    self._replaced[name] = stream
                    setattr(sys, name, cast("TextIO", _Above(stream, self)))
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.erase()
        for name, stream in self._replaced.items():
            setattr(sys, name, stream)

    def listed(self, found: Iterable[One]) -> Iterable[One]:
        """``found``, all of it where it is to be shown how many there are."""
        if self._terminal is None:
            return found
        everything = []
        for one in found:
            everything.append(one)
            if self._clock() >= self._due:
                self._show(f"Looking for files: {len(everything):,}")
        self._total = len(everything)
        return everything

    def step(self) -> None:
        """One file more is done."""
        if self._terminal is None:
            return
        self._done += 1
        if self._clock() >= self._due:
            self._show(_line(self._done, self._total, self._columns() - 1))

    def wrote(self, text: str) -> None:
        """Something was written to a terminal: where does the next line begin?"""
        if text:
            self._is_at_margin = text.endswith("\n")

    def erase(self) -> None:
        """Leave nothing of the line."""
        if self._shown:
            self._write("\r" + " " * self._shown + "\r")
            self._shown = 0

    def _show(self, text: str) -> None:
        self._due = self._clock() + _PAUSE
        if not self._is_at_margin:
            return
        text = text[: max(self._columns() - 1, 0)]
        self._write("\r" + text + " " * (self._shown - len(text)))
        self._shown = len(text)

    def _write(self, text: str) -> None:
        if self._terminal is None:
            return
        try:
            self._terminal.write(text)
            self._terminal.flush()
        except OSError:  # the terminal has gone; the run goes on without
            self._terminal = None

    def _width(self) -> int:
        try:
            return os.get_terminal_size(cast("TextIO", self._terminal).fileno()).columns or 80
        except (OSError, ValueError):
            return 80


def _line(done: int, total: int, room: int) -> str:
    """What is shown in ``room`` cells: a bar with numbers, numbers, or the share alone."""
    numbers = f"{done:,}/{total:,}"
    length = min(room - len("Checking  []") - len(numbers), _LONGEST_BAR)
    if length >= _LEAST_BAR:
        filled = length * done // max(total, 1)
        return f"Checking {numbers} [{'#' * filled}{'.' * (length - filled)}]"
    return numbers if len(numbers) <= room else f"{100 * done // max(total, 1)} %"


class _Above:
    """A stream of text that erases the line below before something is written."""

    def __init__(self, stream: TextIO, progress: Progress) -> None:
        self._stream = stream
        self._progress = progress

    def write(self, text: str) -> int:
        self._progress.erase()
        written = self._stream.write(text)
        self._progress.wrote(text)
        return written

    def writelines(self, lines: Iterable[str]) -> None:
        for line in lines:
            self.write(line)

    @property
    def buffer(self) -> Any:
        """The bytes below; whoever asks for them is about to write, and not always whole lines."""
        self._progress.erase()
        self._progress.wrote("?")
        return self._stream.buffer

    def __getattr__(self, name: str) -> Any:
        return getattr(self._stream, name)
