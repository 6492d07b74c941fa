"""Places in a page: offsets of the parser and of the text."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from ogcheck.document import Places

PIECES = st.sampled_from(["a", "bcd", "\r\n", "\r", "\n", "é"])


@given(st.lists(PIECES, max_size=40), st.lists(st.integers(0, 80)), st.booleans())
def test_line_ends_are_told_as_far_as_they_are_asked_for(
    pieces: list[str], asked: list[int], marked: bool
) -> None:
    body = "".join(pieces)
    wanted = []  # where each character that the parser sees stands
    at = 0
    while at < len(body):
        wanted.append(at)
        at += 2 if body.startswith("\r\n", at) else 1
    wanted.append(len(body))
    places = Places(("\ufeff" if marked else "") + body)
    for parsed in [one for one in asked if one < len(wanted)]:
        assert places.offset(parsed) == wanted[parsed] + marked
