"""One text that is longer than any page: what it takes of memory, and what is said of it."""

from __future__ import annotations

import tracemalloc
from pathlib import Path

import pytest

import ogcheck
from ogcheck.engine.check import Checker
from ogcheck.problem import Problem
from ogcheck.source import Source
from ogcheck.testing import NOW
from ogcheck.values import markup, mojibake, references, shown, titles, url_parts
from ogcheck.values.bounds import MOST_PLACES
from tests.fuzz.linear import PLACES
from tests.fuzz.targets import checker

SIZE = 120_000
MOST = 50
"""How many times its size a page may take."""


def problems(text: str, path: str = "a.md") -> dict[str, Problem]:
    return {p.code: p for p in ogcheck.check_text(text, path, config={}, now=NOW)}


def taken(place: str, unit: str, judge: Checker) -> float:
    """How many times the size of a page checking it takes at most, of what Python gives."""
    name, page = PLACES[place]
    data = page.replace("%s", unit * (SIZE // len(unit))).encode()
    judge.check(Source.from_bytes(name, page.replace("%s", unit).encode()), Path(name).absolute())
    tracemalloc.start()
    try:
        judge.check(Source.from_bytes(name, data), Path(name).absolute())
        return tracemalloc.get_traced_memory()[1] / len(data)
    finally:
        tracemalloc.stop()


@pytest.mark.parametrize(
    ("place", "unit"),
    [
        ("title", "| a"),  # segments of a title
        ("title", "&amp;"),  # references, and the edits of their fix
        ("description", "<b>a</b>"),  # pieces of markup
        ("description", "{"),  # what is shown, character by character
        ("og:title", "\\\\"),  # escapes, each at a place of its own
        ("image", "|"),  # characters to be encoded
        ("image", "\U0001f600"),  # a name that is decoded
        ("image", "/"),  # the pattern of an address
        ("comment", " |"),  # codes of a suppression
        ("open TOML", "1"),  # the pattern of a number
        ("content", "a "),  # an attribute's characters
        ("title element", "a "),
        ("title element", "a  "),
        ("block", "a "),
    ],
)  # fmt: skip
def test_a_page_takes_no_more_than_fifty_times_its_size(place: str, unit: str) -> None:
    assert taken(place, unit, checker()) < MOST


def test_what_titles_made_of_separators_are() -> None:
    assert len(titles.segments(" | ".join(["Bridge"] * 101))) == 101
    (whole,) = titles.segments(" | ".join(["Bridge"] * 102))
    assert (whole.start, whole.end) == (0, 102 * 9 - 3)


def test_so_many_places_of_a_kind_are_told() -> None:
    many = MOST_PLACES + 200
    assert len(references.pieces("&amp;" * many)) == many  # a fix asks for fewer
    assert len(markup.find("<b>a</b>" * many)) == MOST_PLACES
    assert len(mojibake.find("Ã© " * many)) == MOST_PLACES
    assert len(url_parts.unescaped(f"https://a.example/{'|' * many}", image=True)) == MOST_PLACES


def test_what_is_no_markup_does_not_count() -> None:
    text = "Use <id> here. " * MOST_PLACES
    assert markup.find(text) == []
    (opening, closing) = markup.find(f"{text} A <b>bold</b> word.")
    assert (opening.kind, closing.kind) == ("HTML", "HTML")


@pytest.mark.parametrize(
    ("code", "unit", "prop"),
    [("TXT010", "&amp;", "title"), ("TXT012", "<b>a</b>", "description"),
     ("URL012", "|", "og_image"), ("TXT011", "Ã© ", "description")],
)  # fmt: skip
def test_fewer_are_mended(code: str, unit: str, prop: str) -> None:
    begin = "https://a.example/" if prop == "og_image" else "a"
    few, many = (
        problems(f'---\nog_title: b\n{prop}: "{begin}{unit * count}"\n---\n')[code]
        for count in (MOST_PLACES - 1, 4 * MOST_PLACES)
    )
    assert few.fix is not None
    assert many.fix is None


def test_references_are_counted_so_far() -> None:
    found = problems(f'---\ntitle: "a{"&amp;" * (MOST_PLACES + 1)}"\n---\n')
    assert "5,000 or more character references" in found["TXT010"].message
    assert f"title is {MOST_PLACES + 2:,} ".replace(",", "") in found["TXT004"].message


def test_characters_that_a_url_does_not_hold_are_counted_so_far() -> None:
    few, many = (
        problems(f"---\nog_title: b\nog_image: https://a.example/{'|' * count}.jpg\n---\n")
        for count in (998, MOST_PLACES + 500)
    )
    assert few["URL012"].fix is not None
    assert ", and 997 more:" in few["URL012"].message
    assert f", and more than {MOST_PLACES - 2:,} more:" in many["URL012"].message
    assert many["URL012"].help == "Encode them all."


def test_what_is_shown_of_a_text_is_as_it_was() -> None:
    seen = shown.shown("  A &amp;  {{ b }}\u00e9\U0001f600 ")
    assert seen.text == "A &  \u00e9\U0001f600"
    assert list(seen.places) == [2, 3, 4, 9, 10, 18, 19, 20]


@pytest.mark.parametrize(
    ("toml", "is_refused"),
    [
        ("a = {}", True),
        ("a = -{}", True),
        ("a = [\n  1, {}]", True),
        ("a = {{b = {}}}", True),
        ("a = {}.5", False),
        ("a = 1.{}", False),
        ('a = "= {}"', False),
        ("a = '''\n= {}\n'''", False),
        ("# a = {}\nb = 1", False),
        ("a = 1_{}", True),
        ("{} = 1", False),
    ],
)
def test_numbers_that_python_does_not_read(toml: str, is_refused: bool) -> None:
    text = f"+++\n{toml.format('9' * 4301)}\n+++\n"
    found = problems(text).get("FM002")
    assert (found is not None) == is_refused
    if found is not None:
        assert "more digits" in found.message
        assert found.line == (3 if "\n" in toml else 2)
