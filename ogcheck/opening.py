"""Opening files that anybody may have put there: nothing waits, and nothing is without end."""

from __future__ import annotations

import os
import stat
from pathlib import Path
from typing import BinaryIO

NO_FILE = "is a pipe, a socket or a device"


def opened(path: str | Path) -> BinaryIO:
    """The regular file at ``path``, to be read. Raises ``OSError`` for what is none."""
    file = open(path, "rb", opener=_without_waiting)  # noqa: SIM115 - it is the caller's
    if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
        file.close()
        raise OSError(0, f"it {NO_FILE}")
    return file


def _without_waiting(path: str, flags: int) -> int:
    # A pipe would wait for somebody at its other end. A file may become one after it was listed.
    return os.open(path, flags | getattr(os, "O_NONBLOCK", 0))
