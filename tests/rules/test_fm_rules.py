"""What YAML makes of a value that was meant as text, and what stops its loaders."""

from __future__ import annotations

import pytest

import ogcheck


def spoken(line: str, preset: str = "generic") -> list[tuple[str, str, str]]:
    """What is said of one line of front matter: the rule, what is underlined, the severity."""
    text = f"---\n{line}\nog_url: https://a.example/x\n---\n"
    config = {"select": ["FM008", "FM010", "DAT005"], "preset": preset}
    return [
        (p.code, text[p.offset : p.end_offset], str(p.severity))
        for p in ogcheck.check_text(text, "a.md", config=config)
    ]


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        # In the dates that are known another rule says it; a title is no date.
        ("date: 2017-02-29", [("DAT005", "2017-02-29", "error")]),
        ("title: 2017-02-29", [("FM010", "2017-02-29", "error")]),
        ("reviewed: [2017-02-28, 2017-02-29]", [("FM010", "2017-02-29", "error")]),
        ("title: 2017-02-28", []),
    ],
)
def test_a_day_that_stops_loaders_is_said_once(
    line: str, expected: list[tuple[str, str, str]]
) -> None:
    assert spoken(line) == expected
