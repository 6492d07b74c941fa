"""Apply fixes to a text, and believe the result only if it reads back as intended.

Edits are by span, so that everything else stays as it is. Those that overlap wait for the next
round; rounds go on until nothing changes, ten at most. After each round the text must read back,
the fixed problems must be gone, and no other property may have changed; a rule whose fix fails that
is left out, and named.
"""

from __future__ import annotations

import os
from bisect import bisect_right, insort
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from operator import itemgetter
from pathlib import Path

from ogcheck.api import Config, make_checker
from ogcheck.engine.check import Checked, Checker
from ogcheck.engine.discover import shown
from ogcheck.page import Page
from ogcheck.problem import Edit, Problem
from ogcheck.source import Source
from ogcheck.values.splicing import spliced

ROUNDS = 10


@dataclass(frozen=True, slots=True)
class FixResult:
    """What fixing gave."""

    text: str
    """The fixed text; the one that was given, where nothing could be fixed."""
    fixed: tuple[Problem, ...]
    """The problems that are gone by their fixes, with the places they had in their round."""
    refused: tuple[tuple[Problem, str], ...]
    """Problems whose fix did not read back as intended, and why; the text is without it."""
    checked: Checked
    """What is found in :attr:`text`."""


def fix_text(
    text: str,
    path: str | os.PathLike[str] = "<text>.md",
    *,
    config: Config = None,
    unsafe: bool = False,
    notes: bool = False,
    now: datetime | None = None,
) -> FixResult:
    """Apply the safe fixes (and with ``unsafe`` all) to ``text`` as if it stood at ``path``.

    Fixes of notes are applied with ``notes``, or where the configuration selects their rule
    exactly. Writes no file. Raises :class:`ogcheck.ConfigError`.
    """
    checker = make_checker(Path.cwd(), config, now)
    place = Path(os.path.abspath(path))
    source = Source.from_text(shown(place, Path.cwd()), text)
    return fix_source(checker, source, place, unsafe=unsafe, notes=notes)


def fix_source(
    checker: Checker,
    source: Source,
    place: Path,
    *,
    unsafe: bool = False,
    notes: bool = False,
    leave: Callable[[Problem], bool] | None = None,
) -> FixResult:
    """As :func:`fix_text`, for a source that stands at ``place`` (absolute).

    What ``leave`` says of a problem is that it is not to be fixed.
    """
    fixed: list[Problem] = []
    refused: dict[tuple[str, str], tuple[Problem, str]] = {}
    before = checker.check(source, place)
    seen = {source.text}
    for _ in range(ROUNDS):
        wanted = [
            p
            for p in before.problems
            if p.fix is not None
            and (p.fix.safe or unsafe)
            and not p.suppressed
            and before.plan.shows(p.code, p.severity, notes=notes)
            and (p.code, p.fingerprint) not in refused
            and not (leave is not None and leave(p))
        ]
        batch = _apart(wanted)
        if not batch:
            break
        applied, new = _apply_checked(checker, before, place, source, batch, refused)
        if applied and new.text in seen:  # two rules that undo each other's fixes
            break
        seen.add(new.text)
        fixed.extend(applied)
        source, before = new, checker.check(new, place)
    return FixResult(source.text, tuple(fixed), tuple(refused.values()), before)


def apply(text: str, edits: Iterable[Edit]) -> str:
    """``text`` with ``edits`` applied, which must not overlap; their order does not matter."""
    return spliced(text, sorted(edits))


def _apart(problems: Iterable[Problem]) -> list[Problem]:
    """Those problems, in order, whose edits touch none of an earlier one's."""
    taken: list[Edit] = []  # in order, and none of them overlaps another
    chosen: list[Problem] = []
    for problem in problems:
        edits = problem.fix.edits if problem.fix is not None else ()
        if any(_touches(one, taken) for one in edits):
            continue
        for one in edits:
            insort(taken, one)
        chosen.append(problem)
    return chosen


def _touches(edit: Edit, others: list[Edit]) -> bool:
    """Whether one of ``others``, which are in order, touches or overlaps ``edit``."""
    before = bisect_right(others, edit.end, key=_start)
    return before > 0 and others[before - 1].end >= edit.start


_start = itemgetter(0)


def _apply_checked(
    checker: Checker,
    before: Checked,
    place: Path,
    source: Source,
    batch: list[Problem],
    refused: dict[tuple[str, str], tuple[Problem, str]],
) -> tuple[list[Problem], Source]:
    """Apply a batch at once; where that does not read back, one by one."""
    edits = (e for p in batch if p.fix is not None for e in p.fix.edits)
    new = source.with_text(apply(source.text, edits))
    why = _objection(before, checker.check(new, place), batch)
    if why is None:
        return batch, new
    if len(batch) == 1:
        refused[batch[0].code, batch[0].fingerprint] = (batch[0], why)
        return [], source
    for problem in batch:
        applied, new = _apply_checked(checker, before, place, source, [problem], refused)
        if applied:
            return applied, new  # the others' places have moved: they wait for the next round
    return [], source


def _objection(before: Checked, after: Checked, batch: list[Problem]) -> str | None:
    """Why the text after a batch is not what was intended; None if it is."""
    if after.page is None or after.page.unreadable:
        return "the result does not read back"
    gone = {(p.code, p.property, p.pointer) for p in batch if p.property}
    for problem in after.problems:
        if (problem.code, problem.property, problem.pointer) in gone:
            return f"{problem.code} is still found"
    for code, fingerprint in {(p.code, p.fingerprint) for p in batch if not p.property}:
        if _times(after, code, fingerprint) >= _times(before, code, fingerprint):
            return f"{code} is still found"
    touched = {p.property for p in batch if p.property} | _edited(before.page, batch)
    touched.update(name for p in batch if p.fix is not None for name in p.fix.inserts)
    if before.page is not None and not before.page.unreadable:
        old, new = _values(before.page), _values(after.page)
        for key in old.keys() | new.keys():
            pointer, prop = key
            if old.get(key) != new.get(key) and pointer not in touched and prop not in touched:
                return f"it would change {prop}"
    return None


def _times(checked: Checked, code: str, fingerprint: str) -> int:
    """How often one thing is said, of which there may be many without a property."""
    return sum((p.code, p.fingerprint) == (code, fingerprint) for p in checked.problems)


def _edited(page: Page | None, batch: list[Problem]) -> set[str]:
    """The pointers of the properties that the edits of a batch are written into."""
    edits = [e for p in batch if p.fix is not None for e in p.fix.edits]
    return {
        prop.pointer
        for prop in (page.properties if page is not None else ())
        for edit in edits
        if prop.alias is None and prop.span.start <= edit.start and edit.end <= prop.span.end
    }


def _values(page: Page) -> dict[tuple[str, str], str]:
    return {(p.pointer, p.name): p.value for p in page.properties}
