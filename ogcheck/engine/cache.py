"""What became of files that were checked before, so that only what changed is checked again.

One SQLite file in a folder of its own. A row is a file under a key, which names all that its answer
hangs on beside the file (:mod:`ogcheck.engine.cache_keys`); it holds what the file was, and the
record of what became of it (:mod:`ogcheck.engine.records`), never a pickle. Nothing that goes wrong
with it is told: a cache that is broken, of another program or not to be written is left out or made
anew, and the run goes on.
"""

from __future__ import annotations

import os
import sqlite3
import time
from collections.abc import Collection, Sequence
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from ogcheck.engine import records
from ogcheck.engine.discover import Found
from ogcheck.engine.run import Outcome, Stamp, digest
from ogcheck.opening import opened

FOLDER = ".ogcheck_cache"
FILE = "ogcheck-cache.sqlite"
_IGNORE = "# Made by ogcheck; `ogcheck clean` removes it.\n*\n"
_PROGRAM = 0x6F676368
"""``ogch``: tells our file from any other of that name."""
_FORM = 1
"""Of the tables."""
_TABLES = (
    "CREATE TABLE keys (id INTEGER PRIMARY KEY, name BLOB UNIQUE, used INTEGER)",
    "CREATE TABLE pages (key INTEGER, path BLOB, size INTEGER, modified INTEGER, changed INTEGER, "
    "content BLOB, now INTEGER, record BLOB, PRIMARY KEY (key, path)) WITHOUT ROWID",
)
_SELECT = (
    "SELECT path, size, modified, changed, content, record FROM pages "
    "WHERE key = ? AND now <= ? AND path"
)
_CROWD = 4
"""Files come in the order in which their rows lie, and are read as a piece of the table, unless it
holds so many times as many others."""
_KEPT = 20
"""How many keys are kept, those of this run aside: configurations that people go back to."""
_PENDING = 5000
"""How many rows are written at once: each time costs a wait for the disk."""
_SETTLED_NS = 2_000_000_000
"""A file that was changed so shortly before it was read may change once more without its time of
change being another: some file systems count in seconds, and FAT in two of them."""
_PATIENCE = 1.0
"""Seconds to wait for another run that writes."""
_ERRORS = (sqlite3.Error, UnicodeDecodeError)
"""What SQLite raises; in what it says of a broken table, bytes may be quoted that are no text."""


class Stored(NamedTuple):
    """What is kept of one file."""

    path: bytes
    size: int
    modified: int
    changed: int
    content: bytes
    record: bytes


class Cache:
    """The cache in one folder, for one run at the time ``now`` (seconds since 1970).

    An answer counts from the time that it was found at: no run that looks back gets it.
    """

    def __init__(self, folder: Path, now: float) -> None:
        self.folder = folder
        self._now = int(now * 1e6)
        self._database = _opened(folder)
        self._keys: dict[bytes, int] = {}
        self._new: list[tuple[int, Stored]] = []

    @property
    def is_open(self) -> bool:
        """Whether there is anything to be had of it."""
        return self._database is not None

    def find(self, key: bytes, files: Sequence[Found]) -> list[Outcome | None]:
        """What is known of ``files`` under ``key``; None for what has to be checked."""
        rows = self._rows(key, [_name(one) for one in files])
        return [self._believed(key, one, rows.get(_name(one))) for one in files]

    def _rows(self, key: bytes, names: list[bytes]) -> dict[bytes, tuple[object, ...]]:
        if self._database is None:
            return {}
        most = _CROWD * len(names)
        try:
            number = self._key(key)
            found = self._database.execute(
                f"{_SELECT} BETWEEN ? AND ? LIMIT ?",
                (number, self._now, min(names), max(names), most),
            ).fetchall()
            if len(found) == most:  # others lie between them: each is looked for by itself
                marks = ",".join("?" * len(names))
                found = self._database.execute(
                    f"{_SELECT} IN ({marks})", (number, self._now, *names)
                ).fetchall()
        except _ERRORS as error:
            self._give_up(error)
            return {}
        return {row[0]: row for row in found if type(row[0]) is bytes}

    def _believed(self, key: bytes, one: Found, row: tuple[object, ...] | None) -> Outcome | None:
        """The outcome in ``row``, where the file is what it was."""
        if row is None or one.fault is not None:
            return None
        _, size, modified, changed, content, record = row
        try:
            is_ = os.stat(one.file)  # noqa: PTH116 - no Path is made for it
            if is_.st_size != size or type(record) is not bytes or type(content) is not bytes:
                return None
            if is_.st_mtime_ns != modified or is_.st_ctime_ns != changed:
                now = time.time_ns()
                with opened(one.file) as file:
                    if digest(file.read()) != content:
                        return None
                stamp = Stamp(is_.st_size, is_.st_mtime_ns, is_.st_ctime_ns, content)
                self.keep(key, one, stamp, record, now)
            return records.outcome(record, one)
        except (OSError, ValueError):
            return None

    def keep(
        self,
        key: bytes,
        one: Found,
        stamp: Stamp,
        record: bytes,
        read_at: int,
    ) -> None:
        """Keep what became of a file, which was read not before ``read_at`` (nanoseconds)."""
        if self._database is None:
            return
        size, modified, changed, content = stamp
        if not _is_settled(modified, read_at) or not _is_settled(changed, read_at):
            modified = changed = 0  # its content will tell
        row = Stored(_name(one), size, modified, changed, content, record)
        try:
            self._new.append((self._key(key), row))
            if len(self._new) >= _PENDING:
                self._write()
        except _ERRORS as error:
            self._give_up(error)

    def close(self) -> None:
        """Write what is new, and close it."""
        if self._database is None:
            return
        try:
            self._write()
        except _ERRORS as error:
            self._give_up(error)
        if self._database is not None:
            self._database.close()
            self._database = None

    def _key(self, name: bytes) -> int:
        """The number of a key, which is made where there is none."""
        known = self._keys.get(name)
        if known is None and self._database is not None:
            found = self._database.execute("SELECT id FROM keys WHERE name = ?", (name,)).fetchone()
            # A number of its own until it is written: another run may make the same key meanwhile.
            known = self._keys[name] = -1 - len(self._keys) if found is None else int(found[0])
        return -1 if known is None else known

    def _write(self) -> None:
        """Write what is new at once. Raises ``sqlite3.Error``; then nothing of it is written."""
        database = self._database
        if database is None or not self._new:
            return
        used = time.time_ns()
        database.execute("BEGIN IMMEDIATE")
        try:
            numbers: dict[int, int] = {}
            for name, number in self._keys.items():
                database.execute(
                    "INSERT INTO keys (name, used) VALUES (?, ?) "
                    "ON CONFLICT (name) DO UPDATE SET used = excluded.used", (name, used),
                )  # fmt: skip
                (row,) = database.execute("SELECT id FROM keys WHERE name = ?", (name,)).fetchall()
                numbers[number] = row[0]
            database.executemany(
                "INSERT OR REPLACE INTO pages VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                [(numbers[number], *row[:5], self._now, row[5]) for number, row in self._new],
            )
            self._forget(database, numbers.values())
            database.execute("COMMIT")
        except BaseException:
            with suppress(sqlite3.Error):
                database.execute("ROLLBACK")
            raise
        self._keys = {name: numbers[number] for name, number in self._keys.items()}
        self._new.clear()

    def _forget(self, database: sqlite3.Connection, used: Collection[int]) -> None:
        """Drop keys that were not used for the longest time."""
        every = [row[0] for row in database.execute("SELECT id FROM keys ORDER BY used DESC")]
        for number in [one for one in every if one not in used][_KEPT:]:
            database.execute("DELETE FROM pages WHERE key = ?", (number,))
            database.execute("DELETE FROM keys WHERE id = ?", (number,))

    def _give_up(self, error: Exception) -> None:
        """Go on without the cache; one that is broken is taken away."""
        if self._database is not None:
            with suppress(sqlite3.Error):
                self._database.close()
        self._database = None
        self._new.clear()
        if _is_broken(error):
            with suppress(OSError):
                (self.folder / FILE).unlink()


def _name(one: Found) -> bytes:
    return os.fsencode(one.shown)


def _is_settled(changed: int, read_at: int) -> bool:
    return 0 < changed < read_at - _SETTLED_NS


def _is_broken(error: Exception) -> bool:
    """Whether the file is no database, or not whole; not that another run has it, or no space."""
    return isinstance(error, sqlite3.DatabaseError | UnicodeDecodeError) and not isinstance(
        error, sqlite3.OperationalError
    )


def _opened(folder: Path) -> sqlite3.Connection | None:
    """The database in ``folder``, made where there is none; None where it cannot be had."""
    if not _made(folder):
        return None
    file = folder / FILE
    for _ in range(2):
        try:
            if file.is_symlink():  # whoever put it there means another file
                return None
            database = sqlite3.connect(file, timeout=_PATIENCE, isolation_level=None)
        except (OSError, sqlite3.Error):
            return None
        try:
            if _is_ours(database):
                return database
            database.close()
        except _ERRORS as error:
            with suppress(sqlite3.Error):
                database.close()
            if not _is_broken(error):
                return None
        with suppress(OSError):
            file.unlink()
    return None


def _made(folder: Path) -> bool:
    """Whether ``folder`` is there, or could be made. A link is nobody's cache."""
    try:
        if folder.is_symlink():
            return False
        if not os.path.isdir(folder):
            folder.mkdir(parents=True)
        if not os.listdir(folder):
            (folder / ".gitignore").write_text(_IGNORE, "utf-8")
    except OSError:
        return False
    return True


def _is_ours(database: sqlite3.Connection) -> bool:
    """Whether it holds our tables and nothing else; they are made in an empty one.

    Raises ``sqlite3.Error``.
    """
    database.execute("PRAGMA trusted_schema = OFF")
    database.execute("PRAGMA synchronous = NORMAL")
    found = database.execute("SELECT sql FROM sqlite_master WHERE sql IS NOT NULL").fetchall()
    if not found:
        database.execute("BEGIN IMMEDIATE")
        # Another run may have been quicker.
        found = database.execute("SELECT sql FROM sqlite_master WHERE sql IS NOT NULL").fetchall()
        if not found:
            for table in _TABLES:
                database.execute(table)
            database.execute(f"PRAGMA application_id = {_PROGRAM}")
            database.execute(f"PRAGMA user_version = {_FORM}")
        database.execute("COMMIT")
        found = database.execute("SELECT sql FROM sqlite_master WHERE sql IS NOT NULL").fetchall()
    (program,) = database.execute("PRAGMA application_id").fetchone()
    (form,) = database.execute("PRAGMA user_version").fetchone()
    return (program, form) == (_PROGRAM, _FORM) and tuple(row[0] for row in found) == _TABLES


def clean(folder: Path) -> bool:
    """Remove the cache in ``folder``, and the folder if nothing else is in it.

    Whether there was one. Raises ``OSError``.
    """
    if folder.is_symlink() or not os.path.isdir(folder):
        return False
    gone = False
    for name in (FILE, f"{FILE}-journal", f"{FILE}-wal", f"{FILE}-shm"):
        with suppress(FileNotFoundError):
            (folder / name).unlink()
            gone = True
    note = folder / ".gitignore"
    with suppress(OSError, ValueError):
        if os.listdir(folder) == [note.name] and note.read_text("utf-8") == _IGNORE:
            note.unlink()
            folder.rmdir()
            gone = True
    return gone
