"""What silences findings from within a file: comments, and the key ``ogcheck`` of front matter.

``# ogcheck: ignore[TXT010] reason`` speaks for its line, or standing alone for the one below it;
``ignore-file[…]`` and the key for the whole file. In HTML and Markdown bodies the same stands
between ``<!--`` and ``-->``.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Collection, Iterable, Iterator
from functools import cached_property
from itertools import islice
from typing import NamedTuple

from ogcheck.page import OWN_KEY as KEY
from ogcheck.page import Entry, Node, Page
from ogcheck.problem import Finding
from ogcheck.readers.comments import Comment, comments
from ogcheck.rules.registry import Registry
from ogcheck.source import Source, Span
from ogcheck.values.patterns import late

OWN = frozenset({"OGX002", "OGX003"})
"""What is said of suppressions: only a selector that names such a rule exactly silences it."""
_SAID = late(
    r"ogcheck:[ \t]*ignore(?P<file>-file)?"
    r"(?:[ \t]*\[(?P<codes>[^\]\r\n]*)\]|(?![\w-])(?![ \t]*\[))(?P<reason>.*)",
    16,  # re.DOTALL
)
_SELECTOR = late(r"[^,\s]+")
_MOST_SELECTORS = 500
"""How many codes of one suppression are read: there are not so many rules."""
_PUNCTUATION = " \t\r\n:;,.-\u2013\u2014"


class Selector(NamedTuple):
    """A code, a name or a prefix, where it stands."""

    text: str
    span: Span


class Suppression(NamedTuple):
    """One comment, or the key."""

    span: Span
    """The comment with its signs; the entry of the key."""
    selectors: tuple[Selector, ...] | None
    """None for all rules."""
    reason: str
    """Empty where none is given."""
    covers: tuple[range, ...] | None
    """The lines that it speaks for; None for the whole file."""
    line: int
    """The line of what it stands at, or above; 0 where it speaks for the whole file."""
    comment: Comment | None
    """None for the key."""
    codes: Span
    """What stands between the brackets; the value of ``ignore``; an empty one where there is
    none."""

    def is_at(self, lines: Iterable[int]) -> bool:
        """Whether it speaks for what stands on one of ``lines``."""
        return self.covers is None or any(line in some for some in self.covers for line in lines)


def find(page: Page) -> list[Suppression]:
    """The suppressions on ``page``, in document order."""
    if KEY not in page.source.text:
        return []
    found = [*_of_key(page), *_of_comments(page)]
    found.sort(key=lambda one: one.span)
    return found


def key_entry(page: Page) -> Entry | None:
    """The entry ``ogcheck`` of the front matter; None where there is none that says anything."""
    if page.root is None:
        return None
    written = (e for e in page.root.entries if e.key == KEY and not e.merged)
    return next((e for e in written if e.node.kind == "mapping" and e.node.alias is None), None)


def _of_key(page: Page) -> Iterator[Suppression]:
    entry = key_entry(page)
    if entry is None:
        return
    ignored, reason = entry.node.child("ignore"), entry.node.child("reason")
    if ignored is None or ignored.kind in ("mapping", "null"):
        return
    yield Suppression(
        Span(entry.key_span.start, entry.node.span.end),
        tuple(_listed(ignored)),
        bare(reason.value) if reason is not None else "",
        None,
        0,
        None,
        ignored.span,
    )


def _listed(node: Node) -> Iterator[Selector]:
    if node.kind != "sequence":
        words = _SELECTOR.finditer(node.value)
        yield from (Selector(one.group(), node.span) for one in islice(words, _MOST_SELECTORS))
        return
    for item in node.items[:_MOST_SELECTORS]:
        if item.kind not in ("mapping", "sequence"):
            yield Selector(item.value.strip(), item.alias or item.span)


def _of_comments(page: Page) -> Iterator[Suppression]:
    text = page.source.text
    lines: _Lines | None = None
    for comment in comments(page):
        match = _SAID.fullmatch(text, *comment.said)
        if match is None:
            continue
        selectors = None
        codes = Span(comment.said.end, comment.said.end)
        if match["codes"] is not None:
            codes = Span(*match.span("codes"))
            selectors = tuple(
                Selector(one.group(), Span(*one.span()))
                for one in islice(_SELECTOR.finditer(text, *codes), _MOST_SELECTORS)
            )
        covers, line = None, 0
        if match["file"] is None:
            lines = lines or _Lines(page)
            covers, line = lines.covered(comment)
        yield Suppression(
            comment.span, selectors, bare(match["reason"]), covers, line, comment, codes
        )


def bare(reason: str) -> str:
    """A reason without the white space and punctuation at its ends."""
    return reason.strip(_PUNCTUATION)


class _Lines:
    """Which lines of a page a comment speaks for."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.source: Source = page.source
        self.starts = page.source.line_starts
        self._below: dict[tuple[bool, int], int] = {}

    def number(self, offset: int) -> int:
        """The line of an offset."""
        return bisect_right(self.starts, offset)

    def covered(self, comment: Comment) -> tuple[tuple[range, ...], int]:
        """What a comment speaks for, and the line of what it stands at.

        Its own line, and the one below where nothing else stands on its own; with it the lines
        of a value that begins there.

        A comment that stands above everything in front matter speaks for what is above it, too:
        what is said of the page as a whole is said at the fence.
        """
        is_hash = comment.place == "front matter"
        first, last = self.number(comment.span.start), self.number(comment.span.end)
        line = last
        if self.is_alone(comment):
            line = self._next(last, is_hash)
        end = self._ends.get(line, line) if is_hash else line
        found = range(first, end + 1)
        if is_hash and self._is_on_top(comment.span.start):
            return (range(1, first + 1), found), line
        return (found,), line

    def is_alone(self, comment: Comment) -> bool:
        """Whether nothing else stands on the lines of a comment."""
        text, (start, end) = self.source.text, comment.span
        before = text[self.source.line_span(self.number(start)).start : start]
        after = text[end : self.source.line_span(self.number(end)).end]
        if comment.place == "front matter":
            return not before.strip()
        return not before.strip() and not _other_than_comments(after)

    def _next(self, line: int, is_hash: bool) -> int:
        """The next line that is neither blank nor a comment: comments may be stacked."""
        walked = []
        total = len(self.starts)
        while line < total:
            known = self._below.get((is_hash, line))
            if known is not None:
                line = known
                break
            walked.append(line)
            line += 1
            text = self.source.text[slice(*self.source.line_span(line))].strip()
            if not text:
                continue
            if not text.startswith("#") if is_hash else _other_than_comments(text):
                break
        self._below.update(dict.fromkeys(((is_hash, one) for one in walked), line))
        return line

    @cached_property
    def _ends(self) -> dict[int, int]:
        """Where the values end whose keys begin on a line, by that line."""
        found: dict[int, int] = {}
        stack = [(self.page.root.span, self.page.root)] if self.page.root is not None else []
        while stack:
            key, node = stack.pop()
            stack.extend((entry.key_span, entry.node) for entry in node.entries)
            stack.extend((item.span, item) for item in node.items)
            if node.kind not in ("mapping", "sequence"):
                line = self.number(key.start)
                found[line] = max(found.get(line, line), self.number(node.span.end))
        return found

    def _is_on_top(self, at: int) -> bool:
        """Whether only comments stand before ``at`` in the front matter."""
        return at <= self._top

    @cached_property
    def _top(self) -> int:
        """The first offset in the front matter that is neither blank nor a comment."""
        block, text = self.page.block, self.source.text
        if block is None:
            return 0
        for line in range(self.number(block.content.start), len(self.starts) + 1):
            start, end = self.source.line_span(line)
            said = text[max(start, block.content.start) : end].strip()
            if said and not said.startswith("#"):
                return start
        return len(text)


def _other_than_comments(text: str) -> bool:
    """Whether more than comments of HTML stand in ``text``; one that goes on below is one."""
    while text := text.strip():
        if not text.startswith("<!--"):
            return True
        end = text.find("-->", 4)
        if end < 0:
            return False
        text = text[end + 3 :]
    return False


class Suppressions:
    """The suppressions of one page, and what each of them has silenced."""

    def __init__(self, page: Page, registry: Registry) -> None:
        self.page = page
        self.registry = registry
        is_named = KEY in page.source.text  # one look, which most pages end at
        self.every = find(page) if is_named else []
        self.exist = bool(self.every) or (is_named and key_entry(page) is not None)
        """Whether the page speaks to ogcheck at all."""
        self.used: set[tuple[int, int]] = set()
        """Which suppression and which of its selectors (-1 for all rules) silenced anything."""
        self._bare: list[int] = []
        """The suppressions of all rules."""
        self._by_code: dict[str, list[tuple[int, int]]] = {}
        """By the code of a rule, the selectors that name it, as in ``used``."""
        for number, one in enumerate(self.every):
            if one.selectors is None:
                self._bare.append(number)
            for which, selector in enumerate(one.selectors or ()):
                for rule in registry.select(selector.text):
                    if rule.code not in OWN or registry.is_exact(selector.text):
                        self._by_code.setdefault(rule.code, []).append((number, which))

    def silence(self, finding: Finding) -> bool:
        """Whether ``finding`` is silenced; every selector that does so counts as used."""
        if not self.every:
            return False
        codes = {finding.code, *(f.code for f in finding.also)}
        asked = [one for code in codes for one in self._by_code.get(code, ())]
        if finding.code not in OWN:
            asked += [(number, -1) for number in self._bare]
        if not asked:
            return False
        places = lines(self.page, finding.placed().start, finding.pointer)
        hit = False
        for number, which in asked:
            if self.every[number].is_at(places):
                self.used.add((number, which))
                hit = True
        return hit


def lines(page: Page, start: int, pointer: str | None) -> Collection[int]:
    """The lines at which a finding can be silenced: its own, and that of its key or its tag.

    ``start`` is its offset, ``pointer`` that of the property that it is about.
    """
    position = page.source.position
    found = {position(start).line}
    if page.html is not None:
        tag = page.html.enclosing(start)
        if tag is not None:
            found.add(position(tag.start).line)
    if pointer is not None:
        prop = page.property_at(pointer)
        if prop is not None and prop.alias is None:
            at = prop.key_span if prop.tag is None else prop.tag.span
            found.add(position(at.start).line)
    return found
