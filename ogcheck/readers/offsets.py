"""Where each character of a value stands in the text it was read from, in whatever dialect.

Nobody asks for more than a few of them, and values may be long: what is kept is a number or two for
each part that stands there as it is, and nothing for its characters.
"""

from __future__ import annotations

from abc import abstractmethod
from array import array
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from typing import overload

Piece = tuple[str, int, int]
"""A part of a value, and where it begins and ends in the text.

Its characters stand there one by one if the span is as long as they are; else it is a single
character: an escape, or a fold.
"""


class _Places(Sequence[tuple[int, int]]):
    """The base of both."""

    __slots__ = ("_size",)
    _size: int

    def __len__(self) -> int:
        return self._size

    @overload
    def __getitem__(self, index: int) -> tuple[int, int]: ...
    @overload
    def __getitem__(self, index: slice) -> list[tuple[int, int]]: ...
    def __getitem__(self, index: int | slice) -> tuple[int, int] | list[tuple[int, int]]:
        if isinstance(index, slice):
            return [self._place(i) for i in range(*index.indices(self._size))]
        if index < 0:
            index += self._size
        if not 0 <= index < self._size:
            raise IndexError(index)
        return self._place(index)

    @abstractmethod
    def _place(self, index: int) -> tuple[int, int]:
        """Of the character ``index``, which is one of them."""


class Offsets(_Places):
    """For each character of a value, where it begins and ends in the text."""

    __slots__ = ("_begins", "_ends", "_firsts")

    def __init__(self, pieces: Iterable[Piece]) -> None:
        self._firsts, self._begins, self._ends = array("q"), array("q"), array("q")
        size = 0
        for text, begin, end in pieces:
            if text:
                self._firsts.append(size)
                self._begins.append(begin)
                self._ends.append(end)
                size += len(text)
        self._size = size

    @classmethod
    def of(cls, pieces: Iterable[Piece], value: str) -> Offsets | None:
        """Those of ``value``, where that is what the pieces make; None where it is not."""
        size = 0

        def checked() -> Iterator[Piece]:
            nonlocal size
            for piece in pieces:
                if not value.startswith(piece[0], size):
                    size = -1
                    return
                size += len(piece[0])
                yield piece

        found = cls(checked())
        return found if size == len(value) else None

    def _place(self, index: int) -> tuple[int, int]:
        number = bisect_right(self._firsts, index) - 1
        first, begin, end = self._firsts[number], self._begins[number], self._ends[number]
        if end - begin != self._behind(number) - first:
            return begin, end
        at = begin + index - first
        return at, at + 1

    def _behind(self, number: int) -> int:
        """Where in the value a piece ends."""
        return self._firsts[number + 1] if number + 1 < len(self._firsts) else self._size

    def pieces(self, value: str, start: int, end: int) -> Iterator[Piece]:
        """What the characters ``start`` to ``end`` of the value are made of."""
        number = bisect_right(self._firsts, start) - 1
        while start < end:
            behind = min(self._behind(number), end)
            yield value[start:behind], self._place(start)[0], self._place(behind - 1)[1]
            start = behind
            number += 1


class Straight(_Places):
    """The same for a value that stands in the text as it is, as most do."""

    __slots__ = ("_start",)

    def __init__(self, start: int, size: int) -> None:
        self._start = start
        self._size = size

    def _place(self, index: int) -> tuple[int, int]:
        at = self._start + index
        return at, at + 1
