"""``ogcheck check --add-suppressions``: what is found is silenced in the files, with a reason."""

from __future__ import annotations

import contextlib
import os
import stat
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click

from ogcheck.cli.options import visible
from ogcheck.config import ConfigError
from ogcheck.engine.check import Checked, Checker
from ogcheck.engine.discover import Found
from ogcheck.engine.suppressing import fault_of, suppress


@dataclass
class Adding:
    """The suppressions that a run adds, and how many."""

    reason: str
    added: int = 0
    files: int = 0
    refused: int = 0

    @classmethod
    def asked(cls, options: dict[str, Any], *, stdin: bool) -> Adding | None:
        """What the options ask for; None if nothing. Raises ``ConfigError``."""
        reason = options["reason"]
        if not options["add_suppressions"]:
            if reason is not None:
                raise ConfigError("--reason goes with --add-suppressions.")
            return None
        if reason is None:
            raise ConfigError("--add-suppressions needs a reason.",
                              help='Say why: --reason "known before ogcheck".')  # fmt: skip
        fault = fault_of(reason)
        if fault is not None:
            raise ConfigError(f"--reason cannot be written: {fault}.")
        if stdin:
            raise ConfigError("--add-suppressions writes files, and - is standard input.")
        return cls(reason)

    def to(self, one: Found, checked: Checked, checker: Checker) -> Checked:
        """Write suppressions into a file for what was found, and say what is found then."""
        if checked.page is None:
            return checked
        try:
            done = suppress(checker, one.shown, one.path, one.path.read_bytes(), self.reason)
            if done.added:
                _replace_file(one.path, done.data)
        except OSError as error:
            why = (error.strerror or type(error).__name__).lower()
            click.echo(f"{visible(one.shown)}: it cannot be written: {why}.", err=True)
            return checked
        self.added += done.added
        self.files += bool(done.added)
        self.refused += len(done.refused)
        for problem, why in done.refused:
            place = f"{visible(one.shown)}:{problem.line}:{problem.column}"
            click.echo(f"{place}: {problem.code} is not suppressed: {why}.", err=True)
        return done.checked

    def sentence(self) -> str:
        """The closing line."""
        if not self.added:
            return "No suppressions added."
        problems = f"{self.added:,} problem" + "s" * (self.added != 1)
        return f"Suppressed {problems} in {self.files:,} file" + "s" * (self.files != 1) + "."


def _replace_file(path: Path, data: bytes) -> None:
    """Put ``data`` in place of the file at ``path``, whole or not at all; its mode is kept.

    A symbolic link stays, and the file that it leads to is replaced. Raises ``OSError``.
    """
    path = path.resolve()
    mode = stat.S_IMODE(path.stat().st_mode)
    descriptor, name = tempfile.mkstemp(prefix=f".{path.name[:50]}.", dir=path.parent)
    beside = Path(name)
    try:
        with open(descriptor, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        beside.chmod(mode)
        beside.replace(path)
    except BaseException:
        with contextlib.suppress(OSError):
            beside.unlink()
        raise
