"""Where the characters of a value stand: the two ways in which that is remembered."""

from __future__ import annotations

import pytest

from ogcheck.readers.offsets import Offsets, Piece, Straight

PIECES: list[Piece] = [("He ", 10, 13), ("", 13, 15), ("&", 15, 20), (" she", 20, 24)]
VALUE = "He & she"
PLACES = [(10, 11), (11, 12), (12, 13), (15, 20), (20, 21), (21, 22), (22, 23), (23, 24)]


def test_each_character() -> None:
    found = Offsets(PIECES)
    assert list(found) == PLACES
    assert len(found) == len(VALUE)
    assert found[-1] == PLACES[-1]
    assert found[2:5] == PLACES[2:5]


@pytest.mark.parametrize("index", [8, -9])
def test_there_is_no_other(index: int) -> None:
    with pytest.raises(IndexError):
        Offsets(PIECES)[index]
    with pytest.raises(IndexError):
        Straight(10, 8)[index]


def test_of_a_value_that_stands_as_it_is() -> None:
    assert list(Straight(10, 3)) == [(10, 11), (11, 12), (12, 13)]
    assert Straight(10, 3)[-1] == (12, 13)


@pytest.mark.parametrize("value", ["He & sh", "He & she!", "He + she", ""])
def test_pieces_that_do_not_make_the_value_are_not_believed(value: str) -> None:
    assert Offsets.of(PIECES, value) is None
    found = Offsets.of(PIECES, VALUE)
    assert found is not None
    assert list(found) == PLACES


@pytest.mark.parametrize(
    ("start", "end", "pieces"),
    [
        (0, 8, [("He ", 10, 13), ("&", 15, 20), (" she", 20, 24)]),
        (1, 5, [("e ", 11, 13), ("&", 15, 20), (" ", 20, 21)]),
        (6, 7, [("h", 22, 23)]),
        (3, 3, []),
    ],
)
def test_the_pieces_of_a_part(start: int, end: int, pieces: list[Piece]) -> None:
    assert list(Offsets(PIECES).pieces(VALUE, start, end)) == pieces
