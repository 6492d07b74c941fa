"""``ogcheck check --format`` and ``--output``: which reports are written, and where each goes."""

from __future__ import annotations

import io
import os
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, Self, TextIO

import click

from ogcheck.cli import completing
from ogcheck.cli.leaving import silence
from ogcheck.cli.options import visible
from ogcheck.config import ConfigError
from ogcheck.reports import FOR_PEOPLE, FORMATS, reporter

if TYPE_CHECKING:
    from types import TracebackType

    from ogcheck.problem import Problem
    from ogcheck.reports.base import Reporter
    from ogcheck.reports.summary import Summary
    from ogcheck.rules.base import Rule
    from ogcheck.writing import NewFile

AUTO = "auto"
"""Not a format: ``github`` and a job summary where GitHub Actions runs it, else ``text``."""


class Wanted(NamedTuple):
    """A report that is asked for."""

    format: str
    file: str | None = None
    """Standard output if None."""


def _file(name: str) -> str | None:
    """The file of that name; None for standard output."""
    return None if name in ("-", "/dev/stdout") else name


def _parse(ctx: click.Context, param: click.Parameter, given: tuple[str, ...]) -> list[Wanted]:
    found = []
    for one in given:
        name, colon, file = one.partition(":")
        if name not in (AUTO, *FORMATS):
            names = ", ".join(map(repr, (*FORMATS, AUTO)))
            raise click.BadParameter(f"{visible(name)!r} is not one of {names}.", ctx, param)
        if colon and not file:
            raise click.BadParameter(f"{one!r} names no file.", ctx, param)
        found.append(Wanted(name, _file(file) or None))
    return found


OPTIONS = (
    click.option("--format", "formats", multiple=True, metavar="FORMAT[:FILE]", callback=_parse,
                 shell_complete=completing.formats,
                 help=f"How problems are written: {', '.join(FORMATS)}, or auto, which is github "
                 "under GitHub Actions, else text. With a file, into it; may be repeated.  "
                 "[default: auto]"),
    click.option("--output", metavar="FILE", shell_complete=completing.files,
                 help="Write the report to FILE: whole at the end, or not at all."),
)  # fmt: skip


def wanted(options: Mapping[str, Any]) -> list[Wanted]:
    """The reports that the options ask for, ``auto`` still among them. Raises ``ConfigError``."""
    given: list[Wanted] = list(options["formats"])
    output = options["output"]
    if output is not None:
        if len(given) > 1 or given and given[0].file is not None:
            raise ConfigError("--output is for one format: write the others as in "
                              "--format sarif:out.sarif.")  # fmt: skip
        given = [Wanted(given[0].format if given else FORMATS[0], _file(output))]
    given = given or [Wanted(AUTO)]
    _refuse_places(given)
    _refuse_beside(given, options)
    return given


def _refuse_places(given: list[Wanted]) -> None:
    """Raise ``ConfigError`` where two reports would go to one place."""
    if any(one.format == AUTO and one.file is not None for one in given):
        raise ConfigError("the format auto depends on where it runs, and takes no file: "
                          "name a format.")  # fmt: skip
    if sum(one.file is None for one in given) > 1:
        raise ConfigError("only one format can go to standard output: give the others a file, as "
                          "in --format sarif:out.sarif.")  # fmt: skip
    files: set[str] = set()
    for one in given:
        if one.file is None:
            continue
        place = os.path.realpath(one.file)
        if place in files:
            raise ConfigError(f"two formats go to {one.file}: name two files.")
        if _is_source(place):
            raise ConfigError(f"{one.file} has front matter: the report would take its place.",
                              help="Name a file of the report's own.")  # fmt: skip
        files.add(place)


def _is_source(path: str) -> bool:
    """Whether a file begins as no report does, and as pages do: ``--output *.md`` names one."""
    if not Path(path).is_file():
        return False
    try:
        with open(path, "rb") as file:
            return file.read(6).removeprefix(b"\xef\xbb\xbf")[:3] in (b"---", b"+++")
    except OSError:
        return False


def _refuse_beside(given: list[Wanted], options: Mapping[str, Any]) -> None:
    """Raise ``ConfigError`` where other options leave no report to write."""
    has_file = any(one.file is not None for one in given)
    formats = [one.format for one in given]
    if options["show_files"] and has_file:
        raise ConfigError("--show-files checks nothing: leave out the files of reports.")
    if options["statistics"]:
        for name in formats:
            if name not in (*FOR_PEOPLE, AUTO):
                raise ConfigError(f"--statistics is for people: leave out --format {name}.")
        if has_file:
            raise ConfigError("--statistics goes to standard output: leave out the file.")
    if options["diff"] and (has_file or formats[0] not in (FORMATS[0], AUTO)):
        raise ConfigError("--diff shows changes, not problems: leave out the format.")


class Outputs:
    """The reports of one run; their files appear when all is written, and only then.

    Without an exception they are put in their places at the end of the ``with`` block.
    """

    def __init__(
        self,
        asked: list[Wanted],
        standard: TextIO,
        *,
        color: str,
        is_colored: bool,
        summary_out: TextIO | None,
        rules: Mapping[str, type[Rule]],
        fail_on: str,
    ) -> None:
        """Open the files. ``standard`` takes what goes to no file. Raises ``ConfigError``."""
        self._standard = standard
        self._files: list[NewFile] = []
        self._reporters: list[Reporter] = []
        self._job_summary: tuple[str, io.StringIO] | None = None
        try:
            for one in asked:
                name = one.format
                if name == AUTO:
                    name = self._automatic(rules)
                out, is_bright = standard, is_colored
                if one.file is not None:
                    out, is_bright = self._open(one.file), color == "always"
                self._reporters.append(
                    reporter(
                        name,
                        out,
                        color=is_bright and name in FOR_PEOPLE,
                        summary_out=summary_out,
                        rules=rules,
                        fail_on=fail_on,
                    )
                )
                summary_out = None  # said once
        except BaseException:
            self._discard()
            raise

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        if kind is not None:
            self._discard()
            return
        try:
            for file in self._files:
                file.close()
            for file in self._files:
                file.commit()
        except BaseException:
            self._discard()
            raise
        if self._job_summary is not None:
            _append(*self._job_summary)

    def begin(self) -> None:
        """Write what stands before the problems."""
        self._each(lambda one: one.begin())

    def problem(self, problem: Problem) -> None:
        """Write one problem to every report."""
        self._each(lambda one: one.problem(problem))

    def end(self, summary: Summary) -> None:
        """Write what stands after the problems."""
        self._each(lambda one: one.end(summary))

    def _each(self, write: Callable[[Reporter], None]) -> None:
        for one in self._reporters:
            try:
                write(one)
            except BrokenPipeError:
                if one.out is not self._standard or not self._files:
                    raise
                silence(self._standard)  # whoever read it has gone; the files are still wanted

    def _open(self, file: str) -> TextIO:
        from ogcheck.writing import NewFile

        try:
            opened = NewFile(Path(file))
        except OSError as error:
            raise ConfigError(f"{file} cannot be written: {error.strerror or error}.") from None
        self._files.append(opened)
        return opened.out

    def _automatic(self, rules: Mapping[str, type[Rule]]) -> str:
        """The format that ``auto`` is here; under GitHub Actions with a job summary beside it."""
        if os.environ.get("GITHUB_ACTIONS") != "true":
            return FORMATS[0]
        file = os.environ.get("GITHUB_STEP_SUMMARY")
        if file:
            text = io.StringIO()
            self._job_summary = file, text
            self._reporters.append(reporter("markdown", text, rules=rules))
        return "github"

    def _discard(self) -> None:
        for file in self._files:
            file.discard()


def _append(file: str, text: io.StringIO) -> None:
    """Add to a job's summary, which others write to, too. That it cannot be had is no failure."""
    try:
        with open(file, "a", encoding="utf-8", newline="\n") as out:
            out.write(text.getvalue())
    except OSError as error:
        why = error.strerror or type(error).__name__
        click.echo(f"ogcheck: the job summary {visible(file)} cannot be written: {why}.", err=True)
