"""What the cache gives back of files that lie close together in it, and far apart."""

from __future__ import annotations

from pathlib import Path

import pytest

from ogcheck.engine import records
from ogcheck.engine.cache import Cache
from ogcheck.engine.discover import Found
from ogcheck.engine.run import Outcome, Stamp, digest

KEY = b"a configuration"
NOW = 1_790_000_000.0


@pytest.fixture
def files(tmp_path: Path) -> list[Found]:
    """A thousand files, all but every tenth known to a cache; hidden notes tell them apart."""
    found = []
    cache = Cache(tmp_path / "cache", NOW)
    for number in range(1000):
        path = tmp_path / f"{number:03}.md"
        path.write_text("x")
        one = Found(str(path), path.name)
        found.append(one)
        if number % 10:
            status = path.stat()
            stamp = Stamp(1, status.st_mtime_ns, status.st_ctime_ns, digest(b"x"))
            record = records.written(Outcome(one, [], None, True, number, True))
            cache.keep(KEY, one, stamp, record, status.st_ctime_ns)
    cache.close()
    return found


@pytest.mark.parametrize(
    "numbers",
    [
        range(32),  # one beside the other
        range(31, -1, -1),
        [1, 999],  # with all the others between them
        range(1, 1000, 40),
        [10, 999, 20],
        [5],
        [10],
    ],
)
def test_each_file_gets_its_own(files: list[Found], tmp_path: Path, numbers: list[int]) -> None:
    cache = Cache(tmp_path / "cache", NOW)
    found = cache.find(KEY, [files[number] for number in numbers])
    cache.close()
    assert [one and one.hidden for one in found] == [n if n % 10 else None for n in numbers]
    assert [one.found for one in found if one] == [files[n] for n in numbers if n % 10]
