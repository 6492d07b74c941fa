"""Where a schema and a rule see one fault, the rule speaks, and names the schema's error."""

from __future__ import annotations

from typing import Any

import pytest

import ogcheck
from ogcheck.problem import Severity
from ogcheck.rules import registry
from ogcheck.rules.examples import ADDRESS, SITE, release_text
from ogcheck.testing import NOW

Change = dict[str, str | None]
NO_OG: Change = dict.fromkeys(
    ("og.title", "og.type", "og.url", "og.description", "og.locale", "og.site.name",
     "og.image.url", "og.image.alt", "og.image.width", "og.image.height"), None,
)  # fmt: skip
NO_IMAGE: Change = {key: None for key in NO_OG if ".image." in key}


def og(**schema: Any) -> dict[str, Any]:
    """A schema of one's own for what is under ``og``."""
    return {"properties": {"og": {"properties": schema}}}


def og_requires(*keys: str) -> dict[str, Any]:
    """A schema that requires keys under ``og``."""
    return {"properties": {"og": {"required": list(keys)}}}


TEXT = {"type": "string"}
OG_KEYS = ("title", "type", "url", "image", "description", "locale", "site")


def article_date(schema: dict[str, Any]) -> dict[str, Any]:
    """A schema of one's own for article:published_time."""
    published = {"properties": {"time": schema}}
    return {"properties": {"article": {"properties": {"published": published}}}}


ARTICLE_DATE = article_date({"type": "object"})
ARTICLE_ISO = article_date({"format": "iso-datetime"})
# The schema's code, the rule's, what is changed in the clean release, and a schema of one's own
# where the release's does not see the fault.
SETTINGS: dict[str, dict[str, Any]] = {"DAT004": {"date-formats": ["%Y-%m-%d"]}}
"""What a rule needs to speak."""

PAIRS: tuple[tuple[str, str, Change, dict[str, Any] | None], ...] = (
    ("SCH001", "OG000", NO_OG, {"required": ["og"]}),
    ("SCH001", "OG001", {"og.title": None}, None),
    ("SCH001", "OG002", NO_IMAGE, None),
    ("SCH001", "OG003", {"og.url": None}, None),
    ("SCH001", "OG004", {"og.type": None}, og_requires("type")),
    ("SCH001", "OG005", {"og.description": None}, og_requires("description")),
    ("SCH001", "OG006", {"og.site.name": None, "title": "Man charged after harbour burglary"},
     og_requires("site_name")),
    ("SCH001", "OG007", {"og.image.alt": None}, og(image={"required": ["alt"]})),
    ("SCH002", "FM008", {"title": "no"}, {"properties": {"title": TEXT}}),
    ("SCH002", "OG010", {"og.title": "null"}, og(title=TEXT)),
    ("SCH002", "OG001", {"og.title": "{a: b}"}, None),
    ("SCH002", "OG002", {"og.image": "[{a: b}]"}, og(image=TEXT)),
    ("SCH002", "OG003", {"og.url": "{a: b}"}, None),
    ("SCH002", "OG004", {"og.type": "{a: b}"}, None),
    ("SCH002", "OG005", {"og.description": "{a: b}"}, None),
    ("SCH002", "OG006", {"og.site": None, "og.site_name": "{a: b}", "title": "Man charged"},
     og(site_name=TEXT)),
    ("SCH002", "URL004", {"og.url": "javascript:go()"}, og(url={"type": "object"})),
    ("SCH002", "OG014", {"og.type": "Article"}, og(type={"type": "object"})),
    ("SCH002", "DAT005", {"publish.date": "2026-02-30"}, {"properties": {"publish": {"properties":
     {"date": {"type": "object"}}}}}),
    ("SCH003", "OG010", {"og.url": "undefined"}, None),
    ("SCH003", "TXT010", {"og.description": "Fish &amp; chips"}, og(description={"format": "uri"})),
    ("SCH003", "URL005", {"og.url": "http://127.0.0.1/a"}, og(url={"format": "email"})),
    ("SCH002", "OG013", {"og.type": "5"}, None),
    ("SCH002", "LOC001", {"og.locale": "5"}, None),
    ("SCH002", "DAT001", {"publish.date": "20260326"}, None),
    ("SCH002", "URL003", {"og.url": "5"}, None),
    ("SCH003", "URL003", {"og.url": "/news/"}, None),
    ("SCH003", "URL004", {"og.url": "ftp://www.northbridge.example/a"}, None),
    ("SCH003", "DAT001", {"publish.date": "the other day"}, None),
    ("SCH003", "DAT004", {"publish.date": "05/01/2024"}, None),
    ("SCH003", "DAT005", {"publish.date": "31 April 2026"}, None),
    ("SCH003", "LOC001", {"og.locale": "en-GB"}, None),
    ("SCH003", "IMG001", {"og.image.url": "data:image/png;base64,iVBO"}, None),
    ("SCH003", "FM010", {"when": "2026-02-30"}, {"properties": {"when": {"format": "date"}}}),
    ("SCH004", "OG013", {"og.type": "release"}, og(type={"enum": ["article", "website"]})),
    ("SCH004", "OG014", {"og.type": "Article"}, og(type={"enum": ["article", "website"]})),
    ("SCH004", "LOC001", {"og.locale": "en-GB"}, og(locale={"enum": ["en_GB"]})),
    ("SCH005", "OG010", {"og.title": "''"}, og(title={"pattern": "."})),
    ("SCH007", "OG010", {"og.title": "''"}, og(title={"minLength": 1})),
    ("SCH008", "OG010", {"og.title": "''"}, og(title={"not": {"const": ""}})),
    ("SCH009", "URL001", {"og.url": f"{SITE}/news/other/"}, None),
    ("SCH009", "URL002", {"og.url": ADDRESS.rstrip("/")}, None),
    ("SCH009", "URL006", {"og.url": ADDRESS.replace("www.", "staging.")}, None),
    ("SCH009", "URL005", {"og.url": "http://localhost/a"}, None),
    ("SCH009", "URL009", {"og.url": f"{ADDRESS}?utm_source=mail"}, None),
    ("SCH009", "URL011", {"og.url": f"{SITE}/"}, None),
    ("SCH001", "OG008", {"og.image.width": None, "og.image.height": None},
     og(image={"required": ["width"]})),
    ("SCH001", "DAT009", {"article.published.time": None}, {"required": ["article"]}),
    ("SCH001", "TWC001", {"twitter.card": None}, {"required": ["twitter"]}),
    ("SCH001", "LOC006", {"og.locale": None, "lang": "cy"}, og_requires("locale")),
    ("SCH002", "OG016", {"og.image.width": "wide"}, og(image={"properties": {"width":
     {"type": "integer"}}})),
    ("SCH002", "DAT002", {"article.published.time": "26 March 2026"}, ARTICLE_DATE),
    ("SCH003", "OG020", {"og.url": "'https://{{ host }}/'"}, None),
    ("SCH003", "DAT002", {"article.published.time": "26 March 2026"}, ARTICLE_ISO),
    ("SCH003", "DAT010", {"article.published.time": "'0001-01-01 00:00:00 +0000 UTC'"}, None),
    ("SCH003", "OG016", {"og.image.width": "wide"}, og(image={"properties": {"width":
     {"format": "date"}}})),
    ("SCH004", "OG010", {"og.type": "null"}, og(type={"enum": ["article"]})),
    ("SCH004", "OG020", {"og.type": "'{{ type }}'"}, og(type={"enum": ["article"]})),
    ("SCH004", "OG016", {"og.determiner": "some"}, og(determiner={"enum": ["a", "the"]})),
    ("SCH004", "TWC002", {"twitter.card": "large"}, {"properties": {"twitter": {"properties":
     {"card": {"enum": ["summary"]}}}}}),
    ("SCH005", "OG020", {"og.title": "'{{ title }}'"}, og(title={"pattern": "^[A-Z]"})),
    ("SCH005", "OG016", {"og.image.width": "wide"}, og(image={"properties": {"width":
     {"pattern": "^[0-9]+$"}}})),
    ("SCH006", "OG011", {"og.titel": "Man charged"}, {"properties": {"og":
     {"properties": {key: {} for key in OG_KEYS}, "additionalProperties": False}}}),
    ("SCH007", "OG016", {"og.image.width": "0"}, og(image={"properties": {"width":
     {"minimum": 1}}})),
    ("SCH007", "TXT004", {"og.title": "Man charged " + "after harbour burglary " * 4},
     og(title={"maxLength": 60})),
    ("SCH007", "TXT005", {"og.description": "A man has been charged. " * 14},
     og(description={"maxLength": 200})),
    ("SCH007", "TXT006", {"og.description": "A theft."}, og(description={"minLength": 15})),
    ("SCH009", "OG020", {"og.url": "'https://www.northbridge.example/{{ slug }}/'"}, None),
)  # fmt: skip


@pytest.mark.parametrize(
    ("error", "rule", "change", "schema"), PAIRS, ids=[f"{a}-{b}" for a, b, *_ in PAIRS]
)
def test_the_rule_speaks_and_names_the_schemas_error(
    error: str, rule: str, change: Change, schema: dict[str, Any] | None
) -> None:
    config: dict[str, Any] = {"preset": "release", **SETTINGS.get(rule, {})}
    if schema is not None:
        config["schemas"] = [{"files": ["*.md"], "schema": schema}]
    text = release_text(change)

    def found(**more: Any) -> dict[str, ogcheck.Problem]:
        problems = ogcheck.check_text(text, "release.md", config={**config, **more}, now=NOW)
        return {p.code: p for p in problems}

    both = found()
    assert error not in both
    assert error in {also["code"] for also in both[rule].also}
    # The severity is the higher of the two.
    assert both[rule].severity is (Severity.WARNING if error == "SCH006" else Severity.ERROR)
    # Without the rule the schema's error is said, here or by the rule that is next to see it.
    without = found(ignore=[rule])
    assert error in without or any(
        error in {also["code"] for also in p.also} for p in without.values()
    )
    # A suppression of either silences both.
    for code in (rule, error):
        silenced = text.replace("```yaml\n", f"```yaml\n# ogcheck: ignore[{code}] as a test\n")
        lines = [
            line + f"  # ogcheck: ignore[{code}] as a test"
            if number == both[rule].line and number > 1
            else line
            for number, line in enumerate(text.split("\n"), 1)
        ]
        variants = (silenced, "\n".join(lines))
        assert any(
            not {rule, error}
            & {p.code for p in ogcheck.check_text(one, "release.md", config=config, now=NOW)}
            for one in variants
        )


def test_the_table_and_the_tests_name_the_same_pairs() -> None:
    tested = {(error, rule) for error, rule, *_ in PAIRS}
    assert tested <= {(e, r) for e, rules in registry.SCHEMA_PAIRS.items() for r in rules}
    untested = {(e, r) for e, rules in registry.SCHEMA_PAIRS.items() for r in rules} - tested
    assert untested == set()
