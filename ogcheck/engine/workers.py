"""Worker processes: chunks of files out, records of what became of them back.

Each worker has two pipes of its own and nothing else: no queue, lock or shared memory could be left
behind, and a worker whose other end is gone ends itself. On Linux workers are forked: that takes
milliseconds, and they begin with the schemas, patterns and plans that the first files needed. None
of the libraries starts a thread while a page is checked (a test looks), which a fork would lose.
Elsewhere, where fork is missing or not safe, each is a new Python that reads the configuration
again.
"""

from __future__ import annotations

import os
import signal
import sys
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any, NamedTuple

from ogcheck.config import Resolver
from ogcheck.engine import records
from ogcheck.engine.check import Checker
from ogcheck.engine.discover import Found
from ogcheck.engine.run import Stamp, check_with_stamp, outcome
from ogcheck.errors import ConfigError

if TYPE_CHECKING:
    from multiprocessing.connection import Connection
    from multiprocessing.process import BaseProcess

    from ogcheck.engine.built import Builds

FORK = "fork"
METHOD = FORK if sys.platform == "linux" else "spawn"
DEATHS = 10
"""After so many workers that died a run gives up: it is not the files."""
_AHEAD = 2
"""How many chunks a worker has at most: one that it works on, and the next."""
_FITS = 4000
"""Characters of names, which any system's pipe takes at once."""
_WAIT = 5.0
"""Seconds until a worker that should end is killed."""


class Row(NamedTuple):
    """One file, as it comes back from a worker."""

    record: bytes
    """See :mod:`ogcheck.engine.records`."""
    stamp: Stamp | None
    """What the file was, where that is asked for and the record lasts."""


@dataclass(slots=True)
class Task:
    """A chunk of files, and what became of them."""

    files: list[Found]
    rows: list[Row] = field(default_factory=list)
    error: Exception | None = None
    """What stopped the chunk, if anything did: ``rows`` are those of the files before."""
    is_done: bool = False
    parts: list[Task] = field(default_factory=list)
    """One for each file, where a worker died of one of them."""
    death: str | None = None
    """How the worker ended that this one file was given to."""

    @property
    def is_over(self) -> bool:
        """Whether all of it is done, or will not be."""
        return self.is_done or bool(self.parts) and all(one.is_done for one in self.parts)


class Job(NamedTuple):
    """What a worker needs to make a checker like ours."""

    resolver: dict[str, Any]
    now: datetime
    notes: bool
    site: bool
    built: Builds | None

    def checker(self) -> Checker:
        """The checker. Raises ``ConfigError``."""
        return Checker(
            Resolver(**self.resolver),
            self.now,
            notes=self.notes,
            site=self.site,
            built=self.built,
        )


def check_row(one: Found, checker: Checker, *, stamped: bool) -> Row:
    """Check one file. Raises ``ConfigError``."""
    checked, stamp = check_with_stamp(one, checker, stamped=stamped)
    return Row(records.written(outcome(one, checked)), stamp)


class Workers:
    """Up to ``count`` worker processes, started when the first chunk comes.

    ``tell`` gets a sentence about every worker that dies. With ``stamped`` the rows have stamps.
    """

    def __init__(
        self,
        checker: Checker,
        count: int,
        *,
        stamped: bool = False,
        tell: Callable[[str], None] = lambda _: None,
        method: str = METHOD,
    ) -> None:
        self.checker = checker
        self.count = count
        self._stamped = stamped
        self._tell = tell
        self._method = method
        self._waiting: deque[Task] = deque()
        self._workers: list[_Worker] = []
        self._deaths = 0

    @property
    def room(self) -> int:
        """How many chunks more keep every worker busy."""
        busy = sum(len(one.tasks) for one in self._workers) + len(self._waiting)
        return self.count * _AHEAD - busy

    def give(self, files: Sequence[Found]) -> Task:
        """Have ``files`` checked; the task is done some time after :meth:`wait`."""
        task = Task(list(files))
        self._waiting.append(task)
        self._hand_out()
        return task

    def wait(self) -> None:
        """Take in what workers have done; at least one chunk, or the death of a worker.

        Raises ``ConfigError`` where they die one after the other.
        """
        from multiprocessing.connection import wait

        ready = wait([one.results for one in self._workers if one.tasks])
        for worker in [one for one in self._workers if one.results in ready]:
            try:
                rows, error = worker.results.recv()
            except (EOFError, OSError):
                self._bury(worker)
                continue
            task = worker.tasks.popleft()
            task.rows = rows
            task.error = error
            task.is_done = True
        self._hand_out()

    def close(self, *, now: bool = False) -> None:
        """End every worker: when it has nothing to do, or ``now``."""
        for worker in self._workers:
            if now:
                worker.process.terminate()
            worker.close()
        for worker in self._workers:
            worker.process.join(_WAIT)
            if worker.process.is_alive():
                worker.process.kill()
                worker.process.join()
        self._workers.clear()
        self._waiting.clear()

    def _hand_out(self) -> None:
        while self._waiting:
            worker = min(self._workers, key=lambda one: len(one.tasks), default=None)
            if (worker is None or worker.tasks) and len(self._workers) < self.count:
                worker = self._started() or worker
            if worker is None:
                self._do(self._waiting.popleft())
                continue
            task = self._waiting[0]
            # What is sent to one that works must fit into the pipe: it may be waiting for us.
            size = sum(len(one.shown) for one in task.files)
            if len(worker.tasks) >= _AHEAD or worker.tasks and size > _FITS:
                return
            self._waiting.popleft()
            worker.tasks.append(task)
            # A pipe that is broken is seen when its answer is waited for.
            with suppress(OSError):
                worker.orders.send([(one.shown, one.fault) for one in task.files])

    def _do(self, task: Task) -> None:
        """Check a chunk here, where no process can be had."""
        try:
            for one in task.files:
                task.rows.append(check_row(one, self.checker, stamped=self._stamped))
        except ConfigError as error:
            task.error = error
        task.is_done = True

    def _started(self) -> _Worker | None:
        """A new worker; None where there can be no more of them."""
        from multiprocessing import get_context

        context = get_context(self._method)
        theirs_in, ours_out = context.Pipe(duplex=False)
        ours_in, theirs_out = context.Pipe(duplex=False)
        # A copy of these in a worker would keep another one from seeing that we are gone.
        ours = [ours_in, ours_out]
        for other in self._workers:
            ours += [other.results, other.orders]
        if self._method == FORK:
            checker: Checker | Job = self.checker
        else:
            ours = []
            resolver = self.checker.resolver
            built = self.checker.built
            checker = Job(
                resolver.arguments,
                self.checker.now,
                self.checker.notes,
                self.checker.site,
                None if built is None else built.unread(),
            )
        process = context.Process(  # type: ignore[attr-defined]  # every context has one
            target=_work, args=(theirs_in, theirs_out, ours, checker, self._stamped), daemon=True
        )
        try:
            with _undisturbed():
                process.start()
        except OSError:  # no more processes, or no memory for them
            self.count = len(self._workers)
            for one in (ours_in, ours_out, theirs_in, theirs_out):
                one.close()
            return None
        theirs_in.close()
        theirs_out.close()
        worker = _Worker(process, ours_out, ours_in)
        self._workers.append(worker)
        return worker

    def _bury(self, worker: _Worker) -> None:
        """Take up what a dead worker had: the chunk that it died of file by file."""
        worker.close()
        worker.process.join()
        self._workers.remove(worker)
        self._deaths += 1
        how = _ending(worker.process.exitcode)
        first, *others = worker.tasks
        if self._deaths > DEATHS:
            raise ConfigError(f"{self._deaths} worker processes have ended, the last one {how}.",
                              help="Try it with --jobs 1.")  # fmt: skip
        again: list[Task]
        if len(first.files) == 1:
            self._tell(f"the worker process that checked {first.files[0].shown} was ended {how}.")
            first.death = how
            first.is_done = True
            again = []
        else:
            self._tell(f"a worker process was ended {how}: its files are checked again.")
            first.parts = again = [Task([one]) for one in first.files]
        self._waiting.extendleft(reversed([*again, *others]))


@dataclass(slots=True)
class _Worker:
    """A worker process, and our ends of its pipes."""

    process: BaseProcess
    orders: Connection
    results: Connection
    tasks: deque[Task] = field(default_factory=deque)

    def close(self) -> None:
        with suppress(OSError):
            self.orders.close()
        with suppress(OSError):
            self.results.close()


_STOPPING = (signal.SIGINT, signal.SIGTERM)


@contextmanager
def _undisturbed() -> Iterator[None]:
    """Keep signals back that would stop a worker before it knows what to do with them."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, _STOPPING)
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _ending(status: int | None) -> str:
    if status is None or status >= 0:
        return f"with status {status}"
    with suppress(ValueError):
        return f"by {signal.Signals(-status).name}"
    return f"by signal {-status}"


def _work(
    orders: Connection,
    results: Connection,
    not_ours: list[Connection],
    checker: Checker | Job,
    stamped: bool,
) -> None:
    """What a worker does until nobody sends any more."""
    for one in not_ours:
        one.close()
    # Ctrl-C goes to all processes of a terminal; what it means is for the one to say that reports.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    if hasattr(signal, "pthread_sigmask"):
        signal.pthread_sigmask(signal.SIG_UNBLOCK, _STOPPING)
    _leave_output_alone()
    known: Checker | None = checker if isinstance(checker, Checker) else None
    with suppress(EOFError, OSError):
        while True:
            names = orders.recv()
            rows: list[Row] = []
            error: Exception | None = None
            try:
                if known is None and isinstance(checker, Job):
                    known = checker.checker()
                assert known is not None  # noqa: S101 - it is made above
                cwd = str(known.resolver.cwd)
                for shown, fault in names:
                    found = Found(os.path.join(cwd, shown), shown, fault)
                    rows.append(check_row(found, known, stamped=stamped))
            except Exception as caught:  # told where the report is written
                error = caught
            results.send((rows, _portable(error)))


def _portable(error: Exception | None) -> Exception | None:
    """An error that survives the way; ours to tell are those of the configuration."""
    if error is None or isinstance(error, ConfigError):
        return error
    return RuntimeError(f"{type(error).__name__}: {error}")


def _leave_output_alone() -> None:
    """What is written to standard output here, by whatever code, goes to standard error."""
    with suppress(OSError, ValueError):
        os.dup2(2, 1)
    if sys.stderr is not None:
        sys.stdout = sys.stderr
