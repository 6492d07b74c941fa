"""One problem as an item of the HTML report's list, with nothing from a page but visible text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ogcheck.problem import DOCS_URL, LINE_LIMIT
from ogcheck.reports.snippet import last_line, split

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ogcheck.problem import Edit, Fix, Problem, Region
    from ogcheck.reports.terminal import Screen

EDITS = 10
"""How many edits of one fix are shown."""
LENGTH = 2_000
"""How many characters of a message are shown: more is a page that was pasted into a value."""


def item(problem: Problem, screen: Screen) -> str:
    """``problem`` as an ``li`` of several lines."""
    severity, code = str(problem.severity), shown(problem.code, screen)
    place = shown(f"{problem.path}:{problem.line}:{problem.column}", screen)
    lines = [
        f'<li data-severity="{severity}" data-rule="{code}">',
        f'<p><b class="{severity}">{severity}</b> {link(problem.code, screen)} '
        f"{shown(problem.name, screen)} <code>{place}</code></p>",
        f"<p>{shown(problem.message, screen)}</p>",
    ]
    if problem.source_line:
        before, marked, after = (escaped(part) for part in split(problem, screen))
        lines.append(f"<pre>{before}<mark>{marked}</mark>{after}</pre>")
    remarks = [f"<dt>{label}</dt><dd>{text}</dd>" for label, text in _remarks(problem, screen)]
    if remarks:
        lines += ["<dl>", *remarks, "</dl>"]
    return "\n".join([*lines, "</li>"])


def link(code: str, screen: Screen) -> str:
    """A rule's code, as a link to its page."""
    address = "".join(c for c in code if c.isascii() and c.isalnum())
    return f'<a href="{DOCS_URL}{address}/" rel="noreferrer">{shown(code, screen)}</a>'


def shown(text: str, screen: Screen) -> str:
    """``text`` on one line, for content and quoted attributes."""
    return escaped(screen.inline(text if len(text) <= LENGTH else text[:LENGTH] + "…"))


def escaped(text: str) -> str:
    """Visible ``text`` for HTML's content and quoted attributes."""
    for character, reference in (
        ("&", "&amp;"),
        ("<", "&lt;"),
        (">", "&gt;"),
        ('"', "&quot;"),
        ("'", "&#39;"),
    ):
        if character in text:
            text = text.replace(character, reference)
    return text


def _remarks(problem: Problem, screen: Screen) -> Iterator[tuple[str, str]]:
    """What more there is to say, as label and markup."""
    last = last_line(problem)
    if last > problem.line and problem.source_line:
        yield "note", f"it goes on through line {last}"
    if problem.help:
        yield "help", shown(problem.help, screen)
    if problem.fix:
        yield "fix", "".join(_fix(problem, problem.fix, screen))
    for place in problem.related:
        where = shown(f"{place.path}:{place.line}:{place.column}", screen)
        yield "note", f"<code>{where}</code> {shown(place.message, screen)}"
    for other in problem.also:
        yield "also", f"{link(other['code'], screen)} {shown(other['message'], screen)}"


def _fix(problem: Problem, fix: Fix, screen: Screen) -> Iterator[str]:
    yield f"{shown(fix.message, screen)} ({fix.applicability})"
    changes = list(zip(fix.edits, problem.edit_regions, strict=True))
    for edit, region in changes[:EDITS]:
        yield f"<br>\n{_change(edit, region, screen)}"
    if len(changes) > EDITS:
        yield f"<br>\nand {len(changes) - EDITS:,} more changes"


def _change(edit: Edit, region: Region, screen: Screen) -> str:
    """One edit: where, and what is written there."""
    start = f"<code>{region.line}:{region.column}</code>"
    end = f"<code>{region.end_line}:{region.end_column}</code>"
    text = screen.inline(edit.text[:LINE_LIMIT] + "…" * (len(edit.text) > LINE_LIMIT))
    written = f"<ins>{escaped(text)}</ins>"
    if edit.start == edit.end:
        return f"insert {written} at {start}"
    return f"{f'write {written} for' if text else 'delete'} {start} to {end}"
