"""The problems that a project has accepted for now: counted, and not reported.

A problem is known by what it is about (:attr:`ogcheck.problem.Problem.fingerprint`) and the file
that it stands in, not by its line: edits elsewhere do not bring it back. A file that was renamed
takes its entries along. The file is JSON, sorted, an entry a line, so that two branches merge.
"""

from __future__ import annotations

import json
import os
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

from ogcheck.errors import ConfigError
from ogcheck.problem import Problem, Severity, printable
from ogcheck.writing import NewFile

VERSION = 1


class Entry(NamedTuple):
    """What tells one accepted problem."""

    path: str
    """Relative to the baseline's folder, with ``/``."""
    code: str
    fingerprint: str


class Said(NamedTuple):
    """What a baseline keeps of a problem for people, and for runs that see less."""

    message: str
    is_note: bool = False


Judges = Callable[[Path, str, bool], bool]
"""Whether a run would report a problem of a file (absolute) if it was there, by the rule's code and
whether it is a note."""


class Baseline:
    """The entries of one baseline file, and which of them a run has met."""

    def __init__(self, file: Path, entries: Counter[Entry], said: dict[Entry, Said]) -> None:
        self.file = file
        self.folder = Path(os.path.abspath(file)).parent
        self._left = Counter(entries)
        self._entries = entries
        self._said = said
        self._gone: dict[str, bool] = {}
        self._homes: dict[tuple[str, str], list[Entry]] = {}
        for entry in entries:
            self._homes.setdefault((entry.code, entry.fingerprint), []).append(entry)
        self.seen: set[str] = set()
        """The files that were looked at."""

    @classmethod
    def read(cls, file: Path) -> Baseline:
        """Read a baseline. Raises :class:`ConfigError` where it is none."""
        try:
            data = json.loads(file.read_bytes())
        except OSError as error:
            raise ConfigError(
                f"the baseline {file} cannot be read: {error.strerror}.",
                help="Write one with --write-baseline.",
            ) from None
        except (ValueError, RecursionError):
            raise ConfigError(f"the baseline {file} is not JSON.") from None
        if not isinstance(data, dict) or data.get("version") != VERSION:
            raise ConfigError(f"the baseline {file} is of another version of ogcheck.")
        entries: Counter[Entry] = Counter()
        said: dict[Entry, Said] = {}
        for one in data.get("problems", ()):
            entry = _entry(one)
            if entry is None:
                raise ConfigError(f"the baseline {file} holds an entry that is none: {one!r}.")
            entries[entry] += int(one.get("count", 1))
            said[entry] = Said(str(one.get("message", "")), one.get("severity") == Severity.NOTE)
        return cls(file, entries, said)

    def home(self, problem: Problem, path: Path) -> Entry:
        """The entry that ``problem``, of the file at ``path``, would have."""
        return Entry(_relative(path, self.folder), problem.code, problem.fingerprint)

    def knows(self, problem: Problem, path: Path) -> bool:
        """Whether a problem is accepted; each entry accepts as many as it counts."""
        entry = self.home(problem, path)
        if self._left[entry] > 0:
            self._left[entry] -= 1
            return True
        for other in self._homes.get((entry.code, entry.fingerprint), ()):
            if self._left[other] > 0 and self._is_gone(other.path):
                self._left[other] -= 1  # the file was renamed
                return True
        return False

    def holds(self, problem: Problem, path: Path) -> bool:
        """As :meth:`knows`, and counts nothing."""
        return self._entries[self.home(problem, path)] > 0

    def _is_gone(self, path: str) -> bool:
        if path not in self._gone:
            self._gone[path] = not os.path.exists(self.folder / path)  # never raises
        return self._gone[path]

    def looked_at(self, path: Path) -> None:
        """A file was checked: what is left of its entries does not occur any more."""
        self.seen.add(_relative(path, self.folder))

    def stale(self, judges: Judges) -> list[tuple[Entry, int]]:
        """The entries that no longer occur in files that were looked at, or that are gone.

        What the run did not judge, as ``judges`` has it, may still occur.
        """
        return [
            (entry, count)
            for entry, count in sorted(self._left.items())
            if count > 0
            and (
                self._is_gone(entry.path)
                or entry.path in self.seen
                and judges(self.folder / entry.path, entry.code, self._said[entry].is_note)
            )
        ]

    def without(self, stale: Iterable[tuple[Entry, int]]) -> Iterator[tuple[Entry, int, Said]]:
        """The entries that still occur, or may: with their counts, and what they say."""
        dropped = dict(stale)
        for entry, count in sorted(self._entries.items()):
            left = count - dropped.get(entry, 0)
            if left > 0:
                yield entry, left, self._said[entry]


def _entry(one: Any) -> Entry | None:
    if not isinstance(one, dict):
        return None
    parts = [one.get(key) for key in Entry._fields]
    count = one.get("count", 1)
    if not all(isinstance(part, str) for part in parts) or type(count) is not int or count < 1:
        return None
    return Entry(*map(str, parts))


def _relative(path: Path, folder: Path) -> str:
    return Path(os.path.relpath(path, folder)).as_posix()


def written(entries: Iterable[tuple[Entry, int, Said]]) -> str:
    """The text of a baseline file."""
    rows = []
    for entry, count, said in sorted(entries):
        row: dict[str, Any] = {**entry._asdict(), "count": count, "severity": str(Severity.NOTE),
                               "message": said.message}  # fmt: skip
        if count == 1:
            del row["count"]
        if not said.is_note:
            del row["severity"]
        rows.append(json.dumps({k: printable(v) if isinstance(v, str) else v
                                for k, v in row.items()}, ensure_ascii=False))  # fmt: skip
    body = ",\n".join(rows)
    return f'{{"version": {VERSION}, "problems": [\n{body}\n]}}\n' if rows else (
        f'{{"version": {VERSION}, "problems": []}}\n')  # fmt: skip


def write(file: Path, entries: Iterable[tuple[Entry, int, Said]]) -> None:
    """Write a baseline file whole. Raises :class:`ConfigError`."""
    new: NewFile | None = None
    try:
        new = NewFile(file)
        new.out.write(written(entries))
        new.commit()
    except BaseException as error:
        if new is not None:
            new.discard()
        if not isinstance(error, OSError):
            raise
        raise ConfigError(f"the baseline {file} cannot be written: {error.strerror}.") from None


class Recorder:
    """Gathers the problems of a run for a new baseline."""

    def __init__(self, file: Path) -> None:
        self.file = file
        self.folder = Path(os.path.abspath(file)).parent
        self._found: Counter[Entry] = Counter()
        self._said: dict[Entry, Said] = {}

    def add(self, problem: Problem, path: Path) -> None:
        """Accept a problem of the file at ``path``."""
        entry = Entry(_relative(path, self.folder), problem.code, problem.fingerprint)
        self._found[entry] += 1
        said = Said(problem.message, problem.severity is Severity.NOTE)
        self._said.setdefault(entry, said)

    def write(self) -> int:
        """Write the file; how many problems it holds. Raises :class:`ConfigError`."""
        write(self.file, [(e, n, self._said[e]) for e, n in self._found.items()])
        return self._found.total()
