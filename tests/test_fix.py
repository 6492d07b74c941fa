"""Fixes: applied in the library, and believed only where they read back."""

from __future__ import annotations

from pathlib import Path

import pytest

import ogcheck
from ogcheck.fix import apply
from ogcheck.problem import Edit
from ogcheck.rules import registry
from ogcheck.rules.base import Example, Rule
from ogcheck.rules.examples import post, release_text
from ogcheck.testing import laid_out, said

SEED = "six-men-arrested-following-operation-safenet-warrants.md"
SEEDS = Path(__file__).parents[1] / "seeds"


def test_the_seed_changes_by_its_three_ampersands_and_nothing_else() -> None:
    before = (SEEDS / SEED).read_text("utf-8")
    result = ogcheck.fix_text(before, SEED, config={})
    assert result.text == before.replace("&amp;", "&")
    assert [p.code for p in result.fixed] == ["TXT010"]
    assert ogcheck.fix_text(result.text, SEED, config={}).text == result.text


def test_the_fix_of_the_seed_is_three_edits_in_json() -> None:
    (problem,) = [p for p in ogcheck.check_file(SEEDS / SEED, config={}) if p.code == "TXT010"]
    fix = problem.to_dict()["fix"]
    text = (SEEDS / SEED).read_text("utf-8")
    assert fix["applicability"] == "safe"
    assert [text[e["offset"] : e["end_offset"]] for e in fix["edits"]] == ["&amp;"] * 3
    assert [e["text"] for e in fix["edits"]] == ["&"] * 3
    assert text[problem.offset : problem.end_offset] == "&amp;"
    assert problem.offset == text.index("&amp;")


@pytest.mark.parametrize(
    ("line", "mended"),
    [
        ("title: Fish &amp; chips", "title: Fish & chips"),
        ("title: 'It&#39;s open'", "title: 'It''s open'"),
        ('title: "A &quot;B&quot;"', r'title: "A \"B\""'),
        ("title: '&quot;A&quot; B'", """title: '"A" B'"""),
        ("title: A&#58; B", "title: 'A: B'"),
        ("title: &#8220;A&#8221;", None),  # an anchor named "#8220;A…": what YAML reads is no text
        ("title: A &#35; B", "title: 'A # B'"),
        ("title: 'A &amp;amp; B'", "title: 'A & B'"),
        ("title: >\n  Fish &amp;\n  chips", "title: >\n  Fish &\n  chips"),
        ("title: |\n  Fish &amp; chips", "title: |\n  Fish & chips"),
        ("title: A&#10;B", 'title: "A\\nB"'),
    ],
)
def test_references_are_written_in_the_style_of_the_value(line: str, mended: str | None) -> None:
    text = post(*line.split("\n"))
    result = ogcheck.fix_text(text, "a.md", config={"select": ["TXT010"]})
    assert result.text == (text if mended is None else post(*mended.split("\n")))


def test_line_endings_and_mark_stay() -> None:
    text = "\ufeff" + post("title: Fish &amp; chips", "date: 2026-03-26").replace("\n", "\r\n")
    result = ogcheck.fix_text(text, "a.md", config={"select": ["TXT010"]})
    assert result.text == text.replace("&amp;", "&")


def test_a_value_that_an_alias_shares_is_not_fixed() -> None:
    # What is written at the anchor is og:title, too.
    text = post("title: &t 'Fish &amp; chips'", "og_title: *t")
    result = ogcheck.fix_text(text, "a.md", config={"select": ["TXT010"]})
    assert result.text == text
    found = ogcheck.check_text(text, "a.md", config={"select": ["TXT010"]})
    assert [(p.property, p.fix) for p in found] == [("page:title", None), ("og:title", None)]
    assert [r.message for r in found[1].related] == ["used here through an alias"]


def test_unsafe_fixes_and_those_of_notes_are_asked_for() -> None:
    text = release_text({"og.type": "website", "article.published.time": None})
    assert ogcheck.fix_text(text, "a.md", config={}).text == text
    assert ogcheck.fix_text(text, "a.md", config={}, unsafe=True).text == text
    result = ogcheck.fix_text(text, "a.md", config={"ignore": ["DAT009"]}, unsafe=True, notes=True)
    assert "  type: article\n" in result.text
    exact = ogcheck.fix_text(text, "a.md", config={"extend-select": ["OG021"]}, unsafe=True)
    assert exact.text == result.text


def test_a_suppressed_problem_is_not_fixed() -> None:
    text = post("# ogcheck: ignore[TXT010] as the agency sent it", "title: Fish &amp; chips")
    assert ogcheck.fix_text(text, "a.md", config={}).text == text


def test_several_fixes_in_one_text() -> None:
    title = "Man charged after &quot;x&quot; |"
    text = release_text({"og.locale": "en-GB", "og.type": "Article", "title": title})
    result = ogcheck.fix_text(text, "a.md", config={"ignore": ["TXT001"]})
    assert sorted(p.code for p in result.fixed) == ["LOC001", "OG014", "TXT010", "TXT015"]
    assert "locale: en_GB" in result.text
    assert "type: article" in result.text
    assert 'title: Man charged after "x"\n' in result.text


def test_fixes_that_overlap_are_made_one_after_the_other() -> None:
    # The name is dropped, and in it stands the reference that is resolved.
    text = "---\nog_title: Bridge closed | Roe &amp; Sons\nog_site_name: Roe & Sons\n---\n"
    config = {"select": ["TXT002", "TXT010"]}
    result = ogcheck.fix_text(text, "a.md", config=config, unsafe=True, notes=True)
    assert result.text == "---\nog_title: Bridge closed\nog_site_name: Roe & Sons\n---\n"
    assert not result.refused


def _fixable() -> list[object]:
    return [
        pytest.param(rule, example, id=f"{rule.code}-{number}")
        for rule in registry.builtin().rules.values()
        if rule.fix
        for number, example in enumerate(rule.bad)
    ]


@pytest.mark.parametrize(("rule", "example"), _fixable())
def test_a_rules_fix_removes_its_finding_or_is_not_offered(
    rule: type[Rule], example: Example, monkeypatch: pytest.MonkeyPatch
) -> None:
    def check(text: str) -> list[ogcheck.Problem]:
        found = ogcheck.check_text(text, example.path, config=example.config)
        return [p for p in found if p.code == rule.code]

    with laid_out(example) as folder, monkeypatch.context() as patch:
        patch.chdir(folder)
        offered = [p for p in check(example.text) if p.fix is not None]
        result = ogcheck.fix_text(
            example.text, example.path, config=example.config, unsafe=True, notes=True
        )
        assert not result.refused
        if offered:
            assert not [p for p in check(result.text) if p.fix is not None]
            assert result.text != example.text


def test_every_fix_that_a_rule_promises_is_offered_on_one_of_its_examples() -> None:
    for rule in registry.builtin().rules.values():
        offers = {
            p.fix.applicability
            for example in rule.bad
            for p in said(example)
            if p.code == rule.code and p.fix is not None
        }
        assert (rule.fix in offers) if rule.fix else not offers, rule.code


def test_apply_refuses_edits_that_overlap() -> None:
    assert apply("abcdef", [Edit(4, 5, "E"), Edit(0, 2, "")]) == "cdEf"
    with pytest.raises(ValueError, match="overlaps"):
        apply("abcdef", [Edit(0, 3, "x"), Edit(2, 4, "y")])
