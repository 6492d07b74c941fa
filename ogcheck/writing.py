"""A file is replaced whole, or not at all."""

from __future__ import annotations

import os
import stat
import tempfile
from contextlib import suppress
from pathlib import Path
from typing import TextIO, cast


class ChangedError(Exception):
    """The file is not what was read any more."""


def replace_file(path: Path, data: bytes, *, known: os.stat_result | None = None) -> None:
    """Put ``data`` in place of what ``path`` holds, which has to exist.

    Written beside it, flushed to the disk and renamed, so that whoever reads, and a machine that
    stops at any moment, finds the old file or the new one, whole. Mode and, where that is allowed,
    owner stay. A symbolic link is followed to its target. With ``known``, what the file was when it
    was read, raises :class:`ChangedError` where it is another since. Raises ``OSError``.
    """
    target = Path(os.path.realpath(path))
    before = target.stat()
    if known is not None and _identity(before) != _identity(known):
        raise ChangedError
    handle, name = tempfile.mkstemp(prefix=f".{target.name[:100]}.", suffix=".ogcheck-tmp",
                                    dir=target.parent)  # fmt: skip
    try:
        with open(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        if hasattr(os, "chown"):
            with suppress(OSError):  # only root may give a file away
                os.chown(name, before.st_uid, before.st_gid)
        Path(name).chmod(before.st_mode & 0o7777)
        Path(name).replace(target)
    except BaseException:
        with suppress(OSError):
            Path(name).unlink()
        raise
    _flush_folder(target.parent)


class NewFile:
    """A text file that is written bit by bit and appears at ``path`` whole, or not at all.

    What was there stays until :meth:`commit`, and its mode after it; a symbolic link is followed.
    What is no regular file (a pipe, a terminal, ``/dev/null``) is written to as it is. Raises
    ``OSError``.
    """

    def __init__(self, path: Path) -> None:
        self.path = Path(os.path.realpath(path))
        self._beside: Path | None = None
        self._mode: int | None = None
        with suppress(FileNotFoundError):
            found = self.path.stat().st_mode
            if not stat.S_ISREG(found):
                self.out = self._opened(self.path, "w")
                return
            self._mode = stat.S_IMODE(found)
        name = f".{self.path.name[:100]}.{os.urandom(6).hex()}.ogcheck-tmp"
        self._beside = self.path.with_name(name)
        self.out = self._opened(self._beside, "x")

    def _opened(self, path: Path, mode: str) -> TextIO:
        return cast("TextIO", open(path, mode, encoding="utf-8", newline="\n"))

    def close(self) -> None:
        """Let what was written reach the disk."""
        self.out.flush()
        if self._beside is not None:
            os.fsync(self.out.fileno())
        self.out.close()

    def commit(self) -> None:
        """Close it, and put it in its place."""
        if not self.out.closed:
            self.close()
        if self._beside is None:
            return
        if self._mode is not None:
            self._beside.chmod(self._mode)
        self._beside.replace(self.path)
        self._beside = None
        _flush_folder(self.path.parent)

    def discard(self) -> None:
        """Leave nothing of it."""
        with suppress(OSError):
            self.out.close()
        if self._beside is not None:
            with suppress(OSError):
                self._beside.unlink()


def _identity(found: os.stat_result) -> tuple[int, int, int]:
    return found.st_ino, found.st_size, found.st_mtime_ns


def _flush_folder(folder: Path) -> None:
    """Let the rename reach the disk, where folders can be flushed (not on Windows)."""
    with suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def lies_in(path: Path, roots: list[Path]) -> bool:
    """Whether the file behind ``path`` lies in one of ``roots``, links followed on both sides."""
    target = Path(os.path.realpath(path))
    return any(target.is_relative_to(os.path.realpath(root)) for root in roots)
