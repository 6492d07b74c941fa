"""Streams that are closed, full, or no longer read."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from ogcheck.reports import FORMATS

COMMAND = f'"{sys.executable}" -m ogcheck'


def bash(folder: Path, script: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        ["bash", "-c", f"set -o pipefail; {script}"],
        cwd=folder, capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip


@pytest.fixture
def many(folder: Path) -> Path:
    text = "---\ntitle: a &amp; b\n---\n"
    for number in range(1, 2_001):
        (folder / f"{number}.md").write_text(text)
    return folder


@pytest.mark.parametrize(
    "command",
    [
        "check | head -n 1",
        "check --format json | head -c 9",
        "check --format concise 2>&1 | head -n 1",
        *(f"check --format {name} | head -c 9" for name in FORMATS if name not in ("text", "json")),
        "check --show-files | head -n 1",
        "rules --format json | head -n 1",
        "--help | true",
        "--version | true",
        "--version --verbose | true",
        "completion bash | true",
        "check --statistics | true",
        "check --diff | head -n 1",
    ],
)
def test_a_reader_that_goes_is_no_error(many: Path, command: str) -> None:
    done = bash(many, f"{COMMAND} {command}")
    assert done.returncode in (0, 1, 2)
    assert done.stderr == "" or done.stderr.startswith(("Found ", "No "))
    assert done.stderr.count("\n") <= 1


def test_files_are_written_when_the_reader_of_the_rest_goes(many: Path) -> None:
    done = bash(many, f"{COMMAND} check --format concise --format jsonl:out | true")
    assert done.returncode == 1
    assert done.stderr.startswith("Found 2,000 warnings")
    assert (many / "out").read_text().count("\n") == 2_000


@pytest.mark.parametrize(
    ("redirection", "status", "said"),
    [
        (">&-", 1, "Found 1 warning"),
        ("2>&-", 1, ""),
        (">&- 2>&-", 1, ""),
        ("<&-", 1, "Found 1 warning"),
        pytest.param(">/dev/full", 2, "ogcheck: No space left on device.\n",
                     marks=pytest.mark.skipif(not os.path.exists("/dev/full"), reason="none here")),
    ],
)  # fmt: skip
def test_closed_and_full_streams(folder: Path, redirection: str, status: int, said: str) -> None:
    (folder / "a.md").write_text("---\ntitle: a &amp; b\n---\n")
    done = bash(folder, f"{COMMAND} check {redirection}")
    assert done.returncode == status
    assert done.stderr.startswith(said)
    assert "Traceback" not in done.stderr
    assert done.stderr.count("\n") <= 1


def test_standard_input_that_is_closed(folder: Path) -> None:
    done = bash(folder, f"{COMMAND} check - <&-")
    assert (done.returncode, done.stderr) == (2, "ogcheck: standard input is closed.\n")


def test_a_working_directory_that_is_gone(folder: Path) -> None:
    done = bash(folder, f"mkdir d; cd d; rmdir ../d; {COMMAND} check")
    assert done.returncode == 2
    assert done.stderr.endswith("ogcheck: the working directory is not there any more.\n")


full = pytest.mark.skipif(not os.path.exists("/dev/full"), reason="there is no /dev/full here")
NO_SPACE = "ogcheck: No space left on device.\n"


@full
@pytest.mark.parametrize(
    "arguments",
    [
        *(f"check --format {name}" for name in FORMATS),
        "check --statistics",
        "check --diff",
        "check --show-files",
        "check - --fix <a.md",
        "check --output /dev/full",
        "rules",
        "rule TXT010",
        "schema release",
        "config .",
        "explain a.md",
        "completion zsh",
        "--help",
        "--version",
        "--version --verbose",
    ],
)
def test_a_full_disk_behind_standard_output(folder: Path, arguments: str) -> None:
    (folder / "a.md").write_text("---\ntitle: a &amp; b\n---\n")
    done = bash(folder, f"{COMMAND} {arguments} >/dev/full")
    assert (done.returncode, done.stderr) == (2, NO_SPACE)
    assert (folder / "a.md").read_text() == "---\ntitle: a &amp; b\n---\n"


@full
@pytest.mark.parametrize("arguments", ["check", "check nowhere", "--nope", "rule NOPE"])
@pytest.mark.parametrize("redirection", ["2>/dev/full", ">/dev/full 2>/dev/full"])
def test_a_full_disk_behind_standard_error(folder: Path, arguments: str, redirection: str) -> None:
    """Nothing can be said; the status says it."""
    (folder / "a.md").write_text("---\ntitle: a &amp; b\n---\n")
    done = bash(folder, f"{COMMAND} {arguments} {redirection}")
    assert (done.returncode, done.stderr) == (2, "")


@full
def test_a_full_disk_below_a_baseline(folder: Path) -> None:
    """A file that is new is not left empty."""
    (folder / "a.md").write_text("---\ntitle: a &amp; b\n---\n")
    done = bash(folder, f"ulimit -f 0; trap '' XFSZ; {COMMAND} check --write-baseline known.json")
    assert done.returncode == 2
    assert done.stderr.splitlines()[-1].startswith("ogcheck: the baseline ")
    assert sorted(one.name for one in folder.iterdir()) == [".git", "a.md"]


def test_a_file_that_cannot_grow_is_not_half_written(folder: Path) -> None:
    """The limit of a file's size is the nearest thing to a disk that becomes full meanwhile."""
    before = "---\ntitle: a &amp; b\n---\n" + "x" * 5_000
    (folder / "a.md").write_text(before)
    (folder / "old.json").write_text("before")
    script = f"ulimit -f 1; trap '' XFSZ; {COMMAND} check --select TXT010"
    fixing = bash(folder, f"{script} --fix --format concise")
    assert fixing.returncode == 1
    assert "ogcheck: a.md: not fixed: it cannot be written: File too large.\n" in fixing.stderr
    for number in range(20):
        (folder / f"{number}.md").write_text(before[:40])
    writing = bash(folder, f"{script} --format json --output old.json")
    assert (writing.returncode, writing.stderr.splitlines()[-1]) == (2, "ogcheck: File too large.")
    assert (folder / "a.md").read_text() == before
    assert (folder / "old.json").read_text() == "before"
    assert not [one for one in folder.iterdir() if one.name.endswith("tmp")]


@pytest.mark.parametrize(
    ("arguments", "redirection", "status"),
    [
        ("--version", ">&-", 0),
        ("--version --verbose", ">&-", 0),
        ("--version", "<&- >&- 2>&-", 0),
        ("--help", ">&-", 0),
        ("--nope", "2>&-", 2),
        ("check nowhere", "<&- >&- 2>&-", 2),
        ("check --format json", "<&- >&- 2>&-", 1),
        ("check --fix", "<&- >&- 2>&-", 0),
    ],
)
def test_any_command_with_closed_streams(
    folder: Path, arguments: str, redirection: str, status: int
) -> None:
    (folder / "a.md").write_text("---\ntitle: a &amp; b\n---\n")
    done = bash(folder, f"{COMMAND} {arguments} {redirection}")
    assert (done.returncode, done.stdout, done.stderr) == (status, "", "")


SEEDS = Path(__file__).parents[2] / "seeds"


@pytest.mark.parametrize("flags", ["-W error -X dev", "-W error -bb", "-O", "-OO", "-I -X utf8"])
def test_nothing_but_the_report(folder: Path, flags: str) -> None:
    """Warnings as errors, development mode and the rest change nothing that is seen."""
    plain = bash(folder, f"{COMMAND} check {SEEDS} --notes")
    done = bash(folder, f'"{sys.executable}" {flags} -m ogcheck check {SEEDS} --notes')
    assert (done.returncode, done.stdout, done.stderr) == (1, plain.stdout, plain.stderr)
    assert plain.stdout
    assert plain.stderr.startswith("Found ")


@pytest.mark.parametrize("encoding", ["ascii", "latin-1", "ascii:strict", "utf-16", "cp1252"])
def test_what_cannot_be_encoded_is_spelt_out(folder: Path, encoding: str) -> None:
    (folder / "a.md").write_text("---\ntitle: “Fish” &amp; 警告\n---\n", "utf-8")
    for form in FORMATS:
        command = f"PYTHONIOENCODING={encoding} {COMMAND} check --format {form} --output out"
        assert bash(folder, command).returncode == 1
        # A file is UTF-8, whatever the terminal is.
        assert "TXT010" in (folder / "out").read_text("utf-8")
        (folder / "out").unlink()
        shown = subprocess.run(
            [sys.executable, "-m", "ogcheck", "check", "--format", form], cwd=folder,
            env={**os.environ, "PYTHONIOENCODING": encoding}, capture_output=True, timeout=60,
            check=False,
        )  # fmt: skip
        assert shown.returncode == 1
        assert "TXT010" in shown.stdout.decode(encoding.partition(":")[0])


def test_twenty_columns(folder: Path, on_terminal: Callable[..., Any]) -> None:
    """The source line fits; messages wrap as the terminal does it."""
    (folder / "a.md").write_text(f"---\ntitle: {'word ' * 20}&amp; b\n---\n")
    command = (sys.executable, "-m", "ogcheck", "check", "--color", "never")
    done = on_terminal(command, {"TERM": "xterm"}, columns=20)
    drawn = [line for line in done.lines if "|" in line]
    assert len(drawn) == 3
    assert max(map(len, drawn)) <= 20
    assert "^^^^^" in drawn[2]
    assert drawn[1].index("&amp;") == drawn[2].index("^^^^^")
