"""One page that holds the whole report, for a browser: to search, to print, to hand on.

It loads nothing, from anywhere: style and script are in it, and its Content-Security-Policy lets no
other run, whatever a page under check may hold. What is listed can be read without the script,
which adds the filter and the order. The totals come first, so the page is written when all problems
are known.
"""

from __future__ import annotations

from base64 import b64encode
from collections import Counter
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from ogcheck import __version__
from ogcheck.problem import Severity
from ogcheck.reports.base import Reporter
from ogcheck.reports.folders import folders, parents
from ogcheck.reports.html_problem import escaped, item, link, shown
from ogcheck.reports.summary import sentence
from ogcheck.reports.terminal import Screen
from ogcheck.rules import documentation

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from typing import TextIO

    from ogcheck.problem import Problem
    from ogcheck.reports.folders import Folder
    from ogcheck.reports.summary import Count, Summary

SHOWN = 20_000
"""How many problems are listed, errors before warnings before notes: browsers open so many in
seconds, and ten times as many hardly."""

_FOLDER = Path(__file__).parent


class _Item(NamedTuple):
    """A problem as markup, and which one of the run it is."""

    number: int
    path: str
    text: str


class HtmlReporter(Reporter):
    """Totals, tables by rule and by folder, and the problems of each file."""

    def __init__(self, out: TextIO, **how: Any) -> None:
        super().__init__(out, **how)
        self._items: dict[int, list[_Item]] = {severity.rank: [] for severity in Severity}
        self._counts: dict[str, Counter[str]] = {}
        self._number = 0
        self._encoding = self.screen.encoding
        self.screen = Screen()  # what the stream cannot take becomes a character reference

    def problem(self, problem: Problem) -> None:
        """Take one problem in."""
        self._number += 1
        self._counts.setdefault(problem.path, Counter())[problem.severity] += 1
        items = self._items[problem.severity.rank]
        if len(items) < SHOWN:
            items.append(_Item(self._number, problem.path, item(problem, self.screen)))

    def end(self, summary: Summary) -> None:
        """Write the page."""
        for part in self._parts(summary):
            self.out.write(self._taken(part) + "\n")
        super().end(summary)

    def _taken(self, text: str) -> str:
        if self._encoding is None:
            return text
        return text.encode("ascii", "xmlcharrefreplace").decode("ascii")

    def _parts(self, summary: Summary) -> Iterator[str]:
        style, script = (
            (_FOLDER / f"html_page.{kind}").read_text("utf-8") for kind in ("css", "js")
        )
        yield "<!doctype html>"
        yield '<html lang="en">'
        yield "<head>"
        yield '<meta charset="utf-8">'
        yield f'<meta http-equiv="Content-Security-Policy" content="{_policy(style, script)}">'
        yield '<meta name="viewport" content="width=device-width, initial-scale=1">'
        yield '<meta name="color-scheme" content="light dark">'
        yield '<meta name="robots" content="noindex">'
        yield "<title>ogcheck report</title>"
        yield f"<style>{style}</style>"
        yield "</head>"
        yield "<body>"
        yield "<header>"
        yield "<h1>ogcheck report</h1>"
        yield f"<p>{escaped(sentence(summary))}</p>"
        yield "</header>"
        yield "<main>"
        if self._number:
            yield from self._report(summary)
        yield "</main>"
        yield f"<footer><p>Written by ogcheck {__version__}.</p></footer>"
        if self._number:
            yield f"<script>{script}</script>"
        yield "</body>"
        yield "</html>"

    def _report(self, summary: Summary) -> Iterator[str]:
        listed = folders(self._counts)
        rules = sorted(summary.counts.items(), key=lambda one: (-one[1].count, one[0]))
        yield from _totals(summary)
        yield '<div class="tables">'
        yield from self._by_rule(rules)
        yield from self._by_folder(listed)
        yield "</div>"
        yield '<h2 id="problems" tabindex="-1">Problems</h2>'
        worst = [one for rank in sorted(self._items) for one in self._items[rank]][:SHOWN]
        if len(worst) < self._number:
            yield f"<p>{len(worst):,} of {self._number:,} problems are listed here, errors before"
            yield "warnings before notes. The totals count all.</p>"
        yield from self._filter(rules, listed)
        files: dict[str, list[str]] = {}
        for one in sorted(worst):
            files.setdefault(one.path, []).append(one.text)
        yield '<div id="list">'
        numbers = {folder.path: i for i, folder in enumerate(listed)}
        for path, items in files.items():
            within = " ".join(str(numbers[name]) for name in parents(path) if name in numbers)
            yield f'<section data-folders="{within}">'
            yield f"<h3>{shown(path, self.screen)} <span>({len(items):,})</span></h3>"
            yield "<ol>"
            yield from items
            yield "</ol>"
            yield "</section>"
        yield "</div>"

    def _by_rule(self, rules: list[tuple[str, Count]]) -> Iterator[str]:
        yield from _table_start("rule", ("Rule", *_COUNTS, "What it reports"))
        for code, one in rules:
            rule = self.rules.get(code)
            about = documentation.summary(rule) if rule is not None else ""
            yield (
                f'<tr data-value="{shown(code, self.screen)}">'
                f'<th scope="row">{link(code, self.screen)} {shown(one.name, self.screen)}</th>'
                f"{_numbers(one.severities)}<td>{shown(about, self.screen)}</td></tr>"
            )
        yield from _TABLE_END

    def _by_folder(self, listed: list[Folder]) -> Iterator[str]:
        yield from _table_start("folder", ("In and below", "Files", *_COUNTS))
        for number, folder in enumerate(listed):
            head = f'<th scope="row">{shown(folder.path, self.screen)}</th>'
            files = f'<td class="number">{folder.files:,}</td>'
            yield f'<tr data-value="{number}">{head}{files}{_numbers(folder.counts)}</tr>'
        yield from _TABLE_END

    def _filter(self, rules: list[tuple[str, Count]], listed: list[Folder]) -> Iterator[str]:
        present: Counter[str] = sum(self._counts.values(), Counter())
        severities = {str(one): str(one) for one in Severity if present[one]}
        names = {
            shown(code, self.screen): shown(f"{code} {one.name}", self.screen)
            for code, one in rules
        }
        paths = {str(i): shown(folder.path, self.screen) for i, folder in enumerate(listed)}
        yield '<form role="search" aria-label="Problems" autocomplete="off" hidden>'
        yield '<p><label for="text">Text</label> <input type="search" id="text"></p>'
        yield from _choice("severity", "Severity", {"": "all", **severities})
        yield from _choice("rule", "Rule", {"": "all", **names})
        yield from _choice("folder", "Folder", {"": "all", **paths})
        yield from _choice("order", "Order", _ORDERS)
        yield '<p><button type="reset">Show all</button></p>'
        yield '<p role="status" id="shown"></p>'
        yield "</form>"


_ORDERS = {
    "file": "by file",
    "most": "by file, most problems first",
    "severity": "by severity",
    "rule": "by rule",
}
_COUNTS = ("Problems", *(f"{one.title()}s" for one in Severity))
"""The heads of :func:`_numbers`."""
_TABLE_END = ("</tbody></table></div>", "</section>")


def _policy(style: str, script: str) -> str:
    """The Content-Security-Policy: this style, this script, and nothing else."""
    hashes = (
        f"{kind}-src 'sha256-{b64encode(sha256(text.encode()).digest()).decode()}'"
        for kind, text in (("style", style), ("script", script))
    )
    return "; ".join(("default-src 'none'", *hashes, "base-uri 'none'", "form-action 'none'"))


def _totals(summary: Summary) -> Iterator[str]:
    counts = {
        "errors": summary.errors,
        "warnings": summary.warnings,
        "notes": summary.notes,
        "files with problems": len(summary.paths),
        "files checked": max(summary.files, len(summary.paths)),
        "safe fixes": summary.fixable,
    }
    yield "<h2>Totals</h2>"
    yield '<dl class="totals">'
    yield from (f"<div><dt>{label}</dt><dd>{n:,}</dd></div>" for label, n in counts.items())
    yield "</dl>"


def _table_start(name: str, heads: tuple[str, ...]) -> Iterator[str]:
    yield "<section>"
    yield f'<h2 id="by-{name}">By {name}</h2>'
    yield f'<div class="scroll" role="region" aria-labelledby="by-{name}" tabindex="0">'
    yield f'<table data-filter="{name}" aria-labelledby="by-{name}">'
    cells = "".join(f'<th scope="col">{head}</th>' for head in heads)
    yield f"<thead><tr>{cells}</tr></thead>"
    yield "<tbody>"


def _numbers(counts: Counter[Any]) -> str:
    """Cells with how many problems there are, and how many of each severity."""
    found = (counts.total(), *(counts[one] for one in Severity))
    return "".join(f'<td class="number">{one:,}</td>' for one in found)


def _choice(name: str, label: str, options: Mapping[str, str]) -> Iterator[str]:
    """A labelled ``select``; values and texts are markup."""
    choices = "".join(f'<option value="{value}">{text}</option>' for value, text in options.items())
    yield f'<p><label for="{name}">{label}</label> <select id="{name}">{choices}</select></p>'
