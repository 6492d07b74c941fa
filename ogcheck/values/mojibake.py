"""Text that was UTF-8 and was read as Windows-1252 or Latin-1: ``cafÃ©`` for ``café``.

Found by undoing it: characters that stand for a lead byte and the bytes behind it are written back
as those bytes and read as UTF-8 (RFC 3629), and count where the result is fewer characters of a
kind that such text holds. Real words hold the same letters (``MAÇÃ``, ``château``, ``PÅ``), so a
capital letter before a quotation mark is no proof.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from ogcheck.values.bounds import bounded
from ogcheck.values.patterns import late

# How Windows-1252 shows the bytes 80 to 9F (https://encoding.spec.whatwg.org/index-windows-1252.txt)
# where they are not the controls that Latin-1 makes of them.
_WINDOWS = {
    byte: bytes([byte]).decode("cp1252")
    for byte in range(0x80, 0xA0)
    if byte not in (0x81, 0x8D, 0x8F, 0x90, 0x9D)
}
_BYTES = {
    **{chr(byte): byte for byte in range(0x80, 0x100)},
    **{character: byte for byte, character in _WINDOWS.items()},
}
_FOLLOWS = "".join(re.escape(c) for c, byte in _BYTES.items() if byte < 0xC0)
_RUN = late(
    rf"(?:[\u00c2-\u00df][{_FOLLOWS}]|[\u00e0-\u00ef][{_FOLLOWS}]{{2}}|[\u00f0-\u00f4][{_FOLLOWS}]{{3}})++"
)
_MAY_BE_RUN = late(rf"[\u00c2-\u00f4][{_FOLLOWS}]")
"""How a run begins, which is found sooner than a whole one."""
_ROUNDS = 3
# What text also holds behind a letter: these alone prove nothing.
_PUNCTUATION = frozenset("…‘’“”–—‹›«»\u00a0\u00b7·º")


class Broken(NamedTuple):
    """A piece of broken text, and what it was."""

    start: int
    end: int
    repair: str


def find(text: str) -> list[Broken]:
    """The broken pieces of ``text``, in order; no more of them than are told of one text."""
    if text.isascii() or not _MAY_BE_RUN.search(text):
        return []
    return bounded(_each(text))


def _each(text: str) -> Iterator[Broken]:
    for match in _RUN.finditer(text):
        repair = _decoded(match.group())
        if repair is None or not _is_proof(text, match, repair):
            continue
        for _ in range(_ROUNDS):  # what was broken twice is mended twice
            again = _RUN.sub(lambda m: _decoded(m.group()) or m.group(), repair)
            if again == repair:
                break
            repair = again
        yield Broken(match.start(), match.end(), repair)


def _decoded(run: str) -> str | None:
    try:
        return bytes(_BYTES[c] for c in run).decode()
    except UnicodeDecodeError:
        return None


def _is_proof(text: str, match: re.Match[str], repair: str) -> bool:
    """Whether a run that can be decoded is broken text, and not text that happens to look so."""
    if any(0x80 <= ord(c) < 0xA0 for c in repair) and len(repair) == 1:
        return False
    run = match.group()
    if any(0x80 <= ord(c) < 0xA0 for c in run[1:]):
        return True  # controls, which nobody writes
    if len(repair) > 1:
        return all(_is_plausible(c) or c.isalpha() for c in repair)
    if not _is_plausible(repair):
        return False
    if run[1] not in _PUNCTUATION or len(run) > 2:
        return True
    start, end = match.span()
    before, after = text[max(0, start - 1) : start], text[end : end + 1]
    if run[1] == "\u00a0":
        return not before.isupper() and run[0] == "\u00c3"
    return before.islower() or after.isalpha()


def _is_plausible(character: str) -> bool:
    """A letter of a European language, a sign or a picture: what a text in Latin script holds."""
    code = ord(character)
    return (
        0xA0 <= code < 0x250
        or 0x2010 <= code < 0x2070
        or code in (0x20AC, 0x2116, 0x2122, 0xFB01, 0xFB02, 0xFE0F)
        or 0x2190 <= code < 0x2300
        or 0x25A0 <= code < 0x2800
        or 0x1F000 <= code < 0x1FB00
    )
