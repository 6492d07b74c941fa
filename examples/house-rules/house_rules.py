"""Two rules that one newsroom wants and others do not: an example of a plugin.

It is a plugin as a file (``plugins = ["house_rules.py"]``) and as an installed package
(``plugins = ["house-rules"]``): both offer the same ``RULES``.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from ogcheck import Context, Example, Finding, Page, Rule, Severity, rewriting

ARTICLE = """\
---
title: {title}
area: {area}
og_title: {title}
---

Text.
"""


class FullStopInTitle(Rule):
    """A title that ends in a full stop.

    ## What it does
    Reports og:title where it ends in a full stop. Dots that stand for a cut, and those of
    abbreviations, are left alone.

    ## Why it matters
    Our headlines are no sentences (the newsroom's style guide, section 2). Platforms set the
    title in bold, where a full stop looks like a leftover.

    ## Fix
    Drops it. Safe: nothing else of the title changes.
    """

    code = "HOUSE001"
    name = "full-stop-in-title"
    severity = Severity.WARNING
    fix = "safe"
    reads = ("og:title",)
    bad = (Example(ARTICLE.format(title="Bridge closed.", area="Harbour")),)
    good = (
        Example(ARTICLE.format(title="Bridge closed", area="Harbour")),
        Example(ARTICLE.format(title="Work begins at 9 a.m.", area="Harbour")),
    )

    def check(self, page: Page, context: Context) -> Iterable[Finding]:
        """One finding, at the full stop."""
        for prop in page.all("og:title"):
            text = prop.value.rstrip()
            last = text.split(" ")[-1]
            if not text.endswith(".") or "." in last[:-1]:
                continue
            place = (len(text) - 1, len(text))
            yield self.at(
                prop,
                "og:title ends in a full stop.",
                part=place,
                help="Leave it out: headlines are no sentences.",
                fix=rewriting(page, prop, [(*place, "")], "Drop the full stop", safe=True),
            )


@dataclass(frozen=True, slots=True)
class Areas:
    """The areas that there are."""

    areas: tuple[str, ...] = field(
        default=("Harbour", "Old Town", "Northbridge"),
        metadata={"doc": "The areas that a page may name."},
    )


class UnknownArea(Rule):
    """An area that we do not report on.

    ## What it does
    Reports the key `area` where it names none of the option `areas`.

    ## Why it matters
    The site sorts pages by area, and shows a page of an unknown one nowhere.
    """

    code = "HOUSE002"
    name = "unknown-area"
    severity = Severity.ERROR
    Options = Areas
    bad = (Example(ARTICLE.format(title="Bridge closed", area="Harbor")),)
    good = (
        Example(ARTICLE.format(title="Bridge closed", area="Old Town")),
        Example(
            ARTICLE.format(title="Bridge closed", area="Riverside"),
            config={"rules": {"HOUSE002": {"areas": ["Riverside"]}}},
        ),
        Example("---\ntitle: Bridge closed\n---\n"),
    )

    def check(self, page: Page, context: Context) -> Iterable[Finding]:
        """One finding, at the area's name."""
        area = page.root.child("area") if page.root is not None else None
        if area is None or area.kind != "string" or area.value in self.options.areas:
            return
        yield Finding(
            self.code,
            f"“{area.value}” is none of our areas.",
            *area.span,
            help=f"Write one of: {', '.join(self.options.areas)}.",
            pointer="/area",
        )


RULES = (FullStopInTitle, UnknownArea)
