"""How much is remembered of one text, whoever made it.

A place in a text takes some hundred times the memory of the character that stands there. Texts that
people and generators write have a few, a long one that was escaped letter by letter a thousand; one
that has more is judged by its beginning.
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import islice
from typing import TypeVar

One = TypeVar("One")

MOST_PLACES = 5000
"""How many places of a kind are told of one text."""


def bounded(places: Iterable[One]) -> list[One]:
    """The first places: no more are told of one text."""
    return list(islice(places, MOST_PLACES))
