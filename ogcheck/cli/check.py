"""``ogcheck check``: files in, a report out, and an exit status that a hook can use."""

from __future__ import annotations

import os
import sys
from collections.abc import Generator, Iterator
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from ogcheck.cli import completing
from ogcheck.cli.baselines import OPTIONS as BASELINE
from ogcheck.cli.baselines import Accepted
from ogcheck.cli.fixing import OPTIONS as FIXING
from ogcheck.cli.fixing import Fixing
from ogcheck.cli.options import Given, adding, configuring, visible, working_directory
from ogcheck.cli.outputs import OPTIONS as OUTPUTS
from ogcheck.cli.outputs import Outputs, wanted
from ogcheck.cli.progress import Progress
from ogcheck.cli.running import OPTIONS as RUNNING
from ogcheck.cli.running import schedule
from ogcheck.cli.sites import OPTIONS as SITE
from ogcheck.cli.sites import built_of, is_site
from ogcheck.cli.suppressing import OPTIONS as SUPPRESSING
from ogcheck.cli.suppressing import Suppressing
from ogcheck.config import FAIL_ON, ConfigError
from ogcheck.engine.check import Checked, Checker
from ogcheck.engine.discover import Found, files
from ogcheck.engine.run import Outcome, check_file
from ogcheck.engine.run import outcome as outcome_of
from ogcheck.problem import Problem, Severity
from ogcheck.reports.summary import Summary
from ogcheck.source import Source

if TYPE_CHECKING:
    from ogcheck.engine.changes import Changes
    from ogcheck.engine.site import Site


@click.command("check")
@click.argument("paths", nargs=-1, metavar="[PATHS]...", shell_complete=completing.files)
@adding(*OUTPUTS)
@configuring
@adding(*SITE)
@click.option("--notes", is_flag=True, help="Show notes, which are advice, too.")
@adding(*FIXING, *SUPPRESSING, *BASELINE)
@click.option(
    "--fail-on",
    type=click.Choice(FAIL_ON),
    help="The severity that makes the exit status 1.  [default: warning]",
)
@click.option("--exit-zero", is_flag=True, help="Exit with 0 whatever is found.")
@click.option(
    "--diff-base",
    metavar="REV",
    help="Check files changed since a git revision, and report what is on changed lines only.",
)
@click.option(
    "--whole-files",
    is_flag=True,
    help="With --diff-base: report what is on the other lines of changed files, too.",
)
@click.option("--stdin-filename", metavar="PATH", shell_complete=completing.files,
              help="The path of what - (standard input) holds.")  # fmt: skip
@click.option("--show-files", is_flag=True, help="List the files that would be checked, and stop.")
@click.option("--statistics", is_flag=True, help="Show counts by rule instead of problems.")
@click.option("-q", "--quiet", is_flag=True, help="Leave out the closing line.")
@click.option(
    "-v", "--verbose", is_flag=True, help="Say on standard error what was passed over, and why."
)
@click.option(
    "--color",
    type=click.Choice(("auto", "always", "never")),
    default="auto",
    show_default=True,
    help="Whether output is coloured.",
)
@adding(*RUNNING)
@click.option("--now", metavar="TIME", help="The present, for rules that ask (ISO 8601).")
@click.option(
    "--no-force-exclude",
    is_flag=True,
    help="Check files that are named even where the configuration excludes them.",
)
def command(paths: tuple[str, ...], **options: Any) -> int:
    """Check pages: front matter in YAML, TOML and JSON, and built HTML.

    PATHS are files and directories (the working directory if none is given); - is standard input.
    """  # fmt: skip
    given = Given.take(options)
    cwd = working_directory()
    now = _present(options["now"])
    options["wanted"] = wanted(options)
    resolver = given.resolver(cwd)
    site = is_site(options, paths or (".",), cwd, resolver)
    built = built_of(options, paths or (".",), cwd, resolver)
    checker = Checker(resolver, now, notes=options["notes"], site=site, built=built)
    found = _found(paths or (".",), cwd, checker, options)
    changes = None
    if options["diff_base"] is None and options["whole_files"]:
        raise ConfigError("--whole-files goes with --diff-base.")
    if options["diff_base"] is not None:
        if "-" in paths:
            raise ConfigError("--diff-base goes with files: standard input has no history.")
        from ogcheck.engine.changes import Changes

        changes = Changes(options["diff_base"], cwd, paths)
        found = (one for one in found if changes.names(one.path))
    if options["show_files"]:
        for one in found:
            click.echo(visible(one.shown))
        return 0
    options["paths"] = paths or (".",)
    accepted = Accepted.asked_for(options, checker.resolver, cwd)
    fixing = Fixing.asked_for(options, checker, cwd, accepted.holds)
    suppressing = Suppressing.asked_for(options, checker, cwd, accepted.holds)
    lines = None if options["whole_files"] else changes
    with Progress.wanted(quiet=options["quiet"]) as progress:
        run = _Run(checker, options, fixing, suppressing, accepted, lines, progress)
        status = run.over(iter(progress.listed(found)))
    if suppressing is not None:
        suppressing.finish(quiet=options["quiet"])
    accepted.finish(cwd, run.judges, quiet=options["quiet"])
    return status


def _found(
    paths: tuple[str, ...], cwd: Path, checker: Checker, options: dict[str, Any]
) -> Iterator[Found]:
    if "-" in paths:
        if paths != ("-",):
            raise ConfigError("- (standard input) cannot be mixed with other paths.")
        name = options["stdin_filename"] or "<stdin>"
        path = Path(os.path.abspath(cwd / name))
        if not options["no_force_exclude"] and checker.resolver.is_out_of_reach(path):
            return iter(())
        return iter((Found(str(path), name.replace(os.sep, "/")),))
    if options["stdin_filename"]:
        raise ConfigError("--stdin-filename goes with - as the only path.")
    force = not options["no_force_exclude"]
    return files(list(paths), cwd, checker.resolver, force_exclude=force)


class _Run:
    """One run: counts, writes, decides the exit status."""

    def __init__(
        self,
        checker: Checker,
        options: dict[str, Any],
        fixing: Fixing | None,
        suppressing: Suppressing | None,
        accepted: Accepted,
        changes: Changes | None,
        progress: Progress,
    ) -> None:
        self.checker = checker
        self.options = options
        self.fixing = fixing
        self.suppressing = suppressing
        self.accepted = accepted
        self.changes = changes
        self.progress = progress
        self.stdin = options["paths"] == ("-",)
        self.site = _site(checker) if checker.site else None
        self.summary = Summary()
        self.fails = False
        self.fail_on: str = options["fail_on"] or checker.resolver.run_setting("fail-on")
        self.schedule = schedule(options, checker)

    def over(self, found: Iterator[Found]) -> int:
        """Check every file; the exit status."""
        options = self.options
        is_diff = self.fixing is not None and not self.fixing.writes
        if options["statistics"] or is_diff:
            with closing(self._problems(found)) as problems:
                for _ in problems:
                    pass
            if is_diff:
                changed = self.fixing is not None and self.fixing.changed
                return int(bool(changed) and not options["exit_zero"])
            self._statistics(_color(options["color"]))
            return self._status()
        # What was fixed on standard input goes to standard output.
        takes_output = self.fixing is not None and self.stdin
        with Outputs(
            options["wanted"],
            sys.stderr if takes_output else sys.stdout,
            color=options["color"],
            is_colored=_color(options["color"]),
            summary_out=None if options["quiet"] else sys.stderr,
            rules=self.checker.resolver.registry.rules,
            fail_on=self.fail_on,
        ) as outputs:
            outputs.begin()
            with closing(self._problems(found)) as problems:
                for problem in problems:
                    outputs.problem(problem)
            outputs.end(self.summary)
        return self._status()

    def judges(self, path: Path, code: str, is_note: bool) -> bool:
        """Whether a problem of the page at ``path`` would have been reported if it was there."""
        rule = self.checker.resolver.registry.rules.get(code)
        if rule is None:
            return True
        _, plan, context = self.checker.prepared(path)
        if code not in plan.enabled or self.changes is not None:
            return False
        if is_note and not plan.shows(code, Severity.NOTE, notes=self.options["notes"]):
            return False
        if rule.judges == "site":
            return self.site is not None
        if rule.judges == "pair":
            return self.checker.built is not None
        return "files" not in rule.depends_on or context.layout.can_be_seen

    def _problems(self, found: Iterator[Found]) -> Generator[Problem]:
        """Check every file; what is to be reported. The summary is complete at the end."""
        with closing(self._outcomes(found)) as outcomes:
            for outcome in outcomes:
                self.summary.files += 1
                self.accepted.looked_at(outcome.found)
                self.progress.step()
                if outcome.passed_over is not None:
                    self._say_passed_over(outcome)
                    continue
                self.summary.pages += outcome.is_page
                if self.options["verbose"] and outcome.pair is not None:
                    _say_pair(outcome.found, *outcome.pair)
                if self.site is not None:
                    self.site.add(outcome.found, outcome.facts)
                self.summary.hidden_notes += outcome.hidden
                for problem in outcome.problems:
                    if self._is_reported(problem, outcome.found):
                        yield problem
        if self.site is not None:
            yield from self._of_site(self.site)
        if self.fixing is not None:
            self.summary.fixed = self.fixing.fixed

    def _of_site(self, site: Site) -> Iterator[Problem]:
        for raised in site.problems():
            if self._is_reported(raised.problem, raised.found):
                yield raised.problem
        self.summary.hidden_notes += site.hidden

    def _say_passed_over(self, outcome: Outcome) -> None:
        if self.options["verbose"]:
            name, why = visible(outcome.found.shown), visible(outcome.passed_over or "")
            click.echo(f"{name}: passed over: {why}", err=True)

    def _outcomes(self, found: Iterator[Found]) -> Generator[Outcome]:
        """What becomes of each file; here, one by one, where the page itself is needed."""
        is_plain = self.changes is None and self.fixing is None and self.suppressing is None
        if is_plain and not self.stdin:
            yield from self.schedule.run(found)
            return
        for one in found:
            checked = self._check(one)
            if self.changes is not None:
                checked = self._changed(checked, one, self.changes)
            yield outcome_of(one, checked)

    def _changed(self, checked: Checked, one: Found, changes: Changes) -> Checked:
        """What concerns changed lines; of hidden notes it is not known where they are."""
        problems = [p for p in checked.problems if changes.concerns(p, checked.page, one.path)]
        return checked._replace(problems=problems, hidden=0)

    def _status(self) -> int:
        options = self.options
        fails = self.fails or (options["exit_non_zero_on_fix"] and self.summary.fixed > 0)
        return int(fails and not options["exit_zero"])

    def _check(self, one: Found) -> Checked:
        if self.stdin:
            if sys.stdin is None:
                raise ConfigError("standard input is closed.")
            data = sys.stdin.buffer.read()
            if self.fixing is not None:
                return self.fixing.stream(one, data)
            return self.checker.check(Source.from_bytes(one.shown, data), one.path)
        if self.fixing is not None:
            return self.fixing.file(one)
        if self.suppressing is not None:
            return self.suppressing.file(one)
        return check_file(one, self.checker)

    def _is_reported(self, problem: Problem, one: Found) -> bool:
        """Count a problem; whether it is to be reported: it is neither accepted nor silenced."""
        if not problem.suppressed and self.accepted.takes(problem, one):
            self.summary.known += 1
            return False
        self.summary.add(problem)
        if problem.suppressed:
            return False
        self.fails = self.fails or problem.severity.fails(self.fail_on)
        return True

    def _statistics(self, color: bool) -> None:
        from ogcheck.reports.statistics import render_statistics
        from ogcheck.reports.summary import sentence

        sys.stdout.write(render_statistics(self.summary, color))
        if not self.options["quiet"]:
            click.echo(sentence(self.summary), err=True)


def _site(checker: Checker) -> Site:
    from ogcheck.engine.site import Site  # most runs look at no site

    return Site(checker)


def _say_pair(one: Found, built: str, how: str) -> None:
    """Say on standard error which page was built from a source."""
    said = f"built as {built}, {how}" if built else "no page was found that is built from it"
    click.echo(f"{visible(one.shown)}: {visible(said)}", err=True)


def _present(text: str | None) -> datetime:
    if text is None:
        return datetime.now(UTC)
    try:
        now = datetime.fromisoformat(text)
    except ValueError:
        raise ConfigError(f"--now {text} is not a time.",
                          help="Write it like 2026-03-26T09:26:00+00:00.") from None  # fmt: skip
    return now if now.tzinfo is not None else now.replace(tzinfo=UTC)


def _color(choice: str) -> bool:
    """Whether to colour: as asked, else NO_COLOR, FORCE_COLOR, and whether it is a terminal."""
    if choice != "auto":
        return choice == "always"
    if os.environ.get("NO_COLOR"):
        return False
    if os.environ.get("FORCE_COLOR"):
        return True
    return sys.stdout.isatty() and os.environ.get("TERM") != "dumb"
