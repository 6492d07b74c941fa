"""The schema of a news release: what it asks for, and what it says."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest

from ogcheck import schema
from ogcheck.page import Page
from ogcheck.readers import Options, read
from ogcheck.source import Source

GOOD = {
    "url": "https://www.example.org/news/a/",
    "title": "A | Example",
    "area": "Stafford",
    "publish": {"date": "09:26 26/03/2021"},
    "article": {"published": {"time": "2021-03-26T09:26:00+00:00"}},
    "og": {
        "title": "A",
        "type": "article",
        "url": "https://www.example.org/news/a/",
        "image": "https://www.example.org/a.png?w=1200&amp;h=630",
        "locale": "en_GB",
        "site": {"name": "Example"},
    },
}


def findings(**changes: Any) -> list[tuple[str, str | None, str | None]]:
    """What is found on a good release with values changed (``og__title=…``; None: removed)."""
    data = json.loads(json.dumps(GOOD))
    for path, value in changes.items():
        *above, last = path.split("__")
        at = data
        for step in above:
            at = at.setdefault(step, {})
        if value is None:
            at.pop(last)
        else:
            at[last] = value
    source = Source("release.md", f"---\n{json.dumps(data)}\n---\n")
    page = read(source, Options(preset="release"))
    assert isinstance(page, Page)
    return [(f.code, f.property, f.pointer) for f in schema.load("release").check(page)]


IMAGE = "https://www.example.org/a.png"


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({}, []),
        ({"og": None}, []),
        ({"title": None}, []),
        ({"og__type": None, "og__locale": None}, []),
        ({"extra": {"deep": [1]}, "og__more": 1}, []),
        ({"og__image": {"url": IMAGE, "alt": "x", "width": 1200, "height": "630"}}, []),
        ({"og__image": {"secure": {"url": IMAGE}}}, []),
        ({"og__image": [IMAGE, {"url": IMAGE}]}, []),
        ({"og__image": None, "og__image_url": IMAGE}, []),
        ({"og__site": None, "og__site_name": "Example"}, []),
        ({"og__title": 2026}, []),
        ({"url": None}, [("SCH001", "page:canonical", "/url")]),
        ({"og__title": None}, [("SCH001", "og:title", "/og/title")]),
        ({"og__image": None}, [("SCH001", "og:image", "/og/image")]),
        ({"og__url": None}, [("SCH001", "og:url", "/og/url")]),
        ({"og__title": ""}, [("SCH007", "og:title", "/og/title")]),
        ({"og__title": ["a"]}, [("SCH002", "og:title", "/og/title")]),
        ({"og__image": "/a.png"}, [("SCH003", "og:image", "/og/image")]),
        ({"og__image": 3}, [("SCH002", "og:image", "/og/image")]),
        ({"og__image": {"alt": "x"}}, [("SCH001", "og:image", "/og/image/url")]),
        ({"og__image": {"url": "a.png"}}, [("SCH003", "og:image:url", "/og/image/url")]),
        ({"og__image": [IMAGE, {"url": "a"}]}, [("SCH003", "og:image:url", "/og/image/1/url")]),
        ({"og__image": [IMAGE, "a"]}, [("SCH003", "og:image", "/og/image/1")]),
        (
            {"og__image": {"url": IMAGE, "width": 0}},
            [("SCH007", "og:image:width", "/og/image/width")],
        ),
        ({"og__locale": "en-GB"}, [("SCH003", "og:locale", "/og/locale")]),
        ({"og__url": "https://www.example.org/b/"}, [("SCH009", "og:url", "/og/url")]),
        ({"publish__date": "soon"}, [("SCH003", "page:published", "/publish/date")]),
        (
            {"article__published__time": "soon"},
            [("SCH003", "article:published_time", "/article/published/time")],
        ),
    ],
)
def test_release(changes: dict[str, Any], expected: list[tuple[str, str, str]]) -> None:
    assert findings(**changes) == expected


def test_every_field_is_documented_and_its_examples_are_valid() -> None:
    document = json.loads(schema.published_text("release"))

    def fields(node: dict[str, Any]) -> Iterator[dict[str, Any]]:
        for below in (node.get("properties", {}), node.get("$defs", {})):
            for one in below.values():
                yield one
                yield from fields(one)

    every = [document, *fields(document)]
    assert len(every) > 50
    for one in every:
        assert one["title"]
        assert one["description"].endswith(".")
        definitions = {"$schema": document["$schema"], "$defs": document["$defs"]}
        checker = schema.from_object({**one, **definitions, "$id": "urn:one"})
        for example in one["examples"]:
            assert checker.accepts(example, ("%H:%M %d/%m/%Y",)), example


def test_it_is_published() -> None:
    assert "release" in schema.published()
    with pytest.raises(KeyError):
        schema.published_text("../pyproject")
