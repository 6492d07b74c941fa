"""Rules about a pair: a source, and the page that was built from it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar, Literal, NamedTuple

from ogcheck.page import Node, Page, Property
from ogcheck.problem import Finding, Place, Severity
from ogcheck.rules.base import Context, Rule


class Pair(NamedTuple):
    """A source with the page built from it."""

    source: Page
    built: Page | None
    """None where none was found, and one should be there."""
    how: str
    """What led to it, in words."""
    folder: str
    """Of the built pages, as reports name it."""
    is_checked: bool = False
    """The built page is checked in the same run, and what is wrong in itself is said there."""
    file: str = ""
    """The built page's path below the folder."""
    taken: tuple[str, str] | None = None
    """The page of its address, and the other source that it was built from, as reports name them;
    None where it was not."""


class PairRule(Rule):
    """The base of rules that compare a source with the page built from it.

    Their findings stand in the source, with the place in the built page as a related one.
    """

    judges: ClassVar[Literal["page", "site", "pair"]] = "pair"
    depends_on = ("files",)

    def check(self, page: Page, context: Context) -> Iterable[Finding]:
        """Nothing: of one page there is nothing to say."""
        return ()

    def compare(self, pair: Pair, context: Context) -> Iterable[Finding]:
        """What the rule finds in ``pair``."""
        raise NotImplementedError

    def lost(
        self,
        pair: Pair,
        where: Property | Node,
        message: str,
        other: Property | None,
        *,
        help: str,
        severity: Severity | None = None,
    ) -> Finding:
        """A finding at a property of the source, or at a value that is none.

        ``other`` is what the built page has; None where it has nothing of the kind.
        """
        prop = where if isinstance(where, Property) else None
        built = pair.built

        def locate() -> tuple[int, int, tuple[Place, ...]]:
            places: tuple[Place, ...] = ()
            if built is not None:
                span = built.start if other is None else other.span
                said = "the page built from it" if other is None else "what the built page says"
                places = (Place(*span, said, built.source),)
            start, end = where.span
            if prop is not None and start == end:
                start, end = prop.key_span
            if prop is not None and prop.alias is not None:
                places = (*places, Place(*prop.alias, "used here through an alias"))
            return start, end, places

        return Finding(
            self.code,
            message,
            0,
            0,
            severity,
            help,
            None if prop is None else prop.name,
            None if prop is None else prop.pointer,
            where.value,
            locate=locate,
        )
