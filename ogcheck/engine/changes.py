"""What was changed since a revision: the files and the lines, as git tells them."""

from __future__ import annotations

import os
import re
import subprocess
from pathlib import Path

from ogcheck.errors import ConfigError
from ogcheck.page import Page
from ogcheck.problem import Problem
from ogcheck.source import Span
from ogcheck.values.patterns import late

_HUNK = late(r"^@@ -\d+(?:,\d+)? \+(\d+)(?:,(\d+))? @@", re.MULTILINE)


class Changes:
    """The changes of a working tree since ``revision``; untracked files are changed as a whole.

    Raises :class:`ConfigError` outside a repository, for an unknown revision, and without git.
    """

    def __init__(self, revision: str, cwd: Path) -> None:
        self.cwd = cwd
        top = self._git("rev-parse", "--show-toplevel", why="--diff-base works inside a git "
                        "repository only.")  # fmt: skip
        self.root = Path(os.path.realpath(top.rstrip("\n")))
        # A revision that begins with a hyphen would be an option.
        self.revision = self._git(
            "rev-parse", "--verify", "--quiet", "--end-of-options", f"{revision}^{{commit}}",
            why=f"--diff-base {revision} names no commit.",
        ).strip()  # fmt: skip
        self._new = self._names("ls-files", "--others", "--exclude-standard")
        self._changed = self._names("diff", "--name-only", "--diff-filter=d", self.revision)
        self._lines: dict[Path, list[tuple[int, int]]] = {}

    def _git(self, *arguments: str, why: str = "git failed.") -> str:
        try:
            done = subprocess.run(  # noqa: S603 - git, with what it is told to do
                ["git", "-c", "core.quotePath=false", *arguments],  # noqa: S607 - as found
                cwd=getattr(self, "root", self.cwd), capture_output=True, check=False,
            )  # fmt: skip
        except OSError as error:
            raise ConfigError(f"git cannot be run: {error.strerror}.") from None
        if done.returncode:
            said = done.stderr.decode("utf-8", "replace").strip().partition("\n")[0]
            raise ConfigError(why, help=said or None)
        return done.stdout.decode("utf-8", "surrogateescape")

    def _names(self, *arguments: str) -> frozenset[Path]:
        command, *rest = arguments
        found = self._git(command, "-z", *rest).split("\0")
        return frozenset(self.root / name for name in found if name)

    def names(self, path: Path) -> bool:
        """Whether the file at ``path`` (absolute) is changed, or new."""
        real = Path(os.path.realpath(path))
        return real in self._new or real in self._changed

    def concerns(self, problem: Problem, page: Page | None, path: Path) -> bool:
        """Whether a problem of a changed file is on changed lines.

        Also where a related place is, and where something is missing from metadata that was
        changed.
        """
        real = Path(os.path.realpath(path))
        if real in self._new:
            return True
        spans = [(problem.line, problem.end_line)]
        spans += [(r.line, r.end_line) for r in problem.related if r.path == problem.path]
        if problem.pointer is None and page is not None:
            place = _metadata(page)
            spans.append((page.source.position(place.start).line,
                          page.source.position(place.end).line))  # fmt: skip
        changed = self._of(real)
        return any(
            start <= last and first <= end for first, last in spans for start, end in changed
        )

    def _of(self, path: Path) -> list[tuple[int, int]]:
        """The changed lines, first and last; where lines were only taken out, those around."""
        if path not in self._lines:
            text = self._git("diff", "--unified=0", "--no-color", "--no-ext-diff", self.revision,
                             "--", str(path))  # fmt: skip
            found = []
            for match in _HUNK.finditer(text):
                start, count = int(match[1]), int(match[2] or 1)
                found.append((start, start + count - 1) if count else (start, start + 1))
            self._lines[path] = found
        return self._lines[path]


def _metadata(page: Page) -> Span:
    """Where the page keeps its metadata: the front matter, or the head."""
    if page.block is not None:
        end = page.block.closing.end if page.block.closing else page.block.content.end
        return Span(page.start.start, end)
    document = page.html
    if document is not None and document.head is not None and document.head.location is not None:
        return Span(document.head.span.start, document.head.end)
    return Span(0, len(page.source.text))
