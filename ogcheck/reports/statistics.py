"""How often each rule was reported, for ``--statistics``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ogcheck.reports.terminal import Screen

if TYPE_CHECKING:
    from ogcheck.reports.summary import Summary


def render_statistics(summary: Summary, color: bool = False) -> str:
    """A table of count, code, name and severity, the most frequent first.

    Each row ends with a newline; without listed problems there is no row. Rows of the same count
    are in the order of their codes.
    """
    screen = Screen(color=color)
    rows = [
        (f"{one.count:,}", screen.inline(code), screen.inline(one.name), one.severity)
        for code, one in sorted(summary.counts.items(), key=lambda item: (-item[1].count, item[0]))
    ]
    counts, codes, names = ([row[i] for row in rows] for i in range(3))
    widths = [max(map(len, column), default=0) for column in (counts, codes, names)]
    return "".join(
        f"{count:>{widths[0]}}  {screen.paint(f'{code:<{widths[1]}}', 'bold')}"
        f"  {name:<{widths[2]}}  {screen.paint(str(severity), severity)}\n"
        for count, code, name, severity in rows
    )
