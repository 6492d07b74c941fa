"""The page about faults names tests that are there."""

from __future__ import annotations

import re
from pathlib import Path

TESTS = Path(__file__).parent
PAGE = TESTS.parent / "docs" / "robustness.md"


def test_every_fault_names_its_test() -> None:
    rows = [line for line in PAGE.read_text("utf-8").splitlines() if line.startswith("| ")][1:]
    assert len(rows) > 20
    for row in rows:
        named = re.findall(r"`([^`]*)`", row.rstrip("| ").rpartition("|")[2])
        assert named, row
        file = ""
        for one in named:
            path, _, name = one.partition("::")
            file = path or file
            text = (TESTS / file).read_text("utf-8")
            assert not name or f"def {name}(" in text, one
