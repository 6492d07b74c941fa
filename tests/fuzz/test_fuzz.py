"""What fuzzing found stays found, and a little of it goes on in every run."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings

from tests.fuzz import strategies, targets

HERE = Path(__file__).parent


CASES = sorted(p for p in (HERE / "cases").glob("*/*") if p.is_file())


@pytest.mark.parametrize("case", CASES, ids=lambda p: f"{p.parent.name}-{p.name}")
def test_a_case(case: Path) -> None:
    targets.run(case.parent.name, case.read_bytes())


@pytest.mark.parametrize("target", targets.TARGETS)
def test_a_target(target: str) -> None:
    @settings(max_examples=80, deadline=None, suppress_health_check=list(HealthCheck))
    @given(strategies.inputs(target))
    def holds(data: bytes) -> None:
        targets.TARGETS[target](data)

    holds()
