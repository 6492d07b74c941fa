"""A file is replaced whole, or not at all."""

from __future__ import annotations

import os
import tempfile
from contextlib import suppress
from pathlib import Path


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
    stat = target.stat()
    if known is not None and _identity(stat) != _identity(known):
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
                os.chown(name, stat.st_uid, stat.st_gid)
        Path(name).chmod(stat.st_mode & 0o7777)
        Path(name).replace(target)
    except BaseException:
        with suppress(OSError):
            Path(name).unlink()
        raise
    _flush_folder(target.parent)


def _identity(stat: os.stat_result) -> tuple[int, int, int]:
    return stat.st_ino, stat.st_size, stat.st_mtime_ns


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
