"""One JSON document, as ``schemas/report.schema.json`` describes it.

Problems are written as they come, each on a line of its own, so that a report of any size needs no
memory and two reports can be compared line by line.
"""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

from ogcheck.reports.base import Reporter
from ogcheck.values.patterns import late

if TYPE_CHECKING:
    from ogcheck.problem import Problem
    from ogcheck.reports.summary import Summary

VERSION = 1
"""Of the document's shape; it grows when a key changes its meaning or goes."""

_SURROGATE = late(r"[\ud800-\udfff]")
_UNSAFE = late(r"[\x7f-\x9f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ud800-\udfff]")
"""What JSON allows in a string as it is, but a terminal would obey or hide, or UTF-8 refuse."""


class JsonReporter(Reporter):
    """``{"version": 1, "problems": […], "summary": {…}}``."""

    _separator = "\n"

    def begin(self) -> None:
        """Open the document and its list of problems."""
        self.out.write(f'{{"version": {VERSION}, "problems": [')

    def problem(self, problem: Problem) -> None:
        """Write one problem as one line."""
        self.out.write(self._separator + self._dump(_writable(problem.to_dict())))
        self._separator = ",\n"

    def end(self, summary: Summary) -> None:
        """Close the list, write the summary and close the document."""
        close = "]" if self._separator == "\n" else "\n]"
        self.out.write(f'{close}, "summary": {self._dump(summary.to_dict())}}}\n')
        super().end(summary)

    def _dump(self, data: dict[str, Any]) -> str:
        ascii_only = self.screen.encoding is not None
        return _UNSAFE.sub(_escape, json.dumps(data, ensure_ascii=ascii_only))


def _writable(data: dict[str, Any]) -> dict[str, Any]:
    """``data`` without a fix that holds undecodable bytes: JSON cannot carry its text unharmed."""
    fix = data["fix"]
    if fix and any(_SURROGATE.search(edit["text"]) for edit in fix["edits"]):
        return {**data, "fix": None}
    return data


def _escape(match: re.Match[str]) -> str:
    r"""JSON's escape for a character; for a lone surrogate, the text ``\xNN`` or ``\uNNNN``."""
    code = ord(match.group())
    if 0xDC80 <= code <= 0xDCFF:
        return f"\\\\x{code - 0xDC00:02x}"
    return f"\\\\u{code:04x}" if 0xD800 <= code <= 0xDFFF else f"\\u{code:04x}"
