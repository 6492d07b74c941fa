"""How the process ends: signals that stop it, streams that nobody reads, and the way out.

It is imported before everything else, and imports nothing that costs.
"""

from __future__ import annotations

import atexit
import os
import sys

TYPE_CHECKING = False
if TYPE_CHECKING:
    from types import FrameType
    from typing import NoReturn, TextIO


class Stopped(KeyboardInterrupt):
    """A signal asks the process to end; it takes the way of Ctrl-C, which cleans up."""

    def __init__(self, number: int) -> None:
        super().__init__(number)
        self.status = 128 + number


def notice() -> None:
    """Let SIGTERM and SIGHUP end the run as Ctrl-C does, so that no temporary file is left.

    Where they are ignored (``nohup``) they still are. Processes that this one starts by forking end
    as processes do.
    """
    import signal

    own = os.getpid()

    def stop(number: int, _: FrameType | None) -> None:
        if os.getpid() != own:
            signal.signal(number, signal.SIG_DFL)
            os.kill(os.getpid(), number)
            return
        raise Stopped(number)

    for name in ("SIGTERM", "SIGHUP"):  # there is no SIGHUP on Windows
        number = getattr(signal, name, None)
        if number is not None and signal.getsignal(number) is signal.SIG_DFL:
            signal.signal(number, stop)


def silence(stream: TextIO) -> None:
    """Let nothing more of ``stream`` be written, and nothing fail on it."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, stream.fileno())
    os.close(nowhere)


def leave(status: int) -> NoReturn:
    """End the process with ``status``, without taking the interpreter apart.

    That takes as long as checking a hundred pages, and nothing of it is seen: what was registered
    for the end (``atexit``) is run, and what was written is flushed. Where threads still run, or
    in development mode, which looks at what is left open, the process ends as others do.
    """
    threading = sys.modules.get("threading")
    if sys.flags.dev_mode or (threading is not None and threading.active_count() > 1):
        sys.exit(status)
    atexit._run_exitfuncs()
    for stream in (sys.stdout, sys.stderr):
        if stream is None:
            continue
        try:
            stream.flush()
        except OSError as error:
            silence(stream)
            # A reader that has gone is no fault; a full disk is.
            status = status if isinstance(error, BrokenPipeError) else 2
    os._exit(status)
