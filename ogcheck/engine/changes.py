"""What was changed since a revision: the files and the lines, as git tells them."""

from __future__ import annotations

import itertools
import os
import re
import subprocess
from collections.abc import Sequence
from pathlib import Path

from ogcheck.errors import ConfigError
from ogcheck.page import Page
from ogcheck.problem import Problem
from ogcheck.source import Span
from ogcheck.values.patterns import late

_HUNK = late(r"^@@ -\d+(?:,\d+)? \+(\d+)(?:,(\d+))? @@", re.MULTILINE)


class Changes:
    """The changes of a working tree since ``revision``; untracked files are changed as a whole.

    So are those of the ``named`` files and directories that git ignores: whoever names a built site
    means it. Raises :class:`ConfigError` outside a repository, for an unknown revision, and without
    git.
    """

    def __init__(self, revision: str, cwd: Path, named: Sequence[str] = ()) -> None:
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
        self._changed = self._known()
        self._ignored = self._ignored_of(named)
        self._lines: dict[Path, list[tuple[int, int]]] = {}

    def _git(
        self, *arguments: str, why: str = "git failed.", given: str = "", fine: int = 0
    ) -> str:
        """What git says to ``given`` on standard input; a status up to ``fine`` is no failure."""
        try:
            done = subprocess.run(  # noqa: S603 - git, with what it is told to do
                ["git", "-c", "core.quotePath=false", *arguments],  # noqa: S607 - as found
                cwd=getattr(self, "root", self.cwd), capture_output=True, check=False,
                input=os.fsencode(given),
            )  # fmt: skip
        except OSError as error:
            raise ConfigError(f"git cannot be run: {error.strerror}.") from None
        if done.returncode > fine or done.returncode < 0:
            said = done.stderr.decode("utf-8", "replace").strip().partition("\n")[0]
            raise ConfigError(why, help=said or None)
        return done.stdout.decode("utf-8", "surrogateescape")

    def _names(self, *arguments: str) -> frozenset[Path]:
        command, *rest = arguments
        found = self._git(command, "-z", *rest).split("\0")
        return frozenset(self.root / name for name in found if name)

    def _known(self) -> dict[Path, str | None]:
        """The changed files that git knows, with the names that they had, if these were others."""
        said = self._git("diff", "-z", "--name-status", "-M", "--diff-filter=d", self.revision)
        words = iter(said.split("\0"))
        found: dict[Path, str | None] = {}
        for status in filter(None, words):
            name = next(words)
            if status[0] in "RC":
                found[self.root / next(words)] = name
            else:
                found[self.root / name] = None
        return found

    def _ignored_of(self, named: Sequence[str]) -> list[Path]:
        """The ``named`` ones that git ignores, but for those in repositories within this one."""
        places = [self._place(self.cwd / one) for one in named]
        given = "".join(f"{one}\0" for one in places if self._is_ours(one))
        if not given:
            return []
        # 1: none of them; 128: git does not answer for one of them.
        said = self._git("check-ignore", "-z", "--stdin", given=given, fine=128)
        return [Path(one) for one in said.split("\0") if one]

    def _is_ours(self, place: Path) -> bool:
        """Whether a path lies below the repository's root, and in no other repository there."""
        if place == self.root or not place.is_relative_to(self.root):
            return False
        below = itertools.takewhile(lambda one: one != self.root, (place, *place.parents))
        return not any((one / ".git").exists() for one in below)

    def _place(self, path: Path) -> Path:
        """Where a file lies, whose name may be that of a symbolic link: git knows it by that."""
        return Path(os.path.realpath(path.parent), path.name)

    def names(self, path: Path) -> bool:
        """Whether the file at ``path`` (absolute) is changed, or new."""
        places = self._place(path), Path(os.path.realpath(path))
        return any(one in self._changed or self._is_new(one) for one in places)

    def _is_new(self, place: Path) -> bool:
        return place in self._new or any(place.is_relative_to(one) for one in self._ignored)

    def concerns(self, problem: Problem, page: Page | None, path: Path) -> bool:
        """Whether a problem of a changed file is on changed lines.

        Also where a related place is, and where something is missing from metadata that was
        changed.
        """
        place, real = self._place(path), Path(os.path.realpath(path))
        if self._is_new(place) or self._is_new(real) or place != real and place in self._changed:
            return True
        spans = [(problem.line, problem.end_line)]
        spans += [(r.line, r.end_line) for r in problem.related if r.path == problem.path]
        if problem.pointer is None and page is not None:
            metadata = _metadata(page)
            spans.append((page.source.position(metadata.start).line,
                          page.source.position(metadata.end).line))  # fmt: skip
        changed = self._of(real)
        return any(
            start <= last and first <= end for first, last in spans for start, end in changed
        )

    def _of(self, path: Path) -> list[tuple[int, int]]:
        """The changed lines, first and last; where lines were only taken out, those around."""
        if path not in self._lines:
            before = self._changed.get(path)
            names = [str(path)] if before is None else [before, str(path)]
            text = self._git("--literal-pathspecs", "diff", "-M", "--unified=0",
                             "--inter-hunk-context=0", "--no-color", "--no-ext-diff",
                             "--no-textconv", "--text", self.revision, "--", *names)  # fmt: skip
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
