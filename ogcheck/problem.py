"""What a check says: a finding inside a page, and the problem that leaves it.

A finding is what a rule, a reader or the schema yields while the page is at hand. A problem is the
same, complete in itself: plain data with its place, its line of source and its fix, so that it can
cross processes, caches and reports, none of which open files.
"""

from __future__ import annotations

import builtins
from collections.abc import Callable
from enum import StrEnum
from typing import TYPE_CHECKING, Any, NamedTuple

from ogcheck.frozen import slotted
from ogcheck.source import BOM

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

    def fails(self, fail_on: str) -> bool:
        """Whether such a problem fails a run with ``--fail-on``: error, warning or never."""
        return self.rank <= _FAILING[fail_on]


_RANKS = {Severity.ERROR: 0, Severity.WARNING: 1, Severity.NOTE: 2}
_FAILING = {"error": 0, "warning": 1, "never": -1}
"""The highest rank that fails."""


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
    """A further place that a finding speaks of."""

    start: int
    end: int
    message: str
    source: Source | None = None
    """The file that it is in; None for that of the finding."""


Words = Callable[[], tuple[str, str | None]]
"""Makes the message of a finding and its help when somebody asks for them."""


@slotted
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
    """JSON Pointer into the front matter; in HTML the property's name and its number."""
    value: str | None = None
    """What it is about: the property's value, or the part of it that would be alike elsewhere."""
    related: tuple[Place, ...] = ()
    fix: Fix | Callable[[], Fix | None] | None = None
    """Or what makes it: a fix costs more than a finding, and is not made where nobody sees it."""
    also: tuple[Finding, ...] = ()
    """What other checks say of the same fault."""
    locate: Callable[[], tuple[int, int, tuple[Place, ...]]] | None = None
    """What tells ``start``, ``end`` and ``related``, where they are not told yet: a note that
    nobody asked for is counted, and its place never looked for."""

    words: Words | None = None
    """What tells ``message`` and ``help``, where they are not told yet, for the same reason."""

    def worded(self) -> Finding:
        """The same, once its words are told."""
        if self.words is not None:
            self.message, self.help = self.words()
            self.words = None
        return self

    def placed(self) -> Finding:
        """The same, once its places are told."""
        if self.locate is not None:
            self.start, self.end, self.related = self.locate()
            self.locate = None
        return self


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


class Region(NamedTuple):
    """Where an edit replaces text. Lines and columns count from 1, ends are exclusive."""

    line: int
    column: int
    end_line: int
    end_column: int
    byte_column: int
    end_byte_column: int


@slotted
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
    byte_column: int = 0
    """As ``column``, in bytes of UTF-8; a byte-order mark counts."""
    end_byte_column: int = 0
    edit_regions: tuple[Region, ...] = ()
    """Where each edit of the fix is."""

    @builtins.property
    def fingerprint(self) -> str:
        """Names the problem by what it is about, not where it stands: 16 hexadecimal digits."""
        from hashlib import blake2b  # not needed by most runs, and slow to import

        about = self.property or self.pointer or ""
        key = f"{self.code}\0{about}\0{self.subject}".encode("utf-8", "surrogatepass")
        return blake2b(key, digest_size=8).hexdigest()

    @builtins.property
    def text(self) -> str:
        """The message, and what to write instead."""
        return f"{self.message} {self.help}" if self.help else self.message

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
    finding.placed().worded()
    start, end = finding.start, finding.end
    if not 0 <= start <= end <= len(source.text):
        raise ValueError(f"span {start}..{end} is not within 0..{len(source.text)}")
    place = _locate(source, start, end)
    fix = finding.fix() if callable(finding.fix) else finding.fix
    # In the order of the fields: names would take as long again.
    return Problem(
        source.path,
        finding.code,
        name,
        severity,
        finding.message,
        finding.help,
        finding.property,
        finding.pointer,
        *place,
        tuple([_relate(one, source) for one in finding.related]) if finding.related else (),
        tuple([{"code": f.code, "message": f.worded().message} for f in finding.also]),
        fix,
        suppressed,
        source.text[start:end],
        None if finding.value is None else finding.value[:LINE_LIMIT],
        _byte_column(source, start, place[1]),
        _byte_column(source, end, place[3]),
        () if fix is None else tuple([_region(source, edit) for edit in fix.edits]),
    )


def _region(source: Source, edit: Edit) -> Region:
    line, column = source.position(edit.start)
    end_line, end_column = source.position(edit.end)
    return Region(line, column, end_line, end_column, _byte_column(source, edit.start, column),
                  _byte_column(source, edit.end, end_column))  # fmt: skip


def _byte_column(source: Source, offset: int, column: int) -> int:
    """``column``, that of ``offset``, in bytes of the line as UTF-8, undecodable ones as such."""
    text = source.text
    if text.isascii():  # known without looking
        return column
    start = offset - column + 1
    if start == 1 and text.startswith(BOM):
        start = 0
    before = text[start:offset]
    try:
        return 1 + len(before.encode())
    except UnicodeEncodeError:
        undecodable = sum("\udc80" <= c <= "\udcff" for c in before)
    return 1 + len(before.encode("utf-8", "surrogatepass")) - 2 * undecodable


def _relate(place: Place, source: Source) -> Related:
    source = place.source or source
    return Related(source.path, place.message, *_locate(source, place.start, place.end))


def _locate(
    source: Source, start: int, end: int
) -> tuple[int, int, int, int, int, int, str, int]:  # fmt: skip
    """Line and column of both ends, the offsets, the first line and the column where it is cut.

    The line is cut around the span where it is long.
    """
    line, column = source.position(start)
    first, last = source.line_around(start, line)
    if first <= start and end <= last:
        end_line, end_column = line, column + end - start
    else:
        end_line, end_column = source.position(end)
    if last - first <= LINE_LIMIT:
        return line, column, end_line, end_column, start, end, source.text[first:last], 1
    middle = min(end, last, start + LINE_LIMIT // 2)
    low = max(first, min(start - (LINE_LIMIT - (middle - start)) // 2, last - LINE_LIMIT))
    text = source.text[low : low + LINE_LIMIT]
    return line, column, end_line, end_column, start, end, text, low - first + 1
