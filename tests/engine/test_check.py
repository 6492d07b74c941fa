"""One page through all that judges it: what is said once, what is not asked, what is silenced."""

from __future__ import annotations

import pytest

import ogcheck
from ogcheck.rules.examples import SITE, post, release_text

NO_TITLE = {"og.title": None}


def codes(text: str, path: str = "release.md", **config: object) -> list[str]:
    return sorted(p.code for p in ogcheck.check_text(text, path, config=config))


@pytest.mark.parametrize(
    ("change", "path"),
    [
        ({"draft": "true"}, "release.md"),
        ({"noindex": "true"}, "release.md"),
        ({"published": "false"}, "release.md"),
        ({"layout": "redirect"}, "release.md"),
        ({"redirect_to": f"{SITE}/elsewhere/"}, "release.md"),
        ({}, "404.md"),
        ({}, "archetypes/release.md"),
    ],
)
def test_neither_rules_nor_the_schema_ask_what_is_not_published(
    change: dict[str, str], path: str
) -> None:
    assert codes(release_text({**NO_TITLE, **change}), path) == []
    assert codes(release_text(NO_TITLE)) == ["OG001"]


def test_a_schema_of_ones_own_still_asks_drafts_for_its_own_keys() -> None:
    schemas = [{"files": ["*.md"], "schema": {"required": ["desk", "og_title"]}}]
    assert codes(post("title: x", "draft: true"), schemas=schemas) == ["SCH001"]


def test_two_causes_at_one_image_are_two_findings() -> None:
    assert codes(post(f"og_image: {SITE}/a-150x150.webp")) == ["IMG001", "IMG002"]


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({"og.url": "5"}, ["URL003"]),
        ({"og.url": "false"}, ["URL003"]),
        ({"og.type": "false"}, ["OG013"]),
        ({"og.locale": "false"}, ["LOC001"]),
        ({"publish.date": "20260326"}, ["DAT001"]),
        ({"og.title": "{}"}, ["OG001"]),
    ],
)
def test_a_wrong_type_is_said_once_by_the_rule_that_explains_it(
    change: dict[str, str | None], expected: list[str]
) -> None:
    found = ogcheck.check_text(release_text(change), "release.md", config={})
    assert [p.code for p in found if p.severity != "note"] == expected
    (problem,) = [p for p in found if p.code == expected[0]]
    assert "SCH002" in {also["code"] for also in problem.also}


def test_a_comment_at_the_top_speaks_for_the_page() -> None:
    text = post("# ogcheck: ignore[OG000] told elsewhere", "title: x", f"url: {SITE}/a/")
    assert codes(text, preset="release") == []
    text = post("title: x", "# ogcheck: ignore[OG000] too late", f"url: {SITE}/a/")
    assert codes(text, preset="release") == ["OG000", "OGX002"]


@pytest.mark.parametrize(
    ("body", "severity"),
    [
        ("# Bridge closed", "note"),
        ("## Bridge closed", "note"),
        ("Bridge closed\n=====", "note"),
        ("## News\n\n# Bridge closed", "note"),
        ("## News\n\n## Bridge closed", "warning"),
        ("```\n# Bridge closed\n```", "warning"),
        ("~~~\n# x\n```\n# Bridge closed\n~~~", "warning"),
        ("Bridge closed\n\n=====", "warning"),
        ("#Bridge closed", "warning"),
        ("Text.", "warning"),
    ],
)
def test_a_heading_that_says_what_og_title_says_makes_a_note(body: str, severity: str) -> None:
    text = post("title: Something else", "og_title: Bridge closed", body=body)
    (problem,) = ogcheck.check_text(text, "post.md", config={})
    assert (problem.code, problem.severity) == ("TXT001", severity)


def test_an_impossible_date_is_said_once() -> None:
    schemas = [{"files": ["*.md"], "schema": {"properties": {"when": {"format": "date"}}}}]
    (problem,) = ogcheck.check_text(post("when: 2026-13-01"), config={"schemas": schemas})
    assert problem.code == "FM010"
    assert [also["code"] for also in problem.also] == ["SCH003"]


@pytest.mark.parametrize(
    "lines", [("date: {{ .Date }}",), ("title: {{ .Name }}",), ("title: '{{ x }}'", "a: {{ y }}")]
)
def test_a_template_is_no_page(lines: tuple[str, ...]) -> None:
    text = post("layout: x", *lines)
    assert codes(text, "archetypes/default.md") == codes(text, "content/a.md") == []


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({"url": "www.northbridge.example/news/a"}, "URL003"),
        ({"url": "/news/a"}, "URL003"),
        ({"url": None}, "SCH001"),
    ],
)
def test_a_release_whose_address_is_broken_is_a_release(
    change: dict[str, str | None], expected: str
) -> None:
    found = ogcheck.check_text(release_text(change), "release.md", config={})
    assert expected in {p.code for p in found if p.severity == "error"}


@pytest.mark.parametrize(
    ("title", "expected"),
    [("1.5", []), ("685230.15", []), ("1.10", ["FM008"]), ("1e3", ["FM008"]), ("true", ["FM008"])],
)
def test_a_number_that_is_shown_as_it_is_written_is_no_fault(
    title: str, expected: list[str]
) -> None:
    assert codes(post(f"title: {title}")) == expected
