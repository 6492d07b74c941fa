"""Whether long inputs take much memory: ``python tests/fuzz/memory.py``, which needs four minutes.

Whole pages in which one place holds three hundred thousand characters of a repeated text, as
:mod:`tests.fuzz.linear` makes them. Each is checked in a process of its own, whose greatest memory
is asked of the system (Linux alone tells it: ``VmHWM`` of ``/proc/self/status``, see proc(5)), so
that what libraries take counts as well. The exit status is 1 if a page takes more than ``MOST``
times its size.
"""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Iterator
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

from ogcheck.source import Source
from tests.fuzz.linear import PLACES, UNITS
from tests.fuzz.targets import checker

CHARACTERS = 300_000
MOST = 50
"""How many times its size in bytes a page may take."""
MOST_OF_MANY = {"head": 100, "query": 150}
"""The same where it is made of many small things: turbohtml takes 250 bytes for an element, and a
parameter of an address takes as much (``SECURITY.md``)."""
ORDINARY = "Some words, a [link](x) &amp; more. http://a.example/b.jpg?w=20 <b>c</b> "
STATUS = Path("/proc/self/status")
PEAK = Path("/proc/self/clear_refs")


def main() -> int:
    if not PEAK.exists():
        print(
            "the system does not tell how much memory a process took at most: nothing is measured"
        )
        return 0
    found = 0
    most = (0.0, "")
    for place, unit, times in pages():
        what = f"{place} of {unit!r}: {times:.0f} times its size"
        most = max(most, (times, what))
        is_many = unit[0] == "<" if place == "head" else "&" in unit
        if times > (MOST_OF_MANY.get(place, MOST) if is_many else MOST):
            print(what, flush=True)
            found += 1
    print(f"{found} take too much" if found else f"nothing takes too much; the most, {most[1]}")
    return int(bool(found))


def pages() -> Iterator[tuple[str, str, float]]:
    """The places and texts, and how many times the size of the page checking takes."""
    for name, page in PLACES.values():  # what the first pages load, and patterns compile
        _check(name, page.replace("%s", ORDINARY).encode())
    for place, (name, page) in PLACES.items():
        for unit in UNITS:
            count = CHARACTERS // len(unit) // max(1, page.count("%s"))
            data = page.replace("%s", unit * count).encode()
            yield place, unit, _memory(name, data) / len(data)


def _memory(name: str, data: bytes) -> int:
    """The bytes by which a process grows at most while it checks a page."""
    reading, writing = os.pipe()
    child = os.fork()
    if not child:
        gc.collect()
        PEAK.write_text("5")  # what is asked for counts from here
        before = _status("VmRSS")
        _check(name, data)
        os.write(writing, str(_status("VmHWM") - before).encode())
        os._exit(0)
    os.close(writing)
    with os.fdopen(reading) as told:
        grown = told.read()
    os.waitpid(child, 0)
    return int(grown)


def _check(name: str, data: bytes) -> None:
    checker().check(Source.from_bytes(name, data), Path(name).absolute())


def _status(field: str) -> int:
    """A field of the process's status, in bytes."""
    lines = STATUS.read_text().splitlines()
    return next(int(line.split()[1]) * 1024 for line in lines if line.startswith(field))


if __name__ == "__main__":
    sys.exit(main())
