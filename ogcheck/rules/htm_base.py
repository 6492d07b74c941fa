"""What the rules about markup share: findings at tags, and edits of them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from ogcheck.page import Page
from ogcheck.problem import Edit, Finding, Fix, Place, Severity
from ogcheck.rules.base import Fixer, Rule
from ogcheck.rules.page_facts import label
from ogcheck.source import Span

if TYPE_CHECKING:  # imported when an HTML page is met
    from ogcheck.document import Tag

SHOWN = 10
"""How many further places a finding names."""


class MarkupRule(Rule):
    """The base of rules that look at an HTML page's tags; they are called for no other page."""

    markup = True

    def at_span(
        self,
        span: Span,
        message: str,
        *,
        name: str | None = None,
        pointer: str | None = None,
        about: str | None = None,
        help: str | None = None,
        severity: Severity | None = None,
        related: Iterable[tuple[Span, str]] = (),
        fix: Fix | Fixer | None = None,
    ) -> Finding:
        """A finding at a place in the markup, about the property ``name`` if it is about one."""
        places = tuple([Place(*place, text) for place, text in related])
        return Finding(
            self.code, message, *span, severity, help, name, pointer, about, places, fix
        )  # fmt: skip


def editing(
    page: Page, edits: Iterable[Edit], message: str, *, safe: bool, names: Iterable[str] = ()
) -> Fixer:
    """The fix that makes ``edits``; none on a page that is not written, as it is not UTF-8.

    ``names`` are the properties that it gives a value, or makes readable.
    """
    gained = tuple(names)
    made = tuple(edits)

    def make() -> Fix | None:
        source = page.source
        if source.encoding != "utf-8" or source.fault is not None or not made:
            return None
        return Fix(safe, message, made, gained)

    return make


def in_head(tags: Iterable[Tag]) -> list[Tag]:
    """Those of ``tags`` that the browser's tree has in the head."""
    return [tag for tag in tags if tag.where == "head"]


def counted(names: Iterable[str]) -> str:
    """A few names for a message, and how many more there are: ``og:title, og:url and 3 more``.

    The page's own properties in words.
    """
    every = [words if (words := label(n)) == n else f"{words[0].lower()}{words[1:]}"
             for n in dict.fromkeys(names)]  # fmt: skip
    shown = every[:2] if len(every) > 3 else every
    rest = len(every) - len(shown)
    if rest:
        return f"{', '.join(shown)} and {rest} more"
    *others, last = shown
    return f"{', '.join(others)} and {last}" if others else last


def sentence(text: str) -> str:
    """``text`` as the beginning of a sentence; names of properties stay as they are."""
    return text[0].upper() + text[1:] if text.startswith("the ") else text
