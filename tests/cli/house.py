"""A plugin whose rule does what a test wants to happen while pages are checked."""

from __future__ import annotations

from pathlib import Path

_PLUGIN = '''
import os, signal, sys, time
from pathlib import Path
from ogcheck import Rule, Severity

class House(Rule):
    """Speaks of pages."""

    code = "HOUSE001"
    name = "house-rule"
    severity = Severity.WARNING

    def check(self, page, context):
        name = page.source.path
        {body}
        yield from ()

RULES = (House,)
'''


def plugin(site: Path, body: str) -> None:
    """Let a rule run ``body`` for every page, whose path is ``name``."""
    body = body.strip().replace("\n", "\n        ")
    (site / "house.py").write_text(_PLUGIN.format(body=body))
    text = (site / "ogcheck.toml").read_text() if (site / "ogcheck.toml").exists() else ""
    if "plugins" not in text:
        (site / "ogcheck.toml").write_text('plugins = ["house.py"]\n' + text)
