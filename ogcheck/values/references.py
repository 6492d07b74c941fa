"""Character references (``&amp;``, ``&#39;``) that are left in a value.

Only complete ones count: known names and numbers, with their semicolon, as the HTML standard lists
them (https://html.spec.whatwg.org/multipage/named-characters.html, in Python as ``html.entities``).
``AT&T`` and ``?a=1&copy=2`` hold none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from ogcheck.values.patterns import late

_REFERENCE = late(r"&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")
_ROUNDS = 5


def find(text: str) -> list[re.Match[str]]:
    """The references in ``text``, in order, as matches."""
    if "&" not in text or ";" not in text:
        return []
    return [m for m in _REFERENCE.finditer(text) if resolve_one(m.group()) is not None]


@lru_cache(maxsize=2048)
def resolve_one(reference: str) -> str | None:
    """The characters that ``reference`` (with ``&`` and ``;``) stands for; None if it is none."""
    import html  # its table of names is long, and few texts hold a reference

    text = html.unescape(reference)
    if text == reference or text.endswith(";") and reference not in ("&semi;", "&#59;", "&#x3b;",
                                                                     "&#x3B;"):  # fmt: skip
        return None
    return text if text and not any(_unusable(c) for c in text) else None


def _unusable(character: str) -> bool:
    code = ord(character)
    return (code < 32 and character not in "\t\n\r") or 0x7F <= code < 0xA0 or character == "\ufffd"


def resolve(text: str) -> str:
    """``text`` with its references resolved until none is left (``&amp;amp;`` is ``&``)."""
    if "&" not in text or ";" not in text:
        return text
    for _ in range(_ROUNDS):
        resolved = _REFERENCE.sub(lambda m: resolve_one(m.group()) or m.group(), text)
        if resolved == text:
            break
        text = resolved
    return text


def pieces(text: str) -> list[tuple[int, int, str]]:
    """What to replace in ``text`` so that no reference is left: (start, end, characters).

    A reference that was escaped again (``&amp;#39;``) is one piece.
    """
    return list(each(text))


def each(text: str) -> Iterator[tuple[int, int, str]]:
    """The same, one by one."""
    done = 0
    for match in _REFERENCE.finditer(text):
        start, end = match.span()
        character = resolve_one(match.group())
        if start < done or character is None:
            continue
        if character == "&":
            end, character = _escaped_again(text, end)
        yield start, end, character
        done = end


def _escaped_again(text: str, end: int) -> tuple[int, str]:
    """Where a reference ends whose ampersand was a reference itself, and what it stands for.

    ``end`` is behind that ampersand: ``&amp;`` and then ``#39;``.
    """
    character = "&"
    for _ in range(_ROUNDS):
        tail = _REFERENCE.match(character + text[end : end + 40])
        further = resolve_one(tail.group()) if tail is not None else None
        if tail is None or further is None:
            break
        end += tail.end() - len(character)
        character = further
        if character != "&":
            break
    return end, character


def placed(text: str, start: int, end: int) -> tuple[int, int] | None:
    """Where the characters ``start`` to ``end`` of ``resolve(text)`` stand in ``text``.

    None where they do not stand there in the same order.
    """
    if "&" not in text or ";" not in text:
        return start, end
    found = pieces(text)
    size = len(text) + sum(len(characters) - right + left for left, right, characters in found)
    if size != len(resolve(text)) or not start < end <= size:
        return None
    return _written(found, start)[0], _written(found, end - 1)[1]


def _written(found: list[tuple[int, int, str]], at: int) -> tuple[int, int]:
    """Where the character begins and ends that is the one at ``at`` once ``found`` is resolved."""
    shift = 0
    for left, right, characters in found:
        if at + shift < left:
            break
        if at + shift < left + len(characters):
            return left, right
        shift += right - left - len(characters)
    return at + shift, at + shift + 1
