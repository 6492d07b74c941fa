"""The command ``ogcheck``: one module per subcommand, imported when it is called."""

from __future__ import annotations

import gc
import sys


def main(arguments: list[str] | None = None) -> int:
    """Run ``ogcheck`` with ``arguments`` (without the program's name); the exit status.

    0: nothing at or above ``fail-on``; 1: something; 2: ogcheck could not do its work.
    """
    given = sys.argv[1:] if arguments is None else arguments
    if given in (["--version"], ["-V"]):  # before click is imported: start-up is felt
        from ogcheck import __version__

        try:
            print(f"ogcheck {__version__}", flush=True)
        except OSError:  # whoever reads has gone, or the disk is full
            return 2
        return 0
    # What is imported stays, and pages hold no circles: nearly all that the collector would look
    # through lives to the end. (It costs 8 ms of a run over one file.)
    gc.set_threshold(100_000, 20, 20)
    from ogcheck.cli.app import run

    return run(given)
