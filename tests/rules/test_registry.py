"""What must hold for every rule: its codes, its documentation, its places in the tables."""

from __future__ import annotations

import re
from dataclasses import fields, is_dataclass
from datetime import UTC, datetime

import pytest

from ogcheck import platforms, presets, vocabulary
from ogcheck.config import SETTINGS
from ogcheck.page import Page
from ogcheck.readers import read
from ogcheck.rules import registry
from ogcheck.rules.base import DEPENDENCIES, Context, Rule
from ogcheck.rules.documentation import HEADINGS, page, sections
from ogcheck.source import Source

RULES = list(registry.builtin().rules.values())
ENGINE = {"OGX001", "OGX004"}


def test_codes_and_names_are_unique_and_well_formed() -> None:
    assert len({r.code for r in RULES}) == len({r.name for r in RULES}) == len(RULES) >= 53
    for rule in RULES:
        assert re.fullmatch(
            r"(FM|SCH|OG|TXT|URL|IMG|DAT|LOC|TWC|LD|HTM|SIT|SRC|OGX)\d{3}", rule.code
        )
        assert re.fullmatch(r"[a-z][a-z0-9]*(-[a-z0-9]+)*", rule.name)


@pytest.mark.parametrize("rule", RULES, ids=lambda r: r.code)
def test_documentation_has_its_headings_in_order(rule: type[Rule]) -> None:
    text = page(rule)
    assert re.findall(r"^## (.+)$", text, re.MULTILINE) == list(HEADINGS)
    assert set(sections(rule)) <= {"", "What it does", "Why it matters", "Fix"}
    for heading, words in sections(rule).items():
        assert words.endswith("."), heading


@pytest.mark.parametrize("rule", RULES, ids=lambda r: r.code)
def test_numbers_in_the_reasons_have_their_source(rule: type[Rule]) -> None:
    why = sections(rule)["Why it matters"]
    if re.search(r"(?<![\w./#-])[0-9]{2,}(?![\w/-])", re.sub(r"\([^)]*\)", "", why)):
        assert SOURCE.search(why), rule.code


SOURCE = re.compile(
    r"https?://|\b[a-z0-9-]+\.(?:com|org|me|dev|io|rb|js|md)\b|\bRFC \d|\bTN\d|YAML 1\.|POSIX"
)


@pytest.mark.parametrize("rule", RULES, ids=lambda r: r.code)
def test_options_are_documented_dataclasses(rule: type[Rule]) -> None:
    assert is_dataclass(rule.Options)
    for field in fields(rule.Options):
        assert field.metadata.get("doc", "").endswith("."), field.name


def test_tables_name_only_rules_that_exist() -> None:
    known = set(registry.builtin().rules)
    for winner, losers in (*registry.PRECEDENCE, *registry.PAGE_PRECEDENCE):
        assert {winner, *losers} <= known
        assert winner not in losers
    for code, rules in registry.SCHEMA_PAIRS.items():
        assert {code, *rules} <= known


def test_precedence_has_no_circle() -> None:
    beats: dict[str, set[str]] = {}
    for winner, losers in registry.PRECEDENCE:
        beats.setdefault(winner, set()).update(losers)

    def reaches(start: str, goal: str, seen: frozenset[str] = frozenset()) -> bool:
        return any(
            one == goal or (one not in seen and reaches(one, goal, seen | {one}))
            for one in beats.get(start, ())
        )

    assert not [code for code in beats if reaches(code, code)]


def test_rules_read_only_properties_of_the_vocabulary() -> None:
    for rule in RULES:
        assert set(rule.reads) <= set(vocabulary.PROPERTIES), rule.code
    for name in presets.NAMES:
        preset = presets.load(name)
        assert set(preset.lookup.values()) <= set(vocabulary.PROPERTIES)
        assert set(preset.derives) <= set(vocabulary.PROPERTIES)


def test_a_warning_about_a_limit_rests_on_a_fact_marked_a() -> None:
    for fact in platforms.FACTS:
        assert fact.mark in tuple("ABCD")
        assert fact.limit in platforms.LIMITS
        assert fact.source
        assert fact.date
        if fact.mark != "A" or fact.withdrawn or fact.advice:
            assert not fact.firm
    for one in platforms.FORMATS.values():
        assert one.mark == "A" or one.verdict == "risky", one.name


@pytest.mark.parametrize(
    ("selector", "codes"),
    [
        ("TXT010", {"TXT010"}),
        ("txt010", {"TXT010"}),
        ("escaped-text", {"TXT010"}),
        ("FM01", {"FM010"}),
        ("TXT00", {f"TXT00{n}" for n in range(1, 9)}),
        ("OGX", {"OGX001", "OGX002", "OGX003", "OGX004"}),
        ("TX", set()),
        ("TXT999", set()),
        ("escaped", set()),
        ("", set()),
    ],
)
def test_selectors(selector: str, codes: set[str]) -> None:
    assert {r.code for r in registry.builtin().select(selector)} == codes


def test_og_does_not_select_ogx() -> None:
    assert not {r.code for r in registry.builtin().select("OG")} & {"OGX001", "OGX004"}
    assert len(registry.builtin().select(registry.ALL)) == len(RULES)


def test_every_setting_is_documented() -> None:
    for setting in SETTINGS.values():
        assert setting.doc.endswith("."), setting.key


class _Asked(Exception):  # noqa: N818 - no fault
    pass


class _Timeless(Context):
    """A context that has no present."""

    def __getattribute__(self, name: str) -> object:
        if name == "now":
            raise _Asked
        return super().__getattribute__(name)


@pytest.mark.parametrize("rule", RULES, ids=lambda r: r.code)
def test_who_asks_for_the_time_says_so(rule: type[Rule]) -> None:
    """A cache keeps what the others say for ever."""
    assert set(rule.depends_on) <= set(DEPENDENCIES)
    asked = False
    for example in (*rule.bad, *rule.good):
        page = read(Source.from_text(example.path, example.text))
        if isinstance(page, Page) and not rule.filed:
            try:
                list(rule().check(page, _Timeless(datetime.now(UTC))))
            except _Asked:
                asked = True
    assert asked == ("clock" in rule.depends_on)
