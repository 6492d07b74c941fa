"""A million problems: what a report holds of them to the end is bounded, or little."""

from __future__ import annotations

import io
import tracemalloc
from collections.abc import Iterator

import pytest

from ogcheck.problem import Problem, Severity
from ogcheck.reports import FORMATS, reporter
from ogcheck.reports.summary import Summary
from ogcheck.reports.text import ENTRIES

HOLDS = {"text": 2_500, "html": 1_500, "junit": 400}
"""Bytes a problem of what waits for the end: of the others it is nothing. Text and HTML list so
many at most."""


class Nowhere(io.StringIO):
    """Counts what is written, and keeps none of it."""

    size = 0

    def write(self, text: str) -> int:
        self.size += len(text)
        return len(text)


def problems(count: int) -> Iterator[Problem]:
    """All different, twenty in a file."""
    for number in range(count):
        address = f"https://www.northbridge.example/media/{number}.jpg"
        yield Problem(
            f"news/page-{number // 20}.html", "IMG004", "some-name", Severity.WARNING,
            f"The image {number} is too small.", "Take a larger one.", "og:image",
            f"/og:image/{number % 20}", 1, 5, number % 20 + 1, 60, number, number + 50,
            f'<meta property="og:image" content="{address}">', 1, subject=address, value=address,
        )  # fmt: skip


def held(name: str, count: int) -> int:
    """The bytes that a report of ``count`` problems took at most.

    The least of two: what else the process does, in a thread of the suite's, counts as well.
    """
    return min(once_held(name, count) for _ in range(2))


def once_held(name: str, count: int) -> int:
    out = Nowhere()
    summary = Summary()
    tracemalloc.start()
    try:
        writer = reporter(name, out, color=False, summary_out=None, rules={})
        writer.begin()
        for one in problems(count):
            writer.problem(one)
        writer.end(summary)
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


@pytest.mark.parametrize("name", FORMATS)
def test_what_is_held_of_each(name: str) -> None:
    few, many = held(name, 2_000), held(name, 6_000)
    assert (many - few) / 4_000 < HOLDS.get(name, 10)


def test_text_shows_so_many_and_counts_the_rest() -> None:
    out = io.StringIO()
    writer = reporter("text", out, color=False, summary_out=None, rules={})
    for one in problems(ENTRIES + 3):
        writer.problem(one)
    for one in problems(1):  # one more of what is shown
        writer.problem(one)
    writer.end(Summary())
    text = out.getvalue()
    assert text.count("= rule: ") == ENTRIES
    assert text.endswith("\n\n4 more problems are not shown (--format concise lists all).\n\n")
