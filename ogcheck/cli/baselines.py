"""``ogcheck check`` with a baseline: what it leaves out, and what becomes of its file."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from ogcheck.cli import completing
from ogcheck.cli.options import visible
from ogcheck.config import ConfigError, Resolver
from ogcheck.engine.discover import Found, shown
from ogcheck.problem import Problem

if TYPE_CHECKING:
    from ogcheck.baseline import Baseline, Entry, Judges, Recorder

OPTIONS = (
    click.option("--baseline", metavar="FILE", shell_complete=completing.files,
                 help="Count the problems that FILE accepts, and do not report them."),
    click.option("--write-baseline", metavar="FILE", shell_complete=completing.files,
                 help="Accept every problem that would be reported: write them to FILE."),
    click.option("--update-baseline", is_flag=True,
                 help="Drop the entries of the baseline that no longer occur."),
)  # fmt: skip


class Accepted:
    """What a run does with a baseline, old or new."""

    def __init__(self, known: Baseline | None, recorder: Recorder | None, *, update: bool) -> None:
        self.known = known
        self.recorder = recorder
        self.update = update

    @classmethod
    def asked_for(cls, options: dict[str, Any], resolver: Resolver, cwd: Path) -> Accepted:
        """What options and configuration ask for. Raises :class:`ConfigError`."""
        named, target = options["baseline"], options["write_baseline"]
        if target is not None and (named is not None or options["update_baseline"]):
            raise ConfigError("--write-baseline makes a new one: leave out the other options.")
        if target is not None:
            from ogcheck.baseline import Recorder

            return cls(None, Recorder(cwd / target), update=False)
        folder = cwd
        if named is None:
            named, folder = resolver.run_path("baseline")
        if options["update_baseline"] and named is None:
            raise ConfigError("--update-baseline needs a baseline.",
                              help="Name one with --baseline.")  # fmt: skip
        if named is None:
            return cls(None, None, update=False)
        from ogcheck.baseline import Baseline

        known = Baseline.read(Path(os.path.normpath(folder / named)))
        return cls(known, None, update=options["update_baseline"])

    def takes(self, problem: Problem, one: Found) -> bool:
        """Whether a problem is accepted, and not reported."""
        if self.recorder is not None:
            self.recorder.add(problem, one.path)
            return True
        return self.known is not None and self.known.knows(problem, one.path)

    def holds(self, problem: Problem, path: Path) -> bool:
        """Whether a problem is in the baseline: what is not shown is not fixed either."""
        return self.known is not None and self.known.holds(problem, path)

    def looked_at(self, one: Found) -> None:
        """A file was checked."""
        if self.known is not None:
            self.known.looked_at(one.path)

    def finish(self, cwd: Path, judges: Judges, *, quiet: bool) -> None:
        """Write what has to be written, and say what no longer occurs; ``judges`` is as there."""
        if self.recorder is not None:
            count = self.recorder.write()
            noun = "problem" if count == 1 else "problems"
            _say(f"Wrote {count:,} {noun} to {shown(self.recorder.file, cwd)}.", quiet)
            return
        if self.known is None:
            return
        stale = self.known.stale(judges)
        if not stale:
            return
        name = shown(self.known.file, cwd)
        if self.update:
            from ogcheck.baseline import write

            write(self.known.file, self.known.without(stale))
            _say(f"Dropped {_count(stale)} from {name}.", quiet)
            return
        first = stale[0][0]
        _say(f"{_count(stale)} of {name} no longer occur{'s' if _total(stale) == 1 else ''} "
             f"(the first is {first.code} in {first.path}): --update-baseline drops "
             f"{'it' if _total(stale) == 1 else 'them'}.", quiet)  # fmt: skip


def _total(stale: list[tuple[Entry, int]]) -> int:
    return sum(count for _, count in stale)


def _count(stale: list[tuple[Entry, int]]) -> str:
    total = _total(stale)
    return f"{total:,} {'entry' if total == 1 else 'entries'}"


def _say(text: str, quiet: bool) -> None:
    if not quiet:
        click.echo(visible(text), err=True)
