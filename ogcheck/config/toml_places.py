"""On which line a key of a TOML text stands: the standard library's reader does not say."""

from __future__ import annotations

import tomllib
from functools import lru_cache
from typing import Any

Keys = tuple[str | int, ...]
"""Where something stands in a TOML text: keys, and the indices of lists."""


def fault_line(message: str) -> int | None:
    import re

    match = re.search(r"at line (\d+)", message)
    return int(match[1]) if match else None


def line(text: str, keys: Keys) -> int:
    """The line (from 1) on which a key path of a valid TOML text stands, or what holds it."""
    places = _places(text)
    while keys not in places and keys:
        keys = keys[:-1]
    return places.get(keys, 1)


@lru_cache(maxsize=4)
def _places(text: str) -> dict[Keys, int]:
    """The line (from 1) of every table, key and item of a valid TOML text.

    Such a text is a row of statements: headers, and keys with their values. Each parses by itself,
    and no beginning of one that goes over several lines does.
    """
    places: dict[Keys, int] = {}
    tables: dict[Keys, int] = {}  # how many there are so far of each array of tables
    table: Keys = ()
    first, lines = 1, text.split("\n")
    for last in range(1, len(lines) + 1):
        statement = "\n".join(lines[first - 1 : last]) + "\n"
        try:
            data = tomllib.loads(statement)
        except tomllib.TOMLDecodeError:
            continue
        if statement.lstrip().startswith("["):
            table = _header(data, tables)
            for size in range(1, len(table) + 1):
                places.setdefault(table[:size], first)
        else:
            _note(data, table, statement, [0], first, places)
        first = last + 1
    return places


def _header(data: Any, tables: dict[Keys, int]) -> Keys:
    """The path of a header, which alone parses to empty tables, one in the other."""
    path: Keys = ()
    while data:
        (key, data), *_ = data.items()
        path = (*path, key)
        if isinstance(data, list):
            tables[path] = tables.get(path, 0) + 1
            data = data[0]
        if path in tables:
            path = (*path, tables[path] - 1)
    return path


def _note(
    value: Any, path: Keys, statement: str, at: list[int], first: int, places: dict[Keys, int]
) -> None:
    """Note the lines of all keys and items in ``value``, looking for each in ``statement``.

    Keys and items come in the order of the text, so each is looked for behind the one before it.
    """
    if isinstance(value, dict | list):
        items = value.items() if isinstance(value, dict) else enumerate(value)
        for step, below in items:
            word = step if isinstance(value, dict) else below
            found = statement.find(word, at[0]) if isinstance(word, str) else -1
            at[0] = max(at[0], found)
            places.setdefault((*path, step), first + statement.count("\n", 0, at[0]))
            _note(below, (*path, step), statement, at, first, places)
