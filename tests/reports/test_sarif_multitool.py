"""What Microsoft's SARIF Multitool says of our logs: neither an error nor a warning."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest

from ogcheck.problem import Finding, Problem, complete
from ogcheck.rules.registry import builtin
from ogcheck.source import Source
from tests.reports.writing import report_of

RULES = builtin().rules
# It would ask the network whether addresses can be reached.
CONFIGURATION = """<?xml version="1.0" encoding="utf-8"?>
<Properties>
  <Properties Key="SARIF2006.UrisShouldBeReachable.Options">
    <Property Key="RuleEnabled" Value="Disabled" />
  </Properties>
</Properties>
"""


def _program() -> str | None:
    """The program itself: what npm links to hands its arguments to a shell."""
    link = shutil.which("sarif-multitool")
    if link is None:
        return None
    folder = Path(link).resolve().parent
    name = "Sarif.Multitool.exe" if sys.platform == "win32" else "Sarif.Multitool"
    return shutil.which(name, path=folder.with_name(f"{folder.name}-{sys.platform}"))


PROGRAM = _program()


def _log(problems: Iterable[Problem]) -> dict[str, Any]:
    log: dict[str, Any] = json.loads(report_of(problems, "sarif", rules=RULES))
    return log


@pytest.mark.skipif(PROGRAM is None, reason="npm's @microsoft/sarif-multitool is missing")
def test_sarif_by_the_multitool(tmp_path: Path, cases: tuple[Any, ...]) -> None:
    every = (
        complete(Finding(code, "It is so.", 0, 1), Source("p.md", "og: x\n"), name=rule.name,
                 severity=rule.severity)
        for code, rule in RULES.items()
    )  # fmt: skip
    whole = _log(every)
    runs = whole["runs"]
    for case in cases:
        runs += _log(case.problems)["runs"]
    # What it has to find, to be believed where it finds nothing: it is silent on what is no JSON.
    runs += _log(cases[1].problems)["runs"]
    runs[-1]["results"][0]["ruleIndex"] = 10_000
    log, found = tmp_path / "all.sarif", tmp_path / "found.json"
    log.write_text(json.dumps(whole), "utf-8")
    (tmp_path / "configuration.xml").write_text(CONFIGURATION, "utf-8")
    done = subprocess.run(
        [str(PROGRAM), "validate", log.name, "--output", found.name,
         "--config", "configuration.xml", "--level", "Error;Warning"],
        cwd=tmp_path, capture_output=True, text=True, check=False, timeout=300,
        # It runs without the libraries for languages that the system may not have.
        env={**os.environ, "DOTNET_SYSTEM_GLOBALIZATION_INVARIANT": "1"},
    )  # fmt: skip
    assert found.exists(), done.stdout + done.stderr
    (told,) = json.loads(found.read_text("utf-8-sig"))["runs"]
    assert [(one["ruleId"], one["message"]["arguments"][0]) for one in told["results"]] == [
        ("SARIF1009", f"runs[{len(runs) - 1}].results[0]")
    ]
