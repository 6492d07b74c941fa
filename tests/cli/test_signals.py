"""Processes that are stopped: real signals, at a place that is known."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, TextIO

import pytest

Cli = Callable[..., Any]

pytestmark = [
    pytest.mark.skipif(os.name != "posix", reason="there are no such signals"),
    pytest.mark.usefixtures("hearing"),
]

BAD = "---\ntitle: Fish &amp; chips\n---\n"
STATUS = {signal.SIGINT: 130, signal.SIGTERM: 143, signal.SIGHUP: 129}
signals = pytest.mark.parametrize("number", STATUS, ids=lambda number: number.name)


GATE = """
from ogcheck import Rule, Severity

class Gate(Rule):
    code, name, severity = "GATE001", "closed-gate", Severity.NOTE
    def check(self, page, context):
        if page.source.path == "b.md":
            open("gate").read()
        return ()

RULES = (Gate,)
"""
STOPPED = "ogcheck: interrupted while GATE001 looked at b.md."


class Run:
    """A run that has checked ``a.md`` and waits at ``b.md``: a rule reads a FIFO there."""

    def __init__(self, folder: Path, *options: str, **env: str) -> None:
        self.folder = folder
        (folder / "a.md").write_text(BAD)
        (folder / "b.md").write_text(BAD)
        (folder / "gate.py").write_text(GATE)
        os.mkfifo(folder / "gate")
        (folder / "c.md").write_text(BAD)
        self.before = self.left()
        self.process = subprocess.Popen(
            [sys.executable, "-m", "ogcheck", "check", "a.md", "b.md", "c.md", *options,
             "--config", 'plugins=["gate.py"]', "--extend-select", "GATE001"],
            cwd=folder, env={**os.environ, **env}, text=True,
            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        )  # fmt: skip
        # Opening one end of a FIFO waits for the other: now the run is at b.md, and no further.
        self.fifo: TextIO = (folder / "gate").open("w")

    def left(self) -> dict[str, str]:
        """What lies there, and what it holds."""
        return {
            one.name: one.read_text()
            for one in self.folder.iterdir()
            if one.is_file() and "__pycache__" not in one.parts
        }

    def stop(self, number: int) -> tuple[int, str, str]:
        """Send a signal; status, output and errors."""
        self.process.send_signal(number)
        out, err = self.process.communicate(timeout=60)
        return self.process.returncode, out, err

    def go_on(self) -> tuple[int, str, str]:
        """Let it pass."""
        self.fifo.close()
        out, err = self.process.communicate(timeout=60)
        return self.process.returncode, out, err


@pytest.fixture
def run(folder: Path) -> Iterator[Callable[..., Run]]:
    started: list[Run] = []

    def start(*options: str, **env: str) -> Run:
        started.append(Run(folder, *options, **env))
        return started[-1]

    yield start
    for one in started:
        one.fifo.close()
        one.process.kill()
        one.process.communicate(timeout=60)


@signals
@pytest.mark.parametrize(
    ("options", "files"),
    [
        ((), 0),
        (("--output", "old.json", "--format", "json"), 1),
        (("--output", "new.json", "--format", "json"), 1),
        (("--format", "sarif:old.json", "--format", "junit:new.xml"), 2),
        (("--write-baseline", "old.json"), 0),
        (("--write-baseline", "new.json"), 0),
        (("--statistics",), 0),
    ],
)
def test_nothing_is_left_half_written(
    folder: Path,
    run: Callable[..., Run],
    number: signal.Signals,
    options: tuple[str, ...],
    files: int,
) -> None:
    (folder / "old.json").write_text("before")
    one = run(*options)
    assert sum(name.endswith(".ogcheck-tmp") for name in one.left()) == files
    status, out, err = one.stop(number)
    assert (status, out, err.strip()) == (STATUS[number], "", STOPPED)
    assert one.left() == one.before


@signals
def test_fixes_stand_whole_or_not_at_all(run: Callable[..., Run], number: signal.Signals) -> None:
    one = run("--fix", "--select", "TXT010")
    fixed = {**one.before, "a.md": BAD.replace("&amp;", "&")}
    assert one.left() == fixed
    status, out, err = one.stop(number)
    assert (status, out, err.strip()) == (STATUS[number], "", STOPPED)
    assert one.left() == fixed


@signals
def test_a_text_that_streams_ends_with_a_whole_line(
    run: Callable[..., Run], number: signal.Signals
) -> None:
    status, out, err = run("--format", "concise").stop(number)
    assert (status, err.strip()) == (STATUS[number], STOPPED)
    assert out.startswith("a.md:2:13: warning TXT010 ")
    assert out.count("\n") == 1
    assert out.endswith("\n")


def test_what_is_ignored_stays_ignored(run: Callable[..., Run]) -> None:
    """``nohup`` asks for that."""
    before = signal.signal(signal.SIGHUP, signal.SIG_IGN)
    try:
        one = run("--format", "concise")
    finally:
        signal.signal(signal.SIGHUP, before)
    one.process.send_signal(signal.SIGHUP)
    status, out, err = one.go_on()
    assert (status, out.count("TXT010")) == (1, 3)
    assert err.startswith("Found 3 warnings in 3 files")


@signals
def test_stopped_before_anything_was_imported(folder: Path, number: signal.Signals) -> None:
    """A signal while modules are imported is no traceback: here it is sent by the first of them."""
    (folder / "click.py").write_text(
        f"import os\nos.kill(os.getpid(), {int(number)})\nwhile True:\n    pass\n"
    )
    done = subprocess.run(
        [sys.executable, "-m", "ogcheck", "check"], cwd=folder, capture_output=True, text=True,
        timeout=60, check=False,
    )  # fmt: skip
    assert (done.returncode, done.stdout, done.stderr) == (STATUS[number], "", "")


def test_a_child_of_the_process_ends_as_processes_do(folder: Path) -> None:
    script = (
        "import os, signal\n"
        "from ogcheck.cli.leaving import notice\n"
        "notice()\n"
        "child = os.fork()\n"
        "if not child:\n"
        "    os.kill(os.getpid(), signal.SIGTERM)\n"
        "    os._exit(7)\n"
        "print(os.WTERMSIG(os.waitpid(child, 0)[1]))\n"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True,
                          timeout=60, check=False)  # fmt: skip
    assert (done.stdout, done.stderr) == (f"{int(signal.SIGTERM)}\n", "")
