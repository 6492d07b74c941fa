"""What a run says: each format is a view of the same problems, written as they come."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import TextIO

    from ogcheck.reports.base import Reporter
    from ogcheck.rules.base import Rule

_KINDS = {
    "text": ("ogcheck.reports.text", "TextReporter"),
    "concise": ("ogcheck.reports.concise", "ConciseReporter"),
    "json": ("ogcheck.reports.json", "JsonReporter"),
    "jsonl": ("ogcheck.reports.jsonl", "JsonLinesReporter"),
    "sarif": ("ogcheck.reports.sarif", "SarifReporter"),
    "github": ("ogcheck.reports.github", "GitHubReporter"),
    "gitlab": ("ogcheck.reports.gitlab", "GitLabReporter"),
    "junit": ("ogcheck.reports.junit", "JUnitReporter"),
    "rdjson": ("ogcheck.reports.rdjson", "RdjsonReporter"),
    "markdown": ("ogcheck.reports.markdown", "MarkdownReporter"),
    "html": ("ogcheck.reports.html", "HtmlReporter"),
}

FORMATS = tuple(_KINDS)
"""The names that :func:`reporter` knows; the first is the default."""
FOR_PEOPLE = ("text", "concise")
"""Those that are read in a terminal, and may be coloured."""


def reporter(
    name: str,
    out: TextIO,
    *,
    color: bool = False,
    width: int | None = None,
    summary_out: TextIO | None = None,
    rules: Mapping[str, type[Rule]] | None = None,
    fail_on: str = "warning",
) -> Reporter:
    """The reporter called ``name``, importing no other.

    ``out`` takes the report and ``summary_out`` the closing sentence (none without it). ``width``
    is in terminal cells; without it, that of the terminal behind ``out``, else 100. ``rules`` are
    those of the run by code, for formats that explain them, and ``fail_on`` is what makes it fail.
    Raises ``ValueError`` for a name that is not in :data:`FORMATS`.
    """
    if name not in _KINDS:
        raise ValueError(f"no report format {name!r}: choose from {', '.join(FORMATS)}")
    module, kind = _KINDS[name]
    make: type[Reporter] = getattr(import_module(module), kind)
    return make(
        out, color=color, width=width, summary_out=summary_out, rules=rules, fail_on=fail_on
    )
