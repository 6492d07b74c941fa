"""Reports as texts, for the tests that read them."""

from __future__ import annotations

import io
from collections.abc import Iterable, Mapping
from typing import Any

from ogcheck.problem import Problem
from ogcheck.reports import reporter
from ogcheck.reports.summary import Summary


def report_of(
    problems: Iterable[Problem],
    name: str,
    *,
    files: int = 1,
    rules: Mapping[str, Any] | None = None,
) -> str:
    """The report in the format ``name`` on so many files, without its closing sentence."""
    out = io.StringIO()
    writer = reporter(name, out, rules=rules or {})
    summary = Summary(files=files, pages=files)
    writer.begin()
    for one in problems:
        summary.add(one)
        writer.problem(one)
    writer.end(summary)
    return out.getvalue()
