"""Planted faults: a clean release, one change, and the one finding that should come of it.

The tables in ``planted/`` are written after what was seen on real releases.
"""

from __future__ import annotations

import tomllib
from collections import Counter
from pathlib import Path
from typing import Any, Literal

import pytest

import ogcheck
from ogcheck.rules.base import Example
from ogcheck.rules.examples import release_text
from ogcheck.testing import NOW, Picture, said

FOLDER = Path(__file__).parent / "planted"


def _faults() -> list[Any]:
    found = []
    for path in sorted(FOLDER.glob("*.toml")):
        for number, fault in enumerate(tomllib.loads(path.read_text("utf-8"))["fault"], 1):
            found.append(pytest.param(fault, id=f"{path.stem}-{number}-{fault['code']}"))
    return found


def _file(told: str) -> Picture | str:
    """The picture that ``png 1200 630`` describes; a text with markup is the file's own."""
    if "<" in told:
        return told
    kind, *numbers = told.split()
    width, height, *weight = map(int, numbers)
    formats: dict[str, Literal["png", "jpeg"]] = {"png": "png", "jpeg": "jpeg"}
    return Picture(width, height, formats[kind], *weight)


FAULTS = _faults()


@pytest.mark.parametrize("fault", FAULTS)
def test_a_planted_fault_is_found_at_its_place_and_nothing_else(fault: dict[str, Any]) -> None:
    change: dict[str, str | None] = dict(fault.get("set", {}))
    change.update(dict.fromkeys(fault.get("remove", ()), None))
    text = release_text(change)
    config = fault.get("config", {})
    path = fault.get("path", "release.md")
    files = {name: _file(told) for name, told in fault.get("files", {}).items()}
    found = said(Example(text, path, config, files=files))
    also = Counter(fault.get("also", ()))
    assert Counter(p.code for p in found) - also == Counter([fault["code"]]), found
    (problem,) = [p for p in found if p.code == fault["code"]][:1]
    assert problem.property == fault.get("property")
    assert text[problem.offset : problem.end_offset] == fault["span"]
    if "severity" in fault:
        assert str(problem.severity) == fault["severity"]


def test_the_clean_release_is_clean() -> None:
    assert ogcheck.check_text(release_text(), "release.md", config={}, now=NOW) == []
