"""What a rule by others reports is looked at before it is believed.

A span outside the text or a wrong type would otherwise surface far from its cause: in a report, a
fix, another process. No time is set for it: ogcheck waits for a rule that hangs until it is
interrupted, and then names it.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from typing import Any

from ogcheck.page import Page
from ogcheck.problem import Edit, Finding, Fix, Place, Severity
from ogcheck.rules.base import Context, Rule


def vetted(rule: Rule, page: Page, context: Context) -> Iterator[Finding]:
    """The findings of ``rule``, each checked. Raises ``TypeError`` and ``ValueError``.

    What it prints goes to standard error: standard output is the report's.
    """
    findings = _checked(rule, page, context)
    while True:
        output, sys.stdout = sys.stdout, sys.stderr
        try:
            finding = next(findings, None)
        except KeyboardInterrupt as error:
            error.add_note(f"while {rule.code} looked at {page.source.path}")
            raise
        finally:
            sys.stdout = output
        if finding is None:
            return
        yield finding


def _checked(rule: Rule, page: Page, context: Context) -> Iterator[Finding]:
    found: Any = rule.check(page, context)
    if not isinstance(found, Iterable):
        raise TypeError(f"check answered {_kind(found)}, and not findings")
    size = len(page.source.text)
    for finding in found:
        if not isinstance(finding, Finding):
            raise TypeError(f"it reported {_kind(finding)}, and not a Finding")
        if finding.code != rule.code:
            raise ValueError(f"it reported under the code {finding.code!r}, which is not its own")
        _check_words(finding)
        _check_places(finding, size)
        finding.fix = _checked_fix(finding.fix, size)
        yield finding


def _check_words(finding: Finding) -> None:
    finding.worded()
    _check_text("message", finding.message)
    if not finding.message:
        raise ValueError("it reported an empty message")
    if finding.severity is not None and not isinstance(finding.severity, Severity):
        raise TypeError(f"it reported the severity {finding.severity!r}, which is no Severity")
    for name in ("help", "property", "pointer", "value"):
        if getattr(finding, name) is not None:
            _check_text(name, getattr(finding, name))


def _check_places(finding: Finding, size: int) -> None:
    finding.placed()
    _check_span("a span", finding.start, finding.end, size)
    for place in finding.related:
        if not isinstance(place, Place):
            raise TypeError(f"it reported {_kind(place)} among related, and not a Place")
        _check_span("a related place", place.start, place.end, size)


def _kind(value: object) -> str:
    return f"a value of type {type(value).__name__}"


def _check_text(name: str, value: object) -> None:
    if not isinstance(value, str):
        raise TypeError(f"it reported {_kind(value)} as {name}, and not text")


def _check_span(what: str, start: object, end: object, size: int) -> None:
    if type(start) is not int or type(end) is not int:
        raise TypeError(f"it reported {what} from {start!r} to {end!r}, which are no offsets")
    if not 0 <= start <= end <= size:
        raise ValueError(
            f"it reported {what} from {start} to {end}, outside the text (0 to {size})"
        )


def _checked_fix(fix: object, size: int) -> Fix | None:
    fix = fix() if callable(fix) else fix
    if fix is None:
        return None
    if not isinstance(fix, Fix):
        raise TypeError(f"it reported {_kind(fix)} as its fix, and not a Fix")
    _check_text("the message of its fix", fix.message)
    for edit in fix.edits:
        if not isinstance(edit, Edit):
            raise TypeError(f"its fix holds {_kind(edit)}, and not an Edit")
        _check_span("an edit", edit.start, edit.end, size)
        _check_text("the text of an edit", edit.text)
    return fix
