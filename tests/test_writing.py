"""Files are replaced whole: at every moment there is the old one or the new one."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from ogcheck.writing import ChangedError, lies_in, replace_file


def test_mode_and_link_stay(tmp_path: Path) -> None:
    target, link = tmp_path / "a.md", tmp_path / "link.md"
    target.write_text("old")
    target.chmod(0o604)
    link.symlink_to(target)
    replace_file(link, b"new")
    assert target.read_bytes() == b"new"
    assert target.stat().st_mode & 0o777 == 0o604
    assert link.is_symlink()
    assert sorted(p.name for p in tmp_path.iterdir()) == ["a.md", "link.md"]


def test_what_was_changed_meanwhile_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    path.write_text("old")
    known = path.stat()
    path.write_text("another one")
    with pytest.raises(ChangedError):
        replace_file(path, b"new", known=known)
    assert path.read_text() == "another one"


def test_a_file_that_is_gone_is_not_made_again(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        replace_file(tmp_path / "a.md", b"new")
    assert list(tmp_path.iterdir()) == []


def test_nothing_stays_behind_where_writing_fails(tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    path.write_text("old")
    with pytest.raises(TypeError):
        replace_file(path, "text")  # type: ignore[arg-type]
    assert path.read_text() == "old"
    assert [p.name for p in tmp_path.iterdir()] == ["a.md"]


def test_where_a_file_lies(tmp_path: Path) -> None:
    inner = tmp_path / "in"
    inner.mkdir()
    (tmp_path / "a.md").write_text("")
    (inner / "link.md").symlink_to(tmp_path / "a.md")
    assert lies_in(inner / "b.md", [inner])
    assert not lies_in(inner / "link.md", [inner])
    assert lies_in(inner / "link.md", [inner, tmp_path])
    assert not lies_in(tmp_path / "inner.md", [inner])


WRITER = """
import sys
from pathlib import Path
from ogcheck.writing import replace_file
path, size = Path(sys.argv[1]), int(sys.argv[2])
print("ready", flush=True)
while True:
    for letter in (b"a", b"b"):
        replace_file(path, letter * size)
"""


@pytest.mark.skipif(os.name != "posix", reason="there is no SIGKILL")
def test_a_writer_that_is_killed_leaves_one_whole_file(tmp_path: Path) -> None:
    path, size = tmp_path / "page.md", 400_000
    path.write_bytes(b"a" * size)
    for number in range(25):
        writer = subprocess.Popen(
            [sys.executable, "-c", WRITER, str(path), str(size)], stdout=subprocess.PIPE
        )
        assert writer.stdout is not None
        writer.stdout.readline()
        deadline = time.monotonic() + 0.002 * number
        while time.monotonic() < deadline:
            pass
        writer.send_signal(signal.SIGKILL)
        writer.wait()
        writer.stdout.close()
        data = path.read_bytes()
        assert data in (b"a" * size, b"b" * size)
