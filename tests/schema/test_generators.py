"""The schemas of generators' front matter: what they refuse, and that real posts follow them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest

import ogcheck
from ogcheck import schema

NAMES = ("hugo", "jekyll", "docusaurus", "astro-blog", "zola")
SITES = Path(__file__).parents[3] / "shared" / "corpus" / "sites"


def found(name: str, front: dict[str, Any]) -> list[tuple[str, str | None]]:
    config = {"preset": "generic", "schemas": [{"files": ["*.md"], "schema": name}]}
    text = f"---\n{json.dumps(front)}\n---\n"
    problems = ogcheck.check_text(text, "a.md", config=config)
    return [(p.code, p.pointer) for p in problems if p.code.startswith("SCH")]


@pytest.mark.parametrize("name", NAMES)
def test_a_schema_is_sound_and_takes_its_own_example(name: str) -> None:
    data = json.loads(schema.published_text(name))
    jsonschema.Draft202012Validator.check_schema(data)
    for example in data["examples"]:
        assert found(name, example) == []
    for key, value in data["properties"].items():
        assert value["title"], key
        assert value["description"].endswith("."), key
    assert "additionalProperties" not in data


@pytest.mark.parametrize(
    ("name", "front", "expected"),
    [
        ("hugo", {"title": ["a"]}, [("SCH002", "/title")]),
        ("hugo", {"draft": "maybe"}, [("SCH002", "/draft")]),
        ("hugo", {"images": {"a": "b"}}, [("SCH002", "/images")]),
        ("hugo", {"title": 2026, "tags": "one", "mood": {"of": "the site"}, "date": None}, []),
        ("jekyll", {"published": "yes please"}, [("SCH002", "/published")]),
        ("jekyll", {"image": {"path": ["a"]}}, [("SCH002", "/image/path")]),
        ("jekyll", {"image": "a.png", "tags": "one two", "layout": None}, []),
        ("docusaurus", {"tags": "one"}, [("SCH002", "/tags")]),
        ("docusaurus", {"authors": [{"name": "Jane"}], "tags": [{"label": "a"}]}, []),
        ("astro-blog", {"description": "A"}, [("SCH001", "/title")]),
        ("astro-blog", {"title": "A", "heroImage": ["a"]}, [("SCH002", "/heroImage")]),
        ("zola", {"taxonomies": {"tags": "one"}}, [("SCH002", "/taxonomies/tags")]),
        ("zola", {"authors": "Jane"}, [("SCH002", "/authors")]),
        ("zola", {"title": "A", "extra": {"any": ["thing"]}}, []),
    ],
)
def test_what_a_schema_refuses(name: str, front: dict[str, Any], expected: Any) -> None:
    assert found(name, front) == expected


@pytest.mark.skipif(not SITES.is_dir(), reason="the corpus of real posts is not there")
@pytest.mark.parametrize(
    ("site", "name"),
    [
        ("digitalgov.gov", "hugo"), ("opentelemetry.io", "hugo"), ("opensource.guide", "jekyll"),
        ("swift-org", "jekyll"), ("babel-website", "docusaurus"),
        ("astro-theme-cactus", "astro-blog"), ("rust-blog", "zola"),
    ],
)  # fmt: skip
def test_real_posts_follow_it(site: str, name: str) -> None:
    config = {"schemas": [{"files": ["**"], "schema": name}], "select": ["SCH"]}
    assert list(ogcheck.check_paths([SITES / site], config=config)) == []
