"""Locales: og:locale and its alternates."""

from __future__ import annotations

import re
from collections.abc import Iterable

from ogcheck.page import Page
from ogcheck.problem import Finding, Severity
from ogcheck.rules.base import Context, Example, Rule, quoted, replacing
from ogcheck.rules.examples import post, release
from ogcheck.values.locales import is_locale, mend


class LocaleFormat(Rule):
    """An og:locale that is not of the form language_TERRITORY.

    ## What it does
    Reports `en-GB`, `en`, `en_uk`, `en_UK`, `fr_FR.UTF-8` and the like. `es_LA`, `ar_AR`,
    `es_419` and `sr_Latn_RS` are right.

    ## Why it matters
    "Of the format language_TERRITORY" (https://ogp.me/#optional). Facebook answers "could not be
    parsed as type 'enum'" to others, and takes the page for en_US. `UK` is no territory code:
    Great Britain is `GB`, and Ukrainian is `uk_UA`.

    ## Fix
    Writes an underscore for a hyphen, the usual letter case, and GB for UK. Safe. A language
    without a territory is not completed: nobody knows which was meant.
    """

    code = "LOC001"
    name = "locale-format"
    severity = Severity.WARNING
    fix = "safe"
    reads = ("og:locale", "og:locale:alternate")
    bad = (
        Example(post("og_locale: en-GB")),
        Example(post("og_locale: en_UK")),
        Example(post("og_locale: fr")),
    )
    good = (
        Example(release()),
        Example(post("og_locale: es_LA", "og_locale_alternate: [ar_AR, es_419, sr_Latn_RS]")),
    )

    def check(self, page: Page, context: Context) -> Iterable[Finding]:
        """One finding a locale."""
        for name in self.reads:
            for prop in page.all(name):
                text = prop.meant
                if not text or is_locale(text):
                    continue
                better = mend(text)
                language_only = re.fullmatch(r"[A-Za-z]{2,3}", text)
                yield self.at(
                    prop,
                    f"{name} {quoted(text)} "
                    + (
                        "names no territory"
                        if language_only
                        else "is not a language and a territory"
                    )
                    + "; platforms read language_TERRITORY, as en_GB.",
                    help=f"Write {better}."
                    if better
                    else "Write the language and the territory, joined by an underscore.",
                    fix=replacing(page, prop, better, f"Write {better}", safe=True)
                    if better
                    else None,
                )


RULES: tuple[type[Rule], ...] = (LocaleFormat,)
