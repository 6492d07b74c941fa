"""``ogcheck rules``: every rule in one table."""

from __future__ import annotations

from typing import Any

import click

from ogcheck.cli import completing
from ogcheck.cli.options import Given, configuring, text_or_json, visible, working_directory
from ogcheck.config import ConfigError
from ogcheck.rules.base import Rule
from ogcheck.rules.documentation import summary
from ogcheck.rules.options import options as options_of
from ogcheck.rules.registry import builtin


@click.command("rules")
@configuring
@text_or_json("How they are listed.")
@click.option(
    "--why",
    nargs=2,
    metavar="CODE PATH",
    shell_complete=completing.why,
    help="Say whether the rule runs on PATH, and which line of which file decides it.",
)
def command(report: str, why: tuple[str, str] | None, **options: Any) -> int:
    """List the rules: code, name, default severity, whether they are on, and their fixes.

    The rules of plugins that the configuration names are among them.
    """
    cwd = working_directory()
    given = Given.take(options)
    if why is not None:
        from ogcheck.cli.why import answer

        return answer(*why, given.resolver(cwd), cwd, as_json=report == "json")
    try:
        known = given.resolver(cwd).registry
    except ConfigError as error:  # perhaps it names a rule that there is not: list those there are
        click.echo(f"ogcheck: {visible(str(error))} Rules of plugins are not listed.", err=True)
        known = builtin()
    found = list(known.rules.values())
    if report == "json":
        import json

        click.echo(json.dumps([describe(rule) for rule in found], indent=2, ensure_ascii=False))
        return 0
    width = max(len(rule.name) for rule in found)
    for rule in found:
        state = str(rule.severity) if rule.on else "off"
        fix = f"fix: {rule.fix}" if rule.fix else ""
        line = f"{rule.code:7} {rule.name:{width}}  {state:8} {fix:12} {summary(rule)}"
        click.echo(visible(line.rstrip()))
    return 0


def describe(rule: type[Rule]) -> dict[str, object]:
    """A rule's metadata as JSON."""
    return {
        "code": rule.code,
        "name": rule.name,
        "severity": str(rule.severity),
        "on": rule.on,
        "fix": rule.fix or None,
        "summary": summary(rule),
        "options": [
            {
                "name": option.key,
                "type": option.kind,
                "default": option.default,
                "description": option.doc,
            }
            for option in options_of(rule).values()
        ],
    }
