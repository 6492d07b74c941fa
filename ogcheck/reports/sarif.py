"""SARIF 2.1.0, which code scanning and editors read (OASIS, errata 01, August 2023).

Results are written as they come; the tool and its rules, of which only those are listed that were
reported, follow them: in JSON the order of keys means nothing. Columns count code points and ends
are exclusive, as everywhere in ogcheck. The fingerprints are ogcheck's own, beside which
GitHub's upload action puts those that it makes itself.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from ogcheck import __version__
from ogcheck.problem import DOCS_URL, Severity
from ogcheck.reports.base import Reporter
from ogcheck.reports.json_text import dump, is_carried
from ogcheck.reports.occurrences import Occurrences
from ogcheck.rules.documentation import page, sections, summary

if TYPE_CHECKING:
    from ogcheck.problem import Fix, Problem, Region, Related
    from ogcheck.reports.summary import Summary
    from ogcheck.rules.base import Rule

_SCHEMA = (
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
)
_ROOT = "%SRCROOT%"
_AFTER_RESULTS = {
    "columnKind": "unicodeCodePoints",
    "newlineSequences": ["\r\n", "\n", "\r"],
    "automationDetails": {"id": "ogcheck/"},
    "originalUriBaseIds": {_ROOT: {"description": {"text": "The folder where ogcheck was run."}}},
    "invocations": [{"executionSuccessful": True}],
}
_URGENCY = {
    Severity.ERROR: "error",
    Severity.WARNING: "warning",
    Severity.NOTE: "recommendation",
}
"""``problem.severity`` as GitHub's code scanning knows it: of a rule, the worst of this run."""


class SarifReporter(Reporter):
    """One run, a result a line."""

    _separator = "\n"

    def begin(self) -> None:
        """Open the log, its run and the list of results."""
        self._occurrences = Occurrences()
        self._reported: dict[str, dict[str, Any]] = {}
        self._numbers: dict[str, int] = {}
        self._worst: dict[str, Severity] = {}
        start = f'{{"$schema": "{_SCHEMA}", "version": "2.1.0", "runs": [{{"results": ['
        self.out.write(start)

    def problem(self, problem: Problem) -> None:
        """Write one problem as one line."""
        if problem.code not in self._reported:
            self._numbers[problem.code] = len(self._reported)
            rule = self.rules.get(problem.code)
            self._reported[problem.code] = _described(problem) if rule is None else _rule(rule)
        before = self._worst.get(problem.code, problem.severity)
        self._worst[problem.code] = before.worse(problem.severity)
        self.out.write(self._separator + self._dump(self._result(problem)))
        self._separator = ",\n"

    def end(self, summary: Summary) -> None:
        """Close the list, describe the run and its rules, and close the log."""
        close = "]" if self._separator == "\n" else "\n]"
        self.out.write(f'{close},\n"tool": {{"driver": {{"name": "ogcheck", ')
        self.out.write(f'"version": "{__version__}", "informationUri": "{_home()}", "rules": [')
        for code, severity in self._worst.items():
            self._reported[code]["properties"] = {"problem.severity": _URGENCY[severity]}
        rules = ",\n".join(map(self._dump, self._reported.values()))
        self.out.write(f"\n{rules}\n]}}}},\n" if rules else "]}},\n")
        rest = ",\n".join(f'"{k}": {self._dump(v)}' for k, v in _AFTER_RESULTS.items())
        self.out.write(f"{rest}}}]}}\n")
        super().end(summary)

    def _dump(self, data: Any) -> str:
        return dump(data, ascii_only=self.screen.encoding is not None)

    def _result(self, problem: Problem) -> dict[str, Any]:
        found: dict[str, Any] = {
            "ruleId": problem.code,
            "ruleIndex": self._numbers[problem.code],
            "level": str(problem.severity),
            "message": {"text": _plain(problem.text)},
            "locations": [{"physicalLocation": _place(problem)}],
        }
        if problem.related:
            found["relatedLocations"] = [
                {"id": i, "physicalLocation": _place(one), "message": {"text": _plain(one.message)}}
                for i, one in enumerate(problem.related, 1)
            ]
        found["partialFingerprints"] = {"ogcheck/v1": self._occurrences.name(problem)}
        if problem.fix is not None and is_carried(problem.fix):
            found["fixes"] = [_fix(problem, problem.fix)]
        if problem.suppressed:
            found["suppressions"] = [{"kind": "inSource"}]
        more = {"property": problem.property, "pointer": problem.pointer, "also": problem.also}
        found["properties"] = {key: value for key, value in more.items() if value}
        return found


def _rule(rule: type[Rule]) -> dict[str, Any]:
    """A rule's descriptor: its help is its page."""
    parts = sections(rule)
    about = [parts.get("What it does", ""), parts.get("Why it matters", "")]
    short = summary(rule) or rule.name
    return {
        "id": rule.code,
        "name": rule.name,
        "shortDescription": {"text": short},
        "fullDescription": {"text": parts.get("What it does") or short},
        "help": {"text": "\n\n".join(filter(None, about)) or short, "markdown": page(rule)},
        "helpUri": f"{DOCS_URL}{rule.code}/",
        "defaultConfiguration": {"level": str(rule.severity), "enabled": rule.on},
    }


def _described(problem: Problem) -> dict[str, Any]:
    """The descriptor of a rule of which no more is known than the problem tells."""
    return {"id": problem.code, "name": problem.name, "helpUri": problem.url}


def _place(place: Problem | Related) -> dict[str, Any]:
    return {
        "artifactLocation": _artifact(place.path),
        "region": {
            "startLine": place.line,
            "startColumn": place.column,
            "endLine": place.end_line,
            "endColumn": place.end_column,
        },
    }


def _artifact(path: str) -> dict[str, str]:
    """Where a file is: relative to where ogcheck was run, or absolute outside of it."""
    address = quote(path.encode("utf-8", "surrogateescape" if _is_bytes(path) else "surrogatepass"))
    if path.startswith("/"):
        return {"uri": f"file://{address}"}
    if re.match(r"[A-Za-z]:/", path):
        return {"uri": f"file:///{path[0]}:{address[4:]}"}
    return {"uri": address, "uriBaseId": _ROOT}


def _is_bytes(path: str) -> bool:
    """Whether what is no character in ``path`` is a byte of the file's name."""
    return path.isascii() or not any(
        "\ud800" <= c <= "\udfff" and not "\udc80" <= c <= "\udcff" for c in path
    )


def _fix(problem: Problem, fix: Fix) -> dict[str, Any]:
    replacements = [
        _replacement(region, edit.text)
        for edit, region in zip(fix.edits, problem.edit_regions, strict=True)
    ]
    return {
        "description": {"text": _plain(f"{fix.message} ({fix.applicability})")},
        "artifactChanges": [
            {"artifactLocation": _artifact(problem.path), "replacements": replacements}
        ],
    }


def _replacement(region: Region, text: str) -> dict[str, Any]:
    deleted = {
        "startLine": region.line,
        "startColumn": region.column,
        "endLine": region.end_line,
        "endColumn": region.end_column,
    }
    return {"deletedRegion": deleted, "insertedContent": {"text": text}}


def _plain(text: str) -> str:
    """``text`` without what viewers take for a link (SARIF 2.1.0, 3.11.6).

    Braces stay single: without ``arguments`` no viewer takes them for placeholders, and all show
    doubled ones as they are.
    """
    return text.replace("](", "] (")


def _home() -> str:
    return DOCS_URL.removesuffix("rules/")
