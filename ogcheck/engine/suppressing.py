"""Writes suppressions for what is found, so that a project can begin now and mend later.

A comment stands above the line of what it silences, with that line's indentation and all its codes;
never at the end of a line, which would grow with every code. What has no line of its own to stand
above (a syntax error, a page on one line, a title's second line) is silenced for the whole file;
JSON, which has no comments, has a key for it. What ogcheck says of itself (OGX) is never silenced
so: a rule that crashed, and a suppression that is useless, want something else.

The result is believed only if it reads back: every property and all data as before, and the problem
gone.
"""

from __future__ import annotations

import json
from bisect import bisect_right
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import NamedTuple

from ogcheck.engine.check import Checked, Checker
from ogcheck.engine.suppressions import Suppression, bare, find, key_entry, lines
from ogcheck.page import OWN_KEY, Page
from ogcheck.problem import Edit, Problem
from ogcheck.readers.comments import texts
from ogcheck.source import BOM, Source, Span
from ogcheck.values.splicing import spliced

ROUNDS = 10
"""A comment moves what stands below it, which may be one fault more: how often that is followed."""
_OURS = "OGX"
_TOP = -1
"""In place of a line: above everything in the front matter."""
_FILE = 0
"""In place of a line: the whole file."""


class Suppressed(NamedTuple):
    """What became of one file."""

    data: bytes
    """The file's bytes with the suppressions; those that were given, where there are none."""
    checked: Checked
    """What is found in them."""
    added: int
    """How many problems are silenced that were not."""
    refused: tuple[tuple[Problem, str], ...]
    """Those that could not be, and why."""


def fault_of(reason: str) -> str | None:
    """Why ``reason`` cannot stand in a comment; None if it can."""
    if not bare(reason):
        return "it says nothing"
    if not reason.isprintable():
        return "it has to be on one line, without control characters"
    if "--" in reason:
        return "it holds --, which no comment in HTML may"
    if "ogcheck:" in reason:
        return "it holds ogcheck:, which begins another suppression"
    return None


def suppress(
    checker: Checker,
    name: str,
    path: Path,
    data: bytes,
    reason: str,
    *,
    leave: Callable[[Problem], bool] | None = None,
) -> Suppressed:
    """Silence every problem that a run of ``checker`` would show in the file at ``path``.

    ``data`` is what it holds, ``name`` how reports call it. What ``leave`` says of a problem is
    that it is not to be silenced. Writes no file. Raises ``ConfigError``, and ``ValueError`` for a
    reason that cannot stand in a comment.
    """
    if (fault := fault_of(reason)) is not None:
        raise ValueError(fault)
    return _Work(checker, name, path, reason, leave).on(data)


_Key = tuple[str, str | None, str | None]


def _key(problem: Problem) -> _Key:
    """What a problem is about, wherever it stands."""
    return problem.code, problem.property, problem.pointer


class _Try(NamedTuple):
    data: bytes
    checked: Checked


class _Work:
    """Suppressions for one file, under way."""

    def __init__(
        self,
        checker: Checker,
        name: str,
        path: Path,
        reason: str,
        leave: Callable[[Problem], bool] | None,
    ) -> None:
        self.leave = leave
        self.checker = checker
        self.name = name
        self.path = path
        self.reason = reason
        self.wide: set[_Key] = set()
        """What has no line that a comment can speak for, and is silenced for the whole file."""
        self.refused: dict[_Key, tuple[Problem, str]] = {}

    def on(self, data: bytes) -> Suppressed:
        """Round after round, until nothing is left to silence."""
        now = self._look(data)
        added = 0
        for _ in range(ROUNDS):
            wanted = self._wanted(now)
            why = _unwritable(now) if wanted else None
            if why is not None:
                self.refused.update({_key(p): (p, why) for p in wanted})
            settled = self._settle(now, wanted) if wanted and why is None else None
            if settled is None:
                break
            added += len(wanted) - len([p for p in wanted if _key(p) in self.refused])
            now = settled
        return Suppressed(now.data, now.checked, added, tuple(self.refused.values()))

    def _look(self, data: bytes) -> _Try:
        return _Try(data, self.checker.check(Source.from_bytes(self.name, data), self.path))

    def _wanted(self, now: _Try) -> list[Problem]:
        return [
            p
            for p in now.checked.problems
            if not p.suppressed
            and not p.code.startswith(_OURS)
            and _key(p) not in self.refused
            and not (self.leave is not None and self.leave(p))
        ]

    def _settle(self, now: _Try, wanted: list[Problem]) -> _Try | None:
        """The file with what could be silenced of ``wanted``; None where nothing could.

        What fails beside its line is tried for the whole file, and what fails there is refused.
        """
        batch = wanted
        while batch:
            new = self._attempt(now, batch)
            failed = self._failing(now, new, batch)
            if not failed:
                return new
            if new is None and len(batch) > 1:
                each = [p for p in batch if self._fails_alone(now, p)]
                failed = each or batch
            for problem in failed:
                key = _key(problem)
                if key in self.wide:
                    self.refused[key] = (problem, "no comment can stand there")
                self.wide.add(key)
            batch = [p for p in batch if _key(p) not in self.refused]
        return None

    def _fails_alone(self, now: _Try, problem: Problem) -> bool:
        return bool(self._failing(now, self._attempt(now, [problem]), [problem]))

    def _failing(self, now: _Try, new: _Try | None, batch: list[Problem]) -> list[Problem]:
        """Those of ``batch`` that an attempt did not silence."""
        if new is None:
            return batch
        left = {
            _key(p)
            for p in new.checked.problems
            if not p.suppressed and not (self.leave is not None and self.leave(p))
        }
        return [p for p in batch if _key(p) in left]

    def _attempt(self, now: _Try, batch: list[Problem]) -> _Try | None:
        """The file with ``batch`` silenced; None where it would not read back as before."""
        page = now.checked.page
        edits = None if page is None else self._edits(page, batch)
        if page is None or edits is None:
            return None
        try:
            data = spliced(page.source.text, sorted(edits)).encode(_codec(page.source))
        except UnicodeEncodeError:
            return None
        new = self._look(data)
        return new if _is_same(page, new.checked.page) else None

    def _edits(self, page: Page, batch: list[Problem]) -> list[Edit] | None:
        """The edits that write suppressions for ``batch``; None where there is no place."""
        codes: dict[int, set[str]] = {}
        places = _Places(page)
        for problem in batch:
            line = _FILE if _key(problem) in self.wide else places.line(problem)
            codes.setdefault(line, set()).add(problem.code)
        if page.dialect.name == "json":
            return in_key(page, sorted(set().union(*codes.values())), self.reason)
        if _TOP in codes and (first := places.first_line()) in codes:
            codes[_TOP] |= codes.pop(first)  # one comment stands above both
        known = find(page)
        edits = []
        for line, found in codes.items():
            edit = self._extended(known, places, line, found) or places.inserted(
                line, sorted(found), self.reason
            )
            if edit is None:
                return None
            edits.append(edit)
        return edits

    def _extended(
        self, known: Iterable[Suppression], places: _Places, line: int, codes: set[str]
    ) -> Edit | None:
        """More codes in a suppression that stands at the same line for the same reason."""
        for one in known:
            if one.comment is None or not one.selectors or one.reason != bare(self.reason):
                continue
            is_it = one.line == (places.first_line() if line == _TOP else line)
            if is_it and (line != _TOP or len(one.covers or ()) > 1):
                at = one.selectors[-1].span.end
                return Edit(at, at, "".join(f", {code}" for code in sorted(codes)))
        return None


class _Places:
    """Where comments can be written on a page."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.source = page.source
        self.newline = page.source.newline()
        self._texts = sorted(texts(page)) if page.html is None else []

    def line(self, problem: Problem) -> int:
        """The line that a comment for ``problem`` stands above, or what is in place of one."""
        page = self.page
        if page.html is not None:
            line = min(lines(page, problem.offset, problem.pointer))
            return _FILE if line == 1 else line  # what must come first stands there
        if page.unreadable or page.block is None:
            return _FILE
        content = page.block.content
        if problem.offset < content.start:
            return _TOP
        if problem.offset >= content.end and content.end < len(self.source.text):
            return _FILE
        own = self.source.position(problem.offset).line
        others = lines(page, problem.offset, problem.pointer)
        candidates = (own, *sorted(others, reverse=True))
        return next((one for one in candidates if self._is_free(one, content)), _FILE)

    def _is_free(self, line: int, content: Span) -> bool:
        """Whether a comment can stand above a line of the front matter: outside of all scalars."""
        at = self.source.line_starts[line - 1]
        if at < content.start and not (at == 0 and content.start == 1):
            return False
        number = bisect_right(self._texts, (at, len(self.source.text)))
        return (
            number == 0 or self._texts[number - 1].end <= at or self._texts[number - 1].start == at
        )

    def first_line(self) -> int:
        """The first line of the front matter that is neither blank nor a comment."""
        block = self.page.block
        if block is None:
            return 1
        line = self.source.position(block.content.start).line
        total = len(self.source.line_starts)
        while line < total:
            said = self.source.text[slice(*self.source.line_span(line))].strip()
            if said and not said.startswith("#"):
                break
            line += 1
        return line

    def inserted(self, line: int, codes: list[str], reason: str) -> Edit | None:
        """A new comment above ``line``."""
        word = "ignore-file" if line == _FILE else "ignore"
        said = f"ogcheck: {word}[{', '.join(codes)}] {reason.strip()}"
        if self.page.html is not None:
            comment = f"<!-- {said} -->"
            return self._in_head(comment) if line == _FILE else self._above(line, comment)
        if self.page.block is None:
            return None
        comment = f"# {said}"
        if line not in (_FILE, _TOP):
            return self._above(line, comment)
        at = self.page.block.content.start
        if at and self.source.text[at - 1] not in "\r\n" + BOM:
            return Edit(at, at, self.newline + comment)  # the fence ends the file
        return Edit(at, at, comment + self.newline)

    def _above(self, line: int, comment: str) -> Edit:
        """On a line of its own, indented as the one below."""
        start, end = self.source.line_span(line)
        text = self.source.text[start:end]
        indent = text[: len(text) - len(text.lstrip(" \t"))]
        return Edit(start, start, indent + comment + self.newline)

    def _in_head(self, comment: str) -> Edit | None:
        """At the beginning of the head; at the end of a page whose markup has none."""
        text, document = self.source.text, self.page.html
        head = document.head if document is not None else None
        if head is None or head.location is None:
            lead = "" if text.endswith(("\n", "\r")) else self.newline
            return Edit(len(text), len(text), lead + comment + self.newline)
        at = head.span.end
        line = self.source.position(at).line
        rest = text[at : self.source.line_span(line).end]
        if rest.strip():
            return Edit(at, at, comment)
        below = text[slice(*self.source.line_span(min(line + 1, len(self.source.line_starts))))]
        indent = below[: len(below) - len(below.lstrip(" \t"))]
        return Edit(at, at, self.newline + indent + comment)


def in_key(page: Page, codes: list[str], reason: str) -> list[Edit] | None:
    """The edits that write ``codes`` into the key ``ogcheck`` of an object of JSON.

    A reason that stands there already stays. None where there is no place for them.
    """
    root = page.root
    if root is None or root.kind != "mapping" or page.unreadable:
        return None
    quoted = ", ".join(json.dumps(code) for code in codes)
    why = f'"reason": {json.dumps(bare(reason), ensure_ascii=False)}'
    entry = key_entry(page)
    if entry is None:
        if root.child(OWN_KEY) is not None:
            return None  # it holds something else
        member = f'"{OWN_KEY}": {{"ignore": [{quoted}], {why}}}'
        return _behind(page, [Span(e.key_span.start, e.node.span.end) for e in root.entries],
                       root.span, member)  # fmt: skip
    members = [Span(e.key_span.start, e.node.span.end) for e in entry.node.entries]
    ignored = entry.node.child("ignore")
    lacks = "" if entry.node.child("reason") is not None else f", {why}"
    if ignored is None:
        return _behind(page, members, entry.node.span, f'"ignore": [{quoted}]{lacks}')
    if ignored.kind != "sequence":
        return None
    edits = _behind(page, [item.span for item in ignored.items], ignored.span, quoted)
    if lacks:
        at = ignored.span.end
        edits.append(Edit(at, at, lacks))
    return edits


def _behind(page: Page, members: list[Span], whole: Span, text: str) -> list[Edit]:
    """A further member of a collection, laid out as its last one."""
    source = page.source
    if not members:
        return [Edit(whole.start + 1, whole.start + 1, text)]
    start, at = members[-1]
    first = source.line_span(source.position(start).line).start
    lead = source.text[first:start]
    apart = f",{source.newline()}{lead}" if not lead.strip(" \t") and first > 0 else ", "
    return [Edit(at, at, apart + text)]


def _codec(source: Source) -> str:
    if source.encoding == "utf-8":
        return "utf-8"
    from ogcheck.values.encodings import codec

    return codec(source.encoding)


def _unwritable(now: _Try) -> str | None:
    """Why nothing can be written to a file; None if it can."""
    page = now.checked.page
    if page is None:
        return "it is no page"
    source = page.source
    if source.fault is not None:
        return "its text cannot be decoded"
    if page.unreadable and any(p.code == "FM009" for p in now.checked.problems):
        return "it is too large to be read"
    try:
        keeps = source.text.encode(_codec(source)) == now.data
    except UnicodeEncodeError:
        keeps = False
    return None if keeps else f"it could not be written back in {source.encoding}"


def _is_same(before: Page, after: Page | None) -> bool:
    """Whether nothing that is read has changed."""
    if after is None or after.unreadable != before.unreadable:
        return False
    if after.source.encoding != before.source.encoding or after.exempt != before.exempt:
        return False
    if (after.preset.name, after.data) != (before.preset.name, before.data):
        return False
    return _read(after) == _read(before)


def _read(page: Page) -> list[tuple[str, str, str, str]]:
    return [(p.pointer, p.name, p.value, p.kind) for p in (*page.properties, *page.strays)]
