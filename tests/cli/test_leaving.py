"""The way out of the process: quick, and nothing is lost on it."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Cli = Callable[..., Any]

PLUGIN = """
import atexit, sys, threading

from ogcheck import Rule, Severity


class House(Rule):
    "It does something that outlives it."

    code = "HOUSE001"
    name = "house-rule"
    severity = Severity.NOTE

    def check(self, page, context):
        return ()


RULES = (House,)
"""
AT_EXIT = 'atexit.register(lambda: open("end.txt", "w").write("registered"))\n'
THREAD = """
def work():
    threading.main_thread().join()
    open("end.txt", "w").write("a thread")

threading.Thread(target=work).start()
"""
FINALIZED = """
import os

class Last:
    def __del__(self, write=os.write):
        write(2, b"taken apart")

sys.last_one = Last()
"""


@pytest.fixture
def ending(folder: Path, shell: Cli) -> Callable[..., Any]:
    """Runs over one page with a plugin that does more than it should."""

    def run(more: str, *flags: str) -> Any:
        (folder / "house.py").write_text(PLUGIN + more)
        (folder / "ogcheck.toml").write_text('plugins = ["house.py"]\n')
        (folder / "a.md").write_text("---\ntitle: a &amp; b\n---\n")
        return shell("check", "--format", "concise", flags=flags)

    return run


@pytest.mark.parametrize(("more", "left"), [(AT_EXIT, "registered"), (THREAD, "a thread")])
@pytest.mark.parametrize("flags", [(), ("-X", "dev")])
def test_what_should_still_happen_does(
    folder: Path, ending: Cli, more: str, left: str, flags: tuple[str, ...]
) -> None:
    done = ending(more, *flags)
    assert (done.status, done.out.count("TXT010")) == (1, 1)
    assert (folder / "end.txt").read_text() == left


def test_the_interpreter_is_taken_apart_in_development_mode_only(ending: Cli) -> None:
    assert not ending(FINALIZED).err.endswith("taken apart")
    assert ending(FINALIZED, "-X", "dev").err.endswith("taken apart")


def test_all_that_was_written_arrives(folder: Path) -> None:
    """More than a pipe holds, to a reader that begins late."""
    for number in range(1_000):
        (folder / f"{number:04}.md").write_text("---\ntitle: a &amp; b\n---\n")
    command = [sys.executable, "-m", "ogcheck", "check", "--format", "jsonl"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        lines = process.stdout.read().splitlines()
        assert len(lines) == 1_000
        assert lines[-1].endswith(b"}")
        assert process.stderr.read().startswith(b"Found 1,000 warnings")
        assert process.wait(60) == 1
