"""Every fix that is offered on the real files: applied, read back by others, and applied once."""

from __future__ import annotations

import tomllib
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
import yaml
from bs4 import BeautifulSoup

from ogcheck.api import make_checker
from ogcheck.fix import FixResult, fix_source
from ogcheck.source import Source

CORPUS = Path(__file__).parents[3] / "shared" / "corpus"
NEWS = CORPUS / "police-news"
NOW = datetime(2026, 11, 23, tzinfo=UTC)

pytestmark = pytest.mark.skipif(
    not CORPUS.is_dir(), reason="the corpus of real files (../shared/corpus) is not there"
)


def fixed(path: Path, text: str, *, unsafe: bool) -> FixResult:
    checker = make_checker(Path.cwd(), {}, NOW)
    return fix_source(checker, Source.from_text("a.md", text), path, unsafe=unsafe, notes=unsafe)


def flat(data: Any, path: str = "") -> dict[str, str]:
    """Every scalar of parsed YAML by JSON Pointer."""
    if isinstance(data, dict):
        return {
            k: v for key, inner in data.items() for k, v in flat(inner, f"{path}/{key}").items()
        }
    if isinstance(data, list):
        return {k: v for i, inner in enumerate(data) for k, v in flat(inner, f"{path}/{i}").items()}
    return {path: data}


def front(text: str) -> dict[str, str]:
    """The front matter of a release as PyYAML alone reads it."""
    block = text.split("```")[1].removeprefix("yaml")
    return flat(yaml.load(block, Loader=yaml.BaseLoader))  # noqa: S506 (it makes text only)


@pytest.mark.parametrize("unsafe", [False, True], ids=["safe", "all"])
def test_releases_change_where_they_are_fixed_and_nowhere_else(unsafe: bool) -> None:
    changed = 0
    for path in sorted(NEWS.rglob("*.md")):
        text = path.read_text("utf-8")
        result = fixed(path, text, unsafe=unsafe)
        assert result.refused == (), path
        if result.text == text:
            continue
        changed += 1
        before, after = front(text), front(result.text)
        touched = {key for key in before | after if before.get(key) != after.get(key)}
        meant = {p.pointer for p in result.fixed} | {
            # One address in two properties is one problem, and a fix may add a property.
            key for key in touched
            if any(p.fix is not None and (p.fix.inserts or p.related) for p in result.fixed)
        }  # fmt: skip
        assert touched <= meant, path
        assert text.split("```")[2:] == result.text.split("```")[2:], path
        left = [p for p in result.checked.problems if p.fix is not None]
        assert [p for p in left if p.fix and (p.fix.safe or unsafe) and (
            unsafe or p.severity != "note")] == [], path  # fmt: skip
        again = fixed(path, result.text, unsafe=unsafe)
        assert (again.text, again.fixed) == (result.text, ()), path
    assert changed > 700


def others_read(path: Path, text: str) -> tuple[Any, dict[str, str]]:
    """A page by a parser that is not ours: what no fix may touch, and the values by their place."""
    if path.suffix == ".html":
        soup = BeautifulSoup(text, "html5lib")
        shape = [tag.name for tag in soup.find_all(True)]
        prose = soup.body.get_text() if soup.body is not None else ""
        values = {}
        for number, tag in enumerate(soup.find_all(["meta", "link"])):
            values.update({f"{tag.name} {number} {k}": str(v) for k, v in tag.attrs.items()})
        return (shape, prose if "<script" not in text else None), values
    fence = text.lstrip("\ufeff").split("\n", 1)[0].strip()
    if fence == "+++":
        _, front_text, body = text.split("+++", 2)
        return body, {k: str(v) for k, v in flat(tomllib.loads(front_text)).items()}
    if fence == "---" and text.count("---") >= 2:
        _, front_text, body = text.split("---", 2)
        try:
            data = yaml.load(front_text, Loader=yaml.BaseLoader)  # noqa: S506 (it makes text only)
        except yaml.YAMLError:
            return None, {}
        return body, {k: str(v) for k, v in flat(data).items()}
    return None, {}


@pytest.mark.parametrize("folder", ["sites", "pages", "built-site"])
def test_other_pages_are_fixed_once_and_read_back(folder: str) -> None:
    checker = make_checker(Path.cwd(), {}, NOW)
    changed = 0
    for path in sorted((CORPUS / folder).rglob("*")):
        if path.suffix not in (".md", ".mdx", ".html"):
            continue
        source = Source.from_bytes(path.name, path.read_bytes())
        result = fix_source(checker, source, path, unsafe=True, notes=True)
        if result.text == source.text:
            continue
        changed += 1
        again = fix_source(checker, source.with_text(result.text), path, unsafe=True, notes=True)
        assert (again.text, again.fixed) == (result.text, ()), path
        assert [f"{p.code}: {why}" for p, why in result.refused] == [], path
        left, before = others_read(path, source.text)
        right, after = others_read(path, result.text)
        inserts = any(p.fix is not None and p.fix.inserts for p in result.fixed)
        if path.suffix != ".html" or not inserts:
            assert left == right, path
            edits = sum(len(p.fix.edits) for p in result.fixed if p.fix is not None)
            differing = {k for k in before | after if before.get(k) != after.get(k)}
            assert inserts or len(differing) <= 2 * edits, (path, differing)
    assert changed >= (1 if folder == "sites" else 5)
