"""Locales: og:locale and its alternates."""

from __future__ import annotations

import re
from collections.abc import Iterable

from ogcheck.page import Page, Property
from ogcheck.problem import Finding, Severity
from ogcheck.rules.base import Context, Example, Rule, quoted, replacing
from ogcheck.rules.examples import post, release
from ogcheck.rules.looks import has_og, is_asked
from ogcheck.values.locales import FACEBOOK, is_locale, known_for, language, mend
from ogcheck.values.patterns import late

_LOCALES = ("og:locale", "og:locale:alternate")


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
    reads = _LOCALES
    bad = (
        Example(post("og_locale: en-GB")),
        Example(post("og_locale: en_UK")),
        Example(post("og_locale: en_gb")),
        Example(post("og_locale: fr")),
    )
    good = (
        Example(release()),
        Example(post("og_locale: es_LA", "og_locale_alternate: [ar_AR]")),
        Example(post("og_locale: es_419", "og_locale_alternate: [sr_Latn_RS]"),
                also={"LOC002": "right, and not among Facebook's own"}),
    )  # fmt: skip

    def check(self, page: Page, context: Context) -> Iterable[Finding]:
        """One finding a locale."""
        for prop in page.named(_LOCALES):
            text = prop.meant
            if not text or is_locale(text):
                continue
            better = mend(text)
            yield self.at(
                prop,
                f"{prop.name} {quoted(text)} {_fault(text, better)}.",
                help=f"Write {better}."
                if better
                else "Write the language and the territory, joined by an underscore, as in "
                f"{(known_for(text) or ('en_GB',))[0]}.",
                fix=replacing(page, prop, better, f"Write {better}", safe=True) if better else None,
            )


def _fault(text: str, better: str | None) -> str:
    """What is wrong with a locale."""
    if re.fullmatch(r"[A-Za-z]{2,3}[-_]UK", text, re.IGNORECASE):
        return "says UK, which is no territory's code: Great Britain's is GB, Ukraine's UA"
    if better is None:
        what = "names no territory" if _LANGUAGE_ONLY.fullmatch(text) else "is no locale"
        return f"{what}; platforms read language_TERRITORY, as en_GB"
    if text.lower() == better.lower():
        return "is in the wrong letter case: the language is small, the territory in capitals"
    if "-" in text and text.replace("-", "_").lower() == better.lower():
        case = "" if text.replace("-", "_") == better else ", and the wrong letter case"
        return f"has a hyphen where platforms read an underscore{case}"
    return "says more than platforms read, which is language_TERRITORY, as en_GB"


_LANGUAGE_ONLY = late(r"[A-Za-z]{2,3}")


class LocaleNotKnown(Rule):
    """A locale that Facebook does not know.

    ## What it does
    Notes a well-formed og:locale or og:locale:alternate that is not among the 134 codes of
    Facebook's list, such as `en_CA` or `de_AT`. `ar_AR` and `es_LA` are Facebook's own. What the
    configuration's `locale` says is the site's decision, and not noted.

    ## Why it matters
    Facebook reads only locales that it translates its pages into, and takes the page for en_US
    otherwise. Its list, FacebookLocales.xml, cannot be reached any more; this is the union of two
    dated copies (open-graph-protocol-tools; Yoast SEO 2015), so it may have grown since.
    """

    code = "LOC002"
    name = "locale-not-known-to-facebook"
    severity = Severity.NOTE
    reads = _LOCALES
    bad = (
        Example(post("og_locale: en_CA")),
        Example(post("og_locale: de_DE", "og_locale_alternate: [de_AT]")),
    )
    good = (
        Example(release()),
        Example(post("og_locale: es_LA", "og_locale_alternate: [ar_AR, fr_CA]")),
        Example(post("og_locale: en_CA"), config={"locale": "en_CA"}),
        Example(post("og_locale: en_CA"), config={"platforms": ["X", "WhatsApp"]}),
    )

    def check(self, page: Page, context: Context) -> Iterable[Finding]:
        """One note a locale."""
        if "Facebook" not in context.platforms:
            return
        for prop in page.named(_LOCALES):
            text = prop.meant
            if text in FACEBOOK or text == context.locale or not is_locale(text):
                continue
            near = known_for(text)
            yield self.at(
                prop,
                f"{prop.name} {quoted(text)} is not in Facebook's list of locales, as last copied: "
                "it may take the page for en_US.",
                help=f"For Facebook, write {' or '.join(near[:3])}; other readers take either."
                if near
                else "Facebook has no locale for this language; other readers may know it.",
            )


class LocaleNotLanguage(Rule):
    """og:locale and the page's language name different languages.

    ## What it does
    Compares the language of og:locale with that of the page (`lang`). Norwegian is one language
    whether it is called `no`, `nb` or `nn`, and so are other codes of one language.

    ## Why it matters
    Platforms choose by og:locale for whom the page is, and browsers and screen readers by `lang`
    how it is read: one of them gets it wrong. Mostly og:locale is a template's `en_US`.
    """

    code = "LOC003"
    name = "locale-not-language"
    severity = Severity.WARNING
    reads = ("og:locale",)
    bad = (
        Example(post("og_locale: en_US", "lang: de")),
        Example(release({"og.locale": "fr_FR", "lang": "en-GB"})),
    )
    good = (
        Example(post("og_locale: nb_NO", "lang: 'no'")),
        Example(post("og_locale: en_GB", "lang: en-US")),
        Example(post("og_locale: en_GB", "lang: English")),
        Example(post("og_locale: tl_PH", "lang: fil")),
    )

    def check(self, page: Page, context: Context) -> Iterable[Finding]:
        """One finding, at og:locale."""
        locale, lang = page.written("og:locale"), page.written("page:lang")
        if locale is None or lang is None:
            return
        said, spoken = language(locale.meant), _language_of(lang)
        if said is None or spoken is None or said == spoken:
            return
        near = known_for(lang.meant)
        yield self.at(
            locale,
            f"og:locale {quoted(locale.meant)} names another language than the page's, "
            f"{quoted(lang.meant)}.",
            help=f"Write {' or '.join(near[:3])}, or correct the page's language."
            if near
            else "Write the locale of the page's language, or correct the language.",
            related=[(lang, "the page's language")],
        )


def _language_of(prop: Property) -> str | None:
    # "lang: no" is a yes-or-no value to YAML 1.1, and Norwegian to whoever wrote it.
    return None if prop.kind == "null" else language(prop.meant)


class AlternateRepeatsLocale(Rule):
    """An alternate locale that is the page's own.

    ## What it does
    Notes an og:locale:alternate that says the same as og:locale.

    ## Why it matters
    Alternates are "other locales this page is available in" (https://ogp.me/#optional): the page's
    own among them sends nobody anywhere, and may stand where another was meant.
    """

    code = "LOC004"
    name = "alternate-repeats-locale"
    severity = Severity.NOTE
    reads = ("og:locale:alternate",)
    bad = (Example(post("og_locale: en_GB", "og_locale_alternate: [cy_GB, en_GB]")),)
    good = (Example(post("og_locale: en_GB", "og_locale_alternate: [cy_GB, en_US]")),)

    def check(self, page: Page, context: Context) -> Iterable[Finding]:
        """One note an alternate."""
        locale = page.written("og:locale")
        if locale is None or not locale.meant:
            return
        own = locale.meant.replace("-", "_").lower()
        for prop in page.all("og:locale:alternate"):
            if prop.meant.replace("-", "_").lower() == own:
                yield self.at(
                    prop,
                    f"og:locale:alternate {quoted(prop.meant)} is the page's own locale.",
                    help="Leave it out, or write the locale of the other version.",
                    related=[(locale, "the page's locale")],
                )


class NotTheSitesLocale(Rule):
    """An og:locale that is not the site's.

    ## What it does
    Compares og:locale with the configuration's `locale`. A page whose own language (`lang`) is that
    of its og:locale is a page in another language, and left alone.

    ## Why it matters
    `en_US` is what many programs write where nobody told them: every release of one British police
    force says it. Platforms then take the page for one from America.

    ## Fix
    Writes the site's locale. Safe where both name one language; else unsafe, since the page may
    really be in the other.
    """

    code = "LOC005"
    name = "not-the-sites-locale"
    severity = Severity.WARNING
    fix = "safe"
    reads = ("og:locale",)
    bad = (
        Example(release({"og.locale": "en_US"}), config={"locale": "en_GB"}),
        Example(post("og_locale: en_GB"), config={"locale": "fr_FR"}),
    )
    good = (
        Example(release(), config={"locale": "en_GB"}),
        Example(release({"og.locale": "en_US"})),
        Example(release({"og.locale": "cy_GB", "lang": "cy"}), config={"locale": "en_GB"}),
    )

    def check(self, page: Page, context: Context) -> Iterable[Finding]:
        """One finding a page, at og:locale."""
        wanted, prop = context.locale, page.written("og:locale")
        if wanted is None or prop is None or not prop.meant or prop.meant == wanted:
            return
        said, sites = language(prop.meant), language(wanted)
        lang = page.written("page:lang")
        if said != sites and lang is not None and _language_of(lang) == said is not None:
            return
        yield self.at(
            prop,
            f"og:locale {quoted(prop.meant)} is not the site's locale, {wanted}.",
            help=f"Write {wanted}."
            if said == sites
            else f"Write {wanted}, or say the page's own language in lang.",
            fix=replacing(page, prop, wanted, f"Write {wanted}", safe=said == sites),
        )


class MissingLocale(Rule):
    """No og:locale on a page that is not in English.

    ## What it does
    Notes a share record without og:locale where the page's language (`lang`), else that of the
    configuration's `locale`, is not English.

    ## Why it matters
    "Default is en_US" (https://ogp.me/#optional): without og:locale the page is an American one.
    """

    code = "LOC006"
    name = "missing-locale"
    severity = Severity.NOTE
    lacks = "og:locale"
    where = (is_asked, has_og)
    bad = (
        Example(release({"og.locale": None, "lang": "cy"})),
        Example(release({"og.locale": None}), config={"locale": "de_DE"}),
    )
    good = (
        Example(release({"og.locale": None})),
        Example(release({"og.locale": None, "lang": "en-GB"})),
        Example(release({"og.locale": None, "lang": "de", "draft": "true"})),
        Example(post("title: Pont fermé", "og_title: Pont fermé", "lang: fr")),
    )

    def check(self, page: Page, context: Context) -> Iterable[Finding]:
        """One note, at the og key."""
        if "og" not in page.namespaces or page.written("og:locale") is not None:
            return
        lang = page.written("page:lang")
        spoken = None if lang is None else _language_of(lang)
        sites = None if context.locale is None else language(context.locale)
        spoken = spoken or sites
        if spoken is None or spoken == "en" or not page.is_asked():
            return
        if page.derived("og:locale").state != "absent":
            return
        known = lang is not None and _language_of(lang) == spoken
        if context.locale is not None and sites == spoken:
            near: tuple[str, ...] = (context.locale,)
        else:
            near = known_for(lang.meant if lang is not None else "")
        yield self.missing(
            page,
            "og:locale",
            "og:locale is missing, and without it the page counts as en_US.",
            help=f"Add og:locale: {' or '.join(near[:3])}."
            if near
            else "Add og:locale with the language and the territory of the page.",
            related=[(lang, "the page's language")] if known and lang is not None else [],
        )


RULES: tuple[type[Rule], ...] = (
    LocaleFormat,
    LocaleNotKnown,
    LocaleNotLanguage,
    AlternateRepeatsLocale,
    NotTheSitesLocale,
    MissingLocale,
)
