"""What a run amounts to: counted in one object, told in one sentence."""

from __future__ import annotations

from collections import Counter
from dataclasses import field
from typing import TYPE_CHECKING, NamedTuple

from ogcheck.frozen import slotted
from ogcheck.problem import Severity

if TYPE_CHECKING:
    from ogcheck.problem import Problem


@slotted
class Count:
    """How often one code was reported."""

    name: str
    severities: Counter[Severity] = field(default_factory=Counter)

    @property
    def count(self) -> int:
        """How often at all."""
        return self.severities.total()


class Row(NamedTuple):
    """How often one code was reported with one severity."""

    number: int
    code: str
    name: str
    severity: Severity


@slotted
class Summary:
    """The counts of a run; ``files`` and ``pages`` are the engine's to set.

    A problem is counted once: as suppressed, as hidden, or under its severity and in ``counts``.
    """

    files: int = 0
    """The files that were looked at."""
    pages: int = 0
    """Those of them that are pages."""
    errors: int = 0
    warnings: int = 0
    notes: int = 0
    """The notes that are listed."""
    hidden_notes: int = 0
    suppressed: int = 0
    known: int = 0
    """How many a baseline accepts."""
    fixed: int = 0
    """How many were fixed, and are not counted otherwise."""
    fixable: int = 0
    """How many of the listed have a safe fix."""
    unsafely_fixable: int = 0
    """How many of the listed have a fix that a person should look at."""
    counts: dict[str, Count] = field(default_factory=dict)
    """The listed problems by code."""
    paths: set[str] = field(default_factory=set)
    """The files that have listed problems."""

    def add(self, problem: Problem, hidden: bool = False) -> None:
        """Count ``problem``; ``hidden`` says that it is a note that is not listed."""
        if problem.suppressed:
            self.suppressed += 1
        elif hidden:
            self.hidden_notes += 1
        else:
            self._list(problem)

    def _list(self, problem: Problem) -> None:
        if problem.severity is Severity.ERROR:
            self.errors += 1
        elif problem.severity is Severity.WARNING:
            self.warnings += 1
        else:
            self.notes += 1
        self.paths.add(problem.path)
        if problem.fix is not None:
            self.fixable += problem.fix.safe
            self.unsafely_fixable += not problem.fix.safe
        one = self.counts.get(problem.code)
        if one is None:
            one = self.counts[problem.code] = Count(problem.name)
        one.severities[problem.severity] += 1

    def rows(self) -> list[Row]:
        """The listed problems by code and severity, the most frequent first."""
        found = [
            Row(count, code, one.name, severity)
            for code, one in self.counts.items()
            for severity, count in one.severities.items()
        ]
        return sorted(found, key=lambda row: (-row.number, row.code, row.severity.rank))

    @property
    def listed(self) -> int:
        """How many problems are listed, of every severity."""
        return self.errors + self.warnings + self.notes

    def to_dict(self) -> dict[str, int]:
        """The JSON form, as ``schemas/report.schema.json`` describes it."""
        return {
            "files": self.files,
            "pages": self.pages,
            "errors": self.errors,
            "warnings": self.warnings,
            "notes": self.notes,
            "hidden_notes": self.hidden_notes,
            "suppressed": self.suppressed,
            "known": self.known,
            "fixed": self.fixed,
        }


def sentence(summary: Summary) -> str:
    """The run in one line, without its newline."""
    if not summary.files and not summary.listed:
        return "No files to check."
    remarks = "; ".join(_remarks(summary))
    return f"{_verdict(summary)} ({remarks})." if remarks else f"{_verdict(summary)}."


def _verdict(summary: Summary) -> str:
    files = max(summary.files, len(summary.paths))
    if not summary.listed:
        return f"No problems in {_number(files, 'file')}"
    counts = ((summary.errors, "error"), (summary.warnings, "warning"), (summary.notes, "note"))
    *most, last = [_number(count, noun) for count, noun in counts if count]
    found = f"{', '.join(most)} and {last}" if most else last
    of = "" if len(summary.paths) == files else f"{len(summary.paths):,} of "
    return f"Found {found} in {of}{_number(files, 'file')}"


def _remarks(summary: Summary) -> list[str]:
    remarks = []
    if not summary.pages and summary.files:
        remarks.append("not a page" if summary.files == 1 else "none of them a page")
    elif summary.pages < summary.files:
        remarks.append(f"{_number(summary.pages, 'page')} among them")
    if summary.fixed:
        remarks.append(f"{summary.fixed:,} fixed")
    ways = []
    if summary.fixable:
        ways.append(f"{summary.fixable:,} can be fixed with --fix")
    if summary.unsafely_fixable:
        more = "more" if ways else "can be fixed"
        ways.append(f"{summary.unsafely_fixable:,} {more} with --unsafe-fixes")
    if ways:
        remarks.append(", ".join(ways))
    if summary.known:
        remarks.append(f"{summary.known:,} in the baseline")
    if summary.suppressed:
        remarks.append(f"{summary.suppressed:,} suppressed")
    if summary.hidden_notes:
        them = "it" if summary.hidden_notes == 1 else "them"
        notes = _number(summary.hidden_notes, "note")
        remarks.append(f"{notes} hidden: show {them} with --notes")
    return remarks


def _number(count: int, noun: str) -> str:
    return f"{count:,} {noun}" if count == 1 else f"{count:,} {noun}s"
