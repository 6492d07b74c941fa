"""A whole run: what the cache knows, what this process checks, what workers do; in path order.

Whoever does the work, the outcomes are the same and come in the same order, and so do errors: one
that the search for files meets comes after the files before it. Files are taken in batches; those
of a batch that the cache does not know are checked together. The first of them are checked here, so
that a small run pays for nothing, and workers that are forked then begin with what was loaded.
"""

from __future__ import annotations

import os
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from itertools import chain, islice
from pathlib import Path
from typing import TYPE_CHECKING

from ogcheck.engine.check import Checker
from ogcheck.engine.discover import Found
from ogcheck.engine.run import Outcome, Stamp, check_with_stamp, outcome, unreadable
from ogcheck.errors import ConfigError

if TYPE_CHECKING:
    from ogcheck.engine.cache import Cache
    from ogcheck.engine.cache_keys import Keys
    from ogcheck.engine.workers import Task, Workers

FEW = 64
"""Runs over so many files or less use neither cache nor workers: opening them costs as much."""
_BATCH = 32
"""Files that are looked up, and sent to a worker, together."""
_HERE = {"fork": 64, "spawn": 600}
"""How many files are checked here before workers are started, which takes as long as to check them
takes: see ``benchmarks/README.md``."""
_OPEN = 64
"""How many batches may wait for an earlier one, which bounds memory."""


_Batch = tuple[list[Found], Exception | None]
"""Files, and what ended the search for more of them."""


@dataclass(slots=True)
class _Piece:
    """A batch on its way."""

    files: list[Found]
    error: Exception | None
    """What the search for files met behind them."""
    begun: int
    """Nanoseconds: nothing of it was read before."""
    known: list[Outcome | None]
    keys: list[bytes | None] = field(default_factory=list)
    task: Task | None = None
    """The unknown ones, where a worker has them."""

    @property
    def is_ready(self) -> bool:
        return self.task is None or self.task.is_over


class Schedule:
    """How the files of one run are checked.

    ``jobs`` processes check where that is more than one and there is enough to do. The cache in the
    folder ``cache`` is used where there are more than a few files. ``tell`` gets sentences about
    what went wrong on the way and was mended.
    """

    def __init__(
        self,
        checker: Checker,
        *,
        jobs: int = 1,
        cache: Path | None = None,
        tell: Callable[[str], None] = lambda _: None,
    ) -> None:
        self.checker = checker
        self.jobs = jobs
        self.folder = cache
        self.tell = tell
        self._workers: Workers | None = None
        self._cache: Cache | None = None
        self._keys: Keys | None = None
        self._unknown = 0
        self._here = 0

    def run(self, found: Iterable[Found]) -> Iterator[Outcome]:
        """Check every file. A file that cannot be read is a problem. Raises ``ConfigError``."""
        listed = _guarded(found)
        first = list(islice(listed, FEW + 1))
        is_finished = False
        try:
            if len(first) > FEW:
                self._open()
            yield from self._outcomes(_batches(chain(first, listed)))
            is_finished = True
        finally:
            if self._workers is not None:
                self._workers.close(now=not is_finished)
            if self._cache is not None:
                self._cache.close()

    def _open(self) -> None:
        if self.folder is not None:
            from ogcheck.engine.cache import Cache
            from ogcheck.engine.cache_keys import Keys

            self._cache = Cache(self.folder, self.checker.now.timestamp())
            self._keys = Keys(self.checker, Path(os.path.abspath(self.folder)).parent)
        if self.jobs > 1:
            from ogcheck.engine.workers import METHOD, Workers

            self._here = _HERE[METHOD]
            self._workers = Workers(
                self.checker,
                self.jobs,
                stamped=self._cache is not None,
                tell=self.tell,
            )

    def _outcomes(self, batches: Iterator[_Batch]) -> Iterator[Outcome]:
        pieces: deque[_Piece] = deque()
        more = True
        while more or pieces:
            while more and (not pieces or self._has_room(len(pieces))):
                batch = next(batches, None)
                if batch is None:
                    more = False
                else:
                    pieces.append(self._begun(*batch))
            if not pieces:
                return
            if not pieces[0].is_ready:
                assert self._workers is not None  # noqa: S101 - they have the task
                self._wait(self._workers, pieces[0])
                continue
            piece = pieces.popleft()
            yield from self._ended(piece)
            if piece.error is not None:
                raise piece.error

    def _wait(self, workers: Workers, piece: _Piece) -> None:
        try:
            workers.wait()
        except KeyboardInterrupt as error:
            error.add_note(f"while {piece.files[0].shown} and those after it were checked")
            raise

    def _has_room(self, pieces: int) -> bool:
        if self._workers is None or self._unknown < self._here:
            return False
        return pieces < _OPEN and self._workers.room > 0

    def _begun(self, files: list[Found], error: Exception | None) -> _Piece:
        """Look a batch up, and give what is not known to workers."""
        piece = _Piece(files, error, time.time_ns(), [None] * len(files))
        if self._cache is not None and self._cache.is_open:
            self._look_up(piece, self._cache)
        unknown = [one for one, known in zip(files, piece.known, strict=True) if known is None]
        if unknown and self._workers is not None and self._unknown >= self._here:
            piece.task = self._workers.give(unknown)
        self._unknown += len(unknown)
        return piece

    def _look_up(self, piece: _Piece, cache: Cache) -> None:
        piece.keys = [self._key(one) for one in piece.files]
        for key in set(piece.keys):
            if key is None:
                continue
            numbers = [i for i, other in enumerate(piece.keys) if other == key]
            found = cache.find(key, [piece.files[i] for i in numbers])
            for number, known in zip(numbers, found, strict=True):
                piece.known[number] = known

    def _key(self, one: Found) -> bytes | None:
        assert self._keys is not None  # noqa: S101 - there is a cache
        try:
            return self._keys.of(one.file)
        except ConfigError:  # told in its turn, when the file is checked
            return None

    def _ended(self, piece: _Piece) -> Iterator[Outcome]:
        """The outcomes of a batch that is ready; what no worker has is checked now."""
        done = None if piece.task is None else self._from_workers(piece)
        for number, known in enumerate(piece.known):
            if known is not None:
                yield known
            elif done is not None:
                yield next(done)
            else:
                yield self._checked(piece, number)

    def _checked(self, piece: _Piece, number: int) -> Outcome:
        one = piece.files[number]
        checked, stamp = check_with_stamp(one, self.checker, stamped=bool(piece.keys))
        found = outcome(one, checked)
        if stamp is not None:
            from ogcheck.engine import records

            self._keep(piece, number, stamp, records.written(found))
        return found

    def _from_workers(self, piece: _Piece) -> Iterator[Outcome]:
        """What workers answered for the unknown files of a batch, in order. Raises their errors."""
        from ogcheck.engine import records

        unknown = (i for i, known in enumerate(piece.known) if known is None)
        assert piece.task is not None  # noqa: S101 - they have it
        for task in piece.task.parts or [piece.task]:
            if task.death is not None:
                one = piece.files[next(unknown)]
                reason = f"the process that checked it was ended {task.death}"
                yield outcome(one, unreadable(one, self.checker, reason))
                continue
            for row in task.rows:
                number = next(unknown)
                if row.stamp is not None:
                    self._keep(piece, number, row.stamp, row.record)
                yield records.outcome(row.record, piece.files[number])
            if task.error is not None:
                raise task.error

    def _keep(self, piece: _Piece, number: int, stamp: Stamp, record: bytes) -> None:
        key = piece.keys[number] if piece.keys else None
        if key is not None and self._cache is not None:
            self._cache.keep(key, piece.files[number], stamp, record, piece.begun)


def _guarded(found: Iterable[Found]) -> Iterator[Found | Exception]:
    """``found``, and at the end what ended it before its time."""
    try:
        yield from found
    except (ConfigError, OSError) as error:
        yield error


def _batches(
    listed: Iterable[Found | Exception],
) -> Iterator[_Batch]:
    files: list[Found] = []
    for one in listed:
        if isinstance(one, Exception):
            yield files, one
            return
        files.append(one)
        if len(files) == _BATCH:
            yield files, None
            files = []
    if files:
        yield files, None
