"""The progress of long runs: on a terminal only, late, and never in the way of anything."""

from __future__ import annotations

import io
import shlex
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from ogcheck.cli.progress import Progress

Cli = Callable[..., Any]

TEXT = "---\ntitle: a &amp; b {}\n---\n"


class Clock:
    """Seconds that pass when they are told to."""

    now = 0.0

    def __call__(self) -> float:
        return self.now


def progress(terminal: io.StringIO, columns: int = 60) -> tuple[Progress, Clock]:
    clock = Clock()
    return Progress(terminal, clock=clock, columns=lambda: columns), clock


def test_it_appears_after_half_a_second_and_goes() -> None:
    terminal = io.StringIO()
    shown, clock = progress(terminal)
    with shown:
        files = list(shown.listed(iter("abcdefghij")))
        assert files == list("abcdefghij")
        clock.now = 0.49
        shown.step()
        assert terminal.getvalue() == ""
        clock.now = 0.5
        shown.step()
        line = "Checking 2/10 [########" + "." * 32 + "]"
        assert terminal.getvalue() == "\r" + line
    assert terminal.getvalue() == f"\r{line}\r{' ' * len(line)}\r"


def test_it_is_drawn_ten_times_a_second_at_most() -> None:
    terminal = io.StringIO()
    shown, clock = progress(terminal)
    list(shown.listed(range(1_000)))
    for _ in range(1_000):
        clock.now += 0.01
        shown.step()
    assert 80 <= terminal.getvalue().count("Checking") <= 96


def test_looking_for_files_is_told_too() -> None:
    terminal = io.StringIO()
    shown, clock = progress(terminal)

    def slow() -> Iterator[int]:
        for number in range(1_500):
            clock.now += 0.001
            yield number

    list(shown.listed(slow()))
    assert "\rLooking for files: 500" in terminal.getvalue()


@pytest.mark.parametrize(
    ("columns", "line"),
    [
        (200, "Checking 12,345/50,000 [#########...............................]"),
        (60, "Checking 12,345/50,000 [########..........................]"),
        (40, "Checking 12,345/50,000 [###...........]"),
        (33, "12,345/50,000"),
        (20, "12,345/50,000"),
        (13, "24 %"),
        (4, "24"),
        (1, ""),
    ],
)
def test_it_fits_on_one_line(columns: int, line: str) -> None:
    terminal = io.StringIO()
    shown, clock = progress(terminal, columns)
    list(shown.listed(range(50_000)))
    for _ in range(12_344):
        shown.step()
    clock.now = 1
    shown.step()
    assert terminal.getvalue().strip("\r ") == line
    assert len(terminal.getvalue().strip("\r")) < columns


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_what_is_written_finds_a_clean_line(monkeypatch: pytest.MonkeyPatch) -> None:
    terminal = Terminal()
    monkeypatch.setattr(sys, "stdout", terminal)
    monkeypatch.setattr(sys, "stderr", terminal)
    shown, clock = progress(terminal)
    with shown:
        list(shown.listed(range(9)))
        for number in range(3):
            clock.now += 1
            shown.step()
            print("half ", end="", file=sys.stderr if number else sys.stdout)
            clock.now += 1
            shown.step()
            print("a line")
    assert (sys.stdout, sys.stderr) == (terminal, terminal)
    first, *rest = terminal.getvalue().split("\n")
    lines = [one.rpartition("\r")[2] for one in (first, *rest)]
    assert lines == ["half a line"] * 3 + [""]
    assert terminal.getvalue().count("Checking") == 3


def test_a_terminal_that_goes_does_not_end_the_run() -> None:
    class Gone(io.StringIO):
        def write(self, text: str) -> int:
            raise OSError

    shown, clock = progress(Gone())
    list(shown.listed(range(9)))
    clock.now = 1
    for _ in range(9):
        shown.step()
    shown.erase()


def test_nothing_is_listed_ahead_without_a_terminal() -> None:
    shown = Progress(None)
    found = iter("abc")
    with shown:
        listed = iter(shown.listed(found))
        assert next(listed) == "a"
        assert next(found) == "b"
        shown.step()


@pytest.fixture
def site(folder: Path) -> Path:
    """A hundred pages with a problem each."""
    for number in range(100):
        (folder / f"{number:03}.md").write_text(TEXT.format(number))
    return folder


HASTE = (
    "from ogcheck.cli import process, progress; progress._DELAY = progress._PAUSE = 0; process()"
)
"""The command without patience: it draws at every step, before and behind all that is written."""
COMMAND = (sys.executable, "-c", HASTE, "check", "--color", "never")


@pytest.mark.parametrize(("form", "columns"), [("text", 80), ("concise", 20), ("json", 80)])
def test_a_real_terminal(site: Path, on_terminal: Cli, form: str, columns: int) -> None:
    command = (*COMMAND, "--format", form)
    calm = on_terminal(command, {"TERM": "dumb", "CI": ""}, columns=columns)
    shown = on_terminal(command, {"TERM": "xterm", "CI": ""}, columns=columns)
    assert "/100 [" not in calm.sent
    assert (calm.status, shown.status) == (1, 1)
    if form != "json":  # of which no line is complete until its end
        assert ("Checking " if columns == 80 else "/100") in shown.sent
    assert shown.lines == calm.lines


@pytest.mark.parametrize(
    ("options", "env", "streams"),
    [
        (("--quiet",), {}, ("stderr",)),
        ((), {"TERM": "dumb"}, ("stderr",)),
        ((), {"CI": "true"}, ("stderr",)),
        ((), {}, ("stdin", "stdout")),
    ],
)
def test_where_there_is_none(
    site: Path,
    on_terminal: Cli,
    options: tuple[str, ...],
    env: dict[str, str],
    streams: tuple[str, ...],
) -> None:
    given = {"TERM": "xterm", "CI": "", **env}
    shown = on_terminal((*COMMAND, "--statistics", *options), given, streams=streams)
    assert shown.status == 1
    assert "/100" not in shown.sent
    assert "Looking" not in shown.sent


def test_none_where_somebody_else_may_write_there(site: Path, on_terminal: Cli) -> None:
    """What a reader of the report prints stands on lines of its own."""
    script = f"{shlex.join(COMMAND)} --format concise | cat"
    shown = on_terminal(("bash", "-c", script), {"TERM": "xterm", "CI": ""})
    assert shown.sent.count("TXT010") == 100
    assert "/100" not in shown.sent


def test_with_standard_output_elsewhere(site: Path, on_terminal: Cli) -> None:
    shown = on_terminal(COMMAND, {"TERM": "xterm", "CI": ""}, streams=("stderr",))
    assert "/100" in shown.sent
    summary = "Found 100 warnings in 100 files (100 can be fixed with --fix)."
    assert shown.lines == [summary, ""]
