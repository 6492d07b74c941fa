"""Whether the value of a property says something, and something of its type."""

from __future__ import annotations

from collections.abc import Iterable

from ogcheck.page import Page
from ogcheck.problem import Finding, Severity
from ogcheck.rules.base import (
    Context,
    Example,
    Rule,
    quoted,
)
from ogcheck.rules.examples import folded, post, release

PLACEHOLDERS = frozenset({"null", "undefined", "none", "nan", "[object object]"})

_EMPTY_ERRORS = frozenset({"og:title", "og:type", "og:image", "og:image:url", "og:url"})

_EMPTY_WARNINGS = frozenset(
    f"og:{name}" for name in ("description", "site_name", "image:width", "image:height",
                              "video:width", "video:height")
)  # fmt: skip


class EmptyValue(Rule):
    """A property that is there and says nothing.

    ## What it does
    Reports values that are empty or blank, and `null`, `undefined`, `None`, `NaN` and
    `[object Object]`, which programs write where they have no value.

    ## Why it matters
    Many readers stop at the first og:title that they find, so an empty one is worse than none.
    Mastodon skips an image named `null` (link_details_extractor.rb) because so many pages have it.

    A generator's own field without a value (`image:`) is absence, not emptiness.
    """

    code = "OG010"
    name = "empty-value"
    severity = Severity.ERROR
    bad = (
        Example(release({"og.title": "''"}), also=folded("SCH007")),
        Example(post("title: Bridge closed", "og_image: undefined")),
        Example(post("title: Bridge closed", "og_site_name: '  '")),
    )
    good = (
        Example(post("title: Bridge closed", "image:", "description:")),
        Example(post("title: None of the above", "og_title: None of the above")),
    )

    def check(self, page: Page, context: Context) -> Iterable[Finding]:
        """One finding a property."""
        for prop in page.properties:
            if prop.name.startswith("page:") or prop.name == "og:determiner":
                continue
            text = prop.value.strip()
            if text and text.lower() not in PLACEHOLDERS:
                continue
            if prop.name in _EMPTY_ERRORS:
                severity = Severity.ERROR
            elif prop.name in _EMPTY_WARNINGS:
                severity = Severity.WARNING
            else:
                severity = Severity.NOTE
            what = (
                f"says {quoted(text)}, which a program wrote for no value" if text else "is empty"
            )
            yield self.at(
                prop,
                f"{prop.name} {what}.",
                severity=severity,
                help=f"Give {prop.name} a value, or leave it out.",
            )


RULES: tuple[type[Rule], ...] = (EmptyValue,)
