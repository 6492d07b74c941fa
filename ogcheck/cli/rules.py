"""``ogcheck rules``: every rule in one table."""

from __future__ import annotations

import click

from ogcheck.rules import registry
from ogcheck.rules.base import Rule


@click.command("rules")
@click.option(
    "--format",
    "report",
    type=click.Choice(("text", "json")),
    default="text",
    show_default=True,
    help="How they are listed.",
)
def command(report: str) -> int:
    """List the rules: code, name, default severity, whether they are on, and their fixes."""
    found = list(registry.builtin().rules.values())
    if report == "json":
        import json

        click.echo(json.dumps([describe(rule) for rule in found], indent=2, ensure_ascii=False))
        return 0
    width = max(len(rule.name) for rule in found)
    for rule in found:
        state = str(rule.severity) if rule.on else "off"
        fix = f"fix: {rule.fix}" if rule.fix else ""
        line = f"{rule.code:7} {rule.name:{width}}  {state:8} {fix:12} {_summary(rule)}"
        click.echo(line.rstrip())
    return 0


def _summary(rule: type[Rule]) -> str:
    """The first line of the documentation; ``python -OO`` takes all of it away."""
    return (rule.__doc__ or "").strip().partition("\n")[0]


def describe(rule: type[Rule]) -> dict[str, object]:
    """A rule's metadata as JSON."""
    from dataclasses import fields

    return {
        "code": rule.code,
        "name": rule.name,
        "severity": str(rule.severity),
        "on": rule.on,
        "fix": rule.fix or None,
        "summary": _summary(rule),
        "options": [
            {
                "name": field.name.replace("_", "-"),
                "type": str(field.type),
                "default": list(field.default)
                if isinstance(field.default, tuple)
                else field.default,
                "description": field.metadata.get("doc", ""),
            }
            for field in fields(rule.Options)
        ],
    }
