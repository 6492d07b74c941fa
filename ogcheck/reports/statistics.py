"""How often each rule was reported, for ``--statistics``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ogcheck.reports.terminal import Screen

if TYPE_CHECKING:
    from ogcheck.reports.summary import Summary


def render_statistics(summary: Summary, color: bool = False) -> str:
    """A table of count, code, name and severity, the most frequent first.

    A rule that was reported with two severities has two rows. Each row ends with a newline; without
    listed problems there is no row.
    """
    screen = Screen(color=color)
    rows = [
        (f"{one.number:,}", screen.inline(one.code), screen.inline(one.name), one.severity)
        for one in summary.rows()
    ]
    counts, codes, names = ([row[i] for row in rows] for i in range(3))
    widths = [max(map(len, column), default=0) for column in (counts, codes, names)]
    return "".join(
        f"{count:>{widths[0]}}  {screen.paint(f'{code:<{widths[1]}}', 'bold')}"
        f"  {name:<{widths[2]}}  {screen.paint(str(severity), severity)}\n"
        for count, code, name, severity in rows
    )
