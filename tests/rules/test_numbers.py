"""Numbers from the world stand in the tables with their source, never in a rule."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

import ogcheck.rules

FOLDER = Path(ogcheck.rules.__file__).parent
MACHINERY = {"base.py", "documentation.py", "examples.py", "options.py", "pictures.py",
             "registry.py"}  # fmt: skip
SMALL = 10
"""Up to here a number is a count of places, parts or characters of the code itself."""

ALLOWED: dict[str, dict[int, str]] = {
    "dat_order.py": {1970: "Unix's epoch", 1971: "behind Unix's epoch", 60: "minutes in an hour"},
    "htm_place.py": {300_000: "how long an example is"},
    "img_files.py": {500: "how many names are compared"},
    "img_sizes.py": {1000: "a kilobyte", 1_000_000: "a megabyte"},
    "txt_cut.py": {
        12: "between two words",
        30: "a tail that is looked for",
        40: "the rest of a word",
    },
    "txt_descriptions.py": {12: "letters that tell a title", 60: "more than a title has"},
    "txt_titles.py": {150: "how much a message quotes"},
    "txt_markup.py": {50: "how much a message quotes"},
    "txt_texts.py": {20_000: "how much of a body is looked at"},
    "src_facts.py": {20: "letters of a beginning"},
    "sit_address.py": {50: "half of a hundred", 100: "what a share is of"},
    "sit_texts.py": {20: "words of examples; what a warning is said of", 100: "what a share is of"},
    "site_facts.py": {
        60: "how much of an end is kept",
        100: "what a share is of",
        150: "how much of a title is kept",
        300: "how much of an address is kept",
    },
    "sch.py": {40: "of an example's schema"},
}
"""Numbers of the code itself, by module, each with what it is."""


def numbers(tree: ast.Module) -> Iterator[tuple[int, int]]:
    """Every number above ``SMALL`` outside of options' defaults, with its line."""
    options = {
        id(inner)
        for node in ast.walk(tree)
        if isinstance(node, ast.ClassDef) and node.decorator_list
        for inner in ast.walk(node)
    }
    examples = {
        id(inner)
        for node in ast.walk(tree)
        if isinstance(node, ast.Assign)
        and any(isinstance(t, ast.Name) and t.id in ("bad", "good") for t in node.targets)
        for inner in ast.walk(node)
    }
    caches = {
        id(inner)
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef)
        for decorator in node.decorator_list
        for inner in ast.walk(decorator)
    }
    passed_over = options | examples | caches
    for node in ast.walk(tree):
        if not isinstance(node, ast.Constant) or id(node) in passed_over:
            continue
        if isinstance(node.value, int | float) and node.value > SMALL:
            yield int(node.value), node.lineno


@pytest.mark.parametrize("path", sorted(FOLDER.glob("*.py")), ids=lambda path: path.name)
def test_a_rule_carries_no_number_of_its_own(path: Path) -> None:
    if path.name in MACHINERY:
        return
    found = list(numbers(ast.parse(path.read_text("utf-8"))))
    allowed = ALLOWED.get(path.name, {})
    assert [(value, line) for value, line in found if value not in allowed] == []


def test_what_is_allowed_is_there() -> None:
    for name, allowed in ALLOWED.items():
        found = {value for value, _ in numbers(ast.parse((FOLDER / name).read_text("utf-8")))}
        assert set(allowed) == found, name
