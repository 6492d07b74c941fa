"""What of a text is shown, where it stands in what is written, and how much of it fits."""

from __future__ import annotations

import pytest

from ogcheck.values.shown import fitting, shown


@pytest.mark.parametrize(
    ("written", "text"),
    [
        ("  Bridge closed \n", "Bridge closed"),
        (" Boats &amp; bridges ", "Boats & bridges"),
        ("{{ a }}Bridge", "Bridge"),
        ("{% a %}<%= b %>${c}Bridge{{ d }}", "Bridge"),
        ("{{ a {% b }}Bridge", "Bridge"),  # the first that opens decides
        ("{% a {{ b %}Bridge }} x", "Bridge }} x"),
        ("Bridge {{ a", "Bridge {{ a"),  # which is never closed
        ("Bridge {{ a &amp; b", "Bridge {{ a & b"),
        ("{{ &amp; }}&lt;", "<"),
        ("&am{{ a }}p; b", "&amp; b"),  # no reference: a template stands in it
        (" \t ", ""),
        ("", ""),
    ],
)
def test_what_is_shown(written: str, text: str) -> None:
    found = shown(written)
    assert found.text == text
    assert len(found.places) == len(text) + 1
    assert found.places[-1] == max(len(written.rstrip()), len(written) - len(written.lstrip()))


@pytest.mark.parametrize(
    ("written", "character", "place"),
    [
        ("  Bridge", "B", 2),
        ("a &amp; b", "&", 2),
        ("a &amp; b", "b", 8),
        ("{{ a }}Bridge", "B", 7),
        ("${a} {{ b }}&lt;c", "c", 16),
    ],
)
def test_where_it_stands(written: str, character: str, place: int) -> None:
    found = shown(written)
    assert found.places[found.text.index(character)] == place


@pytest.mark.parametrize(
    ("text", "limit", "unit", "count"),
    [
        ("abc", 2, "characters", 2),
        ("abc", 5, "characters", 3),
        ("abc", 2, "bytes", 2),
        ("\u00fc\u00fc", 3, "bytes", 1),  # and no half of the second
        ("ae\u0301x", 2, "characters", 1),
        ("ae\u0301x", 3, "characters", 3),
        ("ae\u036fx", 2, "characters", 1),
        ("ae\u0370x", 2, "characters", 2),  # a Greek letter, which combines with nothing
        ("a\U0001f44d\U0001f3fdb", 2, "characters", 1),
        ("\U0001f469\u200d\U0001f692", 1, "characters", 1),
        ("e\u0301x", 1, "characters", 1),  # nothing would be left
    ],
)
def test_how_much_fits(text: str, limit: int, unit: str, count: int) -> None:
    assert fitting(text, limit, unit) == count
