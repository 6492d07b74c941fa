"""``ogcheck check --add-suppressions``: what is found is silenced in the files, with a reason."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click

from ogcheck.cli.fixing import written
from ogcheck.cli.options import visible
from ogcheck.config import ConfigError
from ogcheck.engine.check import Checked, Checker
from ogcheck.engine.discover import Found
from ogcheck.engine.run import check_file
from ogcheck.problem import Problem

OPTIONS = (
    click.option("--add-suppressions", is_flag=True,
                 help="Write comments that silence what is found; --reason says why."),
    click.option("--reason", metavar="TEXT",
                 help="With --add-suppressions: the reason that the comments give."),
)  # fmt: skip
_APART = ("fix", "diff", "write_baseline", "update_baseline", "diff_base")


@dataclass(eq=False, repr=False)
class Suppressing:
    """The suppressions that a run adds, and how many."""

    checker: Checker
    reason: str
    is_known: Callable[[Problem, Path], bool]
    """Whether a problem is accepted by a baseline, and so not shown."""
    roots: list[Path]
    """The paths that were given: nothing is written outside of them."""
    added: int = 0
    files: int = 0

    @classmethod
    def asked_for(
        cls,
        options: dict[str, Any],
        checker: Checker,
        cwd: Path,
        is_known: Callable[[Problem, Path], bool],
    ) -> Suppressing | None:
        """What the options ask for; None if nothing. Raises ``ConfigError``."""
        reason, paths = options["reason"], options["paths"]
        if not options["add_suppressions"]:
            if reason is not None:
                raise ConfigError("--reason goes with --add-suppressions.")
            return None
        if reason is None:
            raise ConfigError("--add-suppressions needs a reason.",
                              help='Say why: --reason "known before ogcheck".')  # fmt: skip
        from ogcheck.engine.suppressing import fault_of

        fault = fault_of(reason)
        if fault is not None:
            raise ConfigError(f"--reason cannot be written: {fault}.")
        if paths == ("-",):
            raise ConfigError("--add-suppressions writes files, and - is standard input.")
        for other in _APART:
            if options[other]:
                name = other.replace("_", "-")
                raise ConfigError(f"--add-suppressions and --{name} are two steps: one at a time.")
        return cls(checker, reason, is_known, [cwd / given for given in paths])

    def file(self, one: Found) -> Checked:
        """Silence what is found in one file; what is found then. Raises ``ConfigError``."""
        from ogcheck.engine.suppressing import suppress

        found = check_file(one, self.checker)
        if found.page is None:
            return found
        try:
            known = one.path.stat()
            data = one.path.read_bytes()
        except OSError:
            return check_file(one, self.checker)
        done = suppress(
            self.checker,
            one.shown,
            one.path,
            data,
            self.reason,
            leave=lambda problem: self.is_known(problem, one.path),
        )
        for problem, why in done.refused:
            place = f"{visible(one.shown)}:{problem.line}"
            click.echo(f"ogcheck: {place}: {problem.code} is not suppressed: {why}.", err=True)
        if done.added:
            fault = written(one.path, done.data, known, self.roots)
            if fault is not None:
                click.echo(f"ogcheck: {visible(one.shown)}: not suppressed: {fault}.", err=True)
                return found
            self.added += done.added
            self.files += 1
        return done.checked

    def finish(self, *, quiet: bool) -> None:
        """Say how many were added."""
        if quiet:
            return
        problems = f"{self.added:,} problem" + "s" * (self.added != 1)
        files = f"{self.files:,} file" + "s" * (self.files != 1)
        said = f"Suppressed {problems} in {files}." if self.added else "No suppressions added."
        click.echo(said, err=True)
