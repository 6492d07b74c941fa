"""A whole run: files in, checked files out, one by one and in order."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from ogcheck.engine.check import Checked, Checker
from ogcheck.engine.discover import Found
from ogcheck.problem import Finding, Severity, complete
from ogcheck.source import Source

_HEAD = 65_536


class Outcome(NamedTuple):
    """One file of a run."""

    found: Found
    checked: Checked


def run(found: Iterable[Found], checker: Checker) -> Iterator[Outcome]:
    """Check every file. A file that cannot be read is a problem. Raises ``ConfigError``."""
    for one in found:
        yield Outcome(one, check_file(one, checker))


def check_file(one: Found, checker: Checker) -> Checked:
    """Read and check one file. Raises ``ConfigError``."""
    if one.fault is not None:
        return _unreadable(one, checker, one.fault)
    try:
        source = read_file(one, checker)
    except OSError as error:
        reason = (error.strerror or type(error).__name__).lower()
        return _unreadable(one, checker, reason)
    return checker.check(source, one.path)


def read_file(one: Found, checker: Checker) -> Source:
    """Read one file, or the beginning of one that is too large. Raises ``OSError``."""
    limit = checker.prepared(one.path)[1].reading.limits.size
    with open(one.path, "rb") as file:
        size = os.fstat(file.fileno()).st_size
        # Of a file that is too large only the beginning is needed: is it a page at all?
        # A buffer of the limit's size for every small file would cost as much as a rule.
        data = file.read(_HEAD if size > limit else (size or limit) + 1)
    return Source.from_bytes(one.shown, data, max(size, len(data)))


def _unreadable(one: Found, checker: Checker, reason: str) -> Checked:
    plan = checker.prepared(one.path)[1]
    if "OGX004" not in plan.enabled:
        return Checked([], None, f"it cannot be read: {reason}", plan)
    finding = Finding("OGX004", f"The file cannot be read: {reason}.", 0, 0,
                      help="Make it readable, or exclude it.")  # fmt: skip
    source = Source(one.shown, "")
    severity = plan.severity.get("OGX004", Severity.ERROR)
    problem = complete(finding, source, name="unreadable-file", severity=severity)
    return Checked([problem], None, None, plan)
