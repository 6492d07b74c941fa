"""What is wrong with suppressions themselves: OGX002, those that silence nothing, and OGX003.

Only what could have silenced something counts: its rule was selected and could speak on the page.
Of a prefix, or of a suppression of all rules, those that are on by default have to have run.

Nothing but a selector that names the rule exactly silences these findings, so that a suppression
of everything does not hide that it is useless. In its own brackets OGX002 speaks for its own
suppression; one that is useless itself is always told.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from typing import NamedTuple

from ogcheck.engine.plan import Plan
from ogcheck.engine.suppressions import Selector, Suppression, Suppressions, key_entry
from ogcheck.page import OWN_KEY as KEY
from ogcheck.page import Node, Page
from ogcheck.problem import Edit, Finding, Fix, Place
from ogcheck.rules.base import quoted
from ogcheck.source import Span
from ogcheck.values.patterns import late
from ogcheck.values.spelling import one_edit

_KEEPS = late(r"[|>][1-9]?\+")
_KEYS = ("ignore", "reason")
_NOT_OF_PAGES = frozenset({"FM001", "OGX004"})
_READING = frozenset({"FM006", "FM009"})
"""The rules about reading that speak of HTML, too."""


_SLIPS = 50
"""For how many unknown rules of a page a name is sought that may be meant: each takes a
millisecond."""


class Ran(NamedTuple):
    """Which rules could speak on a page, and which of them did run."""

    able: frozenset[str]
    ran: frozenset[str]


def ran(page: Page, plan: Plan, *, by_schema: bool, crashed: Collection[str]) -> Ran:
    """What ran on ``page``: ``by_schema`` if a schema was asked, without those that ``crashed``."""
    is_html = page.html is not None
    able = frozenset(
        code
        for code, rule in plan.registry.rules.items()
        if code not in _NOT_OF_PAGES
        and rule.judges == "page"
        and (is_html or not rule.markup)
        and (by_schema or not code.startswith("SCH"))
        and not (is_html and rule.filed and code.startswith("FM") and code not in _READING)
    )
    return Ran(able, (able & plan.enabled) - frozenset(crashed))


def findings(known: Suppressions, plan: Plan, told: Ran) -> Iterator[tuple[Finding, bool]]:
    """OGX003, then OGX002, each with whether it is silenced; nothing of a page that is not read."""
    page = known.page
    if page.unreadable:
        return
    if "OGX003" in plan.enabled:
        for one in known.every:
            finding = _without_reason(one)
            if finding is not None:
                yield finding, known.silence(finding)
    if "OGX002" not in plan.enabled:
        return
    yield from ((finding, False) for finding in _of_the_key(page))
    judge = _Judge(known, told)
    for number, one in enumerate(known.every):
        for finding in judge.of(number, one):
            yield finding, known.silence(finding)
    for number, one in enumerate(known.every):
        finding = judge.of_itself(number, one)
        if finding is not None:
            yield finding, False


def _without_reason(one: Suppression) -> Finding | None:
    if one.selectors is None:
        return Finding(
            "OGX003",
            "This suppression names no rule, and silences all of them.",
            *one.span,
            help="Name the rules in brackets, and say why: ignore[URL001] the reason.",
        )
    if one.reason:
        return None
    if one.comment is None:
        how = f"Write it beside {KEY}.ignore, as {KEY}.reason."
    else:
        how = "Write it behind the brackets."
    return Finding("OGX003", "This suppression gives no reason.", *one.span, help=how)


def _of_the_key(page: Page) -> Iterator[Finding]:
    """Keys below ``ogcheck`` that nobody reads."""
    entry = key_entry(page)
    for one in entry.node.entries if entry is not None else ():
        if one.key not in _KEYS:
            near = next((key for key in _KEYS if one_edit(one.key, key)), None)
            yield Finding(
                "OGX002",
                f"Below {KEY} only ignore and reason are read, and this is {quoted(one.key)}.",
                *one.key_span,
                help=f"Did you mean {near}?" if near else "Remove it.",
            )


class _Judge:
    """Which selectors silenced nothing."""

    def __init__(self, known: Suppressions, told: Ran) -> None:
        self.known = known
        self.registry = known.registry
        self.page = known.page
        self.told = told
        self._slips = 0

    def of(self, number: int, one: Suppression) -> Iterator[Finding]:
        """What is useless in a suppression, selectors of OGX002 aside."""
        if one.selectors is None:
            if (number, -1) not in self.known.used and self._counts(frozenset(self.told.able)):
                yield self._useless(one, "This suppression silences nothing.")
            return
        if not one.selectors:
            yield self._useless(one, "This suppression names no rule in its brackets.")
            return
        useless = []
        for which, selector in enumerate(one.selectors):
            if not self.registry.select(selector.text):
                yield self._unknown(selector)
            elif not self._is_own(selector) and self._is_useless(number, which, selector):
                useless.append(which)
        if useless:
            names = _listed([one.selectors[which].text for which in useless])
            verb = "silences" if len(useless) == 1 else "silence"
            message = f"{names} {verb} nothing here."
            yield self._useless(one, message, useless)

    def of_itself(self, number: int, one: Suppression) -> Finding | None:
        """A selector of OGX002 that silenced nothing."""
        useless = [
            which
            for which, selector in enumerate(one.selectors or ())
            if self._is_own(selector) and (number, which) not in self.known.used
        ]
        if not useless:
            return None
        return self._useless(one, "OGX002 silences nothing here.", useless)

    def _is_own(self, selector: Selector) -> bool:
        rule = self.registry.find(selector.text)
        return rule is not None and rule.code == "OGX002"

    def _is_useless(self, number: int, which: int, selector: Selector) -> bool:
        if (number, which) in self.known.used:
            return False
        exact = self.registry.find(selector.text)
        if exact is not None:
            return exact.code in self.told.ran
        return self._counts(frozenset(r.code for r in self.registry.select(selector.text)))

    def _counts(self, codes: frozenset[str]) -> bool:
        """Whether all of ``codes`` that could speak, and are on by default, ran."""
        rules = self.registry.rules
        asked = {code for code in codes & self.told.able if rules[code].on}
        return bool(asked) and asked <= self.told.ran

    def _unknown(self, selector: Selector) -> Finding:
        """One that means no rule; it may be a slip, so that it is not taken away."""
        self._slips += 1
        near = self.registry.near(selector.text) if self._slips <= _SLIPS else None
        fix = None
        if near is not None:
            fix = self._written((Edit(*selector.span, near),), f"Write {near}", safe=False)
        return Finding(
            "OGX002",
            f"{quoted(selector.text)} names no rule.",
            *selector.span,
            help=f"Did you mean {near}?" if near else "ogcheck rules lists those that there are.",
            fix=fix,
        )

    def _useless(
        self, one: Suppression, message: str, which: Sequence[int] | None = None
    ) -> Finding:
        """A finding at the whole suppression, or at those of its selectors; with its removal."""
        every = one.selectors or ()
        whole = which is None or len(which) == len(every)
        span = one.span
        related: tuple[Place, ...] = ()
        if which is not None and not whole:
            span, *others = [every[number].span for number in which]
            related = tuple(Place(*other, "and this one") for other in others)
        page = self.page

        def fix() -> Fix | None:
            edits = removal(page, one) if whole or which is None else _without(page, one, which)
            return self._written(edits, "Remove it", safe=True)

        return Finding("OGX002", message, *span, help="Remove it.", related=related, fix=fix)

    def _written(self, edits: tuple[Edit, ...] | None, message: str, *, safe: bool) -> Fix | None:
        source = self.page.source
        if not edits or source.encoding != "utf-8" or source.fault is not None:
            return None
        return Fix(safe, message, edits)


def _listed(names: Sequence[str]) -> str:
    *others, last = names
    return f"{', '.join(others)} and {last}" if others else last


def removal(page: Page, one: Suppression) -> tuple[Edit, ...] | None:
    """The edit that takes a suppression away: with its line, if nothing else stands on it.

    None where it cannot be taken away alone.
    """
    if one.comment is None:
        entry = key_entry(page)
        if entry is None or page.root is None:
            return None
        if any(below.key not in _KEYS for below in entry.node.entries):
            return None
        return _without_items(page, page.root, [list(page.root.entries).index(entry)])
    text, (start, end) = page.source.text, one.span
    first, behind = _line_start(text, start), _line_end(text, end)
    if not text[first:start].strip(" \t\ufeff") and not text[end:behind].strip(" \t"):
        if text.startswith("\ufeff", first):
            first += 1
        behind = _past_break(text, behind)
        if one.comment.place == "front matter" and _ends_kept_lines(page, behind):
            return None
        return (Edit(first, behind, ""),)
    if not text[end:behind].strip(" \t"):
        while start > first and text[start - 1] in " \t":
            start -= 1
    return (Edit(start, end, ""),)


def _ends_kept_lines(page: Page, behind: int) -> bool:
    """Whether blank lines below a comment would become part of a block scalar that keeps them."""
    text = page.source.text
    if text[behind : _line_end(text, behind)].strip():
        return False
    return _KEEPS.search(text, *page.block.content) is not None if page.block is not None else False


def _without(page: Page, one: Suppression, which: Sequence[int]) -> tuple[Edit, ...] | None:
    """The edits that take some selectors out of a suppression."""
    if one.comment is None:
        entry = key_entry(page)
        node = entry.node.child("ignore") if entry is not None else None
        if node is None or node.kind != "sequence" or len(node.items) != len(one.selectors or ()):
            return None
        return _without_items(page, node, which)
    spans = [selector.span for selector in one.selectors or ()]
    return _runs(spans, which)


def _runs(spans: Sequence[Span], which: Sequence[int]) -> tuple[Edit, ...]:
    """Edits that take some of several things between separators away, each with one separator."""
    gone = set(which)
    edits = []
    at = 0
    while at < len(spans):
        if at not in gone:
            at += 1
            continue
        last = at
        while last + 1 in gone:
            last += 1
        if last + 1 < len(spans):
            edits.append(Edit(spans[at].start, spans[last + 1].start, ""))
        else:
            edits.append(Edit(spans[at - 1].end if at else spans[at].start, spans[last].end, ""))
        at = last + 1
    return tuple(edits)


def _without_items(page: Page, node: Node, which: Sequence[int]) -> tuple[Edit, ...] | None:
    """The edits that take entries or items of a collection away.

    By whole lines where each stands on lines of its own, else with their commas.
    """
    spans = [Span(e.key_span.start, e.node.span.end) for e in node.entries] \
        or [item.span for item in node.items]  # fmt: skip
    text = page.source.text
    if node.style not in ("flow", "bare") and page.dialect.name == "yaml":
        edits = []
        for number in which:
            start, end = _line_start(text, spans[number].start), _line_end(text, spans[number].end)
            lead = text[start : spans[number].start].strip(" \t\ufeff")
            rest = text[spans[number].end : end].strip(" \t")
            if lead not in ("", "-") or (rest and not rest.startswith("#")):
                return None
            edits.append(Edit(start, _past_break(text, end), ""))
        return tuple(edits)
    if page.dialect.name == "toml" and node is page.root:
        return None
    return _runs(spans, which)


def _line_start(text: str, at: int) -> int:
    return max(text.rfind("\n", 0, at), text.rfind("\r", 0, at)) + 1


def _line_end(text: str, at: int) -> int:
    ends = [found for mark in "\r\n" if (found := text.find(mark, at)) >= 0]
    return min(ends, default=len(text))


def _past_break(text: str, at: int) -> int:
    if text.startswith("\r\n", at):
        return at + 2
    return min(at + 1, len(text))
