"""The command ``ogcheck``: one module per subcommand, imported when it is called."""

from __future__ import annotations

import gc
import sys

TYPE_CHECKING = False  # typing costs more than --version may
if TYPE_CHECKING:
    from typing import NoReturn


def main(arguments: list[str] | None = None) -> int:
    """Run ``ogcheck`` with ``arguments`` (without the program's name); the exit status.

    0: nothing at or above ``fail-on``; 1: something; 2: ogcheck could not do its work; 128 and the
    signal's number: it was stopped.
    """
    given = sys.argv[1:] if arguments is None else arguments
    if given in (["--version"], ["-V"]):  # before click is imported: start-up is felt
        return _say_version()
    # What is imported stays, and pages hold no circles: nearly all that the collector would look
    # through lives to the end. (It costs 8 ms of a run over one file.)
    gc.set_threshold(100_000, 20, 20)
    from ogcheck.cli.app import run

    return run(given)


def _say_version() -> int:
    """Print the version; the exit status."""
    from ogcheck import __version__

    try:
        print(f"ogcheck {__version__}", flush=True)
    except OSError as error:
        from ogcheck.cli.leaving import silence

        silence(sys.stdout)
        if isinstance(error, BrokenPipeError):  # whoever reads has gone, and that is no fault
            return 0
        print(f"ogcheck: {error.strerror}.", file=sys.stderr)
        return 2
    return 0


def process() -> NoReturn:
    """The command as a process of its own: run it, and leave with its exit status."""
    from ogcheck.cli.leaving import Stopped, leave, notice

    try:
        if sys.argv[1:] not in (["--version"], ["-V"]):
            notice()
        status = main()
    except KeyboardInterrupt as error:  # while modules were being imported
        status = error.status if isinstance(error, Stopped) else 130
    leave(status)
