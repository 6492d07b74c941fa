"""Inputs for the targets as hypothesis draws them: seeds that are cut, joined and disturbed."""

from __future__ import annotations

from functools import lru_cache

from hypothesis import strategies as st

from tests.fuzz import targets

_PIECES = [
    b"---\n", b"+++\n", b"{", b"}", b"[", b"]", b": ", b"- ", b"&a ", b"*a", b"<<: ", b"|\n",
    b">-\n", b"'", b'"', b"\\", b"\\u", b"\r\n", b"\r", b"\n", b"\t", b"\0", b"\xef\xbb\xbf",
    b"\xff", b"\xed\xa0\x80", "\u2028".encode(), "é".encode(), "é".encode(),
    "\U0001f600".encode(), b"&amp;", b"&#x26;", b"&#0;", b"<!--", b"-->",
    b"<meta property=og:title content=", b"<title>", b"</title>", b"<svg>", b"<template>",
    b"<script type=application/ld+json>", b"</script>", b"%25", b"%", b"://", b"//", b"?", b"#",
    b"|", b"2026-02-30", b"26/03/2026", b"24:00", b"+01:00", b"og:", b"og_image", b"twitter:",
    b"# ogcheck: ignore", b"<!-- ogcheck: ignore[", b"!!python/name:os.system ", b"? ",
    b"\xc2\x85", b"'''", b'"""', b"=", b".",
]  # fmt: skip


@lru_cache(maxsize=16)
def _seeds(target: str) -> list[bytes]:
    return list(dict.fromkeys(targets.seeds(target)))


def inputs(target: str) -> st.SearchStrategy[bytes]:
    """Bytes for ``target``."""
    pieces = st.one_of(st.sampled_from(_PIECES), st.binary(max_size=6))
    seeds = st.sampled_from(_seeds(target))

    @st.composite
    def disturbed(draw: st.DrawFn) -> bytes:
        data = bytearray(draw(seeds))
        for _ in range(draw(st.integers(0, 4))):
            at = draw(st.integers(0, len(data)))
            gone = draw(st.sampled_from([0, 0, 1, 3, 20]))
            data[at : at + gone] = draw(pieces)
        return bytes(data)

    joined = st.lists(pieces, max_size=20).map(b"".join)
    return st.one_of(disturbed(), disturbed(), joined, st.binary(max_size=200))
