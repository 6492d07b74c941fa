"""What a check says: a finding inside a page, and the problem that leaves it.

A finding is what a rule, a reader or the schema yields while the page is at hand. A problem is the
same, complete in itself: plain data with its place, its line of source and its fix, so that it can
cross processes, caches and reports, none of which open files.
"""

from __future__ import annotations

import builtins
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from ogcheck.source import Source

LINE_LIMIT = 400
"""How many characters of a source line a problem carries around its span."""

DOCS_URL = "https://ogcheck.readthedocs.io/rules/"


class Severity(StrEnum):
    """How bad it is; ``note`` is advice, and never fails a run."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"

    @property
    def rank(self) -> int:
        """0 for the worst."""
        return _RANKS[self]

    def worse(self, other: Severity) -> Severity:
        """The more severe of the two."""
        return self if self.rank <= other.rank else other


_RANKS = {Severity.ERROR: 0, Severity.WARNING: 1, Severity.NOTE: 2}


class Edit(NamedTuple):
    """Replace the text between two offsets (code points, end exclusive)."""

    start: int
    end: int
    text: str


class Fix(NamedTuple):
    """Edits that mend a finding. ``safe``: what is meant stays; else a person should look."""

    safe: bool
    message: str
    edits: tuple[Edit, ...]
    inserts: tuple[str, ...] = ()
    """The properties that it adds."""

    @property
    def applicability(self) -> str:
        """``safe`` or ``unsafe``."""
        return "safe" if self.safe else "unsafe"


class Place(NamedTuple):
    """A further place that a finding speaks of, in the same source."""

    start: int
    end: int
    message: str


@dataclass(slots=True)
class Finding:
    """One fault, by offsets into the text of the page that it was found in."""

    code: str
    message: str
    start: int
    end: int
    severity: Severity | None = None
    """Where it is not the rule's own."""
    help: str | None = None
    property: str | None = None
    """The canonical name of the property that it is about, present or missing."""
    pointer: str | None = None
    """JSON Pointer into the front matter."""
    value: str | None = None
    """What it is about: the property's value, or the part of it that would be alike elsewhere."""
    related: tuple[Place, ...] = ()
    fix: Fix | Callable[[], Fix | None] | None = None
    """Or what makes it: a fix costs more than a finding, and is not made where nobody sees it."""
    also: tuple[Finding, ...] = ()
    """What other checks say of the same fault."""


class Related(NamedTuple):
    """A related place of a problem, complete."""

    path: str
    message: str
    line: int
    column: int
    end_line: int
    end_column: int
    offset: int
    end_offset: int
    source_line: str
    source_column: int


@dataclass(slots=True)
class Problem:
    """One finding, complete in itself. Lines and columns count from 1, ends are exclusive."""

    path: str
    code: str
    name: str
    severity: Severity
    message: str
    help: str | None
    property: str | None
    pointer: str | None
    line: int
    column: int
    end_line: int
    end_column: int
    offset: int
    end_offset: int
    source_line: str
    """The first line of the span, cut to ``LINE_LIMIT`` characters around it."""
    source_column: int
    """The column of ``source_line``'s first character."""
    related: tuple[Related, ...] = ()
    also: tuple[dict[str, str], ...] = ()
    fix: Fix | None = None
    suppressed: bool = False
    subject: str = ""
    """The text that the span covers."""
    value: str | None = None
    """What it is about, its first ``LINE_LIMIT`` characters; None where nothing is there."""

    @builtins.property
    def fingerprint(self) -> str:
        """Names the problem by what it is about, not where it stands: 16 hexadecimal digits."""
        from hashlib import blake2b  # not needed by most runs, and slow to import

        about = self.property or self.pointer or ""
        key = f"{self.code}\0{about}\0{self.subject}".encode("utf-8", "surrogatepass")
        return blake2b(key, digest_size=8).hexdigest()

    @builtins.property
    def url(self) -> str:
        """The rule's page."""
        return f"{DOCS_URL}{self.code}/"

    def to_dict(self) -> dict[str, Any]:
        """The JSON form, as ``schemas/report.schema.json`` describes it."""
        return {
            "path": printable(self.path),
            "code": self.code,
            "name": self.name,
            "severity": str(self.severity),
            "message": printable(self.message),
            "help": None if self.help is None else printable(self.help),
            "property": self.property,
            "pointer": None if self.pointer is None else printable(self.pointer),
            "line": self.line,
            "column": self.column,
            "end_line": self.end_line,
            "end_column": self.end_column,
            "offset": self.offset,
            "end_offset": self.end_offset,
            "related": [
                {
                    "path": printable(r.path),
                    "message": printable(r.message),
                    "line": r.line,
                    "column": r.column,
                    "end_line": r.end_line,
                    "end_column": r.end_column,
                    "offset": r.offset,
                    "end_offset": r.end_offset,
                }
                for r in self.related
            ],
            "also": [{k: printable(v) for k, v in one.items()} for one in self.also],
            "url": self.url,
            "fix": None
            if self.fix is None
            else {
                "applicability": self.fix.applicability,
                "message": printable(self.fix.message),
                "edits": [
                    {"offset": e.start, "end_offset": e.end, "text": e.text} for e in self.fix.edits
                ],
            },
            "fingerprint": self.fingerprint,
        }


def printable(text: str) -> str:
    """``text`` with undecodable bytes (lone surrogates) written as ``\\xNN`` or ``\\uNNNN``."""
    if text.isascii():
        return text
    return "".join(
        c
        if not "\ud800" <= c <= "\udfff"
        else f"\\x{ord(c) - 0xDC00:02x}"
        if "\udc80" <= c <= "\udcff"
        else f"\\u{ord(c):04x}"
        for c in text
    )


def complete(
    finding: Finding, source: Source, *, name: str, severity: Severity, suppressed: bool = False
) -> Problem:
    """The problem that ``finding`` is in ``source``.

    ``also`` of the problem names the other checks' codes and messages. Raises ``ValueError`` for
    spans outside the text.
    """
    size = len(source.text)
    if not 0 <= finding.start <= finding.end <= size:
        raise ValueError(f"span {finding.start}..{finding.end} is not within 0..{size}")
    start, end = source.position(finding.start), source.position(finding.end)
    line, column = _cut_line(source, finding.start, finding.end)
    return Problem(
        path=source.path,
        code=finding.code,
        name=name,
        severity=severity,
        message=finding.message,
        help=finding.help,
        property=finding.property,
        pointer=finding.pointer,
        line=start.line,
        column=start.column,
        end_line=end.line,
        end_column=end.column,
        offset=finding.start,
        end_offset=finding.end,
        source_line=line,
        source_column=column,
        related=tuple(_relate(place, source) for place in finding.related),
        also=tuple({"code": f.code, "message": f.message} for f in finding.also),
        fix=finding.fix() if callable(finding.fix) else finding.fix,
        suppressed=suppressed,
        subject=source.text[finding.start : finding.end],
        value=None if finding.value is None else finding.value[:LINE_LIMIT],
    )


def _relate(place: Place, source: Source) -> Related:
    start, end = source.position(place.start), source.position(place.end)
    line, column = _cut_line(source, place.start, place.end)
    return Related(
        source.path, place.message, *start, *end, place.start, place.end, line, column
    )  # fmt: skip


def _cut_line(source: Source, start: int, end: int) -> tuple[str, int]:
    """The line at ``start``, cut around the span; and the column where the cut begins."""
    number = source.position(start).line
    first, last = source.line_span(number)
    if last - first <= LINE_LIMIT:
        return source.text[first:last], 1
    middle = min(end, last, start + LINE_LIMIT // 2)
    low = max(first, min(start - (LINE_LIMIT - (middle - start)) // 2, last - LINE_LIMIT))
    return source.text[low : low + LINE_LIMIT], low - first + 1
