"""The closing sentence, the counts and the table of ``--statistics``."""

from __future__ import annotations

import pytest

from ogcheck.problem import Finding, Problem, Severity, complete
from ogcheck.reports.statistics import render_statistics
from ogcheck.reports.summary import Summary, sentence
from ogcheck.source import Source


def problem(
    code: str, severity: Severity, path: str = "p.md", *, suppressed: bool = False
) -> Problem:
    return complete(
        Finding(code, "m", 0, 0),
        Source(path, ""),
        name=f"name-{code.lower()}",
        severity=severity,
        suppressed=suppressed,
    )


SHOW = ": show them with --notes)."
MANY = (
    "Found 1,200 notes in 1 of 3,000 files "
    "(1,767 pages among them; 1,000 suppressed; 12,345 notes hidden" + SHOW
)
E, W, N = Severity.ERROR, Severity.WARNING, Severity.NOTE


@pytest.mark.parametrize(
    ("files", "pages", "listed", "hidden", "suppressed", "expected"),
    [
        (0, 0, [], 0, 0, "No files to check."),
        (1, 1, [], 0, 0, "No problems in 1 file."),
        (12, 12, [], 0, 0, "No problems in 12 files."),
        (1, 0, [], 0, 0, "No problems in 1 file (not a page)."),
        (12, 0, [], 0, 0, "No problems in 12 files (none of them a page)."),
        (12, 1, [], 0, 0, "No problems in 12 files (1 page among them)."),
        (1, 1, [E], 0, 0, "Found 1 error in 1 file."),
        (1, 1, [E, W], 4, 0, "Found 1 error and 1 warning in 1 file (4 notes hidden" + SHOW),
        (1, 1, [W, W], 1, 0, "Found 2 warnings in 1 file (1 note hidden: show it with --notes)."),
        (9, 9, [E, E, W, N], 0, 0, "Found 2 errors, 1 warning and 1 note in 1 of 9 files."),
        (0, 0, [E], 0, 0, "Found 1 error in 1 file."),
        (12, 12, [], 2, 3, "No problems in 12 files (3 suppressed; 2 notes hidden" + SHOW),
        (3000, 1767, [N] * 1200, 12345, 1000, MANY),
    ],
)
def test_sentence(
    files: int, pages: int, listed: list[Severity], hidden: int, suppressed: int, expected: str
) -> None:
    summary = Summary(files=files, pages=pages)
    for severity in listed:
        summary.add(problem("OG001", severity))
    for _ in range(hidden):
        summary.add(problem("OG021", N), hidden=True)
    for _ in range(suppressed):
        summary.add(problem("OG021", E, suppressed=True))
    assert sentence(summary) == expected


def test_to_dict() -> None:
    summary = Summary(files=5, pages=4)
    summary.add(problem("A1", E))
    summary.add(problem("A1", W, "q.md"))
    summary.add(problem("A1", W, "q.md"))
    summary.add(problem("N1", N), hidden=False)
    summary.add(problem("N1", N), hidden=True)
    summary.add(problem("N1", N, suppressed=True), hidden=True)
    assert summary.to_dict() == {
        "files": 5,
        "pages": 4,
        "errors": 1,
        "warnings": 2,
        "notes": 1,
        "hidden_notes": 1,
        "suppressed": 1,
        "known": 0,
        "fixed": 0,
    }
    assert sentence(summary).startswith("Found 1 error, 2 warnings and 1 note in 2 of 5 files (")


def test_statistics() -> None:
    summary = Summary()
    for code, severity, count in (
        ("TXT010", N, 1),
        ("OG01", W, 1200),
        ("TXT010", E, 6),
        ("B1", N, 7),
    ):
        for _ in range(count):
            summary.add(problem(code, severity))
    summary.add(problem("OG099", N), hidden=True)
    assert render_statistics(summary) == (
        "1,200  OG01    name-og01    warning\n"
        "    7  B1      name-b1      note\n"
        "    6  TXT010  name-txt010  error\n"
        "    1  TXT010  name-txt010  note\n"
    )
    assert render_statistics(summary, color=True).startswith(
        "1,200  \x1b[1mOG01  \x1b[0m  name-og01    \x1b[1;33mwarning\x1b[0m\n"
    )
    assert render_statistics(Summary()) == ""
