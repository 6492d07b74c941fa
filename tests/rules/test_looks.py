"""What keeps a rule from being called never keeps it from a finding."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ogcheck.page import Page
from ogcheck.readers import read
from ogcheck.rules.base import Context, Example, Rule
from ogcheck.rules.examples import CLEAN, release
from ogcheck.rules.registry import builtin
from ogcheck.source import Source

CONTEXT = Context(datetime(2026, 6, 1, 12, 0, tzinfo=UTC))
RULES = [rule() for rule in builtin().rules.values() if not rule.filed]
EXAMPLES = [example for rule in builtin().rules.values() for example in (*rule.bad, *rule.good)]


def is_called(rule: Rule, page: Page) -> bool:
    """As the plan has it."""
    by_name = page.by_name
    if rule.reads and not any(name in by_name for name in rule.reads):
        return False
    if rule.lacks in by_name and all(p.kind != "null" for p in by_name[rule.lacks]):
        return False
    return all(look(page) for look in rule.where)


def silent_for_nothing(text: str, path: str) -> list[str]:
    """The rules that would not be called, and would speak."""
    page = read(Source.from_text(path, text))
    if not isinstance(page, Page):
        return []
    rules = [rule for rule in RULES if page.html is not None or not rule.markup]
    return [r.code for r in rules if not is_called(r, page) and list(r.check(page, CONTEXT))]


@pytest.mark.parametrize("example", EXAMPLES)
def test_no_example_is_passed_over(example: Example) -> None:
    assert silent_for_nothing(example.text, example.path) == []


PIECES = st.sampled_from(
    ["https://", "http://", "//", "/", "?", "#", "&", ";", "&amp;", " ", "  ", "\t", "\n", "\u00a0",
     "\u200b", "\ufeff", "`", "{{ x }}", "%25", "é", "Ã©", "\ufffd", "null", "NaN", "undefined",
     "northbridge.example", "localhost", "127.0.0.1", "a.local", "harbour", ".jpg", "user@",
     "utm_source=x", "2026-03-26", "26/03/2026", "x" * 80, "|", "article", "website", "…", "'"]
)  # fmt: skip
VALUES = st.lists(PIECES, max_size=5).map("".join)


def quoted(value: str) -> str:
    """A value in YAML's double quotes."""
    return '"' + "".join(c if " " <= c <= "~" and c not in '"\\' else f"\\u{ord(c):04x}"
                         for c in value) + '"'  # fmt: skip


@given(st.dictionaries(st.sampled_from([*CLEAN]), st.none() | st.just("null") | VALUES.map(quoted)))
def test_no_page_is_passed_over(change: dict[str, str | None]) -> None:
    assert silent_for_nothing(str(release(change)), "release.md") == []
