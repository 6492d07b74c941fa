"""How far one spelling is from another."""

from __future__ import annotations


def one_edit(one: str, other: str) -> bool:
    """Whether one letter added, left out, changed or two swapped make ``other`` of ``one``."""
    if one == other or abs(len(one) - len(other)) > 1:
        return False
    i = 0
    while i < min(len(one), len(other)) and one[i] == other[i]:
        i += 1
    a, b = one[i:], other[i:]
    if len(a) == len(b):
        swapped = a[:2] == b[1::-1] if len(b) > 1 else False
        return a[1:] == b[1:] or (swapped and a[2:] == b[2:])
    return a[1:] == b if len(a) > len(b) else a == b[1:]
