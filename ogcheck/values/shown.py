"""What of a text is shown, and where each character of it stands.

Platforms cut what readers see: a reference that is left over counts as the character that it stands
for, and what a template fills in later does not count, since nobody knows how long it will be.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from ogcheck.values import references
from ogcheck.values.patterns import late

_OPENING = late(r"\{\{|\{%|<%|\$\{")
_CLOSINGS = {"{{": "}}", "{%": "%}", "<%": "%>", "${": "}"}


class Shown(NamedTuple):
    """A text as it is shown, and the way back into how it is written."""

    text: str
    places: Sequence[int]
    """For each character of :attr:`text`, where it begins in what is written; then its end."""


def is_as_written(text: str) -> bool:
    """Whether a text, once trimmed, is shown as it stands: no reference, no template in it."""
    return not ("&" in text or "{" in text or "<" in text or "$" in text)


def _templates(text: str) -> Iterator[tuple[int, int]]:
    """Template markup that is closed."""
    closings = dict(_CLOSINGS)
    at = 0
    for match in _OPENING.finditer(text):
        closing = closings.get(match.group())
        if match.start() < at or closing is None:
            continue
        end = text.find(closing, match.end())
        if end < 0:
            del closings[match.group()]
            continue
        at = end + len(closing)
        yield match.start(), at


def shown(written: str) -> Shown:
    """What is shown of ``written``: trimmed, references resolved, template markup left out."""
    start, end = len(written) - len(written.lstrip()), len(written.rstrip())
    if is_as_written(written):
        return Shown(written[start:end], range(start, max(start, end) + 1))
    pieces = [(*span, "") for span in _templates(written)]
    ends = [right for _, right, _ in pieces]
    starts = [left for left, _, _ in pieces]
    pieces += [
        (left, right, text)
        for left, right, text in references.each(written)
        if bisect_right(ends, left) == bisect_left(starts, right)  # it touches none of them
    ]
    texts: list[str] = []
    places = array("q")  # a list of as many numbers takes nine times the memory
    at = start
    for left, right, replacement in [*sorted(pieces), (end, end, "")]:
        texts += (written[at:left], replacement)
        places.extend(range(at, left))
        places.extend([left] * len(replacement))
        at = max(at, right)
    places.append(max(start, end))
    return Shown("".join(texts), places)


def fitting(text: str, limit: int, unit: str) -> int:
    """How many whole characters of ``text`` fit into ``limit``, in ``characters`` or ``bytes``.

    Bytes are those of UTF-8. A mark that combines with the character before it is part of it.
    """
    if unit == "bytes" and not text.isascii():
        data = text.encode("utf-8", "surrogatepass")[:limit]
        count = len(data.decode("utf-8", "ignore"))
    else:
        count = min(limit, len(text))
    at = count
    while 0 < at < len(text) and _joins(text[at]):
        at -= 1
    return at or count


def _joins(character: str) -> bool:
    """Whether it is shown as a part of the character before it."""
    code = ord(character)
    return (
        0x300 <= code <= 0x36F or code in (0x200D, 0x20E3, 0xFE0E, 0xFE0F)
        or 0x1F3FB <= code <= 0x1F3FF
    )  # fmt: skip
