"""``ogcheck check --fix`` and ``--diff``: what becomes of one file's fixes."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from ogcheck.cli.options import visible
from ogcheck.config import ConfigError
from ogcheck.engine.check import Checked, Checker
from ogcheck.engine.discover import Found
from ogcheck.engine.run import check_file, read_file
from ogcheck.problem import Problem
from ogcheck.source import BOM, Source

if TYPE_CHECKING:
    from ogcheck.fix import FixResult

OPTIONS = (
    click.option("--fix", is_flag=True, help="Apply the safe fixes, and report what is left."),
    click.option("--unsafe-fixes", is_flag=True,
                 help="With --fix or --diff: fixes that a person should look at, too."),
    click.option("--diff", is_flag=True,
                 help="Show what --fix would change, and write nothing; exit with 1 if anything."),
    click.option("--exit-non-zero-on-fix", is_flag=True,
                 help="With --fix: exit with 1 also where everything found was fixed."),
)  # fmt: skip


@dataclass(eq=False, repr=False)
class Fixing:
    """How the fixes of a run are applied, and how many were."""

    checker: Checker
    unsafe: bool
    notes: bool
    writes: bool
    """False: the changes are shown and not made."""
    is_known: Callable[[Problem, Path], bool]
    """Whether a problem is accepted, and so neither shown nor fixed."""
    roots: list[Path]
    """The paths that were given: nothing is written outside of them."""
    fixed: int = 0
    changed: int = 0
    """How many files are changed, or would be."""
    refused: list[str] = field(default_factory=list)

    @classmethod
    def asked_for(
        cls,
        options: dict[str, Any],
        checker: Checker,
        cwd: Path,
        is_known: Callable[[Problem, Path], bool],
    ) -> Fixing | None:
        """What the options ask for; None where they ask for no fix. Raises ``ConfigError``."""
        fix, diff = options["fix"], options["diff"]
        if options["unsafe_fixes"] and not (fix or diff):
            raise ConfigError("--unsafe-fixes goes with --fix or --diff.")
        if options["exit_non_zero_on_fix"] and not fix:
            raise ConfigError("--exit-non-zero-on-fix goes with --fix.")
        if fix and diff:
            raise ConfigError("--fix writes and --diff does not: name one of them.")
        if not fix and not diff:
            return None
        if diff and options["statistics"]:
            raise ConfigError("--diff shows changes, not problems: leave out the format.")
        roots = [cwd / given for given in options["paths"]]
        return cls(checker, options["unsafe_fixes"], options["notes"], fix, is_known, roots)

    def file(self, one: Found) -> Checked:
        """Fix one file; what is left in it. Raises ``ConfigError``."""
        if one.fault is not None:
            return check_file(one, self.checker)
        try:
            known = one.path.stat()
            source = read_file(one, self.checker)
        except OSError:
            return check_file(one, self.checker)
        result = self._fixed(source, one)
        if result.text == source.text:
            return result.checked
        if not self.writes:
            self.changed += 1
            _write_out("".join(difference(source.text, result.text, one.shown)))
            return result.checked
        why = self._written(one, result.text, known)
        if why is not None:
            self._refuse(f"{one.shown}: not fixed: {why}")
            return self.checker.check(source, one.path)
        self.changed += 1
        self.fixed += len(result.fixed)
        return result.checked

    def stream(self, one: Found, data: bytes) -> Checked:
        """Fix what standard input holds, and write it to standard output; what is left in it."""
        source = Source.from_bytes(one.shown, data)
        result = self._fixed(source, one)
        if self.writes:
            is_same = result.text == source.text
            _write_out(data if is_same else result.text.encode("utf-8"))
            self.fixed += len(result.fixed)
        elif result.text != source.text:
            _write_out("".join(difference(source.text, result.text, one.shown)))
        self.changed += result.text != source.text
        return result.checked

    def _fixed(self, source: Source, one: Found) -> FixResult:
        from ogcheck.fix import fix_source

        result = fix_source(
            self.checker,
            source,
            one.path,
            unsafe=self.unsafe,
            notes=self.notes,
            leave=lambda problem: self.is_known(problem, one.path),
        )
        for problem, why in result.refused:
            self._refuse(
                f"{one.shown}:{problem.line}: the fix of {problem.code} is left out: {why}"
            )
        return result

    def _written(self, one: Found, text: str, known: os.stat_result) -> str | None:
        """Write a file; why that could not be done."""
        return written(one.path, text.encode("utf-8"), known, self.roots)

    def _refuse(self, message: str) -> None:
        self.refused.append(message)
        click.echo(f"ogcheck: {visible(message)}.", err=True)


def written(path: Path, data: bytes, known: os.stat_result, roots: list[Path]) -> str | None:
    """Put ``data`` in place of a file that lies in ``roots``; why that could not be done.

    ``known`` is what the file was when it was read.
    """
    from ogcheck.writing import ChangedError, lies_in, replace_file

    if not lies_in(path, roots) and not _is_own_link(path, roots):
        return "it is a link to a file outside the paths that were given"
    try:
        replace_file(path, data, known=known)
    except ChangedError:
        return "it was changed meanwhile"
    except OSError as error:
        return f"it cannot be written: {error.strerror or error}"
    return None


def _is_own_link(path: Path, roots: list[Path]) -> bool:
    """Whether a link that was named leads to a file of the working directory's project."""
    from ogcheck.writing import lies_in

    return any(path == root for root in roots) and lies_in(path, [_project(path)])


def _project(path: Path) -> Path:
    """The repository that ``path`` lies in, else its folder."""
    return next((above for above in path.parents if (above / ".git").exists()), path.parent)


def difference(before: str, after: str, name: str) -> Iterator[str]:
    """A unified diff that ``git apply`` and ``patch -p1`` take."""
    from difflib import unified_diff

    old, new = (text.removeprefix(BOM) for text in (before, after))
    lines = unified_diff(_lines(old), _lines(new), f"a/{name}", f"b/{name}")
    for line in lines:
        yield line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n"


def _lines(text: str) -> list[str]:
    """Lines as ``diff`` has them: they end at LF alone."""
    parts = text.split("\n")
    return [f"{part}\n" for part in parts[:-1]] + ([parts[-1]] if parts[-1] else [])


def _write_out(data: bytes | str) -> None:
    """Write to standard output as it is; on a terminal nothing but visible text."""
    if isinstance(data, str) and sys.stdout.isatty():
        click.echo("\n".join(visible(line) for line in data.split("\n")), nl=False)
        return
    raw = data if isinstance(data, bytes) else data.encode("utf-8", "surrogateescape")
    sys.stdout.flush()
    buffer = getattr(sys.stdout, "buffer", None)
    if buffer is None:  # a stream of text only
        sys.stdout.write(raw.decode("utf-8", "replace"))
    else:
        buffer.write(raw)
        buffer.flush()
