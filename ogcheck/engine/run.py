"""Files in, what became of them out: one by one, in order, in this process."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from ogcheck.engine.check import Checked, Checker
from ogcheck.engine.discover import Found
from ogcheck.opening import opened
from ogcheck.problem import Finding, Problem, Severity, complete
from ogcheck.rules.site_base import PageFacts
from ogcheck.source import Source

_HEAD = 65_536


class Outcome(NamedTuple):
    """What became of one file of a run.

    Plain and without the page, so that it can come from another process or from the cache
    (:mod:`ogcheck.engine.records`).
    """

    found: Found
    problems: list[Problem]
    """By position, then code; suppressed ones included."""
    passed_over: str | None
    """Why it was not checked; None if it was."""
    is_page: bool
    hidden: int
    """How many notes there are that nobody asked for; they are not among the problems."""
    lasts: bool
    """As in :class:`~ogcheck.engine.check.Checked`, and so are the next."""
    facts: PageFacts | None = None
    pair: tuple[str, str] | None = None


def outcome(found: Found, checked: Checked) -> Outcome:
    """What is kept of ``checked``."""
    return Outcome(
        found,
        checked.problems,
        checked.passed_over,
        checked.page is not None,
        checked.hidden,
        checked.lasts,
        checked.facts,
        checked.pair,
    )


def run(found: Iterable[Found], checker: Checker) -> Iterator[Outcome]:
    """Check every file. A file that cannot be read is a problem. Raises ``ConfigError``."""
    for one in found:
        yield outcome(one, check_file(one, checker))


def check_file(one: Found, checker: Checker) -> Checked:
    """Read and check one file. Raises ``ConfigError``."""
    return check_with_stamp(one, checker, stamped=False)[0]


class Stamp(NamedTuple):
    """What a file was when it was read."""

    size: int
    modified: int
    """Nanoseconds, as the next."""
    changed: int
    """When anything of it was last set, the time above included."""
    content: bytes
    """The :func:`digest` of all that it held."""


def digest(data: bytes) -> bytes:
    """What tells one content of a file from another."""
    from hashlib import blake2b  # slow to import, and only a cache asks for it

    return blake2b(data, digest_size=16).digest()


def check_with_stamp(
    one: Found, checker: Checker, *, stamped: bool
) -> tuple[Checked, Stamp | None]:
    """As :func:`check_file`, and what the file was, where that is asked for. Raises the same.

    There is none where not all of it was read, or where the answer does not last.
    """
    if one.fault is not None:
        return unreadable(one, checker, one.fault), None
    try:
        source, data, found = _read(one, checker)
    except OSError as error:
        reason = (error.strerror or type(error).__name__).lower()
        return unreadable(one, checker, reason), None
    checked = checker.check(source, one.path)
    if not stamped or not checked.lasts or len(data) != found.st_size:
        return checked, None
    return checked, Stamp(found.st_size, found.st_mtime_ns, found.st_ctime_ns, digest(data))


def read_file(one: Found, checker: Checker) -> Source:
    """Read one file, or the beginning of one that is too large. Raises ``OSError``."""
    return _read(one, checker)[0]


def _read(one: Found, checker: Checker) -> tuple[Source, bytes, os.stat_result]:
    limit = checker.prepared(one.file)[1].reading.limits.size
    with opened(one.file) as file:
        found = os.fstat(file.fileno())
        size = found.st_size
        # Of a file that is too large only the beginning is needed: is it a page at all?
        # A buffer of the limit's size for every small file would cost as much as a rule.
        data = file.read(_HEAD if size > limit else (size or limit) + 1)
    return Source.from_bytes(one.shown, data, max(size, len(data))), data, found


def unreadable(one: Found, checker: Checker, reason: str) -> Checked:
    """OGX004 for a file, which cannot be read for ``reason``. Raises ``ConfigError``."""
    plan = checker.prepared(one.file)[1]
    if "OGX004" not in plan.enabled:
        return Checked([], None, f"it cannot be read: {reason}", plan, lasts=False)
    finding = Finding("OGX004", f"The file cannot be read: {reason}.", 0, 0,
                      help="Make it readable, or exclude it.")  # fmt: skip
    source = Source(one.shown, "")
    severity = plan.severity.get("OGX004", Severity.ERROR)
    problem = complete(finding, source, name="unreadable-file", severity=severity)
    return Checked([problem], None, None, plan, lasts=False)
