"""The rules that came later, against a count that shares no code with ogcheck."""

from __future__ import annotations

import html
import re
from collections import defaultdict
from pathlib import Path
from typing import Any

import pytest
import yaml

import ogcheck

NEWS = Path(__file__).parents[3] / "shared" / "corpus" / "police-news"

pytestmark = pytest.mark.skipif(
    not NEWS.is_dir(), reason="the corpus of real releases (../shared/corpus) is not there"
)

CODES = ("TXT004", "TXT005", "URL007", "DAT009", "OG008")
# What platforms cut, and whether they count bytes; from what they document, not from ogcheck.
CUTS = {
    "title": {"Discord": (True, 70), "X": (False, 70), "Discourse": (False, 80),
              "Misskey": (False, 100), "Matrix": (False, 150)},
    "description": {"X": (False, 200), "Matrix": (False, 200), "Misskey": (False, 300),
                    "Discord": (True, 350)},
}  # fmt: skip


def meant(text: str) -> str:
    """The text without leftover references, however often they were escaped."""
    for _ in range(5):
        if not re.search(r"&#?\w+;", text):
            break
        text = html.unescape(text)
    return text.strip()


def cutting(kind: str, text: str, least: int | None = None) -> set[str]:
    """The platforms that cut a text before its character number ``least``, else before its end."""
    found = set()
    for platform, (in_bytes, limit) in CUTS[kind].items():
        kept = text.encode()[:limit].decode("utf-8", "ignore") if in_bytes else text[:limit]
        if len(kept) < (len(text) if least is None else least):
            found.add(platform)
    return found


def headline(title: str, data: dict[str, Any]) -> str:
    """An og:title without the name at its end, where og:site_name or the page's title tells it."""
    site = og(data).get("site")
    name = site.get("name") if isinstance(site, dict) else None
    if name and re.search(rf"\s[-–|]\s*{re.escape(meant(name))}$", title):
        return title[: -len(meant(name))].rstrip(" -–|")
    page = meant(str(data.get("title") or ""))
    behind = title.removeprefix(page)
    if page and behind != title and re.fullmatch(r"\s*[-–|]\s*[^-–|]+", behind):
        return page
    return title


@pytest.fixture(scope="module")
def releases() -> dict[str, dict[str, Any]]:
    """The front matter of every release, all scalars as text."""
    found = {}
    for path in sorted(NEWS.rglob("*.md")):
        front = path.read_text("utf-8").split("```")[1].removeprefix("yaml")
        data = yaml.load(front, Loader=yaml.BaseLoader)  # noqa: S506 (it makes text only)
        found[path.relative_to(NEWS).as_posix()] = data
    return found


@pytest.fixture(scope="module")
def found() -> dict[str, dict[str, ogcheck.Problem]]:
    """What ogcheck found, by code and file."""
    table: dict[str, dict[str, ogcheck.Problem]] = defaultdict(dict)
    for problem in ogcheck.check_paths([NEWS], config={"select": list(CODES)}):
        path = Path(problem.path)
        place = path if path.is_absolute() else Path.cwd() / path
        table[problem.code][place.relative_to(NEWS).as_posix()] = problem
    return table


def og(data: dict[str, Any]) -> dict[str, Any]:
    """What stands under ``og``."""
    below = data.get("og")
    return below if isinstance(below, dict) else {}


@pytest.mark.parametrize(("kind", "code"), [("title", "TXT004"), ("description", "TXT005")])
def test_lengths(kind: str, code: str, releases: Any, found: Any) -> None:
    expected = {}
    for name, data in releases.items():
        text = og(data).get(kind)
        if not isinstance(text, str):
            continue
        least = len(headline(meant(text), data)) if kind == "title" else None
        platforms = cutting(kind, meant(text), least)
        if platforms:
            expected[name] = platforms
    assert set(found[code]) == set(expected)
    for name, platforms in expected.items():
        message = found[code][name].message
        assert {p for p in CUTS[kind] if f"{p} (" in message} == platforms, name


def test_plain_http(releases: Any, found: Any) -> None:
    expected = {n for n, data in releases.items() if str(data.get("url")).startswith("http://")}
    assert set(found["URL007"]) == expected


def test_missing_image_sizes(releases: Any, found: Any) -> None:
    expected = set()
    for name, data in releases.items():
        image = og(data).get("image")
        if isinstance(image, dict) and image.get("url") and {"width", "height"} <= image.keys():
            continue
        if image and (not isinstance(image, dict) or image.get("url")):
            expected.add(name)
    assert set(found["OG008"]) == expected


def test_articles_without_a_date(releases: Any, found: Any) -> None:
    expected = set()
    for name, data in releases.items():
        published = (data.get("article") or {}).get("published")
        if og(data).get("type", "").lower() == "article" and not (
            isinstance(published, dict) and published.get("time")
        ):
            expected.add(name)
    assert set(found["DAT009"]) == expected
