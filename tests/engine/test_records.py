"""What becomes of a file keeps everything on its way through processes and the cache."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ogcheck.engine import records
from ogcheck.engine.discover import Found
from ogcheck.engine.run import Outcome
from ogcheck.problem import Edit, Fix, Problem, Region, Related, Severity

FOUND = Found("/site/news/a.md", "news/a.md")

# Half characters and the characters of the form itself among them.
texts = st.text(st.characters() | st.sampled_from("\0\1\ud800\udc80=01 "), max_size=8)
numbers = st.integers(0, 10**9)
optional = st.none() | texts
PLACES = (
    "line", "column", "end_line", "end_column", "offset", "end_offset", "source_column",
    "byte_column", "end_byte_column",
)  # fmt: skip
words = st.sampled_from(("OG001", "ACME001"))


def of(kind: Callable[..., Any], *parts: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return st.tuples(*parts).map(lambda found: kind(*found))


fixes = of(
    Fix, st.booleans(), texts, st.lists(of(Edit, numbers, numbers, texts), max_size=2).map(tuple),
    st.lists(texts, max_size=2).map(tuple),
)  # fmt: skip
places = of(Related, st.sampled_from(("news/a.md", "other.md")), texts, *[numbers] * 6, texts,
            numbers)  # fmt: skip
regions = of(Region, *[numbers] * 6)


also = st.fixed_dictionaries({"code": words, "message": texts})


@st.composite
def problems(draw: st.DrawFn) -> Problem:
    fix = draw(st.none() | fixes)
    places_of: dict[str, Any] = {name: draw(numbers) for name in PLACES}
    return Problem(
        path="news/a.md",
        code=draw(words),
        name="some-name",
        severity=draw(st.sampled_from(Severity)),
        message=draw(texts),
        help=draw(optional),
        property=draw(optional),
        pointer=draw(optional),
        source_line=draw(texts),
        related=tuple(draw(st.lists(places, max_size=2))),
        also=tuple(draw(st.lists(also, max_size=2))),
        fix=fix,
        suppressed=draw(st.booleans()),
        subject=draw(texts),
        value=draw(optional),
        edit_regions=() if fix is None else tuple(draw(regions) for _ in fix.edits),
        **places_of,
    )


@given(st.lists(problems(), max_size=3), optional, st.booleans(), numbers, st.booleans())
def test_nothing_is_lost(
    found: list[Problem], passed_over: str | None, is_page: bool, hidden: int, lasts: bool
) -> None:
    outcome = Outcome(FOUND, found, passed_over, is_page, hidden, lasts)
    back = records.outcome(records.written(outcome), FOUND)
    assert back == outcome
    assert all(type(one.severity) is Severity for one in back.problems)


def test_the_path_is_that_of_the_file_that_is_asked_about() -> None:
    related = (Related("news/a.md", "r", 1, 1, 1, 2, 0, 1, "x", 1),)
    problem = Problem("news/a.md", "OG001", "n", Severity.NOTE, "m", None, None, None, 1, 2, 3, 4,
                      5, 6, "line", 1, related)  # fmt: skip
    data = records.written(Outcome(FOUND, [problem], None, True, 0, True))
    assert b"news" not in data
    (moved,) = records.outcome(data, Found("/site/b.md", "b.md")).problems
    assert (moved.path, moved.related[0].path) == ("b.md", "b.md")


@pytest.mark.parametrize(
    "data",
    [b"", b"1 2", b"1 0 1 x", b"1 0 1 1", b"1 0 1 1\0\0OG001", b"\xff\xfe", b"[]",
     b"1 0 1 1\0" + b"\0" * 10,
     b"1 0 1 1\0\0OG001 n error 0\x001 1 1 1 1 1 1 1 1\0m\0\0\0\0\0\0\0[1]",
     b"1 0 1 1\0\0OG001 n awful 0\x001 1 1 1 1 1 1 1 1\0m\0\0\0\0\0\0\0"],
)  # fmt: skip
def test_what_is_no_record_is_told(data: bytes) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 - whatever it says
        records.outcome(data, FOUND)


@given(st.lists(problems(), min_size=1, max_size=2), st.data())
def test_a_record_cut_short_is_none(found: list[Problem], data: st.DataObject) -> None:
    whole = records.written(Outcome(FOUND, found, None, True, 0, True))
    # The last field may be text, which is shorter then; what is cut before it is seen.
    last = whole.rindex(b"\0")
    with pytest.raises(ValueError):  # noqa: PT011 - whatever it says
        records.outcome(whole[: data.draw(st.integers(7, last - 1))], FOUND)
