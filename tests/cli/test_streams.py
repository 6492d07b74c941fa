"""Streams that are closed, full, or no longer read."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

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
        *(f"check --format {name} | head -c 9" for name in ("jsonl", "sarif", "github", "junit")),
        "check --show-files | head -n 1",
        "rules --format json | head -n 1",
        "--help | true",
        "--version | true",
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
