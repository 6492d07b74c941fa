"""What reading front matter gives, and how much of it is read: the same in every dialect."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from ogcheck.frozen import frozen
from ogcheck.page import Node
from ogcheck.problem import Finding, Place
from ogcheck.source import Span

MOST_DIGITS = 4300
"""How long a number Python turns into one (sys.int_info.default_max_str_digits)."""


@frozen
class Limits:
    """How much is read before a file counts as too large."""

    size: int = 10_000_000
    """Characters of a file."""
    depth: int = 100
    """Levels of nesting, with aliases expanded. Python's own stack bears 200."""
    nodes: int = 20_000
    """Values, with aliases expanded."""


class Reading(NamedTuple):
    """What reading gave."""

    root: Node | None
    """The tree; None where the text does not parse, or is empty."""
    faults: list[Finding]
    """What is wrong: FM002, FM003 or FM009 where it is not read, else FM002 and FM003."""
    timestamps: Sequence[Node] = ()


class TooLargeError(Exception):
    """Front matter over a limit, at an offset, which each dialect counts in its own text."""

    def __init__(self, offset: int, what: str, option: str) -> None:
        self.offset = offset
        self.what = what
        self.option = option


def too_deep(offset: int, depth: int) -> TooLargeError:
    """Front matter that is nested deeper than ``depth`` levels."""
    return TooLargeError(offset, f"nested deeper than {depth} levels", "max-depth")


def too_long(offset: int, nodes: int) -> TooLargeError:
    """Front matter of more than ``nodes`` values."""
    return TooLargeError(offset, f"more than {nodes:,} values long", "max-nodes")


def not_read(error: TooLargeError, at: int, end: int) -> Reading:
    """What reading gives for front matter over a limit: ``at`` is the place, ``end`` its end."""
    fault = Finding(
        "FM009",
        f"The front matter is {error.what}, and is not read.",
        at,
        min(at + 1, end),
        help=f"If it is meant, raise rules.FM009.{error.option}.",
    )
    return Reading(None, [fault])


def twice(name: str, span: Span, first: Span, consequence: str) -> Finding:
    """A key that stands twice, and what readers make of it."""
    return Finding(
        "FM003",
        f"The key {name} stands twice in one mapping; {consequence}.",
        *span,
        help="Remove one of the two.",
        related=(Place(*first, "first here"),),
    )
