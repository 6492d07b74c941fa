"""``x-same-page``: the one keyword of our own.

It stands on an object and lists pairs of JSON Pointers, relative to that object:
``"x-same-page": [["/url", "/og/url"]]``. The URLs at both name the same page: equal as a browser
normalises them, scheme and fragment aside, or a further page of the other. A pair is not judged
where one of them is missing, is no text, or cannot be shared as a URL (that is another finding).
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import Any, NamedTuple

from ogcheck.page import steps
from ogcheck.schema.formats import meant
from ogcheck.values import urls

KEYWORD = "x-same-page"


class Pair(NamedTuple):
    """Two URLs that name different pages."""

    first: tuple[str | int, ...]
    second: tuple[str | int, ...]


def differing(pairs: Any, instance: Any) -> Iterator[Pair]:
    """The pairs of ``instance`` whose URLs name different pages."""
    for first, second in pairs:
        one, other = _url(first, instance), _url(second, instance)
        if one is None or other is None or urls.same_page(one[1], other[1]):
            continue
        if urls.form(one[1]) == urls.form(other[1]) or not urls.is_paginated(one[1], other[1]):
            yield Pair(one[0], other[0])


@lru_cache(maxsize=256)
def _steps(pointer: str) -> tuple[str, ...]:
    return tuple(steps(pointer))


def _url(pointer: str, instance: Any) -> tuple[tuple[str | int, ...], urls.Url] | None:
    path: list[str | int] = []
    for step in _steps(pointer):
        if isinstance(instance, dict) and step in instance:
            path.append(step)
            instance = instance[step]
        elif isinstance(instance, list) and step.isdecimal() and int(step) < len(instance):
            path.append(int(step))
            instance = instance[int(step)]
        else:
            return None
    if not isinstance(instance, str):
        return None
    text = meant(instance)
    if urls.share_fault(text) is not None:
        return None
    url = urls.parse(text)
    return None if url is None else (tuple(path), url)


def fault(value: Any) -> str | None:
    """Why ``value`` cannot stand at the keyword, in words; None where it can."""
    if not isinstance(value, list):
        return "it must be a list of pairs of JSON Pointers"
    for pair in value:
        if not isinstance(pair, list) or len(pair) != 2:
            return "each of its items must be a pair of JSON Pointers"
        for pointer in pair:
            if not isinstance(pointer, str) or (pointer and not pointer.startswith("/")):
                return f"{pointer!r} is not a JSON Pointer, which begins with /"
    return None


class Keyword:
    """``x-same-page`` for jsonschema-rs: raises where the URLs differ."""

    def __init__(self, _parent: dict[str, Any], value: Any, _path: list[str | int]) -> None:
        self.pairs = value

    def validate(self, instance: Any) -> None:
        """Raises ``ValueError`` where a pair names different pages."""
        for pair in differing(self.pairs, instance):
            raise ValueError(f"{pair.first} and {pair.second} name different pages")
