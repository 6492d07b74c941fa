"""What a run says: each format is a view of the same problems, written as they come."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from typing import TextIO

    from ogcheck.reports.base import Reporter

FORMATS = ("text", "concise", "json")
"""The names that :func:`reporter` knows; the first is the default."""


def reporter(
    name: str,
    out: TextIO,
    *,
    color: bool = False,
    width: int | None = None,
    summary_out: TextIO | None = None,
) -> Reporter:
    """The reporter called ``name``, importing no other.

    ``out`` takes the report and ``summary_out`` the closing sentence (none without it). ``width``
    is in terminal cells; without it, that of the terminal behind ``out``, else 100. Raises
    ``ValueError`` for a name that is not in :data:`FORMATS`.
    """
    kind: type[Reporter]
    if name == "text":
        from ogcheck.reports.text import TextReporter

        kind = TextReporter
    elif name == "concise":
        from ogcheck.reports.concise import ConciseReporter

        kind = ConciseReporter
    elif name == "json":
        from ogcheck.reports.json import JsonReporter

        kind = JsonReporter
    else:
        raise ValueError(f"no report format {name!r}: choose from {', '.join(FORMATS)}")
    return kind(out, color=color, width=width, summary_out=summary_out)
