"""SCH: what a JSON Schema says of a page's front matter.

The engine runs the schema and files its findings under these codes, so no rule here checks
anything itself; each gives its code a name, a severity, its reasons and its examples.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from ogcheck.page import Page
from ogcheck.problem import Finding, Severity
from ogcheck.rules.base import Context, Example, Rule


def _config(**schema: Any) -> dict[str, Any]:
    """A configuration that checks every Markdown file by ``schema``."""
    return {"schemas": [{"files": ["*.md"], "schema": {"type": "object", **schema}}]}


def _page(*lines: str) -> str:
    return "\n".join(["---", *lines, "---", ""])


class _SchemaRule(Rule):
    filed = True
    severity = Severity.ERROR

    def check(self, page: Page, context: Context) -> Iterable[Finding]:
        """Nothing: the engine runs the page's schema and files its findings under this code."""
        return ()


_SECTION = _config(required=["section"], properties={"section": {"type": "string"}})
_PRIORITY = _config(properties={"priority": {"type": "integer"}})
_REVIEWED = _config(properties={"reviewed": {"type": "string", "format": "date"}})
_DESK = _config(properties={"desk": {"enum": ["crime", "roads", "community"]}})
_REFERENCE = _config(properties={"reference": {"type": "string", "pattern": "^[0-9]{6}$"}})
_CLOSED = _config(properties={"title": {}, "section": {}}, additionalProperties=False)
_SUMMARY = _config(properties={"summary": {"type": "string", "maxLength": 40}})
_NOT = _config(properties={"layout": {"not": {"const": "raw", "title": "a page without a head"}}})
_PAGES = _config(**{"x-same-page": [["/permalink", "/shared"]]})
_OLD = _config(properties={"byline": {"deprecated": True, "description": "Write author instead."}})


class MissingField(_SchemaRule):
    """A field that the schema requires is not there.

    ## What it does
    Reports a field that the schema requires (`required`, `dependentRequired`) and that the front
    matter does not have. It points at the key that the field belongs under.

    ## Why it matters
    A project requires a field because something reads it: a template, a feed, a platform. Where it
    is missing, that reader shows nothing, or something that nobody chose.
    """

    code = "SCH001"
    name = "missing-field"
    bad = (Example(_page("title: Road closed"), config=_SECTION),)
    good = (
        Example(_page("title: Road closed", "section: roads"), config=_SECTION),
        Example(_page("section: ''"), config=_SECTION),
    )


class WrongType(_SchemaRule):
    """A value is of another type than the schema asks for.

    ## What it does
    Reports a value of another type than the schema asks for: a list where there should be text, a
    number in quotation marks. Types are what YAML 1.1 makes of a value, so `yes` is true and `2024`
    is a number; a date is text.

    ## Why it matters
    A template that expects text prints `[object Object]` or `true` where a title should stand, and
    that is what is shared.
    """

    code = "SCH002"
    name = "wrong-type"
    bad = (
        Example(_page("priority: high"), config=_PRIORITY),
        Example(_page("priority: '1'"), config=_PRIORITY),
    )
    good = (
        Example(_page("priority: 1"), config=_PRIORITY),
        Example(_page("other: high"), config=_PRIORITY),
    )


class InvalidFormat(_SchemaRule):
    """A text is not in the format that the schema asks for.

    ## What it does
    Reports text that is not in the `format` that the schema asks for. Beside the standard formats
    there are `share-url` (an absolute http or https URL), `image-url` (the same, and no `data:`),
    `iso-datetime` (ISO 8601, the time optional), `release-datetime` (one of the accepted date
    formats) and `og-locale` (`language_TERRITORY`). Character references that are left in a value
    are no fault of its format: they are TXT010.

    ## Why it matters
    Platforms read addresses and dates by machine, and drop without a word what they cannot read.
    The Open Graph protocol's URL type is "all valid URLs that utilize the http:// or https://
    protocols" (https://ogp.me/#url).
    """

    code = "SCH003"
    name = "invalid-format"
    bad = (Example(_page("reviewed: 26/03/2021"), config=_REVIEWED),)
    good = (Example(_page("reviewed: 2021-03-26"), config=_REVIEWED),)


class ValueNotAllowed(_SchemaRule):
    """A value is none of those that the schema allows.

    ## What it does
    Reports a value that is none of those that the schema allows (`enum`, `const`), with the nearest
    that is allowed.

    ## Why it matters
    Values such as a section or a kind of card are keys into a table somewhere: one that is not in
    it is treated as none at all.

    ## Fix
    Safe where only the letter case differs: the allowed spelling is written.
    """

    code = "SCH004"
    name = "value-not-allowed"
    fix = "safe"
    bad = (
        Example(_page("desk: Crime"), config=_DESK),
        Example(_page("desk: raods"), config=_DESK),
    )
    good = (Example(_page("desk: crime"), config=_DESK),)


class PatternMismatch(_SchemaRule):
    """A text does not match the pattern that the schema gives.

    ## What it does
    Reports text that does not match the `pattern` that the schema gives. Patterns are matched
    anywhere in the text unless they are anchored, and in linear time: look-around is refused.

    ## Why it matters
    A pattern is how a project says what a reference number or a slug looks like; whatever looks
    otherwise cannot be found again by it.
    """

    code = "SCH005"
    name = "pattern-mismatch"
    bad = (Example(_page("reference: '3663'"), config=_REFERENCE),)
    good = (Example(_page("reference: '003663'"), config=_REFERENCE),)


class UnknownField(_SchemaRule):
    """A key stands where the schema knows no such key, and allows no others.

    ## What it does
    Reports a key that the schema does not know where it allows no others (`additionalProperties`,
    `unevaluatedProperties`, `propertyNames`), with the nearest name that it knows.

    ## Why it matters
    A misspelt key is not read by anything, and nothing says so: the page just goes out without the
    value.
    """

    code = "SCH006"
    name = "unknown-field"
    severity = Severity.WARNING
    bad = (Example(_page("title: Road closed", "secton: roads"), config=_CLOSED),)
    good = (Example(_page("title: Road closed", "section: roads"), config=_CLOSED),)


class LengthOrRange(_SchemaRule):
    """A text, a number or a list is shorter, longer, smaller or larger than it may be.

    ## What it does
    Reports text that is too short or too long, a number out of its range, a list or a mapping with
    too few or too many items, and a list that holds one item twice.

    ## Why it matters
    What is empty where it is required is as good as missing, and what is too long is cut by whoever
    shows it.
    """

    code = "SCH007"
    name = "length-or-range"
    bad = (
        Example(
            _page("summary: A summary that goes on for longer than it may in this newsroom."),
            config=_SUMMARY,
        ),
    )
    good = (Example(_page("summary: Short enough."), config=_SUMMARY),)


class SchemaViolation(_SchemaRule):
    """The front matter breaks the schema in some other way.

    ## What it does
    Reports what breaks the schema in any other way: `not`, `contains`, several fitting branches of
    `oneOf`, a field that is ruled out. Of `anyOf` and `oneOf` the branch that was most likely meant
    is reported, under the code of its own fault.

    ## Why it matters
    The schema is what the project has agreed on.
    """

    code = "SCH008"
    name = "schema-violation"
    bad = (Example(_page("layout: raw"), config=_NOT),)
    good = (Example(_page("layout: release"), config=_NOT),)


class InconsistentUrls(_SchemaRule):
    """Two addresses that should name the same page do not.

    ## What it does
    Reports two addresses that should name the same page, as the schema says with `x-same-page`, a
    keyword of ogcheck: pairs of JSON Pointers relative to the object that it stands on, such as
    `[["/url", "/og/url"]]`. Two addresses name the same page if they are equal as a browser
    normalises them (https://url.spec.whatwg.org), http or https and the fragment aside. A pair of
    which one is missing or is no address is not judged.

    ## Why it matters
    Platforms count shares and merge links by og:url: one that names another page sends readers, and
    counts, there.
    """

    code = "SCH009"
    name = "inconsistent-urls"
    bad = (
        Example(
            _page(
                "permalink: https://www.example.org/news/road-closed/",
                "shared: https://www.example.org/news/road-open/",
            ),
            config=_PAGES,
        ),
    )
    good = (
        Example(
            _page(
                "permalink: https://www.example.org/news/road-closed/",
                "shared: http://WWW.example.org:80/news/./road-closed/#top",
            ),
            config=_PAGES,
        ),
        Example(_page("permalink: https://www.example.org/news/road-closed/"), config=_PAGES),
    )


class DeprecatedField(_SchemaRule):
    """A field is there that the schema calls deprecated.

    ## What it does
    Reports a field that is there and that the schema marks with `deprecated: true`. The field's
    description says what to write instead.

    ## Why it matters
    The project means to stop reading the field.
    """

    code = "SCH010"
    name = "deprecated-field"
    severity = Severity.WARNING
    bad = (Example(_page("byline: Press office"), config=_OLD),)
    good = (Example(_page("author: Press office"), config=_OLD),)


RULES: tuple[type[Rule], ...] = (
    MissingField,
    WrongType,
    InvalidFormat,
    ValueNotAllowed,
    PatternMismatch,
    UnknownField,
    LengthOrRange,
    SchemaViolation,
    InconsistentUrls,
    DeprecatedField,
)
