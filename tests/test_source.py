"""Places in a text, and bytes that are none."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ogcheck.source import Source, Span


@pytest.mark.parametrize(
    ("text", "offset", "expected"),
    [
        ("", 0, (1, 1)),
        ("ab", 1, (1, 2)),
        ("ab", 99, (1, 3)),
        ("ab", -1, (1, 1)),
        ("a\nb", 1, (1, 2)),
        ("a\nb", 2, (2, 1)),
        ("a\r\nb", 2, (1, 3)),
        ("a\r\nb", 3, (2, 1)),
        ("a\rb\r", 2, (2, 1)),
        ("a\rb\r", 4, (3, 1)),
        ("a\n\rb", 3, (3, 1)),
        ("\ufeffab", 0, (1, 1)),
        ("\ufeffab", 1, (1, 1)),
        ("\ufeffab", 2, (1, 2)),
        ("\ufeffa\nb", 3, (2, 1)),
        ("a\x85b\u2028c\u2029d\x0ce\x0bf", 10, (1, 11)),
        ("😀é", 1, (1, 2)),
    ],
)
def test_lines_and_columns(text: str, offset: int, expected: tuple[int, int]) -> None:
    assert Source("a.md", text).position(offset) == expected


@given(st.text(st.sampled_from("ab\r\n\ufeff\x85é😀\u2028")))
def test_lines_hold_the_whole_text(text: str) -> None:
    source = Source("a.md", text)
    count = len(source.line_starts)
    lines = [source.line_span(number) for number in range(1, count + 1)]
    assert "".join(text[slice(*span)] for span in lines) == (
        text.removeprefix("\ufeff").replace("\r", "").replace("\n", "")
    )
    for number, span in enumerate(lines, 1):
        assert source.position(span.start).line == number
        assert source.position(span.start).column == 1
        assert source.position(span.end).line == number


@pytest.mark.parametrize(
    ("text", "newline"),
    [("", "\n"), ("a", "\n"), ("a\r\nb\n", "\r\n"), ("a\rb\n", "\r"), ("a\nb\r\n", "\n")],
)
def test_the_first_line_ending_counts(text: str, newline: str) -> None:
    assert Source("a.md", text).newline() == newline


@pytest.mark.parametrize(
    ("data", "text", "fault"),
    [
        (b"", "", None),
        ("é😀\r\n".encode(), "é😀\r\n", None),
        (b"\xef\xbb\xbfa", "\ufeffa", None),
        (b"a\xffb", "a\udcffb", ("invalid", 1, 1)),
        ("é".encode() + b"\xe9", "é\udce9", ("invalid", 2, 1)),
        (b"a\xed\xa0\xbd", "a\udced\udca0\udcbd", ("invalid", 1, 1)),
        ("é\0".encode(), "é\0", ("nul", 2, 1)),
        ("\ufeffaé".encode("utf-16-le"), "aé", ("utf-16", 0, 0)),
        ("\ufeffaé".encode("utf-16-be"), "aé", ("utf-16", 0, 0)),
        ("\ufeffaé".encode("utf-32-le"), "aé", ("utf-32", 0, 0)),
        ("ab".encode("utf-16-le"), "ab", ("utf-16", 0, 0)),
        ("ab".encode("utf-16-be"), "ab", ("utf-16", 0, 0)),
        (b"a\0b", "a\0b", ("nul", 1, 1)),
        (b"\0\0\0\0", "\0\0\0\0", ("nul", 0, 0)),
    ],
)
def test_bytes_are_decoded(data: bytes, text: str, fault: tuple[str, int, int] | None) -> None:
    source = Source.from_bytes("a.md", data)
    assert source.text == text
    assert source.fault == fault
    assert source.size == len(data)


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("é", None),
        ("é\0", ("nul", 2, 1)),
        ("é\ud83d", ("invalid", 2, 1)),
        ("\udcff", ("invalid", 0, 0)),
    ],
)
def test_text_that_no_file_can_hold(text: str, fault: tuple[str, int, int] | None) -> None:
    source = Source.from_text("a.md", text)
    assert source.text == text
    assert source.fault == fault


@given(st.binary(max_size=60))
def test_any_bytes_decode(data: bytes) -> None:
    source = Source.from_bytes("a.md", data)
    if source.fault is None or source.fault.reason in ("invalid", "nul"):
        assert source.text.encode("utf-8", "surrogateescape") == data
    if source.fault is not None:
        assert 0 <= source.fault.offset <= len(source.text)
        assert 0 <= source.fault.byte_offset <= len(data)


def test_the_size_may_be_larger_than_the_text() -> None:
    source = Source.from_bytes("a.md", b"---\n", 10_000)
    assert source.size == 10_000
    assert source.line_span(1) == Span(0, 3)
