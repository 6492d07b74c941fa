"""How long commands take, and how much memory all of their processes have together."""

from __future__ import annotations

import statistics
import subprocess
import threading
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from benchmarks.release import ENVIRONMENT

try:
    import resource
except ImportError:  # Windows
    resource = None  # type: ignore[assignment]

_EVERY = 0.05
"""Seconds between two looks at memory."""


class Command(NamedTuple):
    """What is measured."""

    words: Sequence[str]
    folder: Path
    before: Callable[[], object] = lambda: None
    """What is done before each time, and not measured."""


class Cost(NamedTuple):
    """What a command cost, over some rounds."""

    seconds: float
    """The median."""
    least: float
    most: float
    processor: float | None
    """Seconds of processor time of all its processes, the median: a busy machine stretches them
    less. None where that cannot be known."""
    megabytes: float | None
    """The most that all its processes had at once, each shared page counted once (Linux: PSS,
    looked at twenty times a second); None where that cannot be known."""


def costs(commands: Mapping[str, Command], rounds: int) -> dict[str, Cost]:
    """What each command costs: all in turns, so that a busy machine is unkind to all alike."""
    times: dict[str, list[float]] = {name: [] for name in commands}
    works: dict[str, list[float]] = {name: [] for name in commands}
    peaks: dict[str, list[float]] = {name: [] for name in commands}
    for _ in range(rounds):
        for name, command in commands.items():
            command.before()
            seconds, work, peak = _once(command)
            times[name].append(seconds)
            if work is not None:
                works[name].append(work)
            if peak is not None:
                peaks[name].append(peak)
    return {
        name: Cost(
            statistics.median(some),
            min(some),
            max(some),
            statistics.median(works[name]) if works[name] else None,
            max(peaks[name], default=None),
        )
        for name, some in times.items()
    }


def _worked() -> float | None:
    """Processor time of all processes that have ended so far, in seconds."""
    if resource is None:
        return None
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _once(command: Command) -> tuple[float, float | None, float | None]:
    """Seconds, those of processors, and megabytes of one run; what it says is thrown away.

    Raises ``RuntimeError`` for a status beyond 1: it did not do its work.
    """
    before, start = _worked(), time.perf_counter()
    with subprocess.Popen(
        command.words,
        cwd=command.folder,
        env=ENVIRONMENT,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    ) as process:
        watch = _Watch(process.pid)
        watch.start()
        process.wait()
        seconds = time.perf_counter() - start
        watch.ended.set()
        watch.join()
    if process.returncode not in (0, 1):
        raise RuntimeError(f"{' '.join(command.words)} ended with {process.returncode}")
    after = _worked()
    work = None if before is None or after is None else after - before
    return seconds, work, watch.peak


class _Watch(threading.Thread):
    """Looks at the memory of a process and its children until it is told that it has ended."""

    def __init__(self, number: int) -> None:
        super().__init__(daemon=True)
        self.number = number
        self.peak: float | None = None
        self.ended = threading.Event()

    def run(self) -> None:
        while not self.ended.wait(_EVERY):
            found = sum(_kilobytes(one) for one in _tree(self.number)) / 1024
            if found:
                self.peak = max(self.peak or 0.0, found)


def _tree(number: int) -> Iterable[int]:
    yield number
    with suppress(OSError):
        for task in Path(f"/proc/{number}/task").iterdir():
            for child in (task / "children").read_text().split():
                yield from _tree(int(child))


def _kilobytes(number: int) -> int:
    with suppress(OSError):
        for line in Path(f"/proc/{number}/smaps_rollup").read_text().splitlines():
            if line.startswith("Pss:"):
                return int(line.split()[1])
    return 0


class Line(NamedTuple):
    """Seconds by files: ``start`` and ``each``, and how much of the variation that explains."""

    start: float
    each: float
    explained: float


def fit(points: Sequence[tuple[int, float]]) -> Line:
    """The line through ``points`` (files, seconds) by least squares of the relative distances.

    Relative, because else the largest number of files alone would decide.
    """
    weights = [1 / (seconds * seconds) for _, seconds in points]
    total = sum(weights)
    x = sum(w * n for w, (n, _) in zip(weights, points, strict=True)) / total
    y = sum(w * s for w, (_, s) in zip(weights, points, strict=True)) / total
    along = sum(w * (n - x) ** 2 for w, (n, _) in zip(weights, points, strict=True))
    each = sum(w * (n - x) * (s - y) for w, (n, s) in zip(weights, points, strict=True)) / along
    start = y - each * x
    off = sum(w * (s - start - each * n) ** 2 for w, (n, s) in zip(weights, points, strict=True))
    all_ = sum(w * (s - y) ** 2 for w, (_, s) in zip(weights, points, strict=True))
    return Line(start, each, 1 - off / all_)
