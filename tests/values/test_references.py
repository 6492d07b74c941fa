"""Character references that are left in a value, against the standard library's decoder."""

from __future__ import annotations

import html

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ogcheck.values import implicit, locales, references


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Fish &amp; chips", [(5, 10, "&")]),
        ("&#39;a&#39;", [(0, 5, "'"), (6, 11, "'")]),
        ("&amp;#39;", [(0, 9, "'")]),
        ("&amp;amp;amp;", [(0, 13, "&")]),
        ("&amp;&amp;", [(0, 5, "&"), (5, 10, "&")]),
        ("&hellip; &#x2026; &#8230;", [(0, 8, "…"), (9, 17, "…"), (18, 25, "…")]),
        ("&amp;lt;b&amp;gt;", [(0, 8, "<"), (9, 17, ">")]),
        ("AT&T; B&B", []),
        ("?a=1&copy=2&section=3", []),
        ("&nosuchname; &copyx;", []),
        ("&#0; &#xD800; &#1114112; &#1;", []),
        ("& amp; &; &#; &#x;", []),
        ("&semi;", [(0, 6, ";")]),
    ],
)
def test_pieces(text: str, found: list[tuple[int, int, str]]) -> None:
    assert references.pieces(text) == found


@pytest.mark.parametrize(
    "name", ["amp", "quot", "eacute", "ngE", "fjlig", "NotEqualTilde", "frac12"]
)
def test_names_are_those_of_html(name: str) -> None:
    text = f"a &{name}; b"
    ((start, end, character),) = references.pieces(text)
    assert text[:start] + character + text[end:] == html.unescape(text)


@given(st.text(st.sampled_from("&#;x39ampltgcopy 1A"), max_size=40))
def test_resolving_is_writing_the_pieces(text: str) -> None:
    changed = text
    for start, end, character in reversed(references.pieces(text)):
        changed = changed[:start] + character + changed[end:]
    assert references.resolve(changed) == references.resolve(text)


@pytest.mark.parametrize(
    ("text", "better"),
    [
        ("en-GB", "en_GB"),
        ("en_gb", "en_GB"),
        ("EN_GB", "en_GB"),
        ("en_UK", "en_GB"),
        ("en-uk", "en_GB"),
        ("fr_FR.UTF-8", "fr_FR"),
        ("sr-latn-rs", "sr_Latn_RS"),
        ("en", None),
        ("english", None),
        ("en_GBR", None),
    ],
)
def test_locales_are_mended_where_that_is_certain(text: str, better: str | None) -> None:
    assert not locales.is_locale(text)
    assert locales.mend(text) == better
    assert better is None or locales.is_locale(better)


@pytest.mark.parametrize("text", ["en_GB", "es_LA", "ar_AR", "es_419", "sr_Latn_RS", "fil_PH"])
def test_locales(text: str) -> None:
    assert locales.is_locale(text)


# Measured with PyYAML 6.0.3, js-yaml 3.14 and 4.1, and go-yaml 3.
@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("no", ("boolean", "string", "string", "string")),
        ("true", ("boolean", "boolean", "boolean", "boolean")),
        ("12:30", ("number", "number", "string", "string")),
        ("1e3", ("string", "number", "number", "number")),
        ("010", ("number", "number", "number", "number")),
        ("1.10", ("number", "number", "number", "number")),
        ("2026", ("integer", "integer", "integer", "integer")),
        ("1.2.3", ("string", "string", "string", "string")),
        ("2026-11-23", ("timestamp", "timestamp", "timestamp", "timestamp")),
        ("~", ("null", "null", "null", "null")),
        ("0x1F", ("number", "number", "number", "number")),
        ("plain", ("string", "string", "string", "string")),
    ],
)
def test_implicit_types_by_reader(text: str, kinds: tuple[str, ...]) -> None:
    assert tuple(implicit.implicit(text, reader) for reader in implicit.READERS) == kinds


@pytest.mark.parametrize(
    ("text", "part", "place"),
    [
        ("w=6&amp;h=3", "h=3", "h=3"),
        ("w=6&amp;h=3", "6&h", "6&amp;h"),
        ("a&amp;#38;b", "b", "b"),
        ("a&amp;amp;b", "&", "&amp;amp;"),
        ("plain", "lai", "lai"),
    ],
)
def test_where_a_part_of_what_is_meant_stands(text: str, part: str, place: str) -> None:
    at = references.resolve(text).index(part)
    found = references.placed(text, at, at + len(part))
    assert found is not None
    assert text[slice(*found)] == place


@given(
    st.lists(st.sampled_from(["a", "b", " ", "&amp;", "&amp;amp;", "&#39;", "&quot;", "&", ";",
                              "#39;", "amp;", "&ngE;"])).map("".join)
)  # fmt: skip
def test_characters_stand_where_they_are_placed(text: str) -> None:
    starts: list[int] = []
    ends: list[int] = []
    done = 0
    for left, right, characters in [*references.pieces(text), (len(text), len(text), "")]:
        starts += [*range(done, left), *[left] * len(characters)]
        ends += [*range(done + 1, left + 1), *[right] * len(characters)]
        done = right
    told = len(starts) == len(references.resolve(text)) or "&" not in text or ";" not in text
    for start in range(len(starts)):
        for end in (start + 1, len(starts)):
            expected = (starts[start], ends[end - 1]) if told else None
            assert references.placed(text, start, end) == expected
